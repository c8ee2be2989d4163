"""A whole import is taken back with everything it brought, or the refusal says what depends on it."""

import pytest

from shakyo_desktop.domain.codes import Assembly, KeyState, Stage
from shakyo_desktop.domain.copies import CopyReason
from shakyo_desktop.domain.errors import NotReady, NotSaved
from shakyo_desktop.services.generations import GenerationService, list_generations
from shakyo_desktop.services.import_parts import PartKind
from tests.services.loop.world import EAST, WEST, YEAR, World, only, unchanged


def newest_run(world: World) -> str:
    """The import of the newest line of the log."""
    return world.ward.intake.log()[0].run


def state(world: World, org: str):
    """The row of a district."""
    return next(one for one in world.ward.review.overview(YEAR) if one.org == org)


def registered(world: World, org: str) -> list[KeyState]:
    """The states of a district's keys."""
    return [one.state for one in world.ward.registrations.registrations() if one.org == org]


def both(world: World):
    """East's second revision and West's first report, handed over at once; the verdicts in that order.

    Files are taken in by their senders' keys, which are different in every run.
    """
    world.note("east", "版2です。")
    files = world.hand_in("east"), world.hand_in("west")
    verdicts = {verdict.file: verdict for verdict in world.receive("ward", *files)}
    return files, [verdicts[file] for file in files]


def test_the_preview_names_everything_an_import_brought_and_changes_nothing(world):
    both(world)
    run = newest_run(world)
    assert unchanged(world, "ward", lambda: world.ward.intake.imports.preview(run))
    found = world.ward.intake.imports.preview(run)
    assert (found.files, found.blockers, found.who) == (2, (), "みほん 事務")
    parts = {(part.kind, part.org): part for part in found.parts}
    assert parts.keys() == {(PartKind.REPORT, EAST), (PartKind.HELD, WEST), (PartKind.APPROVAL, WEST)}
    report = parts[(PartKind.REPORT, EAST)]
    assert (report.revision, report.activities, report.photos) == (2, 1, 1)


def test_a_whole_import_is_taken_back_with_the_registration_it_brought(world):
    files, _ = both(world)
    world.approve("west", WEST)
    run = newest_run(world)
    assert (state(world, WEST).revision, registered(world, WEST)) == (1, [KeyState.ACTIVE])
    world.ward.intake.imports.undo(run)
    assert (state(world, EAST).revision, world.text("ward", EAST)) == (1, "集まりが増えました。")
    assert (state(world, WEST).state, state(world, WEST).held, world.text("ward", WEST)) == (None, 0, "")
    assert registered(world, WEST) == []
    assert registered(world, EAST) == [KeyState.ACTIVE]
    assert sorted(one.code for one in world.receive("ward", *files)) == ["", "key.pending"]
    world.approve("west", WEST)
    assert (state(world, EAST).revision, state(world, WEST).revision) == (2, 1)


def test_what_was_taken_back_stands_in_the_log_and_in_the_life_of_the_report(world):
    both(world)
    world.ward.intake.imports.undo(newest_run(world))
    log = world.ward.intake.log()
    assert {(one.verdict, one.org) for one in log[:2]} == {("undone", WEST), ("undone", EAST)}
    life = world.ward.review.life(EAST, YEAR)
    assert [(one.step.value, one.revision, one.by) for one in life[:2]] == [
        ("undone", 2, "みほん 事務"),
        ("received", 2, "みほん 事務"),
    ]


def test_before_a_whole_import_goes_a_copy_of_it_is_made(world):
    both(world)
    with world.ward.context.database.reading():
        mark = world.ward.context.database.change_mark()
    world.ward.intake.imports.undo(newest_run(world))
    [made] = list_generations(world.root / "ward")
    assert (made.is_good, made.reason, made.mark) == (True, CopyReason.BEFORE_UNDO, mark)


def test_without_room_for_the_copy_nothing_is_taken_back(world, monkeypatch):
    both(world)
    monkeypatch.setattr(GenerationService, "_free_room", lambda self: 0)
    with pytest.raises(NotSaved):
        world.ward.intake.imports.undo(newest_run(world))
    assert state(world, EAST).revision == 2


def test_an_import_is_taken_back_once(world):
    both(world)
    run = newest_run(world)
    world.ward.intake.imports.undo(run)
    with pytest.raises(NotReady, match="もうありません"):
        world.ward.intake.imports.undo(run)


def test_files_that_came_again_belong_to_the_later_import(world):
    files, _ = both(world)
    first = newest_run(world)
    world.ward.intake.imports.undo(first)
    world.receive("ward", *files)
    with pytest.raises(NotReady, match="もうありません"):
        world.ward.intake.imports.preview(first)
    assert world.ward.intake.imports.preview(newest_run(world)).files == 2


