"""Changing a plan in the window: a change is kept in a draft, and a whole draft becomes a version."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from shakyo_desktop.domain.catalogue_rules import PlanFault, plan_faults
from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.domain.fiscal_year import fiscal_year_of
from shakyo_desktop.domain.plan import Direction, Goal, Plan, PlanDraft, PlanVersion
from shakyo_desktop.domain.plan_changes import PlanChange, plan_changes
from shakyo_desktop.services.catalogue_use import free_plan_id, items_in_use, save_version
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.storage.stores import Stores


@dataclass(frozen=True, slots=True)
class PlanDesk:
    """A plan on the desk: the draft, what is saved (None for a new plan) and what uses which item.

    ``in_use`` is by item number. ``kept`` says that the draft was there before, so that the window can tell.
    """

    draft: PlanDraft
    saved: Plan | None
    in_use: Mapping[int, tuple[str, ...]]
    kept: bool = False


class PlanEditingService:
    """Drafts and versions of plans."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def drafts(self) -> tuple[PlanDraft, ...]:
        """The drafts that wait, of saved and of new plans."""
        with self._context.database.reading() as stores:
            return stores.plan_versions.drafts()

    def open(self, plan_id: str) -> PlanDesk:
        """A plan as it was left: its draft, or what is saved.

        Raises:
            NotFound: there is neither.
        """
        with self._context.database.reading() as stores:
            draft = stores.plan_versions.draft(plan_id)
            if draft is not None and not draft.base_version:
                return PlanDesk(draft, None, {}, kept=True)
            saved = stores.plans.get(plan_id)
            begun = draft or PlanDraft(saved, stores.plans.version(plan_id))
            return PlanDesk(begun, saved, items_in_use(stores, saved), kept=draft is not None)

    def begin(self) -> PlanDraft:
        """A draft of a new plan with one goal and one direction, kept at once."""
        with self._context.database.transaction() as stores:
            known = [*stores.plans.all(), *(draft.plan for draft in stores.plan_versions.drafts())]
            year = fiscal_year_of(self._context.today())
            goals, directions = (Goal(1, ""),), (Direction(1, 1, ""),)
            draft = PlanDraft(Plan(free_plan_id(known), "", "", year, year + 4, goals, directions, ()), 0)
            stores.plan_versions.keep_draft(draft, self._context.now())
            return draft

    def keep(self, draft: PlanDraft) -> None:
        """Keep a draft; one that is equal to what is saved is none."""
        with self._context.database.transaction() as stores:
            if draft.base_version and not draft.unread and stores.plans.get(draft.plan.id) == draft.plan:
                stores.plan_versions.discard_draft(draft.plan.id)
            else:
                stores.plan_versions.keep_draft(draft, self._context.now())

    def discard(self, plan_id: str) -> None:
        """Forget a draft; what is saved stays."""
        with self._context.database.transaction() as stores:
            stores.plan_versions.discard_draft(plan_id)

    def save(self, plan_id: str) -> PlanVersion:
        """Save the draft as the plan's next version.

        Raises:
            NotReady: there is no draft, it contradicts itself, somebody saved another version meanwhile, or
                an item is missing that is in use.
        """
        with self._context.database.transaction() as stores:
            draft = stores.plan_versions.draft(plan_id)
            if draft is None:
                raise NotReady("直したところがありません。計画は、保存された版のままです。")
            _refuse_unready(stores, draft)
            version = save_version(stores, draft.plan, self._context.now())
            stores.plan_versions.discard_draft(plan_id)
            return next(one for one in stores.plan_versions.all(plan_id) if one.version == version)

    def versions(self, plan_id: str) -> tuple[PlanVersion, ...]:
        """Every saved version, the newest first."""
        with self._context.database.reading() as stores:
            return stores.plan_versions.all(plan_id)

    def version(self, plan_id: str, version: int) -> tuple[Plan, tuple[PlanChange, ...]]:
        """A plan as it was in a version, and what that version changed.

        Raises:
            NotFound: there is no such version.
        """
        with self._context.database.reading() as stores:
            plan = stores.plan_versions.get(plan_id, version)
            earlier = [one.version for one in stores.plan_versions.all(plan_id) if one.version < version]
            if not earlier:
                return plan, ()
            return plan, plan_changes(stores.plan_versions.get(plan_id, max(earlier)), plan)

    def bring_back(self, plan_id: str, version: int) -> PlanDraft:
        """Make the content of an old version the draft; what is saved stays until the draft is saved.

        Raises:
            NotFound: there is no such version.
            NotReady: a draft is there already.
        """
        with self._context.database.transaction() as stores:
            if stores.plan_versions.draft(plan_id) is not None:
                raise NotReady(
                    "この計画には、まだ版として保存していない下書きがあります。下書きはそのまま残っています。\n"
                    "下書きを保存するか、捨ててから、もう一度選んでください。"
                )
            plan = replace(stores.plan_versions.get(plan_id, version), id=plan_id)
            draft = PlanDraft(plan, stores.plans.version(plan_id))
            stores.plan_versions.keep_draft(draft, self._context.now())
            return draft


def draft_faults(draft: PlanDraft) -> list[PlanFault]:
    """What must be put right before a draft can be saved, each with its place."""
    faults = {}
    for place, text in draft.unread.items():
        part, *entry, field = place.split("/")
        at = tuple(map(int, entry))
        faults[part, at, field] = PlanFault(part, at, field, f"「{text}」は番号として読めません。")
    for fault in plan_faults(draft.plan):
        faults.setdefault((fault.part, fault.entry, fault.field), fault)
    return list(faults.values())


def desk_faults(desk: PlanDesk) -> list[PlanFault]:
    """The same, and the items that are in use and left the draft."""
    numbers = {item.number for item in desk.draft.plan.items}
    gone = [
        PlanFault(
            "plan",
            (),
            "items",
            f"取組項目{number}は使われています（{'、'.join(words)}）。番号を戻してください。",
        )
        for number, words in sorted(desk.in_use.items())
        if number not in numbers
    ]
    return [*draft_faults(desk.draft), *gone]


def _refuse_unready(stores: Stores, draft: PlanDraft) -> None:
    count = len(draft_faults(draft))
    if count:
        raise NotReady(
            f"直すところが{count}か所あります。まだ版として保存していません。下書きは残っています。\n"
            "「直すところ」の行を選んで直してから、もう一度保存してください。"
        )
    if stores.plans.version(draft.plan.id) != draft.base_version:
        raise NotReady(
            "この下書きを始めたあとで、別の版が保存されました。下書きは残っています。\n"
            "「版」でちがうところを確かめ、下書きを捨ててから直してください。"
        )
