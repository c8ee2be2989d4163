"""The first screen after a power cut: one message, said once, with the way to go on."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from shakyo_desktop.domain.codes import Assembly, Stage
from shakyo_desktop.domain.records import ITEM_STATUSES, RecordRef
from shakyo_desktop.gui.session import Session, read_facts
from shakyo_desktop.gui.shared.background import ImmediateWorker
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.gui.shared.screenshot import settle
from shakyo_desktop.services.last_end import LastEnd
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.works import Work
from tests.gui.keys import press
from tests.gui.loop_world import YEAR, Loop

Open = Callable[..., tuple[Session, Services]]
SAFE = "「保存済み」と出た内容は、すべて残っています"


@pytest.fixture
def open_after(loop: Loop, tmp_path: Path, qapp: QApplication) -> Iterator[Open]:
    """Opens the window over a copy of a store whose last work was cut short."""
    opened: list[Session] = []

    def open_copy(
        name: str, work: Work, prepare: Callable[[Services], object] = lambda _: None
    ) -> tuple[Session, Services]:
        services = loop.open_copy(name, tmp_path)
        prepare(services)
        services = replace(services, last_end=LastEnd(services.context, work.value))
        session = Session(services, read_facts(services), ImmediateWorker(), RecordingPrinter())
        opened.append(session)
        session.start()
        session.window.resize(1366, 688)
        session.window.show()
        session.window.activateWindow()
        settle()
        return session, services

    yield open_copy
    for session in opened:
        session.end()
    settle()


def test_a_district_hears_it_once_and_saves_the_file_that_was_made(open_after: Open) -> None:
    session, _ = open_after(
        "written",
        Work.SUBMIT,
        lambda services: services.submission.freeze(YEAR, Stage.INTERIM, Assembly.NONE, "みほん 部会長"),
    )
    window, home = session.window, session.window.screen_of("home")
    assert window.messages.text() == ""
    said = home.messages.text()  # type: ignore[attr-defined]
    assert said.startswith("前回は、提出ファイルを保存しているとき、途中で終わりました")
    assert SAFE in said
    home.messages.action_button.setFocus()  # type: ignore[attr-defined]
    press(Qt.Key.Key_Space)
    submit = window.screen_of("submit")
    assert window.current_key == "submit"
    assert submit.step() == 1  # type: ignore[attr-defined]
    assert submit.saving.save_button.isVisible()  # type: ignore[attr-defined]
    window.show_screen("home")
    assert home.messages.text() == ""  # type: ignore[attr-defined]


def test_a_district_chooses_what_becomes_of_text_that_was_being_typed(open_after: Open) -> None:
    def type_something(services: Services) -> None:
        status = services.recording.status_for(YEAR, "chiba-shakyo-7", 1)
        services.recording.save_draft(RecordRef(ITEM_STATUSES, status.id), "outcome", "書きかけの文")

    session, _ = open_after("written", Work.AT_WORK, type_something)
    home = session.window.screen_of("home")
    assert "書きかけのまま終わった入力が1件" in home.messages.text()  # type: ignore[attr-defined]
    assert SAFE in home.messages.text()  # type: ignore[attr-defined]
    home.messages.action_button.click()  # type: ignore[attr-defined]
    assert session.window.current_key == "items"


def test_an_office_hears_it_over_its_first_screen_and_goes_on_receiving(open_after: Open) -> None:
    session, services = open_after("ward", Work.RECEIVE)
    messages = session.window.messages
    assert "ファイルを受け取っているとき" in messages.text()
    assert SAFE in messages.text()
    assert services.last_end.news() is None
    messages.action_button.click()
    assert session.window.current_key == "intake"
    assert messages.text() == ""


def test_work_without_a_screen_of_its_own_is_only_told(open_after: Open) -> None:
    session, _ = open_after("ward", Work.AT_WORK)
    messages = session.window.messages
    assert messages.text().startswith("前回は、プログラムが途中で終わりました")
    assert messages.action_button.isHidden()