def test_a_later_revision_an_answer_and_a_later_file_of_the_sender_refuse_the_undo(world):
    both(world)
    world.approve("west", WEST)
    run = newest_run(world)
    world.note("west", "版2です。")
    world.receive("ward", world.hand_in("west"))
    world.ward.review.accept(str(state(world, EAST).package_id))
    before = world.dump("ward")
    with pytest.raises(NotReady, match="第2版が届いています"):
        world.ward.intake.imports.undo(run)
    assert world.dump("ward") == before
    assert set(world.ward.intake.imports.preview(run).blockers) == {
        "みほん東地区部会 第2版には、返事を作りました。",
        "みほん西地区部会 第1版のあとに、第2版が届いています。",
        "みほん西地区部会の登録を使って、ほかのファイルも受け取っています。",
    }


def test_the_later_import_is_taken_back_first_and_then_the_earlier_one(world):
    both(world)
    world.approve("west", WEST)
    first = newest_run(world)
    world.note("west", "版2です。")
    world.receive("ward", world.hand_in("west"))
    world.ward.intake.imports.undo(newest_run(world))
    assert (state(world, WEST).revision, registered(world, WEST)) == (1, [KeyState.ACTIVE])
    world.ward.intake.imports.undo(first)
    assert (state(world, WEST).state, registered(world, WEST)) == (None, [])


def test_one_file_of_an_import_is_taken_back_alone_and_its_sender_stays_registered(world):
    _, [east, west] = both(world)
    world.approve("west", WEST)
    world.ward.intake.imports.undo(newest_run(world), west.manifest)
    assert (state(world, WEST).state, registered(world, WEST)) == (None, [KeyState.ACTIVE])
    assert state(world, EAST).package_id == east.package_id


def test_one_waiting_file_is_taken_back_with_the_number_nobody_typed_yet(world):
    files, [_, west] = both(world)
    world.ward.intake.imports.undo(newest_run(world), west.manifest)
    assert (registered(world, WEST), world.ward.registrations.pending()) == ([], ())
    assert only(world.receive("ward", files[1])) == ("pending_approval", "key.pending")


def test_a_sender_who_was_stopped_meanwhile_stays_stopped(world):
    both(world)
    world.approve("west", WEST)
    run = newest_run(world)
    world.ward.registrations.suspend(world.key("west"), "なくしたと電話")
    world.ward.intake.imports.undo(run)
    assert registered(world, WEST) == [KeyState.SUSPENDED]


def test_a_new_computers_import_taken_back_lets_the_old_one_count_again(new):
    file = new.hand_in("new")
    new.receive("ward", file)
    new.approve("new", EAST, end_previous=True)
    assert sorted(registered(new, EAST)) == [KeyState.ACTIVE, KeyState.RETIRED]
    [held] = new.ward.registrations.waiting_decisions()
    new.ward.registrations.use_version(held.manifest)
    new.ward.intake.imports.undo(newest_run(new))
    assert registered(new, EAST) == [KeyState.ACTIVE]
    assert [one.key for one in new.ward.registrations.registrations() if one.org == EAST] == [new.key("east")]
    assert (state(new, EAST).revision, new.text("ward")) == (1, "集まりが増えました。")


def test_two_versions_of_one_import_are_taken_back_together(world):
    world.clone("east", "twin")
    for name, text in (("east", "一台目の続き"), ("twin", "二台目の続き")):
        world.note(name, text)
    world.receive("ward", world.hand_in("east"), world.hand_in("twin"))
    [held] = world.ward.registrations.waiting_decisions()
    world.ward.registrations.use_version(held.manifest)
    world.ward.intake.imports.undo(newest_run(world))
    assert (state(world, EAST).revision, world.text("ward")) == (1, "集まりが増えました。")
    assert [one.state.value for one in world.ward.review.revisions(EAST, YEAR)] == [
        "withdrawn",
        "withdrawn",
        "received",
    ]


def test_a_version_that_was_not_chosen_is_not_taken_back_behind_the_other_one(world):
    world.clone("east", "twin")
    for name, text in (("east", "一台目の続き"), ("twin", "二台目の続き")):
        world.note(name, text)
    world.receive("ward", world.hand_in("east"))
    first = newest_run(world)
    world.receive("ward", world.hand_in("twin"))
    [held] = world.ward.registrations.waiting_decisions()
    world.ward.registrations.use_version(held.manifest)
    with pytest.raises(NotReady, match="もう1つの版を選んで使っています"):
        world.ward.intake.imports.undo(first)


def test_a_renewed_registration_runs_out_again_when_its_import_is_taken_back(world):
    before = world.ward.registrations.registrations()[0]
    world.clock.turn(days=3 * 366)
    later = YEAR + 3
    world.east.recording.open_year(later)
    file = world.write("east", world.east.submission.freeze(later, Stage.INTERIM, Assembly.NONE).package_id)
    assert only(world.receive("ward", file)) == ("pending_approval", "key.expired")
    world.approve("east", EAST)
    assert registered(world, EAST) == [KeyState.ACTIVE]
    found = world.ward.intake.imports.undo(newest_run(world))
    assert [part.kind for part in found.parts] == [PartKind.REPORT, PartKind.RENEWAL]
    [after] = world.ward.registrations.registrations()
    assert (after.state, after.expires_on) == (KeyState.EXPIRED, before.expires_on)
