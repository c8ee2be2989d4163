"""A handover: the predecessor's copy, the successor's own store and key, the old registration ended."""

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.errors import (
    BadInput,
    Cancelled,
    DestinationFailed,
    FileUnreadable,
    NotReady,
    StoreLocked,
    StoreMissing,
)
from shakyo_desktop.domain.forms.layout import FormCode
from shakyo_desktop.domain.handover import new_code, read_code, show_code
from shakyo_desktop.domain.records import ACTIVITIES
from shakyo_desktop.services.backup import restore
from shakyo_desktop.services.copy_file import LABEL, open_copy, write_copy
from shakyo_desktop.services.founding import confirm_recovery, found_practice
from shakyo_desktop.services.handover import HandedOver, HandoverService
from shakyo_desktop.services.keying import KeyingService
from shakyo_desktop.services.locks import LockChoice
from shakyo_desktop.services.open_work import Left
from shakyo_desktop.services.restoring import unpack_copy
from shakyo_desktop.services.succession import Standing
from shakyo_desktop.services.taking_over import check_code, find_handovers, take_over
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.connection import single
from shakyo_desktop.storage.database import DATABASE_FILE
from tests.documents.pdf_reading import text_of
from tests.services.beginnings import opened
from tests.services.copying import parts_of, put_together, to_version_10
from tests.services.loop.world import EAST, KEY_FILE, YEAR, World, only, unchanged

NAME = "みほん 次の係"


class Handed:
    """A world in which East was handed over to ``succ``, what opened the copy, and the new recovery text."""

    def __init__(self, world: World, made: HandedOver, recovery: str) -> None:
        self.world, self.made, self.recovery = world, made, recovery


@pytest.fixture(scope="session")
def handed_world(registered_world: World, tmp_path_factory: pytest.TempPathFactory) -> Handed:
    """East is registered and handed over; its successor has begun."""
    with registered_world.copy(tmp_path_factory.mktemp("handed") / "world") as world:
        world.note("east", "引き継ぐ前に書きました。")
        made = world.east.handover.hand_over(world.stick)
        taken = take_over(made.written.path, world.root / "succ", made.code, NAME, KEY_FILE, world.clock)
        world.at("succ").settings.check_number()
        return Handed(world, made, taken.recovery_identity)


@pytest.fixture
def handed(handed_world: Handed, tmp_path: Path) -> Iterator[Handed]:
    """A copy of it."""
    with handed_world.world.copy(tmp_path / "world") as world:
        yield Handed(world, handed_world.made, handed_world.recovery)


def plain_bytes(folder: Path, key: bytes, to: Path) -> bytes:
    """Every byte of a store, decrypted."""
    with single(folder / DATABASE_FILE, key) as connection:
        connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(to),))
        connection.execute("SELECT sqlcipher_export('plain')").fetchall()
    sqlite3.connect(to).close()
    return to.read_bytes()


def own_secrets(world: World, name: str) -> list[bytes]:
    """The private keys of a store, and the part of its identities that is theirs alone."""
    with world.at(name).context.database.reading() as stores:
        keys = [key for purpose in ("signing", "mailbox", "recovery") for key in stores.keys.own(purpose)]
    assert len(keys) == 3
    return [key.secret for key in keys]


@pytest.mark.parametrize(
    "written",
    [
        "1234-5678-9012-3456-7890-1234",
        "１２３４ ５６７８　９０１２ー３４５６ー７８９０ー１２３４",
        " 123456789012\n345678901234 ",
    ],
)
def test_the_number_is_read_in_any_width_with_spaces_and_hyphens(written: str) -> None:
    assert read_code(written) == "123456789012345678901234"


@pytest.mark.parametrize("written", ["", "1234-5678-9012", "1" * 25, "123456789012345678901O34"])
def test_what_is_not_24_digits_is_no_number(written: str) -> None:
    assert read_code(written) is None


def test_no_two_handovers_have_the_same_number() -> None:
    codes = {new_code() for _ in range(50)}
    assert len(codes) == 50
    assert all(read_code(show_code(code)) == code for code in codes)


