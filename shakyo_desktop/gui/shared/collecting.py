"""Collecting garbage without holding the window up.

Python's collector stops every thread, runs in whichever thread happens to make one object too many, and
walks everything that lives: 50 ms for this program with its libraries. In a worker's thread it could
also destroy a widget, which only the window's thread may. So it does not run by itself while a window is
open: the window's thread collects between two events, and what the start loaded is not walked again.
"""

import gc

from PySide6.QtCore import QObject, QTimer

_INTERVAL_MS = 250
_YOUNG, _MIDDLE, _OLD = 2000, 10, 10  # new objects, collections of the young, collections of the middle


class WindowCollector(QObject):
    """Takes the place of the automatic collection until ``stop``."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self, interval=_INTERVAL_MS)
        self._timer.timeout.connect(collect_what_is_due)
        gc.disable()
        self._timer.start()

    def set_aside(self) -> None:
        """Leave what lives now, the libraries and the first window, out of every later collection."""
        gc.freeze()

    def let_go(self) -> None:
        """Destroy what nobody holds any more, also of what was set aside, such as a closed store's key."""
        gc.unfreeze()
        gc.collect()
        gc.freeze()

    def stop(self) -> None:
        """Let Python collect by itself again."""
        self._timer.stop()
        gc.unfreeze()
        gc.enable()


def collect_what_is_due() -> None:
    """Collect the oldest generation that is due, as the automatic collection would."""
    young, middle, old = gc.get_count()
    if old > _OLD:
        gc.collect(2)
    elif middle > _MIDDLE:
        gc.collect(1)
    elif young > _YOUNG:
        gc.collect(0)
