"""Draws the rows of the tree: the name, and under it the state with its symbol, chips and what is open."""

from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTreeView

from shakyo_desktop.gui.shared.marks import Mark
from shakyo_desktop.gui.shared.row_list import paint_mark
from shakyo_desktop.gui.shared.theme import colours, size, ui_font

ITEM_ROLE = Qt.ItemDataRole.UserRole + 1
MARK_ROLE = Qt.ItemDataRole.UserRole + 2
CHIPS_ROLE = Qt.ItemDataRole.UserRole + 3
NOTES_ROLE = Qt.ItemDataRole.UserRole + 4
"""What is open of an item; of a heading its level."""

_PAD = 8
_BAR = 6
_LINE = 22
_NAME_LINE = 25
Index = QModelIndex | QPersistentModelIndex


class ItemTreeDelegate(QStyledItemDelegate):
    """The name of an item, in as many lines as it needs, and a line of facts under it; headings wrap too."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height at the view's width."""
        width = self._view.viewport().width()
        if index.data(ITEM_ROLE):
            # bold as when it is chosen: choosing an item moves no other row
            names = _wrapped(index.data(), QFontMetrics(ui_font(18, bold=True)), width - 2 * _PAD - _BAR)
            return QSize(width, len(names) * size(_NAME_LINE) + size(_LINE) + size(16))
        metrics = QFontMetrics(ui_font(16, bold=True))
        lines = _wrapped(index.data(), metrics, width - 2 * _PAD)
        return QSize(width, len(lines) * size(_LINE) + size(12))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Draw one row."""
        shown: Any = option
        painter.save()
        if index.data(ITEM_ROLE):
            self._paint_item(painter, shown, index)
        else:
            self._paint_heading(painter, shown.rect, index)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRect, index: Index) -> None:
        goal = index.data(NOTES_ROLE) == 0
        painter.fillRect(rect, QColor(colours().page))
        painter.setFont(ui_font(16, bold=True))
        painter.setPen(QColor(colours().primary if goal else colours().text))
        for at, line in enumerate(_wrapped(index.data(), painter.fontMetrics(), rect.width() - 2 * _PAD)):
            top = rect.top() + size(6) + at * size(_LINE)
            painter.drawText(QRect(rect.left() + _PAD, top, rect.width(), size(_LINE)), _left(), line)

    def _paint_item(self, painter: QPainter, shown: Any, index: Index) -> None:
        rect: QRect = shown.rect
        chosen = bool(shown.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, QColor(colours().selection))
            painter.fillRect(QRect(rect.left(), rect.top(), _BAR, rect.height()), QColor(colours().primary))
        inner = rect.adjusted(_PAD + _BAR, size(6), -_PAD, -size(6))
        painter.setPen(QColor(colours().primary if chosen else colours().text))
        lines = _wrapped(index.data(), QFontMetrics(ui_font(18, bold=True)), inner.width())
        painter.setFont(ui_font(18, bold=chosen))
        for at, line in enumerate(lines):
            top = inner.top() + at * size(_NAME_LINE)
            painter.drawText(QRect(inner.left(), top, rect.width(), size(_NAME_LINE)), _left(), line)
        self._paint_facts(painter, inner.adjusted(0, len(lines) * size(_NAME_LINE), 0, 0), index)
        painter.setPen(QColor(colours().page))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _paint_facts(self, painter: QPainter, place: QRect, index: Index) -> None:
        """The mark, then 重点 and 新規, then what is open."""
        painter.setFont(ui_font(16))
        metrics = painter.fontMetrics()
        mark: Mark = index.data(MARK_ROLE)
        words = f"{mark.symbol} {mark.words}".strip()
        width = metrics.horizontalAdvance(words) + 2 * _PAD
        box = QRect(place.left(), place.top() + 1, width, place.height() - 1)
        paint_mark(painter, box, mark, words=True)
        left = box.right() + _PAD
        for chip in index.data(CHIPS_ROLE) or ():
            width = metrics.horizontalAdvance(chip) + _PAD
            chip_box = QRect(left, box.top(), width, box.height())
            painter.setPen(QColor(colours().primary))
            painter.drawRect(chip_box)
            painter.drawText(chip_box, Qt.AlignmentFlag.AlignCenter, chip)
            left = chip_box.right() + _PAD
        painter.setPen(QColor(colours().problem))
        notes = " ".join(index.data(NOTES_ROLE) or ())
        room = QRect(left, box.top(), max(0, place.right() - left), box.height())
        painter.drawText(room, _left(), metrics.elidedText(notes, Qt.TextElideMode.ElideRight, room.width()))


def _left() -> int:
    return Qt.AlignmentFlag.AlignLeft.value | Qt.AlignmentFlag.AlignVCenter.value


def _wrapped(text: str, metrics: QFontMetrics, width: int) -> list[str]:
    """Return a text in lines of this width; Japanese may break anywhere."""
    lines = [""]
    for letter in text:
        if lines[-1] and metrics.horizontalAdvance(lines[-1] + letter) > width:
            lines.append("")
        lines[-1] += letter
    return lines
