"""ほかの人が書いた分を合わせる at a district: a colleague's 控え is joined before anything is handed in."""

from dataclasses import replace

import pytest

from shakyo_desktop.domain.errors import BadInput, FileUnreadable, NotReady, StoreLocked
from shakyo_desktop.domain.joining_years import Side
from shakyo_desktop.domain.records import ACTIVITIES, ITEM_STATUSES, PHOTOS, RecordRef
from shakyo_desktop.services.colleagues import ColleagueFile
from shakyo_desktop.services.restoring import restore
from tests.services.copying import as_older
from tests.services.loop.world import EAST, ITEM, PLAN, YEAR, World, fill, small_picture, unchanged

pytestmark = pytest.mark.usefixtures("quick_passphrases")

PASSPHRASE = "みほんの 合い言葉 です"
OTHER_ITEM = 10


def hand_over(world: World, name: str, passphrase: str = PASSPHRASE) -> ColleagueFile:
    """A copy of a store on the stick, with a passphrase of its own."""
    path = world.stick / f"{name}.hikae"
    world.at(name).backup.backup(path, passphrase)
    return ColleagueFile(path, passphrase, YEAR)


@pytest.fixture
def two(begun: World) -> World:
    """East's year was restored on a second computer, みほん 二台目's; both go on writing."""
    file = hand_over(begun, "east")
    restore(file.path, begun.root / "second", PASSPHRASE, clock=begun.clock)
    begun.at("second").settings.set_person_name("みほん 二台目")
    begun.clock.turn(minutes=5)
    return begun


@pytest.fixture
def apart(begun: World) -> World:
    """East has two computers that began on their own from the same setup file."""
    begun.begin("second", EAST, next(begun.stick.glob("setup-*.shakyo")))
    fill(begun.at("second"))
    begun.note("second", "二台目の成果")
    return begun


def year_of(world: World, name: str):
    with world.at(name).context.database.reading() as stores:
        return stores.records.year(EAST, YEAR)


def look(world: World, file: ColleagueFile):
    return world.east.colleagues.look(file)


def test_what_only_one_of_both_changed_since_the_copy_is_no_conflict(two):
    two.note("east", "一台目の成果")
    two.note("second", "二台目の課題", field="challenge")
    [activity] = year_of(two, "east").activities
    two.at("second").recording.change(RecordRef(ACTIVITIES, activity.id), "participants", 30)
    two.at("second").recording.new_activity(YEAR, PLAN, OTHER_ITEM)
    file = hand_over(two, "second")
    assert unchanged(two, "east", lambda: look(two, file))
    view = look(two, file)
    assert view.lines == ()
    assert (len(view.brought), view.kept) == (3, 1)
    joined = two.east.colleagues.finish(file)
    assert (joined.brought, joined.decided) == (3, 0)
    assert (two.text("east"), two.text("east", field="challenge")) == ("一台目の成果", "二台目の課題")
    assert sorted(one.participants or 0 for one in year_of(two, "east").activities) == [0, 30]


@pytest.mark.parametrize(("side", "text"), [(Side.HERE, "一台目の成果"), (Side.OTHER, "二台目の成果")])
def test_a_conflict_is_chosen_and_the_losing_value_is_brought_back(two, side, text):
    ref = two.note("east", "一台目の成果")
    two.clock.turn(minutes=3)
    two.note("second", "二台目の成果")
    file = hand_over(two, "second")
    [line] = look(two, file).lines
    assert (line.here, line.other) == ("一台目の成果", "二台目の成果")
    assert line.here_by == "令和8年9月12日 14:05　みほん east"
    assert line.other_by == "令和8年9月12日 14:08　みほん 二台目"
    with pytest.raises(NotReady, match="1か所"):
        two.east.colleagues.finish(file)
    two.east.colleagues.choose(file, {line.key: side})
    assert look(two, file).lines[0].chosen is side
    two.east.colleagues.finish(file)
    assert two.text("east") == text
    lines = two.east.recording.history_lines(ref)
    assert {"一台目の成果", "二台目の成果"} <= {one.new_text for one in lines}
    assert "みほん 二台目" in {one.who for one in lines}
    if side is Side.OTHER:
        two.east.recording.undo(ref)
        assert two.text("east") == "一台目の成果"


def test_joining_twice_is_joining_once(two):
    two.note("second", "二台目の成果")
    file = hand_over(two, "second")
    two.east.colleagues.finish(file)
    before = year_of(two, "east")
    view = look(two, file)
    assert (view.lines, view.brought) == ((), ())
    two.east.colleagues.finish(file)
    assert year_of(two, "east") == before


