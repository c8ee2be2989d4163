"""The layers of a package, from the sealed bytes down to a photo; whatever lies around one is made right."""

import hashlib
import json
from collections.abc import Callable, Iterator
from functools import cache, partial
from random import Random

from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.records import TABLES_OF_TYPE
from tests.exchange.mischief import Entries, Forger, good_entries, info_with, line, packed, sealed
from tests.exchange.people import uuid7
from tests.fuzz import age_file, certificate_changes, der_tree, jpeg_segments, zip_records
from tests.fuzz.line_changes import changed_line, changed_lines, changed_texts
from tests.fuzz.mutating import changed_bytes, one_byte_changed
from tests.fuzz.oracle import outcome_of
from tests.fuzz.target import Target

KINDS = ("report", "answer", "setup", "ward_report")
PHOTO = names.photo_entry(uuid7(5))


@cache
def good_file(kind: str) -> bytes:
    """A finished file."""
    return Forger(kind).finished(good_entries(kind))


def package_targets() -> Iterator[Target]:
    """Every target inside a package."""
    for kind in KINDS:
        yield from _outside(kind)
        yield from _signed(kind)
        for table in TABLES_OF_TYPE[kind]:
            judge = _in_package(kind, partial(with_table, table=table))
            good = good_entries(kind)[names.table_entry(table)]
            yield Target("lines", f"{kind}/{table}", [good], changed_lines, judge)
            yield Target("texts", f"{kind}/{table}", [good], changed_texts, judge)
    good = good_entries("report")[PHOTO]
    yield Target("photo", "report", [good], jpeg_segments.changed, _in_package("report", with_photo))


def _outside(kind: str) -> Iterator[Target]:
    """The bytes of the file and of the container: every change of them must be noticed."""
    good, plain = good_file(kind), packed(good_entries(kind))
    whole = partial(_unless_same, kind, good)
    yield Target("one byte", kind, [good], one_byte_changed, whole)
    if kind != "setup":
        yield Target("sealed bytes", kind, [good], changed_bytes, whole)
        judge = partial(outcome_of, kind, only=good_entries(kind)[names.MANIFEST])
        yield Target("age header", kind, [plain], age_file.changed, judge)
    inside = partial(_sealed_unless_same, kind, plain)
    yield Target("container", kind, [plain], changed_bytes, inside)
    yield Target("container", f"{kind}, one byte", [plain], one_byte_changed, inside)
    records = [zip_records.unsigned(good_entries(kind))]
    yield Target("zip entries", kind, records, zip_records.changed, partial(zip_records.judge, kind))


def _signed(kind: str) -> Iterator[Target]:
    good = good_entries(kind)
    manifest, signature = good[names.MANIFEST], good[names.SIGNATURE]
    judge = partial(_manifest_judged, kind)
    yield Target("manifest", kind, [manifest], partial(changed_bytes, pieces=_MANIFEST_PIECES), judge)
    judge = partial(_signature_judged, kind)
    yield Target("signature", f"{kind}, bytes", [signature], changed_bytes, judge)
    yield Target("signature", kind, [signature], der_tree.changed, judge)
    signer = Forger(kind).key
    judge = partial(certificate_changes.judge, kind)
    yield Target("certificate", kind, [signer.certificate], der_tree.changed, judge)
    info = good[names.PACKAGE_INFO]
    judge = _in_package(kind, with_entry(names.PACKAGE_INFO))
    yield Target("package.json", kind, [info], changed_info, judge)
    yield Target("texts", f"{kind}/package.json", [info], changed_texts, judge)


def changed_info(random: Random, data: bytes) -> bytes:
    """package.json with other values or written otherwise."""
    if random.randint(0, 3) == 0:
        return changed_lines(random, data)
    return changed_line(random, data.removesuffix(b"\n")) + b"\n"


def _in_package(kind: str, put: Callable[[Entries, bytes], Entries]) -> Callable[[bytes], str]:
    """Judge a part after it was put among the entries, listed, signed and sealed."""

    def judge(data: bytes) -> str:
        forger = Forger(kind)
        return outcome_of(kind, forger.finished(forger.signed(put(good_entries(kind), data))))

    return judge


def with_entry(name: str) -> Callable[[Entries, bytes], Entries]:
    return lambda entries, data: entries | {name: data}


def with_table(entries: Entries, data: bytes, table: str) -> Entries:
    """The entries with another table, counted."""
    counts = json.loads(entries[names.PACKAGE_INFO])["counts"] | {table: data.count(b"\n")}
    info = info_with(entries, counts=counts)
    return entries | {names.table_entry(table): data, names.PACKAGE_INFO: info}


def with_photo(entries: Entries, data: bytes) -> Entries:
    """The entries with another photo, its record made to fit."""
    table = names.table_entry("photos")
    row = json.loads(entries[table]) | {"sha256": hashlib.sha256(data).hexdigest(), "size": len(data)}
    return entries | {table: line(row) + b"\n", PHOTO: data}


def _unless_same(kind: str, good: bytes, data: bytes) -> str:
    return "unchanged" if data == good else outcome_of(kind, data, only=b"")


def _sealed_unless_same(kind: str, good: bytes, data: bytes) -> str:
    file = data if kind == "setup" else sealed(data)
    return "unchanged" if data == good else outcome_of(kind, file, only=b"")


def _manifest_judged(kind: str, data: bytes) -> str:
    forger, good = Forger(kind), good_entries(kind)
    file = forger.finished(forger.signed_manifest(good, data))
    return outcome_of(kind, file, only=good[names.MANIFEST] if data == good[names.MANIFEST] else b"")


def _signature_judged(kind: str, data: bytes) -> str:
    """ECDSA has a second signature for every one; a package's identity is its manifest all the same."""
    good = good_entries(kind)
    return outcome_of(kind, Forger(kind).finished(good | {names.SIGNATURE: data}), only=good[names.MANIFEST])


_MANIFEST_PIECES = (
    *(b"\n", b"\r", b" ", b"<!-- -->", b"<!DOCTYPE x>", b"&amp;", b"&#x41;", b"\xef\xbb\xbf", b"\xc3\xa9"),
    *(b'<asic:DataObjectReference URI="', b"<ds:DigestValue>", b"A" * 43 + b"=<", b"../", b"xmlenc#sha1"),
)
