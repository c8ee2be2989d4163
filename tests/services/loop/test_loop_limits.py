"""Space for what waits, files of a newer program, and what changes while a file is being judged."""

from dataclasses import replace

import pytest

from shakyo_desktop.domain.codes import KeyState
from shakyo_desktop.services import intake
from shakyo_desktop.services.holding import MOST_BYTES
from tests.exchange.mischief import line
from tests.services.loop.forging import info_of, office_boxes, opened_by, resealed, resigned, signing_key
from tests.services.loop.world import EAST, ITEM, WEST, World, only


def test_two_gigabytes_wait_and_no_more(begun):
    begun.receive("ward", begun.hand_in("east"))
    with begun.ward.context.database.transaction() as stores:
        [held] = stores.held.all()
        large = replace(held, manifest="ab" * 32, key="cd" * 32, org="999999-09", size=MOST_BYTES)
        stores.held.put(large, b"stands for two gigabytes")
    before = begun.dump("ward")
    assert only(begun.receive("ward", begun.hand_in("west"))) == ("refused", "key.pending_full")
    assert begun.dump("ward") == before


def newer(world: World, **version: int):
    """East's next report as a later minor version would write it: one more field in every status."""
    import json

    world.note("east", "新しい版のプログラム")
    file = world.hand_in("east")
    entries = opened_by(world.ward, file)
    rows = [json.loads(row) for row in entries["data/item_statuses.ndjson"].splitlines()]
    entries["data/item_statuses.ndjson"] = b"".join(line(row | {"zeal": 5}) + b"\n" for row in rows)
    info = info_of(world.ward, file) | {"version": {"major": 1, "minor": 0} | version}
    entries["package.json"] = line(info) + b"\n"
    file.write_bytes(resealed(resigned(entries, signing_key(world.east)), *office_boxes(world.ward)))
    return file


def test_what_a_later_minor_version_adds_is_told_and_kept(world):
    file = newer(world, minor=1)
    [verdict] = world.receive("ward", file)
    assert (verdict.verdict, verdict.warnings) == (
        "accepted",
        ("新しい版のプログラムで作られたため、1件は表示されません。",),
    )
    assert world.text("ward") == "新しい版のプログラム"
    with world.ward.context.database.reading() as stores:
        kept = stores.submissions.evidence_bytes(str(verdict.manifest), "data/item_statuses.ndjson")
    assert b'"zeal":5' in kept
    view = world.ward.review.report(str(verdict.package_id))
    assert [one.item_number for one in view.records.item_statuses] == [ITEM]


@pytest.mark.parametrize(
    ("version", "code"), [({"minor": 0}, "data.schema"), ({"major": 2, "minor": 0}, "pkg.version")]
)
def test_what_this_version_or_another_major_adds_is_refused(world, version, code):
    assert only(world.receive("ward", newer(world, **version))) == ("refused", code)


def meanwhile(monkeypatch: pytest.MonkeyPatch, work) -> None:
    """Do something after a file was judged and before it is stored, once."""
    judge, done = intake.judge_file, []

    def judged(*args: object, **keywords: object):
        found = judge(*args, **keywords)
        if not done:
            done.append(True)
            work()
        return found

    monkeypatch.setattr(intake, "judge_file", judged)


def test_a_key_stopped_while_its_file_is_judged_is_stopped(world, monkeypatch):
    world.note("east", "その間に止められました。")
    file = world.hand_in("east")
    key = world.key("east")

    def stop() -> None:
        with world.ward.context.database.transaction() as stores:
            found = stores.keys.find(key)
            stores.keys.save(replace(found, state=KeyState.SUSPENDED), "", world.clock())

    meanwhile(monkeypatch, stop)
    assert only(world.receive("ward", file)) == ("refused", "key.suspended")
    assert world.text("ward") == "集まりが増えました。"


def test_a_key_that_runs_out_meanwhile_waits_with_its_number(world, monkeypatch):
    world.note("east", "その間に期限が切れました。")
    file = world.hand_in("east")
    meanwhile(monkeypatch, lambda: world.clock.turn(days=3 * 366))
    assert only(world.receive("ward", file)) == ("pending_approval", "key.expired")
    assert [one.verdict for one in world.approve("east")] == ["accepted"]


def test_the_same_file_from_two_sides_at_once_is_taken_in_once(world, monkeypatch):
    world.note("east", "二人が同時に開きました。")
    file = world.hand_in("east")
    other: list = []
    meanwhile(monkeypatch, lambda: other.extend(world.ward.intake.receive([file])))
    assert only(world.receive("ward", file)) == ("already_received", "")
    assert [one.verdict for one in other] == ["accepted"]
    assert len([one for one in world.ward.intake.log() if one.org == EAST]) == 3
    assert not [one for one in world.ward.intake.log() if one.org == WEST]
