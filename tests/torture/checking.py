"""Looking at a store after a kill: sound, tidy, said; and the same in the end as if nothing had happened."""

import io
import random
import re
import shutil
from collections import Counter
from pathlib import Path

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.services.registry import Services
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.database import DATABASE_FILE, Database
from tests.bench.data import clock

DATA, STICK = "data", "stick"
"""In every place: the store's folder, and where files are written to."""

_KEPT = re.compile(
    r"store\.(db(-wal|-shm)?|lock|key|map|slots(\.spare)?\.json|before-\d{4}\.db)|logs|copies|before-\d{8}-\d{6}(-\d+)?"
)
_ID = re.compile(
    r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}|[0-9a-f]{64}|age1[0-9a-z]{20,}"
)
_LOG_HEAD, _FRAME_HEAD = 32, 24
_SIZE = re.compile(r'"size":\d+')
_OF_REPEATS = re.compile(r'"key":"(written\.|copies)')
"""Settings of which a repeat leaves one more: which files were written, which copies were made."""


def open_place(place: Path) -> Services:
    """The services of a place's store, at the moment of all torture."""
    return open_services(place / DATA, clock=clock)


def what_a_start_says(services: Services) -> list[str]:
    """Problems with what the start after a kill says."""
    news = services.last_end.news()
    if news is None:
        return ["the start after a kill says nothing"]
    said = news.text
    return (
        [] if "途中で終わりました" in said and "すべて残っています" in said else [f"the start says {said!r}"]
    )


def unsound(place: Path, services: Services, *, signed: bool) -> list[str]:
    """Problems of the database, of what was signed, and of the folder after a start."""
    if signed:
        found = [finding.message for finding in services.doctor.examine() if not finding.ok]
    else:
        found = services.context.database.integrity_problems()
    left = [one.name for one in (place / DATA).iterdir() if _KEPT.fullmatch(one.name) is None]
    return found + [f"left behind: {name}" for name in left]


def torn(place: Path, beginning: Path, scratch: Path, rng: random.Random) -> list[str] | None:
    """Problems after power was lost with the end of the write-ahead log; None when there is no log.

    What was synced cannot be lost: as long as nothing was folded into the database, the log may end anywhere
    and leaves an earlier state; later only what follows the last commit may be missing or be anything.
    """
    data = place / DATA
    log = data / f"{DATABASE_FILE}-wal"
    if not (data / DATABASE_FILE).is_file() or not log.is_file() or not log.stat().st_size:
        return None
    shutil.rmtree(scratch, ignore_errors=True)
    scratch.mkdir(parents=True)
    shutil.copy(data / DATABASE_FILE, scratch / DATABASE_FILE)
    whole = log.read_bytes()
    before = beginning / DATA / DATABASE_FILE
    folded = not before.is_file() or before.read_bytes() != (data / DATABASE_FILE).read_bytes()
    kept = rng.randint(committed_bytes(whole) if folded else 0, len(whole))
    noise = rng.randbytes(rng.randint(0, len(whole) - kept))
    (scratch / log.name).write_bytes(whole[:kept] + noise)
    with Database.open(scratch / DATABASE_FILE, key_slots.open_with_key_file(data)) as database:
        return [f"after a lost end of the log: {line}" for line in database.integrity_problems()]


def committed_bytes(log: bytes) -> int:
    """Where the last committed frame of a write-ahead log ends (SQLite's file format, section 4)."""
    if len(log) < _LOG_HEAD:
        return 0
    frame = _FRAME_HEAD + int.from_bytes(log[8:12], "big")
    end = 0
    for start in range(_LOG_HEAD, len(log) - frame + 1, frame):
        if log[start + 8 : start + 16] != log[16:24]:  # a frame of an earlier round
            break
        if log[start + 4 : start + 8] != bytes(4):
            end = start + frame
    return end


def shape(services: Services) -> Counter[str]:
    """What a store holds, whatever its random names are; a row may be there several times."""
    out = io.StringIO()
    services.doctor.dump(out)
    lines = [line for line in out.getvalue().splitlines() if not _OF_REPEATS.search(line)]
    return Counter(_SIZE.sub("size", _ID.sub("*", line)) for line in lines)


def shape_of(place: Path) -> Counter[str]:
    """The same of a closed store."""
    services = open_place(place)
    try:
        return shape(services)
    finally:
        services.close()


def difference(one: Counter[str], other: Counter[str]) -> list[str]:
    """The first rows that only one of two stores holds, in short."""
    more, less = one - other, other - one
    return [f"too much {line[:160]}" for line in list(more)[:3]] + [
        f"missing {line[:160]}" for line in list(less)[:3]
    ]
