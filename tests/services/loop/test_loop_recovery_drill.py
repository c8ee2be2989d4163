"""Recovery drills: a computer is lost, and from the automatic copy and the paper the loop goes on.

What is restored is compared with what was lost, table by table; then reports are handed in, held, approved
and answered as before. An old copy catches up with what it does not know.
"""

import io
import shutil
import zipfile
from pathlib import Path

import pytest

from shakyo_desktop.demo.writing import ask_for_correction
from shakyo_desktop.domain.codes import KeyState
from shakyo_desktop.domain.copies import CopyReason
from shakyo_desktop.domain.errors import FileUnreadable, NotSaved, ShakyoError, StoreInUse, StoreTooNew
from shakyo_desktop.services import disks
from shakyo_desktop.services.backup import restore
from shakyo_desktop.services.copy_file import LABEL
from shakyo_desktop.services.generations import list_generations
from shakyo_desktop.services.replacing import restore_in_place
from shakyo_desktop.services.restored_notice import put_notice_aside, restored_notice
from shakyo_desktop.storage import schema
from tests.services.loop.stories import newest
from tests.services.loop.world import EAST, KEY_FILE, YEAR, World, only

PASSPHRASE = "みほんの合い言葉です"
pytestmark = pytest.mark.usefixtures("quick_passphrases")


def kept_tables(world: World, name: str, *without: str) -> list[str]:
    """A store's dump without some tables."""
    kept, table = [], ""
    for line in world.dump(name).splitlines():
        if line.startswith('{"table":"') and line.count('":') == 1:
            table = line[len('{"table":"') : -2]
        if table not in without:
            kept.append(line)
    return kept


def secret_of(world: World, name: str, way: str) -> str:
    """The text of the recovery sheet as it is typed, or a passphrase, added now."""
    if way == "sheet":
        text = world.at(name).settings.recovery_sheet().text
        return " ".join(text.lower()[at : at + 4] for at in range(0, len(text), 4))
    world.at(name).settings.add_passphrase(PASSPHRASE)
    return PASSPHRASE


def copied(world: World, name: str) -> Path:
    """The automatic copy of a store, carried to the stick."""
    made = world.at(name).copies.generations.make(CopyReason.CHANGED)
    return Path(shutil.copy2(made.path, world.stick / made.path.name))


def lose(world: World, name: str) -> None:
    """The computer is gone with everything in it."""
    world.close(name)
    shutil.rmtree(world.root / name)


def recover(world: World, name: str, copy: Path, secret: str) -> str:
    """A new computer under the same name, from the copy and the paper; returns what is said."""
    restored = restore(copy, world.root / name, secret, KEY_FILE, world.clock)
    return restored.message


def answered(world: World) -> Path:
    """The ward asks East to correct its newest report; the file is on the stick."""
    ask_for_correction(world.ward, newest(world))
    [file] = world.answers()
    return file


@pytest.mark.parametrize("way", ["sheet", "passphrase"])
def test_a_lost_district_is_restored_whole_and_goes_on_under_a_new_key(world: World, way: str) -> None:
    secret = secret_of(world, "east", way)
    copy = copied(world, "east")
    before, old_key = kept_tables(world, "east", "settings", "own_keys"), world.key("east")
    lose(world, "east")
    message = recover(world, "east", copy, secret)
    assert "新しい返事は入っていません" in message
    assert "確認番号を確かめるまで保留" in message
    assert kept_tables(world, "east", "settings", "own_keys") == before
    assert world.key("east") != old_key
    assert world.east.context.database.integrity_problems() == []
    world.note("east", "戻したあとに書きました。")
    report = world.hand_in("east")
    assert only(world.receive("ward", report))[0] == "pending_approval"
    assert only(world.approve("east", end_previous=True))[0] == "accepted"
    assert world.text("ward") == "戻したあとに書きました。"
    world.ward.review.accept(newest(world))
    [answer] = world.answers()
    assert only(world.receive("east", answer))[0] == "accepted"
    [reply] = world.east.replies.replies()
    assert reply.package_id == world.east.submission.submissions(YEAR)[0].package_id


@pytest.mark.parametrize("way", ["sheet", "passphrase"])
def test_a_lost_ward_is_restored_whole_and_its_districts_notice_nothing(world: World, way: str) -> None:
    assert only(world.receive("east", answered(world)))[0] == "accepted"
    secret = secret_of(world, "ward", way)
    copy = copied(world, "ward")
    before, key = kept_tables(world, "ward", "settings", "own_keys"), world.key("ward")
    lose(world, "ward")
    message = recover(world, "ward", copy, secret)
    assert "もう一度受け取ってください" in message
    assert kept_tables(world, "ward", "settings", "own_keys") == before
    assert world.key("ward") == key
    world.note("east", "区が戻ったあとの版です。")
    assert only(world.receive("ward", world.hand_in("east")))[0] == "accepted"
    assert only(world.receive("ward", world.hand_in("west")))[0] == "pending_approval"
    world.ward.review.accept(newest(world))
    [answer] = world.answers()
    assert only(world.receive("east", answer))[0] == "accepted"
    with world.ward.context.database.reading() as stores:
        assert stores.submissions.last_sequence(key, EAST).seq > 1000


