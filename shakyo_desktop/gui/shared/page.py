"""A page: title row, messages, content that scrolls, and a bar of buttons that stays."""

from typing import ClassVar

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QFrame,
    QHBoxLayout,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from shakyo_desktop.gui.shared.buttons import PrimaryButton
from shakyo_desktop.gui.shared.fields.base import Field
from shakyo_desktop.gui.shared.fields.traversal import field_of
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import MessageBar
from shakyo_desktop.gui.shared.theme import set_role

MARGIN = 24
_REACH = 24
_ANY = 16777215
"""Qt's own number for a width without a bound."""


class ButtonBar(QWidget):
    """The bar at the bottom: ways back on the left, the main action at the right end. Hidden when empty."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "button-bar")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(MARGIN, 12, MARGIN, 12)
        self._row.setSpacing(12)
        self._hint = plain_label("", "small")
        self._hint.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self._lefts = 0
        self._row.addWidget(self._hint, 1)
        self.hide()

    def add_left(self, button: QWidget) -> None:
        """Add a secondary button on the left."""
        self._row.insertWidget(self._lefts, button)
        self._lefts += 1
        self.show()

    def add_right(self, button: QWidget) -> None:
        """Add a button on the right; the last one is the main action."""
        self._row.addWidget(button)
        self.show()

    def set_hint(self, text: str) -> None:
        """Show a line about the keys, such as Enter=次の欄, where the buttons leave it room."""
        self._hint.setText(text)
        self.show()
        self._fit_hint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The line about the keys goes before a button is cut."""
        super().resizeEvent(event)
        self._fit_hint()

    def _fit_hint(self) -> None:
        buttons = self.findChildren(QPushButton, options=Qt.FindChildOption.FindDirectChildrenOnly)
        shown = [one for one in buttons if not one.isHidden()]
        needed = sum(one.sizeHint().width() + self._row.spacing() for one in shown) + 2 * MARGIN
        words = self._hint.fontMetrics().horizontalAdvance(self._hint.text())
        fits = needed + words <= self.width()
        self._hint.setMaximumWidth(_ANY if fits else 0)
        # A label without width would ask for the height of its words one below the other.
        self._hint.setMaximumHeight(_ANY if fits else 0)


class Screen(QWidget):
    """What the main window may ask of every screen; each hook does nothing until a screen needs it.

    Signals:
        screen_requested: the key of another screen and what to open there.
        room_requested: whether the list of screens steps aside.
    """

    screen_requested = Signal(str, object)
    room_requested = Signal(bool)
    help_key: ClassVar[str] = ""

    def commit(self) -> None:
        """Emit everything that is pending in any field: on leaving, deactivation and close."""
        for field in self.findChildren(Field):
            field.commit()

    def enter(self) -> None:
        """The screen is shown now."""

    def leave(self) -> None:
        """Another screen will be shown; `commit` was called."""

    def focus_first(self) -> None:
        """Give the first field the focus, or the main button where nothing is typed."""
        candidates: list[QWidget] = [*self.findChildren(Field), *self.findChildren(PrimaryButton)]
        for widget in candidates:
            if widget.isVisibleTo(self):
                (widget.focus_input if isinstance(widget, Field) else widget.setFocus)()
                return

    def show_target(self, target: object) -> None:
        """Open what another screen pointed at."""


class _Scroll(QScrollArea):
    """Signals: ``room_changed`` when another height of the content is seen."""

    room_changed = Signal()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self.room_changed.emit()


class Page(Screen):
    """A screen with the usual parts. `scrolling=False` when its lists scroll by themselves."""

    def __init__(self, title: str = "", *, scrolling: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "page")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._title = plain_label(title, "heading")
        self._note = plain_label("", "small", wrap=False)
        self.header_row = QHBoxLayout()
        self.header_row.setSpacing(12)
        self.header_row.addWidget(self._title, 1)
        self.header_row.addWidget(self._note)
        self.messages = MessageBar()
        self.bar = ButtonBar()
        self._scroll: QScrollArea | None = None
        self.content = QVBoxLayout()
        self.content.setContentsMargins(MARGIN, 8, MARGIN, 16)
        self.content.setSpacing(12)
        head = QVBoxLayout()
        head.setContentsMargins(MARGIN, 12, MARGIN, 4)
        head.setSpacing(12)
        head.addLayout(self.header_row)
        head.addWidget(self.messages)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(head)
        column.addWidget(self._make_body(scrolling), 1)
        column.addWidget(self.bar)
        self.setAccessibleName(title)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Add a widget to the content."""
        self.content.addWidget(widget, stretch)

    def add_layout(self, layout: QLayout, stretch: int = 0) -> None:
        """Add a layout to the content."""
        self.content.addLayout(layout, stretch)

    def add_stretch(self) -> None:
        """Push what was added to the top."""
        self.content.addStretch(1)

    def title(self) -> str:
        """Return the title."""
        return self._title.text()

    def set_title(self, text: str) -> None:
        """Change the title."""
        self._title.setText(text)
        self.setAccessibleName(text)

    def set_title_note(self, text: str) -> None:
        """Show a small fact at the right of the title, such as 21項目中8項目 入力済み."""
        self._note.setText(text)

    def ensure_visible(self, widget: QWidget) -> None:
        """Scroll so that all of the widget and its ring are seen, its beginning when it is too high."""
        body = self._scroll.widget() if self._scroll is not None else None
        if self._scroll is None or body is None:
            return
        room = self._scroll.viewport().height()
        top = widget.mapTo(body, QPoint(0, 0)).y() - _REACH
        height = min(widget.height() + 2 * _REACH, room)
        bar = self._scroll.verticalScrollBar()
        bar.setValue(max(min(bar.value(), top), top + height - room))

    def scroll_to(self, widget: QWidget, down: int = 0) -> None:
        """Scroll so that a widget stands at the top, or what lies ``down`` pixels inside it."""
        body = self._scroll.widget() if self._scroll is not None else None
        if self._scroll is not None and body is not None:
            top = widget.mapTo(body, QPoint(0, down)).y() - _REACH
            self._scroll.verticalScrollBar().setValue(top)

    def room(self) -> int:
        """Return how many pixels of the content's height are seen at once."""
        return self._scroll.viewport().height() if self._scroll is not None else self.height()

    def fit_room(self) -> None:
        """Another height of the content is seen at once (see `room`)."""

    def scroll_to_top(self) -> None:
        """Show the beginning of the content."""
        if self._scroll is not None:
            self._scroll.verticalScrollBar().setValue(0)

    def _follow_focus(self, _old: QWidget | None, new: QWidget | None) -> None:
        """Keep what has the keyboard in sight, however it got the keyboard."""
        body = self._scroll.widget() if self._scroll is not None else None
        if body is not None and new is not None and body.isAncestorOf(new):
            self.ensure_visible(field_of(new) or new)

    def _keep_focus_in_sight(self) -> None:
        """A message that appears, or a step that is longer, does not push away what one is at."""
        self._follow_focus(None, QApplication.focusWidget())

    def _make_body(self, scrolling: bool) -> QWidget:
        body = QWidget()
        set_role(body, "page")
        body.setLayout(self.content)
        if not scrolling:
            return body
        scroll = _Scroll()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        scroll.setWidget(body)
        self._scroll = scroll
        scroll.room_changed.connect(self.fit_room)
        scroll.verticalScrollBar().rangeChanged.connect(self._keep_focus_in_sight)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)
        return scroll
