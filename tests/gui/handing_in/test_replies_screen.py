"""返事: an answer is taken in, its requests open their fields, its receipt can always be printed."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.gui.district.replies_screen import RepliesScreen
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.background import ImmediateWorker
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.services.registry import Services
from tests.gui.keys import press, press_letter
from tests.gui.loop_world import YEAR, Loop

Open = Callable[[str], Services]
Show = Callable[[QWidget], QWidget]


@pytest.fixture
def services(open_district: Open) -> Services:
    """The district that handed in and waits."""
    return open_district("handed_in")


@pytest.fixture
def screen(services: Services, shown: Show) -> RepliesScreen:
    """Its answers, with the keyboard."""
    made = RepliesScreen(services, ImmediateWorker(), lambda: YEAR, RecordingPrinter())
    shown(made)
    made.enter()
    made.focus_first()
    return made


def take_in(screen: RepliesScreen, loop: Loop, monkeypatch: pytest.MonkeyPatch) -> None:
    """Choose the answer by keyboard."""
    monkeypatch.setattr(choosers, "choose_files", lambda *_: [loop.answer])
    press_letter(Qt.Key.Key_O)


def test_before_an_answer_the_page_says_what_to_do(screen: RepliesScreen) -> None:
    assert screen._empty.isVisible()
    assert not screen.detail.isVisible()


def test_an_answer_is_taken_in_and_shown(
    screen: RepliesScreen, loop: Loop, monkeypatch: pytest.MonkeyPatch, qtbot
) -> None:
    with qtbot.waitSignals([screen.received, screen.counted]):
        take_in(screen, loop, monkeypatch)
    assert "事務所からの返事を受け取りました" in screen.messages.text()
    assert len(screen.detail.rows) == 1


def test_the_same_answer_again_changes_nothing(
    screen: RepliesScreen, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(screen, loop, monkeypatch)
    take_in(screen, loop, monkeypatch)
    assert "もう受け取っています" in screen.messages.text()
    assert screen.messages.kind == "info"
    assert len(screen.list.rows()) == 1


def test_a_request_opens_its_field(
    screen: RepliesScreen, loop: Loop, monkeypatch: pytest.MonkeyPatch, asked
) -> None:
    take_in(screen, loop, monkeypatch)
    requests = asked(screen)
    screen.focus_first()
    press(Qt.Key.Key_Return)
    key, target = requests[0]
    assert key == "items"
    assert isinstance(target, CorrectionRequest)
    assert (target.table, target.field) == ("item_statuses", "outcome")


def test_a_tick_is_kept_and_taken_back(
    screen: RepliesScreen, services: Services, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(screen, loop, monkeypatch)
    screen.detail.rows[0].done.setFocus()
    press(Qt.Key.Key_Space)
    assert services.replies.open_requests(YEAR) == ()
    screen.detail.rows[0].done.setFocus()
    press(Qt.Key.Key_Space)
    assert len(services.replies.open_requests(YEAR)) == 1


def test_the_receipt_is_shown_and_printed_at_any_time(
    screen: RepliesScreen, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    take_in(screen, loop, monkeypatch)
    press_letter(Qt.Key.Key_P)
    assert screen.panel.view.page_count() == 1
    press_letter(Qt.Key.Key_R)
    printer = screen.panel._printer
    assert isinstance(printer, RecordingPrinter)
    assert printer.printed == [("受領証", 1, "みほんプリンター")]
    press_letter(Qt.Key.Key_B)
    assert screen.detail.isVisible()


def test_a_foreign_file_is_told_and_changes_nothing(
    screen: RepliesScreen, services: Services, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    wrong = tmp_path / "<b>memo.shakyo"
    wrong.write_bytes(b"hello")
    monkeypatch.setattr(choosers, "choose_files", lambda *_: [wrong])
    press_letter(Qt.Key.Key_O)
    assert screen.messages.kind == "problem"
    assert "<b>memo.shakyo" in screen.messages.text()
    assert services.replies.replies() == ()


def test_the_setup_of_one_s_own_office_is_known_already(
    screen: RepliesScreen, loop: Loop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(choosers, "choose_files", lambda *_: [loop.office.setup])
    press_letter(Qt.Key.Key_O)
    assert "もう受け取っています" in screen.messages.text()
