"""What nobody has to key: the month above, known words, boxes that cannot apply."""

import pytest

from shakyo_desktop.domain.forms.activity_sheet import activity_sheet
from shakyo_desktop.domain.forms.report_form import report_form
from shakyo_desktop.domain.forms.shortcuts import (
    cannot_apply,
    is_whole_number,
    with_month_above,
    words_of_number,
)
from tests.factories import FISCAL_YEAR, make_plan

PLACES = ("みほん自治会館", "みほん公民館")


@pytest.mark.parametrize(
    ("typed", "above", "shown"),
    [
        ("12", "5/1", "5/12"),
        ("１２", "R8.5.1", "5/12"),
        ("3", "0131", "1/3"),
        ("31", "4/1", "31"),
        ("12", "", "12"),
        ("12", "去年", "12"),
        ("0512", "4/1", "0512"),
        ("", "4/1", ""),
    ],
)
def test_a_day_alone_takes_the_month_above_and_nothing_is_guessed(typed, above, shown):
    assert with_month_above(typed, above, FISCAL_YEAR) == shown


@pytest.mark.parametrize(
    ("typed", "words"),
    [("2", PLACES[1]), ("１", PLACES[0]), ("3", "3"), ("0", "0"), ("1丁目会館", "1丁目会館"), ("", "")],
)
def test_a_digit_stands_for_the_known_words_with_that_number(typed, words):
    assert words_of_number(typed, PLACES) == words


def test_an_items_number_is_whole_when_no_longer_one_begins_with_it():
    numbers = range(1, 22)
    assert is_whole_number("8", numbers)
    assert is_whole_number("21", numbers)
    assert not is_whole_number("1", numbers)
    assert not is_whole_number("9", (1, 2))
    assert not is_whole_number("", numbers)


def useless(rows, **texts):
    typed = {box.number: texts.get(box.field, "") for row in rows for box in row.boxes}
    found = cannot_apply(rows, typed, FISCAL_YEAR)
    return {box.field for row in rows for box in row.boxes if box.number in found}


@pytest.mark.parametrize(
    ("texts", "fields"),
    [
        ({}, {"target_unit"}),
        ({"state": "3"}, {"state_reason", "target_unit"}),
        ({"state": "3", "self_rating": "2"}, {"state_reason", "rating_reason", "target_unit"}),
        ({"state": "3", "self_rating": "5", "target_value": "12"}, {"state_reason"}),
        ({"state": "5", "target_value": "12"}, {"self_rating", "rating_reason"}),
        ({"state": "9"}, {"target_unit"}),
    ],
)
def test_boxes_of_an_item_that_cannot_apply(texts, fields):
    page = report_form(make_plan(), FISCAL_YEAR).page(2)
    first = [row for row in page.rows if row.number == page.rows[0].number]
    assert useless(first, **texts) == fields


def test_nobody_counts_the_people_of_a_meeting_that_was_called_off():
    [row, *_] = activity_sheet(FISCAL_YEAR).pages[0].rows
    assert useless([row], outcome_state="1") == set()
    assert useless([row], outcome_state="2") == {"participants", "helpers"}
