"""Ward reports and answers whose carried reports break one rule each, deep inside."""

from collections.abc import Callable

from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.shape import MAX_TABLES
from tests.exchange import people
from tests.exchange.bad_signatures import with_ecdsa
from tests.exchange.bad_ward_reports import (
    FOLDER,
    OTHER_WARD,
    SIGNATURE,
    entries,
    info_with,
    nested,
    of_another_district,
    other_info,
    resigned,
)
from tests.exchange.mischief import Entries, entries_in, good_entries
from tests.exchange.people import DISTRICT_KEYS, STRANGER_KEY, WARD_KEY
from tests.exchange.spoiling import ANSWER, LAST, PHOTO, REPORT, Bad, with_comment

Carried = Callable[[], Entries]


def with_row(table: str, **changes: object) -> Carried:
    """The district's report with another first line in a table, signed by the district."""
    return lambda: entries_in(REPORT.with_row(table, **changes))


def with_table(table: str, data: bytes) -> Carried:
    return lambda: entries_in(REPORT.with_table(table, data))


def with_signature(change: Callable[[bytes], bytes]) -> Callable[[Entries], Entries]:
    """The carried signature changed; the ward signs around it."""
    return lambda found: found | {SIGNATURE: change(found[SIGNATURE])}


def carried(code: str, make: Carried) -> Bad:
    """An answer that brings this report back to its district."""

    def package() -> bytes:
        report = {name: data for name, data in make().items() if name != names.MIMETYPE}
        kept = {names.kept_name(LAST, name): data for name, data in report.items()}
        return ANSWER.package(lambda found: found | kept)

    return Bad(package, code, DISTRICT_KEYS)


def with_photo(change: Callable[[bytes], bytes]) -> Carried:
    return lambda: resigned(lambda found: found | {PHOTO: change(found[PHOTO])})


BAD_EVIDENCE: dict[str, Bad] = {
    # inside a ward's report
    "evidence that hides text": nested("text.control", with_row("activities", note="a\u202eb")),
    "evidence that is not NFC": nested("text.nfc", with_row("activities", note="か\u3099")),
    "evidence with a float": nested("json.form", with_row("activities", participants=24.5)),
    "evidence with a key twice": nested("json.form", with_table("photos", b'{"id":1,"id":2}\n')),
    "evidence with 401 brackets": nested("json.depth", with_table("photos", b"[" * 401 + b"]" * 401 + b"\n")),
    "evidence with more tables than there may be": nested(
        "json.size", with_table("good_practices", b"\n" * (MAX_TABLES + 1))
    ),
    "evidence with an unknown field": nested("data.schema", with_row("activities", secret=1)),
    "evidence with a photo of no activity": nested(
        "data.reference", with_row("photos", activity_id=people.uuid7(99))
    ),
    "evidence of the next major version": nested("pkg.version", other_info(version={"major": 2, "minor": 0})),
    "evidence that must not be read": nested("pkg.critical", other_info(critical=["sealed_photos"])),
    "evidence with a package.json of a megabyte": entries(
        "manifest.hash", lambda found: found | {f"{FOLDER}/package.json": b" " * 2**20}
    ),
    "evidence signed with zero r and s": entries("sig.bad", with_signature(with_ecdsa((0, 0)))),
    "evidence with a signature cut short": entries("sig.parse", with_signature(lambda data: data[:-1])),
    "evidence with a comment in its manifest": entries(
        "sig.bad",
        lambda found: (
            found | {f"{FOLDER}/ASiCManifest001.xml": found[f"{FOLDER}/ASiCManifest001.xml"] + b"<!-- -->"}
        ),
    ),
    "evidence whose sender is another": nested("bind.sender", other_info(sender__org=f"{people.WARD}-02")),
    "evidence of a key that is not inside": nested("bind.sender", other_info(sender__key="ab" * 32)),
    "evidence in a proxy's name of another ward": nested(
        "bind.report",
        lambda: resigned(
            lambda found: (
                found
                | {
                    names.PACKAGE_INFO: info_with(
                        found,
                        sender__org=people.WARD,
                        sender__key=WARD_KEY.fingerprint,
                        report__org=f"{OTHER_WARD}-01",
                    )
                }
            ),
            WARD_KEY,
        ),
    ),
    # inside an answer
    "a last report that hides text": carried("text.control", with_row("activities", note="a\u200bb")),
    "a last report with a float": carried("json.form", with_row("activities", participants=24.5)),
    "a last report with more tables than there may be": carried(
        "json.size", with_table("good_practices", b"\n" * (MAX_TABLES + 1))
    ),
    "a last report of another district": carried("bind.report", of_another_district),
    "a last report that is an answer": carried("bind.report", lambda: good_entries("answer")),
    "a last report whose photo has a comment": carried("photo.hash", with_photo(with_comment)),
    "a last report whose photo is none": carried("photo.hash", with_photo(lambda jpeg: b"hello")),
    "a last report signed with zero r and s": carried(
        "sig.bad",
        lambda: (
            good_entries("report")
            | {names.SIGNATURE: with_ecdsa((0, 0))(good_entries("report")[names.SIGNATURE])}
        ),
    ),
    "a last report whose sender is another": carried(
        "bind.sender", lambda: resigned(lambda found: found, STRANGER_KEY)
    ),
}
