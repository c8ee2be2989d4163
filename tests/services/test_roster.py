"""The roster of an office on a real encrypted store."""

from dataclasses import replace

import pytest

from shakyo_desktop.documents.roster_table import write_roster
from shakyo_desktop.domain.errors import BadInput, FileUnreadable, NotFound, NotReady
from shakyo_desktop.services.roster import RosterService
from shakyo_desktop.services.roster_list import RosterAction
from tests.services.offices import WARD, district, office_context


@pytest.fixture
def roster(tmp_path):
    with office_context(tmp_path) as context:
        yield RosterService(context)


def test_a_ward_has_only_its_own_districts_under_it(roster):
    roster.add("みほん東地区部会", telephone="０００")
    assert [org.code for org in roster.districts()] == [f"{WARD.code}-01"]
    assert {org.code for org in roster.organisations()} > {WARD.code, WARD.parent}


def test_a_district_that_ended_keeps_its_number(roster):
    first = roster.add("みほん東地区部会")
    roster.change(replace(first, active=False))
    assert roster.districts() == ()
    assert roster.add("みほん西地区部会").code == f"{WARD.code}-02"
    assert len(roster.districts(include_inactive=True)) == 2


def test_the_same_name_is_refused_however_it_is_typed(roster):
    roster.add("みほんヶ丘地区部会")
    with pytest.raises(BadInput) as caught:
        roster.add("みほんケ丘地区部会")
    assert "もう名簿にあります" in caught.value.message


def test_an_entry_nobody_has_cannot_be_changed(roster):
    with pytest.raises(NotFound):
        roster.change(replace(WARD, code="999998"))


def test_changing_an_entry_keeps_its_kind_and_parent(roster):
    first = roster.add("みほん東地区部会")
    changed = roster.change(replace(first, parent="121011", contact=" 部会長 "))
    assert (changed.parent, changed.contact) == (WARD.code, "部会長")


def test_the_template_of_a_roster_reads_back_without_a_change(roster, tmp_path):
    roster.add("みほん東地区部会", telephone="000-000-0001", contact="部会長", has_computer=False)
    path = tmp_path / "roster.xlsx"
    path.write_bytes(roster.template())
    assert [row.action for row in roster.preview(path).rows] == [RosterAction.SAME]


def list_of(tmp_path, *districts):
    path = tmp_path / "list.xlsx"
    path.write_bytes(write_roster(districts))
    return path


def test_a_list_is_taken_in_after_it_was_shown(roster, tmp_path):
    preview = roster.preview(
        list_of(tmp_path, district(1, "みほん東地区部会"), district(2, "みほん西地区部会"))
    )
    assert roster.districts() == ()
    assert roster.take_in(preview) == 2
    assert [org.name for org in roster.districts()] == ["みほん東地区部会", "みほん西地区部会"]


def test_a_list_of_names_gets_numbers_and_leaves_what_it_does_not_say(roster, tmp_path):
    roster.add("みほん東地区部会", telephone="000-000-0001", contact="部会長", has_computer=False)
    path = tmp_path / "names.csv"
    path.write_text("地区部会名\nみほん東地区部会\nみほん西地区部会\n", encoding="utf-8")
    preview = roster.preview(path)
    assert [row.action for row in preview.rows] == [RosterAction.SAME, RosterAction.NEW]
    assert roster.take_in(preview) == 1
    east, west = roster.districts()
    assert (east.telephone, east.contact, east.has_computer) == ("000-000-0001", "部会長", False)
    assert (west.code, west.name) == (f"{WARD.code}-02", "みほん西地区部会")


def test_a_list_with_a_problem_changes_nothing(roster, tmp_path):
    preview = roster.preview(list_of(tmp_path, district(1, "みほん東地区部会"), district(2, "")))
    with pytest.raises(NotReady) as caught:
        roster.take_in(preview)
    assert "まだ何も登録していません" in caught.value.message
    assert roster.districts() == ()


def test_a_list_shown_before_the_roster_changed_is_not_taken_in(roster, tmp_path):
    preview = roster.preview(list_of(tmp_path, district(1, "みほん東地区部会")))
    roster.add("みほん西地区部会")
    with pytest.raises(NotReady):
        roster.take_in(preview)
    assert len(roster.districts()) == 1


def test_a_file_that_cannot_be_opened_says_what_to_do(roster, tmp_path):
    with pytest.raises(FileUnreadable) as caught:
        roster.preview(tmp_path / "none.xlsx")
    assert "もう一度選んでください" in caught.value.message
