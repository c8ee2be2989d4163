"""Nothing typed is lost: a save that fails, a year that is closed, a program that ended in the middle."""

import sys
from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from shakyo_desktop.domain.codes import Assembly, ImplementationState, ReplyResult, ReportState, Source, Stage
from shakyo_desktop.domain.errors import NotSaved
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.records import ITEM_STATUSES
from shakyo_desktop.domain.submission import CorrectionRequest, Reply, Submission
from shakyo_desktop.gui.shared.buttons import LinkButton
from shakyo_desktop.gui.shared.fields import base as field_base
from tests.gui.district.conftest import YEAR, Desk
from tests.gui.keys import commit_composed, compose, focus, press, type_text
from tests.services.conftest import DISTRICT, PLAN_ID, WARD

WATCH = 6
FULL = NotSaved("保存できませんでした（空きが足りません）。\n入力した内容は画面に残っています。")


def click(button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]


class FullDisk:
    """Lets saving fail for as long as the disk is full."""

    def __init__(self, desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
        self.full = True
        change = desk.services.recording.change

        def save(*args: Any) -> Any:
            if self.full:
                raise FULL
            return change(*args)

        monkeypatch.setattr(desk.services.recording, "change", save)


def hand_in(desk: Desk, state: ReportState = ReportState.ACCEPTED, *requests: CorrectionRequest) -> None:
    """Put a report of the year into the store that the office has answered."""
    context = desk.services.context
    submission = Submission(
        package_id="package-1",
        manifest=f"{1:064x}",
        org=DISTRICT.code,
        fiscal_year=YEAR,
        stage=Stage.FINAL,
        assembly=Assembly.AFTER,
        revision=1,
        supersedes=None,
        key="k",
        seq=1,
        prev=None,
        frozen_at=context.now(),
        state=state,
    )
    reply = Reply(
        answer_id="answer-1",
        package_id="package-1",
        manifest=f"{2:064x}",
        org=DISTRICT.code,
        office=WARD.code,
        received_at=context.now(),
        result=ReplyResult.RETURNED if requests else ReplyResult.ACCEPTED,
        receipt_no="R8-1",
        last_seq=1,
        created_at=context.now(),
        requests=requests,
    )
    with context.database.transaction() as stores:
        stores.submissions.add(submission)
        stores.replies.add(reply)
    desk.book.reload()
    desk.settle()


def test_a_save_that_fails_stays_and_is_tried_again(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    disk = FullDisk(desk, monkeypatch)
    field = desk.open_item(WATCH, "outcome")
    type_text("abc")
    press(Qt.Key.Key_Tab)
    desk.settle()
    assert desk.window.saved_badge.text() == "⚠ 保存できません"
    assert "空きが足りません" in desk.items.messages.text()
    assert desk.book.has_unsaved()
    desk.items.go(1)
    desk.items.go(-1)
    desk.settle()
    assert field.value() == "abc"
    disk.full = False
    click(desk.window.saved_badge.findChild(LinkButton))
    desk.settle()
    assert desk.stored(WATCH).outcome == "abc"
    assert desk.window.saved_badge.text() == "✓ 保存済み 14:00"
    assert not desk.book.has_unsaved()
    assert desk.items.messages.text() == ""


@pytest.mark.skipif(sys.platform == "win32", reason="needs the limits of POSIX")
def test_a_disk_that_is_really_full_keeps_the_text_and_takes_it_once_there_is_room(desk: Desk) -> None:
    import resource  # exists on POSIX only
    import signal

    field = desk.open_item(WATCH, "outcome")
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    heard = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, before[1]))
    try:
        type_text("abc")
        press(Qt.Key.Key_Tab)
        desk.settle()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
        signal.signal(signal.SIGXFSZ, heard)
    assert desk.window.saved_badge.text() == "⚠ 保存できません"
    assert "保存済み」と出た内容は無事です" in desk.items.messages.text()
    assert (field.value(), desk.stored(WATCH).outcome) == ("abc", "")
    again = desk.window.saved_badge.findChild(LinkButton)
    again.setFocus()
    press(Qt.Key.Key_Space)
    desk.settle()
    assert desk.stored(WATCH).outcome == "abc"
    assert desk.window.saved_badge.text() == "✓ 保存済み 14:00"
    assert desk.services.context.database.integrity_problems() == []


