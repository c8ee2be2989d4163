"""A plan's catalogue as a workbook."""

import io
from dataclasses import replace

import openpyxl
import pytest

from shakyo_desktop import paths
from shakyo_desktop.documents.plan_table import (
    read_plan_table,
    write_empty_template,
    write_plan_csv,
    write_plan_template,
)
from shakyo_desktop.domain.catalogue import read_plan_toml
from shakyo_desktop.domain.errors import BadInput, FileUnreadable
from shakyo_desktop.domain.plan import Measure
from tests.documents.workbooks import csv_text, workbook_of


def bundled_plan():
    return read_plan_toml((paths.plans_dir() / "plan-chiba-shakyo-7.toml").read_text(encoding="utf-8"))


def sheets(**changes):
    """The smallest plan as sheets of rows; a changed sheet is given whole."""
    content = {
        "計画": [
            ["ことがら", "内容"],
            ["記号", "mihon-1"],
            ["名前", "みほん計画"],
            ["はじめの年度", "令和8年度"],
            ["終わりの年度", 2030],
        ],
        "目標": [["番号", "名前"], [1, "めあて"]],
        "方向性": [["番号", "目標", "名前"], [1, 1, "すすめかた"]],
        "項目": [
            ["番号", "方向性", "名前", "重点", "新規", "報告者", "種類"],
            [1, 1, "見守り", "○", "", "区事務所", "見守り"],
        ],
    }
    return workbook_of(content | changes)


def test_a_plan_written_as_a_workbook_reads_back_the_same():
    plan = bundled_plan()
    item = replace(plan.items[5], measures=(Measure("walkers", "散歩に来た人", "人", "max"),))
    plan = replace(plan, items=(*plan.items[:5], item, *plan.items[6:]))
    preview = read_plan_table(write_plan_template(plan), "計画.xlsx")
    assert preview.problems == ()
    assert preview.plan == plan


def test_the_smallest_plan_is_read():
    preview = read_plan_table(sheets(), "計画.xlsx")
    assert preview.problems == ()
    plan = preview.plan
    assert (plan.id, plan.first_fiscal_year, plan.last_fiscal_year) == ("mihon-1", 2026, 2030)
    item = plan.items[0]
    assert (item.priority, item.new, item.reporter, item.kind) == (True, False, "ward_office", "watch")


def test_a_column_of_ones_own_is_left_alone_beside_all_of_ours():
    head = ["番号", "方向性", "名前", "重点", "新規", "報告者", "種類", "備考"]
    preview = read_plan_table(sheets(項目=[head, [1, 1, "見守り", "○", "", "", "", "みほん"]]), "計画.xlsx")
    assert preview.problems == ()
    assert preview.plan.items[0].priority


HEAD = ["番号", "方向性", "名前", "重点", "新規", "報告者", "種類"]
HEAD_ROWS = (["ことがら", "内容"], ["記号", "a"], ["名前", "い"])
SCALE_HEAD = ["記号", "しるし", "言葉"]
MEASURE_HEAD = ["項目", "記号", "名前", "単位", "集計"]
PROBLEMS = {
    "an unknown direction": ({"項目": [HEAD, [1, 9, "見守り"]]}, "項目!B2"),
    "an unknown goal": ({"方向性": [["番号", "目標", "名前"], [1, 5, "す"]]}, "方向性!B2"),
    "a number twice": ({"項目": [HEAD, [1, 1, "見守り"], [1, 1, "食事"]]}, "項目!A3"),
    "a number that is none": ({"項目": [HEAD, ["一番", 1, "見守り"]]}, "項目!A2"),
    "no name": ({"項目": [HEAD, [1, 1, ""]]}, "項目!C2"),
    "an unknown kind": ({"項目": [HEAD, [1, 1, "見守り", "", "", "", "運動会"]]}, "項目!G2"),
    "an unknown reporter": ({"項目": [HEAD, [1, 1, "見守り", "", "", "市長"]]}, "項目!F2"),
    "a heading that is misspelt": (
        {"項目": [["番号", "方向性", "名前", "重要"], [1, 1, "見守り", "○"]]},
        "項目!D1",
    ),
    "an odd mark": ({"項目": [HEAD, [1, 1, "見守り", "すごく"]]}, "項目!D2"),
    "a measure of no item": ({"指標": [MEASURE_HEAD, [7, "a", "い", "人", "合計"]]}, "指標!A2"),
    "an unknown total": ({"指標": [MEASURE_HEAD, [1, "a", "い", "人", "平均"]]}, "指標!E2"),
    "a year that is none": (
        {
            "計画": [
                ["ことがら", "内容"],
                ["記号", "a"],
                ["名前", "い"],
                ["はじめの年度", "来年"],
                ["終わりの年度", 2030],
            ]
        },
        "計画!B4",
    ),
    "a fact that is unknown": (
        {"計画": [["ことがら", "内容"], ["記号", "a"], ["名前", "い"], ["色", "赤"]]},
        "計画!A4",
    ),
    "facts missing": ({"計画": [["ことがら", "内容"], ["名前", "い"]]}, "計画!B1"),
    "what only the whole shows": (
        {
            "計画": [
                ["ことがら", "内容"],
                ["記号", "a"],
                ["名前", "い"],
                ["はじめの年度", 2030],
                ["終わりの年度", 2026],
            ]
        },
        "計画!B5",
    ),
    "a year that is no number": (
        {"計画": [*HEAD_ROWS, ["はじめの年度", ""], ["終わりの年度", 2030]]},
        "計画!B4",
    ),
    "a mark that is no name": (
        {
            "計画": [
                ["ことがら", "内容"],
                ["記号", "区計画"],
                ["名前", "い"],
                ["はじめの年度", 2026],
                ["終わりの年度", 2030],
            ]
        },
        "計画!B2",
    ),
    "a name that is too long": ({"項目": [HEAD, [1, 1, "見" * 101]]}, "項目!C2"),
    "a number that is too high": ({"項目": [HEAD, [1, 1, "見守り"], [1000, 1, "食事"]]}, "項目!A3"),
    "a cell under a merged one": ({"項目": [HEAD, [1, 1, "見守り"], [], [2, None, "食事"]]}, "項目!B4"),
    "no item": ({"項目": [HEAD]}, "項目!B1"),
    "a code of a measure": ({"指標": [MEASURE_HEAD, [1, "あ", "い", "人", "合計"]]}, "指標!B2"),
    "a code of a measure twice": (
        {"指標": [MEASURE_HEAD, [1, "a", "い", "人", "合計"], [1, "a", "う", "人", "合計"]]},
        "指標!B3",
    ),
    "a scale of three levels": ({"評価": [SCALE_HEAD, ["good", "○", "おおむね"]]}, "評価!A2"),
    "a level without words": ({"評価": [SCALE_HEAD, ["good", "○", ""]]}, "評価!C2"),
}