def test_both_join_each_other_and_say_the_same(two):
    two.note("east", "一台目の課題", field="challenge")
    two.note("second", "二台目の成果")
    first, second = hand_over(two, "east"), hand_over(two, "second")
    two.east.colleagues.finish(second)
    two.at("second").colleagues.finish(first)
    assert year_of(two, "east") == year_of(two, "second")


def test_two_computers_that_began_on_their_own_unite_their_activities_and_pictures(apart):
    file = hand_over(apart, "second")
    view = look(apart, file)
    assert [(one.label, one.here, one.other) for one in view.lines] == [
        ("成果", "集まりが増えました。", "二台目の成果")
    ]
    apart.east.colleagues.choose(file, {view.lines[0].key: Side.HERE})
    apart.east.colleagues.finish(file)
    year = year_of(apart, "east")
    assert (len(year.activities), len(year.photos)) == (2, 2)
    assert all(apart.east.photos.jpeg(one.id).startswith(b"\xff\xd8") for one in year.photos)
    submission = apart.freeze("east")
    [verdict] = apart.receive("ward", apart.write("east", submission.package_id))
    assert verdict.code == "key.pending"


def test_what_the_colleague_threw_away_goes_into_the_bin_and_comes_back_whole(two):
    [activity] = year_of(two, "east").activities
    ref = RecordRef(ACTIVITIES, activity.id)
    two.at("second").recording.delete(ref)
    two.east.colleagues.finish(hand_over(two, "second"))
    assert year_of(two, "east").activities == ()
    two.east.recording.restore(ref)
    year = year_of(two, "east")
    assert (year.activities, len(year.photos)) == ((activity,), 1)


@pytest.mark.parametrize("side", list(Side))
def test_what_was_thrown_away_here_and_written_in_there_is_a_decision(two, side):
    [activity] = year_of(two, "east").activities
    ref = RecordRef(ACTIVITIES, activity.id)
    two.east.recording.delete(ref)
    two.at("second").recording.change(ref, "participants", 99)
    file = hand_over(two, "second")
    [line] = look(two, file).lines
    assert (line.here, line.other) == ("（ごみ箱に入れた）", "（残す）")
    two.east.colleagues.choose(file, {line.key: side})
    two.east.colleagues.finish(file)
    kept = [one.participants for one in year_of(two, "east").activities]
    assert kept == ([99] if side is Side.OTHER else [])
    two.east.recording.restore(ref)
    assert [one.participants for one in year_of(two, "east").activities] == [99]
    assert len(year_of(two, "east").photos) == 1


def test_a_picture_that_the_colleague_turned_comes_whole(two):
    [photo] = year_of(two, "east").photos
    turned = two.at("second").photos.rotate(photo.id)
    assert (turned.width, turned.height) == (photo.height, photo.width)
    two.east.colleagues.finish(hand_over(two, "second"))
    assert year_of(two, "east").photos == (turned,)
    two.east.recording.undo(RecordRef(PHOTOS, photo.id))
    assert year_of(two, "east").photos == (photo,)


def test_a_new_picture_there_comes_along(two):
    [activity] = year_of(two, "east").activities
    two.at("second").photos.add(activity.id, small_picture())
    two.east.colleagues.finish(hand_over(two, "second"))
    assert len(year_of(two, "east").photos) == 2


def test_after_a_report_the_copy_is_joined_from_where_both_parted(two):
    two.note("east", "提出した成果")
    two.hand_in("east")
    two.note("second", "二台目の課題", field="challenge")
    two.east.colleagues.finish(hand_over(two, "second"))
    assert two.text("east") == "提出した成果"
    assert two.text("east", field="challenge") == "二台目の課題"
    assert two.freeze("east").revision == 2


@pytest.mark.parametrize("secret", ["", "ちがう 合い言葉 です", "AGE-SECRET-KEY-1WRONG"])
def test_a_wrong_passphrase_opens_nothing_and_leaves_nothing(two, secret):
    file = hand_over(two, "second")
    before = sorted(two.root.joinpath("east").iterdir())
    with pytest.raises(StoreLocked, match="まだ何も変えていません"):
        look(two, ColleagueFile(file.path, secret, YEAR))
    assert sorted(two.root.joinpath("east").iterdir()) == before
    assert secret == "" or secret not in repr(ColleagueFile(file.path, secret, YEAR))


def test_a_copy_that_only_says_that_it_is_an_old_one_is_not_read_by_a_sheet(two):
    file = hand_over(two, "second")
    as_older(file.path, file.path)

    def refused():
        with pytest.raises(BadInput, match="その合い言葉で開いてください") as refusal:
            look(two, replace(file, secret=two.east.settings.recovery_sheet().text))
        assert refusal.value.code == "copy.unproven"

    assert unchanged(two, "east", refused)
    assert look(two, file)


