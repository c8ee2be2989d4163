"""The old computer is gone: the office's answer brings the last report back to a successor's new one."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt

from shakyo_desktop.gui.district.replies_screen import RepliesScreen
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.background import ImmediateWorker
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.services.founding import confirm_recovery, join
from tests.gui.keys import focus, press, press_letter
from tests.gui.loop_world import EAST, KEY_FILE, NAMES, YEAR, Loop, moment
from tests.gui.test_handover_journey import Scene, Show, register, scene, submit

__all__ = ["scene"]


def test_the_answer_to_a_new_computer_brings_back_what_the_predecessor_handed_in(
    scene: Scene, loop: Loop, shown: Show, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ward = loop.open_copy("ward", tmp_path)
    scene.opened.append(ward)
    place, slip = scene.root / "new", loop.office.numbers[NAMES[0]]
    begun = join(place, loop.office.setup.read_bytes(), EAST, slip, "みほん 次の係", KEY_FILE, moment)
    confirm_recovery(place, begun.recovery_identity, moment)
    new = scene.open(place)
    ward.intake.receive([submit(new, scene.stick)])

    # the office types the number, ends the registration before, and does not use the blank year
    screen, asked = register(ward, shown, new.settings.check_number())
    assert asked
    [card] = screen.decisions
    assert focus() is card.join_button
    for button in (card.discard_button, card.delete_button):
        button.setFocus()
        press(Qt.Key.Key_Space)
    assert screen.decisions == []
    answers = [row.answer_id for row in ward.answers.ready() if row.written_at is None]
    files = [file.path for file in ward.answers.write(scene.stick, answers)]

    # the new computer takes the answer in: the year is there, and goes on
    assert not any(status.outcome for status in new.recording.open_year(YEAR).records.item_statuses)
    replies = RepliesScreen(new, ImmediateWorker(), lambda: YEAR, RecordingPrinter())
    shown(replies)
    replies.enter()
    replies.focus_first()
    monkeypatch.setattr(choosers, "choose_files", lambda *_: files)
    press_letter(Qt.Key.Key_O)
    assert "事務所からの返事を受け取りました" in replies.messages.text()
    with ward.context.database.reading() as stores:
        handed_in = stores.records.year(EAST, YEAR).item_statuses
    here = {one.item_number: one.outcome for one in new.recording.open_year(YEAR).records.item_statuses}
    assert any(one.outcome for one in handed_in)
    assert {one.item_number: here[one.item_number] for one in handed_in} == {
        one.item_number: one.outcome for one in handed_in
    }
