"""What keeps a store on the command line: copies, the doctor, saving the readable, deletion, handover."""

import json
import re
from pathlib import Path

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.numbers import show_check_number
from shakyo_desktop.storage.key_slots import open_with_key_file
from tests.cli.conftest import EAST, WARD
from tests.damage import flip, root_of


def test_dump_is_canonical_lines(run, demo):
    result = run("dump", "--data", demo / "ward")
    assert result.status == 0
    for line in result.out.splitlines():
        value = json.loads(line)
        assert json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":")) == line
    assert "みほん東地区部会" in result.out
    assert run("dump", "--data", demo / "ward").out == result.out


def test_doctor_finds_the_demo_well(run, demo, tmp_path):
    result = run("doctor", "--data", demo / "ward", "--json", "--bundle", tmp_path / "bundle.zip")
    assert result.status == 0, result.out
    assert all(row.keys() == {"area", "ok", "message"} for row in result.rows)
    assert (tmp_path / "bundle.zip").read_bytes().startswith(b"PK")


def test_a_backup_is_restored_in_a_new_folder(run, demo, tmp_path):
    copy = tmp_path / "ward.hikae"
    made = run("backup", "--data", demo / "ward", "--to", copy, "--json")
    assert (made.status, made.row["size"]) == (0, copy.stat().st_size)
    restored = run(
        *(
            "restore",
            copy,
            "--data",
            tmp_path / "again",
            "--secret-file",
            demo / "keys" / "ward-recovery.txt",
        ),
        "--json",
    )
    assert (restored.status, restored.row["org"]) == (0, WARD)
    assert run("keys", "--data", tmp_path / "again", "--json").row["org"] == WARD
    twice = run(
        "restore", copy, "--data", tmp_path / "again", "--secret-file", demo / "keys" / "ward-recovery.txt"
    )
    assert twice.status == 1


def test_a_damaged_store_is_said_and_what_is_readable_is_saved(run, demo, tmp_path):
    store = demo / "ward" / "store.db"
    flip(store, root_of(store, open_with_key_file(demo / "ward"), "intake_log"))
    found = run("doctor", "--data", demo / "ward", "--json")
    assert found.status == 1
    damaged = store.read_bytes()
    saved = run("salvage", "--data", demo / "ward", "--to", tmp_path / "new", "--json")
    assert (saved.status, saved.row["org"]) == (1, WARD)
    counts = {one["kind"]: one for one in saved.row["counts"]}
    assert counts["活動記録"]["found"] == counts["活動記録"]["saved"] > 0
    assert "こわれたファイルはそのまま" in saved.err
    assert store.read_bytes() == damaged
    assert run("doctor", "--data", tmp_path / "new").status == 0
    store.write_bytes(bytes(10_000))
    told = run("doctor", "--data", demo / "ward", "--json")
    assert (told.status, told.rows[-1]["code"]) == (1, "store.damaged")
    assert run("salvage", "--data", demo / "ward", "--to", tmp_path / "other").status == 1


def test_the_doctor_says_of_a_store_that_does_not_open_what_there_is_and_what_to_do(run, demo, tmp_path):
    run("backup", "--automatic", "--data", demo / "ward")
    (demo / "ward" / "store.db").write_bytes(bytes(10_000))
    before = sorted((path, path.stat().st_size) for path in (demo / "ward").rglob("*"))
    bundle = tmp_path / "bundle.zip"
    told = run("doctor", "--data", demo / "ward", "--json", "--bundle", bundle)
    assert told.status == 1
    findings = {row["area"]: row for row in told.rows[:-1]}
    assert [row["ok"] for row in findings.values()] == [False, True, True, True, True]
    assert "store.db（記録）10,000バイト" in findings["ファイル"]["message"]
    assert "守りなし" in findings["データの開き方"]["message"]
    assert "000001-" in findings["控え"]["message"]
    assert "salvage" in findings["次にすること"]["message"]
    assert bundle.read_bytes().startswith(b"PK")
    assert sorted((path, path.stat().st_size) for path in (demo / "ward").rglob("*")) == before
    nothing = run("doctor", "--data", tmp_path / "empty")
    assert nothing.status == 1
    assert "× ファイル\t何もありません" in nothing.out
    assert "--data のフォルダーを確かめて" in nothing.out


