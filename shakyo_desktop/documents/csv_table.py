"""Writing CSV that Excel opens as it is meant: UTF-8 with a mark, or CP932 with a list of what it lacks."""

import csv
import io
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shakyo_desktop.documents.cells import cell_address
from shakyo_desktop.documents.safe_cell import safe_cell

GETA = "〓"


@dataclass(frozen=True, slots=True)
class Substitution:
    """A character that CP932 does not have, and what stands in its place."""

    address: str
    character: str
    written: str


@dataclass(frozen=True, slots=True)
class CsvFile:
    """A file's bytes; ``substituted`` is empty for UTF-8."""

    data: bytes
    substituted: tuple[Substitution, ...] = ()


def write_csv(headings: Sequence[str], rows: Iterable[Sequence[object]], *, cp932: bool = False) -> CsvFile:
    """Return a table with one heading row; lines end in CR LF, every dangerous cell is text."""
    substituted: list[Substitution] = []
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    for number, row in enumerate([headings, *rows], start=1):
        cells = [safe_cell(value) for value in row]
        if cp932:
            cells = [
                _in_cp932(cell, cell_address(number, column), substituted)
                for column, cell in enumerate(cells, 1)
            ]
        writer.writerow(cells)
    if cp932:
        return CsvFile(out.getvalue().encode("cp932"), tuple(substituted))
    return CsvFile(out.getvalue().encode("utf-8-sig"))


def _in_cp932(cell: str | int, address: str, substituted: list[Substitution]) -> str | int:
    if isinstance(cell, int):
        return cell
    shown = []
    for character in cell:
        written = character if _fits(character) else _nearest(character)
        if written != character:
            substituted.append(Substitution(address, character, written))
        shown.append(written)
    return "".join(shown)


def _nearest(character: str) -> str:
    """The nearest character CP932 has: a compatible form, nothing for a selector, else 〓."""
    if unicodedata.category(character) in {"Mn", "Cf"}:
        return ""
    folded = {"〜": "～", "−": "－", "‖": "∥", "—": "―", "¥": "￥"}.get(
        character, unicodedata.normalize("NFKC", character)
    )
    return folded if all(_fits(c) for c in folded) else GETA


def _fits(character: str) -> bool:
    """Whether CP932 holds the character and gives the same one back."""
    try:
        return character.encode("cp932").decode("cp932") == character
    except UnicodeEncodeError:
        return False
