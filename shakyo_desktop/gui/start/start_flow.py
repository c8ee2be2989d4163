"""From a data folder to open services: opening, unlocking, the first start, practice, restoring."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import ShakyoError, StoreDamaged, StoreLocked
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Screen
from shakyo_desktop.gui.shared.printing import Printer
from shakyo_desktop.gui.start.beginning import Clock
from shakyo_desktop.gui.start.damage_flow import DamageFlow
from shakyo_desktop.gui.start.first_choices import (
    DISTRICT,
    OFFICE,
    PRACTICE,
    RESTORE,
    TAKE_OVER,
    first_page,
    practice_page,
)
from shakyo_desktop.gui.start.founding_flow import FoundingFlow
from shakyo_desktop.gui.start.restoring_flow import RestoringFlow
from shakyo_desktop.gui.start.secret_page import unlock_page
from shakyo_desktop.gui.start.start_window import StartWindow
from shakyo_desktop.gui.start.taking_over_flow import TakingOverFlow
from shakyo_desktop.gui.start.waiting_page import TroublePage, WaitingPage
from shakyo_desktop.services.drives import DriveService
from shakyo_desktop.services.founding import found_practice
from shakyo_desktop.services.opening import has_store
from shakyo_desktop.services.practice_folder import practice_folder
from shakyo_desktop.services.registry import Services

OpenServices = Callable[[Path, Callable[[], str] | None, Clock], Services]
_SLOW_MS = 300


class StartFlow(QObject):
    """Shows its window only when a person is needed, or when opening takes a while.

    Signals:
        opened: the services of the store that was opened.
        shown: the first page a person can use is shown.
        in_use: another window has the store.
    """

    opened = Signal(object)
    shown = Signal()
    in_use = Signal(object)

    def __init__(
        self,
        worker: BackgroundWorker,
        printer: Printer,
        open_services: OpenServices,
        clock: Clock,
        drives: DriveService | None = None,
    ) -> None:
        super().__init__()
        self._worker, self._printer = worker, printer
        self._open_services, self._clock = open_services, clock
        self._drives = drives or DriveService()
        self.window = StartWindow()
        self._flow: QObject | None = None
        self._home = Path()
        self._waiting = WaitingPage()
        self._unlock = unlock_page()
        self._unlock.next_requested.connect(self._try_secret)
        self._folder = Path()
        self.opened.connect(lambda _services: self._forget())
        self._soon = QTimer(self, singleShot=True, interval=_SLOW_MS)
        self._soon.timeout.connect(lambda: self._show(self._waiting))

    def begin(self, folder: Path, *, practice: bool = False) -> None:
        """Open the folder's store, or lead through the first start when it has none."""
        self._home = folder
        if practice:
            self.practise()
        elif has_store(folder):
            self.open(folder)
        else:
            self.first_start()

    def open(self, folder: Path, secret: str | None = None) -> None:
        """Open a store in the background."""
        self._folder = folder
        ask = (lambda: secret) if secret is not None else None
        self._soon.start()
        self._worker.run(
            lambda: self._open_services(folder, ask, self._clock), self._opened, self._not_opened, owner=self
        )

    def first_start(self) -> None:
        """Offer the ways to begin."""
        page = first_page()
        page.chosen.connect(self._begin_as)
        self._show(page)

    def practise(self) -> None:
        """Open the practice store, or ask as whom to practise when there is none."""
        folder = practice_folder(self._home)
        if has_store(folder):
            self.open(folder)
            return
        page = practice_page(back=not has_store(self._home))
        page.chosen.connect(lambda role: self._found_practice(folder, OrganisationKind(role)))
        page.back_requested.connect(self.first_start)
        self._show(page)

    def restore(self, folder: Path, back: Callable[[], None], file: Path | None = None) -> None:
        """Lead through restoring a copy where nobody has a store open; ``file`` is chosen already."""
        flow = RestoringFlow(self.window, self._worker, folder, self._clock)
        flow.finished.connect(lambda where: self.open(where))
        flow.left.connect(back)
        self._flow = flow
        flow.start(file)
        self._show_window()

    def _begin_as(self, way: str) -> None:
        if way == PRACTICE:
            self.practise()
        elif way == RESTORE:
            self.restore(self._home, self.first_start)
        elif way == TAKE_OVER:
            taking = TakingOverFlow(self.window, self._worker, self._printer, self._home, self._clock)
            self._lead(taking)
            taking.start(self._drives)
        else:
            flow = FoundingFlow(self.window, self._worker, self._printer, self._home, self._clock)
            self._lead(flow)
            {DISTRICT: flow.start_district, OFFICE: flow.start_office}[way]()

    def _lead(self, flow: FoundingFlow) -> None:
        # who has just thought of a passphrase and typed it twice is not asked for it a third time
        flow.finished.connect(lambda where: self.open(where, flow.beginning.locks.passphrase or None))
        flow.left.connect(self.first_start)
        self._flow = flow

    def _found_practice(self, folder: Path, role: OrganisationKind) -> None:
        self._waiting.set_text("練習の用意をしています…")
        self._show(self._waiting)
        self._worker.run(
            lambda: found_practice(folder, role, self._clock),
            lambda _org: self.open(folder),
            self._not_opened,
            owner=self,
        )

    def _opened(self, services: Services) -> None:
        def judged(done: bool) -> None:
            self._soon.stop()
            self._unlock.set_busy("")
            if done:
                self.opened.emit(services)
            else:
                self._finish_set_up(services)

        self._worker.run(services.settings.is_set_up, judged, self._not_opened, owner=self)

    def _forget(self) -> None:
        """Leave no passphrase in a page that nobody needs any more."""
        self._unlock.forget()
        if self._flow is not None:
            self._flow.deleteLater()
            self._flow = None
        self.window.drop_pages(self._waiting, self._unlock)

    def _finish_set_up(self, services: Services) -> None:
        flow = FoundingFlow(
            self.window, self._worker, self._printer, services.settings.data_dir(), self._clock
        )
        flow.finished.connect(lambda _where: self.opened.emit(services))
        self._flow = flow
        flow.resume(lambda: services.settings.recovery_sheet().pdf)
        self._show_window()

    def _try_secret(self) -> None:
        self._unlock.set_busy("確かめています")
        self.open(self._folder, self._unlock.text())

    def _not_opened(self, error: ShakyoError) -> None:
        self._soon.stop()
        tried = self._unlock.is_busy()
        self._unlock.set_busy("")
        if isinstance(error, StoreLocked):
            self._show(self._unlock)
            if tried:
                present(error, self._unlock.messages)
                self._unlock.focus_first()
        elif error.code == "store.in_use":
            self.in_use.emit(error)
        else:
            self.show_trouble(error)

    def show_trouble(self, error: ShakyoError) -> None:
        """Say why a store does not open and offer the ways on."""
        folder = self._folder
        if isinstance(error, StoreDamaged):
            self.repair(folder, error.message, self._unlock.text() or None)
            return
        page = TroublePage(error.message, (("again", "もう一度開く", "A"), ("restore", "控えから戻す", "H")))

        def go(way: str) -> None:
            if way == "again":
                self.open(folder)
            else:
                self.restore(folder, lambda: self._show(page))

        page.chosen.connect(go)
        self._show(page)

    def repair(self, folder: Path, message: str, secret: str | None = None) -> None:
        """Offer what can be done about a damaged store that nobody has open; ``secret`` when it was typed."""
        flow = DamageFlow(self.window, self._worker, folder, self._clock, message, secret)
        flow.finished.connect(lambda where: self.open(where, flow.secret()))
        flow.again_requested.connect(lambda: self.open(folder, secret))
        flow.restore_requested.connect(lambda file: self.restore(folder, flow.start, file))
        self._flow = flow
        flow.start()
        self._show_window()

    def _show(self, page: Screen) -> None:
        self.window.show_page(page)
        self._show_window()

    def _show_window(self) -> None:
        if not self.window.isVisible():
            self.window.resize(1366, 688)
            self.window.showMaximized()
        page = self.window.current()
        if isinstance(page, Screen) and page is not self._waiting:
            page.focus_first()
            self.shown.emit()