def test_automatic_copies_are_made_listed_and_restored(run, demo, tmp_path, monkeypatch):
    empty = run("backup", "--list", "--data", demo / "ward", "--json")
    assert (empty.status, empty.out) == (0, "")
    made = run("backup", "--automatic", "--data", demo / "ward", "--json")
    assert made.status == 0
    assert run("backup", "--automatic", "--data", demo / "ward", "--json").out == ""
    listed = run("backup", "--list", "--data", demo / "ward", "--json")
    assert [(row["number"], row["state"], row["file"]) for row in listed.rows] == [
        (1, "good", made.row["file"])
    ]
    assert "確かめました" in run("backup", "--list", "--data", demo / "ward").out
    asked = run("restore", made.row["file"], "--data", tmp_path / "again", "--json")
    assert (asked.status, asked.row["code"]) == (1, "copy.unproven"), "what lies beside a copy proves nothing"
    number = run("keys", "--data", demo / "ward", "--json").row["check_number"]
    assert show_check_number(number) in asked.err
    assert "--compared" in asked.err
    restored = run("restore", made.row["file"], "--data", tmp_path / "again", "--json", "--compared", number)
    assert (restored.status, restored.row["org"]) == (0, WARD)
    monkeypatch.setenv("SHAKYO_DATA_DIR", str(demo / "ward"))
    assert run("restore", made.row["file"], "--data", tmp_path / "third").status == 0
    data = Path(made.row["file"]).read_bytes()
    Path(made.row["file"]).write_bytes(data[:-30])
    assert run("backup", "--list", "--data", demo / "ward", "--json").status == 1


def test_retention_lists_and_deletes_a_year_whose_time_is_over(run, demo):
    data = demo / "districts" / EAST
    services = open_services(data)
    services.recording.new_activity(2019, "chiba-shakyo-7", 9)
    services.close()
    assert [row["state"] for row in run("retention", "--json", "--data", str(data)).rows] == ["past"]
    early = run("retention", "--delete", "2024", "--confirm", "2024", "--data", str(data))
    assert (early.status, early.out) == (1, "")
    unconfirmed = run("retention", "--delete", "2019", "--data", str(data))
    assert (unconfirmed.status, unconfirmed.out) == (1, "")
    gone = run("retention", "--delete", "2019", "--confirm", "令和元年度", "--json", "--data", str(data))
    assert gone.status == 0
    assert gone.rows == [{"state": "deleted", "fiscal_year": 2019, "counts": gone.rows[0]["counts"]}]
    assert gone.rows[0]["counts"]["activities"] == 1
    assert run("retention", "--years", "4", "--data", str(data)).status == 1


def test_a_district_is_handed_over_and_its_successor_begins(run, demo, tmp_path):
    handed = run(
        *("handover", "--data", demo / "districts" / EAST, "--to", tmp_path / "stick"),
        *("--book", tmp_path / "book.pdf", "--json"),
    )
    assert handed.status == 0
    assert re.fullmatch(r"\d{4}(-\d{4}){5}", handed.row["code"])
    assert (tmp_path / "book.pdf").read_bytes().startswith(b"%PDF")
    file = Path(handed.row["file"])
    assert [one.name for one in (tmp_path / "stick").iterdir()] == [file.name]
    (tmp_path / "code.txt").write_text(handed.row["code"], encoding="ascii")
    new = ("--data", tmp_path / "new", "--secret-file", tmp_path / "code.txt")
    begun = run("restore", file, *new, "--name", "みほん 次の係", "--json")
    assert (begun.status, begun.row["org"]) == (0, EAST)
    assert "引き継ぎました" in begun.err
    old = run("keys", "--data", demo / "districts" / EAST, "--json").row
    assert run("keys", "--data", tmp_path / "new", "--json").row["key"] != old["key"]


def test_an_office_hands_no_store_over(run, demo, tmp_path):
    result = run("handover", "--data", demo / "ward", "--to", tmp_path / "stick", "--json")
    assert (result.status, result.row["code"]) == (1, "role")
    assert not (tmp_path / "stick").exists()
