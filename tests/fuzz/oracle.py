"""What must be true of every file: refused with a known code, or exactly what its bytes say."""

import json
import zlib
from collections.abc import Mapping
from io import BytesIO

from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.domain.refusals import refusal_message
from shakyo_desktop.domain.text import repair_text
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.container import Entry, container_parts
from shakyo_desktop.exchange.evidence import verify_evidence
from shakyo_desktop.exchange.inspection import inspect_package
from shakyo_desktop.exchange.manifest import manifest_hash
from shakyo_desktop.exchange.opened import (
    AnswerContent,
    DistrictEvidence,
    OpenedPackage,
    ReportContent,
    WardReportContent,
)
from shakyo_desktop.exchange.package_info import PackageInfo, write_package_info
from shakyo_desktop.exchange.peeking import peek_place
from shakyo_desktop.exchange.reader import open_package, read_envelope
from shakyo_desktop.exchange.records import (
    SetupContent,
    Tables,
    answer_tables,
    read_report_tables,
    report_tables,
    setup_tables,
    ward_tables,
)
from shakyo_desktop.exchange.sealing import seal
from tests.exchange.codes import CODES, DECIDED_LATER
from tests.exchange.people import CITY_KEYS, DISTRICT_KEYS, NOW, WARD_KEYS, register
from tests.fuzz.mutating import texts_of

READERS = {"report": WARD_KEYS, "answer": DISTRICT_KEYS, "setup": DISTRICT_KEYS, "ward_report": CITY_KEYS}
ACCEPTED, HELD = "accepted", "held"
_LOOKED_AT_TOO = 8  # one file in so many goes through the readers that judge nothing, too


class Finding(Exception):
    """Something that must never happen."""


def check(condition: bool, what: str) -> None:
    """Raise ``Finding`` unless the condition holds."""
    if not condition:
        raise Finding(what)


def outcome_of(kind: str, data: bytes, *, only: bytes | None = None) -> str:
    """How the one the file is for reads it: a code, ``accepted`` or ``held``.

    Args:
        only: the one manifest that may come out, empty for none; None when any may.
    """
    keys = READERS[kind]
    if zlib.crc32(data) % _LOOKED_AT_TOO == 0:
        inspect_package(BytesIO(data), keys.identities)
        peek_place(BytesIO(data), keys.identities)
    try:
        opened = open_package(BytesIO(data), keys, register(), NOW)
    except PackageRefused as refusal:
        check(refusal.code in CODES, f"unknown code {refusal.code}")
        check(refusal.message == refusal_message(refusal.code, refusal.detail), "words")
        return refusal.code
    check(only is None or opened.manifest == manifest_hash(only), "a change was not noticed")
    check_says_what_its_bytes_say(opened, bytes(read_envelope(BytesIO(data), keys.identities)[0]))
    if opened.info.type != "setup":
        kept = {name: part for name, part in opened.entries.items() if not name.startswith("photos/")}
        again = verify_evidence(kept, opened.certificate, without_photos=True)
        check(again.manifest == opened.manifest, "what is kept is not what was received")
    check(opened.hold_code in ("", *DECIDED_LATER), f"unknown code {opened.hold_code}")
    return HELD if opened.hold_code else ACCEPTED


def check_says_what_its_bytes_say(opened: OpenedPackage, plain: bytes) -> None:
    """Everything that was read, written again, is what was read."""
    entries = {name: bytes(data) for name, data in opened.entries.items()}
    written = container_parts(
        [Entry(name, len(data), lambda data=data: data) for name, data in entries.items()]
    )
    check(b"".join(written) == plain, "container")
    check(manifest_hash(entries[names.MANIFEST]) == opened.manifest, "manifest")
    if opened.unknown_items:
        return
    _check_written(opened.info, tables_of(opened), entries)
    content = opened.content
    if isinstance(content, SetupContent):
        for office in content.offices:
            seal(iter([b""]), [*office.recipients, office.recovery], BytesIO())
    if isinstance(content, AnswerContent):
        if content.setup is not None:
            check_says_what_its_bytes_say(content.setup, content.setup_file)
        last = content.last_report
        if last is not None and not last.info.is_newer_minor:
            _check_written(last.info, report_tables(last.year), last.entries)
    if isinstance(content, WardReportContent):
        for one in content.districts.values():
            if not one.info.is_newer_minor:
                _check_evidence(one)


def _check_evidence(one: DistrictEvidence) -> None:
    """What is kept of a district's records is in its signed tables, and those say what they say."""
    signed = {names.stem(name): data for name, data in one.entries.items() if name.startswith("data/")}
    year, _ = read_report_tables(signed, one.year.org, one.year.fiscal_year, newer=False)
    _check_written(one.info, report_tables(year), one.entries)
    for table in ("item_statuses", "good_practices", "photos"):
        check(all(kept in getattr(year, table) for kept in getattr(one.year, table)), table)


def tables_of(opened: OpenedPackage) -> Tables:
    """The tables as our own writer makes them of what was read."""
    content = opened.content
    match content:
        case ReportContent():
            return report_tables(content.year)
        case AnswerContent():
            return answer_tables(content.reply.requests, content.shared_practices)
        case SetupContent():
            return setup_tables(content.organisations, content.plans, content.schedule, content.offices)
        case WardReportContent():
            return ward_tables(content.compilation, content.practices)


def _check_written(info: PackageInfo, tables: Tables, entries: Mapping[str, bytes | memoryview]) -> None:
    check(write_package_info(info) == entries[names.PACKAGE_INFO], "package.json")
    seal(iter([b""]), [info.sender.enc], BytesIO())
    for table, lines in tables.items():
        data = bytes(entries[names.table_entry(table)])
        check(b"".join(lines) == data, f"table {table}")
        for line in data.splitlines():
            value = json.loads(line)
            for holder, key in texts_of(value):
                text = holder[key].replace("\xa0", " ")  # a field repairs it, a package may hold it
                check(repair_text(text, multiline=True) == text, f"text in {table}")
