"""What a damaged office gets back from an older 控え: no key that ended, no deleted year, no number twice."""

from datetime import timedelta
from pathlib import Path

import pytest

from shakyo_desktop.domain.codes import KeyState
from shakyo_desktop.domain.copies import CopyReason
from shakyo_desktop.services import clock_check
from shakyo_desktop.services.generations import GenerationService
from shakyo_desktop.services.salvaging import Salvaged, salvage_beside, use
from shakyo_desktop.storage.damaged_file import DamagedFile
from shakyo_desktop.storage.database import DATABASE_FILE
from tests.damage import flip, root_of
from tests.services.loop.world import EAST, YEAR, World, only


def make_copy(world: World) -> None:
    GenerationService(world.ward.context).make(CopyReason.CHANGED)


def salvaged(world: World, *tables: str) -> Salvaged:
    """Damage where tables and all their indexes begin, and let what is saved take the place."""
    key = world.ward.context.database.key
    world.close("ward")
    store = world.root / "ward" / DATABASE_FILE
    for name in [part for table in tables for part in _parts(store, key, table)]:
        flip(store, root_of(store, key, name))
    result = salvage_beside(world.root / "ward", clock=world.clock)
    use(result)
    return result


def _parts(store: Path, key: bytes, table: str) -> list[str]:
    with DamagedFile(store, key) as file:
        return [
            str(name) for (name,) in file.read("SELECT name FROM sqlite_schema WHERE tbl_name = ?", (table,))
        ]


@pytest.mark.parametrize("since", ["suspend", "revoke", "nothing"])
def test_a_key_that_only_the_copy_knows_comes_back_suspended(world, since):
    make_copy(world)
    key = world.key("east")
    if since != "nothing":
        getattr(world.ward.registrations, since)(key, "なくした")
    result = salvaged(world, "registrations")
    [kept] = world.ward.registrations.registrations()
    assert (kept.key, kept.state) == (key, KeyState.SUSPENDED)
    assert "控えのときの登録" in kept.note
    assert world.ward.registrations.log(key)[-1].note == kept.note
    assert result.stopped == 1
    assert "「登録の確認」" in result.message()
    assert only(world.receive("ward", world.hand_in("east"))) == ("refused", "key.suspended")
    world.ward.registrations.resume(key)
    assert only(world.receive("ward", world.hand_in("east"))) == ("accepted", "")


def test_a_key_whose_own_row_is_readable_stays_as_it_is(world):
    make_copy(world)
    result = salvaged(world, "activities")
    [kept] = world.ward.registrations.registrations()
    assert (kept.state, kept.note, result.stopped) == (KeyState.ACTIVE, "", 0)
    assert len(world.ward.review.revisions(EAST, YEAR)) == 1


def test_a_year_that_was_deleted_after_the_copy_does_not_come_back(world, monkeypatch):
    monkeypatch.setattr(clock_check, "LONG", timedelta(days=9999))
    make_copy(world)
    world.clock.turn(days=365 * 6)
    world.ward.retention.delete(YEAR, "令和8年度", keep_compilations=False, with_old_stores=False)
    result = salvaged(world, "activities", "photos", "submissions", "evidence", "item_statuses", "blobs")
    assert result.copy_at is not None
    with world.ward.context.database.reading() as stores:
        assert stores.retention.held_years({}) == ()
        assert stores.blobs.unreferenced() == set()
    assert "集まりが増えました。" not in world.dump("ward")


@pytest.mark.parametrize("copied", [True, False])
def test_a_receipt_number_is_not_given_out_again(world, copied):
    if copied:
        make_copy(world)
    given = [receipt(world), receipt(world)]
    salvaged(world, "receipt_numbers")
    assert receipt(world) > max(given)


def receipt(world: World) -> str:
    """The number on the receipt of a new report of East's."""
    world.note("east", f"みほん{world.clock.moment}")
    world.receive("ward", world.hand_in("east"))
    newest = world.ward.review.revisions(EAST, YEAR)[0].package_id
    world.ward.review.accept(newest)
    return next(row.receipt_no for row in world.ward.answers.ready() if row.package_id == newest)
