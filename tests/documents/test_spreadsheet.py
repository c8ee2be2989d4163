"""Tables that people bring, good and bad."""

import io
import zipfile
from datetime import date, datetime

import pytest

from shakyo_desktop.documents import workbook_file
from shakyo_desktop.documents.cells import MAX_BYTES, MAX_COLUMNS, MAX_ROWS, column_letters
from shakyo_desktop.documents.spreadsheet import Heading, read_table
from shakyo_desktop.domain.errors import BadInput, FileUnreadable, ShakyoError
from tests.documents.workbooks import csv_text, with_part, workbook, workbook_of

HEADINGS = (Heading("コード", ("番号",), required=True), Heading("名称", required=True), Heading("電話"))
GOOD_ROWS = [["コード", "名称", "電話"], ["01", "みほん東", "000"], ["02", "みほん西", None]]
PLAIN = [
    {"コード": "01", "名称": "みほん東", "電話": "000"},
    {"コード": "02", "名称": "みほん西", "電話": ""},
]
TEXT = "コード,名称,電話\r\n01,みほん東,000\r\n02,みほん西,\r\n"

GOOD = {
    "xlsx": workbook(GOOD_ROWS),
    "xlsx with a title above": workbook([["名簿"], [], *GOOD_ROWS], merged=("A1:C1",)),
    "xlsx, second sheet": workbook_of({"説明": [["これは説明です"]], "名簿": GOOD_ROWS}),
    "xlsx, headings in two merged rows": workbook(
        [["コード", "名称", "連絡先"], [None, None, "電話"], *GOOD_ROWS[1:]], merged=("A1:A2", "B1:B2")
    ),
    "xlsx, columns in another order": workbook([[row[2], "余分", row[1], row[0]] for row in GOOD_ROWS]),
    "xlsx, blank rows": workbook([GOOD_ROWS[0], [], GOOD_ROWS[1], [None, " "], GOOD_ROWS[2], []]),
    "full-width headings with spaces and remarks": workbook(
        [["　コ ー ド（必須）", "名　称", "電話\n(市外局番から)"], *GOOD_ROWS[1:]]
    ),
    "another name for a heading": workbook([["番号", "名称", "電話"], *GOOD_ROWS[1:]]),
    "half-width kana heading": workbook([["ｺｰﾄﾞ", "名称", "電話"], *GOOD_ROWS[1:]]),
    "utf-8 with mark": TEXT.encode("utf-8-sig"),
    "utf-8 without mark": TEXT.encode(),
    "cp932": TEXT.encode("cp932"),
    "utf-16 tabs, as Excel's Unicode text": TEXT.replace(",", "\t").encode("utf-16"),
    "lf only, quoted": TEXT.replace("\r\n", "\n").replace("みほん東", '"みほん東"').encode(),
}


@pytest.mark.parametrize("data", GOOD.values(), ids=GOOD)
def test_the_same_table_is_read_however_it_was_saved(data):
    table = read_table(data, "名簿.xlsx", HEADINGS)
    assert [row.values for row in table.rows] == PLAIN
    assert table.problems == ()


HEAD = ["コード", "名称"]
_BOMB = with_part(
    workbook(GOOD_ROWS), "xl/worksheets/sheet1.xml", b"<worksheet>" + b" " * (110 * 1024 * 1024)
)
_STYLES = b"<styleSheet><cellXfs>" + b"<xf/>" * 300_001 + b"</cellXfs></styleSheet>"


def _doctype(encoding, before=0):
    """A sheet with a DOCTYPE in an encoding an XML parser reads, after so many characters."""
    text = "<?xml version='1.0'?>".ljust(before) + '<!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'
    return with_part(workbook(GOOD_ROWS), "xl/worksheets/sheet1.xml", text.encode(encoding))


BAD = {
    "empty": (b"", "table.empty"),
    "white space": (b" \r\n ", "table.empty"),
    "a picture": (b"\x89PNG\r\n\x1a\n\0\0\0\r", "table.encoding"),
    "no headings": (csv_text("あ,い", "1,2"), "table.headings"),
    "one heading missing": (workbook([["コード", "電話"], ["01", "000"]]), "table.headings"),
    "headings too far down": (workbook([["x"]] * 30 + GOOD_ROWS), "table.headings"),
    "a heading twice": (workbook([["コード", "名称", "名 称"], ["01", "あ", "い"]]), "table.heading_twice"),
    "open quotes": (csv_text("コード,名称", '01,"みほん東'), "table.csv"),
    "too many rows": (
        csv_text("コード,名称", *(f"{n},み" for n in range(MAX_ROWS + 1))),
        "table.size",
    ),
    "far too many rows": (csv_text("コード,名称", *(["1,み"] * (MAX_ROWS + 500))), "table.size"),
    "too many columns": (csv_text("コード,名称" + "," * 100, "1,み"), "table.size"),
    "too large": (b"a" * (MAX_BYTES + 1), "table.size"),
    "cut workbook": (workbook(GOOD_ROWS)[:-200], "table.workbook"),
    "a zip that is no workbook": (with_part(b"PK\x05\x06" + b"\0" * 18, "a.txt", b"a"), "table.workbook"),
    "changed byte": (workbook(GOOD_ROWS).replace(b"PK\x01\x02", b"PK\x01\x03", 1), "table.workbook"),
    "bomb": (_BOMB, "table.size"),
    "a quote that swallows the rest": (csv_text("コード,名称", '01,"' + "み" * 140_000), "table.cell"),
    "a cell without end": (csv_text("コード,名称", "01," + "み" * 140_000), "table.cell"),
    "entities": (_doctype("utf-8"), "table.workbook"),
    "entities in UTF-16": (_doctype("utf-16"), "table.workbook"),
    "entities in UTF-16, big end first": (_doctype("utf-16-be"), "table.workbook"),
    "entities across the border of what is read at once": (
        _doctype("utf-16", 512 * 1024 - 10),
        "table.workbook",
    ),
    "millions of cells": (
        with_part(workbook(GOOD_ROWS), "xl/worksheets/sheet1.xml", b"<worksheet>" + b"<c/>" * 5_000_001),
        "table.size",
    ),
    "hundreds of thousands of styles": (
        with_part(workbook(GOOD_ROWS), "xl/styles.xml", _STYLES),
        "table.size",
    ),
    "broken XML": (with_part(workbook(GOOD_ROWS), "xl/workbook.xml", b"<workbook>"), "table.workbook"),
    "old Excel": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "table.old_excel"),
    "password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"),
        "table.password",
    ),
}


