"""Keying from paper: boxes become records with history, nothing keyed is lost, figures can be keyed twice."""

from dataclasses import replace

import pytest

from shakyo_desktop.domain.codes import Granularity, ImplementationState, OutcomeState, SelfRating, Source
from shakyo_desktop.domain.errors import BadInput, NotFound
from shakyo_desktop.domain.forms.layout import FormCode
from shakyo_desktop.domain.records import RecordRef
from shakyo_desktop.services.keying import KeyingService
from shakyo_desktop.services.second_keying import SecondKeyingService
from tests.services.conftest import DISTRICT

YEAR = 2026


@pytest.fixture
def keying(district):
    return KeyingService(district)


@pytest.fixture
def second(district, keying):
    return SecondKeyingService(district, keying)


def type_in(keying, sheet, **boxes):
    """Key boxes by number (``b1_1`` is 1-1); the remarks that were not empty."""
    remarks = {}
    for name, typed in boxes.items():
        number = name[1:].replace("_", "-")
        remark = keying.key(sheet, number, typed).remark
        if remark:
            remarks[number] = remark
    return remarks


def year(district):
    with district.database.reading() as stores:
        return stores.records.year(DISTRICT.code, YEAR)


def status(district, number):
    return next(one for one in year(district).item_statuses if one.item_number == number)


def test_a_row_of_the_activity_sheet_becomes_an_activity_as_soon_as_its_item_is_keyed(district, keying):
    sheet = keying.sheet(FormCode.F1, YEAR)
    assert "項目の番号" in type_in(keying, sheet, b1_1="8.5.1")["1-1"]
    assert year(district).activities == ()
    type_in(keying, sheet, b1_2="8", b1_3="1", b1_4="みほん自治会館", b1_5="２４人", b1_6="6", b1_7="体操")
    [activity] = year(district).activities
    assert (activity.held_on.isoformat(), activity.item_number) == ("2026-05-01", 8)
    assert (activity.venue, activity.participants, activity.helpers) == ("みほん自治会館", 24, 6)
    assert (activity.content, activity.outcome_state) == ("体操", OutcomeState.HELD)
    assert (activity.source, activity.granularity) == (Source.PAPER, Granularity.EVENT)
    assert activity.keyed_by == "見本花子"


def test_a_watch_keyed_by_the_day_is_no_monthly_tally(district, keying):
    sheet = keying.sheet(FormCode.F1, YEAR)
    type_in(keying, sheet, b1_1="0501", b1_2="6")
    [activity] = year(district).activities
    assert (activity.granularity, activity.month) == (Granularity.EVENT, None)


def test_words_beside_a_called_off_activity_are_its_reason(district, keying):
    sheet = keying.sheet(FormCode.F1, YEAR)
    type_in(keying, sheet, b1_1="5/1", b1_2="8", b1_7="大雨のため", b1_3="2")
    [activity] = year(district).activities
    assert (activity.outcome_reason, activity.content) == ("大雨のため", "")
    type_in(keying, sheet, b1_3="1")
    [activity] = year(district).activities
    assert (activity.outcome_reason, activity.content) == ("", "大雨のため")


def test_keying_a_box_again_corrects_the_same_record_and_keeps_the_old_value_in_its_history(district, keying):
    sheet = keying.sheet(FormCode.F1, YEAR)
    type_in(keying, sheet, b1_1="5/1", b1_2="8", b1_5="24")
    type_in(keying, sheet, b1_5="42")
    [activity] = year(district).activities
    assert activity.participants == 42
    with district.database.reading() as stores:
        history = stores.history.of(RecordRef("activities", activity.id))
    rows = [row for row in history if row.field == "participants"]
    assert [(row.old, row.new, row.source) for row in rows] == [
        (None, 24, Source.PAPER),
        (24, 42, Source.PAPER),
    ]


def test_another_item_brings_its_kind_along(district, keying):
    sheet = keying.sheet(FormCode.F1, YEAR)
    type_in(keying, sheet, b1_1="5/1", b1_2="8")
    before = year(district).activities[0].kind
    type_in(keying, sheet, b1_2="12")
    after = year(district).activities[0]
    assert after.item_number == 12
    assert after.kind is not before


def test_what_cannot_be_read_stays_as_keyed_and_is_marked(district, keying):
    sheet = keying.sheet(FormCode.F1, YEAR)
    remarks = type_in(keying, sheet, b1_2="8", b1_1="去年の春", b1_5="たくさん")
    assert set(remarks) == {"1-1", "1-5"}
    [activity] = year(district).activities
    assert activity.unread == {"held_on": "去年の春", "participants": "たくさん"}
    assert keying.open_sheet(sheet.key).text("1-1") == "去年の春"


