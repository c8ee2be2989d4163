"""Fields that point at the plan's items: one of them, or several."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox, QSizePolicy, QStyledItemDelegate, QVBoxLayout, QWidget

from shakyo_desktop.domain.plan import Item
from shakyo_desktop.domain.records import FieldValue
from shakyo_desktop.gui.shared.buttons import LinkButton
from shakyo_desktop.gui.shared.fields.base import Field
from shakyo_desktop.gui.shared.fields.choices import Check
from shakyo_desktop.gui.shared.fields.traversal import focus_next_field
from shakyo_desktop.gui.shared.labels import plain_label

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class QuietComboBox(QComboBox):
    """A list to choose from that the wheel cannot change; Enter goes to the next field."""

    def __init__(self, name: str = "", parent: QWidget | None = None) -> None:
        """Make an empty list; ``name`` is spoken where no label stands beside it."""
        super().__init__(parent)
        self.setAccessibleName(name)
        self.setAccessibleDescription(name)  # on Linux Qt gives the value as the name
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(8)
        self.setMaxVisibleItems(10)
        self.setItemDelegate(QStyledItemDelegate(self))  # rows as high as the style sheet says
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on; the list opens with Space, F4 or Alt+Down."""
        if event.key() in _ENTER:
            back = bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
            focus_next_field(self, backwards=back)
            return
        super().keyPressEvent(event)


def item_words(item: Item) -> str:
    """Return how an item is named in a list."""
    return f"{item.number}　{item.name}"


class ItemField(Field):
    """One item of the plan; the value is its number or None."""

    def __init__(
        self,
        name: str,
        label: str,
        items: Sequence[Item],
        *,
        hint: str = "",
        label_place: str = "left",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, hint=hint, label_place=label_place, parent=parent)
        self._combo = QuietComboBox()
        self._stray: int | None = None
        self._items = list(items)
        for item in self._items:
            self._combo.addItem(item_words(item), item.number)
        self._combo.setCurrentIndex(-1)
        self._combo.activated.connect(self._picked)
        self._set_input(self._combo, stretch=True)

    def input(self) -> QWidget:
        """Return the list."""
        return self._combo

    def _picked(self) -> None:
        self._stray = None
        self._chosen()

    def _read(self) -> tuple[FieldValue, str]:
        index = self._combo.currentIndex()
        return (self._items[index].number if index >= 0 else self._stray), ""

    def _show(self, value: FieldValue, unread: str) -> None:
        numbers = [item.number for item in self._items]
        found = isinstance(value, int) and value in numbers
        self._stray = value if isinstance(value, int) and not found else None
        self._combo.setCurrentIndex(numbers.index(value) if isinstance(value, int) and found else -1)


class ItemsField(Field):
    """Any number of items; folded to one line until somebody wants to change them."""

    def __init__(
        self,
        name: str,
        label: str,
        items: Sequence[Item],
        *,
        hint: str = "",
        label_place: str = "left",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, hint=hint, label_place=label_place, parent=parent)
        self._checks = {item.number: Check(item_words(item)) for item in items}
        self._stray: tuple[int, ...] = ()
        self._summary = plain_label("")
        self._open_button = LinkButton("選ぶ")
        self._open_button.setAccessibleName(f"{label}を選ぶ")
        self._open_button.clicked.connect(self._toggle)
        self._list = QWidget()
        column = QVBoxLayout(self._list)
        column.setContentsMargins(0, 0, 0, 0)
        for check in self._checks.values():
            check.toggled.connect(self._picked)
            column.addWidget(check)
        self._list.hide()
        self._set_input(self._summary, self._open_button, stretch=True)
        self.label.setBuddy(self._open_button)
        self.body.insertWidget(1, self._list)

    def input(self) -> QWidget:
        """Return the button that unfolds the list."""
        return self._open_button

    def checks(self) -> list[Check]:
        """Return the check boxes in the plan's order."""
        return list(self._checks.values())

    def _toggle(self) -> None:
        self._list.setVisible(self._list.isHidden())
        self._open_button.set_words("選ぶ" if self._list.isHidden() else "一覧を閉じる")

    def _picked(self) -> None:
        self._sum_up()
        self._chosen()

    def _sum_up(self) -> None:
        chosen = [check.text() for check in self._checks.values() if check.isChecked()]
        self._summary.setText("、".join(chosen) or "選んでいません")

    def _read(self) -> tuple[FieldValue, str]:
        return tuple(n for n, check in self._checks.items() if check.isChecked()) + self._stray, ""

    def _show(self, value: FieldValue, unread: str) -> None:
        numbers = tuple(int(number) for number in value) if isinstance(value, tuple) else ()
        for number, check in self._checks.items():
            check.show_checked(number in numbers)
        self._stray = tuple(number for number in numbers if number not in self._checks)
        self._sum_up()
