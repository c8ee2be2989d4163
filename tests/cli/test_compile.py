"""The compile command: a year's documents in a folder, a new version only when something changed."""

import csv
import io
import json
from collections import Counter
from dataclasses import replace

import openpyxl
import pytest

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.field_values import ref_of
from tests.cli.conftest import EAST, WARD, WEST
from tests.documents.pdf_reading import text_of

PLAN = "chiba-shakyo-7"
SUFFIXES = ["pdf", "pdf", "xlsx", "csv", "json"]


@pytest.fixture
def compiling(run, demo, tmp_path):
    """Compile a year of the demo into a new folder; the folder and what the command gave."""

    def call(year, *more, data="ward"):
        folder = tmp_path / "new" / f"{year}"
        where = ["--data", demo / data, "--fiscal-year", year, "--to", folder]
        return folder, run("compile", *where, *more)

    return call


def this_year(demo):
    return json.loads((demo / "summary.json").read_text(encoding="utf-8"))["compilations"][-1]["fiscal_year"]


def test_every_document_of_the_year_is_written_and_told(compiling, demo):
    year = this_year(demo)
    folder, ran = compiling(year, "--json")
    assert ran.status == 0
    assert [row["file"].rpartition(".")[2] for row in ran.rows] == SUFFIXES
    assert sorted(str(file) for file in folder.iterdir()) == sorted(row["file"] for row in ran.rows)
    for row in ran.rows:
        assert (row["plan"], row["version"], row["received"], row["expected"]) == (PLAN, 1, 2, 2)
        assert row["include_unconfirmed"] is False
        assert len(row["sha256"]) == 64
    assert "そのあとに変わったものはありません" in ran.err


def test_without_json_the_files_stand_on_standard_output(compiling, demo):
    folder, ran = compiling(this_year(demo))
    assert sorted(ran.out.splitlines()) == sorted(str(file) for file in folder.iterdir())


def test_the_demo_s_three_years_show_their_coverage_and_last_year(demo):
    summary = json.loads((demo / "summary.json").read_text(encoding="utf-8"))
    year = this_year(demo)
    found = [(one["fiscal_year"], one["received"], one["expected"]) for one in summary["compilations"]]
    assert found == [(year - 2, 1, 2), (year - 1, 2, 2), (year, 2, 2)]
    for one in summary["compilations"]:
        assert all((demo / "documents" / name).is_file() for name in one["documents"])
        assert [name.rpartition(".")[2] for name in one["documents"]] == SUFFIXES
    contents = [content_of(demo / "documents", one["fiscal_year"]) for one in summary["compilations"]]
    assert [content["council"]["approved"] for content in contents] == [True] * 3
    assert [bool(content["items"][0]["last_year"]) for content in contents] == [False, True, True]
    sessions = [sum(item["sums"][0]["total"] or 0 for item in content["items"]) for content in contents]
    assert sessions == sorted(sessions)
    assert any("suspended" in item["states"] for item in contents[0]["items"])


def content_of(folder, year):
    [file] = folder.glob(f"*-{WARD}-{year}-*.json")
    return json.loads(file.read_text(encoding="utf-8"))["compilation"]


def test_totals_equal_a_recount_of_what_the_store_dumps(run, compiling, demo):
    year = this_year(demo)
    folder, _ = compiling(year)
    dumped = [json.loads(line) for line in run("dump", "--data", demo / "ward").out.splitlines()]
    of_year = [row for row in dumped if row.get("fiscal_year") == year and row.get("org") != WARD]
    sums, states, people = Counter(), Counter(), Counter()
    for row in of_year:
        if "counted_totals" in row:
            for code, figure in {**row["counted_totals"], **row["typed_totals"]}.items():
                sums[row["item_number"], code] += figure
            states[row["item_number"], row["state"]] += 1
        if "participants" in row and row["participants"] is not None:
            people[row["item_number"], "person_times"] += row["participants"]
    assert people
    compilation = content_of(folder, year)
    told = {
        (item["item_number"], one["code"]): one["total"]
        for item in compilation["items"]
        for one in item["sums"]
        if one["total"] is not None
    }
    assert told == dict(sums)
    assert {key: figure for key, figure in told.items() if key[1] == "person_times"} == dict(people)
    counted = {(i["item_number"], code): n for i in compilation["items"] for code, n in i["states"].items()}
    assert counted == dict(states)
    [book] = folder.glob("*.xlsx")
    rows = openpyxl.load_workbook(book)["合計"].iter_rows(min_row=2, values_only=True)
    assert {(row[0], row[2]): row[5] for row in rows if row[5] is not None} == dict(sums)