def test_an_old_copy_of_a_district_catches_up_with_what_it_does_not_know(world: World) -> None:
    """The copy is from before the answer to the first report and before a second one."""
    secret = secret_of(world, "east", "sheet")
    copy = copied(world, "east")
    answer = answered(world)
    world.receive("east", answer)
    world.note("east", "控えのあとに書いて、出しました。")
    assert only(world.receive("ward", world.hand_in("east")))[0] == "accepted"
    lose(world, "east")
    recover(world, "east", copy, secret)
    assert world.east.replies.replies() == ()
    assert world.text("east") != "控えのあとに書いて、出しました。"
    assert only(world.receive("east", answer)) == ("refused", "env.decrypt"), "its key went with the computer"
    world.note("east", "控えの続きを書きました。", field="challenge")
    assert only(world.receive("ward", world.hand_in("east"))) == ("pending_approval", "key.pending")
    assert only(world.approve("east", end_previous=True)) == ("pending_approval", "report.fork")
    assert world.text("ward") == "控えのあとに書いて、出しました。", (
        "what was handed in is not replaced unseen"
    )
    [manifest] = [one.manifest for one in world.ward.registrations.waiting_decisions()]
    world.ward.joining.finish(manifest)
    assert world.text("ward") == "控えのあとに書いて、出しました。"
    assert world.text("ward", field="challenge") == "控えの続きを書きました。"
    world.ward.review.accept(newest(world))
    for file in world.answers():
        assert only(world.receive("east", file))[0] == "accepted"
    assert world.text("east") == "控えのあとに書いて、出しました。", "the answer brought back what was lost"


def test_an_old_copy_of_a_ward_catches_up_with_the_files_that_came_since(world: World) -> None:
    secret = secret_of(world, "ward", "sheet")
    copy = copied(world, "ward")
    world.note("east", "2つめの版です。")
    second = world.hand_in("east")
    assert only(world.receive("ward", second))[0] == "accepted"
    assert only(world.receive("east", answered(world)))[0] == "accepted"
    lose(world, "ward")
    recover(world, "ward", copy, secret)
    assert world.text("ward") != "2つめの版です。"
    assert only(world.receive("ward", second))[0] == "accepted"
    assert world.text("ward") == "2つめの版です。"
    assert only(world.receive("ward", second))[0] == "already_received"
    assert only(world.receive("east", answered(world)))[0] == "accepted", "1,000 higher than before"
    world.note("east", "3つめの版です。")
    assert only(world.receive("ward", world.hand_in("east")))[0] == "accepted"


def test_the_first_screen_says_what_is_missing_until_it_is_put_aside(world: World) -> None:
    secret = secret_of(world, "east", "sheet")
    copy = copied(world, "east")
    assert restored_notice(world.east.context) == ""
    lose(world, "east")
    recover(world, "east", copy, secret)
    context = world.east.context
    assert "入っていません" in restored_notice(context)
    assert world.east.copies.word()[1] == "intake"
    put_notice_aside(context)
    assert restored_notice(context) == ""


def test_a_generation_in_the_data_folder_goes_back_in_place_without_any_paper(world: World) -> None:
    world.note("east", "はじめに書きました。")
    first = world.east.copies.generations.make(CopyReason.CHANGED)
    world.note("east", "あとで書きました。")
    folder = world.root / "east"
    world.close("east")
    restore_in_place(first.path, folder, None, KEY_FILE, world.clock)
    assert world.text("east") == "はじめに書きました。"
    assert len(list(folder.glob("before-*/store.db"))) == 1
    assert [one.number for one in list_generations(folder)] == [1]
    assert world.east.copies.generations.has_changed()
    assert world.east.copies.generations.make(CopyReason.CHANGED).number == 2


def test_a_store_without_paper_goes_back_by_the_key_file_of_this_computer(begun: World) -> None:
    copy = begun.east.copies.generations.make(CopyReason.CHANGED)
    begun.close("east")
    restore_in_place(copy.path, begun.root / "east", None, KEY_FILE, begun.clock)
    assert begun.east.settings.identity().org.code == EAST


# Copies that are refused, in words, and what is left of them: nothing.


