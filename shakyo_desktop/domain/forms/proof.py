"""校正票: what differs from what was printed before, box by box, old beside new.

Boxes of F2, F3 and F4 keep their numbers from print to print. Rows of F1 move when an activity comes
between, so that they are told apart by their activity.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from shakyo_desktop.domain.dates import short_era_date
from shakyo_desktop.domain.forms.layout import ActivityRow, FormCode, FormLayout
from shakyo_desktop.domain.forms.paper import PaperPage
from shakyo_desktop.domain.forms.values import FormValues, activities_on_paper
from shakyo_desktop.domain.records import Activity, YearRecords

DIARY_PAGE = 0
"""The page under which all rows of F1 are kept together."""

Printed = Mapping[int, Mapping[str, str]]
"""The text of every box that has one, by page and by the name it keeps from print to print."""


class PageState(StrEnum):
    """Where a page stands between printer and 部会長."""

    NEVER_PRINTED = "never_printed"
    PRINTED = "printed"
    CHANGED = "changed"
    CONFIRMED = "confirmed"


@dataclass(frozen=True, slots=True)
class ProofLine:
    """One box that differs: where it is in words, what was printed, what it says now; "" is blank."""

    page: int
    place: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class ProofPage:
    """A page with its state and the boxes that differ from its last print."""

    page: int
    heading: str
    state: PageState
    lines: tuple[ProofLine, ...]


def printed_values(layout: FormLayout, values: FormValues, records: YearRecords) -> Printed:
    """What a filled form says, under names that stay the same from print to print."""
    if layout.form is FormCode.F1:
        return {DIARY_PAGE: _by_activity(layout, values, records)}
    found: dict[int, dict[str, str]] = {page.number: {} for page in layout.pages}
    for (page, box), text in values.texts.items():
        found[page][box] = text
    return found


def proof_pages(
    layout: FormLayout, now: Printed, kept: Iterable[PaperPage], records: YearRecords
) -> tuple[ProofPage, ...]:
    """Every page with what differs from its last print; a confirmed page stays so until it changes."""
    known = {page.page: page for page in kept}
    labels = _labels(layout, records)
    headings = {page.number: page.heading for page in layout.pages} | {DIARY_PAGE: layout.form.label}
    pages = []
    for number, texts in now.items():
        page = known.get(number)
        if page is None or page.printed_at is None:
            pages.append(ProofPage(number, headings[number], PageState.NEVER_PRINTED, ()))
            continue
        names = dict.fromkeys([*page.printed, *texts])
        lines = tuple(
            ProofLine(
                number, labels.get((number, name), name), page.printed.get(name, ""), texts.get(name, "")
            )
            for name in names
            if page.printed.get(name, "") != texts.get(name, "")
        )
        pages.append(ProofPage(number, headings[number], _state(page, texts, lines), lines))
    return tuple(pages)


def _state(page: PaperPage, texts: Mapping[str, str], lines: tuple[ProofLine, ...]) -> PageState:
    if page.confirmed_at is not None and dict(page.confirmed) == dict(texts):
        return PageState.CONFIRMED
    return PageState.CHANGED if lines or page.confirmed_at is not None else PageState.PRINTED


def _by_activity(layout: FormLayout, values: FormValues, records: YearRecords) -> dict[str, str]:
    diary = activities_on_paper(records)
    found: dict[str, str] = {}
    for page in layout.pages:
        for row in page.rows:
            for box, target in row.pairs():
                text = values.texts.get((page.number, box.number))
                if text and isinstance(target, ActivityRow):
                    found[f"{diary[target.index].id}/{box.field}"] = text
    return found


def _labels(layout: FormLayout, records: YearRecords) -> dict[tuple[int, str], str]:
    """The words for each box: its number and label, for F1 the day and place of its activity."""
    if layout.form is not FormCode.F1:
        return {
            (page.number, box.number): f"{box.number} {box.label}"
            for page in layout.pages
            for box in page.boxes()
        }
    words = {box.field: box.label for box in layout.pages[0].boxes()}
    every = {one.id: one for one in records.activities}
    return {
        (DIARY_PAGE, f"{number}/{field}"): f"{_day(one)} {one.venue}　{label}".replace("  ", " ")
        for number, one in every.items()
        for field, label in words.items()
    }


def _day(activity: Activity) -> str:
    return short_era_date(activity.held_on) if activity.held_on else (activity.month or "日付なし")