def test_an_item_that_no_plan_has_makes_no_record_and_is_told(district, keying):
    sheet = keying.sheet(FormCode.F1, YEAR)
    assert type_in(keying, sheet, b1_2="99")["1-2"]
    assert year(district).activities == ()


def test_a_struck_out_row_goes_to_the_bin_and_can_come_back(district, keying):
    sheet = keying.sheet(FormCode.F1, YEAR)
    type_in(keying, sheet, b1_1="5/1", b1_2="8", b2_1="5/2", b2_2="8")
    keying.void(sheet, "1", on=True)
    assert keying.open_sheet(sheet.key).void_rows == {"1"}
    assert [one.held_on.day for one in year(district).activities] == [2]
    keying.void(sheet, "1", on=False)
    assert keying.open_sheet(sheet.key).void_rows == frozenset()
    assert [one.held_on.day for one in year(district).activities] == [1, 2]


def test_a_month_that_is_left_blank_makes_nothing_and_a_zero_is_a_figure(district, keying):
    sheet = keying.sheet(FormCode.F2, YEAR)
    keying.key(sheet, "8ア-4", "")
    assert year(district).activities == ()
    keying.key(sheet, "8ア-5", "2")
    keying.key(sheet, "8イ-5", "0")
    [tally] = year(district).activities
    assert (tally.month, tally.sessions, tally.participants) == ("2026-05", 2, 0)
    assert tally.granularity is Granularity.MONTHLY_TOTAL


def test_a_month_keyed_empty_again_goes_to_the_bin(district, keying):
    sheet = keying.sheet(FormCode.F2, YEAR)
    keying.key(sheet, "8ア-5", "2")
    keying.key(sheet, "8ア-5", "")
    assert year(district).activities == ()
    keying.key(sheet, "8ア-5", "3")
    [tally] = year(district).activities
    assert tally.sessions == 3


def test_both_monthly_forms_write_into_one_tally_of_the_month(district, keying):
    keying.key(keying.sheet(FormCode.F2, YEAR), "6ア-7", "4")
    watch = keying.sheet(FormCode.F3, YEAR)
    keying.key(watch, "6-7-1", "12")
    keying.key(watch, "6-7-2", "30")
    [tally] = year(district).activities
    assert (tally.sessions, dict(tally.measures)) == (4, {"subjects": 12, "visits": 30})


def test_a_sum_that_does_not_fit_its_months_is_told_and_kept_as_keyed(district, keying):
    sheet = keying.sheet(FormCode.F2, YEAR)
    keying.key(sheet, "8イ-4", "10")
    keying.key(sheet, "8イ-5", "20")
    assert keying.key(sheet, "8イ-計", "30").remark == ""
    wrong = keying.key(sheet, "8イ-計", "40")
    assert "40" in wrong.remark
    assert "30" in wrong.remark
    assert keying.open_sheet(sheet.key).text("8イ-計") == "40"


def test_the_sum_of_people_looked_after_is_the_most_of_any_month(keying):
    watch = keying.sheet(FormCode.F3, YEAR)
    keying.key(watch, "6-4-1", "12")
    keying.key(watch, "6-5-1", "15")
    assert keying.key(watch, "6-計-1", "15").remark == ""
    assert keying.key(watch, "6-計-1", "27").remark


def test_a_month_says_how_many_single_entries_stand_beside_it(district, keying):
    sheet = keying.sheet(FormCode.F1, YEAR)
    type_in(keying, sheet, b1_1="5/1", b1_2="8", b2_1="5/2", b2_2="8")
    assert keying.sheet(FormCode.F2, YEAR).single_entries == {(8, "2026-05"): 2}


def test_the_report_form_is_keyed_by_digits_into_the_items_status(district, keying):
    page = next(
        number for number in range(2, 14)
        if any(box.number == "6-1" for box in keying.sheet(FormCode.F4, YEAR, number).page.boxes())
    )  # fmt: skip
    sheet = keying.sheet(FormCode.F4, YEAR, page)
    fields = {box.field: box.number for box in sheet.page.boxes() if box.number.startswith("6-")}
    keying.key(sheet, fields["state"], "３")
    keying.key(sheet, fields["self_rating"], "2")
    keying.key(sheet, fields["typed_totals.sessions"], "1,200")
    keying.key(sheet, fields["target_value"], "1.5")
    keying.key(sheet, fields["needs_support"], "1・3")
    keying.key(sheet, fields["outcome"], "顔の見える\n関係ができました。")
    after = status(district, 6)
    assert (after.state, after.self_rating) == (ImplementationState.RUNNING, SelfRating.GOOD)
    assert (dict(after.typed_totals), after.target_value) == ({"sessions": 1200}, 1500)
    assert (after.needs_support, after.outcome) == (("people", "money"), "顔の見える\n関係ができました。")


