"""Pictures of every main screen with the data of a demonstration, drawn without a display."""

import os
import sys
from pathlib import Path

from PySide6.QtCore import qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from shakyo_desktop.gui.session import Session, read_facts
from shakyo_desktop.gui.shared.background import ImmediateWorker
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.gui.shared.screenshot import grab_screen, settle
from shakyo_desktop.gui.shared.search_screen import SearchScreen
from shakyo_desktop.gui.shared.theme import apply_theme
from shakyo_desktop.gui.start.first_choices import first_page
from shakyo_desktop.gui.start.number_page import NumberPage
from shakyo_desktop.gui.start.start_window import StartWindow
from shakyo_desktop.gui.ward.targets import ReportOf
from shakyo_desktop.services.registry import Services

DISTRICT = (
    "home",
    "items",
    "diary",
    "keying",
    "print",
    "submit",
    "replies",
    "shared_practices",
    "search",
    "settings",
)
WARD = (
    "overview",
    "intake",
    "registrations",
    "review",
    "matrix",
    "figures",
    "answers",
    "compilation",
    "practices",
    "keying",
    "proxy",
    "print",
    "search",
    "office",
)

_ASKED = "体操"
"""What is typed into the search before it is drawn."""


def draw_screens(ward: Services, district: Services, folder: Path) -> list[Path]:
    """Draw the main screens of a district and of its ward into ``folder``; returns the PNG files.

    The services stay open and belong to the caller.

    Raises:
        OSError: a picture cannot be written.
    """
    app = _application()
    apply_theme(app, high_contrast=False)
    folder.mkdir(parents=True, exist_ok=True)
    drawn: list[Path] = []
    for services, keys in ((district, DISTRICT), (ward, WARD)):
        drawn += _draw_session(services, keys, folder, len(drawn))
    return drawn + _draw_start(folder, len(drawn))


def _application() -> QApplication:
    """The running application, or one that needs no display."""
    running = QApplication.instance()
    if isinstance(running, QApplication):
        return running
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    qInstallMessageHandler(_say_news)
    return QApplication(sys.argv[:1])


def _say_news(_kind: object, _where: object, text: str) -> None:
    """Pass Qt's messages on, but for what a platform without windows says about every window."""
    if not text.startswith("This plugin does not support"):
        print(text, file=sys.stderr)


def _draw_start(folder: Path, before: int) -> list[Path]:
    window = StartWindow()
    drawn: list[Path] = []
    for name, page in (("start", first_page()), ("check-number", NumberPage())):
        window.show_page(page)
        settle()
        drawn.append(grab_screen(window, folder / f"{before + len(drawn) + 1:02d}-{name}.png"))
    window.hide()
    window.deleteLater()
    settle()
    return drawn


def _target(services: Services, key: str) -> object:
    """What to open on a screen that shows one thing of many: a report at an item that changed."""
    if key != "review":
        return None
    rows = services.review.overview(services.settings.current_fiscal_year())
    package_id = next((row.package_id for row in rows if row.package_id), None)
    if package_id is None:
        return None
    view = services.review.report(package_id)
    changed = [one.item_number for one in view.differences if one.item_number is not None]
    item = (view.plans[0].id, changed[0]) if changed and view.plans else None
    return ReportOf(package_id, item)


def _draw_session(services: Services, keys: tuple[str, ...], folder: Path, before: int) -> list[Path]:
    session = Session(services, read_facts(services), ImmediateWorker(), RecordingPrinter())
    session.start()
    drawn: list[Path] = []
    for key in keys:
        session.window.show_screen(key, _target(services, key))
        screen = session.window.screen_of(key)
        if isinstance(screen, SearchScreen):
            screen.input.setText(_ASKED)
        grab = folder / f"{before + len(drawn) + 1:02d}-{key}.png"
        settle()
        drawn.append(grab_screen(session.window, grab))
    session.window.hide()
    session.window.deleteLater()
    session.deleteLater()
    settle()
    return drawn
