"""The workbook, the CSV and the JSON of a compilation: one value per cell, blanks blank, text as text."""

import csv
import io
import json
import subprocess
import zipfile
from collections import Counter
from dataclasses import replace

import openpyxl
import pytest

from shakyo_desktop.documents.compilation.csv_tables import make_csv, make_substitution_list
from shakyo_desktop.documents.compilation.json_text import make_json
from shakyo_desktop.documents.compilation.sheets import SHEETS
from shakyo_desktop.documents.compilation.table_rows import plain_table
from shakyo_desktop.documents.compilation.workbook import make_workbook
from shakyo_desktop.documents.pdf.compilation.summary_table import make_summary_table
from shakyo_desktop.domain.compilation import Arrival
from shakyo_desktop.domain.compilation_figures import sources_mark
from tests.documents.compilations import HOSTILE, WARD, mapped_paper, paper, unconfirmed_paper
from tests.documents.pdf_reading import made, text_of


def workbook_of(data, **options):
    return openpyxl.load_workbook(io.BytesIO(make_workbook(data)), **options)


def records(sheet):
    """The rows of a sheet by heading."""
    heading, *rows = sheet.iter_rows(values_only=True)
    assert len(set(heading)) == len(heading)
    return [dict(zip(heading, row, strict=True)) for row in rows]


def csv_records(data):
    text = make_csv(data).data.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_every_sheet_has_one_heading_row_and_no_merged_cells():
    book = workbook_of(paper(3, 1))
    assert book.sheetnames == [
        *("概要", "図", "方向性別", "項目別", "合計", "地区×項目", "区の言葉", "成果事例", "データ", "出典"),
        "検算",
    ]
    for sheet in book.worksheets:
        assert not sheet.merged_cells.ranges
        if sheet.title != "図":
            assert records(sheet)


def test_the_first_sheet_and_the_sources_say_what_the_figures_rest_on():
    data = unconfirmed_paper()
    book = workbook_of(data)
    said = {row["見出し"]: row["値"] for row in records(book["概要"])}
    assert (said["版"], said["対象の地区部会数"], said["報告のある地区部会数"]) == (2, 3, 3)
    assert (said["うち未確定の報告"], said["未確定の報告を含む"]) == (1, "はい")
    assert said["取りまとめ日時"] == "2027-06-12 14:05"
    assert said["出典の印"] == sources_mark(data.compilation)
    found = {row["地区コード"]: row for row in records(book["出典"])}
    for one in data.compilation.sources:
        row = found[one.org]
        assert (row["書きかえ防止の印"], row["報告の版"]) == (one.manifest, one.revision)
        assert row["確定"] == ("はい" if one.confirmed else "いいえ")
    assert found["990011-01"]["受取日"] == "2027-06-11"


def test_the_data_sheet_is_tidy_and_what_nobody_reported_is_blank():
    data = paper(3, 1)
    rows = records(workbook_of(data)["データ"])
    keys = [(row["地区コード"], row["項目番号"], row["指標コード"]) for row in rows]
    assert len(keys) == len(set(keys))
    missing = [row for row in rows if row["地区コード"] == "990011-03"]
    assert missing
    assert {(row["数値"], row["言葉"], row["選択肢コード"]) for row in missing} == {(None, None, None)}
    assert {row["到着"] for row in missing} == {Arrival.MISSING.label}
    stated = {(row["地区コード"], row["項目番号"], row["指標コード"]): row["数値"] for row in rows}
    for item, rolled in data.items:
        for line in rolled.districts:
            for code, figure in line.totals.items():
                assert stated[line.org, item.number, code] == figure
    own = [row for row in rows if row["地区コード"] == WARD]
    assert {row["項目番号"] for row in own} == {
        one.number for one in data.plan.items if one.reporter != "district"
    }
    assert ("outcome", "研修を2回開きました。") in {(row["指標コード"], row["言葉"]) for row in own}


def test_sums_and_distributions_are_numbers_with_their_coverage():
    data = paper(12, 2)
    book = workbook_of(data)
    sums = {(row["項目番号"], row["指標コード"]): row for row in records(book["合計"])}
    items = {row["項目番号"]: row for row in records(book["項目別"])}
    for item, rolled in data.items:
        assert items[item.number]["実施"] == rolled.states.get("running", 0)
        assert items[item.number]["未報告"] == rolled.unreported
        for one in rolled.sums:
            row = sums[item.number, one.code]
            assert (row["合計"], row["数えた地区部会数"], row["対象の地区部会数"]) == (
                one.total,
                one.stated,
                12,
            )
    assert sums[1, "unique_persons"]["合計"] is None
    assert sums[1, "unique_persons"]["数えた地区部会数"] > 0


