"""The plans an office works with: those that ship, those taken in, and which items correspond."""

from dataclasses import dataclass
from pathlib import Path

from shakyo_desktop import paths
from shakyo_desktop.documents.cells import MAX_BYTES
from shakyo_desktop.domain.catalogue import read_plan_toml
from shakyo_desktop.domain.crosswalk import successions
from shakyo_desktop.domain.errors import BadInput, FileUnreadable, NotReady
from shakyo_desktop.domain.plan import Crosswalk, Plan
from shakyo_desktop.domain.plan_changes import PlanChange, plan_changes
from shakyo_desktop.services.catalogue_use import free_plan_id, save_version
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.roster import read_list


@dataclass(frozen=True, slots=True)
class PlanProblem:
    """What must be put right in a list; ``address`` is the cell or empty."""

    address: str
    message: str


@dataclass(frozen=True, slots=True)
class PlanPreview:
    """What taking a plan in would do; ``replaces`` is the plan of the same id that is there now."""

    file_name: str
    plan: Plan | None
    problems: tuple[PlanProblem, ...]
    replaces: Plan | None
    removed_items: tuple[int, ...] = ()
    changes: tuple[PlanChange, ...] = ()


def shipped_plans() -> tuple[Plan, ...]:
    """The catalogues that ship with the program, by file name."""
    files = sorted(paths.plans_dir().glob("plan-*.toml"))
    return tuple(read_plan_toml(file.read_text(encoding="utf-8")) for file in files)


class PlanService:
    """Reads and changes the plans of this store."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def plans(self) -> tuple[Plan, ...]:
        """All plans in their order."""
        with self._context.database.reading() as stores:
            return stores.plans.all()

    def plan(self, plan_id: str) -> Plan:
        """One plan.

        Raises:
            NotFound: there is none with this id.
        """
        with self._context.database.reading() as stores:
            return stores.plans.get(plan_id)

    def preview(self, path: Path) -> PlanPreview:
        """Read a plan (Excel, CSV or TOML) and say what is wrong with it, without storing anything.

        Raises:
            FileUnreadable: the file cannot be opened or is of another kind.
            BadInput: nothing can be read at all.
        """
        data = read_list(path)
        plan, problems = _read_toml(data) if path.suffix.lower() == ".toml" else _read_table(data, path.name)
        if plan is None:
            return PlanPreview(path.name, None, problems, None)
        old = next((known for known in self.plans() if known.id == plan.id), None)
        removed = tuple(item.number for item in old.items if plan.item(item.number) is None) if old else ()
        return PlanPreview(path.name, plan, problems, old, removed, plan_changes(old, plan) if old else ())

    def take_in(self, preview: PlanPreview) -> Plan:
        """Store a previewed plan as a new version; items that are in use cannot disappear.

        A draft of the same plan is left behind: what it would have changed was shown before.

        Raises:
            NotReady: the preview has problems, or something uses an item the new list no longer has.
        """
        if preview.plan is None or preview.problems:
            raise NotReady(
                "計画の表に、直すところがあります。まだ何も登録していません。\n"
                "表を直して保存し、もう一度選んでください。"
            )
        with self._context.database.transaction() as stores:
            save_version(stores, preview.plan, self._context.now())
            stores.plan_versions.discard_draft(preview.plan.id)
        return preview.plan

    def template(self, plan_id: str | None = None) -> bytes:
        """An Excel sheet of a plan, to be changed and taken in again; the first plan unless one is named."""
        from shakyo_desktop.documents.plan_table import write_plan_template  # openpyxl loads at first use

        plans = self.plans() or shipped_plans()
        return write_plan_template(self.plan(plan_id) if plan_id else plans[0])

    def empty_template(self) -> bytes:
        """An Excel sheet to write a new plan into; it says how, and its mark is one nobody uses yet."""
        from shakyo_desktop.documents.plan_table import write_empty_template

        return write_empty_template(free_plan_id(self.plans()))

    def crosswalk(self) -> tuple[Crosswalk, ...]:
        """Which items of two plans stand for the same work."""
        with self._context.database.reading() as stores:
            return stores.plans.crosswalk()

    def successions(self) -> tuple[Crosswalk, ...]:
        """Those of the crosswalk that say where an item stood in an earlier plan."""
        with self._context.database.reading() as stores:
            return successions(stores.plans.crosswalk(), stores.plans.all())


def _read_toml(data: bytes) -> tuple[Plan | None, tuple[PlanProblem, ...]]:
    try:
        # A file that was read in part may end inside a character; it is refused for its size.
        text = data.decode("utf-8-sig", "strict" if len(data) <= MAX_BYTES else "ignore")
    except UnicodeDecodeError as error:
        raise FileUnreadable("計画のファイルの文字が読めません。UTF-8で保存し直してください。") from error
    try:
        return read_plan_toml(text), ()
    except BadInput as error:
        return None, tuple(PlanProblem("", line) for line in error.message.splitlines())


def _read_table(data: bytes, name: str) -> tuple[Plan | None, tuple[PlanProblem, ...]]:
    from shakyo_desktop.documents.plan_table import read_plan_table

    listed = read_plan_table(data, name)
    return listed.plan, tuple(PlanProblem(one.address, one.message) for one in listed.problems)
