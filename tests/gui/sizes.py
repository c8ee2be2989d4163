"""What a person with tired eyes would stumble over, measured on a window: functions say what is wrong."""

from collections.abc import Iterator
from itertools import combinations

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractScrollArea,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QProgressBar,
    QStyle,
    QStyleOptionComboBox,
    QTableView,
    QToolButton,
    QWidget,
)

from shakyo_desktop.gui.shared.focus_ring import REACH
from shakyo_desktop.gui.shared.page import Page, Screen
from shakyo_desktop.gui.shared.text_label import TextLabel

SIZES = ((1366, 688), (1093, 550))
"""Pixels of a small laptop's window, as it is and at 125 %."""
TARGET = 44
"""Pixels: nothing that is pressed or typed in is lower."""
_CELL_PADDING = 6
"""Pixels that Qt keeps free around a cell's text; from the second column on the list adds its own."""
_LIST_PADDING = 16
_LEAVES = (QAbstractButton, QLabel, QLineEdit, QComboBox, QAbstractScrollArea, QProgressBar)


def faults(window: QWidget, screen: Screen) -> list[str]:
    """Everything that is wrong on a window that shows this screen."""
    return [*too_low(window), *cut(window), *sticking_out(window), *overlapping(window), *bar(window, screen)]


def too_low(window: QWidget) -> Iterator[str]:
    """Controls that are hard to hit."""
    for widget in _controls(window):
        if widget.height() < TARGET:
            yield f"{widget.height()} px high: {_name(widget)}"


def cut(window: QWidget) -> Iterator[str]:
    """Texts for which there is not enough room."""
    for widget in shown_in(window):
        if isinstance(widget, QTableView):
            yield from _cut_cells(widget)
        elif isinstance(widget, QComboBox):
            if widget.fontMetrics().horizontalAdvance(widget.currentText()) > _edit_field(widget).width():
                yield f"cut: {_name(widget)}"
        elif (isinstance(widget, QLabel | QAbstractButton)) and widget.text():
            wide, high = _needed(widget)
            if widget.width() < wide or widget.height() < high:
                yield f"cut, {widget.width()}×{widget.height()} for {wide}×{high}: {_name(widget)}"


def sticking_out(window: QWidget) -> Iterator[str]:
    """What ends outside of what it stands in; a page may be longer than what is seen of it, not wider."""
    for widget in _leaves(window):
        scrolled = False
        above = widget.parentWidget()
        while above is not None:
            place = QRect(widget.mapTo(above, QPoint(0, 0)), widget.size())
            if place.left() < 0 or place.right() > above.width():
                yield f"outside to the side: {_name(widget)}"
                break
            scrolled = scrolled or _is_viewport(above)
            if not scrolled and (place.top() < 0 or place.bottom() > above.height()):
                yield f"outside above or below: {_name(widget)}"
                break
            if above is window:
                break
            above = above.parentWidget()


def overlapping(window: QWidget) -> Iterator[str]:
    """Two things in one place, and controls whose ring would lie on a neighbour."""
    seen = [(widget, _seen(widget, window)) for widget in _leaves(window)]
    for (one, here), (other, there) in combinations([pair for pair in seen if not pair[1].isEmpty()], 2):
        if one.isAncestorOf(other) or other.isAncestorOf(one):
            continue
        if here.intersects(there):
            yield f"one over the other: {_name(one)} and {_name(other)}"
        elif _rings(one, other) and here.adjusted(-REACH, -REACH, REACH, REACH).intersects(there):
            yield f"the ring covers a neighbour: {_name(one)} and {_name(other)}"


def bar(window: QWidget, screen: Screen) -> Iterator[str]:
    """The buttons at the bottom stay in sight; some pages do without the bar."""
    pages = [screen] if isinstance(screen, Page) else screen.findChildren(Page)
    for page in pages:
        buttons = [one for one in page.bar.findChildren(QAbstractButton) if not one.isHidden()]
        if buttons and page.isVisible() and not page.bar.isHidden():
            for widget in (page.bar, *buttons):
                if _seen(widget, window).size() != widget.size():
                    yield f"not all of it in sight: {_name(widget)} of {_name(page)}"


