"""The way of the Tab key through parts of a page that are made while it is shown."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget


def put_after(anchor: QWidget, *containers: QWidget) -> None:
    """Let Tab go from `anchor` through these containers, in their order; new widgets come last otherwise."""
    last = anchor
    for container in containers:
        for widget in _stops(container):
            QWidget.setTabOrder(last, widget)
            last = widget


def _stops(container: QWidget) -> list[QWidget]:
    """What Tab stops at inside a container, in the order of its making."""
    found: list[QWidget] = []
    widget = container.nextInFocusChain()
    while widget is not None and widget is not container:
        if container.isAncestorOf(widget) and widget.focusPolicy() & Qt.FocusPolicy.TabFocus:
            found.append(widget)
        widget = widget.nextInFocusChain()
    return found
