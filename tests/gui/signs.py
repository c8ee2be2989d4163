"""Which characters a window shows, and whether the fonts that travel with the program have them."""

from collections.abc import Iterator
from functools import cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QRawFont
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QComboBox,
    QHeaderView,
    QLabel,
    QLineEdit,
    QTableView,
    QWidget,
)

from shakyo_desktop.gui.shared.theme import DIGITS_FAMILY, SUPPLEMENTS, UI_FAMILY
from tests.gui.sizes import shown_in


def missing_glyphs(window: QWidget) -> set[str]:
    """Characters of visible texts that the bundled fonts cannot draw."""
    return {
        f"{character} in 「{text}」"
        for widget in shown_in(window)
        for text in _texts(widget)
        for character in text
        if not character.isspace() and not drawable(character)
    }


def families(window: QWidget) -> set[str]:
    """The fonts in which visible texts are asked to be drawn."""
    return {widget.fontInfo().family() for widget in shown_in(window) if list(_texts(widget))}


@cache
def drawable(character: str) -> bool:
    """Whether the bundled fonts have a character."""
    main = [_has(family, character) for family in (UI_FAMILY, DIGITS_FAMILY)]
    return all(main) or any(_has(family, character) for family in SUPPLEMENTS)


def _has(family: str, character: str) -> bool:
    font = QFont(family)
    font.setPixelSize(18)
    raw = QRawFont.fromFont(font)
    assert raw.familyName() == family
    return bool(raw.supportsCharacter(ord(character)))


def _texts(widget: QWidget) -> Iterator[str]:
    if isinstance(widget, QLabel | QAbstractButton | QLineEdit) and widget.text():
        yield widget.text()
    elif isinstance(widget, QComboBox):
        yield from (widget.itemText(at) for at in range(widget.count()))
    elif isinstance(widget, QAbstractItemView) and not isinstance(widget, QHeaderView):
        yield from _items(widget)
    elif hasattr(widget, "toPlainText"):
        yield widget.toPlainText()


def _items(view: QAbstractItemView) -> Iterator[str]:
    model, waiting = view.model(), [view.rootIndex()]
    if isinstance(view, QTableView):
        yield from (str(model.headerData(at, Qt.Orientation.Horizontal)) for at in range(model.columnCount()))
    while waiting:
        above = waiting.pop()
        for row in range(model.rowCount(above)):
            for column in range(model.columnCount(above)):
                index = model.index(row, column, above)
                yield str(index.data() or "")
                waiting.append(index)