def test_the_successor_has_everything_and_keys_of_its_own(handed: Handed) -> None:
    world = handed.world
    assert world.text("succ") == "引き継ぐ前に書きました。"
    before, after = (world.at(name).recording.open_year(YEAR).records for name in ("east", "succ"))
    assert (after.activities, after.photos) == (before.activities, before.photos)
    assert world.at("succ").photos.jpeg(after.photos[0].id).startswith(b"\xff\xd8")
    assert world.at("succ").settings.identity().person_name == NAME
    assert world.key("succ") != world.key("east")
    assert not set(world.at("succ").settings.own_keys().identities) & set(
        world.at("east").settings.own_keys().identities
    )


def test_the_copy_holds_no_key_of_the_predecessor(handed: Handed, tmp_path: Path) -> None:
    from shakyo_desktop.services.copy_file import open_copy
    from shakyo_desktop.services.copy_key import key_of_copy
    from shakyo_desktop.services.restoring import unpack_copy

    copy = tmp_path / "copy"
    copy.mkdir()
    with open_copy(handed.made.written.path) as file:
        unpack_copy(file, copy)
        key = key_of_copy(file, copy, show_code(handed.made.code), handed.made.written.path).key
    assert key != handed.world.east.context.database.key
    data = plain_bytes(copy, key, tmp_path / "plain.db")
    assert "引き継ぐ前に書きました。".encode() in data
    for secret in own_secrets(handed.world, "east"):
        assert secret not in data
    assert handed.world.east.context.database.key not in data


@pytest.mark.parametrize("way", ["recovery", "code"])
def test_nothing_but_the_successors_own_ways_opens_its_store(handed: Handed, way: str) -> None:
    world = handed.world
    folder = world.root / "succ"
    assert {slot.way.value for slot in key_slots.list_slots(folder)} == {"recovery", "key_file"}
    before = world.east.settings.recovery_sheet().text
    opener, secret = {
        "recovery": (key_slots.open_with_recovery, before),
        "code": (key_slots.open_with_passphrase, handed.made.code),
    }[way]
    with pytest.raises(StoreLocked):
        opener(folder, secret)
    assert key_slots.open_with_recovery(folder, handed.recovery) == world.at("succ").context.database.key


def test_the_predecessors_key_does_not_open_the_successors_pages(handed: Handed) -> None:
    world = handed.world
    world.close("succ")
    old = world.east.context.database.key
    with (
        pytest.raises(Exception, match="not a database"),
        single(world.root / "succ" / DATABASE_FILE, old) as connection,
    ):
        connection.execute("SELECT * FROM settings").fetchall()


def test_the_predecessors_recovery_sheet_does_not_open_the_copy(handed: Handed, tmp_path: Path) -> None:
    sheet = handed.world.east.settings.recovery_sheet().text
    with pytest.raises(BadInput):
        take_over(handed.made.written.path, tmp_path / "new", sheet, NAME, KEY_FILE)
    assert not (tmp_path / "new" / DATABASE_FILE).exists()


def test_a_wrong_number_gives_no_hint_and_leaves_nothing(handed: Handed, tmp_path: Path) -> None:
    code = handed.made.code
    wrong = code[:-1] + str((int(code[-1]) + 1) % 10)
    with pytest.raises(StoreLocked) as failure:
        check_code(handed.made.written.path, wrong, tmp_path / "new")
    assert not [digits for digits in show_code(code).split("-") if digits in failure.value.message]
    assert list((tmp_path / "new").iterdir()) == []


def test_the_number_is_kept_nowhere(handed: Handed) -> None:
    world, code = handed.world, handed.made.code
    files = [path for path in world.root.rglob("*") if path.is_file()]
    assert len(files) > 10
    for path in files:
        assert code.encode() not in path.read_bytes(), path
    for name in ("east", "succ"):
        assert code not in world.dump(name)
        assert show_code(code) not in world.dump(name)
    assert code not in repr(handed.made)


def test_set_up_ends_with_the_successors_own_sheet(handed: Handed) -> None:
    settings = handed.world.at("succ").settings
    assert not settings.is_set_up()
    handed.world.close("succ")
    assert confirm_recovery(handed.world.root / "succ", handed.recovery, handed.world.clock)
    assert handed.world.at("succ").settings.is_set_up()


