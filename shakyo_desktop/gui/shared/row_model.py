"""The model behind `RowList`: rows of strings and marks, each cell with its words for a screen reader."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt
from PySide6.QtGui import QColor

from shakyo_desktop.gui.shared.labels import plain_tip
from shakyo_desktop.gui.shared.marks import Mark
from shakyo_desktop.gui.shared.theme import colours, ui_font

Index = QModelIndex | QPersistentModelIndex
Cell = str | Mark
MARK_ROLE = Qt.ItemDataRole.UserRole + 1
TONES = ("plain", "strong", "info", "saved", "warning", "problem")

_ALIGN = {
    "left": Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter,
    "right": Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter,
    "center": Qt.AlignmentFlag.AlignCenter,
}
_INK = {"info": "primary", "saved": "saved", "warning": "warning", "problem": "problem"}


@dataclass(frozen=True, slots=True)
class Column:
    """A column; `width` in pixels of the design, 0 takes what is left."""

    title: str
    width: int = 0
    align: str = "left"


@dataclass(frozen=True, slots=True)
class Row:
    """One row. A `section` is a heading over the rows below it and cannot be chosen.

    `tone` colours the row's text (never the only sign: a cell says it too); `spoken` replaces what a
    screen reader says for the first cell.
    """

    key: object
    cells: tuple[Cell, ...]
    tone: str = "plain"
    section: bool = False
    spoken: str = ""


class RowModel(QAbstractTableModel):
    """Read-only; `set_rows` replaces everything."""

    def __init__(self, columns: Sequence[Column], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self.rows: tuple[Row, ...] = ()
        self._sorted: tuple[int, bool] | None = None

    def set_sorted(self, column: int | None, descending: bool = False) -> None:
        """Say in a heading that the rows are in its order; None: in no column's."""
        self._sorted = None if column is None else (column, descending)
        self.headerDataChanged.emit(Qt.Orientation.Horizontal, 0, len(self.columns) - 1)

    def set_rows(self, rows: Sequence[Row]) -> None:
        """Show these rows."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def replace_row(self, at: int, row: Row) -> None:
        """Show one row anew; all others stay untouched."""
        self.rows = (*self.rows[:at], row, *self.rows[at + 1 :])
        self.dataChanged.emit(self.index(at, 0), self.index(at, len(self.columns) - 1))

    def index_of(self, key: object) -> int:
        """Return the row with this key, or -1."""
        return next((at for at, row in enumerate(self.rows) if row.key == key and not row.section), -1)

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many rows there are."""
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many columns there are."""
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Headings inside the list cannot be chosen."""
        if self.rows[index.row()].section:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return the title of a column."""
        if orientation != Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title + self._arrow(section)
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN[self.columns[section].align]
        return None

    def _arrow(self, section: int) -> str:
        if self._sorted is None or self._sorted[0] != section:
            return ""
        return " ▼" if self._sorted[1] else " ▲"

    def data(self, index: Index, role: int = 0) -> Any:
        """Return text, words for a screen reader, alignment, ink, font or mark of a cell."""
        row = self.rows[index.row()]
        cell = self._cell(row, index.column())
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(cell)
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self._spoken(row, index.column(), cell)
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._text(cell)) or None
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return _ALIGN["left" if row.section else self.columns[index.column()].align]
        if role == Qt.ItemDataRole.FontRole and (row.section or row.tone == "strong"):
            return ui_font(bold=True)
        if role == Qt.ItemDataRole.ForegroundRole:
            return QColor(getattr(colours(), _INK.get(row.tone, "text")))
        if role == Qt.ItemDataRole.BackgroundRole and row.section:
            return QColor(colours().page)
        if role == MARK_ROLE:
            return cell if isinstance(cell, Mark) else None
        return None

    @staticmethod
    def _cell(row: Row, column: int) -> Cell:
        return row.cells[column] if column < len(row.cells) else ""

    @staticmethod
    def _text(cell: Cell) -> str:
        return f"{cell.symbol} {cell.words}".strip() if isinstance(cell, Mark) else cell

    def _spoken(self, row: Row, column: int, cell: Cell) -> str:
        if column == 0 and row.spoken:
            return row.spoken
        words = cell.words if isinstance(cell, Mark) else cell
        title = self.columns[column].title
        return f"{title} {words}".strip() if words and not row.section else words
