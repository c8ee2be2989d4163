"""保存期間: a year that is past its time is listed, deleted when the year is typed, and noted."""

from datetime import timedelta

import pytest

from shakyo_desktop.domain.copies import CopyReason
from shakyo_desktop.domain.errors import BadInput, NotReady, NotSaved
from shakyo_desktop.domain.records import ACTIVITIES, RecordRef
from shakyo_desktop.services import clock_check
from shakyo_desktop.services.generations import GenerationService, list_generations
from shakyo_desktop.services.retention import RetentionService, old_stores
from shakyo_desktop.storage.database import DATABASE_FILE
from tests.documents.pdf_reading import text_of
from tests.services.loop.test_loop_answers import asked, newest_id
from tests.services.loop.world import EAST, PLAN, YEAR, World, only, small_picture
from tests.storage.raw_pages import plain_bytes

MARK = "鵺鵺ひみつの印鵺鵺"
AFTER = 365 * 6
SEARCH_PAIRS = "鵺鵺".encode()


@pytest.fixture(autouse=True)
def years_pass(monkeypatch):
    """These stories leave out the years between; a clock that jumps so far is believed in none of them."""
    monkeypatch.setattr(clock_check, "LONG", timedelta(days=2 * AFTER))


def fully_written(world: World) -> World:
    """East wrote MARK everywhere, handed it in twice and was answered; the ward compiled."""
    world.note("east", MARK)
    east = world.east
    activity = east.recording.new_activity(YEAR, PLAN, 9)
    ref = RecordRef(ACTIVITIES, activity.id)
    for name, value in (("held_on", "2026-09-02"), ("content", MARK), ("note", MARK), ("venue", MARK)):
        east.recording.change(ref, name, value)
    world.receive("ward", world.hand_in("east"))
    world.note("east", f"{MARK}その2")
    world.receive("ward", world.hand_in("east"))
    world.receive("east", asked(world, MARK))
    world.ward.search.find(MARK)
    world.ward.compilation.compile(PLAN, YEAR, include_unconfirmed=True)
    return world


def everything(world: World, name: str) -> bytes:
    key = world.at(name).context.database.key
    return plain_bytes(world.root / name / DATABASE_FILE, key)


def delete(world: World, name: str, **choices: bool):
    return world.at(name).retention.delete(
        YEAR, "令和8年度", **{"keep_compilations": False, "with_old_stores": True, **choices}
    )


@pytest.mark.parametrize("name", ["east", "ward"])
def test_nothing_of_a_deleted_year_is_left_in_any_byte_of_the_store(world, name):
    fully_written(world)
    before = everything(world, name)
    photo = small_photo_of(world, name)
    assert MARK.encode() in before
    assert photo in before
    world.clock.turn(days=AFTER)
    delete(world, name)
    world.close(name)
    after = everything(world, name)
    assert MARK.encode() not in after
    assert SEARCH_PAIRS not in after
    assert photo not in after
    assert world.at(name).context.database.integrity_problems() == []


def small_photo_of(world: World, name: str) -> bytes:
    """A stretch of a photo that a store keeps."""
    with world.at(name).context.database.reading() as stores:
        photo = stores.records.year(EAST, YEAR).photos[0]
        data = stores.blobs.get(photo.sha256)
    return data[-200:]


def test_the_places_in_the_chains_and_a_note_without_text_stay(world):
    fully_written(world)
    world.clock.turn(days=AFTER)
    note = delete(world, "ward")
    assert note.counts["reports"] == 3
    assert note.counts["activities"] == 2
    assert MARK not in world.dump("ward")
    [kept] = world.ward.retention.view().deletions
    assert kept.manifests == note.manifests
    assert (kept.fiscal_year, kept.who, kept.kept_until.isoformat()) == (YEAR, "みほん 事務", "2032-03-31")
    assert kept.erased_at is not None
    with world.ward.context.database.reading() as stores:
        assert stores.records.all_years() == ()
        east = stores.keys.registrations(EAST)[0]
        assert len(stores.submissions.sequence(east.key)) == 3


