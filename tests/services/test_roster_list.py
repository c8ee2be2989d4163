"""What a list of districts would change, judged row by row."""

from dataclasses import dataclass

import pytest

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.services.roster_list import RosterAction, RosterChange, list_changes, next_code

WARD = "999999"
EAST = Organisation(
    f"{WARD}-01", "みほん東地区部会", OrganisationKind.DISTRICT, parent=WARD, telephone="000-1"
)
GONE = Organisation(f"{WARD}-07", "みほん旧地区部会", OrganisationKind.DISTRICT, parent=WARD, active=False)


@dataclass(frozen=True)
class Row:
    name: str
    code: str = ""
    telephone: str = ""
    contact: str = ""
    has_computer: bool = True
    address: str = "B2"


def judge(*rows: Row) -> tuple[RosterChange, ...]:
    return list_changes(rows, (EAST, GONE), WARD)


def test_a_new_name_gets_the_number_after_the_highest_ever_used():
    (change,) = judge(Row("みほん西地区部会", telephone="０００－１１１", has_computer=False))
    assert change.action is RosterAction.NEW
    assert change.organisation == Organisation(
        f"{WARD}-08", "みほん西地区部会", OrganisationKind.DISTRICT, WARD, "000-111", has_computer=False
    )


def test_a_new_name_may_bring_its_own_number():
    (change,) = judge(Row("みほん西地区部会", code="55"))
    assert (change.action, change.organisation.code) == (RosterAction.NEW, f"{WARD}-55")


def test_two_new_names_get_two_numbers():
    changes = judge(Row("みほん南"), Row("みほん北"))
    assert [change.organisation.code for change in changes] == [f"{WARD}-08", f"{WARD}-09"]


def test_the_same_row_changes_nothing():
    (change,) = judge(Row("みほん東地区部会", telephone="000-1"))
    assert change.action is RosterAction.SAME


@pytest.mark.parametrize("code", ["999999-01", "01", "１", ""])
def test_a_row_is_matched_by_number_or_by_name(code):
    (change,) = judge(Row("みほん東地区部会", code=code, telephone="000-2"))
    assert (change.action, change.organisation.code) == (RosterAction.CHANGED, EAST.code)
    assert change.message == "電話番号：000-1 → 000-2"


def test_a_district_that_had_stopped_reports_again():
    (change,) = judge(Row("みほん旧地区部会"))
    assert change.action is RosterAction.CHANGED
    assert change.organisation.active


PROBLEMS = {
    "no name": (Row("", code="01"), "名前が書かれていません"),
    "another ward's number": (Row("みほん西", code="121011-01"), "この区の番号ではありません"),
    "a name that has another number": (Row("みほん東地区部会", code="55"), "999999-01で、もう名簿に"),
    "a name that is too long": (Row("み" * 61), "長すぎます"),
    "a telephone that is too long": (Row("みほん西", telephone="0" * 21), "電話番号が長すぎます"),
}


@pytest.mark.parametrize(("row", "words"), PROBLEMS.values(), ids=PROBLEMS)
def test_a_row_with_a_problem_says_which_row_and_why(row, words):
    (change,) = judge(row)
    assert (change.action, change.organisation, change.address) == (RosterAction.PROBLEM, None, "B2")
    assert words in change.message


def test_a_district_named_twice_in_one_list_is_a_problem():
    changes = judge(Row("みほん東地区部会"), Row("みほん東地区部会", telephone="9"))
    assert changes[1].action is RosterAction.PROBLEM


def test_the_first_district_of_a_ward_is_number_one():
    assert next_code(WARD, ()) == f"{WARD}-01"
