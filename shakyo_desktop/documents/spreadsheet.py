"""Tables that people bring: CSV or Excel, headings found by name, every problem named by its cell."""

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shakyo_desktop.documents.cells import MAX_BYTES, MAX_ROWS, RawCell, RawSheet, cell_address
from shakyo_desktop.documents.csv_file import read_csv_sheet, too_large
from shakyo_desktop.documents.workbook_file import (
    OLD_EXCEL_MARK,
    ZIP_MARK,
    old_excel,
    read_workbook_sheets,
)
from shakyo_desktop.domain.errors import BadInput, FileUnreadable

_HEADING_ROWS = 20
"""A table's headings must stand within this many rows from the top; titles may stand above them."""


@dataclass(frozen=True, slots=True)
class Heading:
    """A column that is looked for by its name or another one people use; width and spaces do not matter."""

    name: str
    aliases: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class TableProblem:
    """What is wrong and in which cell (``B3``, ``項目!B3``), in plain Japanese."""

    address: str
    message: str


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row: its number in the sheet, and by heading its text and the cell it came from."""

    number: int
    values: dict[str, str]
    addresses: dict[str, str]


@dataclass(frozen=True, slots=True)
class Table:
    """The rows below the headings, blank ones left out; ``headings`` are the columns that were found.

    ``unknown`` are texts in the row of the headings that name no column, by their cells.
    """

    rows: tuple[TableRow, ...]
    problems: tuple[TableProblem, ...]
    headings: tuple[str, ...]
    unknown: dict[str, str]


def read_sheets(data: bytes, file_name: str) -> tuple[RawSheet, ...]:
    """Read every sheet of a file, told apart by content, not by name.

    Raises:
        FileUnreadable: when it is empty, too large, or no table at all.
    """
    if not data.strip():
        raise FileUnreadable(
            f"「{file_name}」は空のファイルです。\n何も変わっていません。\n別のファイルを選んでください。",
            code="table.empty",
        )
    if len(data) > MAX_BYTES:
        raise too_large()
    if data.startswith(OLD_EXCEL_MARK):
        raise old_excel(data)
    if data.startswith(ZIP_MARK):
        return read_workbook_sheets(data)
    return (read_csv_sheet(data),)


def read_table(data: bytes, file_name: str, headings: Sequence[Heading]) -> Table:
    """Read the first sheet that has the required headings.

    Raises:
        FileUnreadable: see ``read_sheets``.
        BadInput: when no sheet has the headings, one stands twice, or there are too many rows.
    """
    sheets = read_sheets(data, file_name)
    for sheet in sheets:
        if _find_headings(sheet, headings) is not None:
            return table_of(sheet, headings, named=False)
    raise _no_headings(file_name, headings)


def table_of(sheet: RawSheet, headings: Sequence[Heading], *, named: bool = True) -> Table:
    """Read one sheet; ``named`` puts its title into the addresses.

    Raises:
        BadInput: when the required headings are missing, one stands twice, or there are too many rows.
    """
    found = _find_headings(sheet, headings)
    title = sheet.title if named else ""
    if found is None:
        raise _no_headings(f"シート「{sheet.title}」" if title else "表", headings)
    last_heading_row, columns = found
    rows: list[TableRow] = []
    problems: list[TableProblem] = []
    for number in range(last_heading_row + 1, len(sheet.rows) + 1):
        cells = {name: sheet.cell(number, column) for name, column in columns.items()}
        if not any(cell.text or cell.fault for cell in cells.values()):
            continue
        place = number + sheet.above
        addresses = {name: cell_address(place, column, title) for name, column in columns.items()}
        problems += [TableProblem(addresses[name], cell.fault) for name, cell in cells.items() if cell.fault]
        rows.append(TableRow(place, {name: cell.text for name, cell in cells.items()}, addresses))
    if len(rows) > MAX_ROWS:
        raise too_large()
    return Table(
        tuple(rows), tuple(problems), tuple(columns), _unknown(sheet, last_heading_row, columns, title)
    )


def fold_heading(text: str) -> str:
    """A heading's form for matching: NFKC, without spaces, line breaks and remarks in brackets."""
    folded = "".join(unicodedata.normalize("NFKC", text).split()).casefold()
    return folded.split("(", 1)[0].rstrip(":※*")


def _find_headings(sheet: RawSheet, headings: Sequence[Heading]) -> tuple[int, dict[str, int]] | None:
    """Return (last heading row, {name: column}); headings may take two rows, as under merged cells."""
    for number in range(1, min(_HEADING_ROWS, len(sheet.rows)) + 1):
        columns = _match(sheet, number, headings)
        if not columns:
            continue
        last = number
        missing = [heading for heading in headings if heading.name not in columns]
        below = _match(sheet, number + 1, missing) if number < len(sheet.rows) else {}
        if below and not set(below.values()) & set(columns.values()):
            columns |= below
            last = number + 1
        if all(heading.name in columns for heading in headings if heading.required):
            return last, columns
    return None


def _unknown(sheet: RawSheet, row: int, columns: Mapping[str, int], title: str) -> dict[str, str]:
    known = set(columns.values())
    cells = enumerate(sheet.rows[row - 1], start=1)
    place = row + sheet.above
    return {
        cell_address(place, column, title): cell.text
        for column, cell in cells
        if cell.text and column not in known
    }


def _match(sheet: RawSheet, row: int, headings: Sequence[Heading]) -> dict[str, int]:
    wanted = {fold_heading(name): h.name for h in headings for name in (h.name, *h.aliases)}
    columns: dict[str, int] = {}
    cells: tuple[RawCell, ...] = sheet.rows[row - 1]
    for column, cell in enumerate(cells, start=1):
        name = wanted.get(fold_heading(cell.text)) if cell.text else None
        if name is None:
            continue
        if name in columns:
            place = row + sheet.above
            first, second = cell_address(place, columns[name]), cell_address(place, column)
            raise BadInput(
                f"見出し「{name}」が2つあります（{first} と {second}）。\n"
                "何も変わっていません。\n"
                "使わないほうの列を消してから、もう一度選んでください。",
                code="table.heading_twice",
            )
        columns[name] = column
    return columns


def _no_headings(where: str, headings: Sequence[Heading]) -> BadInput:
    names = "」「".join(heading.name for heading in headings if heading.required)
    return BadInput(
        f"{where}に、見出し「{names}」の行が見つかりません。\n"
        "何も変わっていません。\n"
        "「ひな形を保存する」で作った表に写してから、もう一度選んでください。",
        code="table.headings",
    )
