"""A sheet of paper while it is keyed, and what is said of a box to the person at the paper."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.forms.keyed import VOID, KeyedBox, SheetKey, joined_figure, read_box
from shakyo_desktop.domain.forms.layout import Box, BoxKind, FormCode, FormPage, MonthTally, Row
from shakyo_desktop.domain.forms.shortcuts import OFFERED
from shakyo_desktop.domain.labels import find_measure
from shakyo_desktop.domain.numbers import show_number
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.services.form_layouts import sheet_layout
from shakyo_desktop.storage.stores import Stores

_SHORT = 30
"""Longer words are of one occasion; nobody writes them again."""

UNREAD = "読めないので、このまま残しました（要確認）。あとで直せます。"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyingSheet:
    """A sheet as it is keyed: its page of the layout and what was keyed of it so far, by box number.

    ``page_count`` is None for F1, which has as many sheets as there is paper. ``void_rows`` have a double
    line through them. ``single_entries`` says how many entries of single days the diary holds beside a month
    of this sheet, by item and month. ``places`` are those a sheet of activities is likely to name and
    ``words`` the short contents of an item's activities, both most used first.
    """

    key: SheetKey
    plan: Plan
    page: FormPage
    boxes: Mapping[str, KeyedBox]
    page_count: int | None
    void_rows: frozenset[str] = frozenset()
    single_entries: Mapping[tuple[int, str], int] = field(default_factory=dict)
    places: tuple[str, ...] = ()
    words: Mapping[int, tuple[str, ...]] = field(default_factory=dict)

    def text(self, number: str) -> str:
        """What was keyed in a box, "" for nothing."""
        known = self.boxes.get(number)
        return known.text if known else ""

    def box(self, number: str) -> Box:
        """A box by its number.

        Raises:
            NotFound: the sheet has no such box.
        """
        return next(box for box in self.row_of(number).boxes if box.number == number)

    def row_of(self, number: str) -> Row:
        """The row a box stands in.

        Raises:
            NotFound: the sheet has no such box.
        """
        for row in self.page.rows:
            if any(box.number == number for box in row.boxes):
                return row
        raise NotFound.of(f"この用紙に{number}の欄")


@dataclass(frozen=True, slots=True)
class Keyed:
    """What became of a box: as it is kept, and a remark for the person at the paper, or ""."""

    box: KeyedBox
    remark: str = ""


def read_sheet(stores: Stores, key: SheetKey) -> KeyingSheet:
    """A sheet with what was keyed of it so far.

    Raises:
        BadInput: the form has no such page or layout.
    """
    plan = stores.plans.get(key.plan_id)
    layout = sheet_layout(plan, key)
    page = layout.page(key.page)
    assert page is not None  # sheet_layout refuses a page that is not there
    boxes = stores.paper.boxes(key)
    asked = {(one.item_number, one.month) for one in _months(page)}
    singles = stores.figures.single_entries(key.org, key.fiscal_year, key.plan_id) if asked else {}
    return KeyingSheet(
        key=key,
        plan=plan,
        page=page,
        boxes=boxes,
        page_count=None if key.form is FormCode.F1 else len(layout.pages),
        void_rows=frozenset(row.number for row in page.rows if f"{row.number}-{VOID}" in boxes),
        single_entries={place: count for place, count in singles.items() if place in asked},
        places=stores.figures.venues(key.org, OFFERED) if key.form is FormCode.F1 else (),
        words=_usual_words(stores, key) if key.form is FormCode.F1 else {},
    )


def _usual_words(stores: Stores, key: SheetKey) -> Mapping[int, tuple[str, ...]]:
    return stores.figures.usual_words(key.org, key.plan_id, _SHORT, OFFERED)


def _months(page: FormPage) -> list[MonthTally]:
    return [target for row in page.rows for target in row.targets if isinstance(target, MonthTally)]


def remark_on(sheet: KeyingSheet, box: Box, row: Row, texts: Mapping[str, str]) -> str:
    """What the person at the paper should look at in this box, "" for nothing."""
    typed = texts[box.number]
    value, unread = read_box(box, typed, sheet.key.fiscal_year)
    if unread:
        return UNREAD
    if box.kind is BoxKind.CHECK and value is not None:
        return _sum_remark(sheet, box, row, value, texts)
    return ""


def _sum_remark(sheet: KeyingSheet, box: Box, row: Row, value: int, texts: Mapping[str, str]) -> str:
    """F2 sums along its row, F3 down its column: the months of the same figure."""
    across = sheet.key.form is FormCode.F2
    rows = [row] if across else list(sheet.page.rows)
    months = [
        one for line in rows for one in line.boxes if one.kind is BoxKind.NUMBER and one.field == box.field
    ]
    spec = find_measure(box.field.removeprefix("measures."))
    figure = joined_figure(months, texts, sheet.key.fiscal_year, spec.total if spec else "sum")
    if figure == value:
        return ""
    shown = show_number(figure) if figure is not None else "なし"
    return f"計が月の数と合いません（紙の計 {show_number(value)}、月から {shown}）。紙を見てください。"
