"""The forms: boxes inside the page, each with one number, the same items on paper as in the plan."""

from datetime import date

import pytest

from shakyo_desktop.domain.codes import Assembly, ImplementationState, OutcomeState, Reporter, SelfRating
from shakyo_desktop.domain.errors import BadInput
from shakyo_desktop.domain.forms.activity_sheet import ROWS, activity_sheet
from shakyo_desktop.domain.forms.large_sheet import large_activity_sheet
from shakyo_desktop.domain.forms.layout import BOTTOM, LEFT, RIGHT, TOP, FormCode
from shakyo_desktop.domain.forms.monthly_sheet import monthly_sheet
from shakyo_desktop.domain.forms.pages import chosen_pages
from shakyo_desktop.domain.forms.report_form import report_form
from shakyo_desktop.domain.forms.sheet_code import SheetCode, read_sheet_code
from shakyo_desktop.domain.forms.values import Cover, form_values
from shakyo_desktop.domain.forms.watch_sheet import watch_sheet
from shakyo_desktop.domain.records import YearRecords
from tests.factories import DISTRICT, FISCAL_YEAR, make_activity, make_plan, make_status

PLAN = make_plan()
LAYOUTS = {
    "F1": activity_sheet(FISCAL_YEAR, 3),
    "F1 large": large_activity_sheet(FISCAL_YEAR, 2),
    "F2": monthly_sheet(PLAN, FISCAL_YEAR),
    "F3": watch_sheet(PLAN, FISCAL_YEAR),
    "F4": report_form(PLAN, FISCAL_YEAR),
}


def year(*activities, statuses=()):
    return YearRecords(DISTRICT, FISCAL_YEAR, tuple(statuses), tuple(activities))


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_no_two_boxes_of_a_page_have_one_number_or_one_place(layout):
    for page in layout.pages:
        boxes = list(page.boxes())
        assert len({box.number for box in boxes}) == len(boxes)
        for one in boxes:
            overlapping = [
                other.number
                for other in boxes
                if other is not one
                and one.x < other.x + other.width - 0.01
                and other.x < one.x + one.width - 0.01
                and one.y < other.y + other.height - 0.01
                and other.y < one.y + one.height - 0.01
            ]
            assert overlapping == []


@pytest.mark.parametrize("layout", LAYOUTS.values(), ids=LAYOUTS)
def test_every_box_and_label_lies_in_the_writing_area(layout):
    for page in layout.pages:
        places = [(box.x, box.y, box.width, box.height) for box in page.boxes()]
        places += [(label.x, label.y, label.width, label.height) for label in page.labels]
        places += [box.beside for box in page.boxes() if box.beside]
        for x, y, width, height in places:
            assert x >= LEFT - 0.01
            assert x + width <= RIGHT + 0.01
            assert y >= TOP
            assert y + height <= BOTTOM + 0.01


def test_the_report_form_holds_every_item_once_and_whole():
    pages = LAYOUTS["F4"].pages
    held = [{target.item_number for row in page.rows for target in row.targets} for page in pages[1:]]
    assert sorted(number for numbers in held for number in numbers) == [item.number for item in PLAN.items]
    assert max(map(len, held)) == 2


def test_the_monthly_sheet_asks_for_the_items_of_districts_only():
    asked = {
        target.item_number for page in LAYOUTS["F2"].pages for row in page.rows for target in row.targets
    }
    assert asked == {item.number for item in PLAN.items if item.reporter is Reporter.DISTRICT}


def test_figures_of_the_diary_stand_in_their_months_and_a_blank_month_stays_blank():
    diary = [
        make_activity(8, held_on=date(2026, 4, 10), participants=0),
        make_activity(8, held_on=date(2026, 6, 1), participants=1200),
        make_activity(8, held_on=date(2026, 6, 2), participants=None),
    ]
    texts = form_values(LAYOUTS["F2"], PLAN, records=year(*diary)).texts
    assert texts[(1, "8ア-4")] == "1"
    assert texts[(1, "8イ-4")] == "0"
    assert (1, "8ア-5") not in texts
    assert (1, "8イ-5") not in texts
    assert texts[(1, "8ア-6")] == "2"
    assert texts[(1, "8イ-6")] == "1,200"
    assert texts[(1, "8イ-計")] == "1,200"


