"""History is kept in order; undo finds the newest change that still stands; drafts wait for a crash."""

from contextlib import suppress

import pytest

from shakyo_desktop.domain.codes import Source
from shakyo_desktop.domain.keeping import Draft
from shakyo_desktop.domain.records import Change, RecordRef
from tests.storage.samples import NOW, later

REF = RecordRef("activities", "a-1")


def append(stores, new, undoes=None, ref=REF):
    return stores.history.append(ref, "content", None, new, "花子", NOW, Source.DIRECT, undoes)


@pytest.mark.parametrize("value", [None, 0, "１２", True, ["a", "b"], {"b": 1, "a": "名"}, "改\n行"])
def test_a_change_comes_back_as_it_was(database, value):
    with database.transaction() as stores:
        number = stores.history.append(REF, "note", value, "new", "花子", later(1), Source.PAPER)
        change = Change(number, REF, "note", value, "new", "花子", later(1), Source.PAPER, None)
        assert stores.history.of(REF) == (change,)


def test_changes_of_a_record_come_in_order_and_alone(database):
    with database.transaction() as stores:
        append(stores, "one")
        append(stores, "elsewhere", ref=RecordRef("photos", "a-1"))
        append(stores, "two")
        assert [change.new for change in stores.history.of(REF)] == ["one", "two"]


def test_undo_goes_back_one_change_at_a_time_and_over_new_ones(database):
    def undoable(stores):
        found = stores.history.latest_undoable(REF)
        return found and found.new

    with database.transaction() as stores:
        assert undoable(stores) is None
        first = append(stores, "first")
        second = append(stores, "second")
        append(stores, "undone second", undoes=second)
        assert undoable(stores) == "first"
        third = append(stores, "third")
        assert undoable(stores) == "third"
        append(stores, "undone third", undoes=third)
        append(stores, "undone first", undoes=first)
        assert undoable(stores) is None


def test_a_number_of_the_history_is_never_used_again(database):
    with database.transaction() as stores:
        number = append(stores, "one")
    with suppress(RuntimeError), database.transaction() as stores:
        append(stores, "rolled back")
        raise RuntimeError
    with database.transaction() as stores:
        assert append(stores, "two") > number


def test_a_field_has_one_draft_the_newest(database):
    other = RecordRef("item_statuses", "s-1")
    with database.transaction() as stores:
        stores.drafts.save(REF, "content", "書きか", NOW)
        stores.drafts.save(REF, "content", "書きかけ", later(2))
        stores.drafts.save(other, "outcome", "成果は", later(1))
        assert stores.drafts.all() == (
            Draft(other, "outcome", "成果は", later(1)),
            Draft(REF, "content", "書きかけ", later(2)),
        )
        stores.drafts.discard(other, "outcome")
        stores.drafts.discard(other, "outcome")
        assert [draft.ref for draft in stores.drafts.all()] == [REF]
