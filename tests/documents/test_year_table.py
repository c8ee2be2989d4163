"""The table for an earlier year: written with what is held, read back, every problem named by its cell."""

import io
from dataclasses import replace
from datetime import date

import openpyxl
import pytest

from shakyo_desktop.documents.year_sheets import HeldYear, write_year_table
from shakyo_desktop.documents.year_table import YearScope, YearTable, read_year_table
from shakyo_desktop.domain.codes import ImplementationState, OutcomeState, SelfRating
from shakyo_desktop.domain.errors import BadInput, FileUnreadable
from shakyo_desktop.domain.plan import Measure
from shakyo_desktop.domain.records import ACTIVITIES, ITEM_STATUSES
from tests.documents.workbooks import csv_text, workbook_of
from tests.factories import PLAN_ID, make_activity, make_plan, make_status

YEAR = 2025
SCOPE = YearScope(YEAR, (make_plan(),))
OFFICE = YearScope(YEAR, (make_plan(),), {"990011-01": "みほん東地区部会", "990011-02": "みほん西地区部会"})
ITEMS = [(make_plan(), item) for item in make_plan().items]
HEAD = ["項目番号", "実施状況", "自己評価", "開催回数", "見守り回数", "目標", "目標の単位", "成果"]
DIARY = ["日付", "月", "項目番号", "実施したか", "場所", "延べ参加者", "延べ担い手", "回数", "内容"]


def read(*rows, diary=(), scope=SCOPE, merged=(), how=()) -> YearTable:
    sheets = {"取組項目": [HEAD, *map(list, rows)]}
    if diary:
        sheets["活動記録"] = [DIARY, *map(list, diary)]
    if how:
        sheets["書き方"] = [list(row) for row in how]
    return read_year_table(workbook_of(sheets, merged), "前の年度.xlsx", scope)


def said(table: YearTable) -> dict[str, str]:
    return {problem.address: problem.message for problem in table.problems}


def test_a_row_gives_its_values_as_the_fields_of_one_item():
    [row] = read(["６", "一部実施", "○", "１２回", "1,200", "1.5", "か所", "見守りの人が\n増えた"]).rows
    assert (row.table, row.plan_id, row.item_number, row.org) == (ITEM_STATUSES, PLAN_ID, 6, "")
    assert row.values == {
        "state": ImplementationState.PARTIAL,
        "self_rating": SelfRating.GOOD,
        "typed_totals.sessions": 12,
        "typed_totals.visits": 1200,
        "target_value": 1500,
        "target_unit": "か所",
        "outcome": "見守りの人が\n増えた",
    }
    assert row.addresses["outcome"] == "取組項目!H2"


def test_a_row_without_a_value_says_nothing_and_a_blank_is_not_0():
    assert read(["6"], ["9", "", "", None, ""], ["10", "実施", "", "0"]).rows[0].values == {
        "state": ImplementationState.RUNNING,
        "typed_totals.sessions": 0,
    }


@pytest.mark.parametrize(
    ("row", "address", "words"),
    [
        (["6", "やった"], "取組項目!B2", "実施状況「やった」は使えません。未着手・準備中"),
        (["6", "実施", "A"], "取組項目!C2", "自己評価「A」は使えません。◎ 大きく進んだ"),
        (["6", "実施", "", "たくさん"], "取組項目!D2", "開催回数「たくさん」を0以上の整数として読めません"),
        (["6", "実施", "", "-3"], "取組項目!D2", "読めません"),
        (["6", "実施", "", "2.5"], "取組項目!D2", "読めません"),
        (["9", "実施", "", "", "3"], "取組項目!E2", "に「見守り回数（回）」はありません。空けてください"),
        (["6", "実施", "", "", "", "多め"], "取組項目!F2", "目標「多め」を数として読めません"),
        (
            ["6", "", "", "", "", "", "", "あ" * 301],
            "取組項目!H2",
            "成果が長すぎます（300文字まで。今は301文字",
        ),
        (["99", "実施"], "取組項目!A2", "項目番号「99」は「"),
        (["見守り", "実施"], "取組項目!A2", "項目番号「見守り」は「"),
        (["", "実施"], "取組項目!A2", "項目番号が空いています"),
        (["6", "=B9"], "取組項目!B2", "計算式の結果が入っていません"),
        (["6", "#REF!"], "取組項目!B2", "計算の結果が「#REF!」"),
    ],
)
def test_a_cell_that_cannot_be_used_is_named_and_its_row_is_left_out(row, address, words):
    table = read(row)
    assert list(said(table)) == [address]
    assert words in said(table)[address]
    assert table.rows == ()


