"""Hostile files that ask for memory or time, and a process that receives them and says what they took.

``python -m tests.services.loop.costs SECONDS WHO=FILE…`` prints a line of JSON for each file: its verdict,
its size, and the most memory it took beyond what was in use before (bytes, Linux). The system ends it when it
has used so many seconds of a processor.
"""

import ctypes
import json
import resource
import sys
import tempfile
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.shape import MAX_TABLES
from tests.exchange.bad_containers import zipped
from tests.exchange.bad_ward_reports import nested, rows_of
from tests.exchange.large import Measured
from tests.exchange.mischief import Forger, entries_in, good_entries, line, sealed
from tests.exchange.people import WARD_BOX
from tests.exchange.spoiling import PHOTO, PRACTICE, REPORT, SETUP, manifest_of, unsigned_change
from tests.services.loop.holders import found_holder

SIZE = 12 * 2**20


def id_of(number: int) -> str:
    return f"0199{number >> 16:04x}-{number & 0xFFFF:04x}-7000-8000-000000000000"


def many(row: dict[str, Any], size: int, **changes: Any) -> bytes:
    """The same record under so many ids that their lines are of this size."""
    one = line(row | changes).decode()
    return "".join(
        one.replace(row["id"], id_of(n)) + "\n" for n in range(size // (len(one.encode()) + 1))
    ).encode()


def small_practices(size: int = MAX_TABLES // 2) -> bytes:
    """Half as many records as a report may hold, each as short as it can be."""
    return REPORT.with_table(
        "good_practices", many(PRACTICE, size, photo_ids=[], story="", title="", plan_id="a")
    )


def plans_times_items(count: int = 12_000) -> bytes:
    """A setup in which every item could be looked for in every plan."""
    found = good_entries("setup")
    plan = json.loads(found["data/plans.ndjson"].splitlines()[0])
    item = json.loads(found["data/plan_items.ndjson"].splitlines()[0])
    plans = [line(plan | {"id": f"p{n:05}"}) for n in range(count)]
    items = [line(item | {"id": f"p{n:05}/{item['number']:03}", "plan_id": f"p{n:05}"}) for n in range(count)]
    tables = {"plans": plans, "plan_items": items}

    def change(entries: dict[str, bytes]) -> dict[str, bytes]:
        info = json.loads(entries[names.PACKAGE_INFO])
        info["counts"] |= {"plans": count, "plan_items": count}
        info["setup_serial"] = 0  # it is read whole and nothing of it is new
        changed = {names.table_entry(name): b"\n".join(rows) + b"\n" for name, rows in tables.items()}
        return entries | changed | {names.PACKAGE_INFO: line(info) + b"\n"}

    return SETUP.package(change)


def practices_times_told(size: int = 2**20) -> bytes:
    """A ward's report in which every story could be looked for in every one its district told."""
    told = many(PRACTICE, size, story="", title="", photo_ids=[], consent=True)
    report = lambda: entries_in(REPORT.with_table("good_practices", told))  # noqa: E731
    [row] = rows_of("good_practices")
    shared = many(row, size, photo_ids=[])
    entries = entries_in(nested("", report).make()) | {names.table_entry("good_practices"): shared}
    info = json.loads(entries[names.PACKAGE_INFO])
    info["counts"]["good_practices"] = shared.count(b"\n")
    ward = Forger("ward_report")
    return ward.finished(ward.signed(entries | {names.PACKAGE_INFO: line(info) + b"\n"}))


LARGE: dict[str, tuple[str, str, Callable[[], bytes]]] = {
    "a good package of photos' size": ("ward", "photo.hash", lambda: REPORT.package(large_photo)),
    "the same, cut by one byte": ("ward", "env.decrypt", lambda: REPORT.package(large_photo)[:-1]),
    "a package.json without end": ("ward", "json.size", lambda: REPORT.with_raw_info(b" " * SIZE + b"\n")),
    "a manifest without end": ("ward", "manifest.size", lambda: manifest_of(lambda good: good + b" " * SIZE)),
    "a signature without end": (
        "ward",
        "sig.parse",
        lambda: unsigned_change(names.SIGNATURE, b"\x30" * SIZE),
    ),
    "a mimetype without end": (
        "ward",
        "zip.mimetype",
        lambda: REPORT.package(lambda found: found | {names.MIMETYPE: bytes(SIZE)}),
    ),
    "one line of a table": (
        "ward",
        "json.size",
        lambda: REPORT.with_table("good_practices", b'"' + b"a" * (SIZE - 2**20) + b'"\n'),
    ),
    "nothing but line ends": (
        "ward",
        "json.form",
        lambda: REPORT.with_table("good_practices", b"\n" * (SIZE - 2**20)),
    ),
    "lines as deep as they may be": (
        "ward",
        "data.schema",
        lambda: REPORT.with_table("good_practices", (b"[" * 400 + b"]" * 400 + b"\n") * 18_000),
    ),
    "more tables than there may be": (
        "ward",
        "json.size",
        lambda: REPORT.with_table("good_practices", b"\n" * (MAX_TABLES + 1)),
    ),
    "a deflate bomb": ("ward", "zip.central", lambda: sealed(bomb(), WARD_BOX.recipient)),
    "plans times items": ("district", "", plans_times_items),
    "practices times what was told": ("city", "photo.list", practices_times_told),
    "seventy thousand records": ("ward", "", small_practices),
}


def large_photo(found: dict[str, bytes]) -> dict[str, bytes]:
    return found | {PHOTO: bytes(SIZE)}


def bomb() -> bytes:
    return zipped([("data/bomb.ndjson", bytes(128 * 2**20))], compress_type=zipfile.ZIP_DEFLATED)


def main(seconds: int, arrivals: list[tuple[str, Path]]) -> None:
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    with tempfile.TemporaryDirectory() as folder:
        holders = {}
        for who in dict.fromkeys(who for who, _ in arrivals):
            (Path(folder) / who).mkdir()
            holders[who] = found_holder(who, Path(folder) / who)
        for who, file in arrivals:
            ctypes.CDLL(None).malloc_trim(0)
            with Measured() as taking:
                [verdict] = holders[who].services.intake.receive([file])
            seen = {"verdict": verdict.verdict, "code": verdict.code, "size": file.stat().st_size}
            print(json.dumps(seen | {"memory": taking.memory, "seconds": taking.seconds}), flush=True)


if __name__ == "__main__":
    _, limit, *files = sys.argv
    main(int(limit), [(who, Path(file)) for who, _, file in (one.partition("=") for one in files)])
