"""suspend, resume, revoke, renew and keys: what an office and a district do about computers and keys."""

import io
import sys

import pytest

from shakyo_desktop.services.founding import LockChoice, found_office
from shakyo_desktop.services.known_organisations import FICTIONAL_WARD
from tests.cli.conftest import EAST, WARD


def test_a_lost_computer_is_stopped_found_renewed_and_ended(run, demo):
    ward = demo / "ward"
    stopped = run("suspend", EAST, "--note", "電車", "--data", ward, "--json")
    assert (stopped.status, stopped.row["org"], stopped.row["state"]) == (0, EAST, "suspended")
    assert run("suspend", EAST, "--data", ward).status == 1
    assert run("resume", EAST, "--data", ward, "--json").row["state"] == "active"
    number = next(
        line.split(" ", 1)[1]
        for line in run("keys", "--data", demo / "districts" / EAST).out.splitlines()
        if line.startswith("確認番号")
    )
    before = run("dump", "--data", ward).out
    assert run("renew", EAST, "--check-number", "000000000000", "--data", ward).status == 1
    assert run("dump", "--data", ward).out == before
    renewed = run("renew", EAST, "--check-number", number, "--data", ward, "--json")
    assert (renewed.status, renewed.row["state"]) == (0, "active")
    assert run("revoke", EAST, "--data", ward, "--json").row["state"] == "revoked"
    assert run("resume", EAST, "--data", ward).status == 1


def test_a_districts_new_keys_have_another_number_and_wait_at_the_office(run, demo, tmp_path):
    district = demo / "districts" / EAST
    old = run("keys", "--data", district, "--json").row
    new = run("keys", "rotate", "--data", district, "--json").row
    assert new["key"] != old["key"]
    assert new["check_number"] != old["check_number"]
    assert set(old["recipients"]) < set(new["recipients"])


def test_an_office_changes_its_key_in_two_steps_or_stays(run, demo):
    ward = demo / "ward"
    old = run("keys", "--data", ward, "--json").row["key"]
    begun = run("keys", "rotate", "--data", ward, "--json").row
    assert EAST in begun["waiting"]
    assert run("keys", "give-up", "--data", ward, "--json").row["key"] == old
    run("keys", "rotate", "--data", ward)
    assert run("keys", "finish", "--data", ward, "--json").row["key"] != old
    assert run("keys", "finish", "--data", ward).status == 1


def test_a_new_recovery_sheet_needs_its_text(run, demo, tmp_path, monkeypatch):
    ward, sheet = demo / "ward", tmp_path / "paper" / "sheet.pdf"
    old = run("keys", "recovery", "--data", ward).out
    monkeypatch.setattr(sys, "stdin", io.StringIO(old))
    assert run("keys", "new-recovery", "--to", sheet, "--data", ward).status == 1
    assert sheet.read_bytes().startswith(b"%PDF")
    assert run("keys", "recovery", "--data", ward).out == old


def test_a_second_computers_mailbox_is_added_by_its_number_and_removed(run, demo, tmp_path):
    """The demo's own number stands for the second computer's: it is this computer's, and refused."""
    ward = demo / "ward"
    written = run("keys", "mailbox", "--to", tmp_path, "--data", ward)
    file = tmp_path / f"mailbox-{WARD}.txt"
    assert written.out.strip() == str(file)
    for arguments in (("--file", file), ("--file", tmp_path / "none.txt"), ()):
        assert run("keys", "add-mailbox", *arguments, "--check-number", "1" * 12, "--data", ward).status == 1
    assert run("keys", "remove-mailbox", "--recipient", "age1", "--data", ward).status == 1


def test_a_second_computers_reports_are_sealed_to_it_once_its_number_was_typed(run, demo, tmp_path):
    ward, second = demo / "ward", tmp_path / "second"
    found_office(second, FICTIONAL_WARD, "みほん 二台目", LockChoice(frozenset({"key_file"})))
    run("keys", "mailbox", "--to", tmp_path, "--data", second)
    number = run("keys", "--data", second, "--json").row["check_number"]
    file = ("--file", tmp_path / f"mailbox-{WARD}.txt", "--check-number", number, "--name", "受付")
    added = run("keys", "add-mailbox", *file, "--data", ward)
    recipient = added.out.strip()
    assert (added.status, recipient[:4]) == (0, "age1")
    assert recipient in run("keys", "--data", second, "--json").row["recipients"]
    assert run("keys", "add-mailbox", *file, "--data", ward).status == 1
    assert run("keys", "remove-mailbox", "--recipient", recipient, "--data", ward).status == 0


@pytest.mark.parametrize("command", ["suspend", "resume", "revoke"])
def test_a_district_has_no_register(run, demo, command):
    result = run(command, EAST, "--data", demo / "districts" / EAST, "--json")
    assert (result.status, result.row["code"]) == (1, "role")
