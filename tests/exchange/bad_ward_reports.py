"""Ward reports that break one rule each, above all in the evidence they carry."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.keys import SigningKey
from shakyo_desktop.exchange.manifest import manifest_hash, write_manifest
from shakyo_desktop.exchange.package_info import ReportInfo
from shakyo_desktop.exchange.records import report_tables
from shakyo_desktop.exchange.signature import sign_manifest
from tests.exchange import making, people
from tests.exchange.making_wards import SILENT, ward_report_content
from tests.exchange.mischief import (
    REMOVED,
    Entries,
    Forger,
    entries_in,
    good_entries,
    info_with,
    line,
    packed,
)
from tests.exchange.people import (
    CITY_KEYS,
    DISTRICT,
    DISTRICT_KEY,
    MADE,
    STRANGER_KEY,
    WARD,
    WARD_KEYS,
    uuid7,
)
from tests.exchange.spoiling import PHOTO, Bad, only, without

WARD_REPORT = Forger("ward_report")
FOLDER = f"districts/{DISTRICT}"
SIGNATURE = f"{FOLDER}/signature001.p7s"
OTHER_DISTRICT, OTHER_WARD = f"{WARD}-03", "990029"


def bad(code: str, make: Callable[[], bytes]) -> Bad:
    return Bad(make, code, CITY_KEYS)


def info(code: str, **changes: Any) -> Bad:
    return bad(code, lambda: WARD_REPORT.with_info(**changes))


def row(code: str, table: str, /, **changes: Any) -> Bad:
    return bad(code, lambda: WARD_REPORT.with_row(table, **changes))


def entries(code: str, change: Callable[[Entries], Entries]) -> Bad:
    return bad(code, lambda: WARD_REPORT.package(change))


def rows_of(table: str) -> list[dict[str, Any]]:
    return [json.loads(one) for one in good_entries("ward_report")[names.table_entry(table)].splitlines()]


def table(code: str, name: str, change: Callable[[list[dict[str, Any]]], list[dict[str, Any]]]) -> Bad:
    """A table with other lines; their number in package.json fits."""

    def make() -> bytes:
        return WARD_REPORT.with_table(name, b"".join(line(one) + b"\n" for one in change(rows_of(name))))

    return bad(code, make)


def changed(code: str, name: str, where: Callable[[dict[str, Any]], bool], /, **fields: Any) -> Bad:
    """The lines of a table that are meant, with other fields."""
    return table(code, name, lambda rows: [one | fields if where(one) else one for one in rows])


def nested(code: str, make: Callable[[], Entries], folder: str = FOLDER, **coverage: Any) -> Bad:
    """Another report as the evidence; the ward's line about it fits unless it is said here."""

    def package() -> bytes:
        report = make()
        inner = json.loads(report[names.PACKAGE_INFO])
        said = {"package_id": inner["package_id"], "manifest": manifest_hash(report[names.MANIFEST])}
        rows = [one | said | coverage if one["package_id"] else one for one in rows_of("coverage")]
        rows.sort(key=lambda one: str(one["id"]))
        kept = {
            names.kept_name(folder, name): data
            for name, data in report.items()
            if name != names.MIMETYPE and not name.startswith("photos/")
        }
        covered = entries_in(WARD_REPORT.with_table("coverage", b"".join(line(one) + b"\n" for one in rows)))
        outer = {name: data for name, data in covered.items() if not name.startswith("districts/")}
        return WARD_REPORT.finished(WARD_REPORT.signed(outer | kept))

    return bad(code, package)


def report_with(signer: SigningKey = DISTRICT_KEY, **changes: Any) -> Callable[[], Entries]:
    """A report as an honest program makes it, with other content."""
    return lambda: entries_in(making.built(making.report_content(**changes), signer))


def resigned(change: Callable[[Entries], Entries], signer: SigningKey = DISTRICT_KEY) -> Entries:
    """The district's report, changed and signed again."""
    found = change(good_entries("report"))
    listed = [name for name in found if not name.startswith(("META-INF", "mimetype"))]
    digests = {name: hashlib.sha256(found[name]).digest() for name in sorted(listed, key=names.order_key)}
    manifest = write_manifest(digests)
    signature = sign_manifest(manifest, signer, MADE)
    return found | {names.MANIFEST: manifest, names.SIGNATURE: signature}


def other_info(**changes: Any) -> Callable[[], Entries]:
    return lambda: resigned(lambda found: found | {names.PACKAGE_INFO: info_with(found, **changes)})


def without_consent(what: str) -> Callable[[], Entries]:
    """A report whose photo, or whose story, may not be shown."""
    year = making.year_records()
    if what == "photo":
        year = replace(year, photos=tuple(replace(one, consent=False) for one in year.photos))
    else:
        year = replace(year, good_practices=tuple(replace(one, consent=False) for one in year.good_practices))
    return report_with(tables=report_tables(year))


def of_another_district() -> Entries:
    """A report of the third district, whose key signed it."""
    report: ReportInfo = making.report_info(org=OTHER_DISTRICT)
    return report_with(SigningKey.generate(OTHER_DISTRICT), report=report)()


