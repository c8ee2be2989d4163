"""What a person would see of a window whose data is markup."""

from collections.abc import Iterator
from functools import lru_cache

from PySide6.QtCore import QAbstractItemModel, QAbstractListModel, QModelIndex
from PySide6.QtGui import QAction, QStandardItemModel, Qt, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QGroupBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTabBar,
    QTextBrowser,
    QTextEdit,
    QWidget,
)

from tests.services.foreign_world import literal


def look(window: QWidget) -> tuple[int, set[str]]:
    """How many texts of a window are foreign, and which of them are not shown as they are."""
    foreign, faults = 0, set()
    for widget in (window, *window.findChildren(QWidget)):
        name = type(widget).__name__
        if isinstance(widget, QLabel) and widget.text() and widget.textFormat() != Qt.TextFormat.PlainText:
            faults.add(f"{name} may read markup: {widget.text()[:40]}")
        for what, text in _texts(widget):
            foreign += "牛" in text
            if not literal(text):
                faults.add(f"{what} of {name}: {text[:60]}")
    return foreign, faults


def _texts(widget: QWidget) -> Iterator[tuple[str, str]]:
    yield "the tooltip", shown_tip(widget.toolTip())
    yield "what's this", shown_tip(widget.whatsThis())
    yield "the name", widget.accessibleName()
    yield "the description", widget.accessibleDescription()
    yield "the title", widget.windowTitle()
    yield from (("an action", unmarked(one.text())) for one in widget.findChildren(QAction))
    match widget:
        case QLabel():
            yield "the text", unmarked(widget.text()) if widget.buddy() else widget.text()
        case QAbstractButton():
            yield "the text", unmarked(widget.text())
        case QGroupBox():
            yield "the text", unmarked(widget.title())
        case QTabBar():
            yield from (("a tab", unmarked(widget.tabText(at))) for at in range(widget.count()))
        case QTextBrowser():
            pass  # the help, which is ours
        case QTextEdit():
            yield "the text", widget.toPlainText()
        case QLineEdit():
            yield "the text", widget.text()
            if widget.completer() is not None:
                yield from _cells(widget.completer().model())
        case QComboBox():
            yield from _cells(widget.model())
        case QHeaderView():
            pass  # its texts are the model's
        case QAbstractItemView():
            yield from _cells(widget.model())


def _cells(model: QAbstractItemModel | None, parent: QModelIndex | None = None) -> Iterator[tuple[str, str]]:
    if model is None:
        return
    above = parent or QModelIndex()
    tip, name = Qt.ItemDataRole.ToolTipRole, Qt.ItemDataRole.AccessibleTextRole
    columns = 1 if isinstance(model, QAbstractListModel) else model.columnCount(above)
    for row in range(model.rowCount(above)):
        for column in range(columns):
            index = model.index(row, column, above)
            yield "a cell", str(index.data() or "")
            yield "a cell's name", str(index.data(name) or "")
            yield "a cell's tooltip", shown_tip(str(index.data(tip) or ""))
            if column == 0 and isinstance(model, QStandardItemModel):  # the tree of items
                yield from _cells(model, index)
    for side, number in (
        (Qt.Orientation.Horizontal, columns),
        (Qt.Orientation.Vertical, model.rowCount(above)),
    ):
        for section in range(number if parent is None else 0):
            yield "a heading", str(model.headerData(section, side) or "")
            yield "a heading's tooltip", shown_tip(str(model.headerData(section, side, tip) or ""))


@lru_cache(maxsize=5000)
def shown_tip(tip: str) -> str:
    """What a tooltip shows: Qt decides by itself whether it is markup."""
    if not Qt.mightBeRichText(tip):
        return tip
    document = QTextDocument()
    document.setHtml(tip)
    return document.toPlainText()


def unmarked(text: str) -> str:
    """What stands on a button: & marks the next letter, && is one."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&")
