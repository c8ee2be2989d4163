"""事務所へ提出: what is open is told and answered on the spot; one file is written as often as it takes."""

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from shakyo_desktop.domain.codes import Assembly, Stage
from shakyo_desktop.domain.errors import DestinationFailed
from shakyo_desktop.domain.records import ACTIVITIES, ITEM_STATUSES, RecordRef
from shakyo_desktop.gui.district.submit_screen import CHECK, HANDOVER, SAVE, SubmitScreen
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.background import ImmediateWorker
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.services.drives import Drive, DriveService
from shakyo_desktop.services.registry import Services
from tests.gui.keys import commit_composed, press, press_letter, type_text
from tests.gui.loop_world import YEAR

Open = Callable[[str], Services]
Show = Callable[[QWidget], QWidget]
PLAN = "chiba-shakyo-7"


class Sticks:
    """A lister with the sticks a test plugs in."""

    def __init__(self) -> None:
        self.there: list[Drive] = []
        self.ejected: list[str] = []
        self.refuses = False

    def list(self) -> list[Drive]:
        return self.there

    def eject(self, drive: Drive) -> None:
        if self.refuses:
            raise DestinationFailed("USBメモリをまだ取り外せません。", code="destination.in_use")
        self.ejected.append(drive.id)


@pytest.fixture
def sticks(tmp_path: Path) -> Sticks:
    """One stick, plugged in."""
    found = Sticks()
    (tmp_path / "stick").mkdir()
    found.there.append(Drive("sdb1", "みほんUSB", "E:", tmp_path / "stick", 3 << 30, 4 << 30, "usb"))
    return found


@pytest.fixture
def submit(open_district: Open, sticks: Sticks, shown: Show) -> SubmitScreen:
    """The screen of a year in which nothing is open."""
    return screen_of(open_district("written"), sticks, shown)


def screen_of(services: Services, sticks: Sticks, shown: Show) -> SubmitScreen:
    """The screen over a store, with the keyboard."""
    services = replace(services, drives=DriveService(sticks))
    screen = SubmitScreen(services, ImmediateWorker(), lambda: YEAR, RecordingPrinter())
    shown(screen)
    screen.enter()
    screen.focus_first()
    return screen


def test_three_steps_by_keyboard(submit: SubmitScreen, sticks: Sticks, tmp_path: Path) -> None:
    submit.check.chair.focus_input()
    commit_composed("みほん 太郎")
    press_letter(Qt.Key.Key_N)
    assert submit.step() == SAVE
    press_letter(Qt.Key.Key_U)
    assert submit.step() == HANDOVER
    assert [file.name for file in (tmp_path / "stick").iterdir()] == ["999999-01-2026-r1.shakyo"]
    assert not submit.handover._safe.isVisible()
    press_letter(Qt.Key.Key_E)
    assert sticks.ejected == ["sdb1"]
    assert submit.handover._safe.isVisible()
    assert "取り外せます" in submit.messages.text()
    last = submit._services.submission.submissions(YEAR)[0]
    assert (last.chair_name, last.stage, last.assembly) == ("みほん 太郎", Stage.INTERIM, Assembly.NONE)


def test_a_stick_that_is_not_let_go_is_never_called_safe(submit: SubmitScreen, sticks: Sticks) -> None:
    sticks.refuses = True
    press_letter(Qt.Key.Key_N)
    press_letter(Qt.Key.Key_U)
    press_letter(Qt.Key.Key_E)
    assert "まだ取り外せません" in submit.messages.text()
    assert not submit.handover._safe.isVisible()
    sticks.refuses = False
    submit.messages.action_button.click()
    assert submit.handover._safe.isVisible()


def test_what_cannot_be_written_is_written_again_as_the_same_file(
    submit: SubmitScreen, sticks: Sticks, tmp_path: Path
) -> None:
    press_letter(Qt.Key.Key_N)
    (tmp_path / "stick").rmdir()
    press_letter(Qt.Key.Key_U)
    assert submit.step() == SAVE
    assert "入力した内容はこのパソコンに残っています" in submit.messages.text()
    (tmp_path / "stick").mkdir()
    submit.messages.action_button.click()
    assert submit.step() == HANDOVER
    assert len(submit._services.submission.submissions(YEAR)) == 1


