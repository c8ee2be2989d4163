"""When the program takes input, and how long that took: for ``--exit-when-ready``."""

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

_IMPORTED = time.perf_counter()


class Readiness(QObject):
    """Watches a window: ready once it was painted and everything asked for before was answered.

    Signals:
        ready: emitted once.
    """

    ready = Signal()

    def __init__(self, window: QWidget, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._done = False
        self._window = window
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Wait for the first painting, then for the event loop to have nothing before us."""
        if event.type() == QEvent.Type.Paint and not self._done:
            self._done = True
            QTimer.singleShot(0, self.ready.emit)
        return False


def process_age_ms() -> float:
    """How long this process has been running, in milliseconds.

    Where the system does not tell, the time since this module was imported.
    """
    platform: str = sys.platform  # a plain str, so that the checker does not know which one it is
    if platform == "linux":
        return _age_on_linux()
    if platform == "win32":
        return _age_on_windows()
    return (time.perf_counter() - _IMPORTED) * 1000


def _age_on_linux() -> float:
    """Field 22 of proc(5) stat: the start in clock ticks since boot."""
    fields = Path("/proc/self/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    started = int(fields[19]) / os.sysconf("SC_CLK_TCK")
    return (time.clock_gettime(time.CLOCK_BOOTTIME) - started) * 1000


def _age_on_windows() -> float:
    """GetProcessTimes: the creation time in 100 ns since 1601."""
    import ctypes

    kernel = getattr(ctypes, "windll").kernel32  # noqa: B009 - absent elsewhere
    times = [ctypes.c_ulonglong() for _ in range(4)]
    kernel.GetProcessTimes(kernel.GetCurrentProcess(), *(ctypes.byref(one) for one in times))
    now = ctypes.c_ulonglong()
    kernel.GetSystemTimeAsFileTime(ctypes.byref(now))
    return (now.value - times[0].value) / 10_000
