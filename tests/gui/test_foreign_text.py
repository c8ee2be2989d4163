"""Everything that shows foreign text shows markup as text, on every screen of every role."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.gui.session import Session, read_facts
from shakyo_desktop.gui.shared.background import ImmediateWorker
from shakyo_desktop.gui.shared.labels import plain_tip
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.gui.shared.screenshot import settle
from shakyo_desktop.gui.shared.search_screen import SearchScreen
from shakyo_desktop.gui.start.file_page import FilePage
from shakyo_desktop.gui.start.name_page import NamePage
from shakyo_desktop.gui.start.number_page import NumberPage
from shakyo_desktop.gui.start.start_window import StartWindow
from shakyo_desktop.gui.start.step_page import StepPage
from shakyo_desktop.gui.start.waiting_page import TroublePage
from shakyo_desktop.gui.ward.targets import DistrictOf, PracticeOf
from tests.gui.foreign import look, shown_tip
from tests.gui.test_sizes import district_screens, ward_screens
from tests.services.foreign_world import LONG, NAME, SHORT, found_foreign
from tests.services.loop.world import EAST, ITEM, PLAN

LEAST = {"east": 60, "ward": 100, "city": 5}
"""Screens with foreign texts at least, so that the walk sees what it should."""


@pytest.fixture(scope="module")
def stores(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The stores of the whole journey."""
    root = tmp_path_factory.mktemp("foreign") / "world"
    with found_foreign(root):
        return root


@pytest.fixture(params=["east", "ward", "city"])
def session(request: pytest.FixtureRequest, stores: Path, qapp: QApplication) -> Iterator[Session]:
    """The window of a district, of the ward, of the city."""
    services = open_services(stores / request.param)
    made = Session(services, read_facts(services), ImmediateWorker(), RecordingPrinter())
    made.setObjectName(request.param)
    made.start()
    made.window.resize(1366, 688)
    made.window.show()
    yield made
    made.end()
    settle()


def places(session: Session) -> list[tuple[str, object]]:
    """Every screen, and what can be opened on it."""
    role = session.objectName()
    if role == "city":
        return [(key, None) for key in session.window._entries]
    if role == "east":
        return [*district_screens(session), ("items", (PLAN, ITEM)), ("print", None)]
    stories = [one.key for one in session.services.sharing.rows()]
    more = [("practices", PracticeOf(*key)) for key in stories[:1]]
    more += [("review", DistrictOf(EAST)), ("overview", DistrictOf(EAST)), ("print", None)]
    return [*ward_screens(session), *more]


def test_no_screen_takes_foreign_text_for_markup(session: Session) -> None:
    found: list[str] = []
    seen = 0
    for key, target in places(session):
        session.window.show_screen(key, target)
        settle()
        screen = session.window.screen_of(key)
        if isinstance(screen, SearchScreen):
            screen.input.setText("ながい")
            settle()
        foreign, faults = look(screen)
        seen += foreign
        found += [f"{key} {target}: {fault}" for fault in faults]
    found += look(session.window)[1]
    assert sorted(set(found)) == []
    assert seen > LEAST[session.objectName()]


def test_a_message_and_a_report_of_a_bug_show_foreign_text_as_it_is(session: Session) -> None:
    session.window.messages.show_message("problem", LONG, SHORT, lambda: None)
    assert look(session.window)[1] == set()


CASES = {
    "markup": LONG,
    "a name": NAME,
    "an entity": "&lt;馬 &amp; 牛".replace("牛", "<b>牛</b>"),
    "plain": "みほん",
}


@pytest.mark.parametrize("text", CASES.values(), ids=CASES)
def test_a_tooltip_shows_text_as_it_is(text: str) -> None:
    assert shown_tip(plain_tip(text)) == text


def test_the_walk_finds_what_reads_markup(qtbot: QtBot) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    QLabel(SHORT, window)
    QPushButton(SHORT, window)
    QWidget(window).setToolTip(SHORT)
    QPushButton(SHORT.replace("&", "&&"), window)
    kinds = sorted(fault.split(" of ")[0].split(":")[0] for fault in look(window)[1])
    assert kinds == ["QLabel may read markup", "the text", "the tooltip"]


def test_the_pages_before_the_window_show_foreign_text_as_it_is(qtbot: QtBot) -> None:
    window = StartWindow()
    qtbot.addWidget(window)
    chosen = FilePage(SHORT, LONG, SHORT, SHORT, SHORT, SHORT)
    chosen.show_found(f"{SHORT}.shakyo", LONG)
    number, name = NumberPage(), NamePage()
    number.show_district(SHORT)
    name.set_organisation(SHORT)
    pages = [chosen, number, name, StepPage("", ""), TroublePage(LONG, (("again", SHORT, "A"),))]
    for page in pages:
        page.set_title(SHORT)
        page.messages.show_message("problem", LONG)
        window.show_page(page)
        foreign, faults = look(window)
        assert faults == set()
        assert foreign > 1