def test_an_old_file_that_comes_again_is_known_and_brings_nothing_back(world):
    file = world.hand_in("east")
    sealed = file.read_bytes()
    world.receive("ward", file)
    world.clock.turn(days=AFTER)
    delete(world, "ward")
    before = world.dump("ward")
    file.write_bytes(sealed)
    [verdict] = world.receive("ward", file)
    assert (verdict.verdict, verdict.code) == ("already_received", "")
    assert "保存期間" in verdict.message
    assert world.dump("ward") == before


def test_a_file_that_waits_for_a_decision_is_counted_and_goes_with_its_year(world):
    """West's first report waits for its number, a second version of East's for a choice."""
    world.note("west", MARK)
    first = world.hand_in("west")
    world.clone("east", "copied")
    world.receive("ward", world.hand_in("east"))
    world.note("copied", MARK)
    forked = world.hand_in("copied")
    sealed = {path: path.read_bytes() for path in (first, forked)}
    waiting = [verdict.verdict for verdict in world.receive("ward", first, forked)]
    assert waiting == ["pending_approval"] * 2
    world.clock.turn(days=AFTER)
    [past] = world.ward.retention.view().past
    assert past.counts["held"] == 2
    store = everything(world, "ward")
    assert all(data[-200:] in store for data in sealed.values())
    note = delete(world, "ward")
    world.close("ward")
    store = everything(world, "ward")
    assert not [path for path, data in sealed.items() if data[-200:] in store]
    assert note.counts["held"] == 2
    assert world.ward.retention.view().past == ()
    assert world.ward.registrations.pending() == ()
    assert [one.org for one in world.ward.registrations.registrations()] == [EAST]
    for path, data in sealed.items():
        path.write_bytes(data)
    again = world.receive("ward", first, forked)
    assert [verdict.verdict for verdict in again] == ["already_received"] * 2


def test_a_file_of_another_year_goes_on_waiting(world):
    world.clock.moment = world.clock.moment.replace(year=2031, month=4, day=2)
    [verdict] = world.receive("ward", world.hand_in("west"))
    RetentionService(world.ward.context).delete(2025, "2025", keep_compilations=False, with_old_stores=False)
    [waits] = world.ward.registrations.pending()
    assert (verdict.verdict, waits.held) == ("pending_approval", 1)


def test_a_districts_own_file_is_known_after_its_year_was_deleted(world):
    file = world.hand_in("east")
    world.clock.turn(days=AFTER)
    delete(world, "east")
    [verdict] = world.receive("east", file)
    assert verdict.verdict == "already_received"
    assert "保存期間" in verdict.message


def test_the_loop_goes_on_in_the_years_after_a_deletion(world):
    fully_written(world)
    world.clock.turn(days=AFTER)
    for name in ("east", "ward"):
        delete(world, name)
    world.ward.registrations.renew(world.key("east"), world.east.settings.check_number())
    world.note("east", "そのあとの年度")
    assert only(world.receive("ward", world.hand_in("east"))) == ("accepted", "")
    world.ward.review.accept(newest_id(world))
    assert [one.verdict for one in world.receive("east", *world.answers())] == ["accepted"]


def test_a_year_whose_time_is_not_over_is_kept(world):
    fully_written(world)
    before = world.dump("ward")
    assert world.ward.retention.view().past == ()
    with pytest.raises(NotReady):
        delete(world, "ward")
    assert world.dump("ward") == before


@pytest.mark.parametrize("typed", ["", "令和7年度", "8", "はい"])
def test_another_year_than_the_chosen_one_deletes_nothing(world, typed):
    world.clock.turn(days=AFTER)
    before = world.dump("ward")
    with pytest.raises(BadInput):
        world.ward.retention.delete(YEAR, typed, keep_compilations=False, with_old_stores=True)
    assert world.dump("ward") == before


