"""The overview as CSV: what is missing is empty, and no cell is a formula."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime

from shakyo_desktop.documents.workbook_file import read_workbook_sheets
from shakyo_desktop.domain.codes import ReportState, Stage
from shakyo_desktop.domain.desk_states import DeskState
from shakyo_desktop.services.open_requests import OpenRequest
from shakyo_desktop.services.overview import DistrictRow
from shakyo_desktop.services.overview_table import overview_csv, overview_workbook

MISSING = DistrictRow(
    org="999999-01",
    name="みほん東地区部会",
    telephone="",
    contact="",
    state=None,
    held=0,
    received_at=None,
    revision=None,
    stage=None,
    problems=0,
    entered=0,
    expected=13,
    due=date(2027, 5, 31),
    days_left=-3,
    open_requests=0,
    answer_written=False,
    package_id=None,
)
RECEIVED = replace(
    MISSING,
    org="999999-02",
    name="=みほん西地区部会",
    state=ReportState.RECEIVED,
    received_at=datetime(2026, 9, 11, 16, 0, tzinfo=UTC),
    revision=2,
    stage=Stage.INTERIM,
    entered=7,
    package_id="one",
    desk=DeskState.RECEIVED,
)
REQUEST = OpenRequest(
    org="999999-02",
    item="9 みほんの項目",
    place="",
    field="成果",
    text="=1+1 と書いてあります。",
    due=date(2026, 9, 20),
    asked_at=datetime(2026, 9, 11, 16, 0, tzinfo=UTC),
    days=12,
    days_late=4,
)


def read(rows):
    data = overview_csv(rows)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_what_is_not_there_yet_is_empty_and_not_zero():
    [row] = read([MISSING])
    empty = [row[name] for name in ("入力済み", "気になる点", "受取日", "版")]
    assert (row["状態"], empty) == ("未着", [""] * 4)
    assert (row["コード"], row["残り日数"], row["期限"]) == ("999999-01", "-3", "2027-05-31")


def test_days_are_those_of_japan_and_names_are_no_formulas():
    [row] = read([RECEIVED])
    assert (row["受取日"], row["入力済み"], row["状態"]) == ("2026-09-12", "7", "受取済")
    assert not row["地区部会"].startswith("=")


def test_the_workbook_holds_one_value_per_cell_and_codes_and_formulas_as_text():
    desk, requests = read_workbook_sheets(overview_workbook([MISSING, RECEIVED], [REQUEST]))
    assert (desk.title, requests.title) == ("受付状況", "確認のお願い")
    names = [cell.text for cell in desk.rows[0]]
    missing = dict(zip(names, [cell.text for cell in desk.rows[1]], strict=True))
    assert (missing["コード"], missing["状態"], missing["版"], missing["おくれ日数"]) == (
        "999999-01",
        "未着",
        "",
        "3",
    )
    assert desk.cell(3, 2).text == "=みほん西地区部会"
    waiting = [cell.text for cell in requests.rows[1]]
    assert waiting[:10] == [
        "999999-02",
        "=みほん西地区部会",
        "9 みほんの項目",
        "",
        "成果",
        "=1+1 と書いてあります。",
        "2026-09-20",
        "2026-09-12",
        "12",
        "4",
    ]


def test_no_cell_of_the_workbook_is_a_formula():
    import openpyxl

    book = openpyxl.load_workbook(io.BytesIO(overview_workbook([RECEIVED], [REQUEST])))
    cells = [cell for sheet in book.worksheets for row in sheet.iter_rows() for cell in row]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    assert all(cell.number_format == "@" for cell in cells if cell.value == "999999-02")
