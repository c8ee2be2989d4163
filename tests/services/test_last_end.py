"""A start after a power cut says what happened, what is safe and what to do next; no other start does."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import StoreLocked
from shakyo_desktop.services.founding import found_practice
from shakyo_desktop.services.last_end import LastEnd, clear_unfinished
from shakyo_desktop.services.works import Work
from shakyo_desktop.storage.key_slots import KEY_FILE
from tests.services.conftest import PLAN_ID

ROOT = Path(__file__).resolve().parents[2]
DYING = """
import os, sys
from pathlib import Path
from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.codes import Assembly, Stage
from shakyo_desktop.services.works import Work
services = open_services(Path(sys.argv[1]))
{work}
os._exit(9)
"""


@pytest.fixture(scope="module")
def practice(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A district's store with last year's report in it."""
    folder = tmp_path_factory.mktemp("practice") / "data"
    found_practice(folder)
    return folder


@pytest.fixture
def district(practice: Path, tmp_path: Path) -> Path:
    """A copy of that store which a test may change."""
    return Path(shutil.copytree(practice, tmp_path / "data"))


def die(folder: Path, work: str = "") -> None:
    """Do a piece of work in a process that ends without closing anything."""
    command = [sys.executable, "-c", DYING.format(work=work), str(folder)]
    assert subprocess.run(command, cwd=ROOT, check=False).returncode == 9


def words(folder: Path) -> str:
    """What the next start says; "" when it says nothing."""
    services = open_services(folder)
    news = services.last_end.news()
    services.last_end.told()
    assert services.last_end.news() is None, "it is said once"
    services.close()
    return news.text if news else ""


def test_an_orderly_end_says_nothing(district: Path) -> None:
    open_services(district).close()
    assert words(district) == ""


def test_the_start_after_a_power_cut_says_so_once(district: Path) -> None:
    die(district)
    assert words(district) == (
        "前回は、プログラムが途中で終わりました（停電など）。\n「保存済み」と出た内容は、すべて残っています。"
    )
    assert words(district) == ""


def test_the_work_that_was_cut_short_is_named(district: Path) -> None:
    die(district, "work = services.context.doing(Work.SUBMIT)\nwork.__enter__()")
    services = open_services(district)
    news = services.last_end.news()
    assert news is not None
    assert news.work is Work.SUBMIT
    for work in Work:
        told = LastEnd(services.context, work.value).news()
        assert told is not None
        assert told.text.startswith(f"前回は、{work.label}途中で終わりました")
    services.close()


def test_a_store_that_could_not_be_opened_tells_when_it_is(district: Path) -> None:
    die(district, 'services.context.note_work("copy")')
    (district / KEY_FILE).rename(district / "elsewhere")
    with pytest.raises(StoreLocked):
        open_services(district)
    (district / "elsewhere").rename(district / KEY_FILE)
    assert "控えを作っているとき、" in words(district)


def test_a_revision_whose_file_was_never_written_is_offered(district: Path, tmp_path: Path) -> None:
    die(
        district,
        "from dataclasses import replace\n"
        "from shakyo_desktop.services.freezing import freeze_year\n"
        "from shakyo_desktop.services.desk import desk_of\n"
        "from shakyo_desktop.services.year_view import view_year\n"
        "year = services.settings.current_fiscal_year()\n"
        "with services.context.database.transaction() as stores:\n"
        "    view = view_year(desk_of(services.context, stores), year)\n"
        "    freeze_year(services.context, stores, view, Stage.INTERIM, Assembly.NONE, '')\n",
    )
    services = open_services(district)
    news = services.last_end.news()
    assert news is not None
    assert news.submission is not None
    assert "第1版の提出ファイルはできていますが、まだUSBメモリに入っていません" in news.text
    services.submission.write(news.submission.package_id, tmp_path)
    again = services.last_end.news()
    assert again is not None
    assert again.submission is None
    services.close()


def test_text_that_was_typed_and_not_stored_is_named(district: Path) -> None:
    die(
        district,
        "from shakyo_desktop.domain.records import ITEM_STATUSES, RecordRef\n"
        "year = services.settings.current_fiscal_year()\n"
        f"status = services.recording.status_for(year, {PLAN_ID!r}, 9)\n"
        "services.recording.save_draft(RecordRef(ITEM_STATUSES, status.id), 'outcome', '書きかけ')",
    )
    services = open_services(district)
    news = services.last_end.news()
    assert news is not None
    assert news.draft is not None
    assert news.draft.new_text == "書きかけ"
    assert "書きかけのまま終わった入力が1件あります" in news.text
    services.close()


def test_an_office_is_told_too(tmp_path: Path) -> None:
    found_practice(tmp_path, OrganisationKind.WARD)
    die(tmp_path, 'services.context.note_work("receive")')
    assert "2回は入りません" in words(tmp_path)


def test_what_was_left_half_made_is_taken_away_and_nothing_else(district: Path) -> None:
    own = ("restoring-notes.txt", "store.before-0003.db", "reading-2026", "copying-abc")
    kept = {path.name for path in district.iterdir()} | set(own)
    for name in own:
        (district / name).write_bytes(b"kept")
    halves = ("copying-0a1b2c3d", "copying-4711-0a1b2c3d", "reading-00ff00ff", "beginning-0a1b2c3d")
    for name in (*halves, "restoring-20261127-090000", "salvaging-20261127-090000-1"):
        (district / name).mkdir()
        (district / name / "store.db").write_bytes(b"half")
    for name in ("store.db.part", "store.db.part-wal", "store.slots.json.part", "store.before-0004.db.part"):
        (district / name).write_bytes(b"half")
    clear_unfinished(district)
    assert {path.name for path in district.iterdir()} == kept
