"""Sequences of packages through the real ``receive`` of real stores, one after another.

A part is a list of containers; each is sealed anew and handed over. A refused file changes no byte of the
store; one that was taken in or held is known when it comes again.
"""

import hashlib
import json
import struct
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from random import Random
from unittest.mock import patch

from shakyo_desktop.exchange import keys, names
from shakyo_desktop.services.verdicts import (
    ACCEPTED,
    ALREADY_RECEIVED,
    PENDING_APPROVAL,
    REFUSED,
    Verdict,
)
from tests.exchange import people
from tests.exchange.codes import CODES, DECIDED_LATER
from tests.exchange.mischief import Entries, Forger, good_entries, line, packed, sealed
from tests.fuzz.line_changes import changed_lines
from tests.fuzz.mutating import changed_bytes
from tests.fuzz.oracle import check
from tests.fuzz.package_targets import KINDS, with_table
from tests.fuzz.stores import HOLDER_OF, Holder, fresh
from tests.fuzz.target import Target

_SIZE = struct.Struct("<I")
_SIGNERS = {
    "report": (people.DISTRICT_KEY, people.STRANGER_KEY),
    "answer": (people.WARD_KEY, people.OTHER_WARD_KEY),
    "setup": (people.WARD_KEY, people.OTHER_WARD_KEY),
    "ward_report": (people.WARD_KEY, people.OTHER_WARD_KEY),
}


def store_targets() -> Iterator[Target]:
    """One target per kind of package, each with the store of whom it is for."""
    for kind in KINDS:
        seeds = [joined([packed(good_entries(kind))])]
        yield Target("receive", kind, seeds, partial(_drawn, kind), partial(_handed_over, kind))


def _drawn(kind: str, random: Random, part: bytes) -> bytes:
    """Two to six packages that go on from one another, or should have; now and then one is damaged."""
    containers: list[bytes] = list(taken_apart(part)) if random.randint(0, 3) == 0 else []
    before: list[Entries] = []
    for _ in range(random.randint(2, 6)):
        entries = _package(kind, random, before)
        before.append(entries)
        plain = packed(entries)
        containers.append(changed_bytes(random, plain) if random.randint(0, 9) == 0 else plain)
        if random.randint(0, 6) == 0:
            containers.append(random.choice(containers))
    return joined(containers)


def _package(kind: str, random: Random, before: list[Entries]) -> Entries:
    entries = good_entries(kind)
    if random.randint(0, 2) == 0:
        table = random.choice([names.stem(name) for name in entries if name.startswith("data/")])
        entries = with_table(entries, changed_lines(random, entries[names.table_entry(table)]), table)
    signer = _SIGNERS[kind][random.choice((0, 0, 0, 0, 1))]
    info = _placed(kind, random, json.loads(entries[names.PACKAGE_INFO]), before)
    info["sender"]["key"] = signer.fingerprint
    return Forger(kind, signer).signed(entries | {names.PACKAGE_INFO: line(info) + b"\n"})


def _placed(kind: str, random: Random, info: dict, before: list[Entries]) -> dict:
    """package.json at a place in its chain that fits, or nearly."""
    manifests = [hashlib.sha256(one[names.MANIFEST]).hexdigest() for one in before]
    ids = [json.loads(one[names.PACKAGE_INFO])["package_id"] for one in before]
    info["package_id"] = random.choice([people.uuid7(700 + len(before))] * 6 + [*ids, info["package_id"]])
    if kind == "setup":
        return info | {"setup_serial": random.randint(0, 4)}
    seq = random.choice([len(before) + 1] * 5 + [1, 2, 3, 9])
    fitting = manifests[-1] if manifests else "ab" * 32
    prev = None if seq == 1 else random.choice([fitting] * 5 + [None, "cd" * 32, *manifests])
    info |= {"seq": seq, "prev": prev}
    if info["report"] is not None:
        supersedes = random.choice([ids[-1] if ids else None] * 4 + [None, *ids, people.uuid7(999)])
        info["report"] |= {
            "revision": random.choice([len(before) + 1] * 5 + [1, 2, 7]),
            "stage": random.choice(["interim", "interim", "final"]),
            "supersedes": supersedes,
        }
    if info["reply"] is not None:
        info["reply"] |= {
            "package_id": people.uuid7(random.choice((100, 101))),
            "result": random.choice(["accepted", "accepted_with_requests", "returned"]),
            "last_seq": random.randint(0, 3),
        }
    return info


def _handed_over(kind: str, part: bytes) -> str:
    """Hand the packages over; the outcomes, one word each."""
    outcomes = []
    with fresh(HOLDER_OF[kind]) as holder, _quick_numbers():
        file = holder.folder.parent / f"{holder.folder.name}.shakyo"
        try:
            for plain in taken_apart(part):
                file.write_bytes(plain if plain.startswith(b"PK") and kind == "setup" else sealed(plain))
                outcomes.append(_received(holder, file))
        finally:
            file.unlink(missing_ok=True)
        check(holder.services.context.database.integrity_problems() == [], "the database is not sound")
    return " ".join(outcomes) or "nothing"


@contextmanager
def _quick_numbers() -> Iterator[None]:
    """Numbers of cover sheets are slow on purpose; what they are is tested elsewhere."""
    with patch.object(keys, "_SCRYPT_N", 2**4):
        yield


def _received(holder: Holder, file: Path) -> str:
    before = holder.state()
    [judged] = holder.services.intake.judge([file])
    holder.services.intake.inspect(file)
    check(holder.state() == before, "looking at a file changed the store")
    verdict = _verdict(holder, file)
    check(verdict == judged, f"judged {judged.verdict} {judged.code}, then {verdict.verdict} {verdict.code}")
    if verdict.verdict in (REFUSED, ALREADY_RECEIVED):
        check(holder.state() == before, f"{verdict.code or verdict.verdict} changed the store")
        return verdict.code or ALREADY_RECEIVED
    taken = holder.state()
    again = _verdict(holder, file)
    check(again.verdict in (ALREADY_RECEIVED, PENDING_APPROVAL), f"{verdict.verdict}, then {again.verdict}")
    check(holder.state() == taken, f"{verdict.verdict} again changed the store")
    return "held" if verdict.verdict == PENDING_APPROVAL else ACCEPTED


def _verdict(holder: Holder, file: Path) -> Verdict:
    [verdict] = holder.services.intake.receive([file])
    words = (ACCEPTED, PENDING_APPROVAL, ALREADY_RECEIVED, REFUSED)
    check(verdict.verdict in words, f"unknown verdict {verdict.verdict}")
    check(verdict.code in ("", *CODES, *DECIDED_LATER), f"unknown code {verdict.code}")
    return verdict


def joined(containers: Iterable[bytes]) -> bytes:
    """Containers as one part."""
    return b"".join(_SIZE.pack(len(one)) + one for one in containers)


def taken_apart(part: bytes) -> Iterator[bytes]:
    """The containers of a part; at most ten."""
    place = 0
    for _ in range(10):
        if place + _SIZE.size > len(part):
            return
        size = _SIZE.unpack_from(part, place)[0]
        place += _SIZE.size
        yield part[place : place + size]
        place += size