@pytest.mark.parametrize(("changes", "address"), PROBLEMS.values(), ids=PROBLEMS)
def test_a_problem_is_named_by_sheet_and_cell_and_no_plan_is_given(changes, address):
    preview = read_plan_table(sheets(**changes), "計画.xlsx")
    assert address in [problem.address for problem in preview.problems]
    assert preview.plan is None


def test_a_missing_sheet_is_named():
    data = workbook_of({"計画": [["ことがら", "内容"]], "項目": [HEAD]})
    with pytest.raises(BadInput, match="「目標」「方向性」"):
        read_plan_table(data, "計画.xlsx")


def test_a_sheet_without_its_headings_is_named():
    with pytest.raises(BadInput, match="シート「項目」"):
        read_plan_table(sheets(項目=[["あ"], ["い"]]), "計画.xlsx")


@pytest.mark.parametrize(
    "data", [b"", b"PK\x03\x04 broken", csv_text("あ,い")], ids=["empty", "broken", "csv"]
)
def test_what_is_no_plan_is_refused(data):
    with pytest.raises((BadInput, FileUnreadable)):
        read_plan_table(data, "計画.xlsx")


def test_the_template_opens_in_a_spreadsheet_program(tmp_path):
    file = tmp_path / "a.xlsx"
    file.write_bytes(write_plan_template(bundled_plan()))
    book = openpyxl.load_workbook(file)
    assert book.sheetnames == ["計画", "目標", "方向性", "項目", "指標", "評価"]
    assert book["項目"].max_row == 22
    assert book["項目"]["A2"].value == 1
    assert book["項目"].freeze_panes == "A2"


def test_every_problem_of_a_table_is_named_at_once():
    items = [HEAD, [1, 9, "", "?"], [1, 1, "見守り", "", "", "市長", "運動会"], [], ["三", 1, "食事"]]
    found = read_plan_table(sheets(項目=items), "計画.xlsx").problems
    named = [problem.address for problem in found]
    cells = ["項目!B2", "項目!C2", "項目!D2", "項目!F3", "項目!G3", "項目!A3", "項目!A5"]
    assert sorted(named) == sorted(cells)


def merged_and_calculated():
    book = openpyxl.load_workbook(io.BytesIO(sheets(項目=[HEAD, [1, 1, "見守り"], [2, 1, "食事"]])))
    book["項目"].merge_cells("B2:B3")
    book["項目"]["C3"] = '=CONCATENATE("食","事")'
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_merged_cells_and_formulas_without_a_result_are_named_by_their_cells():
    found = {
        one.address: one.message for one in read_plan_table(merged_and_calculated(), "計画.xlsx").problems
    }
    assert "結合したセル" in found["項目!B3"]
    assert "計算式" in found["項目!C3"]


@pytest.mark.parametrize("cp932", [False, True], ids=["UTF-8", "CP932"])
def test_a_plan_written_as_one_csv_reads_back_the_same(cp932):
    plan = bundled_plan()
    item = replace(plan.items[5], measures=(Measure("walkers", "散歩に来た人", "人", "max"),))
    plan = replace(plan, items=(*plan.items[:5], item, *plan.items[6:]))
    table = read_plan_table(write_plan_csv(plan, cp932=cp932).data, "計画.csv")
    assert (table.plan, table.problems) == (plan, ())


CSV = """計画
ことがら,内容
記号,mihon-1
名前,みほん計画
はじめの年度,2026
終わりの年度,2030

目標
番号,名前
1,めあて

方向性
番号,目標,名前
1,1,すすめかた

項目
番号,方向性,名前
{items}
"""


def test_a_csv_names_the_cell_of_the_file():
    data = csv_text(CSV.format(items="1,1,見守り\n1,7,食事"))
    found = {one.address for one in read_plan_table(data, "計画.csv").problems}
    assert found == {"A19", "B19"}


def test_a_csv_without_one_of_its_tables_says_which():
    with pytest.raises(BadInput, match="「項目」と書いた行"):
        read_plan_table(csv_text(CSV.split("項目")[0]), "計画.csv")


def test_the_empty_template_says_how_and_names_every_cell_to_fill_in():
    data = write_empty_template("ku-plan-1")
    assert openpyxl.load_workbook(io.BytesIO(data)).sheetnames[0] == "書き方"
    found = {one.address for one in read_plan_table(data, "計画.xlsx").problems}
    assert found == {"計画!B3", "計画!B5", "計画!B6", "項目!B1"}