def test_an_item_that_stands_twice_names_its_first_row():
    table = read(["6", "実施"], [], ["６", "休止"])
    assert said(table) == {
        "取組項目!A4": "項目番号「6」は 取組項目!A2 と同じです。1つの項目は1行に書いてください。"
    }


def test_rows_under_a_merged_number_ask_to_undo_the_merging():
    table = read(["6", "実施"], [None, "休止"], merged=("A2:A3",))
    assert "結合を解いて" in said(table)["取組項目!A3"]


def test_the_diary_takes_days_in_any_writing_and_sums_of_a_month():
    table = read(
        diary=[
            ["R7.6.15", "", "9", "", "公民館", "２４", "6", "", "体操"],
            [date(2026, 3, 31), "", "9", "中止"],
            ["4/1", "", "9"],
            ["", "６月", "6", "", "", "", "", "30"],
            ["", "令和8年1月", "6"],
        ]
    )
    assert said(table) == {}
    assert [row.when for row in table.rows] == [
        "2025-06-15",
        "2026-03-31",
        "2025-04-01",
        "2025-06",
        "2026-01",
    ]
    assert table.rows[0].table == ACTIVITIES
    assert table.rows[0].values == {"venue": "公民館", "participants": 24, "helpers": 6, "content": "体操"}
    assert table.rows[1].values == {"outcome_state": OutcomeState.CANCELLED}


@pytest.mark.parametrize(
    ("row", "address", "words"),
    [
        (
            ["R8.6.15", "", "9"],
            "活動記録!A2",
            "令和8年6月15日（月）は令和7年度（4月から次の年の3月まで）の日ではありません",
        ),
        (["2月30日", "", "9"], "活動記録!A2", "日付「2月30日」が読めません"),
        (["", "R8.6", "9"], "活動記録!B2", "の月ではありません"),
        (["", "13月", "9"], "活動記録!B2", "月「13月」が読めません"),
        (["6/15", "6月", "9"], "活動記録!A2", "両方に書かれています"),
        (["", "", "9", "", "公民館"], "活動記録!A2", "どちらも空いています"),
        (["6/15", "", ""], "活動記録!C2", "項目番号が空いています"),
        (["6/15", "", "9", "やった"], "活動記録!D2", "実施したか「やった」は使えません"),
    ],
)
def test_a_line_of_the_diary_that_cannot_be_used_is_named(row, address, words):
    table = read(diary=[row])
    assert address in said(table)
    assert words in said(table)[address]
    assert table.rows == ()


def test_the_table_of_another_year_is_told_by_its_own_sheet():
    table = read(["6", "実施"], how=[["年度", "令和6年度"]])
    assert said(table)["書き方!B1"].startswith("この表は「令和6年度」のものです。選んだのは令和7年度です")


def test_an_office_names_the_district_of_every_row():
    rows = [
        ["地区コード", *HEAD],
        ["990011-01", "6", "実施"],
        ["990011-02", "6", "休止"],
        ["990011-09", "6", "実施"],
    ]
    table = read_year_table(workbook_of({"取組項目": [*rows, ["", "6", "実施"]]}), "区.xlsx", OFFICE)
    assert [(row.org, row.item_number) for row in table.rows] == [("990011-01", 6), ("990011-02", 6)]
    assert said(table) == {
        "取組項目!A4": "地区コード「990011-09」は名簿にありません。",
        "取組項目!A5": "地区コードが空いています。",
    }


