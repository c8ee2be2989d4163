"""The ward's window says whether what is typed is stored, and does not close over what is not."""

import pytest
from PySide6.QtCore import Qt

from shakyo_desktop.bootstrap import wire_services
from shakyo_desktop.domain.compilation import FindingScope
from shakyo_desktop.domain.errors import NotSaved
from shakyo_desktop.gui.session import Session, read_facts
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.gui.ward.targets import NodeOf
from shakyo_desktop.services.compiled_words import CompiledWords
from tests.gui.keys import press, type_text
from tests.services.offices import office_context
from tests.services.reporting import PLAN, YEAR, add_districts, hand_in

WATCH = 6


@pytest.fixture
def services(tmp_path):
    """A ward with a compilation over one district."""
    with office_context(tmp_path / "ward") as context:
        add_districts(context, 1)
        hand_in(context, 1)
        made = wire_services(context)
        made.compilation.compile(PLAN, YEAR)
        yield made


@pytest.fixture
def session(services, qtbot):
    """The ward's window with its real worker, at an item of the compilation."""
    worker = BackgroundWorker()
    opened = Session(services, read_facts(services), worker, RecordingPrinter())
    qtbot.addWidget(opened.window)
    opened.window.show()
    opened.window.activateWindow()
    qtbot.waitUntil(opened.window.isActiveWindow)
    opened.window.show_screen("compilation")
    qtbot.waitUntil(lambda: screen_of(opened).page() is not None)
    screen_of(opened).show_target(NodeOf("item", WATCH))
    yield opened
    worker.stop()


def screen_of(session):
    return session.window.screen_of("compilation")


def write(session, text):
    field = screen_of(session).page().words["outcome"].field
    field.focus_input()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_text(text)


def stored(services):
    return services.compilation.newest(PLAN, YEAR).finding(FindingScope.ITEM, WATCH).outcome


def test_the_badge_says_when_it_is_stored(session, services, qtbot):
    write(session, "見守りが広がった。")
    press(Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: "保存済み 14:00" in session.window.saved_badge.text())
    assert stored(services) == "見守りが広がった。"


def test_what_is_being_typed_is_stored_when_the_window_closes(session, services):
    write(session, "閉じる前の文。")
    assert session.window.close()
    assert stored(services) == "閉じる前の文。"


def test_the_window_stays_open_over_what_could_not_be_stored(session, services, qtbot, monkeypatch):
    def full(*_):
        raise NotSaved("ディスクがいっぱいです。")

    with monkeypatch.context() as patch:
        patch.setattr(CompiledWords, "write_finding", full)
        write(session, "なくならない文。")
        assert not session.window.close()
        assert "保存できません" in session.window.saved_badge.text()
        assert "まだ保存できていない入力があります" in session.window.messages.text()
    session.window.messages.action_button.click()
    qtbot.waitUntil(lambda: stored(services) == "なくならない文。")
    qtbot.waitUntil(lambda: "保存済み" in session.window.saved_badge.text())
    assert session.window.close()
