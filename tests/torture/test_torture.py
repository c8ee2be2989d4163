"""Work is killed anywhere and nothing is lost: a short run of what ``dev.py torture`` does at length."""

import json
import os
import random
import subprocess
import sys
from pathlib import Path

from shakyo_desktop.storage.database import Database
from tests.storage import other_process
from tests.storage.conftest import KEY
from tests.torture.checking import committed_bytes
from tests.torture.works import WORKS

ROOT = Path(__file__).resolve().parents[2]
KILLS_EACH = 1
WRITING = """
with Database.open(path, key) as database:
    for number in (1, 2):
        with database.transaction() as stores:
            stores.settings.set("number", number)
    os._exit(9)
"""


def test_work_that_is_killed_loses_nothing_and_ends_as_if_undisturbed(tmp_path):
    command = [sys.executable, "-m", "tests.torture", "--kills", str(KILLS_EACH * len(WORKS))]
    done = subprocess.run(
        [*command, "--seed", "1", "--json", str(tmp_path / "rows.json")],
        cwd=ROOT,
        env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(tmp_path)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stderr + done.stdout
    rows = json.loads((tmp_path / "rows.json").read_text(encoding="utf-8"))
    assert {row["work"]: row["kills"] for row in rows} == {work.name: KILLS_EACH for work in WORKS}
    assert sum(row["repeated"] for row in rows) == KILLS_EACH * len(WORKS)


def test_the_end_of_what_was_committed_is_found_in_a_log(tmp_path):
    path = tmp_path / "store.db"
    Database.create(path, KEY).close()
    other_process.run(WRITING, path)
    log = path.with_name("store.db-wal")
    whole = log.read_bytes()
    assert committed_bytes(whole) == len(whole) > 0
    assert committed_bytes(whole[:-1]) < len(whole) - 1
    log.write_bytes(whole[: committed_bytes(whole[:-1])] + random.Random(1).randbytes(5000))
    with Database.open(path, KEY) as database, database.reading() as stores:
        assert database.integrity_problems() == []
        assert stores.settings.get("number") in (1, 2)
