"""The roster of districts as a table."""

import pytest

from shakyo_desktop.documents.roster_table import (
    RosterRow,
    read_roster,
    write_roster,
    write_roster_template,
)
from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.organisations import Organisation
from tests.documents.workbooks import csv_text, workbook

WARD = "990011"
HEAD = ["コード", "名称", "電話", "担当", "パソコン"]


def roster(*rows: list[object]) -> bytes:
    return workbook([HEAD, *rows])


def test_a_row_becomes_a_district():
    preview = read_roster(
        roster(["990011-01", "みほん東地区部会", "０４３（000）0000", "髙橋", "なし"]), "a", WARD
    )
    assert preview.rows == (RosterRow("A2", "990011-01", "みほん東地区部会", "043-000-0000", "髙橋", False),)
    assert preview.problems == ()


CODES = {
    "whole": ("990011-07", "990011-07"),
    "full width": ("９９００１１－０７", "990011-07"),
    "number within the ward": (7, "990011-07"),
    "two digits": ("07", "990011-07"),
    "three digits": ("990011-107", "990011-107"),
}


@pytest.mark.parametrize(("typed", "code"), CODES.values(), ids=CODES)
def test_a_code_is_read_in_every_usual_form(typed, code):
    assert read_roster(roster([typed, "みほん"]), "a", WARD).rows[0].code == code


COMPUTERS = {"あり": True, "○": True, "有": True, "1": True, "": True, "なし": False, "×": False, "無": False}


@pytest.mark.parametrize("typed", COMPUTERS)
def test_the_computer_column_takes_the_usual_marks(typed):
    preview = read_roster(roster(["01", "みほん", "", "", typed]), "a", WARD)
    assert preview.rows[0].has_computer is COMPUTERS[typed]


PROBLEMS = {
    "no name": ([["01", ""]], "B2", "空いています"),
    "a code of another ward": ([["990029-01", "みほん"]], "A2", "990011-01"),
    "a code that is none": ([["東", "みほん"]], "A2", "使えません"),
    "zero": ([["0", "みほん"]], "A2", "使えません"),
    "the same code twice": ([["01", "みほん東"], ["990011-01", "みほん西"]], "A3", "A2 と同じ"),
    "the same name twice": ([["01", "みほんヶ丘"], ["02", "みほんケ丘"]], "B3", "B2 と同じ"),
    "a name too long": ([["01", "み" * 61]], "B2", "60文字"),
    "a contact too long": ([["01", "みほん", "", "み" * 61]], "D2", "60文字"),
    "a telephone number that lost its zero": ([["01", "みほん", 430000000]], "C2", "はじめの0"),
    "two telephone numbers": ([["01", "みほん", "043-000-0000、090-0000-0000"]], "C2", "確かめて"),
    "an odd answer": ([["01", "みほん", "", "", "たぶん"]], "E2", "あり"),
    "a formula": ([["01", "=A1"]], "B2", "計算式"),
}


@pytest.mark.parametrize(("rows", "address", "words"), PROBLEMS.values(), ids=PROBLEMS)
def test_a_problem_is_named_by_its_cell_and_its_row_is_left_out(rows, address, words):
    good = ["99", "みほんほかの地区部会", "", "", ""]
    preview = read_roster(roster(*rows, good), "a", WARD)
    assert address in [problem.address for problem in preview.problems]
    assert any(words in problem.message for problem in preview.problems if problem.address == address)
    assert [row.code for row in preview.rows][-1] == "990011-99"
    assert address[1:] not in [row.address[1:] for row in preview.rows]


def test_a_list_of_an_office_needs_no_codes_and_a_missing_column_says_nothing():
    preview = read_roster(workbook([["地区部会の名前"], ["みほん東地区部会"]]), "a", WARD)
    assert preview.problems == ()
    assert preview.rows == (RosterRow("A2", "", "みほん東地区部会", None, None, None),)


def test_a_csv_file_is_read_like_a_workbook():
    preview = read_roster(csv_text("ｺｰﾄﾞ,地区部会名,TEL", "1,みほん東地区部会,043-000-0000"), "a.csv", WARD)
    assert preview.rows[0].name == "みほん東地区部会"
    assert preview.rows[0].telephone == "043-000-0000"


def test_what_is_written_reads_back_the_same():
    districts = [
        Organisation(
            "990011-01", "みほん𠮷東", OrganisationKind.DISTRICT, WARD, "043-000-0000", "髙﨑", True
        ),
        Organisation("990011-02", "=みほん", OrganisationKind.DISTRICT, WARD, "", "+見本", False),
    ]
    preview = read_roster(write_roster(districts), "a", WARD)
    assert preview.problems == ()
    assert [(r.code, r.name, r.telephone, r.contact, r.has_computer) for r in preview.rows] == [
        (o.code, o.name, o.telephone, o.contact, o.has_computer) for o in districts
    ]


def test_the_template_can_be_read_as_it_is():
    preview = read_roster(write_roster_template(), "a", WARD)
    assert preview.problems == ()
    assert preview.rows[0].name.startswith("みほん")