def test_the_successor_is_registered_and_the_old_registration_ended(handed: Handed) -> None:
    world = handed.world
    assert world.at("succ").handover.succession().standing is Standing.NOT_HANDED_IN
    assert only(world.receive("ward", world.hand_in("succ"))) == ("pending_approval", "key.pending")
    [pending] = world.ward.registrations.pending()
    assert [one.key for one in pending.known_other_keys] == [world.key("east")]
    assert world.at("succ").handover.succession().standing is Standing.WAITING
    [verdict] = world.approve("succ", end_previous=True)
    assert (verdict.verdict, verdict.revision, verdict.warnings) == ("accepted", 2, ())
    world.ward.review.accept(str(verdict.package_id))
    assert only(world.receive("succ", *world.answers())) == ("accepted", "")
    taken = world.at("succ").handover.succession()
    assert (taken.standing, taken.predecessor) == (Standing.REGISTERED, "みほん east")
    assert taken.registered_at is not None


def test_the_predecessors_later_report_is_refused_in_words_that_say_who_writes_now(
    handed: Handed, tmp_path: Path
) -> None:
    world = handed.world
    world.receive("ward", world.hand_in("succ"))
    world.approve("succ", end_previous=True)
    world.note("east", "まだ前のパソコンで書いています。")
    file = world.hand_in("east")
    assert unchanged(world, "ward", lambda: world.receive("ward", file))
    [verdict] = world.receive("ward", file)
    assert (verdict.verdict, verdict.code) == ("refused", "key.retired")
    assert "引継ぎで終わった" in verdict.message
    assert "新しい担当者" in verdict.next_action
    notice = text_of(world.ward.review.papers.refusal_notice(verdict), tmp_path)
    for value in (
        "みほん東地区部会様",
        verdict.file.name,
        "引継ぎで終わった",
        "ほかの人が書いた分を合わせる",
    ):
        assert value in notice


def test_a_handover_file_whose_label_was_changed_is_refused_with_the_right_digits(
    handed: Handed, tmp_path: Path
) -> None:
    parts = parts_of(handed.made.written.path)
    label = json.loads(parts[LABEL]) | {"made_at": "2026-12-01T00:00:00Z"}
    changed = tmp_path / "changed.hikae"
    put_together(changed, parts | {LABEL: json.dumps(label).encode()})
    tries = (
        lambda: check_code(changed, handed.made.code, tmp_path / "next"),
        lambda: take_over(changed, tmp_path / "next", handed.made.code, NAME, KEY_FILE),
    )
    for trying in tries:
        with pytest.raises(FileUnreadable) as refused:
            trying()
        assert refused.value.code == "copy.forged"
        assert not list((tmp_path / "next").glob("*"))


def test_two_computers_may_go_on_together(handed: Handed) -> None:
    world = handed.world
    world.receive("ward", world.hand_in("succ"))
    world.approve("succ")
    world.note("succ", "次の係が書きました。", item=6)
    assert only(world.receive("ward", world.hand_in("succ"))) == ("accepted", "")
    states = {one.key: one.state.value for one in world.ward.registrations.registrations()}
    assert states == {world.key("east"): "active", world.key("succ"): "active"}


def test_a_folder_with_a_store_is_left_alone(handed: Handed) -> None:
    before = (handed.world.root / "succ" / DATABASE_FILE).read_bytes()
    with pytest.raises(StoreMissing):
        take_over(handed.made.written.path, handed.world.root / "succ", handed.made.code, NAME, KEY_FILE)
    assert (handed.world.root / "succ" / DATABASE_FILE).read_bytes() == before


def test_a_handover_copy_is_not_restored_as_ones_own(handed: Handed, tmp_path: Path) -> None:
    with pytest.raises(BadInput) as failure:
        restore(handed.made.written.path, tmp_path / "new", handed.made.code)
    assert failure.value.code == "copy.handover"
    assert not (tmp_path / "new" / DATABASE_FILE).exists()


