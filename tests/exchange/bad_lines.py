"""Reports whose JSON or text breaks one rule each, and records that fit their form but not each other."""

from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.shape import MAX_TABLES
from tests.exchange.mischief import REMOVED, Entries, good_entries, info_with
from tests.exchange.people import uuid7
from tests.exchange.spoiling import PRACTICE, REPORT, Bad, entries, info, practice, row, table

TITLE = PRACTICE["title"].encode()


def raw(code: str, old: bytes, new: bytes) -> Bad:
    """The good practice's line with some bytes exchanged."""
    return table(code, practice().replace(old, new, 1))


def titled(code: str, text: str) -> Bad:
    return row(code, "good_practices", title=text)


def quotes_without_end() -> bytes:
    return b"[" * 401 + b'"' + b'\\"' * 16_000 + b"\n"


def counted(code: str, **counts: int) -> Bad:
    return info(code, counts={"activities": 2, "good_practices": 1, "item_statuses": 2, "photos": 1} | counts)


def without_info(found: Entries) -> Entries:
    return found | {names.PACKAGE_INFO: info_with(found, counts=REMOVED)}


def many_small_lines() -> bytes:
    """More tables than a package may have, in lines that are good one by one."""
    one = practice(photo_ids=[], story="", title="")
    return one * (MAX_TABLES // len(one) + 1)


BAD_JSON: dict[str, Bad] = {
    "a key twice with the same value": raw("json.form", b"{", b'{"consent":true,'),
    "a key twice at a depth": row("data.schema", "activities", measures={"theme": {"a": 1}}),
    "a byte order mark inside a line": raw("json.form", b"{", b"\xef\xbb\xbf{"),
    "UTF-16": table("json.form", practice().decode().encode("utf-16")),
    "Infinity": raw("json.form", b'"item_number":6', b'"item_number":Infinity'),
    "minus NaN": raw("json.form", b'"item_number":6', b'"item_number":-NaN'),
    "a float that is whole": raw("json.form", b'"item_number":6', b'"item_number":6.0'),
    "minus zero": raw("json.form", b'"item_number":6', b'"item_number":-0'),
    "a leading zero": raw("json.form", b'"item_number":6', b'"item_number":06'),
    "a plus sign": raw("json.form", b'"item_number":6', b'"item_number":+6'),
    "a number in hexadecimals": raw("json.form", b'"item_number":6', b'"item_number":0x6'),
    "a number in fullwidth digits": raw("json.form", b'"item_number":6', '"item_number":６'.encode()),
    "2^53": row("json.form", "good_practices", item_number=2**53),
    "minus 2^53": row("json.form", "good_practices", item_number=-(2**53)),
    "2^64": row("json.form", "good_practices", item_number=2**64),
    "2^53 - 1 where a count stands": row("data.schema", participants=2**53 - 1),
    "401 brackets": table("json.depth", b"[" * 401 + b"]" * 401 + b"\n"),
    "400 brackets": table("data.schema", b"[" * 400 + b"]" * 400 + b"\n"),
    "a hundred thousand brackets": table("json.size", b"[" * 100_000 + b"\n"),
    "objects in objects": table("json.depth", b'{"a":' * 401 + b"1" + b"}" * 401 + b"\n"),
    "brackets and quotation marks without end": table("json.depth", quotes_without_end()),
    "a lone high surrogate": raw("json.form", TITLE, rb"\ud83d"),
    "a lone low surrogate": raw("json.form", TITLE, rb"\udc00"),
    "surrogates the wrong way round": raw("json.form", TITLE, rb"\udc00\ud83d"),
    "a pair of surrogates": raw("json.form", TITLE, rb"\ud83d\ude00"),
    "a surrogate in UTF-8": raw("json.form", TITLE, b"\xed\xa0\x80"),
    "an overlong slash": raw("json.form", TITLE, b"\xc0\xaf"),
    "beyond Unicode": raw("json.form", TITLE, b"\xf4\x90\x80\x80"),
    "a slash with a backslash": raw("json.form", TITLE, rb"\/"),
    "an escape that is none": raw("json.form", TITLE, rb"\x41"),
    "a raw control character": raw("json.form", TITLE, b"a\x01"),
    "a tab between keys": raw("json.form", b",", b",\t"),
    "a comma at the end": raw("json.form", b"}\n", b",}\n"),
    "a comment in JSON": raw("json.form", b"}\n", b"}/**/\n"),
    "single quotes": raw("json.form", b'"consent"', b"'consent'"),
    "a key without quotes": raw("json.form", b'"consent"', b"consent"),
    "two records in a line": table("json.form", practice().rstrip() + practice()),
    "old Macintosh line ends": table("json.form", practice().replace(b"\n", b"\r") + b"\n"),
    "a line separator between records": Bad(
        lambda: REPORT.with_table("good_practices", practice().rstrip() + "\u2028".encode()), "json.form"
    ),
    "a NUL between records": table("json.form", b"\0" + practice()),
    "only a line end": table("json.form", b"\n"),
    "null for a record": table("data.schema", b"null\n"),
    "a text for a record": table("data.schema", b'"x"\n'),
    "a line of 40,000 letters": row("json.size", "good_practices", story="あ" * 13_334),
    "tables of more than 16 MiB": table("json.size", many_small_lines()),
    "package.json of a megabyte": Bad(
        lambda: REPORT.with_raw_info(b"{" + b" " * 2**20 + b"}\n"), "json.size"
    ),
    "package.json of two lines": Bad(
        lambda: REPORT.with_raw_info(good_entries("report")[names.PACKAGE_INFO] * 2), "json.form"
    ),
    "package.json with a key twice": Bad(
        lambda: REPORT.with_raw_info(
            good_entries("report")[names.PACKAGE_INFO].replace(b'"seq":1', b'"seq":1,"seq":2')
        ),
        "json.form",
    ),
    "an empty package.json": Bad(lambda: REPORT.with_raw_info(b""), "json.form"),
    "package.json without counts": entries("pkg.schema", without_info),
    "one record fewer than counted": counted("data.count", activities=3),
    "one record more than counted": counted("data.count", activities=1),
    "records counted that are not there": counted("data.count", good_practices=2**31 - 1),
    "a negative count": counted("pkg.schema", activities=-1),
    "a count of a table that is not there": counted("data.count", secrets=0),
}

BAD_TEXTS: dict[str, Bad] = {
    "text that runs to the left": titled("text.control", "\u202eemag"),
    "an isolate": titled("text.control", "a\u2066b\u2069"),
    "an embedding": titled("text.control", "a\u202ab"),
    "a right-to-left mark in text": titled("text.control", "a\u200fb"),
    "an Arabic letter mark": titled("text.control", "a\u061cb"),
    "a zero-width space": titled("text.control", "a\u200bb"),
    "a zero-width non-joiner": titled("text.control", "a\u200cb"),
    "a joiner between letters": titled("text.control", "a\u200db"),
    "a word joiner": titled("text.control", "a\u2060b"),
    "a byte order mark in text": titled("text.control", "a\ufeffb"),
    "a soft hyphen": titled("text.control", "a\u00adb"),
    "a grapheme joiner": titled("text.control", "a\u034fb"),
    "a Hangul filler": titled("text.control", "a\u3164b"),
    "a halfwidth Hangul filler": titled("text.control", "a\uffa0b"),
    "a text hidden in tags": titled("text.control", "a" + "".join(chr(0xE0000 + ord(c)) for c in "evil")),
    "an interlinear annotation": titled("text.control", "a\ufff9b\ufffac\ufffb"),
    "a noncharacter": titled("text.control", "a\ufffeb"),
    "a noncharacter of another plane": titled("text.control", "a\U0001ffffb"),
    "a character of one computer only": titled("text.control", "髙\ue000"),
    "a private character of plane 15": titled("text.control", "\U000f0000"),
    "a NUL in text": titled("text.control", "a\0b"),
    "an escape sequence": titled("text.control", "\x1b[31mred"),
    "a bell": titled("text.control", "a\x07"),
    "a tab in text": titled("text.control", "a\tb"),
    "a C1 control": titled("text.control", "a\x85b"),
    "a line end where one line is wanted": titled("text.control", "a\nb"),
    "a carriage return in a story": row("text.control", "good_practices", story="a\r\nb"),
    "a line separator in a story": row("text.control", "good_practices", story="a\u2028b"),
    "a decomposed kana": titled("text.nfc", "か\u3099"),
    "a decomposed letter": titled("text.nfc", "e\u0301"),
    "decomposed Hangul": titled("text.nfc", "\u1112\u1161"),
    "a compatibility letter": titled("text.nfc", "\u212b"),
    "hidden text in a caption": row("text.control", "photos", caption="a\u200bb"),
    "hidden text in a name of who keyed it": row("text.control", keyed_by="a\u202eb"),
    "hidden text in a unit": row("text.control", "item_statuses", target_unit="回\u200b"),
    "hidden text in an answer to a warning": row("text.control", "item_statuses", reasons={"a": "b\u200b"}),
    "hidden text in the program's version": info("text.control", app__version="1.0\u202e"),
}


BAD_RECORDS: dict[str, Bad] = {
    "made in the last hours of 9999": info("pkg.schema", created_at="9999-12-31T23:59:59Z"),
    "made at a moment that is none": info("pkg.schema", created_at="2026-09-12T24:00:00Z"),
    "made in another zone": info("pkg.schema", created_at="2026-09-12T14:06:07+09:00"),
    "an identifier in capitals": row("data.schema", id="0199ABCD-0000-7000-8000-000000000000"),
    "an identifier with a path": row("data.schema", id="../../../../etc/passwd"),
    "an identifier of version 4": row("data.schema", id="0199012c-0000-4000-8000-000000000000"),
    "a plan with a path": row("data.schema", plan_id="../x"),
    "a plan with markup": row("data.schema", plan_id="<b>"),
    "item 0": row("data.schema", item_number=0),
    "item 1000": row("data.schema", item_number=1000),
    "a formula for a number": row("data.schema", participants="=1+1"),
    "the year 0": row("data.schema", held_on="0000-01-01"),
    "the year 10000": row("data.schema", held_on="10000-01-01"),
    "29 February of a common year": row("data.schema", held_on="2027-02-29"),
    "an hour 24": row("data.schema", end_time="24:00"),
    "a date in kanji": row("data.schema", held_on="令和8年9月12日"),
    "a venue of 61 emoji": row("data.schema", venue="🏠" * 61),
    "a list for a text": row("data.schema", venue=["x"]),
    "a text for a list": row("data.schema", related_items="1"),
    "61 related items": row("data.schema", related_items=[1] * 61),
    "41 measures": row("data.schema", measures={f"m{n}": 1 for n in range(41)}),
    "a measure with a name of symbols": row("data.schema", measures={"<script>": 1}),
    "a measure below zero": row("data.schema", measures={"visits": -1}),
    "a rating that is none": row("data.schema", "item_statuses", self_rating="best"),
    "a state that is the system's word": row("data.schema", "item_statuses", state="unreported"),
    "a target below zero": row("data.schema", "item_statuses", target_value=-1),
    "a photo of width 0": row("data.schema", "photos", width=0),
    "a photo of 1,601 pixels": row("data.schema", "photos", width=1601),
    "a digest of a photo that is none": row("data.schema", "photos", sha256="x" * 64),
    "a deleted record": row("data.schema", deleted_at="2026-09-12T00:00:00Z"),
    "another district in a record": row("data.schema", org="990011-02"),
    "another year in a record": row("data.schema", fiscal_year=2025),
    "a photo of another's activity": row("data.reference", "photos", activity_id=uuid7(4444)),
    "one status twice": Bad(
        lambda: REPORT.with_table(
            "item_statuses", good_entries("report")["data/item_statuses.ndjson"].splitlines(True)[0] * 2
        ),
        "data.order",
    ),
}
