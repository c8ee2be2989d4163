"""The migrations lead to the tables that the program uses, from every version that was ever released."""

import io
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Column, Text, create_engine
from sqlcipher3 import dbapi2

from shakyo_desktop import paths
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.plan import Measure, PlanVersion
from shakyo_desktop.storage import migrating, schema
from shakyo_desktop.storage.database import Database
from shakyo_desktop.storage.exchange_tables import metadata
from shakyo_desktop.storage.plan_versions_store import PlanVersionsStore
from shakyo_desktop.storage.plans_store import PlansStore
from shakyo_desktop.storage.tables import plan_items, plans
from tests.factories import NOW, make_plan
from tests.storage.conftest import KEY

DATA = Path(__file__).parent / "data"
HEAD = schema.SCHEMA_VERSION

NEXT = """
import sqlalchemy as sa
from alembic import op
revision = "9999"
down_revision = "{head}"

def upgrade() -> None:
    with op.batch_alter_table("activities", recreate="always") as table:
        table.add_column(sa.Column("weather", sa.Text(), nullable=False, server_default="?"))
    {more}
"""


def test_alembic_head_matches_models():
    engine = create_engine("sqlite://", module=dbapi2)
    with engine.begin() as connection:
        migrating.upgrade(connection, "head")
        comparing = MigrationContext.configure(connection, opts={"include_name": migrating.is_ours})
        differences = compare_metadata(comparing, metadata)
    engine.dispose()
    assert differences == []
    assert migrating.head() == schema.SCHEMA_VERSION


def test_a_new_store_is_what_the_migrations_make(tmp_path):
    def shape(connection):
        tables = connection.exec_driver_sql("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {
            name: sorted(map(tuple, connection.exec_driver_sql(f"PRAGMA table_info('{name}')")))
            for (name,) in list(tables)
            if not name.startswith("sqlite_")
        }

    engine = create_engine("sqlite://", module=dbapi2)
    with engine.begin() as connection:
        migrating.upgrade(connection, "head")
        migrated = shape(connection)
    engine.dispose()
    with Database.create(tmp_path / "store.db", KEY) as database, database.reading() as stores:
        made = shape(stores.settings._connection)
    assert made == migrated


def dumped(database):
    out = io.StringIO()
    database.dump(out)
    return out.getvalue()


@pytest.mark.parametrize("file", sorted(DATA.glob("store-*.db")), ids=lambda file: file.stem)
def test_the_store_of_every_release_still_opens(tmp_path, file):
    path = tmp_path / "store.db"
    shutil.copy(file, path)
    with Database.open(path, KEY) as database:
        assert database.integrity_problems() == []
        with database.reading() as stores:
            assert stores.settings.get("release") == file.stem
            activities = stores.records.year("990011-01", 2026).activities
        assert [activity.content for activity in activities] == ["見守り訪問で気になった方"] * 2


@pytest.mark.parametrize("file", sorted(DATA.glob("store-*.db")), ids=lambda file: file.stem)
def test_what_an_older_store_holds_is_found_after_the_upgrade(tmp_path, file):
    path = tmp_path / "store.db"
    shutil.copy(file, path)
    with Database.open(path, KEY) as database, database.reading() as stores:
        places = stores.search.find(("見守り",), "activities", 10)
        assert [(place.org, place.fiscal_year) for place in places] == [("990011-01", 2026)] * 2
        assert stores.search.problems() == []


@pytest.fixture
def next_version(tmp_path, monkeypatch):
    """A program whose tables have moved on by one migration; the argument is its last line."""

    def make(more="pass"):
        scripts = tmp_path / "migrations"
        shutil.copytree(paths.migrations_dir(), scripts, ignore=shutil.ignore_patterns("__pycache__"))
        (scripts / "versions" / "9999_next.py").write_text(
            NEXT.format(more=more, head=HEAD), encoding="utf-8"
        )
        monkeypatch.setattr(paths, "migrations_dir", lambda: scripts)
        monkeypatch.setattr(schema, "SCHEMA_VERSION", "9999")

    return make