@pytest.mark.parametrize(("data", "code"), BAD.values(), ids=BAD)
def test_a_table_that_cannot_be_read_is_refused_in_plain_words(data, code):
    with pytest.raises(ShakyoError) as failure:
        read_table(data, "名簿.xlsx", HEADINGS)
    assert isinstance(failure.value, BadInput | FileUnreadable)
    assert failure.value.code == code
    assert "何も変わっていません" in failure.value.message
    assert len(failure.value.message.splitlines()) >= 3


def test_a_heading_that_stands_twice_is_named_by_its_cells():
    with pytest.raises(BadInput, match="B1 と C1"):
        read_table(workbook([["コード", "名称", "名 称"], ["01", "あ", "い"]]), "a.xlsx", HEADINGS)


def test_every_value_knows_its_cell():
    table = read_table(workbook([["題"], [], ["x", *HEAD], ["x", "01", "みほん東"]]), "a.xlsx", HEADINGS)
    assert table.rows[0].addresses == {"コード": "B4", "名称": "C4"}
    assert table.rows[0].number == 4
    assert table.headings == ("コード", "名称")


VALUES = {
    "whole number": (12, "12"),
    "whole number kept as a fraction": (12.0, "12"),
    "fraction": (1.5, "1.5"),
    "day": (date(2026, 4, 1), "2026-04-01"),
    "moment": (datetime(2026, 4, 1, 13, 5), "2026-04-01T13:05:00"),
    "yes": (True, "はい"),
    "spaces around": ("　みほん ", "みほん"),
    "an apostrophe": ("'01", "'01"),
}


@pytest.mark.parametrize(("value", "text"), VALUES.values(), ids=VALUES)
def test_a_cell_of_any_kind_becomes_text(value, text):
    table = read_table(workbook([HEAD, ["01", value]]), "a.xlsx", HEADINGS)
    assert table.rows[0].values["名称"] == text


def test_a_formula_without_its_result_is_named_by_its_cell():
    table = read_table(workbook([HEAD, ["01", '="み"&"ほん"']]), "a.xlsx", HEADINGS)
    assert [problem.address for problem in table.problems] == ["B2"]
    assert "計算式" in table.problems[0].message


def test_a_formula_is_read_by_the_result_excel_stored():
    data = with_part(
        workbook([HEAD, ["01", "x"]]),
        "xl/worksheets/sheet1.xml",
        '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>コード</t></is></c>'
        '<c r="B1" t="inlineStr"><is><t>名称</t></is></c></row>'
        '<row r="2"><c r="A2"><v>1</v></c><c r="B2" t="str"><f>"み"&amp;"ほん"</f><v>みほん</v></c></row>'
        "</sheetData></worksheet>".encode(),
    )
    table = read_table(data, "a.xlsx", HEADINGS)
    assert table.rows[0].values == {"コード": "1", "名称": "みほん"}
    assert table.problems == ()


def test_a_calculation_that_failed_is_named_by_its_cell():
    table = read_table(workbook([HEAD, ["01", "#REF!"]]), "a.xlsx", HEADINGS)
    assert [problem.address for problem in table.problems] == ["B2"]
    assert "#REF!" in table.problems[0].message


def test_columns_are_lettered_as_in_excel():
    assert [column_letters(n) for n in (1, 26, 27, 52, 53, 702, 703)] == [
        "A",
        "Z",
        "AA",
        "AZ",
        "BA",
        "ZZ",
        "AAA",
    ]


def test_a_table_of_the_largest_size_is_within_the_bounds_that_stop_a_hostile_one():
    rows = [HEAD + ["x"] * (MAX_COLUMNS - 2), *([f"{n}"] * MAX_COLUMNS for n in range(200))]
    with zipfile.ZipFile(io.BytesIO(workbook(rows))) as archive:
        marks = archive.read("xl/worksheets/sheet1.xml").count(b"<")
    assert marks / len(rows) * MAX_ROWS < workbook_file._MAX_MARKS


def test_a_cell_without_end_is_told_from_quotes_that_do_not_match():
    with pytest.raises(FileUnreadable, match="2行目で、1つの欄が長すぎます（131,072文字まで）"):
        read_table(csv_text("コード,名称", "01," + "み" * 140_000), "a.csv", HEADINGS)