def is_whole(one: dict[str, Any]) -> bool:
    return one["scope"] == "whole"


def is_item(one: dict[str, Any]) -> bool:
    return one["scope"] == "item" and one["number"] == 6


BAD_WARD_REPORTS: dict[str, Bad] = {
    # who sends what to whom
    "a ward's report that is not sealed": bad("env.header", lambda: packed(good_entries("ward_report"))),
    "a ward's report that a district signed": bad(
        "bind.role",
        lambda: Forger("ward_report", DISTRICT_KEY).with_info(
            sender__org=DISTRICT,
            sender__key=DISTRICT_KEY.fingerprint,
            sender__enc=people.DISTRICT_BOX.recipient,
            report__org=DISTRICT,
        ),
    ),
    "a ward's report opened by a ward": Bad(
        lambda: Forger("ward_report").package(
            lambda found: (
                found
                | {
                    names.PACKAGE_INFO: info_with(
                        found,
                        recipient__org=WARD,
                        recipient__enc=json.loads(good_entries("report")[names.PACKAGE_INFO])["recipient"][
                            "enc"
                        ],
                    )
                }
            )
        ),
        "bind.role",
        WARD_KEYS,
    ),
    "a report of another city's ward": Bad(
        lambda: making.built(ward_report_content()),
        "bind.role",
        CITY_KEYS,
        only(ward=replace(people.ORGANISATIONS[1], parent="990099")),
    ),
    "another ward's report": info("bind.report", report__org=OTHER_WARD),
    "a ward's report without its report": info("bind.report", report=None),
    "version 0": info("pkg.schema", report__revision=0),
    "a ward's report re-sealed for another city": info("bind.recipient", recipient__org="990099"),
    # entries
    "a setup inside a ward's report": entries("data.files", lambda found: found | {names.SETUP: b""}),
    "a last report inside a ward's report": entries(
        "data.files", lambda found: found | {"last_report/2026/package.json": b"{}\n"}
    ),
    "a ward's report without its coverage": entries("data.files", without("data/coverage.ndjson")),
    "more sums than counted": bad(
        "data.count", lambda: WARD_REPORT.with_table("activity_totals", b"", counted=1)
    ),
    # the evidence and its signature
    "evidence that is not listed": bad(
        "manifest.files",
        lambda: WARD_REPORT.finished(good_entries("ward_report") | {f"{FOLDER}/extra.ndjson": b""}),
    ),
    "a nested table changed by the ward": entries(
        "manifest.hash",
        lambda found: (
            found
            | {f"{FOLDER}/activities.ndjson": found[f"{FOLDER}/activities.ndjson"].replace(b"24", b"25")}
        ),
    ),
    "a nested table left out": entries("manifest.files", without(f"{FOLDER}/activities.ndjson")),
    "a table more in the evidence": entries(
        "manifest.files", lambda found: found | {f"{FOLDER}/offices.ndjson": b""}
    ),
    "evidence without its manifest": entries("manifest.files", without(f"{FOLDER}/ASiCManifest001.xml")),
    "evidence without its signature": entries("manifest.files", without(SIGNATURE)),
    "evidence without its package.json": entries("manifest.files", without(f"{FOLDER}/package.json")),
    "a nested signature that is none": entries("sig.parse", lambda found: found | {SIGNATURE: b""}),
    "a nested signature of another report": entries(
        "sig.bad",
        lambda found: found | {SIGNATURE: report_with(app_version="1.1")()[names.SIGNATURE]},
    ),
    "a nested signature by the ward itself": entries(
        "bind.sender",
        lambda found: (
            found | {SIGNATURE: sign_manifest(found[f"{FOLDER}/ASiCManifest001.xml"], people.WARD_KEY, MADE)}
        ),
    ),
    "a nested signature by another key of the district": entries(
        "bind.sender",
        lambda found: (
            found | {SIGNATURE: sign_manifest(found[f"{FOLDER}/ASiCManifest001.xml"], STRANGER_KEY, MADE)}
        ),
    ),
    "evidence signed at another time": nested(
        "clock.signing_time", other_info(created_at="2026-09-12T05:06:08Z")
    ),
    # whose evidence it is
    "evidence that is an answer": nested("bind.report", lambda: good_entries("answer")),
    "evidence that is a setup": nested("bind.report", lambda: good_entries("setup")),
    "evidence of another district": nested("bind.report", of_another_district),
    "evidence of another year": nested(
        "bind.report", report_with(report=making.report_info(fiscal_year=2025))
    ),
    "evidence that was handed to another ward": nested(
        "bind.recipient", report_with(recipient_org=OTHER_WARD)
    ),
    "another ward's district": nested(
        "bind.report",
        lambda: good_entries("report"),
        folder=f"districts/{OTHER_WARD}-01",
        id=f"{OTHER_WARD}-01",
    ),
    "evidence with a count that is wrong": nested(
        "data.count",
        other_info(counts={"activities": 3, "good_practices": 1, "item_statuses": 2, "photos": 1}),
    ),
    "evidence with records out of order": nested(
        "data.order",
        lambda: resigned(
            lambda found: (
                found
                | {
                    "data/activities.ndjson": b"".join(
                        reversed(found["data/activities.ndjson"].splitlines(True))
                    )
                }
            )
        ),
    ),
    "evidence with a photo nobody recorded": nested(
        "photo.list", lambda: resigned(lambda found: found | {names.photo_entry(uuid7(9)): b"x"})
    ),
    "evidence whose photo is another": nested(
        "photo.list", lambda: resigned(lambda found: found | {PHOTO: making.picture(220).jpeg})
    ),
    # the coverage
    "a district that is missing": entries(
        "data.reference",
        lambda found: {name: data for name, data in found.items() if not name.startswith(FOLDER)},
    ),
    "evidence without its line": table(
        "data.files", "coverage", lambda rows: [one for one in rows if one["package_id"] is None]
    ),
    "evidence of a district that is called missing": entries(
        "data.files",
        lambda found: (
            found | {names.kept_name(f"districts/{SILENT}", name): b"" for name in (names.PACKAGE_INFO,)}
        ),
    ),
    "a line about another report": row("bind.report", "coverage", package_id=uuid7(101)),
    "a line about another manifest": row("bind.report", "coverage", manifest="ab" * 32),
    "a line about another revision": row("bind.report", "coverage", revision=2),
    "a line about another stage": row("bind.report", "coverage", stage="final"),
    "half a line": row("data.schema", "coverage", revision=None),
    "a report that is called missing": row("data.schema", "coverage", arrival="missing"),
    "silence that is confirmed": changed(
        "data.schema", "coverage", lambda one: one["package_id"] is None, confirmed=True
    ),
    "a name in the coverage": row("data.schema", "coverage", name="みほん東地区部会"),
    "coverage out of order": table("data.order", "coverage", lambda rows: rows[::-1]),
    "a district twice": table("data.order", "coverage", lambda rows: rows[:1] * 2),
    # the compilation
    "no words on the whole": table(
        "data.reference", "compilation", lambda rows: [one for one in rows if not is_whole(one)]
    ),
    "two plans": changed(
        "data.reference", "compilation", is_whole, plan_id="mihon-8", id="mihon-8/whole/000"
    ),
    "words on an item under another id": changed("data.reference", "compilation", is_item, number=7),
    "an item without its counts": changed("data.schema", "compilation", is_item, item=None),
    "a version without its head": changed("data.reference", "compilation", is_whole, head=None),
    "an unknown field of the head": changed(
        "data.schema",
        "compilation",
        is_whole,
        head=next(one["head"] for one in rows_of("compilation") if is_whole(one)) | {"secret": 1},
    ),
    "words that hide something": changed("text.control", "compilation", is_item, outcome="a\u200bb"),
    "words that are too many": changed("data.schema", "compilation", is_item, outcome="あ" * 2001),
    "compiled in the last hours of 9999": changed(
        "data.schema",
        "compilation",
        is_whole,
        head=next(one["head"] for one in rows_of("compilation") if is_whole(one))
        | {"compiled_at": "9999-12-31T23:59:59Z"},
    ),
    # sums
    "a sum of no item": changed(
        "data.reference",
        "activity_totals",
        lambda one: one["id"] == "2025/006/sessions",
        id="2025/001/sessions",
        item_number=1,
    ),
    "a sum under another id": row("data.reference", "activity_totals", code="helpers"),
    "a sum without its coverage": row("data.schema", "activity_totals", expected=None),
    "a value with a coverage": changed(
        "data.schema", "activity_totals", lambda one: one["org"] == DISTRICT, stated=1, expected=1
    ),
    "a sum that says what came from elsewhere": row("data.schema", "activity_totals", mapped=1),
    "a value without its sum": table(
        "data.reference",
        "activity_totals",
        lambda rows: [one for one in rows if one["org"] or one["code"] != "person_times"],
    ),
    "a value of a silent district": changed(
        "data.reference",
        "activity_totals",
        lambda one: one["id"] == f"2026/006/sessions/{DISTRICT}",
        id=f"2026/006/sessions/{SILENT}",
        org=SILENT,
    ),
    "half a person": row("json.form", "activity_totals", total=0.5),
    # good practices
    "a story without consent": nested("data.reference", without_consent("story")),
    "a story of nobody": row("data.reference", "good_practices", id=uuid7(7)),
    "a story of a silent district": row("data.reference", "good_practices", org=SILENT),
    "a story about no item": row("data.reference", "good_practices", item_number=9),
    "a photo without consent": nested("photo.list", without_consent("photo")),
    "a story with a photo nobody took": row("photo.list", "good_practices", photo_ids=[uuid7(5), uuid7(9)]),
    "a photo of no story": entries("photo.list", lambda found: found | {names.photo_entry(uuid7(9)): b""}),
    "a story without its photo": entries("photo.list", without(PHOTO)),
    "a story with another photo": entries(
        "photo.hash", lambda found: found | {PHOTO: making.picture(220).jpeg}
    ),
    "a missing field of a story": row("data.schema", "good_practices", photo_ids=REMOVED),
}