def shown_in(window: QWidget) -> list[QWidget]:
    """Everything on a window that has a place there."""
    return [one for one in window.findChildren(QWidget) if one.isVisible() and not one.size().isEmpty()]


def _leaves(window: QWidget) -> list[QWidget]:
    """What is read, pressed or typed in; nothing that is a part of such a thing."""
    found = [one for one in shown_in(window) if isinstance(one, _LEAVES)]
    kept = [one for one in found if not (type(one).__name__ == "QScrollArea" or _inside(one, found))]
    return [one for one in kept if not isinstance(one, QLabel) or one.text() or not one.pixmap().isNull()]


def _inside(widget: QWidget, found: list[QWidget]) -> bool:
    """Whether it belongs to a control, such as the editor or the header of one."""
    above = widget.parentWidget()
    while above is not None:
        if isinstance(above, QAbstractItemView | QComboBox | QLineEdit | QAbstractButton) and above in found:
            return True
        above = above.parentWidget()
    return False


def _controls(window: QWidget) -> list[QWidget]:
    return [one for one in _leaves(window) if _takes_focus(one)]


def _takes_focus(widget: QWidget) -> bool:
    return widget.focusPolicy() != Qt.FocusPolicy.NoFocus


def _rings(one: QWidget, other: QWidget) -> bool:
    """Whether both take the focus; rows of the navigation stand close together, as rows of a list do."""
    rows = isinstance(one, QToolButton) and isinstance(other, QToolButton)
    return _takes_focus(one) and _takes_focus(other) and not rows


def _needed(widget: QLabel | QAbstractButton) -> tuple[int, int]:
    if isinstance(widget, TextLabel):
        return widget.minimumSizeHint().width(), widget.heightForWidth(widget.width())
    hint = widget.sizeHint()
    if isinstance(widget, QToolButton):
        return hint.width(), TARGET
    return hint.width(), hint.height()


def _cut_cells(table: QTableView) -> Iterator[str]:
    model, header = table.model(), table.horizontalHeader()
    for column in range(model.columnCount()):
        if not table.columnWidth(column):
            continue  # a narrow window does without it
        title = str(model.headerData(column, Qt.Orientation.Horizontal) or "")
        if header.isVisible() and header.sectionSizeFromContents(column).width() > header.sectionSize(column):
            yield f"cut: heading 「{title}」 of {_name(table)}"
        if header.sectionResizeMode(column) is QHeaderView.ResizeMode.Stretch:
            continue  # long texts end with … there, and the whole text is in the tooltip
        for row in range(model.rowCount()):
            index = model.index(row, column)
            text = str(index.data() or "")
            wide = (
                table.fontMetrics().horizontalAdvance(text) + _CELL_PADDING + (_LIST_PADDING if column else 0)
            )
            if table.columnSpan(row, column) == 1 and wide > table.columnWidth(column):
                yield f"cut: cell 「{text}」 of {_name(table)}, {table.columnWidth(column)} for {wide}"


def _edit_field(combo: QComboBox) -> QRect:
    option = QStyleOptionComboBox()
    combo.initStyleOption(option)
    complex_control, part = QStyle.ComplexControl.CC_ComboBox, QStyle.SubControl.SC_ComboBoxEditField
    return combo.style().subControlRect(complex_control, option, part, combo)


def _is_viewport(widget: QWidget) -> bool:
    area = widget.parentWidget()
    return isinstance(area, QAbstractScrollArea) and area.viewport() is widget


def _seen(widget: QWidget, window: QWidget) -> QRect:
    """The part of the window in which the widget is seen."""
    seen = QRect(widget.mapTo(window, QPoint(0, 0)), widget.size())
    above = widget.parentWidget()
    while above is not None:
        seen = seen.intersected(QRect(above.mapTo(window, QPoint(0, 0)), above.size()))
        above = above.parentWidget() if above is not window else None
    return seen


def _name(widget: QWidget) -> str:
    text = widget.text() if isinstance(widget, QLabel | QAbstractButton) else ""
    return f"{type(widget).__name__} 「{text or widget.accessibleName()}」"
