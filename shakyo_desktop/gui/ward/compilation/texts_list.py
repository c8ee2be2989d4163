"""What districts wrote, to read and to draw from: arrows choose a text, Enter takes it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QColor,
    QFont,
    QKeyEvent,
    QPainter,
    QResizeEvent,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from shakyo_desktop.gui.shared.theme import colours, size, theme_signals, ui_font

Index = QModelIndex | QPersistentModelIndex
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_PAD = 8
_LEADING = 1.4


@dataclass(frozen=True, slots=True)
class Said:
    """One text and whose it is: a district, or an item of the ward's own words."""

    who: str
    text: str

    def sentence(self) -> str:
        """The text with the name, as it goes into the ward's words."""
        return f"{self.who}：{self.text}"


class TextsList(QListView):
    """Signals: ``taken`` the text that Enter or a double click chose."""

    taken = Signal(object)

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Texts(self)
        self.setModel(self._model)
        self.setItemDelegate(_TextDelegate(self))
        self.setAccessibleName(name)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setLayoutMode(QListView.LayoutMode.Batched)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.doubleClicked.connect(lambda index: self.taken.emit(self._model.texts[index.row()]))
        theme_signals().changed.connect(self.scheduleDelayedItemsLayout)

    def set_texts(self, texts: Sequence[Said]) -> None:
        """Show these texts; the first one is chosen."""
        self._model.set_texts(texts)
        if texts:
            self.setCurrentIndex(self._model.index(0, 0))

    def texts(self) -> tuple[Said, ...]:
        """Return what is shown."""
        return self._model.texts

    def chosen(self) -> Said | None:
        """Return the text that is chosen."""
        at = self.currentIndex().row()
        return self._model.texts[at] if 0 <= at < len(self._model.texts) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes the chosen text."""
        if event.key() in _ENTER:
            chosen = self.chosen()
            if chosen is not None and not event.isAutoRepeat():
                self.taken.emit(chosen)
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Texts wrap at the new width."""
        super().resizeEvent(event)
        self.scheduleDelayedItemsLayout()


class _Texts(QAbstractTableModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.texts: tuple[Said, ...] = ()

    def set_texts(self, texts: Sequence[Said]) -> None:
        self.beginResetModel()
        self.texts = tuple(texts)
        self.endResetModel()

    def rowCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.texts)

    def columnCount(self, parent: Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else 1

    def data(self, index: Index, role: int = 0) -> Any:
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.texts[index.row()].sentence()
        return None


class _TextDelegate(QStyledItemDelegate):
    """The name in bold, the text under it in as many lines as it needs."""

    def __init__(self, view: TextsList) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        said = self._view.texts()[index.row()]
        width = self._view.viewport().width()
        height = sum(_height(text, font, width - 2 * _PAD) for text, font in _parts(said))
        return QSize(width, height + size(2 * _PAD))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        shown: Any = option
        rect: QRect = shown.rect
        painter.save()
        if shown.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, QColor(colours().chosen_ground))
        painter.setPen(QColor(colours().text))
        top = rect.top() + size(_PAD)
        for text, font in _parts(self._view.texts()[index.row()]):
            layout, height = _lay_out(text, font, rect.width() - 2 * _PAD)
            layout.draw(painter, QPointF(rect.left() + _PAD, top))
            top += height
        painter.setPen(QColor(colours().page))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        painter.restore()


def _parts(said: Said) -> tuple[tuple[str, QFont], tuple[str, QFont]]:
    return (said.who, ui_font(16, bold=True)), (said.text, ui_font(16))


def _height(text: str, font: QFont, width: int) -> int:
    return _lay_out(text, font, width)[1]


def _lay_out(text: str, font: QFont, width: int) -> tuple[QTextLayout, int]:
    layout = QTextLayout(text.replace("\n", "\u2028"), font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    layout.beginLayout()
    top = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(max(width, 1))
        line.setPosition(QPointF(0, top))
        top += line.height() * _LEADING
    layout.endLayout()
    return layout, round(top)
