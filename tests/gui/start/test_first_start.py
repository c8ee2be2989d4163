"""The first start with real keys: a district from its setup file, an office, practice."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.start.choices_page import ChoicesPage
from shakyo_desktop.gui.start.file_page import FilePage
from shakyo_desktop.gui.start.founding_flow import FoundingFlow
from shakyo_desktop.gui.start.lock_page import LockPage
from shakyo_desktop.gui.start.name_page import NamePage
from shakyo_desktop.gui.start.number_page import NumberPage
from shakyo_desktop.gui.start.office_page import OfficePage
from shakyo_desktop.gui.start.sheet_page import SheetPage
from shakyo_desktop.services.opening import has_store
from tests.gui.keys import commit_composed, compose, focus, press, press_letter, type_text
from tests.gui.loop_world import NAMES, Office
from tests.gui.start.conftest import Start

ENTER = Qt.Key.Key_Return
Begin = Callable[..., Start]


def choose(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Let the file chooser answer with a file."""
    monkeypatch.setattr(choosers, "choose_file", lambda *_: path)


def to_number_page(start: Start, office: Office, monkeypatch: pytest.MonkeyPatch) -> NumberPage:
    """Choose to begin as a district and choose the setup file, by keyboard."""
    choose(monkeypatch, office.setup)
    press_letter(Qt.Key.Key_D)
    press(ENTER)
    press(ENTER)
    page = start.page()
    assert isinstance(page, NumberPage)
    return page


def to_lock_page(start: Start, office: Office, monkeypatch: pytest.MonkeyPatch) -> LockPage:
    """Go on to the lock with the second district's number and a composed name."""
    to_number_page(start, office, monkeypatch)
    type_text(office.numbers[NAMES[1]])
    press(ENTER)
    press(ENTER)
    assert isinstance(start.page(), NamePage)
    compose("みほん")
    commit_composed("みほん 花子")
    press(ENTER)
    press(ENTER)
    page = start.page()
    assert isinstance(page, LockPage)
    return page