@pytest.mark.parametrize("encoding", ["utf-8-sig", "cp932"])
def test_a_csv_is_the_sheet_of_items_without_a_sheets_name(encoding):
    text = csv_text("項目番号,実施状況,開催回数", "6,実施,12", "9,やった,").decode("utf-8-sig")
    table = read_year_table(text.encode(encoding), "前の年度.csv", SCOPE)
    assert [row.values["typed_totals.sessions"] for row in table.rows] == [12]
    assert list(said(table)) == ["B3"]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空のファイル"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "古い形式のExcel"),
        (b"PK\x03\x04not a workbook", "Excelのファイルとして読めません"),
        (bytes(range(256)), "文字を読み取れない"),
    ],
)
def test_a_file_of_another_kind_is_told_in_words(data, words):
    with pytest.raises(FileUnreadable, match=words):
        read_year_table(data, "前の年度.xls", SCOPE)


def test_a_workbook_without_the_sheet_and_a_sheet_without_headings_are_told():
    with pytest.raises(BadInput, match="シート「取組項目」がありません"):
        read_year_table(workbook_of({"Sheet1": [HEAD]}), "a.xlsx", SCOPE)
    with pytest.raises(BadInput, match="見出し「項目番号」の行が見つかりません"):
        read_year_table(workbook_of({"取組項目": [["なまえ"], ["6"]]}), "a.xlsx", SCOPE)


def held(**changes):
    status = make_status(6, fiscal_year=YEAR, target_value=1500, target_unit="か所")
    activity = make_activity(
        9, fiscal_year=YEAR, held_on=date(2025, 6, 15), venue="=公民館", content="体操\n歌"
    )
    month = make_activity(6, fiscal_year=YEAR, month="2025-06", sessions=30)
    return HeldYear(
        "990011-01",
        "みほん東地区部会",
        {(PLAN_ID, 6): status},
        {(PLAN_ID, 6): {"sessions": 12, "visits": 40}},
        (activity, month),
    )


def test_the_template_reads_back_as_what_is_held():
    table = read_year_table(write_year_table(YEAR, ITEMS, [held()], office=False), "a.xlsx", SCOPE)
    assert said(table) == {}
    status, activity, month = table.rows
    assert status.item_number == 6
    assert (status.values["typed_totals.sessions"], status.values["typed_totals.visits"]) == (12, 40)
    assert status.values["target_value"] == 1500
    assert (activity.when, activity.values["venue"], activity.values["content"]) == (
        "2025-06-15",
        "=公民館",
        "体操\n歌",
    )
    assert (month.when, month.values["sessions"]) == ("2025-06", 30)


def test_the_template_offers_the_words_of_a_choice_and_names_its_year():
    book = openpyxl.load_workbook(io.BytesIO(write_year_table(YEAR, ITEMS, [held()], office=False)))
    offered = [one.formula1 for one in book["取組項目"].data_validations.dataValidation]
    assert '"未着手,準備中,実施,一部実施,休止,終了,対象外"' in offered
    assert any("◎ 大きく進んだ" in words for words in offered)
    assert book["書き方"]["B2"].value == "令和7年度"
    assert book["取組項目"]["A7"].value == "6"
    assert book["取組項目"]["A7"].data_type == "s"


def test_an_offices_template_has_a_row_for_every_district_and_item_and_no_diary():
    second = HeldYear("990011-02", "みほん西地区部会", {}, {})
    book = openpyxl.load_workbook(io.BytesIO(write_year_table(YEAR, ITEMS, [held(), second], office=True)))
    assert book.sheetnames == ["取組項目", "書き方"]
    assert book["取組項目"].max_row == 1 + 2 * len(ITEMS)
    assert book["取組項目"]["A2"].value == "990011-01"


def test_a_plan_with_more_figures_than_a_table_holds_is_told():
    plan = make_plan()
    many = tuple(Measure(f"own_{number}", f"数{number}", "回") for number in range(60))
    full = replace(plan, items=(replace(plan.items[0], measures=many), *plan.items[1:]))
    with pytest.raises(BadInput, match="1つの表に入りません"):
        write_year_table(YEAR, [(full, item) for item in full.items], [held()], office=False)