def test_a_changed_source_makes_the_next_version(compiling, demo, tmp_path):
    year = this_year(demo)
    with_new_words(demo)
    folder, ran = compiling(year, "--json")
    assert {row["version"] for row in ran.rows} == {2}
    assert "第2版を作りました" in ran.err
    [pdf] = folder.glob("協議会資料*.pdf")
    assert "区が書き足した成果" in text_of(pdf.read_bytes(), tmp_path)
    assert {row["version"] for row in compiling(year, "--json")[1].rows} == {2}


def with_new_words(demo):
    """The ward office writes something about an item of its own."""
    services = open_services(demo / "ward")
    try:
        year = services.settings.current_fiscal_year()
        status = services.recording.status_for(year, PLAN, 3)
        services.recording.change(ref_of(status), "outcome", "区が書き足した成果")
    finally:
        services.close()


def test_reports_that_are_not_accepted_are_refused_until_they_are_wanted(compiling, demo, tmp_path):
    year = this_year(demo)
    take_back_acceptance(demo, WEST, year)
    folder, refused = compiling(year, "--json")
    assert (refused.status, refused.row["code"]) == (1, "compile.unconfirmed")
    assert "みほん西地区部会" in refused.err
    assert list(folder.iterdir()) == []
    folder, made = compiling(year, "--include-unconfirmed", "--json")
    assert {row["include_unconfirmed"] for row in made.rows} == {True}
    [pdf] = folder.glob("区取りまとめ表*.pdf")
    assert "確定していない報告を含みます：みほん西地区部会" in text_of(pdf.read_bytes(), tmp_path)
    _, again = compiling(year, "--json")
    assert again.row["code"] == "compile.unconfirmed"


def take_back_acceptance(demo, org, year):
    """As if the newest report of a district had only been received."""
    services = open_services(demo / "ward")
    try:
        with services.context.database.transaction() as stores:
            newest = next(one for one in stores.submissions.of_year(year) if one.org == org)
            stores.submissions.replace(replace(newest, state=ReportState.RECEIVED))
    finally:
        services.close()


def test_cp932_is_for_the_csv_alone(compiling, demo):
    folder, ran = compiling(this_year(demo), "--encoding", "cp932")
    assert ran.status == 0
    [table] = [file for file in folder.glob("*.csv") if "置きかえた文字" not in file.name]
    rows = list(csv.reader(io.StringIO(table.read_bytes().decode("cp932"), newline="")))
    assert "地区部会" in rows[0]
    [text] = folder.glob("*.json")
    assert "みほん" in text.read_text(encoding="utf-8")


@pytest.mark.parametrize("more", [["--plan", "nothing"], ["--fiscal-year", "1999"]], ids=["plan", "year"])
def test_what_does_not_exist_is_told_and_nothing_is_written(compiling, demo, more):
    folder, ran = compiling(this_year(demo), *more)
    assert ran.status == 1
    assert "何も" in ran.err or "見つかりませんでした" in ran.err
    assert not folder.exists() or not list(folder.iterdir())


def test_a_district_does_not_compile(compiling, demo):
    _, ran = compiling(this_year(demo), "--json", data=f"districts/{EAST}")
    assert (ran.status, ran.row["code"]) == (1, "role")


def test_a_folder_that_cannot_be_made_changes_nothing(run, demo, tmp_path):
    (tmp_path / "file").write_bytes(b"")
    with_new_words(demo)
    before = run("dump", "--data", demo / "ward").out
    folder = tmp_path / "file" / "new"
    ran = run("compile", "--data", demo / "ward", "--fiscal-year", this_year(demo), "--to", folder)
    assert ran.status == 1
    assert run("dump", "--data", demo / "ward").out == before


def test_wrong_usage_is_status_2(run, demo, tmp_path):
    assert run("compile", "--data", demo / "ward", "--to", tmp_path).status == 2
    ran = run(
        "compile", "--data", demo / "ward", "--fiscal-year", 2026, "--to", tmp_path, "--encoding", "latin"
    )
    assert ran.status == 2
