"""Which box of which sheet a problem is about, so that it can be put right beside the paper."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shakyo_desktop.domain.checks import Problem
from shakyo_desktop.domain.forms.keyed import KeyedBox, SheetKey
from shakyo_desktop.domain.forms.layout import FormCode, FormLayout, StatusOf
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import ACTIVITIES
from shakyo_desktop.services.form_layouts import form_layout, sheet_layout
from shakyo_desktop.services.year_view import YearView


@dataclass(frozen=True, slots=True)
class KeyedPlace:
    """A box of a sheet; ``words`` name it as it stands on the paper."""

    sheet: SheetKey
    box: str
    words: str


def keyed_places(
    view: YearView,
    problems: Iterable[Problem],
    keyed: Sequence[tuple[SheetKey, KeyedBox]],
) -> dict[Problem, KeyedPlace]:
    """The box of every problem that has one; what was not keyed from a sheet has none."""
    plans = {plan.id: plan for plan in view.plans}
    layouts: dict[str, FormLayout] = {}
    found = {}
    for problem in problems:
        if problem.ref is not None and problem.ref.table == ACTIVITIES:
            place = _of_activity(plans, problem, keyed)
        else:
            place = _of_item(view, plans, layouts, problem)
        if place is not None:
            found[problem] = place
    return found


def _of_activity(
    plans: dict[str, Plan], problem: Problem, keyed: Sequence[tuple[SheetKey, KeyedBox]]
) -> KeyedPlace | None:
    """The box of the sheet that the activity was keyed from, the row's first when none is about the field."""
    own = [(sheet, box) for sheet, box in keyed if problem.ref and box.record_id == problem.ref.id]
    if not own or own[0][0].plan_id not in plans:
        return None
    sheet, first = own[0]
    page = sheet_layout(plans[sheet.plan_id], sheet).page(sheet.page)
    rows = page.rows if page else ()
    row = next((one for one in rows if any(box.number == first.box for box in one.boxes)), None)
    if row is None:
        return None
    box = next((one for one in row.boxes if one.field == problem.field), row.boxes[0])
    return KeyedPlace(sheet, box.number, f"{sheet.form.label} {sheet.page}枚目 {box.number}")


def _of_item(
    view: YearView, plans: dict[str, Plan], layouts: dict[str, FormLayout], problem: Problem
) -> KeyedPlace | None:
    """The box of F4 for the item's field, its first box when the paper has none of that name."""
    plan = plans.get(problem.plan_id or "")
    if plan is None or problem.item_number is None:
        return None
    year = view.records
    layout = layouts.setdefault(plan.id, form_layout(FormCode.F4, plan, year.fiscal_year))
    wanted = StatusOf(plan.id, problem.item_number)
    boxes = [
        (page, box)
        for page in layout.pages
        for row in page.rows
        for box, target in row.pairs()
        if target == wanted
    ]
    if not boxes:
        return None
    page, box = next((one for one in boxes if one[1].field == problem.field), boxes[0])
    sheet = SheetKey(
        org=year.org,
        fiscal_year=year.fiscal_year,
        plan_id=plan.id,
        form=FormCode.F4,
        version=layout.version,
        page=page.number,
    )
    return KeyedPlace(sheet, box.number, f"{FormCode.F4.label} {page.number}ページ {box.number}")
