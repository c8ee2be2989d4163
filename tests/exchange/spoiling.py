"""Short ways to spoil one thing in a package and leave everything else right."""

import hashlib
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from shakyo_desktop.domain.codes import KeyState
from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.trust import Judgement, ReceiverKeys
from tests.exchange import making
from tests.exchange.mischief import Entries, Forger, entries_in, good_entries, line, packed
from tests.exchange.people import (
    DISTRICT_KEYS,
    WARD_KEYS,
    Register,
    register,
    uuid7,
)

REPORT, ANSWER, SETUP = Forger("report"), Forger("answer"), Forger("setup")
PHOTO = names.photo_entry(uuid7(5))
LAST = "last_report/2026"


@dataclass(frozen=True)
class Bad:
    """A package to be refused with ``code`` by whoever opens it with these keys and this register."""

    make: Callable[[], bytes]
    code: str
    keys: ReceiverKeys = WARD_KEYS
    trust: Callable[[], Register] = register


def info(code: str, **changes: Any) -> Bad:
    return Bad(lambda: REPORT.with_info(**changes), code)


def row(code: str, table: str = "activities", **changes: Any) -> Bad:
    return Bad(lambda: REPORT.with_row(table, **changes), code)


def table(code: str, data: bytes, name: str = "good_practices") -> Bad:
    return Bad(lambda: REPORT.with_table(name, data), code)


def entries(code: str, change: Callable[[Entries], Entries]) -> Bad:
    return Bad(lambda: REPORT.package(change), code)


def answer(code: str, **changes: Any) -> Bad:
    return Bad(lambda: ANSWER.with_info(**changes), code, DISTRICT_KEYS)


def setup(code: str, table: str, **changes: Any) -> Bad:
    return Bad(lambda: SETUP.with_row(table, **changes), code, DISTRICT_KEYS)


def judged(code: str) -> Bad:
    def judge(*_: object) -> Judgement:
        raise PackageRefused(code)

    return Bad(lambda: making.built(making.report_content()), code, trust=lambda: register(judging=judge))


def state(code: str, key_state: KeyState) -> Bad:
    return Bad(lambda: making.built(making.report_content()), code, trust=lambda: register(key_state))


def without(name: str) -> Callable[[Entries], Entries]:
    return lambda found: {entry: data for entry, data in found.items() if entry != name}


def manifest_of(change: Callable[[bytes], bytes]) -> bytes:
    good = good_entries("report")
    return REPORT.finished(REPORT.signed_manifest(good, change(good[names.MANIFEST])))


def resigned_by(signer: Any, **changes: Any) -> bytes:
    return Forger("report", signer).with_info(**changes)


def unsigned_change(name: str, data: bytes) -> bytes:
    """One entry changed after everything was signed."""
    return REPORT.finished(good_entries("report") | {name: data})


def jpeg_of(change: Callable[[bytes], bytes]) -> bytes:
    """The photo changed, its record and the manifest made to fit."""
    jpeg = change(good_entries("report")[PHOTO])
    fitted = {"sha256": hashlib.sha256(jpeg).hexdigest(), "size": len(jpeg)}
    rows = entries_in(REPORT.with_row("photos", **fitted))
    return REPORT.finished(REPORT.signed(rows | {PHOTO: jpeg}))


def with_comment(jpeg: bytes) -> bytes:
    return jpeg[:20] + b"\xff\xfe\x00\x07hello" + jpeg[20:]


def with_broken_scan(jpeg: bytes) -> bytes:
    """Right in its segments, but it asks for a table that it does not bring."""
    table = jpeg.index(b"\xff\xc0") + 12
    return jpeg[:table] + b"\x03" + jpeg[table + 1 :]


def carrying(change: Callable[[Entries], Entries]) -> bytes:
    """An answer that carries the district's last report, changed."""
    report = {name: data for name, data in good_entries("report").items() if name != names.MIMETYPE}
    kept = {names.kept_name(LAST, name): data for name, data in report.items()}
    return ANSWER.package(lambda found: found | change(kept))


def carried_setup(data: bytes) -> bytes:
    return ANSWER.package(lambda found: found | {names.SETUP: data})


def only(**organisations: Organisation) -> Callable[[], Register]:
    known: Mapping[str, Organisation] = {one.code: one for one in organisations.values()}
    return lambda: register(organisations=known)


DEEP = b"[" * 401 + b"]" * 401 + b"\n"
LONG = b'{"id":"' + b"x" * 33_000 + b'"}\n'
PRACTICE = json.loads(good_entries("report")[names.table_entry("good_practices")])


def practice(**changes: Any) -> bytes:
    return line(PRACTICE | changes) + b"\n"


def plain(kind: str) -> bytes:
    """The container of a good package, not sealed."""
    return packed(good_entries(kind))


def other_key(*_: object) -> Judgement:
    raise PackageRefused("setup.other_key")