def test_handover_copies_are_found_on_sticks_and_other_files_passed_over(
    handed: Handed, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    (stick / "ひきつぎ").mkdir(parents=True)
    file = stick / "ひきつぎ" / handed.made.written.path.name
    file.write_bytes(handed.made.written.path.read_bytes())
    (stick / "memo.hikae").write_bytes(b"no copy")
    handed.world.east.backup.backup(stick / "own.hikae")
    assert [one.path for one in find_handovers([stick, tmp_path / "gone"])] == [file]


def test_an_ordinary_copy_is_not_taken_over(handed: Handed, tmp_path: Path) -> None:
    copy = handed.world.east.backup.backup(tmp_path / "own.hikae").path
    with pytest.raises(BadInput) as failure:
        check_code(copy, handed.made.code, tmp_path / "new")
    assert failure.value.code == "copy.no_handover"


def test_a_damaged_copy_leaves_nothing(handed: Handed, tmp_path: Path) -> None:
    data = bytearray(handed.made.written.path.read_bytes())
    data[len(data) // 2] ^= 1
    (tmp_path / "bad.hikae").write_bytes(data)
    with pytest.raises(FileUnreadable):
        take_over(tmp_path / "bad.hikae", tmp_path / "new", handed.made.code, NAME, KEY_FILE)
    assert list((tmp_path / "new").iterdir()) == []


def test_a_short_passphrase_of_the_successor_makes_nothing(handed: Handed, tmp_path: Path) -> None:
    locks = LockChoice(frozenset({"passphrase"}), "みじかい")
    with pytest.raises(BadInput):
        take_over(handed.made.written.path, tmp_path / "new", handed.made.code, NAME, locks)
    assert list((tmp_path / "new").iterdir()) == []


def left_behind(folder: Path) -> list[str]:
    return [path.name for path in folder.iterdir() if path.name.startswith(("copying", "restoring"))]


def test_stopping_leaves_no_file_and_no_note(world: World) -> None:
    with pytest.raises(Cancelled):
        world.east.handover.hand_over(world.stick / "out", cancelled=lambda: True)
    assert not (world.stick / "out").exists()
    assert left_behind(world.root / "east") == []
    assert world.east.handover.last() is None


def test_a_stick_that_is_pulled_leaves_no_note_and_the_records_as_they_are(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    from shakyo_desktop.services.file_calls import FileCalls

    def gone(*_: Any) -> None:
        raise OSError(5, "gone")

    monkeypatch.setattr(FileCalls, "sync", gone)
    before = world.dump("east")
    with pytest.raises(DestinationFailed):
        world.east.handover.hand_over(world.stick / "out")
    assert list((world.stick / "out").iterdir()) == []
    assert left_behind(world.root / "east") == []
    assert world.dump("east") == before


def test_practice_and_offices_hand_no_store_over(world: World, tmp_path: Path) -> None:
    with pytest.raises(NotReady) as failure:
        world.ward.handover.hand_over(tmp_path)
    assert failure.value.code == "handover.office"
    found_practice(tmp_path / "practice", clock=world.clock)
    with opened(tmp_path / "practice") as context, pytest.raises(NotReady) as refusal:
        HandoverService(context).hand_over(tmp_path)
    assert refusal.value.code == "handover.practice"
    assert not list(tmp_path.glob("*.hikae"))


def test_what_is_open_is_named_before_it_is_handed_over(world: World) -> None:
    kinds = {point.kind for point in world.east.handover.open_points()}
    assert kinds == {Left.UNANSWERED, Left.PHOTOS}
    world.note("east", "あとから書きました。")
    kinds = {point.kind for point in world.east.handover.open_points()}
    assert kinds == {Left.UNSENT, Left.UNANSWERED, Left.PHOTOS}
    world.ward.review.accept(world.ward.review.undecided()[0].package_id)
    world.receive("east", *world.answers())
    kinds = {point.kind for point in world.east.handover.open_points()}
    assert kinds == {Left.UNSENT, Left.PHOTOS}


def test_keying_that_goes_on_is_named_by_the_reports_number_whatever_the_clock_says(world: World) -> None:
    keying = KeyingService(world.east.context)

    def is_named() -> bool:
        return Left.KEYING in {point.kind for point in world.east.handover.open_points()}

    world.clock.turn(days=-2)  # a flat battery: the newest report seems to be made later
    keying.stop_at(keying.sheet(FormCode.F1, YEAR), "1-1")
    assert is_named()
    world.clock.turn(days=-2)
    world.freeze("east")
    assert not is_named()


def test_the_label_of_a_handover_copy_names_nobody(handed: Handed) -> None:
    import zipfile

    with zipfile.ZipFile(handed.made.written.path) as archive:
        label = json.loads(archive.read("copy.json"))
    assert label["reason"] == "handover"
    assert set(label) == {"format", "version", "made_at", "app_version", "sha256", "reason", "code"}
    assert EAST in handed.made.written.path.name


def test_what_is_true_of_the_predecessors_computer_alone_does_not_come_along(handed: Handed) -> None:
    with handed.world.at("succ").context.database.reading() as stores:
        kept = stores.settings.all()
    assert not {"recovery_confirmed_at", "copies", "copy_place", "idle_minutes", "handed_over"} & set(kept)
    assert kept["taken_over"]["predecessor"] == "みほん east"


def test_the_successors_own_copy_restored_later_is_no_handover(handed: Handed, tmp_path: Path) -> None:
    copy = handed.world.at("succ").backup.backup(tmp_path / "own.hikae").path
    restore(copy, tmp_path / "again", handed.recovery, KEY_FILE, handed.world.clock)
    with opened(tmp_path / "again") as context:
        assert HandoverService(context).succession() is None


def test_the_book_of_a_real_year_says_what_is_open_and_what_the_office_decided(
    world: World, tmp_path: Path
) -> None:
    package_id = world.ward.review.undecided()[0].package_id
    activity = world.east.recording.open_year(YEAR).records.activities[0]
    world.ward.review.comment(package_id, ACTIVITIES, activity.id, "participants", "人数を教えてください。")
    world.ward.review.send_back(package_id)
    world.receive("east", *world.answers())
    made = world.east.handover.hand_over(world.stick)
    text = text_of(world.east.handover.book(), tmp_path)
    for value in (
        "みほん東地区部会（999999-01）",
        "みほんeast",
        made.written.path.name,
        "第1版（途中の報告）",
        "受付番号2026-0001",
        "人数を教えてください",
        "みほん区000-000-0000",
        "令和9年6月30日（水）年度の報告",
        "9ふれあい・いきいきサロンの促進実施提出済み",
        "確認番号は",
    ):
        assert value in text
    page = text_of(world.east.handover.code_page(made), tmp_path)
    assert made.code[:12] in page
    assert made.code[12:] in page
    assert made.code[:12] not in text


def test_an_office_has_a_book_of_its_own(world: World, tmp_path: Path) -> None:
    world.receive("ward", world.hand_in("west"))
    text = text_of(world.ward.handover.book(), tmp_path)
    for value in (
        "みほん区（999999）",
        "みほん事務",
        "2のうち1（確定0）",
        "登録を待っているパソコンが1台あります（みほん西地区部会）",
        "確かめていない報告が1件あります（みほん東地区部会）",
        "みほん東地区部会",
        "復旧シートの置き場所",
        "年度の報告",
    ):
        assert value in text


def test_a_computer_that_stops_while_the_store_is_put_in_place_goes_on_at_the_next_start(
    handed: Handed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class PowerCut(BaseException):
        """The computer is off: nothing tidies up."""

    moves: list[Path] = []
    move = Path.replace

    def stopping(self: Path, target: Path) -> Path:
        if self.parent.name.startswith("restoring-") and target.parent == tmp_path / "new":
            moves.append(self)
            if len(moves) == 2:
                raise PowerCut
        return move(self, target)

    with monkeypatch.context() as patch:
        patch.setattr(Path, "replace", stopping)
        with pytest.raises(PowerCut):
            take_over(handed.made.written.path, tmp_path / "new", handed.made.code, NAME, KEY_FILE)
    again = open_services(tmp_path / "new", clock=handed.world.clock)
    assert again.settings.identity().person_name == NAME
    again.close()
    assert not list((tmp_path / "new").glob("restoring-*"))


def test_a_handover_of_an_older_form_is_taken_over_and_its_older_form_stays_nowhere(
    handed: Handed, tmp_path: Path
) -> None:
    made, work, data = handed.made, tmp_path / "work", tmp_path / "next"
    work.mkdir()
    with open_copy(made.written.path) as copy:
        unpack_copy(copy, work)
        label = {"reason": copy.label.reason}
    key = key_slots.open_with_passphrase(work, read_code(made.code) or "")
    to_version_10(work / DATABASE_FILE, key)
    older = tmp_path / "older.hikae"
    with older.open("wb") as out:
        slots = (work / key_slots.SLOTS_FILE).read_bytes()
        write_copy(out, work / DATABASE_FILE, slots, key, "2026-01-01T00:00:00Z", "0.1.0", label)
    take_over(older, data, made.code, NAME, KEY_FILE, handed.world.clock)
    with opened(data) as context:
        assert context.database.integrity_problems() == []
    assert not [path.name for path in data.iterdir() if path.name.startswith(("restoring-", "store.before"))]
