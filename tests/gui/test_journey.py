"""The journey: a volunteer begins, records in Japanese, hands in, reads the answer, corrects, hands in again.

Everything in the district's window is done with keys and an input method; the office works through its
services, and knows of the district only what stands in files and on paper.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.codes import ImplementationState, ReportState
from shakyo_desktop.gui.application import Application
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.fields import Field
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.gui.start import founding_flow
from shakyo_desktop.services.registry import Services
from tests.documents.pdf_reading import text_of
from tests.gui.keys import commit_composed, compose, focus, press, press_letter, type_text
from tests.gui.loop_world import EAST, NAMES, YEAR, make_office, moment

ENTER = Qt.Key.Key_Return
PLAN = "chiba-shakyo-7"
OUTCOME = "見守りの輪がひろがりました。"
QUESTION = "延べ人数を教えてください。"
CORRECTION = "延べ人数は、受付の名簿で数えて百二十人でした。"


@dataclass
class Volunteer:
    """The person at the keyboard of one running program."""

    application: Application
    qtbot: QtBot

    @property
    def services(self) -> Services:
        """What the window works with."""
        assert self.application.session is not None
        return self.application.session.services

    def wait(self, condition: Callable[[], bool]) -> None:
        """Wait as a person does who looks at the screen."""
        self.qtbot.waitUntil(condition, timeout=20_000)

    def wait_for_page(self, name: str) -> QWidget:
        """Wait for a page of the start."""
        window = self.application.start.window
        self.wait(lambda: type(window.current()).__name__ == name and window.isActiveWindow())
        page = window.current()
        assert page is not None
        return page

    def wait_for_window(self) -> None:
        """Wait for the main window to have the keyboard."""
        self.wait(lambda: self.application.session is not None)
        window = self.application.session.window  # type: ignore[union-attr]
        window.activateWindow()
        self.wait(window.isActiveWindow)

    def go(self, key: str) -> QWidget:
        """Walk to a screen through the list on the left."""
        window = self.application.session.window  # type: ignore[union-attr]
        window.navigation.row(key).setFocus()
        press(ENTER)
        self.wait(lambda: window.current_key == key)
        self.settle()
        return window.screen_of(key)

    def settle(self) -> None:
        """Let what was asked for be answered."""
        for _ in range(4):
            self.application.worker.flush()
            QCoreApplication.processEvents()

    def field(self) -> Field:
        """The field that has the keyboard."""
        widget: QWidget | None = focus()
        while widget is not None and not isinstance(widget, Field):
            widget = widget.parentWidget()
        assert widget is not None
        return widget

    def to_field(self, name: str) -> None:
        """Press Enter (Ctrl+Enter in long texts) until a field is reached."""
        for _ in range(40):
            if self.field().name == name:
                return
            press(ENTER, Qt.KeyboardModifier.ControlModifier)
        raise AssertionError(f"{name} is not reached from here; at {self.field().name}")


@pytest.fixture
def volunteer(qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Volunteer]:
    """A program that was never started before, on a computer without a key ring."""
    monkeypatch.setattr(founding_flow, "key_ring_works", lambda: False)
    application = Application(tmp_path / "data", open_services, printer=RecordingPrinter(), clock=moment)
    application.begin()
    application.start.window.activateWindow()
    yield Volunteer(application, qtbot)
    application.end()
    application.start.window.deleteLater()
    QCoreApplication.processEvents()


def begin(
    volunteer: Volunteer, setup: Path, number: str, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """From the three big choices to the open window."""
    monkeypatch.setattr(choosers, "choose_file", lambda *_: setup)
    volunteer.wait_for_page("ChoicesPage")
    press_letter(Qt.Key.Key_D)
    page = volunteer.wait_for_page("FilePage")
    press(ENTER)
    volunteer.wait(page.next_button.hasFocus)  # type: ignore[attr-defined]
    press(ENTER)
    volunteer.wait_for_page("NumberPage")
    type_text(number)
    press(ENTER)
    press(ENTER)
    volunteer.wait_for_page("NamePage")
    compose("みほん はなこ")
    commit_composed("見本 花子")
    press(ENTER)
    press(ENTER)
    volunteer.wait_for_page("LockPage")
    volunteer.settle()
    press(ENTER)
    for _ in range(2):
        commit_composed("はなみずきの咲く通り")
        press(ENTER)
    press(ENTER)
    sheet = volunteer.wait_for_page("SheetPage")
    volunteer.wait(lambda: sheet.panel.view.page_count() == 1)  # type: ignore[attr-defined]
    printed = text_of(sheet.panel._shown.pdf, folder)  # type: ignore[attr-defined]
    lines = re.findall(r"[1-3]行目([A-Z0-9]{18,20}?)(?=[1-3]行目|この紙)", printed)
    sheet.text.focus_input()  # type: ignore[attr-defined]
    type_text(" ".join(lines).lower())
    press(ENTER)
    press(ENTER)
    volunteer.wait_for_window()  # the passphrase was typed twice; nobody asks a third time
    volunteer.settle()


def record(volunteer: Volunteer) -> None:
    """An item's state and outcome, and one activity, in Japanese."""
    window = volunteer.application.session.window  # type: ignore[union-attr]
    press(ENTER)
    volunteer.wait(lambda: window.current_key == "items")
    volunteer.settle()
    assert volunteer.field().name == "state"
    press(Qt.Key.Key_3)
    volunteer.to_field("outcome")
    compose("みまもりのわが")
    commit_composed(OUTCOME)
    press(Qt.Key.Key_N, Qt.KeyboardModifier.ControlModifier)
    volunteer.wait(lambda: window.current_key == "diary")
    volunteer.settle()
    volunteer.to_field("venue")
    commit_composed("みほん公民館")
    volunteer.to_field("content")
    compose("しょくじかい")
    commit_composed("ふれあい食事会をひらきました。")
    volunteer.to_field("participants")
    type_text("２４")
    press(ENTER)
    volunteer.settle()


