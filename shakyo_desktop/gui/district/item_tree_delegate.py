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
_LINE = 22
Index = QModelIndex | QPersistentModelIndex


class ItemTreeDelegate(QStyledItemDelegate):
    """Two lines per item; headings wrap."""

    def __init__(self, view: QTreeView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Return the height at the view's width."""
        width = self._view.viewport().width()
        if index.data(ITEM_ROLE):
            return QSize(width, size(64))
        metrics = QFontMetrics(ui_font(16, bold=index.data(NOTES_ROLE) == 0))
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
        painter.setFont(ui_font(16, bold=goal))
        painter.setPen(QColor(colours().text if goal else colours().secondary))
        for at, line in enumerate(_wrapped(index.data(), painter.fontMetrics(), rect.width() - 2 * _PAD)):
            top = rect.top() + size(6) + at * size(_LINE)
            painter.drawText(QRect(rect.left() + _PAD, top, rect.width(), size(_LINE)), _left(), line)

    def _paint_item(self, painter: QPainter, shown: Any, index: Index) -> None:
        rect: QRect = shown.rect
        chosen = bool(shown.state & QStyle.StateFlag.State_Selected)
        if chosen:
            painter.fillRect(rect, QColor(colours().selection))
            painter.fillRect(QRect(rect.left(), rect.top(), 6, rect.height()), QColor(colours().primary))
        inner = rect.adjusted(_PAD + 6, size(6), -_PAD, -size(6))
        line = inner.height() // 2
        painter.setFont(ui_font(18, bold=chosen))
        painter.setPen(QColor(colours().primary if chosen else colours().text))
        name = painter.fontMetrics().elidedText(index.data(), Qt.TextElideMode.ElideRight, inner.width())
        painter.drawText(QRect(inner.left(), inner.top(), inner.width(), line), _left(), name)
        self._paint_facts(painter, inner.adjusted(0, line, 0, 0), index)
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
