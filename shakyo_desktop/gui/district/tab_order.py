"""Tab and Enter go as the eye does, also through what appeared later: reasons and small buttons."""

from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def set_tab_order(roots: Iterable[QWidget], known: tuple[int, ...] = ()) -> tuple[int, ...]:
    """Put everything that takes the Tab key inside these widgets into the order of its making within each.

    Args:
        known: what this returned before; nothing is done when nothing appeared or went since.
    """
    stops = [stop for root in roots for stop in _stops(root)]
    names = tuple(id(stop) for stop in stops)
    if names != known:
        for first, second in pairwise(stops):
            QWidget.setTabOrder(first, second)
    return names


def _stops(widget: QWidget) -> Iterator[QWidget]:
    if widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.focusProxy() is None:
        yield widget
        return
    for child in widget.children():
        if isinstance(child, QWidget) and not child.isWindow():
            yield from _stops(child)
