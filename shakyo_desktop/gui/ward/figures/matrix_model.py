"""The cells of 地区×取組項目: marks for the painter, words for a screen reader."""

from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from shakyo_desktop.domain.state_changes import state_change
from shakyo_desktop.gui.shared.labels import plain_tip
from shakyo_desktop.gui.shared.marks import Mark, state_mark
from shakyo_desktop.services.matrix import MatrixView, is_expected

Index = QModelIndex | QPersistentModelIndex
_SUFFIX = "地区部会"


@dataclass(frozen=True, slots=True)
class Cell:
    """What is painted: no mark where nothing is expected, a sign for the difference to last year."""

    mark: Mark | None
    sign: str
    words: str
    look: str = ""
    """What is painted, in a word: cells that look the same share a picture."""


# Asked for every cell of every frame: put together once.
_CELL_FLAGS = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable | Qt.ItemFlag.ItemNeverHasChildren


class MatrixModel(QAbstractTableModel):
    """Read-only; ``set_view`` replaces everything."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.view: MatrixView | None = None
        self.changes = False
        self._cells: list[list[Cell]] = []

    def set_view(self, view: MatrixView | None) -> None:
        """Show these districts."""
        self.beginResetModel()
        self.view = view
        self._make_cells()
        self.endResetModel()

    def set_changes(self, changes: bool) -> None:
        """Show in every cell how it differs from last year, or show the states alone."""
        self.changes = changes
        self._make_cells()
        if self._cells:
            self.dataChanged.emit(self.index(0, 0), self.index(self.rowCount() - 1, self.columnCount() - 1))

    def cell(self, row: int, column: int) -> Cell:
        """Return what a cell shows."""
        return self._cells[row][column]

    def line(self, row: int) -> list[Cell]:
        """Return the cells of a district."""
        return self._cells[row]

    def rowCount(self, parent: Index | None = None) -> int:
        """Return how many districts there are."""
        return 0 if parent is not None and parent.isValid() else len(self._cells)

    def columnCount(self, parent: Index | None = None) -> int:
        """Return how many items there are."""
        if self.view is None or (parent is not None and parent.isValid()):
            return 0
        return len(self.view.plan.items)

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Cells can be chosen and hold nothing below them."""
        return _CELL_FLAGS

    def data(self, index: Index, role: int = 0) -> Any:
        """Return the symbols or the words of a cell."""
        cell = self._cells[index.row()][index.column()]
        if role == Qt.ItemDataRole.DisplayRole:
            return f"{cell.mark.symbol if cell.mark else ''}{cell.sign}"
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            words = f"{self._name(index.row())} {self._item(index.column())} {cell.words}"
            return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignCenter
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = 0) -> Any:
        """Return an item's number or a district's name; in full for a screen reader and the pointer."""
        if self.view is None:
            return None
        across = orientation == Qt.Orientation.Horizontal
        if role == Qt.ItemDataRole.DisplayRole:
            return str(self.view.plan.items[section].number) if across else short_name(self._name(section))
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            words = self._item(section) if across else self._name(section)
            return plain_tip(words) if role == Qt.ItemDataRole.ToolTipRole else words
        return None

    def _name(self, row: int) -> str:
        return self.view.lines[row].name if self.view else ""

    def _item(self, column: int) -> str:
        item = self.view.plan.items[column] if self.view else None
        return f"{item.number} {item.name}" if item else ""

    def _make_cells(self) -> None:
        self._cells = []
        for line in self.view.lines if self.view else ():
            items = self.view.plan.items if self.view else ()
            triples = zip(items, line.states, line.earlier, strict=True)
            self._cells.append([self._cell(is_expected(item), now, then) for item, now, then in triples])

    def _cell(self, expected: bool, now: Any, then: Any) -> Cell:
        change = state_change(now, then) if self.changes else None
        more = f"、{change.words}" if change and change.words else ""
        if now is None and not expected:
            return Cell(None, "", f"区事務所が報告する項目です{more}")
        mark, sign = state_mark(now), change.sign if change else ""
        return Cell(mark, sign, f"{mark.words}{more}", f"{mark.words}{sign}")


def short_name(name: str) -> str:
    """A district's name without the word all of them end with."""
    return name.removesuffix(_SUFFIX) or name