@pytest.fixture(scope="module")
def lost(registered_world: World, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A ward's copy and its paper."""
    with registered_world.copy(tmp_path_factory.mktemp("lost") / "world") as world:
        secret = world.ward.settings.recovery_sheet().text
        return copied(world, "ward"), secret


def cut(data: bytes) -> bytes:
    return data[: len(data) // 2]


def flipped(data: bytes) -> bytes:
    at = data.index(b"store.db") + 5000
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def newer(data: bytes) -> bytes:
    """The same copy as a later release may label it."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as old, zipfile.ZipFile(out, "w") as made:
        for name in old.namelist():
            later = b'"version": 3' if name == LABEL else b'"version": 2'
            made.writestr(name, old.read(name).replace(b'"version": 2', later))
    return out.getvalue()


REFUSED = {
    "cut short": (cut, "控えではありません"),
    "a bit in the store": (flipped, "こわれています"),
    "a newer program's": (newer, "新しい版"),
    "a report": (lambda _data: b"age-encryption.org/v1\n-> X25519 \n", "控えではありません"),
    "nothing": (lambda _data: b"", "控えではありません"),
    "another ZIP": (lambda data: data.replace(b"copy.json", b"copy.jso_"), "控えではありません"),
}


@pytest.mark.parametrize(("spoil", "words"), REFUSED.values(), ids=REFUSED)
def test_a_copy_that_is_none_is_refused_in_words_and_leaves_nothing(lost, tmp_path, spoil, words) -> None:
    path = tmp_path / "x.hikae"
    path.write_bytes(spoil(lost[0].read_bytes()))
    with pytest.raises(FileUnreadable, match=words):
        restore(path, tmp_path / "new", lost[1], KEY_FILE)
    assert list((tmp_path / "new").glob("*")) == []


def test_a_copy_of_a_newer_store_is_refused_and_leaves_nothing(world: World, tmp_path, monkeypatch) -> None:
    copy, secret = copied(world, "ward"), secret_of(world, "ward", "sheet")
    monkeypatch.setattr(schema, "SCHEMA_VERSION", "0001")
    with pytest.raises(StoreTooNew, match="新しい版"):
        restore(copy, tmp_path / "new", secret, KEY_FILE)
    assert list((tmp_path / "new").glob("*")) == []


def test_a_disk_that_is_too_small_is_told_before_anything_is_written(lost, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(disks, "free_bytes", lambda _folder: 1000)
    with pytest.raises(NotSaved, match=r"空きがあと\d+MB足りない"):
        restore(lost[0], tmp_path / "new", lost[1], KEY_FILE)
    assert list((tmp_path / "new").glob("*")) == []


@pytest.mark.parametrize("after", [1, 3])
def test_a_restore_that_is_stopped_leaves_nothing_and_the_store_as_it_was(world: World, after: int) -> None:
    copy, secret = copied(world, "ward"), secret_of(world, "ward", "sheet")
    before = world.dump("ward")
    world.close("ward")
    asked = iter(range(after))

    class Stopped(ShakyoError):
        code = "cancelled"

    def stop() -> None:
        if next(asked, None) is None:
            raise Stopped("中止しました。")

    files = sorted(path.name for path in (world.root / "ward").iterdir())
    with pytest.raises(Stopped):
        restore_in_place(copy, world.root / "ward", secret, KEY_FILE, world.clock, stop)
    assert sorted(path.name for path in (world.root / "ward").iterdir()) == files
    assert world.dump("ward") == before


def test_a_copy_made_by_hand_and_one_with_a_label_of_before_restore_alike(world: World, tmp_path) -> None:
    """Copies of releases before the automatic ones say neither why nor at which mark they were made."""
    by_hand = world.east.backup.backup(tmp_path / "by-hand.hikae").path
    secret = secret_of(world, "east", "sheet")
    before = kept_tables(world, "east", "settings", "own_keys")
    restore(by_hand, world.root / "again", secret, KEY_FILE, world.clock)
    assert kept_tables(world, "again", "settings", "own_keys") == before


def test_a_store_that_another_window_has_open_is_not_replaced(world: World) -> None:
    first = world.east.copies.generations.make(CopyReason.CHANGED)
    folder = world.root / "east"
    with pytest.raises(StoreInUse):
        restore_in_place(first.path, folder, None, KEY_FILE, world.clock)
    assert not list(folder.glob("before-*"))
    world.note("east", "書いたものはここにあります。")
    world.close("east")
    assert world.text("east") == "書いたものはここにあります。"


def test_an_old_copy_of_a_ward_says_that_what_was_stopped_since_counts_again(world: World) -> None:
    secret, copy, key = secret_of(world, "ward", "sheet"), copied(world, "ward"), world.key("east")
    world.ward.registrations.suspend(key)
    lose(world, "ward")
    message = recover(world, "ward", copy, secret)
    [east] = [one for one in world.ward.registrations.registrations() if one.key == key]
    assert east.state is KeyState.ACTIVE
    assert "そのあとに止めた登録" in message
