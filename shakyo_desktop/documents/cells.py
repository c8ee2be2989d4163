"""Cells of a table that somebody else made: where each stands, what it says, what is wrong with it."""

from dataclasses import dataclass

MAX_ROWS = 10_000
"""Most rows of one table."""

MAX_COLUMNS = 60
MAX_BYTES = 20 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class RawCell:
    """A cell's value as text; ``fault`` says in plain Japanese why it cannot be used, empty if it can."""

    text: str = ""
    fault: str = ""


@dataclass(frozen=True, slots=True)
class RawSheet:
    """One sheet, its first row first; ``title`` is empty for CSV.

    ``above`` is how many rows stand above the first one, where a sheet is a part of a file.
    """

    title: str
    rows: tuple[tuple[RawCell, ...], ...]
    above: int = 0

    def cell(self, row: int, column: int) -> RawCell:
        """The cell at a row and column counted from 1; an empty one beyond the sheet's edge."""
        cells = self.rows[row - 1] if row <= len(self.rows) else ()
        return cells[column - 1] if column <= len(cells) else RawCell()


def column_letters(column: int) -> str:
    """A, B … Z, AA for a column counted from 1."""
    letters = ""
    while column:
        column, rest = divmod(column - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def cell_address(row: int, column: int, sheet: str = "") -> str:
    """B3, or 項目!B3 when the sheet matters."""
    address = f"{column_letters(column)}{row}"
    return f"{sheet}!{address}" if sheet else address