def test_without_a_stick_another_folder_does(
    submit: SubmitScreen, sticks: Sticks, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sticks.there.clear()
    press_letter(Qt.Key.Key_N)
    press_letter(Qt.Key.Key_U)
    assert "保存する場所が選ばれていません" in submit.messages.text()
    (tmp_path / "folder").mkdir()
    monkeypatch.setattr(choosers, "choose_folder", lambda *_: tmp_path / "folder")
    submit.saving.picker.folder_button.click()
    press_letter(Qt.Key.Key_U)
    assert submit.step() == HANDOVER
    assert not submit.handover.eject_button.isVisible()


def test_a_hard_problem_blocks_and_opens_its_field(
    open_district: Open, sticks: Sticks, shown: Show, asked
) -> None:
    services = open_district("written")
    activity = services.recording.open_year(YEAR).records.activities[0]
    ref = RecordRef(ACTIVITIES, activity.id)
    services.recording.change(ref, "held_on", None, "９月のいつか")
    screen = screen_of(services, sticks, shown)
    requests = asked(screen)
    press_letter(Qt.Key.Key_N)
    assert screen.step() == CHECK
    assert "直すところ 1件" in screen.messages.text()
    row = screen.check.problems.rows()[0]
    row.open_button.setFocus()
    press(Qt.Key.Key_Return)
    assert requests[0][0] == "diary"
    assert services.submission.submissions(YEAR) == ()


def test_a_reason_is_typed_right_there_and_kept(
    open_district: Open, sticks: Sticks, shown: Show, qtbot
) -> None:
    services = open_district("written")
    status = services.recording.status_for(YEAR, PLAN, 9)
    services.recording.change(RecordRef(ITEM_STATUSES, status.id), "state", None)
    screen = screen_of(services, sticks, shown)
    screen.check.stage.choose(1)
    soft = [row for row in screen.check.problems.rows() if row.reason and not row.problem.answered]
    assert soft
    press_letter(Qt.Key.Key_N)
    assert screen.step() == CHECK
    with qtbot.waitSignal(screen.records_changed):
        soft[0].reason.focus_input()
        commit_composed("今年は建物の工事のため")
        press(Qt.Key.Key_Return)
    kept = [one for one in services.checking.problems(YEAR, Stage.FINAL) if one.reason]
    assert "今年は建物の工事のため" in [one.reason for one in kept]


def test_what_did_not_change_is_not_made_again_but_saved_as_it_is(
    open_district: Open, sticks: Sticks, shown: Show
) -> None:
    services = open_district("handed_in")
    screen = screen_of(services, sticks, shown)
    assert screen.check.notice.isVisible()
    press_letter(Qt.Key.Key_N)
    assert screen.step() == SAVE
    assert "第1版" in screen.messages.text()
    assert len(services.submission.submissions(YEAR)) == 1


def test_another_chair_makes_another_revision_of_what_did_not_change(
    open_district: Open, sticks: Sticks, shown: Show
) -> None:
    services = open_district("handed_in")
    screen = screen_of(services, sticks, shown)
    screen.check.chair.focus_input()
    commit_composed("の代理")
    press_letter(Qt.Key.Key_N)
    assert screen.step() == CHECK
    assert len(services.submission.submissions(YEAR)) == 1
    screen.messages.action_button.click()
    assert screen.step() == SAVE
    assert len(services.submission.submissions(YEAR)) == 2


def test_after_a_stick_that_fails_the_keyboard_is_at_the_button_that_tries_again(
    submit: SubmitScreen, monkeypatch: pytest.MonkeyPatch
) -> None:
    press_letter(Qt.Key.Key_N)
    assert submit.step() == SAVE

    def fails(*_args: object, **_more: object) -> None:
        raise DestinationFailed("USBメモリに保存できませんでした。", code="destination.full")

    monkeypatch.setattr(submit._services.submission, "write", fails)
    press_letter(Qt.Key.Key_U)
    assert submit.messages.kind == "problem"
    assert QApplication.focusWidget() is submit.saving.save_button


def test_an_earlier_file_is_saved_once_more_and_its_paper_printed(
    open_district: Open, sticks: Sticks, shown: Show, tmp_path: Path
) -> None:
    screen = screen_of(open_district("handed_in"), sticks, shown)
    press_letter(Qt.Key.Key_A)
    press_letter(Qt.Key.Key_U)
    assert (tmp_path / "stick" / "999999-01-2026-r1.shakyo").is_file()
    press_letter(Qt.Key.Key_B)
    press_letter(Qt.Key.Key_V)
    assert screen.handover.panel.view.page_count() >= 1
    press_letter(Qt.Key.Key_R)
    printer = screen.handover.panel._printer
    assert isinstance(printer, RecordingPrinter)
    assert [title for title, _, _ in printer.printed] == ["送付票"]


def test_the_chair_s_name_is_remembered(open_district: Open, sticks: Sticks, shown: Show) -> None:
    screen = screen_of(open_district("handed_in"), sticks, shown)
    assert screen.check.chair_name() == "みほん 部会長"


def test_typing_a_reason_is_not_disturbed_by_reading_again(
    open_district: Open, sticks: Sticks, shown: Show
) -> None:
    services = open_district("written")
    status = services.recording.status_for(YEAR, PLAN, 9)
    services.recording.change(RecordRef(ITEM_STATUSES, status.id), "state", None)
    screen = screen_of(services, sticks, shown)
    screen.check.stage.choose(1)
    row = next(row for row in screen.check.problems.rows() if row.reason and not row.problem.answered)
    row.reason.focus_input()
    type_text("abc")
    screen.enter()
    assert row.reason.shown_text() == "abc"


def test_coming_back_after_handing_in_begins_again_with_the_checks(
    submit: SubmitScreen, sticks: Sticks
) -> None:
    press_letter(Qt.Key.Key_N)
    press_letter(Qt.Key.Key_U)
    submit.enter()
    assert submit.step() == HANDOVER
    press_letter(Qt.Key.Key_E)
    submit.enter()
    assert submit.step() == CHECK
