"""Reports that break one rule each."""

import json
from datetime import timedelta

from shakyo_desktop.domain.codes import KeyState, OrganisationKind
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.trust import ReceiverKeys
from tests.exchange import making, people
from tests.exchange.mischief import REMOVED, Forger, good_entries, sealed
from tests.exchange.people import (
    DISTRICT,
    DISTRICT_KEYS,
    MADE,
    STRANGER_BOX,
    STRANGER_KEY,
    WARD,
    WARD_KEY,
    WARD_KEYS,
    uuid7,
)
from tests.exchange.spoiling import (
    DEEP,
    LONG,
    PHOTO,
    PRACTICE,
    REPORT,
    Bad,
    entries,
    info,
    jpeg_of,
    judged,
    manifest_of,
    only,
    plain,
    practice,
    resigned_by,
    row,
    state,
    table,
    unsigned_change,
    with_broken_scan,
    with_comment,
    without,
)

BAD_REPORTS: dict[str, Bad] = {
    # envelope
    "hello": Bad(lambda: b"hello", "size.package"),
    "not our kind of file": Bad(lambda: b"hello" * 100, "env.header"),
    "sealed for a stranger": Bad(lambda: sealed(b"x" * 300, STRANGER_BOX.recipient), "env.decrypt"),
    "cut off": Bad(lambda: making.built(making.report_content())[:-1], "env.decrypt"),
    "a report that is not sealed": Bad(lambda: plain("report"), "env.header"),
    "a setup that is sealed": Bad(lambda: sealed(plain("setup")), "env.header", DISTRICT_KEYS),
    # container: every code below has its own table in test_container
    "sealed nonsense": Bad(lambda: sealed(b"x" * 300), "zip.eocd"),
    # signature
    "no signature": Bad(lambda: unsigned_change(names.SIGNATURE, b""), "sig.parse"),
    "signed over something else": Bad(
        lambda: unsigned_change(names.MANIFEST, good_entries("report")[names.MANIFEST] + b" "), "sig.bad"
    ),
    "an answer signed by a stranger": Bad(
        lambda: Forger("answer", STRANGER_KEY).with_info(
            sender__key=STRANGER_KEY.fingerprint, sender__org=DISTRICT
        ),
        "sig.unknown_key",
        DISTRICT_KEYS,
    ),
    "an unknown key that takes another's code": Bad(
        lambda: resigned_by(STRANGER_KEY, sender__org="990011-02", sender__key=STRANGER_KEY.fingerprint),
        "sig.unknown_key",
    ),
    # manifest
    "a manifest too long": Bad(lambda: manifest_of(lambda good: good + b" " * 2**20), "manifest.size"),
    "a manifest with a comment": Bad(lambda: manifest_of(lambda good: good + b"<!-- -->"), "manifest.form"),
    "a file listed twice": Bad(
        lambda: manifest_of(
            lambda good: good.replace(b"</asic:ASiC", good.splitlines()[3] + b"\n</asic:ASiC")
        ),
        "manifest.duplicate",
    ),
    "a file that is not listed": Bad(
        lambda: REPORT.finished(good_entries("report") | {"data/extra.ndjson": b""}), "manifest.files"
    ),
    "a listed file that is missing": Bad(
        lambda: REPORT.finished(without(PHOTO)(good_entries("report"))), "manifest.files"
    ),
    "no package.json": Bad(lambda: REPORT.package(without(names.PACKAGE_INFO)), "manifest.files"),
    "a changed record": Bad(
        lambda: unsigned_change(
            "data/activities.ndjson",
            good_entries("report")["data/activities.ndjson"].replace(
                b'"participants":24', b'"participants":25'
            ),
        ),
        "manifest.hash",
    ),
    # key
    "a suspended key": state("key.suspended", KeyState.SUSPENDED),
    "a revoked key": state("key.revoked", KeyState.REVOKED),
    "a retired key": state("key.retired", KeyState.RETIRED),
    # package.json
    "another format": info("pkg.format", format="other"),
    "package.json that is a list": Bad(lambda: REPORT.with_raw_info(b"[]\n"), "pkg.format"),
    "package.json without a line end": Bad(lambda: REPORT.with_raw_info(b"{}"), "json.form"),
    "the next major version": info("pkg.version", version={"major": 2, "minor": 0}),
    "a version before the first": info("pkg.version", version={"major": 0, "minor": 9}),
    "a version that is text": info("pkg.version", version="1.0"),
    "a critical name nobody knows": info("pkg.critical", critical=["sealed_photos"]),
    "critical that is no list": info("pkg.critical", critical=None),
    "an unknown field": info("pkg.schema", extra=1),
    "a missing field": info("pkg.schema", prev=REMOVED),
    "an unknown field inside": info("pkg.schema", sender__name="x"),
    "an unknown type": info("pkg.schema", type="letter"),
    "an identifier of another version": info("pkg.schema", package_id="0199012c-0000-4000-8000-000000000000"),
    "a day that does not exist": info("pkg.schema", created_at="2026-02-30T00:00:00Z"),
    "a negative seq": info("pkg.schema", seq=-1),
    "revision 0": info("pkg.schema", report__revision=0),
    "control characters in the program's name": info("text.control", app__name="a\u200bb"),
    # binding
    "a sender nobody has in the register": Bad(
        lambda: making.built(making.report_content()), "bind.sender", trust=only(ward=people.ORGANISATIONS[1])
    ),
    "another key's fingerprint": info("bind.sender", sender__key="ab" * 32),
    "another organisation's code": info("bind.sender", sender__org="990011-02"),
    "a mailbox that was not approved": info("bind.sender", sender__enc=STRANGER_BOX.recipient),
    "re-sealed for another office": info("bind.recipient", recipient__org="990029"),
    "meant for other mailboxes": info("bind.recipient", recipient__enc=["ab" * 32]),
    "meant for nobody": info("bind.recipient", recipient__org=None, recipient__enc=[]),
    "a report that a ward signed": Bad(
        lambda: Forger("report", WARD_KEY).with_info(
            sender__key=WARD_KEY.fingerprint, sender__org=WARD, report__org=WARD
        ),
        "bind.role",
    ),
    "a report opened by a district": Bad(
        lambda: making.built(making.report_content()),
        "bind.role",
        ReceiverKeys(WARD, OrganisationKind.DISTRICT, WARD_KEYS.identities, WARD_KEYS.recipients),
    ),
    "a report of another ward's district": Bad(
        lambda: making.built(making.report_content()),
        "bind.role",
        trust=only(one=Organisation(DISTRICT, "みほん", OrganisationKind.DISTRICT, "990029")),
    ),
    "another district's report": info("bind.report", report__org="990011-02"),
    "a report without its report": info("bind.report", report=None),
    "a report that replies": info(
        "bind.report", reply=json.loads(good_entries("answer")[names.PACKAGE_INFO])["reply"]
    ),
    "a report without a number": info("bind.report", seq=0),
    "a first package with a predecessor": info("bind.report", prev="ab" * 32),
    # clock
    "signed at another time": Bad(
        lambda: Forger("report", signed_at=MADE + timedelta(seconds=1)).with_info(), "clock.signing_time"
    ),
    # sequence: decided by the register, passed on unchanged
    "a cloned key": judged("seq.fork"),
    "another predecessor": judged("seq.chain"),
    "the same identifier again": judged("seq.package_id"),
    "an older revision": judged("report.revision"),
    # data
    "a missing table": Bad(lambda: REPORT.package(without("data/photos.ndjson")), "data.files"),
    "a table of another type": entries("data.files", lambda found: found | {"data/offices.ndjson": b""}),
    "a setup inside a report": entries("data.files", lambda found: found | {names.SETUP: b""}),
    "more lines than counted": Bad(lambda: REPORT.with_table("good_practices", b"", counted=1), "data.count"),
    "a table that is not counted": info("data.count", counts={"activities": 2}),
    "a line too long": table("json.size", LONG),
    "too many brackets": table("json.depth", DEEP),
    "not JSON": table("json.form", b"hello\n"),
    "not UTF-8": table("json.form", b'"\xff"\n'),
    "a byte order mark": table("json.form", b"\xef\xbb\xbf" + practice()),
    "a duplicate key": table("json.form", practice().replace(b"{", b'{"consent":true,', 1)),
    "a float": table("json.form", practice(item_number=6.0)),
    "an exponent": table("json.form", practice().replace(b'"item_number":6', b'"item_number":6e0')),
    "NaN": table("json.form", practice().replace(b'"item_number":6', b'"item_number":NaN')),
    "a number beyond 2^53": table("json.form", practice(item_number=2**53)),
    "a number of a thousand digits": table("json.form", practice(item_number=10**999)),
    "a space": table("json.form", practice().replace(b":", b": ", 1)),
    "keys out of order": table("json.form", json.dumps(dict(reversed(PRACTICE.items()))).encode() + b"\n"),
    "an escaped letter": table("json.form", practice().replace(b'"title":"', b'"title":"\\u3042')),
    "half a surrogate": table("json.form", practice().replace(b'"title":"', b'"title":"\\ud800')),
    "CR before LF": table("json.form", practice().replace(b"\n", b"\r\n")),
    "an empty line": table("json.form", practice() + b"\n"),
    "no line end": Bad(
        lambda: REPORT.with_table("good_practices", practice() + b"x", counted=1), "json.form"
    ),
    "a list for a record": table("data.schema", b"[]\n"),
    "an unknown field of a record": row("data.schema", secret=1),
    "a missing field of a record": row("data.schema", note=REMOVED),
    "unread text": row("data.schema", unread={}),
    "an identifier that is none": row("data.schema", id="1"),
    "an unknown choice": row("data.schema", kind="party"),
    "an unknown group": row("data.schema", breakdown={"cats": 1}),
    "text one character too long": row("data.schema", venue="あ" * 61),
    "a negative number": row("data.schema", participants=-1),
    "a number too large": row("data.schema", participants=10_000_000),
    "a number as text": row("data.schema", participants="24"),
    "true for a number": row("data.schema", participants=True),
    "a day that is none": row("data.schema", held_on="2026-02-30"),
    "a day with a time": row("data.schema", held_on="2026-09-12T00:00:00"),
    "a time after midnight": row("data.schema", start_time="24:00"),
    "a time with a line end": row("data.schema", start_time="10:00\n"),
    "a month that is none": row("data.schema", month="2026-13"),
    "records out of order": Bad(
        lambda: REPORT.with_table(
            "activities",
            b"".join(reversed(good_entries("report")["data/activities.ndjson"].splitlines(True))),
        ),
        "data.order",
    ),
    "a record twice": table("data.order", practice() * 2),
    "a photo of no activity": row("data.reference", "photos", activity_id=uuid7(99)),
    "a story with no such photo": row("data.reference", "good_practices", photo_ids=[uuid7(98)]),
    # text
    "a line end in one line": row("text.control", venue="a\nb"),
    "a tab": row("text.control", note="a\tb"),
    "text that turns round": row("text.control", content="a\u202eb"),
    "nothing visible": row("text.control", note="\u200b"),
    "private use": row("text.control", note="\ue000"),
    "not NFC": row("text.nfc", note="か\u3099"),
    "a measure that hides text": row("text.control", measures={"theme": "a\u2028b"}),
    "a reason that hides text": row("text.control", reasons={"a": "b\u00adc"}),
    # photos
    "a photo without its record": entries(
        "photo.list", lambda found: found | {names.photo_entry(uuid7(9)): b""}
    ),
    "a record without its photo": Bad(lambda: REPORT.package(without(PHOTO)), "photo.list"),
    "another photo": entries("photo.hash", lambda found: found | {PHOTO: making.picture(220).jpeg}),
    "a photo's other size": row("photo.hash", "photos", size=1),
    "a photo's other width": row("photo.size", "photos", width=41),
    "a photo of more than 1 MiB": Bad(
        lambda: jpeg_of(lambda jpeg: jpeg[:-2] + bytes(2**20) + jpeg[-2:]), "data.schema"
    ),
    "a photo with a comment": Bad(lambda: jpeg_of(with_comment), "photo.form"),
    "a photo that cannot be decoded": Bad(lambda: jpeg_of(with_broken_scan), "photo.decode"),
}
