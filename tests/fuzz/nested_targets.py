"""What a package carries of another: evidence in a ward's report, a last report and a setup in an answer.

The part that is changed lies in the inner package, which is listed and signed again before the outer one is.
"""

import json
from collections.abc import Callable, Iterator
from functools import partial

from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.manifest import manifest_hash
from shakyo_desktop.exchange.records import REPORT_TABLES, SETUP_TABLES
from tests.exchange.making_wards import report_entries
from tests.exchange.mischief import Entries, Forger, good_entries, line, packed
from tests.exchange.people import DISTRICT
from tests.fuzz import der_tree, jpeg_segments
from tests.fuzz.line_changes import changed_lines, changed_texts
from tests.fuzz.mutating import changed_bytes
from tests.fuzz.oracle import outcome_of
from tests.fuzz.package_targets import PHOTO, changed_info, with_entry, with_photo, with_table
from tests.fuzz.target import Change, Judge, Target

Put = Callable[[Entries, bytes], Entries]
Carry = Callable[[Entries], str]
_EVIDENCE = f"districts/{DISTRICT}"
_LAST = "last_report/2026"


def nested_targets() -> Iterator[Target]:
    """Every target in a package inside a package."""
    for where, carry in (("evidence", carried_in_ward_report), ("last report", carried_in_answer)):
        good = report_entries()
        for table in REPORT_TABLES:
            seeds = [good[names.table_entry(table)]]
            judge = _signed_inside(partial(with_table, table=table), carry)
            yield Target(where, table, seeds, changed_lines, judge)
            yield Target(where, f"{table}, texts", seeds, changed_texts, judge)
        parts: list[tuple[str, str, Change, Judge]] = [
            ("package.json", names.PACKAGE_INFO, changed_info, _signed_inside(_INFO, carry)),
            ("manifest", names.MANIFEST, changed_bytes, _manifest_inside(carry)),
            ("signature", names.SIGNATURE, der_tree.changed, _as_it_is(names.SIGNATURE, carry)),
            ("photo", PHOTO, jpeg_segments.changed, _signed_inside(with_photo, carry)),
        ]
        for name, entry, change, judge in parts:
            yield Target(where, name, [good[entry]], change, judge)
    for table in SETUP_TABLES:
        seeds = [good_entries("setup")[names.table_entry(table)]]
        yield Target("carried setup", table, seeds, changed_lines, partial(_setup_judged, table))
    whole = [packed(good_entries("setup"))]
    yield Target("carried setup", "container", whole, changed_bytes, _carried_setup)


def carried_in_ward_report(inner: Entries) -> str:
    """A ward's report over this evidence, its line of the coverage made to fit."""
    entries = {name: data for name, data in good_entries("ward_report").items() if _EVIDENCE not in name}
    for name, data in inner.items():
        if name != names.MIMETYPE and not name.startswith("photos/"):
            entries[names.kept_name(_EVIDENCE, name)] = data
    table = names.table_entry("coverage")
    rows = [json.loads(row) for row in entries[table].splitlines()]
    manifest = manifest_hash(inner[names.MANIFEST])
    rows = [row | {"manifest": manifest} if row["id"] == DISTRICT else row for row in rows]
    entries |= {table: b"".join(line(row) + b"\n" for row in rows), PHOTO: inner[PHOTO]}
    forger = Forger("ward_report")
    return outcome_of("ward_report", forger.finished(forger.signed(entries)))


def carried_in_answer(inner: Entries) -> str:
    """An answer that carries this last report."""
    kept = {names.kept_name(_LAST, name): data for name, data in inner.items() if name != names.MIMETYPE}
    return outcome_of("answer", Forger("answer").package(lambda entries: entries | kept))


def _signed_inside(put: Put, carry: Carry) -> Judge:
    return lambda data: carry(Forger("report").signed(put(report_entries(), data)))


def _manifest_inside(carry: Carry) -> Judge:
    return lambda data: carry(Forger("report").signed_manifest(report_entries(), data))


def _as_it_is(name: str, carry: Carry) -> Judge:
    return lambda data: carry(report_entries() | {name: data})


def _setup_judged(table: str, data: bytes) -> str:
    forger = Forger("setup")
    return _carried_setup(packed(forger.signed(with_table(good_entries("setup"), data, table))))


def _carried_setup(data: bytes) -> str:
    return outcome_of("answer", Forger("answer").package(lambda entries: entries | {names.SETUP: data}))


_INFO: Put = with_entry(names.PACKAGE_INFO)
