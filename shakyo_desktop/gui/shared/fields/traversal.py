"""Enter goes from field to field, over the small buttons between them."""

from typing import Protocol, cast

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton, QWidget


class _Focusable(Protocol):
    def focus_input(self) -> None: ...


def field_of(widget: QWidget | None) -> QWidget | None:
    """Return the field that a widget belongs to, or None."""
    while widget is not None:
        if widget.property("is_field"):
            return widget
        widget = widget.parentWidget()
    return None


def focus_next_field(start: QWidget, *, backwards: bool = False) -> None:
    """Move the focus to the next (or previous) field; after the last one, to the page's primary button."""
    own = field_of(start)
    button: QPushButton | None = None
    widget = _step(start, backwards)
    while widget is not None and not widget.isWindow() and widget is not start:
        if _takes_focus(widget):
            field = field_of(widget)
            if field is not None and field is not own:
                cast(_Focusable, field).focus_input()
                return
            if button is None and isinstance(widget, QPushButton) and widget.property("role") in _ONWARD:
                button = widget
        widget = _step(widget, backwards)
    if button is not None and not backwards:
        button.setFocus(Qt.FocusReason.TabFocusReason)


_ONWARD = ("primary", "submit")


def _step(widget: QWidget, backwards: bool) -> QWidget | None:
    return widget.previousInFocusChain() if backwards else widget.nextInFocusChain()


def _takes_focus(widget: QWidget) -> bool:
    policy = widget.focusPolicy()
    return bool(policy & Qt.FocusPolicy.TabFocus) and widget.isVisible() and widget.isEnabled()
