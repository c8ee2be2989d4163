"""控えから戻す by keys: the file on a stick, the text of the paper as people type it, and what is said."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from shakyo_desktop.domain.copies import CopyReason
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.start.compare_page import ComparePage
from shakyo_desktop.gui.start.file_page import FilePage
from shakyo_desktop.gui.start.lock_page import LockPage
from shakyo_desktop.gui.start.restoring_flow import RestoringFlow
from shakyo_desktop.gui.start.secret_page import SecretPage
from shakyo_desktop.services.copy_file import LABEL
from shakyo_desktop.storage.database import DATABASE_FILE
from tests.gui.keys import press, press_letter, type_text
from tests.gui.loop_world import Loop
from tests.gui.start.conftest import Start
from tests.services.copying import as_older, parts_of, put_together

Begin = Callable[..., Start]
ENTER = Qt.Key.Key_Return


@pytest.fixture(scope="module")
def lost(loop: Loop, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str, str]:
    """A copy on a stick, the letters of its sheet without their fixed beginning, and the lost key."""
    folder = tmp_path_factory.mktemp("lost")
    services = loop.open_copy("handed_in", folder)
    made = services.copies.generations.make(CopyReason.CHANGED).path
    stick = folder / "stick"
    stick.mkdir()
    copy = made.rename(stick / made.name)
    text, key = services.settings.recovery_sheet().text, services.settings.own_keys().key
    services.close()
    (folder / "handed_in").rename(folder / "gone")
    (folder / "gone" / "store.slots.json").unlink()
    return copy, text.removeprefix("AGE-SECRET-KEY-1"), key


@pytest.fixture
def choose(monkeypatch: pytest.MonkeyPatch) -> Callable[[Path], None]:
    """Choose a file as the system's dialog would answer."""

    def chosen(path: Path) -> None:
        monkeypatch.setattr(choosers, "choose_file", lambda *_args, **_more: path)
        monkeypatch.setattr(choosers, "choose_files", lambda *_args, **_more: [path])
        press_letter(Qt.Key.Key_O)

    return chosen


def full_width(text: str) -> str:
    return "".join(chr(ord(letter) + 0xFEE0) for letter in text)


TYPED = {
    "in groups, lower case": lambda text: " ".join(text[at : at + 4] for at in range(0, 58, 4)).lower(),
    "full width": full_width,
}


@pytest.mark.parametrize("typed", TYPED.values(), ids=TYPED)
def test_a_new_computer_begins_with_the_copy_and_the_paper(
    begin: Begin, lost: tuple[Path, str, str], choose: Callable[[Path], None], tmp_path: Path, typed
) -> None:
    copy, text, key = lost
    start = begin(tmp_path / "new")
    press_letter(Qt.Key.Key_H)
    assert isinstance(start.page(), FilePage)
    choose(copy)
    assert "令和8年9月12日 14:00に作られた控え" in start.page()._words.text()  # type: ignore[attr-defined]
    press(ENTER)
    page = start.page()
    assert isinstance(page, SecretPage)
    type_text(typed(text[:9] + ("Q" if text[9] != "Q" else "P") + text[10:]))
    press_letter(Qt.Key.Key_N)
    assert start.page() is page
    assert "1行目の3つ目のまとまりの中に、違う文字" in page.messages.text()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_text(typed(text))
    press_letter(Qt.Key.Key_N)
    lock = start.page()
    assert isinstance(lock, LockPage)
    lock.way.set_value("key_file")
    press_letter(Qt.Key.Key_N)
    done = start.page()
    said = done.messages.text()  # type: ignore[attr-defined]
    assert "新しい返事は入っていません" in said
    assert "確認番号を確かめるまで保留" in said
    press_letter(Qt.Key.Key_N)
    [services] = start.opened
    assert services.settings.own_keys().key != key
    assert len(services.submission.submissions(2026)) == 1
    text_now, place = services.copies.word()
    assert ("保留" in text_now, place) == (True, "intake")


def restore_with(start: Start, choose: Callable[[Path], None], copy: Path, text: str) -> None:
    """From the first page: this copy, what opens it, and the data unprotected; the restoring is asked for."""
    press_letter(Qt.Key.Key_H)
    choose(copy)
    press(ENTER)
    type_text(text)
    press_letter(Qt.Key.Key_N)
    lock = start.page()
    assert isinstance(lock, LockPage)
    lock.way.set_value("key_file")
    press_letter(Qt.Key.Key_N)