def test_a_year_is_listed_from_the_day_after_its_time_and_never_without_an_end(world):
    retention = world.ward.retention
    world.clock.moment = world.clock.moment.replace(year=2032, month=3, day=31, hour=14)
    assert retention.view().past == ()
    world.clock.turn(hours=2)
    assert [one.fiscal_year for one in retention.view().past] == [YEAR]
    retention.set_years(10)
    assert retention.view().past == ()
    retention.set_years(0)
    world.clock.turn(days=365 * 50)
    assert retention.view().past == ()
    assert retention.view().years == 0


def test_an_office_may_leave_what_it_compiled(world):
    fully_written(world)
    world.clock.turn(days=AFTER)
    delete(world, "ward", keep_compilations=True)
    kept = world.ward.compilation.newest(PLAN, YEAR)
    assert kept is not None
    assert world.ward.compilation.stale(kept) == ()
    assert world.ward.retention.view().deletions[0].kept_compilations


def test_older_states_of_the_store_in_the_data_folder_go_only_when_chosen(world):
    folder = world.root / "ward"
    (folder / "store.before-0009.db").write_bytes(b"older")
    (folder / "before-20310401-090000").mkdir()
    (folder / "before-20310401-090000" / "store.db").write_bytes(b"older")
    earlier = GenerationService(world.ward.context).make(CopyReason.ASKED)
    world.clock.turn(days=AFTER)
    delete(world, "ward", with_old_stores=False)
    assert len(world.ward.retention.view().old_stores) == 3
    delete(world, "ward", with_old_stores=True)
    [made] = list_generations(folder)
    assert made.is_good
    assert made.path != earlier.path
    assert old_stores(folder) == (made.path,)


def test_bytes_that_could_not_be_taken_out_yet_are_said_and_taken_out_later(world, monkeypatch):
    world.clock.turn(days=AFTER)
    database = world.ward.context.database
    with database.reading() as stores:
        stores.settings.all()
        monkeypatch.setattr("shakyo_desktop.storage.connection.BUSY_SECONDS", 0.01)
        with pytest.raises(NotSaved):
            delete(world, "ward")
    view = world.ward.retention.view()
    assert view.unfinished
    assert [one.ok for one in world.ward.doctor.examine() if one.area == "保存期間"] == [False]
    world.ward.retention.finish()
    assert not world.ward.retention.view().unfinished


def test_the_notes_print_with_year_day_person_and_what_there_was(world, tmp_path):
    world.clock.turn(days=AFTER)
    delete(world, "ward")
    said = text_of(world.ward.retention.paper(), tmp_path)
    for words in ("消去の記録", "令和8年度", "みほん事務", "令和14年3月31日", "活動記録1件、写真1枚"):
        assert words in said.replace("\n", "")


def test_a_photo_that_another_year_uses_too_stays(world):
    east = world.east
    old = east.recording.new_activity(YEAR - 1, PLAN, 9)
    east.photos.add(old.id, small_picture())
    world.clock.moment = world.clock.moment.replace(year=2031, month=4, day=2)
    RetentionService(east.context).delete(YEAR - 1, "2025", keep_compilations=False, with_old_stores=True)
    with east.context.database.reading() as stores:
        [photo] = stores.records.year(EAST, YEAR).photos
        assert stores.blobs.get(photo.sha256)


def test_a_copy_that_was_being_made_while_the_year_was_deleted_goes_too(world, monkeypatch):
    folder = world.root / "ward"
    (folder / "before-2026の写真").mkdir()
    GenerationService(world.ward.context).make(CopyReason.ASKED)
    world.clock.turn(days=AFTER)
    finish = RetentionService.finish

    def finished(service):
        finish(service)
        GenerationService(world.ward.context).make(CopyReason.CHANGED)  # begun before, with the year in it

    monkeypatch.setattr(RetentionService, "finish", finished)
    delete(world, "ward", with_old_stores=True)
    assert [one.number for one in list_generations(folder)] == [3]
    assert (folder / "before-2026の写真").is_dir()
