"""A value that was reported as saved survives ``kill -9``, and so does undo."""

import subprocess
import sys
from pathlib import Path

import pytest

from shakyo_desktop.domain.records import ACTIVITIES, Activity, RecordRef
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.recording import RecordingService
from shakyo_desktop.storage.database import Database
from tests.services.conftest import PLAN_ID, STORE_KEY, Clock

WRITER = """
import sys
from pathlib import Path
from shakyo_desktop.domain.records import ACTIVITIES, RecordRef
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.recording import RecordingService
from shakyo_desktop.storage.database import Database

path, key, activity, first = Path(sys.argv[1]), bytes.fromhex(sys.argv[2]), sys.argv[3], int(sys.argv[4])
recording = RecordingService(ServiceContext(Database.open(path, key), path.parent))
for number in range(first, 1_000_000):
    recording.change(RecordRef(ACTIVITIES, activity), "participants", number)
    print(number, flush=True)
"""


def killed_after(path: Path, activity: str, first: int, reports: int) -> int:
    """Kill a process that writes without end after so many reports; return the last number it reported."""
    command = [sys.executable, "-c", WRITER, str(path), STORE_KEY.hex(), activity, str(first)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _ in range(reports):
            assert process.stdout.readline(), "the writer must not end by itself"
        process.kill()
        rest = process.stdout.read().splitlines()  # reported before the kill took hold
    said = [line for line in rest if line] or [str(first + reports - 1)]
    return int(said[-1])


@pytest.mark.parametrize("reports", [1, 7, 40])
def test_what_was_reported_as_saved_is_there_after_a_kill(
    district: ServiceContext, clock: Clock, reports: int
) -> None:
    activity = RecordingService(district).new_activity(2026, PLAN_ID, 9)
    district.database.close()
    reported = killed_after(district.database.path, activity.id, 1, reports)
    ref = RecordRef(ACTIVITIES, activity.id)
    with Database.open(district.database.path, STORE_KEY) as database:
        assert database.integrity_problems() == []
        recording = RecordingService(ServiceContext(database, district.data_dir, clock))
        [stored] = recording.open_year(2026).records.activities
        assert stored.participants in (reported, reported + 1), "at most one more was on its way"
        assert recording.history(ref)[-1].new == stored.participants
        undone = recording.undo(ref)
        assert isinstance(undone, Activity)
        assert undone.participants == (stored.participants - 1 or None)
