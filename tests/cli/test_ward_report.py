"""ward-report and a ward's join: towards the city on the command line."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import CITY, EAST, WARD, Run

Runner = Callable[..., Run]


def sent_year(demo: Path) -> int:
    """The year the demo's ward has sent: the one before the current."""
    [file] = demo.glob(f"files/{WARD}-*-v1.shakyo")
    return int(file.stem.split("-")[1])


def test_a_ward_report_is_the_same_file_again_and_the_city_knows_it(demo: Path, run: Runner, tmp_path: Path):
    command = ("ward-report", "--data", demo / "ward", "--fiscal-year", sent_year(demo), "--to", tmp_path)
    written = run(*command, "--json")
    assert (written.status, written.row["version"], written.row["districts"]) == (0, 1, 2)
    assert Path(written.row["cover_sheet"]).read_bytes().startswith(b"%PDF")
    judged = run("verify", written.row["file"], "--data", demo / "city", "--json")
    assert (judged.status, judged.row["verdict"]) == (0, "already_received")
    assert judged.row["manifest"] == written.row["manifest"]
    assert "確認番号" in run(*command).out
    shown = run("inspect", written.row["file"], "--data", demo / "city").out
    assert "地区部会の報告\t2 件" in shown


def test_this_years_report_follows_the_one_before(demo: Path, run: Runner, tmp_path: Path):
    year = sent_year(demo) + 1
    command = ("ward-report", "--data", demo / "ward", "--fiscal-year", year, "--to", tmp_path, "--json")
    written = run(*command, "--version", 1, "--without-photos")
    assert (written.status, written.row["seq"]) == (0, 2)
    received = run("receive", written.row["file"], "--data", demo / "city", "--json")
    assert (received.status, received.row["verdict"], received.row["code"]) == (0, "accepted", "")
    assert received.row["report"] == {"org": WARD, "fiscal_year": year}


@pytest.mark.parametrize("folder", ["city", f"districts/{EAST}"])
def test_only_a_ward_makes_a_ward_report(demo: Path, run: Runner, tmp_path: Path, folder: str):
    command = (
        "ward-report",
        "--data",
        demo / folder,
        "--fiscal-year",
        2026,
        "--to",
        tmp_path / "x",
        "--json",
    )
    refused = run(*command)
    assert (refused.status, refused.row["code"]) == (1, "role")
    assert not (tmp_path / "x").exists()


def test_a_year_that_was_not_compiled_has_no_report(demo: Path, run: Runner, tmp_path: Path):
    command = ("ward-report", "--data", demo / "ward", "--fiscal-year", 2019, "--to", tmp_path, "--json")
    refused = run(*command)
    assert (refused.status, refused.row["code"]) == (1, "ward_report.none")


def test_a_ward_joins_its_city_with_the_command_of_a_district(demo: Path, run: Runner, tmp_path: Path):
    issued = run("setup", "--data", demo / "city", "--to", tmp_path, "--json").row
    [slip] = [one for one in issued["districts"] if one["org"] == WARD]
    join = ("join", issued["file"], "--data", demo / "ward", "--json", "--check-number")
    before = run("dump", "--data", demo / "ward").out
    wrong = run(*join, "0000 0000 0000", "--org", WARD)
    assert (wrong.status, wrong.row["code"]) == (1, "check_number")
    other = run(*join, slip["check_number"], "--org", "999998")
    assert (other.status, other.row["code"]) == (1, "role")
    assert run("dump", "--data", demo / "ward").out == before
    joined = run(*join, slip["check_number"], "--org", WARD)
    assert (joined.status, joined.row) == (0, {"org": WARD, "office": CITY, "serial": issued["serial"]})
    district = run(*join, slip["check_number"], "--org", EAST)
    assert (district.status, district.row["code"]) == (1, "store.exists")