def test_the_charts_are_native_and_name_cells_of_the_tables():
    with zipfile.ZipFile(io.BytesIO(make_workbook(paper(3, 1)))) as parts:
        charts = [parts.read(name).decode() for name in parts.namelist() if "charts/chart" in name]
    assert len(charts) == 5
    assert all("<c:barChart>" in chart or "<barChart>" in chart for chart in charts)
    assert sum("項目別" in chart for chart in charts) == 4
    assert sum("方向性別" in chart for chart in charts) == 1
    assert sum("pattFill" in chart for chart in charts) == 2  # 未報告 is hatched


def recalculated(data, needs_tool, folder):
    """The workbook after LibreOffice opened it, counted everything and saved it again."""
    office = needs_tool("soffice")
    (folder / "made.xlsx").write_bytes(make_workbook(data))
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [office, "--headless", profile, "--convert-to", "xlsx:Calc MS Excel 2007 XML"]
    subprocess.run(
        [*command, "--outdir", folder / "out", folder / "made.xlsx"], check=True, capture_output=True
    )
    return openpyxl.load_workbook(folder / "out" / "made.xlsx", data_only=True)


def test_what_libreoffice_counts_from_the_data_equals_our_figures(needs_tool, tmp_path):
    data = paper(12, 2)
    rows = records(recalculated(data, needs_tool, tmp_path)["検算"])
    counted = {(row["項目番号"], row["指標コード"], row["選択肢コード"]): row for row in rows}
    assert Counter(row["結果"] for row in rows) == {"一致": len(rows)}
    for item, rolled in data.items:
        for code, count in rolled.states.items():
            assert counted[item.number, "state", code]["データの地区部会数"] == count
        for one in rolled.sums:
            if one.total is not None:
                row = counted[item.number, one.code, None]
                assert (row["データの合計"], row["データの地区部会数"]) == (one.total, one.stated)


def test_the_recount_notices_a_figure_that_is_not_in_the_data(needs_tool, tmp_path):
    data = paper(3)
    first, *rest = data.compilation.items
    wrong = replace(first, sums=(replace(first.sums[0], total=first.sums[0].total + 1), *first.sums[1:]))
    changed = replace(data.compilation, items=(wrong, *rest))
    rows = records(recalculated(replace(data, compilation=changed), needs_tool, tmp_path)["検算"])
    assert Counter(row["結果"] for row in rows)["不一致"] == 1


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_text_in_every_cell_of_the_workbook(text):
    book = workbook_of(paper(1, text=text))
    written = text.replace("\x0b", "")  # XML has no such character
    found = Counter()
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                assert cell.data_type != "f" or sheet.title == "検算"
                found[cell.value] += 1
    assert found[written] > 21


def test_formulas_name_no_text_of_a_district():
    plain = [cell.value for row in workbook_of(paper(2))["検算"].iter_rows() for cell in row]
    hostile = [cell.value for row in workbook_of(paper(2, text="=1+1"))["検算"].iter_rows() for cell in row]
    assert plain == hostile


def test_every_row_of_the_csv_names_its_version_and_its_source():
    data = paper(3, 1)
    rows = csv_records(data)
    manifests = {one.org: one.manifest or "" for one in data.compilation.sources} | {WARD: ""}
    for row in rows:
        assert (row["取りまとめの版"], row["対象の地区部会数"], row["報告のある地区部会数"]) == (
            "2",
            "3",
            "2",
        )
        assert row["出典の印"] == sources_mark(data.compilation)
        assert row["書きかえ防止の印"] == manifests[row["地区コード"]]
    assert len(rows) == len(records(workbook_of(data)["データ"]))


def as_written(cell):
    """A value as the cell of a CSV shows it."""
    return (
        {True: "はい", False: "いいえ"}[cell] if isinstance(cell, bool) else "" if cell is None else str(cell)
    )


def test_the_csv_s_bytes_read_back_equal():
    data = paper(3, 1, text='a,b\n"c"、𠮷\r\n\'=1+1')
    made = make_csv(data)
    headings, rows = plain_table(data)
    text = made.data.decode("utf-8-sig")
    assert made.data.startswith(b"\xef\xbb\xbf")
    read = list(csv.reader(io.StringIO(text, newline="")))
    again = io.StringIO(newline="")
    csv.writer(again, lineterminator="\r\n").writerows(read)
    assert again.getvalue().encode("utf-8-sig") == made.data
    assert read == [list(headings), *([as_written(cell) for cell in row] for row in rows)]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_of_the_csv_is_a_formula(text):
    for row in csv_records(paper(1, text=text)):
        assert not [cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]


