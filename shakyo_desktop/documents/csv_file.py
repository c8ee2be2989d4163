"""Reading CSV and tab-separated text as offices save it: UTF-8 with or without a mark, UTF-16, CP932."""

import csv
import io

from shakyo_desktop.documents.cells import MAX_COLUMNS, MAX_ROWS, RawCell, RawSheet
from shakyo_desktop.documents.safe_cell import starts_formula
from shakyo_desktop.domain.errors import FileUnreadable

_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")


def decode_text(data: bytes) -> str:
    """Return the text of a file in one of the encodings offices use.

    Raises:
        FileUnreadable: when it is none of them.
    """
    encodings = ["utf-16"] if data.startswith(_UTF16_MARKS) else ["utf-8-sig", "cp932"]
    for encoding in encodings:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise FileUnreadable(
        "文字を読み取れないファイルです。\n"
        "何も変わっていません。\n"
        "Excelで開き、「Excelブック（.xlsx）」で保存し直してから選んでください。",
        code="table.encoding",
    )


def read_csv_sheet(data: bytes) -> RawSheet:
    """Read a whole file as one sheet.

    Raises:
        FileUnreadable: when it is not text, has quotes that do not close or an endless cell, or is too large.
    """
    text = decode_text(data)
    first = text.split("\n", 1)[0]
    delimiter = "\t" if first.count("\t") > first.count(",") else ","
    rows: list[tuple[RawCell, ...]] = []
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True):
            if len(rows) > MAX_ROWS + 100 or len(row) > MAX_COLUMNS:
                raise too_large()
            rows.append(tuple(RawCell(_plain(value)) for value in row))
    except csv.Error as error:
        # The reader tells its two refusals apart by their sentences only.
        raise _spoilt(len(rows) + 1, endless="field limit" in str(error)) from error
    return RawSheet("", tuple(rows))


def _spoilt(row: int, *, endless: bool) -> FileUnreadable:
    """The refusal of a row: its quotes do not match, or one of its cells goes on and on."""
    what = (
        f'1つの欄が長すぎます（{csv.field_size_limit():,}文字まで）。" が閉じていないのかもしれません'
        if endless
        else '表の形がくずれています（" の数が合いません）'
    )
    return FileUnreadable(
        f"{row}行目で、{what}。\n"
        "何も変わっていません。\n"
        "Excelで開き、「Excelブック（.xlsx）」で保存し直してから選んでください。",
        code="table.cell" if endless else "table.csv",
    )


def _plain(value: str) -> str:
    """A cell's text without the apostrophe that ``safe_cell`` writes."""
    text = value.strip()
    return text[1:] if text.startswith("'") and starts_formula(text[1:]) else text


def too_large() -> FileUnreadable:
    """The refusal of a table with too many rows or columns."""
    return FileUnreadable(
        f"表が大きすぎます（{MAX_ROWS:,}行、{MAX_COLUMNS}列まで）。\n"
        "何も変わっていません。\n"
        "必要な行だけを残して、別のファイルに保存してください。",
        code="table.size",
    )
