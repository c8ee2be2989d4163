"""The stores of every earlier version open, with everything in them, and go on being used."""

import json
import subprocess
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from shakyo_desktop import paths
from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.codes import Assembly, Stage
from shakyo_desktop.domain.errors import StoreTooNew
from shakyo_desktop.domain.records import ACTIVITIES, ITEM_STATUSES, RecordRef
from shakyo_desktop.services.registry import Services
from shakyo_desktop.storage import schema
from shakyo_desktop.storage.connection import single
from shakyo_desktop.storage.database import DATABASE_FILE, Database
from tests.storage import other_process
from tests.storage.conftest import KEY
from tests.storage.kept import DATA, facts_of, kept_stores, unpack, version_of

YEAR, PLAN, DISTRICT = 2026, "chiba-shakyo-7", "999999-01"
GROWS = {"history", "settings", "blobs", "alembic_version"}
"""Tables that a migration may add rows to: what was kept elsewhere before."""
STORES = pytest.mark.parametrize("packed", kept_stores(), ids=lambda packed: packed.stem)


def clock() -> datetime:
    """Shortly after the kept stores were made."""
    return datetime(2026, 11, 28, 5, 0, tzinfo=UTC)


@STORES
def test_everything_in_a_kept_store_is_there_after_the_upgrade(packed: Path, tmp_path: Path) -> None:
    folder = unpack(packed, tmp_path / "data")
    expected = json.loads(packed.with_suffix(".json").read_text(encoding="utf-8"))
    with single(folder / DATABASE_FILE, KEY) as connection:
        assert facts_of(connection) == expected, "the kept file itself"
    services = open_services(folder, clock=clock)
    assert services.context.database.integrity_problems() == []
    assert [finding.message for finding in services.doctor.examine() if not finding.ok] == []
    services.close()
    with single(folder / DATABASE_FILE, KEY) as connection:
        now = facts_of(connection)
    assert now["texts"] == expected["texts"]
    for table, rows in expected["rows"].items():
        assert now["rows"][table] >= rows if table in GROWS else now["rows"][table] == rows, table
    kept = schema.copy_name(folder / DATABASE_FILE, version_of(packed))
    assert kept.exists() == (version_of(packed) < schema.SCHEMA_VERSION), (
        "the old file stays beside the new one"
    )


def versions_of_both() -> list[str]:
    """The versions of which a district's and its ward's store are kept."""
    return sorted({version_of(one) for one in kept_stores()})


SOME = versions_of_both()[::3]
"""Versions for what takes long, the first among them: its way leads over every migration."""


@pytest.mark.parametrize("version", SOME)
def test_a_district_of_an_earlier_version_goes_on_and_hands_in_to_its_ward(
    version: str, tmp_path: Path
) -> None:
    district, ward = (
        open_services(unpack(DATA / f"store-{version}-{role}.xz", tmp_path / role), clock=clock)
        for role in ("district", "ward")
    )
    found = {draft.field: draft.new_text for draft in district.recording.drafts()}
    assert found == {"note": "書きかけの備考", "outcome": "停電の前に書いていた文"}
    half = next(
        one
        for one in district.recording.open_year(YEAR).records.activities
        if one.content == "とちゅうまで書いた活動"
    )
    assert half.unread == {"participants": "３０人くらい"}
    finish(district, half.id)
    frozen = district.submission.freeze(YEAR, Stage.FINAL, Assembly.NONE, "みほん 部会長")
    file = district.submission.write(frozen.package_id, tmp_path).path
    [verdict] = ward.intake.receive([file])
    assert (verdict.verdict, verdict.code) == ("accepted", "")
    assert "停電の前に書いていた文" in {
        one.outcome for one in ward.review.report(frozen.package_id).records.item_statuses
    }
    district.close()
    ward.close()


def finish(district: Services, activity_id: str) -> None:
    """What a volunteer does before handing in: use one draft, fill the rest in, answer what is asked."""
    recording = district.recording
    for draft in recording.drafts():
        (recording.use_draft if draft.ref.table == ITEM_STATUSES else recording.drop_draft)(draft)
    ref = RecordRef(ACTIVITIES, activity_id)
    for name, value in {"held_on": "2026-10-01", "participants": 30, "helpers": 3}.items():
        recording.change(ref, name, value)
    for problem in district.checking.problems(YEAR, Stage.FINAL):
        if not problem.answered and problem.level == "soft":
            district.checking.answer(problem, "みほんのため")


DYING = """
from sqlalchemy import Engine, event
event.listen(Engine, "commit", lambda _: os._exit(9))
Database.open(path, key)
print("lived")
"""
"""Everything is migrated and the moment of the commit does not come."""


@pytest.mark.parametrize("version", [one for one in SOME if one < schema.SCHEMA_VERSION])
def test_an_upgrade_that_is_cut_short_leaves_the_old_store_whole(version: str, tmp_path: Path) -> None:
    packed = DATA / f"store-{version}-district.xz"
    folder = unpack(packed, tmp_path / "data")
    ended: subprocess.CompletedProcess[str] = other_process.run(DYING, folder / DATABASE_FILE)
    assert (ended.returncode, ended.stdout) == (9, "")
    with single(folder / DATABASE_FILE, KEY) as connection:
        assert connection.execute("SELECT version_num FROM alembic_version").fetchall() == [(version,)]
        assert facts_of(connection) == json.loads(packed.with_suffix(".json").read_text(encoding="utf-8"))
    with Database.open(folder / DATABASE_FILE, KEY) as database:
        assert database.integrity_problems() == []


def test_a_store_of_a_newer_version_is_refused_and_stays_as_it_is(tmp_path: Path) -> None:
    folder = unpack(kept_stores()[-1], tmp_path / "data")
    path = folder / DATABASE_FILE
    with closing(dbapi2.connect(str(path))):
        pass
    with single(path, KEY) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    before = path.read_bytes()
    with pytest.raises(StoreTooNew):
        open_services(folder, clock=clock)
    assert path.read_bytes() == before
    assert sorted(one.name for one in folder.glob("store.*before*")) == []


def test_a_store_of_every_version_but_the_newest_is_kept() -> None:
    scripts = sorted(path.name[:4] for path in (paths.migrations_dir() / "versions").glob("[0-9]*.py"))
    kept = set(versions_of_both()) | {path.stem.removeprefix("store-") for path in DATA.glob("store-*.db")}
    missing = [version for version in scripts if version < schema.SCHEMA_VERSION and version not in kept]
    assert missing == [], "run `python -m tests.storage.keep_release` at the version before a new migration"
