"""How long nobody used the program: no key, no mouse, no pen, no input method."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal

_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.InputMethod,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
        QEvent.Type.DragEnter,
        QEvent.Type.Drop,
    }
)


class IdleWatch(QObject):
    """Looks at the program's events only while it is asked to.

    Signals:
        idle: nobody used the program for the time that was chosen.
        used: somebody used it.
    """

    idle = Signal()
    used = Signal()

    def __init__(self, parent: QObject | None = None, now: Callable[[], float] = time.time) -> None:
        """Begin without looking; ``now`` gives seconds, also while the computer sleeps."""
        super().__init__(parent)
        self._now, self._last = now, now()
        self.timer = QTimer(self, singleShot=True)
        self.timer.timeout.connect(self.idle)

    def watch(self, minutes: int) -> None:
        """Look from now on, or no longer (0)."""
        app = QCoreApplication.instance()
        assert app is not None
        app.removeEventFilter(self)
        self.timer.stop()
        if minutes:
            self._last = self._now()
            self.timer.start(minutes * 60_000)
            app.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Begin to count anew; a touch that wakes a sleeping computer comes too late and goes nowhere."""
        if event.type() not in _INPUT:
            return False
        before, self._last = self._last, self._now()
        late = self._last - before >= self.timer.interval() / 1000
        self.timer.start()
        if late:
            self.idle.emit()
        else:
            self.used.emit()
        return late