def hand_in(volunteer: Volunteer, folder: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Answer what is open, make the file, save it; returns the check number as printed on paper."""
    monkeypatch.setattr(choosers, "choose_folder", lambda *_: folder)
    screen = volunteer.go("submit")
    volunteer.settle()
    for row in screen.check.problems.rows():  # type: ignore[attr-defined]
        if row.problem.blocks:
            assert row.reason is not None, row.problem
            row.reason.focus_input()
            commit_composed("みほんのデータのため")
            press(ENTER)
            volunteer.settle()
    press_letter(Qt.Key.Key_N)
    volunteer.wait(lambda: screen.step() == 1)  # type: ignore[attr-defined]
    screen.saving.picker.folder_button.setFocus()  # type: ignore[attr-defined]
    press(ENTER)
    press_letter(Qt.Key.Key_U)
    volunteer.wait(lambda: screen.step() == 2)  # type: ignore[attr-defined]
    panel = screen.handover.panel  # type: ignore[attr-defined]
    volunteer.wait(lambda: panel.view.page_count() == 1)
    paper = text_of(panel._shown.pdf, folder.parent)
    found = re.search(r"確認番号(\d{4}-\d{4}-\d{4})", paper)
    assert found is not None
    return found[1]


def test_from_the_setup_file_to_an_accepted_second_revision(
    volunteer: Volunteer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "office").mkdir()
    (tmp_path / "stick").mkdir()
    stick = tmp_path / "stick"
    office = make_office(tmp_path / "office")
    begin(volunteer, office.setup, office.numbers[NAMES[0]], tmp_path, monkeypatch)
    record(volunteer)
    number = hand_in(volunteer, stick, monkeypatch)

    ward = open_services(office.folder, clock=moment)
    assert [one.verdict for one in ward.intake.receive([stick])] == ["pending_approval"]
    ward.registrations.approve_matching(EAST, number)
    package_id = next(row.package_id for row in ward.review.overview(YEAR) if row.org == EAST)
    assert package_id is not None
    status = next(one for one in ward.review.report(package_id).records.item_statuses if one.item_number == 1)
    assert (status.state, status.outcome) == (ImplementationState.RUNNING, OUTCOME)
    activity = ward.review.report(package_id).records.activities[0]
    assert (activity.venue, activity.participants) == ("みほん公民館", 24)
    ward.review.comment(package_id, "item_statuses", status.id, "outcome", QUESTION)
    ward.review.send_back(package_id)
    answer = ward.answers.write(tmp_path, [one.answer_id for one in ward.answers.ready()])[0].path

    monkeypatch.setattr(choosers, "choose_files", lambda *_: [answer])
    replies = volunteer.go("replies")
    press_letter(Qt.Key.Key_O)
    volunteer.wait(lambda: len(replies.detail.rows) == 1)  # type: ignore[attr-defined]
    replies.focus_first()  # type: ignore[attr-defined]
    press(ENTER)
    volunteer.wait(lambda: volunteer.application.session.window.current_key == "items")  # type: ignore[union-attr]
    volunteer.settle()
    field = volunteer.field()
    assert field.name == "outcome"
    assert QUESTION in field.remarks.text("request")
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    compose("のべにんずうは")
    commit_composed(CORRECTION)
    volunteer.go("replies")
    replies.detail.rows[0].done.setFocus()  # type: ignore[attr-defined]
    press(Qt.Key.Key_Space)
    volunteer.settle()
    hand_in(volunteer, stick, monkeypatch)

    verdicts = {one.file.name: one for one in ward.intake.receive([stick])}
    assert verdicts["999999-01-2026-r2.shakyo"].verdict == "accepted"
    assert verdicts["999999-01-2026-r1.shakyo"].verdict == "already_received"
    second = ward.review.undecided()[0]
    changed = ward.review.report(second.package_id).records.item_statuses
    assert [one.outcome for one in changed if one.item_number == 1] == [CORRECTION]
    assert ward.review.accept(second.package_id).state is ReportState.ACCEPTED
    ward.close()
