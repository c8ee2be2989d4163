"""What a list of districts would change, judged row by row."""

import pytest

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.services.roster_list import RosterAction, list_changes, next_code

WARD = "999999"
EAST = Organisation(
    f"{WARD}-01", "みほん東地区部会", OrganisationKind.DISTRICT, parent=WARD, telephone="000-1"
)
GONE = Organisation(f"{WARD}-07", "みほん旧地区部会", OrganisationKind.DISTRICT, parent=WARD, active=False)
HEADINGS = ["番号", "地区部会名", "電話番号", "連絡先", "パソコン"]


def judge(*rows: list[str], existing: tuple[Organisation, ...] = (EAST, GONE)):
    return list_changes([HEADINGS, *rows], existing, WARD)


def test_a_new_name_gets_the_number_after_the_highest_ever_used():
    (change,) = judge(["", "みほん西地区部会", "０００－１１１", "部会長", "なし"])
    assert (change.action, change.organisation.code) == (RosterAction.NEW, f"{WARD}-08")
    assert change.organisation.telephone == "000-111"
    assert change.organisation.has_computer is False


def test_two_new_names_get_two_numbers():
    changes = judge(["", "みほん南", "", "", ""], ["", "みほん北", "", "", ""])
    assert [change.organisation.code for change in changes] == [f"{WARD}-08", f"{WARD}-09"]


def test_the_same_row_changes_nothing():
    (change,) = judge(["", "みほん東地区部会", "000-1", "", "あり"])
    assert change.action is RosterAction.SAME


@pytest.mark.parametrize("code", ["999999-01", "01", "１", ""])
def test_a_row_is_matched_by_number_or_by_name(code):
    (change,) = judge([code, "みほん東地区部会", "000-2", "", ""])
    assert (change.action, change.organisation.code) == (RosterAction.CHANGED, EAST.code)
    assert change.message == "電話番号：000-1 → 000-2"


def test_a_district_that_had_stopped_reports_again():
    (change,) = judge(["", "みほん旧地区部会", "", "", ""])
    assert change.action is RosterAction.CHANGED
    assert change.organisation.active


def test_a_column_the_list_does_not_have_keeps_what_is_known():
    (change,) = list_changes([["地区部会"], ["みほん東地区部会"]], (EAST,), WARD)
    assert (change.action, change.organisation) == (RosterAction.SAME, EAST)


PROBLEMS = {
    "no name": (["", "", "000", "", ""], "地区部会名が書かれていません"),
    "another ward's number": (["121011-01", "みほん西", "", "", ""], "この区の番号ではありません"),
    "a number nobody has": (["55", "みほん西", "", "", ""], "まだ使われていません"),
    "a computer that is neither": (["", "みほん西", "", "", "たぶん"], "「あり」か「なし」"),
    "a name that is too long": (["", "み" * 61, "", "", ""], "長すぎます"),
}


@pytest.mark.parametrize(("row", "words"), PROBLEMS.values(), ids=PROBLEMS)
def test_a_row_with_a_problem_says_which_row_and_why(row, words):
    (change,) = judge(row)
    assert (change.action, change.organisation, change.address) == (RosterAction.PROBLEM, None, "2行目")
    assert words in change.message


def test_a_district_named_twice_in_one_list_is_a_problem():
    changes = judge(["", "みほん東地区部会", "", "", ""], ["", "みほん東地区部会", "9", "", ""])
    assert changes[1].action is RosterAction.PROBLEM


def test_a_list_without_the_heading_says_what_is_missing():
    (change,) = list_changes([["なまえ"], ["みほん東"]], (), WARD)
    assert change.action is RosterAction.PROBLEM
    assert "地区部会名" in change.message


def test_blank_rows_are_passed_over():
    assert judge(["", "", "", "", ""]) == ()


def test_the_first_district_of_a_ward_is_number_one():
    assert next_code(WARD, ()) == f"{WARD}-01"
