"""計画の対応: which items of two plans stand for the same work, and what that makes of the diaries."""

import io
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from shakyo_desktop.domain.crosswalk import (
    CountedAs,
    ItemKey,
    MappedFigures,
    counted_in,
    crosswalk_problems,
    figures_by_source,
)
from shakyo_desktop.domain.errors import BadInput
from shakyo_desktop.domain.item_matches import Suggestion, suggestions
from shakyo_desktop.domain.plan import Crosswalk, Plan
from shakyo_desktop.services.context import ServiceContext


@dataclass(frozen=True, slots=True)
class PairsView:
    """Two plans side by side in a fiscal year.

    ``pairs`` are those between the two, the plan's item first. ``figures`` are, by item of ``other``, what
    the diaries of all other plans add to it; ``counted`` says for which one item of ``other`` each counts.
    """

    plan: Plan
    other: Plan
    pairs: tuple[Crosswalk, ...]
    suggested: tuple[Suggestion, ...]
    figures: Mapping[int, tuple[MappedFigures, ...]]
    counted: Mapping[ItemKey, CountedAs]


class PlanPairsService:
    """Reads and changes the crosswalk."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def view(self, plan_id: str, other_id: str, fiscal_year: int) -> PairsView:
        """Two plans with their pairs, suggestions and figures; four statements.

        Raises:
            NotFound: one of the plans is not there.
        """
        with self._context.database.reading() as stores:
            plan, other = stores.plans.get(plan_id), stores.plans.get(other_id)
            everything = stores.plans.crosswalk()
            counts = stores.figures.activity_counts([fiscal_year])
        pairs = pairs_between(plan_id, other_id, everything)
        paired = {(pair.item_number, pair.other_item_number) for pair in pairs}
        suggested = tuple(
            one for one in suggestions(plan, other) if (one.item_number, one.other_item_number) not in paired
        )
        figures = figures_by_source(other, counts, everything)
        return PairsView(plan, other, pairs, suggested, figures, counted_in(other, everything))

    def connect(self, *pairs: Crosswalk) -> None:
        """Add pairs; those that are known stay as they are.

        Raises:
            BadInput: a pair names an item that no plan has, or two items of one plan.
        """
        self._change(add=pairs)

    def disconnect(self, *pairs: Crosswalk) -> None:
        """Take pairs out, whichever way round they were written."""
        self._change(remove=pairs)

    def save(self, pairs: Iterable[Crosswalk]) -> None:
        """Replace all pairs.

        Raises:
            BadInput: as ``connect``.
        """
        wanted = tuple(pairs)
        with self._context.database.transaction() as stores:
            _refuse_wrong(wanted, stores.plans.all())
            stores.plans.replace_crosswalk(wanted)

    def table(self, plan_id: str, other_id: str, fiscal_year: int) -> bytes:
        """The pairs of two plans as an Excel workbook."""
        from shakyo_desktop.documents.pairs_table import write_pairs_table

        view = self.view(plan_id, other_id, fiscal_year)
        return write_pairs_table(view.plan, view.other, view.pairs, view.counted)

    def pdf(self, plan_id: str, other_id: str, fiscal_year: int) -> bytes:
        """The pairs of two plans on paper."""
        from shakyo_desktop.documents.pdf.pairs_list import PairsListData, make_pairs_list

        view = self.view(plan_id, other_id, fiscal_year)
        with self._context.database.reading() as stores:
            own = stores.settings.some("org", "practice")
            office = stores.organisations.get(str(own["org"])).name
        data = PairsListData(
            plan=view.plan,
            other=view.other,
            pairs=view.pairs,
            counted=view.counted,
            office_name=office,
            made_at=self._context.now(),
            practice=bool(own.get("practice", False)),
        )
        out = io.BytesIO()
        make_pairs_list(data, out)
        return out.getvalue()

    def _change(self, add: Iterable[Crosswalk] = (), remove: Iterable[Crosswalk] = ()) -> None:
        with self._context.database.transaction() as stores:
            kept = {_one_way(pair) for pair in stores.plans.crosswalk()}
            wanted = (kept | {_one_way(pair) for pair in add}) - {_one_way(pair) for pair in remove}
            _refuse_wrong(add, stores.plans.all())
            stores.plans.replace_crosswalk(sorted(wanted, key=_order))


def pairs_between(plan_id: str, other_id: str, pairs: Iterable[Crosswalk]) -> tuple[Crosswalk, ...]:
    """The pairs of two plans, each with the item of ``plan_id`` first, in the order of the numbers."""
    found = set()
    for pair in pairs:
        turned = Crosswalk(pair.other_plan_id, pair.other_item_number, pair.plan_id, pair.item_number)
        found |= {one for one in (pair, turned) if (one.plan_id, one.other_plan_id) == (plan_id, other_id)}
    return tuple(sorted(found, key=_order))


def _refuse_wrong(pairs: Iterable[Crosswalk], plans: Iterable[Plan]) -> None:
    problems = crosswalk_problems(pairs, {plan.id: plan for plan in plans})
    if problems:
        raise BadInput("\n".join([*problems, "まだ何も変わっていません。"]))


def _one_way(pair: Crosswalk) -> Crosswalk:
    """One writing for a pair, so that it is not kept twice."""
    turned = Crosswalk(pair.other_plan_id, pair.other_item_number, pair.plan_id, pair.item_number)
    return min(pair, turned, key=_order)


def _order(pair: Crosswalk) -> tuple[str, int, str, int]:
    return pair.plan_id, pair.item_number, pair.other_plan_id, pair.other_item_number