@pytest.mark.parametrize("name", ["west", "ward"])
def test_only_a_copy_of_the_same_district_is_joined(two, name):
    file = hand_over(two, name)
    before = two.dump("east")
    with pytest.raises(BadInput, match="ほかの地区部会か事務所の控え"):
        look(two, file)
    assert two.dump("east") == before


@pytest.mark.parametrize("damage", ["cut", "flipped", "text", "missing"])
def test_a_file_that_is_no_whole_copy_is_refused_and_leaves_nothing(two, damage):
    file = hand_over(two, "second")
    data = bytearray(file.path.read_bytes())
    data[len(data) // 2] ^= 1
    bad = {"cut": bytes(data[: len(data) // 2]), "flipped": bytes(data), "text": b"<b>memo</b>"}
    if damage == "missing":
        file.path.unlink()
    else:
        file.path.write_bytes(bad[damage])
    before = sorted(two.root.joinpath("east").iterdir())
    with pytest.raises(FileUnreadable):
        look(two, file)
    assert sorted(two.root.joinpath("east").iterdir()) == before


def test_a_year_that_is_accepted_is_not_joined_before_it_is_opened_again(world):
    world.ward.review.accept(world.ward.review.revisions(EAST, YEAR)[0].package_id)
    file = hand_over(world, "east")
    world.receive("east", *world.answers())
    with pytest.raises(NotReady, match="もう一度書く"):
        look(world, file)
    world.east.recording.reopen(YEAR, "書き足すため")
    assert look(world, file).lines == ()


def test_an_item_that_only_the_colleague_began_keeps_its_history_here(apart):
    apart.note("second", "二台目だけの項目", item=OTHER_ITEM)
    file = hand_over(apart, "second")
    [line] = look(apart, file).lines
    apart.east.colleagues.choose(file, {line.key: Side.HERE})
    apart.east.colleagues.finish(file)
    status = apart.east.recording.status_for(YEAR, PLAN, OTHER_ITEM)
    assert status.outcome == "二台目だけの項目"
    lines = apart.east.recording.history_lines(RecordRef(ITEM_STATUSES, status.id))
    assert [(one.who, one.source) for one in lines] == [("みほん second", "ファイルから")]
    assert apart.text("east", item=ITEM) == "集まりが増えました。"


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE activities SET kind = 'dancing'",
        "UPDATE item_statuses SET carried_over = '[\"'",
        "UPDATE history SET at = 'yesterday'",
        "UPDATE activities SET held_on = '2026-13-41'",
    ],
)
def test_a_copy_with_rows_that_no_program_of_ours_wrote_is_refused_and_changes_nothing(two, statement):
    two.note("second", "二台目の成果")
    with two.at("second").context.database.transaction() as stores:
        stores.records._connection.exec_driver_sql(statement)
    file = hand_over(two, "second")

    def refused():
        with pytest.raises(FileUnreadable):
            look(two, file)

    assert unchanged(two, "east", refused)


def test_texts_that_no_file_may_carry_come_in_as_a_field_would_have_stored_them(two):
    """A hand-made copy: characters that turn the direction, invisible ones, a line end in a line."""
    bad = "二台目\u202e成果\u200b\nです"
    two.note("second", "二台目の成果")
    with two.at("second").context.database.transaction() as stores:
        run = stores.records._connection.exec_driver_sql
        run("UPDATE item_statuses SET outcome = ?, target_unit = ?", (bad, bad))
        stores.settings.set("person_name", f"みほん\u202e{bad}")
    file = hand_over(two, "second")
    view = look(two, file)
    assert "\u202e" not in repr(view)
    two.east.colleagues.finish(file)
    [status] = (one for one in year_of(two, "east").item_statuses if one.item_number == ITEM)
    assert (status.outcome, status.target_unit) == ("二台目成果\nです", "二台目成果 です")
    assert "\u202e" not in two.dump("east")


def test_a_picture_that_is_none_is_not_brought_along(two):
    two.at("second").photos.add(year_of(two, "second").activities[0].id, small_picture())
    with two.at("second").context.database.transaction() as stores:
        data = b"<svg/>"
        new = stores.blobs.add(data)
        run = stores.records._connection.exec_driver_sql
        run("UPDATE photos SET sha256 = ?, size = ? WHERE position = 1", (new, len(data)))
    file = hand_over(two, "second")

    def refused():
        with pytest.raises(FileUnreadable):
            two.east.colleagues.finish(file)

    assert unchanged(two, "east", refused)
