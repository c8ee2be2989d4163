"""The window as a volunteer has it: the whole program's frame with the diary, five years in the store."""

from collections.abc import Iterator
from contextlib import contextmanager

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QWidget

from shakyo_desktop.gui.district.diary_screen import DiaryScreen
from shakyo_desktop.gui.session import Session, read_facts
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.services.registry import Services

SIZE = 1366, 688
FIELD = "venue"


@contextmanager
def open_diary(services: Services) -> Iterator[tuple[QWidget, QLineEdit]]:
    """The main window at its diary, and the line that the place of an activity is typed into.

    The store stays open afterwards.
    """
    worker = BackgroundWorker()
    session = Session(services, read_facts(services), worker, RecordingPrinter())
    window = session.window
    try:
        session.start()
        window.resize(*SIZE)
        window.show()
        window.activateWindow()
        window.show_screen("diary")
        yield window, _line_of(_settled(window.screen_of("diary"), worker))
        window.screen_of("diary").commit()
    finally:
        window.hide()
        window.deleteLater()
        session.deleteLater()
        for _ in range(3):  # what is asked for last, and what that asks for
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            QApplication.processEvents()
            worker.flush()
        worker.stop()


def _settled(screen: QWidget, worker: BackgroundWorker) -> DiaryScreen:
    assert isinstance(screen, DiaryScreen)
    while screen.form is None:
        worker.flush()
        QApplication.processEvents()
    screen.form.focus_place(FIELD)
    QApplication.processEvents()
    return screen


def _line_of(screen: DiaryScreen) -> QLineEdit:
    focused = QApplication.focusWidget()
    if not isinstance(focused, QLineEdit):
        raise SystemExit(f"the diary's field {FIELD} has no line to type into: {focused}")
    return focused