def test_states_and_ratings_are_written_as_the_digits_of_their_legend():
    status = make_status(
        6,
        state=ImplementationState.PARTIAL,
        self_rating=SelfRating.FAIR,
        typed_totals={"sessions": 30},
        counted_totals={"sessions": 12},
        target_value=1500,
        needs_support=("people", "money"),
    )
    texts = form_values(LAYOUTS["F4"], PLAN, records=year(statuses=[status])).texts
    [page] = {number for number, box in texts if box == "6-1"}
    assert texts[(page, "6-1")] == "4"
    assert texts[(page, "6-2")] == "3"
    by_field = {box.field: texts.get((page, box.number)) for box in LAYOUTS["F4"].pages[page - 1].boxes()
                if box.number.startswith("6-")}  # fmt: skip
    assert by_field["typed_totals.sessions"] == "30"
    assert by_field["target_value"] == "1.5"
    assert by_field["needs_support"] == "1・3"


def test_last_year_stands_beside_in_words_and_never_in_the_boxes():
    status = make_status(6, state=ImplementationState.SUSPENDED, outcome="前の年の成果")
    values = form_values(LAYOUTS["F4"], PLAN, last_year=year(statuses=[status]))
    assert values.texts == {}
    assert "休止" in values.beside.values()
    assert "前の年の成果" in values.beside.values()


def test_the_diary_fills_the_rows_by_day_and_a_cancelled_activity_says_why():
    late = make_activity(8, held_on=date(2026, 9, 5), venue="みほん公民館")
    early = make_activity(
        8,
        held_on=date(2026, 4, 2),
        outcome_state=OutcomeState.CANCELLED,
        outcome_reason="大雨",
        participants=None,
        content="",
    )
    texts = form_values(LAYOUTS["F1"], PLAN, records=year(late, early)).texts
    assert texts[(1, "1-1")] == "R8.4.2"
    assert texts[(1, "1-3")] == "2"
    assert texts[(1, "1-7")] == "大雨"
    assert texts[(1, "2-4")] == "みほん公民館"
    assert (1, "3-1") not in texts


def test_the_thirteenth_activity_stands_in_the_first_row_of_the_second_sheet():
    diary = [make_activity(8, held_on=date(2026, 5, day), venue=f"会場{day}") for day in range(1, ROWS + 2)]
    texts = form_values(LAYOUTS["F1"], PLAN, records=year(*diary)).texts
    assert texts[(2, "1-4")] == f"会場{ROWS + 1}"


def test_what_could_not_be_read_is_printed_as_it_was_typed():
    status = make_status(6, unread={"typed_totals.sessions": "十二くらい"})
    texts = form_values(LAYOUTS["F4"], PLAN, records=year(statuses=[status])).texts
    assert "十二くらい" in texts.values()


def test_the_head_says_who_hands_in_and_when():
    cover = Cover("みほん 太郎", date(2026, 11, 26), Assembly.AFTER)
    texts = form_values(LAYOUTS["F4"], PLAN, cover=cover).texts
    assert texts == {(1, "鑑-1"): "R8.11.26", (1, "鑑-2"): "みほん 太郎", (1, "鑑-3"): "2"}


@pytest.mark.parametrize(
    "typed", ["SHAKYO/F4/1/999999-01/2026/P3", "ｓｈａｋｙｏ／Ｆ４／１／９９９９９９－０１／２０２６／Ｐ３\n"]
)
def test_a_scanner_that_types_is_understood(typed):
    code = read_sheet_code(typed)
    assert code == SheetCode(FormCode.F4, 1, "999999-01", 2026, 3)
    assert read_sheet_code(code.text()) == code


@pytest.mark.parametrize(
    "typed",
    ["", "SHAKYO/COPY/1/999999-01/2026/1/P1", "https://example.invalid/", "SHAKYO/F5/1/999999-01/2026/P1"],
)
def test_another_code_is_refused_in_words(typed):
    with pytest.raises(BadInput) as refused:
        read_sheet_code(typed)
    assert refused.value.code == "sheet.code"


@pytest.mark.parametrize(
    ("text", "pages"), [("1-3,5", (1, 2, 3, 5)), ("２、４～５", (2, 4, 5)), (" 5 ", (5,))]
)
def test_pages_are_chosen_as_people_write_them(text, pages):
    assert chosen_pages(text, 5) == pages


@pytest.mark.parametrize("text", ["0", "6", "3-1", "a", "1-9"])
def test_a_page_that_does_not_exist_is_refused_in_words(text):
    with pytest.raises(BadInput):
        chosen_pages(text, 5)


def test_a_page_of_continuations_or_photos_is_no_sheet_to_key():
    with pytest.raises(BadInput) as refused:
        read_sheet_code("SHAKYO/F1/1/999999-01/2026/P0")
    assert refused.value.code == "sheet.extra"