def test_a_developer_gets_a_script_for_the_tables_as_they_are_now(tmp_path, monkeypatch):
    scripts = tmp_path / "100% scripts"
    shutil.copytree(paths.migrations_dir(), scripts, ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.setattr(paths, "migrations_dir", lambda: scripts)
    weather = Column("weather", Text)
    metadata.tables["photos"].append_column(weather)
    try:
        migrating.new_revision("9999", "Add weather")
    finally:
        metadata.tables["photos"]._columns.remove(weather)
    written = (scripts / "versions" / "9999_add_weather.py").read_text(encoding="utf-8")
    assert 'add_column(sa.Column("weather"' in written.replace("'", '"')
    assert migrating.head() == "9999"


@pytest.fixture
def old_store(tmp_path):
    """A store of the version before the next, with photos that refer to activities."""
    first = tmp_path / "first.db"
    shutil.copy(DATA / "store-0001.db", first)
    path = tmp_path / "store" / "store.db"
    path.parent.mkdir()
    with Database.open(first, KEY) as database:
        database.backup_to(path)
    return path


def weather(path):
    with Database.open(path, KEY) as database, database.reading() as stores:
        connection = stores.settings._connection
        return (
            list(connection.exec_driver_sql("SELECT DISTINCT weather FROM activities").scalars()),
            connection.exec_driver_sql("SELECT count(*) FROM photos").scalar(),
        )


def test_an_older_store_is_copied_aside_and_brought_up_to_date(old_store, next_version):
    with Database.open(old_store, KEY) as database:
        before = dumped(database)
    next_version()
    assert weather(old_store) == (["?"], 1)
    kept = schema.copy_name(old_store, HEAD)
    assert sorted(path.name for path in old_store.parent.iterdir()) == sorted([kept.name, old_store.name])
    schema_version, schema.SCHEMA_VERSION = schema.SCHEMA_VERSION, HEAD
    try:
        with Database.open(kept, KEY) as database:
            assert dumped(database) == before
    finally:
        schema.SCHEMA_VERSION = schema_version
    assert weather(old_store) == (["?"], 1)  # the second start migrates nothing


@pytest.mark.parametrize(
    ("more", "error"),
    [
        ("1 / 0", ZeroDivisionError),
        ("op.execute('PRAGMA foreign_keys'); op.execute('DELETE FROM activities')", ShakyoError),
    ],
    ids=["fails", "loses what photos refer to"],
)
def test_a_migration_that_fails_leaves_the_old_store(old_store, next_version, monkeypatch, more, error):
    with Database.open(old_store, KEY) as database:
        before = dumped(database)
    next_version(more)
    with pytest.raises(error):
        Database.open(old_store, KEY)
    monkeypatch.setattr(schema, "SCHEMA_VERSION", HEAD)
    with Database.open(old_store, KEY) as database:
        assert dumped(database) == before


def test_what_an_office_decided_before_its_steps_were_kept_is_their_beginning():
    at = "2026-09-12T05:00:00.000000Z"
    note = '{"reason":"人数を聞きなおす","who":"みほん 事務","at":"2026-09-13T05:00:00+00:00"}'
    engine = create_engine("sqlite://", module=dbapi2)
    with engine.begin() as connection:
        migrating.upgrade(connection, "0003")
        connection.exec_driver_sql(
            "INSERT INTO settings VALUES ('role', '\"ward\"'), ('reopened.p.2026-09-13T05:00:00+00:00', ?),"
            " ('reopened.999999-01.2026', '{}')",
            (note,),
        )
        connection.exec_driver_sql(
            "INSERT INTO submissions (package_id, manifest, org, stage, assembly, key, received_at, state,"
            " file_name, receipt_no, chair_name, warnings, frozen_at, fiscal_year, revision, seq)"
            " VALUES ('p', 'm', 'o', 'interim', 'none', 'k', ?, 'received', '', '', '', '[]', 't',"
            " 2026, 1, 1)",
            (at,),
        )
        migrating.upgrade(connection, "0004")
        lines = connection.exec_driver_sql("SELECT package_id, step, by, at, note FROM review_steps").all()
    engine.dispose()
    assert [tuple(line) for line in lines] == [
        ("p", "received", "", at, ""),
        ("p", "reopened", "みほん 事務", "2026-09-13T05:00:00.000000Z", "人数を聞きなおす"),
    ]


def test_the_plans_of_an_older_store_are_their_first_kept_versions():
    plan = make_plan()
    measured = replace(plan.items[5], measures=(Measure("walkers", "散歩に来た人", "人", "max"),))
    plan = replace(plan, items=(*plan.items[:5], measured, *plan.items[6:]))
    engine = create_engine("sqlite://", module=dbapi2)
    with engine.begin() as connection:
        migrating.upgrade(connection, "head")
        PlansStore(connection).save(plan, NOW)
        PlansStore(connection).save(plan, NOW)
        rows = [connection.execute(table.select()).mappings().all() for table in (plans, plan_items)]
    engine.dispose()
    older = create_engine("sqlite://", module=dbapi2)
    with older.begin() as connection:
        migrating.upgrade(connection, "0003")
        for table, found in zip((plans, plan_items), rows, strict=True):
            connection.execute(table.insert(), [dict(row) for row in found])
        migrating.upgrade(connection, "head")
        kept = PlanVersionsStore(connection)
        assert kept.get(plan.id, 2) == plan
        assert kept.all(plan.id) == (PlanVersion(plan.id, 2, "", NOW),)
    older.dispose()
