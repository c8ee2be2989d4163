"""閉じる: the store is closed while nobody uses the program, and opens again where one was.

The session's window stays, hidden, so that nothing typed or half done is lost (docs/adr/0017).
"""

import shiboken6
from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QDialog, QWidget

from shakyo_desktop.domain.errors import NotReady, ShakyoError
from shakyo_desktop.gui.session import Session
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.idle import IdleWatch
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.start.secret_page import closed_page
from shakyo_desktop.gui.start.start_window import StartWindow

_AGAIN_MS, _LATER_MS = 500, 30_000
_PATIENCE = 2
"""After how many trials it is no matter of moments."""
_AT_WORK = "いまの作業が終わったら、閉じます。\nそのままお待ちください。"
_UNSAVED = (
    "まだ保存できていない入力があるので、閉じていません。\n"
    "ほかの入力はすべて保存されています。\n"
    "ディスクの空きなどを確かめて、「もう一度保存する」を押してください。"
)


class Locking(QObject):
    """Closes the store when it is asked to or when nobody used it for a while; long work is waited for.

    Signals:
        locked: the store is closed and its window hidden.
    """

    locked = Signal()

    def __init__(self, worker: BackgroundWorker, window: StartWindow, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._worker, self._window = worker, window
        self._session: Session | None = None
        self._focus: QWidget | None = None
        self._asked = self._wanted = False
        self._waits = 0
        self.is_locked = False
        self.page = closed_page()
        self.page.next_requested.connect(self._open)
        self.watch = IdleWatch(self)
        self.watch.idle.connect(self._lock_idle)
        self.watch.used.connect(self._back)
        self.again = QTimer(self, singleShot=True)
        self.again.timeout.connect(self._try)

    def begin(self, session: Session, minutes: int) -> None:
        """Look after a session; 0 minutes closes it only when somebody asks."""
        self._session = session
        session.lock_requested.connect(self.lock)
        session.idle_minutes_changed.connect(self.watch.watch)
        self.watch.watch(minutes)

    def end(self) -> None:
        """The session is gone."""
        self.watch.watch(0)
        self._session, self.is_locked, self._wanted = None, False, False

    def lock(self) -> None:
        """Close the store, as soon as nothing is at work."""
        self._asked = self._wanted = True
        self._waits = 0
        self._try()

    def _lock_idle(self) -> None:
        self._wanted, self._waits = True, 0
        self._try()

    def _back(self) -> None:
        """Whoever comes back while work is waited for goes on; who asked for the lock meant it."""
        if self.again.isActive() and not self._asked:
            self.again.stop()
            self._wanted = False

    def _try(self) -> None:
        session = self._session
        if session is None or self.is_locked or not self._wanted:
            return
        if _reject_dialogs() or session.is_at_work():
            self._wait(session)
            return
        session.window.commit()
        # After everything that was just committed; long work may have begun meanwhile.
        self._worker.run(
            session.services.idle_lock.expect_asking,
            lambda _: self._lock_if_saved(session),
            self._not_now,
            owner=self,
        )

    def _wait(self, session: Session) -> None:
        self._waits += 1
        if self._asked and self._waits == _PATIENCE and session.is_at_work():
            session.window.messages.show_message("info", _AT_WORK)
        self.again.start(_AGAIN_MS)

    def _not_now(self, error: ShakyoError) -> None:
        asked, self._asked, self._wanted = self._asked, False, False
        session = self._session
        if asked and session is not None:
            if isinstance(error, NotReady):
                present(error, session.window.messages, "データの守りを開く", session.show_lock_settings)
            else:
                present(error, session.window.messages)

    def _lock_if_saved(self, session: Session) -> None:
        if session is not self._session or self.is_locked or not self._wanted:
            return
        session.window.commit()  # somebody may have typed on meanwhile
        if session.is_at_work() or (session.has_unsaved() and self._waits < _PATIENCE):
            self._wait(session)
        elif not session.has_unsaved():
            self._hide(session)
        elif self._asked:
            session.window.messages.show_message("problem", _UNSAVED, "もう一度保存する", session.retry)
            self._asked = self._wanted = False
        else:
            self.again.start(_LATER_MS)

    def _hide(self, session: Session) -> None:
        self.is_locked, self._wanted, self._asked = True, False, False
        self.watch.watch(0)
        session.window.messages.clear()
        self._focus = QApplication.focusWidget()
        clipboard = QGuiApplication.clipboard()
        if clipboard.ownsClipboard():
            clipboard.clear()
        self._window.setGeometry(session.window.geometry())
        self._window.setWindowState(session.window.windowState())
        self._window.show_page(self.page)
        self._window.show()
        for widget in QApplication.topLevelWidgets():
            if widget is not self._window:
                widget.hide()
        self._window.activateWindow()
        self.page.focus_first()
        self._worker.run(session.services.close, lambda _: self.locked.emit(), owner=self)

    def _open(self) -> None:
        session = self._session
        if session is None:
            return
        services, secret = session.services, self.page.text()
        self.page.set_busy("確かめています")
        self._worker.run(
            lambda: services.open_again(secret),
            lambda changed: self._show(session, changed),
            self._not_opened,
            owner=self,
        )

    def _not_opened(self, error: ShakyoError) -> None:
        self.page.set_busy("")
        present(error, self.page.messages)
        self.page.focus_first()

    def _show(self, session: Session, changed: bool) -> None:
        self.page.set_busy("")
        self.page.forget()
        if session is not self._session:
            return
        self.is_locked = False
        session.window.show()
        session.window.activateWindow()
        self._window.hide()
        focus, self._focus = self._focus, None
        if focus is not None and shiboken6.isValid(focus):
            focus.setFocus(Qt.FocusReason.OtherFocusReason)
        if changed:
            session.read_anew()
        self._worker.run(session.services.idle_lock.minutes, self.watch.watch, owner=self)


def _reject_dialogs() -> bool:
    """Leave every dialog that stands open; they are gone when the code that showed them has gone on."""
    shown = [one for one in QApplication.topLevelWidgets() if isinstance(one, QDialog) and one.isVisible()]
    for dialog in shown:
        dialog.reject()
    return bool(shown)
