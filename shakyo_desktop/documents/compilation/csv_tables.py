"""The CSV of a compilation, and the list of what CP932 could not write."""

from shakyo_desktop.documents.compilation.paper import CompilationPaper
from shakyo_desktop.documents.compilation.table_rows import plain_table
from shakyo_desktop.documents.csv_table import CsvFile, Substitution, write_csv


def make_csv(paper: CompilationPaper, *, cp932: bool = False) -> CsvFile:
    """The tidy rows, each with its version and its source; UTF-8 with a mark, or CP932."""
    headings, rows = plain_table(paper)
    return write_csv(headings, rows, cp932=cp932)


def make_substitution_list(substituted: tuple[Substitution, ...]) -> bytes:
    """Which character of which cell was written as another one; UTF-8 with a mark, which has them all."""
    headings = ("セル", "もとの文字", "もとの文字のコード", "書いた文字")
    rows = (
        (one.address, one.character, " ".join(f"U+{ord(c):04X}" for c in one.character), one.written)
        for one in substituted
    )
    return write_csv(headings, rows).data
