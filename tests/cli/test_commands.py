"""The command line: every command with its JSON, its exit status, and what goes to which stream."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.services.registry import Services
from tests.cli.conftest import CITY, EAST, WARD, WEST, draw_one

VERDICT_KEYS = {
    *("file", "verdict", "code", "message", "sender"),
    *("report", "revision", "package_id", "manifest"),
}


def test_the_demo_leaves_every_file_its_page_names(journey):
    folder, said = journey
    kept = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    wanted = {"ward/store.db", "keys/ward-recovery.txt", "screens/home.png", "summary.json"}
    wanted |= {f"districts/{org}/store.db" for org in (EAST, WEST)}
    wanted |= {f"keys/{org}.pem" for org in (WARD, EAST, WEST)}
    to_the_city = {f"files/setup-{CITY}-1.shakyo"}
    to_the_city |= {name for name in kept if re.fullmatch(r"files/999999-(2\d+-v1|answer-.*)\.shakyo", name)}
    assert len(to_the_city) == 3
    wanted |= {"city/store.db", f"keys/{CITY}.pem", "keys/city-recovery.txt"}
    assert wanted <= kept
    assert {Path(name).suffix for name in kept if name.startswith("files/")} == {".shakyo"}
    assert len([name for name in kept if name.startswith("files/")]) == 1 + 2 * 4 + 3 * 2 + len(
        to_the_city
    )  # and three reports of earlier years
    documents = {Path(name).suffix for name in kept if name.startswith("documents/")}
    assert {".pdf", ".xlsx", ".csv", ".json"} <= documents
    forms = {name.removeprefix("documents/") for name in kept if re.match(r"documents/F\d-", name)}
    assert {name[:2] for name in forms} == {"F1", "F2", "F3", "F4"}
    assert len(forms) == 4 * 3 + 2  # and the sheet for one activity, and what changed since
    assert f"F4-取組状況報告書-校正票-{EAST}.pdf" in forms
    assert {f"documents/引継書-{org}.pdf" for org in (EAST, WARD)} <= kept
    assert not [name for name in kept if name.endswith(".part")]
    summary = json.loads((folder / "summary.json").read_text(encoding="utf-8"))
    assert (summary["districts"], summary["activities"], summary["photos"]) == (2, 12, 1)
    assert len(said) >= len(summary["steps"])
    assert all(step["seconds"] >= 0 for step in summary["steps"])


def test_the_demo_on_the_command_line_refuses_a_folder_that_is_used(run, demo, monkeypatch):
    monkeypatch.setattr("shakyo_desktop.gui.demo_screens.draw_screens", draw_one)
    result = run("demo", demo, "--districts", 1, "--activities", 1, "--photos", 0)
    assert result.status == 1
    assert "空ではありません" in result.err
    assert result.out == ""


def test_the_whole_folder_of_a_demo_can_be_received_again(run, demo):
    before = run("dump", "--data", demo / "ward").out
    result = run("receive", demo / "files", "--data", demo / "ward", "--json")
    assert result.status == 0
    assert {row["verdict"] for row in result.rows} == {"already_received"}
    assert len(result.rows) == 18
    assert run("dump", "--data", demo / "ward").out == before


@pytest.mark.parametrize("command", ["verify", "receive"])
def test_a_verdict_has_the_keys_of_its_page(run, demo, command):
    result = run(
        command, demo / "files" / f"{EAST}-{year_of(demo)}-r2.shakyo", "--data", demo / "ward", "--json"
    )
    row = result.row
    assert row.keys() == VERDICT_KEYS
    assert (row["verdict"], row["code"], row["sender"], row["revision"]) == ("already_received", "", EAST, 2)
    assert row["report"] == {"org": EAST, "fiscal_year": year_of(demo)}
    assert len(row["manifest"]) == 64


def test_one_bad_file_does_not_stop_the_rest(run, demo, tmp_path):
    good = next(demo.glob(f"files/{EAST}-*-r1.shakyo"))
    bad = tmp_path / "bad.shakyo"
    bad.write_bytes(good.read_bytes()[:-1])
    missing = tmp_path / "missing.shakyo"
    result = run("receive", bad, missing, good, "--data", demo / "ward", "--json")
    assert result.status == 1
    found = {row["file"]: (row["verdict"], row["code"]) for row in result.rows}
    assert found == {
        str(bad): ("refused", "env.decrypt"),
        str(missing): ("refused", ""),
        str(good): ("already_received", ""),
    }
    nothing = next(row for row in result.rows if row["file"] == str(missing))
    assert (nothing["sender"], nothing["report"], nothing["manifest"]) == (None, None, None)


def test_verify_changes_nothing(run, demo):
    before = run("dump", "--data", demo / "districts" / WEST).out
    result = run("verify", *sorted(demo.glob("files/*.shakyo")), "--data", demo / "districts" / WEST)
    assert result.status == 1  # the other district's files are not for this one
    assert "env.decrypt" in result.out
    assert run("dump", "--data", demo / "districts" / WEST).out == before


def test_a_name_that_is_no_text_is_written_as_codes(demo):
    odd = os.fsencode(demo) + b"/\x82\xd9.shakyo"
    done = subprocess.run(
        [sys.executable, "-m", "shakyo_desktop", "receive", odd, "--json", "--data", str(demo / "ward")],
        capture_output=True,
        cwd=Path(__file__).parents[1],
        check=False,
    )
    row = json.loads(done.stdout)
    assert (done.returncode, row["verdict"], row["file"].endswith("\udc82\udcd9.shakyo")) == (
        1,
        "refused",
        True,
    )


def test_an_empty_folder_is_said_so(run, demo, tmp_path):
    (tmp_path / "empty").mkdir()
    result = run("receive", tmp_path / "empty", "--data", demo / "ward")
    assert (result.status, result.out) == (0, "")
    assert "ファイルがありません" in result.err


def test_inspect_shows_sender_dates_and_counts(run, demo):
    file = next(demo.glob(f"files/{EAST}-*-r2.shakyo"))
    result = run("inspect", file, "--data", demo / "ward")
    assert result.status == 0
    for words in ("999999-01 みほん東地区部会", "活動記録\t12 件", "第2版"):
        assert words in result.out
    row = run("inspect", file, "--data", demo / "ward", "--json").row
    assert row.keys() > VERDICT_KEYS
    assert (row["type"], row["counts"]["activities"], row["recipient"]) == ("report", 12, WARD)
    assert "package.json" in [entry["name"] for entry in row["entries"]]
    missing = run("inspect", demo / "missing.shakyo", "--data", demo / "ward", "--json")
    assert (missing.status, missing.row["verdict"], missing.row["type"]) == (1, "refused", None)


def year_of(demo: Path) -> int:
    """The fiscal year of the demo, from the name of a file."""
    return int(next(demo.glob(f"files/{EAST}-*-r1.shakyo")).stem.split("-")[2])


def test_a_whole_round_on_the_command_line(run, demo, tmp_path):
    """setup → join → submit → receive → approve → answer → receive, all by commands."""
    made = run("setup", "--data", demo / "ward", "--to", tmp_path / "out", "--json")
    assert made.status == 0
    assert Path(made.row["file"]).is_file()
    assert Path(made.row["slips"]).read_bytes().startswith(b"%PDF")
    numbers = {row["org"]: row["check_number"] for row in made.row["districts"]}
    new = tmp_path / "new"
    joined = run(
        *("join", made.row["file"], "--org", EAST, "--check-number", numbers[EAST]),
        *("--data", new, "--name", "みほん 花子", "--json"),
    )
    assert (joined.status, joined.row["org"]) == (0, EAST)
    year = year_of(demo)
    sent = run("submit", "--data", new, "--to", tmp_path / "stick", "--fiscal-year", year, "--json")
    assert sent.status == 0
    assert (sent.row["revision"], sent.row["seq"], sent.row["file"].endswith("-r1.shakyo")) == (1, 1, True)
    waiting = run("receive", tmp_path / "stick", "--data", demo / "ward", "--json")
    assert (waiting.status, waiting.row["verdict"], waiting.row["code"]) == (
        0,
        "pending_approval",
        "key.pending",
    )
    wrong = run("approve", EAST, "--check-number", "000000000000", "--data", demo / "ward")
    assert (wrong.status, wrong.out) == (1, "")
    assert "確認番号が合いません" in wrong.err
    number = sent.row["check_number"]
    approved = run("approve", EAST, "--check-number", number, "--data", demo / "ward", "--json")
    # The demo's own report of this year is accepted already: a person has to choose.
    assert (approved.status, approved.row["verdict"], approved.row["code"]) == (
        0,
        "pending_approval",
        "report.fork",
    )
    again = run("approve", EAST, "--check-number", number, "--data", demo / "ward")
    assert again.status == 1


def test_an_answer_is_asked_for_and_comes_back(run, demo, tmp_path):
    year, district = year_of(demo), demo / "districts" / WEST
    with_services(district, lambda services: services.recording.reopen(year, "追加します。"))
    for stage in ("interim", "final"):
        sent = run(
            *("submit", "--data", district, "--to", tmp_path / stage, "--fiscal-year", year),
            *("--stage", stage, "--reason", "みほんのため", "--json"),
        )
        assert sent.status == 0
    received = run("receive", tmp_path / "final", "--data", demo / "ward", "--json")
    assert (received.row["verdict"], received.row["revision"]) == ("accepted", 4)
    asked = run(
        "answer",
        "--data",
        demo / "ward",
        "--to",
        tmp_path / "a",
        "--org",
        WEST,
        "--result",
        "returned",
        "--json",
    )
    assert asked.status == 0
    files = [row["file"] for row in asked.rows]
    assert all(Path(file).name.startswith(f"{WEST}-answer-") for file in files)
    taken = run("receive", *files, "--data", district, "--json")
    assert taken.status == 0
    assert sorted(row["verdict"] for row in taken.rows) == [
        "accepted",
        *["already_received"] * 3,
    ]
    open_requests = with_services(district, lambda services: services.replies.open_requests(year))
    assert [request.table for request in open_requests] == ["report"]


def test_two_people_accept_on_the_command_line(run, demo, tmp_path):
    ward, year = demo / "ward", year_of(demo)

    def open_again(services: Services) -> None:
        services.review.set_two_steps(True)
        row = next(one for one in services.review.overview(year) if one.org == EAST)
        services.review.reopen(str(row.package_id), "みほんのため")

    with_services(ward, open_again)
    accept = ("answer", "--data", ward, "--to", tmp_path, "--org", EAST, "--result", "accepted")
    assert "まだ「確認」が済んでいません" in run(*accept).err
    same = run(*accept, "--checked-by", "みほん 花子", "--confirmed-by", "みほん花子")
    assert (same.status, same.out) == (1, "")
    assert "別の人のお名前" in same.err
    nobody = run(*accept, "--checked-by", "みほん 花子")
    assert "確定する人のお名前" in nobody.err
    done = run(*accept, "--confirmed-by", "みほん 太郎", "--json")
    assert done.status == 0
    life = with_services(ward, lambda services: services.review.life(EAST, year))
    assert [(one.step.value, one.by) for one in life[:2]] == [
        ("accepted", "みほん 太郎"),
        ("checked", "みほん 花子"),
    ]


def with_services(data: Path, work: Callable[[Services], Any]) -> Any:
    services = open_services(data)
    try:
        return work(services)
    finally:
        services.close()


def test_submitting_with_open_problems_lists_them(run, demo, tmp_path):
    year, district = year_of(demo), demo / "districts" / EAST

    def spoil(services: Services) -> None:
        services.recording.reopen(year, "追加します。")
        services.recording.new_activity(year, services.recording.open_year(year).plans[0].id, 9)

    with_services(district, spoil)
    result = run("submit", "--data", district, "--to", tmp_path / "out", "--fiscal-year", year, "--json")
    assert result.status == 1
    assert result.row["code"] == "submission.problems"
    assert "要修正\t9\t" in result.err
    assert not list((tmp_path / "out").glob("*")) if (tmp_path / "out").exists() else True


def test_a_locked_year_is_not_submitted(run, demo, tmp_path):
    result = run(
        *("submit", "--data", demo / "districts" / EAST, "--to", tmp_path / "out"),
        *("--fiscal-year", year_of(demo), "--reason", "みほん", "--json"),
    )
    assert (result.status, result.row["code"]) == (1, "locked")


def test_keys_are_the_certificate_the_number_and_the_recipients(run, demo):
    row = run("keys", "--data", demo / "ward", "--json").row
    assert row.keys() == {"org", "key", "certificate", "check_number", "recipients"}
    assert row["certificate"] == (demo / "keys" / f"{WARD}.pem").read_text(encoding="ascii")
    assert (len(row["check_number"]), row["check_number"].isdigit()) == (12, True)
    assert all(recipient.startswith("age1") for recipient in row["recipients"])
    plain = run("keys", "--data", demo / "ward").out
    assert plain.startswith("-----BEGIN CERTIFICATE-----")
    recovery = run("keys", "recovery", "--data", demo / "ward").out.strip()
    assert recovery == (demo / "keys" / "ward-recovery.txt").read_text(encoding="ascii").strip()


def test_the_data_folder_is_named_before_or_after_the_command_or_by_the_environment(run, demo, monkeypatch):
    wanted = run("keys", "--json", "--data", demo / "ward").out
    assert run("--data", demo / "ward", "keys", "--json").out == wanted
    monkeypatch.setenv("SHAKYO_DATA_DIR", str(demo / "ward"))
    assert run("keys", "--json").out == wanted
    other = run("keys", "--json", "--data", demo / "districts" / EAST)
    assert other.row["org"] == EAST


def test_a_folder_without_data_is_told(run, tmp_path):
    result = run("dump", "--data", tmp_path / "nothing")
    assert (result.status, result.out) == (1, "")
    assert "データが見つかりません" in result.err
    assert run("dump", "--data", tmp_path / "nothing", "--json").row["code"] == "store.missing"


def test_a_store_in_use_is_told(run, demo):
    services = open_services(demo / "ward")
    try:
        result = run("dump", "--data", demo / "ward", "--json")
    finally:
        services.close()
    assert (result.status, result.row["code"]) == (1, "store.in_use")


WRONG_USAGE = {
    "unknown command": ("fly",),
    "no file": ("verify",),
    "no number": ("approve", EAST),
    "no year": ("submit", "--to", "x"),
    "a year in words": ("submit", "--to", "x", "--fiscal-year", "今年"),
    "an unknown stage": ("submit", "--to", "x", "--fiscal-year", "2026", "--stage", "last"),
    "no folder": ("setup",),
    "no district": ("join", "setup.shakyo", "--check-number", "1"),
    "no districts in a demo": ("demo", "x", "--districts", "0"),
    "an unknown option": ("dump", "--all"),
}


@pytest.mark.parametrize("args", WRONG_USAGE.values(), ids=WRONG_USAGE)
def test_wrong_usage_ends_with_two(run, args):
    result = run(*args)
    assert (result.status, result.out) == (2, "")
    assert "usage" in result.err


@pytest.mark.parametrize("args", [("--help",), ("--version",), ("receive", "--help")])
def test_help_goes_to_standard_output(run, args):
    result = run(*args)
    assert (result.status, result.err) == (0, "")
    assert result.out


def test_joining_with_a_wrong_number_or_no_file_makes_nothing(run, demo, tmp_path):
    setup = next(demo.glob(f"files/setup-{WARD}-*.shakyo"))
    for file, number in ((setup, "000000000000"), (tmp_path / "none.shakyo", "000000000000")):
        result = run("join", file, "--org", EAST, "--check-number", number, "--data", tmp_path / "new")
        assert (result.status, result.out) == (1, "")
        assert result.err
        assert not (tmp_path / "new").exists() or not list((tmp_path / "new").glob("*"))


def test_the_program_as_others_start_it(demo):
    environment = os.environ | {"SHAKYO_DATA_DIR": str(demo / "ward"), "PYTHONIOENCODING": ""}
    done = subprocess.run(
        [sys.executable, "-m", "shakyo_desktop", "receive", str(demo / "files"), "--json"],
        capture_output=True,
        env=environment,
        cwd=Path(__file__).parents[1],
        check=False,
    )
    assert done.returncode == 0, done.stderr.decode()
    rows = [json.loads(line) for line in done.stdout.decode("utf-8").splitlines()]
    assert len(rows) == 18
    assert done.stderr == b""


@pytest.mark.parametrize(
    "command",
    [
        ["submit", "--to", "x", "--fiscal-year", "26"],
        ["submit", "--to", "x", "--fiscal-year", "999999999999"],
        ["submit", "--to", "x", "--fiscal-year", "-5"],
        ["answer", "--to", "x", "--request", "六:outcome:教えてください"],
        ["answer", "--to", "x", "--request", "6:outcome"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_status_2_before_anything_is_opened(run, tmp_path, command):
    result = run(*command, "--data", tmp_path / "none")
    assert (result.status, result.out) == (2, "")
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize(
    ("command", "folder"),
    [
        (["setup"], f"districts/{EAST}"),
        (["approve", EAST, "--check-number", "123412341234"], f"districts/{EAST}"),
        (["answer", "--result", "accepted"], f"districts/{EAST}"),
        (["submit", "--fiscal-year", "2026"], "ward"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else value,
)
def test_a_command_of_the_other_role_changes_nothing(run, demo, tmp_path, command, folder):
    before = run("dump", "--data", demo / folder).out
    to = [] if command[0] == "approve" else ["--to", tmp_path / "out"]
    result = run(*command, *to, "--data", demo / folder, "--json")
    assert (result.status, result.row["code"]) == (1, "role")
    assert not (tmp_path / "out").exists()
    assert run("dump", "--data", demo / folder).out == before


@pytest.mark.parametrize(
    ("command", "folder"),
    [
        (["setup"], "ward"),
        (["answer"], "ward"),
        (["submit", "--fiscal-year", "2025"], f"districts/{EAST}"),
        (["backup"], "ward"),
    ],
    ids=lambda value: value[0] if isinstance(value, list) else value,
)
def test_a_place_that_cannot_be_written_is_said_so_and_no_number_is_used_up(
    run, demo, tmp_path, command, folder
):
    (tmp_path / "file").write_text("", encoding="utf-8")
    before = run("dump", "--data", demo / folder).out
    to = tmp_path / "file" / "copy.hikae" if command[0] == "backup" else tmp_path / "file"
    result = run(*command, "--to", to, "--data", demo / folder, "--json")
    assert (result.status, result.row["code"]) == (1, "destination.not_allowed")
    assert run("dump", "--data", demo / folder).out == before


def test_the_demo_says_that_its_folder_is_a_file(run, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    result = run("demo", tmp_path / "file", "--json")
    assert (result.status, result.row["code"]) == (1, "destination.not_allowed")


def test_an_answer_to_a_district_that_is_not_in_the_roster_is_refused(run, demo, tmp_path):
    result = run("answer", "--data", demo / "ward", "--to", tmp_path / "a", "--org", "888888-01", "--json")
    assert (result.status, result.row["code"]) == (1, "not_found")


@pytest.mark.parametrize("request_", ["99:outcome:教えてください", "9:nonsense:教えてください"])
def test_a_request_about_nothing_in_the_report_changes_nothing(run, demo, tmp_path, request_):
    year, district = year_of(demo), demo / "districts" / WEST
    with_services(district, lambda services: services.recording.reopen(year, "追加します。"))
    run(
        *("submit", "--data", district, "--to", tmp_path / "s", "--fiscal-year", year, "--stage", "final"),
        *("--reason", "みほんのため"),
    )
    assert run("receive", tmp_path / "s", "--data", demo / "ward").status == 0
    before = run("dump", "--data", demo / "ward").out
    result = run(
        *("answer", "--data", demo / "ward", "--to", tmp_path / "a", "--request", request_, "--json"),
    )
    assert (result.status, result.row["code"]) == (1, "input")
    assert run("dump", "--data", demo / "ward").out == before


def test_a_reader_that_leaves_early_is_no_crash(demo):
    command = [sys.executable, "-m", "shakyo_desktop", "dump", "--data", str(demo / "ward")]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=Path(__file__).parents[1]
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        told = process.stderr.read()
        assert (process.wait(), told) == (1, b"")


def test_check_numbers_are_shown_in_groups_of_four(run, demo):
    number = run("keys", "--data", demo / "ward", "--json").row["check_number"]
    shown = "-".join((number[:4], number[4:8], number[8:]))
    assert f"確認番号 {shown}" in run("keys", "--data", demo / "ward").out
