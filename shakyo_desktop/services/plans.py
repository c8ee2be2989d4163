"""The plans an office works with: those that ship, those taken in, and which items correspond."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from shakyo_desktop import paths
from shakyo_desktop.domain.catalogue import read_plan_toml
from shakyo_desktop.domain.errors import BadInput, FileUnreadable, NotReady
from shakyo_desktop.domain.plan import Crosswalk, Plan
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.roster import read_list
from shakyo_desktop.storage.stores import Stores


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
        """Read a plan (TOML or Excel) and say what is wrong with it, without storing anything.

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
        return PlanPreview(path.name, plan, problems, old, removed)

    def take_in(self, preview: PlanPreview) -> Plan:
        """Store a previewed plan; items that records use cannot disappear.

        Raises:
            NotReady: the preview has problems, or records use an item the new list no longer has.
        """
        if preview.plan is None or preview.problems:
            raise NotReady(
                "計画の表に、直すところがあります。まだ何も登録していません。\n"
                "表を直して保存し、もう一度選んでください。"
            )
        with self._context.database.transaction() as stores:
            _refuse_losing_items(stores, preview.plan, preview.removed_items)
            stores.plans.save(preview.plan, self._context.now())
        return preview.plan

    def template(self, plan_id: str | None = None) -> bytes:
        """An Excel sheet of a plan, to be changed and taken in again; the first plan unless one is named."""
        from shakyo_desktop.documents.plan_table import write_plan_template  # openpyxl loads at first use

        plans = self.plans() or shipped_plans()
        return write_plan_template(self.plan(plan_id) if plan_id else plans[0])

    def crosswalk(self) -> tuple[Crosswalk, ...]:
        """Which items of two plans stand for the same work."""
        with self._context.database.reading() as stores:
            return stores.plans.crosswalk()

    def save_crosswalk(self, pairs: Iterable[Crosswalk]) -> None:
        """Replace the pairs.

        Raises:
            BadInput: a pair names an item that no plan has.
        """
        wanted = tuple(pairs)
        plans = {plan.id: plan for plan in self.plans()}
        for pair in wanted:
            for plan_id, number in (
                (pair.plan_id, pair.item_number),
                (pair.other_plan_id, pair.other_item_number),
            ):
                if plan_id not in plans or plans[plan_id].item(number) is None:
                    raise BadInput(f"取組項目{number}は計画にありません。番号を確かめてください。")
        with self._context.database.transaction() as stores:
            stores.plans.replace_crosswalk(wanted)


def _refuse_losing_items(stores: Stores, plan: Plan, removed: Iterable[int]) -> None:
    """Records name their item by number, so that an item in use cannot leave the catalogue."""
    gone = set(removed)
    if not gone:
        return
    years = range(plan.first_fiscal_year - 1, plan.last_fiscal_year + 2)
    used = {count.item_number for count in stores.figures.activity_counts(years, plan.id)}
    used |= {s.item_number for s in stores.figures.statuses(years, plan.id) if s.state is not None}
    if gone & used:
        numbers = "、".join(str(number) for number in sorted(gone & used))
        raise NotReady(
            f"取組項目{numbers}にはもう記録があるので、表から消すことはできません。\n"
            "まだ何も登録していません。表に項目を戻して、もう一度選んでください。"
        )


def _read_toml(data: bytes) -> tuple[Plan | None, tuple[PlanProblem, ...]]:
    try:
        text = data.decode("utf-8-sig")
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
