"""The program with its window: one instance, one worker, from the start to the main window and back."""

import argparse
import json
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QWidget

from shakyo_desktop.crash_report import install_crash_hook
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.locking import Locking
from shakyo_desktop.gui.main_window import MainWindow
from shakyo_desktop.gui.readiness import Readiness, process_age_ms
from shakyo_desktop.gui.session import Session, SessionFacts, read_facts
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.collecting import WindowCollector
from shakyo_desktop.gui.shared.crash_panel import CrashPanel, CrashReports
from shakyo_desktop.gui.shared.icons import icon
from shakyo_desktop.gui.shared.printing import Printer, QtPrinter
from shakyo_desktop.gui.shared.single_instance import SingleInstance
from shakyo_desktop.gui.shared.theme import apply_theme, follow_system_contrast, look
from shakyo_desktop.gui.start.start_flow import OpenServices, StartFlow
from shakyo_desktop.gui.start.start_window import StartWindow
from shakyo_desktop.services.context import utc_now
from shakyo_desktop.services.practice_folder import clear_practice, practice_folder
from shakyo_desktop.services.registry import Services

_DAMAGED = (
    "保存データに、こわれたところが見つかりました。\n"
    "これまでに「保存済み」と出た内容のうち、こわれていないところは残っています。"
)
_PREFERRED = (1366, 688)
SWITCH_SECONDS = 0.001
"""How long a worker keeps the interpreter when the window wants it; Python's own 5 ms are felt in typing."""


class Application(QObject):
    """Goes from the start's window to the main window and, for practice and restoring, back."""

    def __init__(
        self,
        folder: Path,
        open_services: OpenServices,
        *,
        practice: bool = False,
        printer: Printer | None = None,
        clock: Callable[[], datetime] = utc_now,
        on_ready: Callable[[], None] = lambda: None,
    ) -> None:
        super().__init__()
        self._folder, self._practice = folder, practice
        self._on_ready = on_ready
        self._printer = printer or QtPrinter()
        self.worker = BackgroundWorker(self)
        self.start = StartFlow(self.worker, self._printer, open_services, clock)
        self.start.opened.connect(self._opened)
        self.start.in_use.connect(self._in_use)
        self.start.window.closed.connect(self._quit)
        self.locking = Locking(self.worker, self.start.window, self)
        self.session: Session | None = None
        self._panels: dict[QWidget, CrashPanel] = {}
        self._watch: Readiness | None = None
        self.reports = CrashReports(self)
        self.reports.reported.connect(self.show_report)

    def begin(self) -> None:
        """Open the store or begin the first start."""
        self.start.shown.connect(lambda: self._watch_window(self.start.window))
        self.start.begin(self._folder, practice=self._practice)

    def end(self) -> None:
        """Finish what is being stored and let the store go."""
        session, self.session = self.session, None
        self.locking.end()
        if session is not None:
            session.end()
        self.worker.stop()

    def bring_forward(self) -> None:
        """Show whichever window is used now over all others."""
        self._used_window().bring_forward()

    def show_report(self, text: str) -> None:
        """Show a crash report over the window that is used now."""
        window = self._used_window()
        if window not in self._panels:
            self._panels[window] = CrashPanel(window)
        self._panels[window].show_report(text)
        if not window.isVisible():  # it happened before the first window was there
            window.show()

    def _used_window(self) -> MainWindow | StartWindow:
        """The window of an open store, else the one that asks."""
        return self.session.window if self.session and not self.locking.is_locked else self.start.window

    # From the start to the main window.

    def _opened(self, services: Services) -> None:
        self.worker.run(
            lambda: read_facts(services),
            lambda facts: self._show_session(services, facts),
            self.start.show_trouble,
            owner=self,
        )

    def _show_session(self, services: Services, facts: SessionFacts) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication) and look().text_size != facts.text_size:
            apply_theme(app, facts.text_size)
        session = Session(services, facts, self.worker, self._printer)
        session.closed.connect(self._quit)
        session.restore_requested.connect(self._restore)
        session.repair_requested.connect(self._repair)
        session.practice_reset_requested.connect(self._reset_practice)
        session.practice_left.connect(self._leave_practice)
        self.session = session
        session.start()
        self.locking.begin(session, facts.idle_minutes)
        self._watch_window(session.window)
        session.window.resize(*_PREFERRED)
        session.window.showMaximized()
        session.window.activateWindow()
        session.window.screen_of(session.window.current_key).focus_first()
        self.start.window.hide()

    def _in_use(self, error: ShakyoError) -> None:
        self.start.show_trouble(error)

    # And back.

    def _end_session(self) -> Path:
        session = self.session
        assert session is not None
        folder = session.services.settings.data_dir()
        self.session = None
        self.locking.end()
        self._panels.pop(session.window, None)
        session.end()
        session.deleteLater()
        return folder

    def _restore(self, file: Path | None) -> None:
        folder = self._end_session()
        self.start.restore(folder, lambda: self.start.open(folder), file)

    def _repair(self) -> None:
        self.start.repair(self._end_session(), _DAMAGED)

    def _reset_practice(self) -> None:
        folder = self._end_session()
        self.worker.run(
            lambda: clear_practice(folder),
            lambda _: self.start.practise(),
            self.start.show_trouble,
            owner=self,
        )

    def _leave_practice(self) -> None:
        self._end_session()
        self.start.begin(self._folder)

    def _quit(self) -> None:
        QTimer.singleShot(0, QGuiApplication.quit)

    def _watch_window(self, window: QWidget) -> None:
        if self._watch is None:
            self._watch = Readiness(window, self)
            self._watch.ready.connect(self._settled)
            window.update()

    def _settled(self) -> None:
        """Ready when what the first screen asked for was answered too."""
        self.worker.run(lambda: None, lambda _: self._on_ready(), owner=self)


def _qt_application() -> QApplication:
    """The one that runs (the opening sign's), or a new one, with the program's look."""
    running = QApplication.instance()
    app = running if isinstance(running, QApplication) else QApplication(sys.argv[:1])
    app.setApplicationName("shakyo_desktop")
    app.setQuitOnLastWindowClosed(False)
    apply_theme(app)
    follow_system_contrast(app)
    app.setWindowIcon(icon("notebook-pen", "#0017c1", 64))
    return app


def run_window(args: argparse.Namespace, open_services: OpenServices, sign: QWidget | None = None) -> int:
    """Open the window for ``args`` (data, practice, exit_when_ready) and return the exit status.

    ``sign`` is what stands on the screen meanwhile; it goes when the window is ready.
    """
    app = _qt_application()
    folder: Path = args.data
    instance = SingleInstance(practice_folder(folder) if args.practice else folder)
    if instance.tell_first():
        return 0
    instance.listen()
    sys.setswitchinterval(SWITCH_SECONDS)
    collector = WindowCollector(app)

    def ready() -> None:
        if sign is not None:
            sign.close()
        collector.set_aside()
        if args.exit_when_ready:
            print(json.dumps({"ready_ms": round(process_age_ms(), 1)}), flush=True)
            app.quit()

    application = Application(folder, open_services, practice=args.practice, on_ready=ready)
    install_crash_hook(folder / "logs", application.reports.reported.emit)
    if sign is not None:
        application.reports.reported.connect(sign.close)
    instance.raise_requested.connect(application.bring_forward)
    application.locking.locked.connect(collector.let_go)
    application.begin()
    status = app.exec()
    application.end()
    collector.stop()
    instance.close()
    return status