def test_the_next_save_that_works_takes_the_failed_ones_along(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    disk = FullDisk(desk, monkeypatch)
    desk.open_item(WATCH, "outcome")
    type_text("abc")
    press(Qt.Key.Key_Tab)
    desk.settle()
    disk.full = False
    desk.open_item(WATCH + 1)
    press(Qt.Key.Key_3)
    desk.settle()
    assert desk.stored(WATCH).outcome == "abc"
    assert desk.stored(WATCH + 1).state is ImplementationState.RUNNING
    assert not desk.window.saved_badge.is_failed()


def test_a_late_reply_never_takes_back_what_was_typed_meanwhile(desk: Desk) -> None:
    field = desk.open_item(WATCH, "outcome")
    for letter in "abcdef":
        type_text(letter)
        field.commit()
    desk.settle()
    assert field.value() == "abcdef"
    assert desk.stored(WATCH).outcome == "abcdef"


def test_an_accepted_year_is_written_in_again_only_with_a_reason(desk: Desk) -> None:
    hand_in(desk)
    desk.open_item(WATCH)
    bar = desk.items.locked_bar
    assert bar.isVisible()
    press(Qt.Key.Key_3)
    desk.settle()
    assert desk.stored(WATCH).state is None
    assert "確定した年度" in desk.window.saved_badge.text()
    assert "まだ保存していません" in bar._words.text()
    click(bar.button)
    assert "理由を書いてください" in bar.reason.remarks.text("problem")
    assert focus() is bar.reason.input()
    commit_composed("人数の誤り")
    click(bar.button)
    desk.settle()
    assert bar.isHidden()
    assert desk.stored(WATCH).state is ImplementationState.RUNNING
    assert not desk.window.saved_badge.is_failed()


def test_a_request_opens_its_field_and_is_ticked_off_there(desk: Desk) -> None:
    ref = desk.ref(WATCH)
    request = CorrectionRequest(
        id="r1",
        package_id="package-1",
        table=ITEM_STATUSES,
        record_id=ref.id,
        field="outcome",
        text="<b>人数</b>は？",
    )
    hand_in(desk, ReportState.REQUESTED, request)
    desk.window.show_screen("home")
    desk.window.show_screen("items", request)
    desk.settle()
    field = desk.items.form.find_field("outcome")  # type: ignore[union-attr]
    assert field is not None
    assert focus() is field.input()
    assert field.remarks.text("request") == "確認のお願い: <b>人数</b>は？"
    field.remarks.pressed.emit("request")
    desk.settle()
    assert desk.services.replies.open_requests(YEAR) == ()
    assert field.remarks.text("request") == ""
    click(desk.items.messages.action_button)
    desk.settle()
    assert [one.id for one in desk.services.replies.open_requests(YEAR)] == ["r1"]
    assert field.remarks.text("request") != ""


@pytest.fixture
def quick_drafts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep drafts at once, so that no test has to wait for the 3 seconds of a person."""
    monkeypatch.setattr(field_base, "DRAFT_MS", 1)
    monkeypatch.setattr(field_base, "PAUSE_MS", 600_000)


@pytest.mark.usefixtures("quick_drafts")
@pytest.mark.parametrize("use", [True, False], ids=["used", "left as it was"])
def test_text_in_the_middle_of_typing_is_found_after_a_crash(
    start: Callable[..., Desk], qtbot: QtBot, use: bool
) -> None:
    crashed = start()
    crashed.services.recording.change(crashed.ref(WATCH), "outcome", "前の文")
    crashed.book.reload()
    crashed.settle()
    crashed.open_item(WATCH, "outcome")
    press(Qt.Key.Key_End, Qt.KeyboardModifier.ControlModifier)
    commit_composed("と、")
    compose("つづき")
    recording = crashed.services.recording
    qtbot.waitUntil(lambda: [one.new_text for one in recording.drafts()] == ["前の文と、つづき"])
    crashed.worker.stop()
    for field in crashed.items.findChildren(field_base.Field):
        field.blockSignals(True)  # what the process would have done later, it never does
    crashed.window.hide()

    found = start()
    [card] = found.items.drafts_panel.cards
    words = [label.text() for label in card.findChildren(QLabel)]
    assert any("見守り活動の促進" in text and "成果" in text and "令和8年9月12日" in text for text in words)
    assert "今の内容: 前の文" in words
    assert "書きかけ: 前の文と、つづき" in words
    click(card.use_button if use else card.drop_button)
    found.settle()
    assert found.stored(WATCH).outcome == ("前の文と、つづき" if use else "前の文")
    assert found.items.drafts_panel.isHidden()
    kept = [row.new for row in recording.history(ref_of(found.stored(WATCH))) if row.source is Source.DRAFT]
    assert kept == ["前の文と、つづき"]
    assert recording.drafts() == ()
    assert found.items.item_key is not None
    assert found.items.item_key[0] == PLAN_ID