def test_a_digit_that_is_no_choice_stays_unread(district, keying):
    sheet = keying.sheet(FormCode.F4, YEAR, 2)
    number = next(box.number for box in sheet.page.boxes() if box.field == "state")
    assert keying.key(sheet, number, "9").remark
    item = int(number.split("-")[0])
    assert status(district, item).unread == {"state": "9"}


def test_the_head_of_the_report_is_kept_without_a_record(keying):
    sheet = keying.sheet(FormCode.F4, YEAR, 1)
    keying.key(sheet, "鑑-2", "みほん 太郎")
    assert keying.open_sheet(sheet.key).text("鑑-2") == "みほん 太郎"


def test_a_scanners_code_opens_its_sheet(keying):
    sheet = keying.sheet_of_code(f"SHAKYO/F4/1/{DISTRICT.code}/{YEAR}/P3")
    assert (sheet.key.form, sheet.key.page) == (FormCode.F4, 3)


@pytest.mark.parametrize(
    ("code", "why"),
    [
        (f"SHAKYO/F4/1/990011-02/{YEAR}/P3", "sheet.org"),
        (f"SHAKYO/F4/9/{DISTRICT.code}/{YEAR}/P3", "sheet.version"),
        (f"SHAKYO/F4/1/{DISTRICT.code}/{YEAR}/P99", "sheet.page"),
        (f"SHAKYO/F4/1/{DISTRICT.code}/{YEAR}/P0", "sheet.extra"),
        ("みほん", "sheet.code"),
    ],
)
def test_a_sheet_of_another_district_or_layout_is_refused_in_words(keying, code, why):
    with pytest.raises(BadInput) as refused:
        keying.sheet_of_code(code)
    assert refused.value.code == why
    assert "そのまま" in refused.value.message


def test_keying_goes_on_at_the_box_where_it_stopped(district, keying):
    assert keying.place(YEAR) is None
    sheet = keying.sheet(FormCode.F1, YEAR, 2)
    keying.stop_at(sheet, "3-4")
    place = KeyingService(district).place(YEAR)
    assert (place.form, place.page, place.box) == (FormCode.F1, 2, "3-4")


def test_a_new_pile_begins_on_the_first_sheet_that_nobody_keyed(keying):
    assert keying.next_free(YEAR) == 1
    type_in(keying, keying.sheet(FormCode.F1, YEAR, 1), b1_1="5/1")
    type_in(keying, keying.sheet(FormCode.F1, YEAR, 3), b1_1="5/1")
    assert keying.next_free(YEAR) == 4
    assert keying.next_free(YEAR, large=True) == 1


def test_the_same_figure_keyed_twice_agrees_however_it_is_written(keying, second):
    sheet = keying.sheet(FormCode.F1, YEAR)
    type_in(keying, sheet, b1_1="5/1", b1_2="8", b1_5="1200")
    assert second.second(sheet, "1-5", "１，２００人").agrees
    assert second.counts(YEAR).differences == {}


def test_two_figures_that_differ_are_both_shown_and_the_difference_stays_counted(district, keying, second):
    sheet = keying.sheet(FormCode.F1, YEAR)
    type_in(keying, sheet, b1_1="5/1", b1_2="8", b1_5="24")
    look = second.second(sheet, "1-5", "42")
    assert (look.agrees, look.first, look.second) == (False, "24", "42")
    assert year(district).activities[0].participants == 24
    second.settle(sheet, "1-5", "42")
    assert year(district).activities[0].participants == 42
    counts = second.counts(YEAR)
    assert dict(counts.differences) == {"見本花子": 1}
    assert counts.twice == 1


def test_blank_and_zero_do_not_agree(keying, second):
    sheet = keying.sheet(FormCode.F1, YEAR)
    type_in(keying, sheet, b1_1="5/1", b1_2="8", b1_5="")
    assert not second.second(sheet, "1-5", "0").agrees


def test_a_sample_takes_one_row_in_three_and_stays_the_same(keying, second, district):
    sheet = keying.sheet(FormCode.F1, YEAR)
    rows = second.second_rows(sheet, 3)
    assert len(rows) == 4
    assert SecondKeyingService(district, keying).second_rows(sheet, 3) == rows
    assert len(second.second_rows(sheet, 1)) == 12
    pages = [replace(sheet, key=replace(sheet.key, page=page)) for page in range(1, 30)]
    starts = {second.second_rows(page, 3)[0] for page in pages}
    assert starts == {"1", "2", "3"}


def test_only_rows_of_activities_can_be_struck_out(keying):
    with pytest.raises(NotFound):
        keying.void(keying.sheet(FormCode.F2, YEAR), "8ア", on=True)
