"""Answers and setups that break one rule each."""

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.exchange.trust import ReceiverKeys
from tests.exchange import making, people
from tests.exchange.mischief import Forger
from tests.exchange.people import DISTRICT, DISTRICT_KEYS, STRANGER_BOX, register, uuid7
from tests.exchange.spoiling import (
    ANSWER,
    LAST,
    PHOTO,
    SETUP,
    Bad,
    answer,
    carried_setup,
    carrying,
    other_key,
    plain,
    setup,
    without,
)

BAD_ANSWERS: dict[str, Bad] = {
    # answers
    "an answer without its reply": answer("bind.report", reply=None),
    "an answer for another district": answer("bind.recipient", recipient__org="990011-02"),
    "an answer opened by its sender": Bad(
        lambda: making.built(making.answer_content()),
        "bind.role",
        ReceiverKeys(DISTRICT, OrganisationKind.WARD, DISTRICT_KEYS.identities, DISTRICT_KEYS.recipients),
    ),
    "a receipt in the last hours of 9999": answer("pkg.schema", reply__received_at="9999-12-31T23:00:00Z"),
    "an unknown result": answer("pkg.schema", reply__result="maybe"),
    "a receipt on a day that is none": answer("pkg.schema", reply__received_at="2026-02-30T00:00:00Z"),
    "a request about nothing we have": Bad(
        lambda: ANSWER.with_row("requests", table="money"), "data.schema", DISTRICT_KEYS
    ),
    "a request that hides text": Bad(
        lambda: ANSWER.with_row("requests", text="a\u200fb"), "text.control", DISTRICT_KEYS
    ),
    "a photo in an answer": Bad(
        lambda: ANSWER.package(lambda found: found | {PHOTO: b""}), "data.files", DISTRICT_KEYS
    ),
    "an answer with nonsense for a setup": Bad(lambda: carried_setup(b"x" * 300), "zip.eocd", DISTRICT_KEYS),
    "an answer with a report for a setup": Bad(
        lambda: carried_setup(plain("report")), "env.header", DISTRICT_KEYS
    ),
    "an answer with a changed setup": Bad(
        lambda: carried_setup(plain("setup").replace("みほん".encode(), "みはん".encode())),
        "zip.crc",
        DISTRICT_KEYS,
    ),
    "a last report with a changed record": Bad(
        lambda: carrying(lambda kept: kept | {f"{LAST}/activities.ndjson": b""}),
        "manifest.hash",
        DISTRICT_KEYS,
    ),
    "a last report without its photo": Bad(
        lambda: carrying(without(f"{LAST}/{uuid7(5)}.jpg")), "manifest.files", DISTRICT_KEYS
    ),
    "a last report of another year": Bad(
        lambda: carrying(lambda kept: {name.replace("2026/", "2025/"): data for name, data in kept.items()}),
        "bind.report",
        DISTRICT_KEYS,
    ),
    "two last reports": Bad(
        lambda: carrying(lambda kept: kept | {"last_report/2025/package.json": b"{}\n"}),
        "data.files",
        DISTRICT_KEYS,
    ),
    # setups
    "a setup for somebody": Bad(
        lambda: SETUP.with_info(recipient__org=DISTRICT), "bind.recipient", DISTRICT_KEYS
    ),
    "a setup with a number": Bad(lambda: SETUP.with_info(seq=1), "bind.report", DISTRICT_KEYS),
    "a setup that another key signed": Bad(
        lambda: Forger("setup", people.OTHER_WARD_KEY).with_info(
            sender__key=people.OTHER_WARD_KEY.fingerprint
        ),
        "bind.sender",
        DISTRICT_KEYS,
    ),
    "a setup with another mailbox": Bad(
        lambda: SETUP.with_info(sender__enc=STRANGER_BOX.recipient), "bind.sender", DISTRICT_KEYS
    ),
    "an office without a recovery recipient": setup("data.schema", "offices", recovery=None),
    "an office without mailboxes": setup("data.schema", "offices", recipients=[]),
    "an office with another's certificate": setup("data.reference", "offices", id="ab" * 32, key="ab" * 32),
    "an office with a broken certificate": setup("data.schema", "offices", certificate="AAAA"),
    "an office nobody has heard of": setup("data.reference", "organisations", id="990003"),
    "a plan item of no plan": setup("data.reference", "plan_items", plan_id="other"),
    "a plan item under another number": setup("data.reference", "plan_items", number=2),
    "a date in the year 1": setup("data.schema", "schedule", due="0001-01-01"),
    "a date in the year 9999": setup("data.schema", "schedule", due="9999-12-31"),
    "a plan that ends in the year 3000": setup("data.schema", "plans", last_fiscal_year=3000),
    "an office with eleven mailboxes": setup(
        "data.schema", "offices", recipients=[STRANGER_BOX.recipient] * 11
    ),
    "an office with a stranger's fingerprint": setup("data.schema", "offices", key="x" * 64),
    "a setup whose recovery is a passphrase": setup("data.schema", "offices", recovery="scrypt"),
    "a setup with a name that hides text": setup("text.control", "organisations", name="み\u202eほん"),
    "a setup with a photo": Bad(
        lambda: SETUP.package(lambda found: found | {PHOTO: b""}), "data.files", DISTRICT_KEYS
    ),
    "a district's telephone number": setup("data.schema", "organisations", telephone="000"),
    "a setup opened by the city": Bad(
        lambda: plain("setup"),
        "bind.role",
        ReceiverKeys(people.CITY, OrganisationKind.CITY, (), frozenset()),
    ),
    "another office's key": Bad(
        lambda: plain("setup"), "setup.other_key", DISTRICT_KEYS, lambda: register(judging=other_key)
    ),
}
