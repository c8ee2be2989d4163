"""Reading Excel workbooks made by others, with nothing in them trusted."""

import io
import warnings
import zipfile
from collections.abc import Iterator
from datetime import date, datetime, time
from typing import IO, Any

from shakyo_desktop.documents.cells import MAX_COLUMNS, MAX_ROWS, RawCell, RawSheet
from shakyo_desktop.documents.csv_file import too_large
from shakyo_desktop.domain.errors import FileUnreadable

ZIP_MARK = b"PK\x03\x04"
OLD_EXCEL_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"

_MAX_PARTS = 1_000
_MAX_UNPACKED = 100 * 1024 * 1024
_CHUNK = 1024 * 1024
# Marks (`<`) of XML: a table of the largest size has fewer, and so have the most cell formats.
# What a parser makes of a mark costs a hundred times its bytes, and stays for parts beside the tables.
_MAX_MARKS, _MAX_OTHER_MARKS = 5_000_000, 300_000
_TABLE_PARTS = ("xl/worksheets/", "xl/sharedStrings.xml")
_DOCTYPES = tuple("<!DOCTYPE".encode(encoding) for encoding in ("utf-8", "utf-16-le", "utf-16-be"))
_MAX_BLANK_ROWS = 1_000  # formatting that reaches to the last row of the sheet is common
_NOT_CALCULATED = "計算式の結果が入っていません。Excelで開いて保存し直すか、値を入力してください。"


def read_workbook_sheets(data: bytes) -> tuple[RawSheet, ...]:
    """Read every sheet of a workbook; formulas by the result Excel stored.

    Raises:
        FileUnreadable: when it is not a sound workbook, or too large when unpacked.
    """
    _check_parts(data)
    import openpyxl

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # openpyxl warns of extensions that it leaves out
            values = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
            formulas = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=False)
            names = [sheet.title for sheet in values.worksheets]
            return tuple(RawSheet(name, _rows(values[name], formulas[name])) for name in names)
    except FileUnreadable:
        raise
    except Exception as error:  # openpyxl lets anything through, from KeyError to a parser's own errors
        raise _damaged() from error


def _check_parts(data: bytes) -> None:
    """Unpack every part once, without keeping it, to know that the whole is sound and small enough."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = archive.infolist()
            if len(parts) > _MAX_PARTS:
                raise too_large()
            unpacked = marks = others = 0
            for part in parts:
                with archive.open(part) as stream:
                    size, found = _count_part(stream, _MAX_UNPACKED - unpacked)
                unpacked += size
                marks += found
                others += 0 if part.filename.startswith(_TABLE_PARTS) else found
                if marks > _MAX_MARKS or others > _MAX_OTHER_MARKS:
                    raise too_large()
    except (zipfile.BadZipFile, EOFError, RuntimeError, OSError, ValueError) as error:
        raise _damaged() from error
    except Exception as error:
        if isinstance(error, FileUnreadable):
            raise
        raise _damaged() from error  # zlib.error and its kin


def _count_part(stream: IO[bytes], most: int) -> tuple[int, int]:
    """How many bytes and how many marks of XML a part has, or a refusal beyond ``most`` bytes."""
    size = marks = 0
    tail = b""
    while chunk := stream.read(_CHUNK):
        size += len(chunk)
        if size > most:
            raise too_large()
        if any(one in tail + chunk for one in _DOCTYPES):  # no Office program writes one
            raise _damaged()
        marks += chunk.count(b"<")
        tail = chunk[-32:]
    return size, marks


def _rows(values: Any, formulas: Any) -> tuple[tuple[RawCell, ...], ...]:
    rows: list[tuple[RawCell, ...]] = []
    blank = 0
    for shown, written in zip(_cells(values), _cells(formulas), strict=False):
        row = tuple(_cell(value, formula) for value, formula in zip(shown, written, strict=False))
        rows.append(row)
        blank = 0 if any(cell.text or cell.fault for cell in row) else blank + 1
        if blank > _MAX_BLANK_ROWS:
            break
        if len(rows) - blank > MAX_ROWS + 100:
            raise too_large()
    return tuple(rows[: len(rows) - blank])


def _cells(sheet: Any) -> Iterator[tuple[object, ...]]:
    yield from sheet.iter_rows(min_row=1, max_col=MAX_COLUMNS, values_only=True)


def _cell(value: object, formula: object) -> RawCell:
    if value is None:
        return RawCell(fault=_NOT_CALCULATED) if _is_formula(formula) else RawCell()
    if isinstance(value, str) and value.startswith("#") and value.endswith(("!", "?", "/A", "#")):
        return RawCell(fault=f"計算の結果が「{value}」になっています。値を入力してください。")
    return RawCell(_as_text(value))


def _is_formula(formula: object) -> bool:
    if isinstance(formula, str):
        return formula.startswith("=")
    return type(formula).__name__ in {"ArrayFormula", "DataTableFormula"}


def _as_text(value: object) -> str:
    match value:
        case bool():
            return "はい" if value else "いいえ"
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if value.time() == time():
            return value.date().isoformat()
        case datetime() | date() | time():
            return value.isoformat()
        case _:
            return str(value).strip()


def _damaged() -> FileUnreadable:
    return FileUnreadable(
        "Excelのファイルとして読めません。こわれているか、別の種類のファイルです。\n"
        "何も変わっていません。\n"
        "Excelで開き、「Excelブック（.xlsx）」で保存し直してから選んでください。",
        code="table.workbook",
    )


def old_excel(data: bytes) -> FileUnreadable:
    """The refusal of what is no .xlsx although Excel made it: the old format, or one with a password."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        message = (
            "パスワードのかかったExcelのファイルです。\n"
            "何も変わっていません。\n"
            "Excelで開いてパスワードを外し、保存し直してから選んでください。"
        )
        return FileUnreadable(message, code="table.password")
    return FileUnreadable(
        "古い形式のExcel（.xls）のファイルです。\n"
        "何も変わっていません。\n"
        "Excelで開き、「Excelブック（.xlsx）」で保存し直してから選んでください。",
        code="table.old_excel",
    )