def test_the_district_follows_from_the_slip(
    begin: Begin, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = begin(tmp_path / "data")
    to_lock_page(start, office, monkeypatch)
    flow = start.flow.findChild(FoundingFlow) or start.flow._flow
    assert isinstance(flow, FoundingFlow)
    assert flow.beginning.organisation is not None
    assert flow.beginning.organisation.name == NAMES[1]
    assert not has_store(tmp_path / "data")


def test_a_wrong_number_is_told_and_stays_to_be_corrected(
    begin: Begin, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = to_number_page(begin(tmp_path / "data"), office, monkeypatch)
    type_text("123456789012")
    press(ENTER)
    press(ENTER)
    assert "確認番号が合いません" in page.messages.text()
    assert page.digits() == "123456789012"


def test_a_short_number_says_how_many_digits_are_missing(
    begin: Begin, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = to_number_page(begin(tmp_path / "data"), office, monkeypatch)
    type_text("１２３４５６７８９０")
    press(ENTER)
    assert "いま10けたです" in page.number.remarks.text("unread")
    press(ENTER)
    assert "12けた" in page.messages.text()


@pytest.mark.parametrize("content", [b"", b"hello", b"PK\x03\x04" + bytes(400)], ids=["empty", "text", "zip"])
def test_another_file_is_refused_and_one_stays_on_the_page(
    begin: Begin, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes
) -> None:
    wrong = tmp_path / "memo.shakyo"
    wrong.write_bytes(content)
    choose(monkeypatch, wrong)
    start = begin(tmp_path / "data")
    press_letter(Qt.Key.Key_D)
    press(ENTER)
    page = start.page()
    assert isinstance(page, FilePage)
    assert page.messages.text()
    press_letter(Qt.Key.Key_N)
    assert start.page() is page


def test_going_back_and_forth_loses_nothing(
    begin: Begin, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = begin(tmp_path / "data")
    to_lock_page(start, office, monkeypatch)
    for _ in range(3):
        press_letter(Qt.Key.Key_B)
    assert isinstance(start.page(), FilePage)
    press_letter(Qt.Key.Key_N)
    number = start.page()
    assert isinstance(number, NumberPage)
    assert number.digits() == office.numbers[NAMES[1]]
    press_letter(Qt.Key.Key_N)
    name = start.page()
    assert isinstance(name, NamePage)
    assert name.text() == "みほん 花子"


def test_set_up_ends_only_when_the_sheet_was_typed_back(
    begin: Begin, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = begin(tmp_path / "data")
    lock = to_lock_page(start, office, monkeypatch)
    press(Qt.Key.Key_Right)
    assert lock.choice().kinds == {"key_file"}
    press_letter(Qt.Key.Key_N)
    sheet = start.page()
    assert isinstance(sheet, SheetPage)
    assert sheet.panel.view.page_count() >= 1
    assert focus() is sheet.panel.view.print_button
    press_letter(Qt.Key.Key_N)
    assert "復旧シートの文字を入力" in sheet.messages.text()
    assert sheet.text.isAncestorOf(focus())
    sheet.text.focus_input()
    type_text("Q" * 58)
    press_letter(Qt.Key.Key_N)
    assert "その文字では開きません" in sheet.messages.text()
    assert start.opened == []


def test_a_set_up_that_was_left_before_the_sheet_goes_on_there(
    begin: Begin, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = begin(tmp_path / "data")
    to_lock_page(start, office, monkeypatch)
    press(Qt.Key.Key_Right)
    press_letter(Qt.Key.Key_N)
    start.flow.window.hide()
    again = begin(tmp_path / "data")
    sheet = again.page()
    assert isinstance(sheet, SheetPage)
    assert again.opened == []


def test_a_passphrase_is_typed_twice_the_same(
    begin: Begin, office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start = begin(tmp_path / "data")
    lock = to_lock_page(start, office, monkeypatch)
    press(ENTER)
    commit_composed("はなみずきの咲く通り")
    press(ENTER)
    commit_composed("はなみずきの咲くころ")
    press(ENTER)
    press(ENTER)
    assert "2回の合い言葉が違います" in lock.messages.text()
    assert lock.first.text() == "はなみずきの咲く通り"
    assert not has_store(tmp_path / "data")


def test_an_office_begins_from_the_list(begin: Begin, tmp_path: Path) -> None:
    start = begin(tmp_path / "data")
    press_letter(Qt.Key.Key_W)
    page = start.page()
    assert isinstance(page, OfficePage)
    press_letter(Qt.Key.Key_N)
    assert page.messages.text() == "事務所を選んでください。"
    press(Qt.Key.Key_Right)
    chosen = page.organisation()
    assert chosen is not None
    assert chosen.kind is OrganisationKind.WARD
    press_letter(Qt.Key.Key_N)
    assert isinstance(start.page(), NamePage)


def test_an_office_that_is_not_in_the_list_is_typed(begin: Begin, tmp_path: Path) -> None:
    start = begin(tmp_path / "data")
    press_letter(Qt.Key.Key_W)
    page = start.page()
    assert isinstance(page, OfficePage)
    press(Qt.Key.Key_Left)
    press(ENTER)
    commit_composed("みほん区事務所")
    press(ENTER)
    type_text("12345")
    press_letter(Qt.Key.Key_N)
    assert "数字6けた" in page.messages.text()
    page.code.focus_input()
    press(Qt.Key.Key_End)
    type_text("6")
    press_letter(Qt.Key.Key_N)
    assert isinstance(start.page(), NamePage)


@pytest.mark.parametrize(
    ("letter", "role"),
    [(Qt.Key.Key_D, OrganisationKind.DISTRICT), (Qt.Key.Key_W, OrganisationKind.WARD)],
)
def test_practice_needs_two_keys_and_lives_in_its_own_folder(
    begin: Begin, tmp_path: Path, letter: Qt.Key, role: OrganisationKind
) -> None:
    start = begin(tmp_path / "data")
    press_letter(Qt.Key.Key_P)
    assert isinstance(start.page(), ChoicesPage)
    press_letter(letter)
    identity = start.opened[0].settings.identity()
    assert (identity.practice, identity.role) == (True, role)
    assert not has_store(tmp_path / "data")
    assert start.opened[0].settings.data_dir() == tmp_path / "data-practice"