def test_a_wrong_paper_is_told_and_what_was_typed_stays(
    begin: Begin, lost: tuple[Path, str, str], choose: Callable[[Path], None], tmp_path: Path
) -> None:
    start = begin(tmp_path / "new")
    restore_with(start, choose, lost[0], "chigau aikotoba desu")
    page = start.page()
    assert isinstance(page, SecretPage)
    assert "その文字では、この控えは開きません" in page.messages.text()
    assert page.text() == "chigau aikotoba desu"
    assert not (tmp_path / "new" / DATABASE_FILE).exists()


def damaged(data: bytes) -> bytes:
    return data[:6000] + bytes([data[6000] ^ 1]) + data[6001:]


@pytest.mark.parametrize(
    ("spoil", "words"),
    [(damaged, "こわれています"), (lambda data: data[:500], "控えではありません")],
    ids=["damaged", "cut short"],
)
def test_a_copy_that_is_none_is_told_before_anything_is_asked(
    begin: Begin, lost: tuple[Path, str, str], choose: Callable[[Path], None], tmp_path: Path, spoil, words
) -> None:
    bad = tmp_path / "bad.hikae"
    bad.write_bytes(spoil(lost[0].read_bytes()))
    start = begin(tmp_path / "new")
    press_letter(Qt.Key.Key_H)
    page = start.page()
    assert isinstance(page, FilePage)
    choose(bad)
    assert words in page.messages.text()
    press_letter(Qt.Key.Key_N)
    assert start.page() is page
    choose(lost[0])
    press(ENTER)
    assert isinstance(start.page(), SecretPage)


def test_a_copy_that_nothing_proves_is_compared_with_the_paper_first(
    begin: Begin, lost: tuple[Path, str, str], choose: Callable[[Path], None], tmp_path: Path
) -> None:
    older = tmp_path / "usb" / "stick" / lost[0].name  # no store of another test lies near it
    older.parent.mkdir(parents=True)
    as_older(lost[0], older)
    start = begin(tmp_path / "new")
    restore_with(start, choose, older, lost[1])
    page = start.page()
    assert isinstance(page, ComparePage)
    for words in ("みほん東地区部会", "確認番号", "いちばん新しい報告: 令和", "使わないでください"):
        assert words in page.text()
    assert page.back_button.hasFocus(), "Enter agrees to nothing"
    assert not (tmp_path / "new" / DATABASE_FILE).exists()
    press_letter(Qt.Key.Key_N)
    assert "控えから戻しました" in start.page().messages.text()  # type: ignore[attr-defined]
    press_letter(Qt.Key.Key_N)
    assert len(start.opened) == 1


def test_a_copy_that_a_stranger_changed_is_told_where_another_is_chosen(
    begin: Begin, lost: tuple[Path, str, str], choose: Callable[[Path], None], tmp_path: Path
) -> None:
    parts, changed = parts_of(lost[0]), tmp_path / lost[0].name
    parts[LABEL] = parts[LABEL].replace(b'"reason": "changed"', b'"reason": "closing"')
    put_together(changed, parts)
    start = begin(tmp_path / "new")
    restore_with(start, choose, changed, lost[1])
    page = start.page()
    assert isinstance(page, FilePage)
    assert "あなたの組織のデータから作られたものではありません" in page.messages.text()
    assert not (tmp_path / "new" / DATABASE_FILE).exists()


def test_a_copy_of_this_computer_needs_no_paper_and_the_old_data_is_set_aside(
    begin: Begin, loop: Loop, tmp_path: Path
) -> None:
    services = loop.open_copy("handed_in", tmp_path)
    copy = services.copies.generations.make(CopyReason.CHANGED).path
    services.close()
    folder = tmp_path / "handed_in"
    start = begin(tmp_path / "nothing")
    start.flow.restore(folder, lambda: None, copy)
    assert isinstance(start.flow._flow, RestoringFlow)
    assert isinstance(start.page(), FilePage)
    press(ENTER)
    lock = start.page()
    assert isinstance(lock, LockPage), "nothing is asked that this computer knows"
    press_letter(Qt.Key.Key_B)
    assert isinstance(start.page(), FilePage)
    press_letter(Qt.Key.Key_N)
    lock.way.set_value("key_file")
    press_letter(Qt.Key.Key_N)
    assert len(list(folder.glob(f"before-*/{DATABASE_FILE}"))) == 1
    press_letter(Qt.Key.Key_N)
    assert len(start.opened) == 1