def test_cp932_writes_no_question_mark_and_lists_every_character_it_changed():
    data = paper(1, text="𠮷田〜髙﨑🙂")
    made = make_csv(data, cp932=True)
    text = made.data.decode("cp932")
    assert "〓田～髙﨑〓" in text
    assert b"?" not in made.data
    assert {one.character for one in made.substituted} == {"𠮷", "〜", "🙂"}
    listed = make_substitution_list(made.substituted).decode("utf-8-sig").splitlines()
    assert listed[0] == "セル,もとの文字,もとの文字のコード,書いた文字"
    assert len(listed) == 1 + len(made.substituted)
    first = made.substituted[0]
    assert f"{first.address},𠮷,U+20BB7,〓" in listed


def test_the_json_is_canonical_and_holds_the_whole_snapshot():
    data = paper(12, 2, text="<b>=1+1")
    content = json.loads(make_json(data))
    again = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    assert f"{again}\n".encode() == make_json(data)
    assert (content["format"], content["format_version"]) == ("shakyo-compilation", 1)
    assert content["coverage"] == {"expected": 12, "arrived": 10, "late": 2, "missing": 2, "unconfirmed": 0}
    assert content["sources_mark"] == sources_mark(data.compilation)
    compilation = content["compilation"]
    assert compilation["compiled_at"] == "2027-06-12T05:05:00Z"
    assert compilation["council"]["held_on"] == "2027-06-10"
    assert [one["manifest"] for one in compilation["sources"]] == [
        one.manifest for one in data.compilation.sources
    ]
    assert compilation["items"][0]["districts"][0]["outcome"] == "<b>=1+1"
    assert compilation["items"][0]["last_year"]["sums"][0]["code"] == "sessions"
    assert [one["number"] for one in content["plan"]["items"]] == [one.number for one in data.plan.items]


def test_what_a_district_does_not_state_is_absent_from_the_json():
    data = paper(2, 1)
    first = json.loads(make_json(data))["compilation"]
    assert first["sources"][1]["manifest"] is None
    assert [line["org"] for line in first["items"][0]["districts"]] == ["990011-01"]
    for line, wanted in zip(first["items"][0]["districts"], data.compilation.items[0].districts, strict=True):
        assert line["totals"] == dict(wanted.totals)


def test_the_mark_of_the_sources_is_what_sort_and_sha256sum_give(tmp_path):
    sources = [one for one in paper(3, 1).compilation.sources if one.manifest]
    (tmp_path / "list").write_text("".join(f"{one.org} {one.manifest}\n" for one in reversed(sources)))
    command = f"sort {tmp_path / 'list'} | sha256sum"
    shown = subprocess.run(["sh", "-c", command], capture_output=True, text=True, check=True).stdout
    assert shown.split()[0] == sources_mark(paper(3, 1).compilation)


def test_every_signed_file_that_was_joined_into_a_report_is_named(tmp_path):
    data = paper(2)
    first, second = data.compilation.sources
    joined = ("ab" * 32, "cd" * 32)
    sources = (replace(first, joined=joined), second)
    changed = replace(data, compilation=replace(data.compilation, sources=sources))
    assert sources_mark(changed.compilation) != sources_mark(data.compilation)
    named = [row["書きかえ防止の印"] for row in records(workbook_of(changed)["出典"])]
    assert named == [first.manifest, *joined, second.manifest]
    rows = [row for row in csv_records(changed) if row["地区コード"] == first.org]
    assert {row["合わせた版の印"] for row in rows} == {" ".join(joined)}
    assert json.loads(make_json(changed))["compilation"]["sources"][0]["joined"] == list(joined)
    text = text_of(made(make_summary_table, changed)[0], tmp_path)
    assert f"合わせた版{joined[0].upper()}合わせた版{joined[1].upper()}" in text


def test_an_item_of_the_ward_office_with_nothing_written_has_no_rows_of_its_own():
    data = paper(1)
    items = tuple(replace(one, ward_status=None) for one in data.compilation.items)
    rows = records(workbook_of(replace(data, compilation=replace(data.compilation, items=items)))["データ"])
    assert WARD not in {row["地区コード"] for row in rows}


def test_every_sheet_can_be_made_of_a_ward_without_districts():
    data = paper(0)
    assert [len(make(data).headings) for make in SHEETS] == [len(make(paper(3)).headings) for make in SHEETS]
    assert make_workbook(data)


def test_what_came_from_another_plan_stands_in_rows_of_its_own_that_nothing_adds():
    book = workbook_of(mapped_paper())
    found = [row for row in records(book["データ"]) if row["指標コード"] == "mapped.sessions"]
    assert [(row["項目番号"], row["数値"]) for row in found] == [(9, 12)]
    sums = {row["指標コード"]: row for row in records(book["合計"]) if row["項目番号"] == 9}
    assert sums["mapped.sessions"]["合計"] == 12
    assert "「みほん第7次計画」6 から" in sums["mapped.sessions"]["指標"]
    assert json.loads(make_json(mapped_paper()))["compilation"]["items"][8]["mapped"][0]["item_number"] == 6
