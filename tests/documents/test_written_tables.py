"""CSV and Excel as we write them."""

import csv
import io

import openpyxl
import pytest

from shakyo_desktop.documents.csv_table import write_csv
from shakyo_desktop.documents.excel_table import SheetContent, write_workbook
from shakyo_desktop.documents.safe_cell import safe_cell
from shakyo_desktop.documents.spreadsheet import Heading, read_table

DANGEROUS = ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "＝1", "＠x", "=cmd|' /C calc'!A0"]


@pytest.mark.parametrize("text", DANGEROUS)
def test_a_cell_that_might_be_a_formula_is_written_as_text(text):
    assert safe_cell(text) == f"'{text}"
    data = write_csv(["あ"], [[text]]).data.decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(data, newline="")))
    assert rows[1][0].startswith("'")
    sheet = openpyxl.load_workbook(io.BytesIO(write_workbook([SheetContent("表", ("あ",), [(text,)])])))["表"]
    assert sheet["A2"].data_type == "s"
    assert sheet["A2"].quotePrefix


def test_plain_cells_stay_as_they_are():
    assert [safe_cell(v) for v in ("みほん", -5, 0, None, True, "1-2")] == [
        "みほん",
        -5,
        0,
        "",
        "はい",
        "1-2",
    ]


def test_csv_is_utf8_with_a_mark_and_windows_line_ends():
    written = write_csv(["名称", "人数"], [["𠮷田,“会”", 5], ['"', None]])
    assert written.data == '\ufeff名称,人数\r\n"𠮷田,“会”",5\r\n"""",\r\n'.encode()
    assert written.substituted == ()


def test_cp932_lists_what_it_could_not_write():
    written = write_csv(["名称"], [["𠮷田〜葛\U000e0100"], ["髙﨑"], ["🙂"]], cp932=True)
    assert written.data.decode("cp932") == "名称\r\n〓田～葛\r\n髙﨑\r\n〓\r\n"
    assert [(s.address, s.character, s.written) for s in written.substituted] == [
        ("A2", "𠮷", "〓"),
        ("A2", "〜", "～"),
        ("A2", "\U000e0100", ""),
        ("A4", "🙂", "〓"),
    ]
    assert b"?" not in written.data


def test_csv_reads_back_what_was_written():
    rows = [["01", "=みほん"], ["02", "みほん\n西"], ["03", "a,b"]]
    table = read_table(
        write_csv(["コード", "名称"], rows).data, "a.csv", (Heading("コード", required=True), Heading("名称"))
    )
    assert [[row.values["コード"], row.values["名称"]] for row in table.rows] == rows


def test_codes_stay_text_and_blanks_stay_blank_in_excel():
    data = write_workbook([SheetContent("表", ("コード", "人数"), [("0123", None), ("990011-01", 0)])])
    sheet = openpyxl.load_workbook(io.BytesIO(data))["表"]
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["0123", None],
        ["990011-01", 0],
    ]
    assert sheet["A2"].number_format == "@"
    assert sheet["A1"].font.bold
    assert not sheet.merged_cells.ranges


def test_a_control_character_does_not_break_the_workbook():
    data = write_workbook([SheetContent("表", ("あ",), [("い\x0bう",)])])
    assert openpyxl.load_workbook(io.BytesIO(data))["表"]["A2"].value == "いう"
