"""What becomes of the files of hostile senders at stores that ``hostile_senders`` prepared."""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace

from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.records import setup_tables
from tests.exchange import people
from tests.exchange.mischief import Forger, entries_in, good_entries, packed, sealed
from tests.exchange.people import CITY, DISTRICT, DISTRICT_BOX, OFFICE, PLAN, STRANGER_BOX, WARD, uuid7
from tests.services.loop.hostile_senders import (
    CHAINED,
    CROWDED,
    EXPIRED,
    FINAL,
    FROM_ELSEWHERE,
    FULL,
    NEWCOMER,
    RETIRED,
    REVOKED,
    SECOND,
    SENT_ON,
    SUSPENDED,
    TAKES_THE_CITY,
    TAKES_THE_WARD,
    YEAR_SENT_ON,
    _final,
    answer_by,
    answer_with,
    first,
    good_answer,
    hostile_setup,
    identity,
    next_of_chain,
    report_by,
    second,
    setup,
    setup_of_a_district,
    setup_without_us,
    twin,
)


@dataclass(frozen=True)
class Arrival:
    """A file and what becomes of it: its verdict and code."""

    make: Callable[[], bytes]
    verdict: str
    code: str = ""


def refused(code: str, make: Callable[[], bytes]) -> Arrival:
    return Arrival(make, "refused", code)


def waits(code: str, make: Callable[[], bytes]) -> Arrival:
    return Arrival(make, "pending_approval", code)


def known(make: Callable[[], bytes]) -> Arrival:
    return Arrival(make, "already_received")


AT_THE_WARD: dict[str, Arrival] = {
    # every state of a key
    "a suspended key's report": refused("key.suspended", lambda: report_by(SUSPENDED)),
    "a revoked key's report": refused("key.revoked", lambda: report_by(REVOKED)),
    "a retired key's report": refused("key.retired", lambda: report_by(RETIRED)),
    "a report after the term is over": waits("key.expired", lambda: report_by(EXPIRED)),
    "an unknown key's report": waits("key.pending", lambda: report_by(NEWCOMER, 710)),
    "a fourth file of a waiting key": refused("key.pending_full", lambda: report_by(FULL, 764, 4)),
    "a seventh file of a crowded district": refused("key.pending_full", lambda: report_by(CROWDED[2], 780)),
    # whose it is
    "a district in another's name": refused(
        "bind.sender",
        lambda: Forger("report", CHAINED).with_info(sender__key=CHAINED.fingerprint),
    ),
    "a district about another": refused("bind.report", lambda: _about(DISTRICT)),
    "a district about its ward": refused("bind.report", lambda: _about(WARD)),
    "a district of another ward": refused("bind.sender", lambda: report_by(FROM_ELSEWHERE)),
    "a stranger in the ward's own name": refused("bind.role", lambda: report_by(TAKES_THE_WARD)),
    "a stranger in the city's name": refused("bind.role", lambda: report_by(TAKES_THE_CITY)),
    "an unknown key under a known key's fingerprint": refused(
        "bind.sender", lambda: Forger("report", NEWCOMER).with_info()
    ),
    "a report whose answers go to a stranger": refused(
        "bind.sender", lambda: next_of_chain(sender__enc=STRANGER_BOX.recipient)
    ),
    "the ward's own key for a district": refused("bind.role", lambda: _by_the_ward()),
    "a district's answer": refused("bind.role", lambda: _answer_to_the_ward()),
    "a registered district's setup": refused("bind.role", lambda: setup_of_a_district(people.DISTRICT_KEY)),
    "a setup after the term is over": refused("bind.role", lambda: setup_of_a_district(EXPIRED)),
    "a suspended district's setup": refused("key.suspended", lambda: setup_of_a_district(SUSPENDED)),
    "an unknown district's setup": refused("bind.role", lambda: setup_of_a_district(NEWCOMER)),
    "a setup in the ward's own name": refused("setup.other_key", hostile_setup),
    # replay
    "the same file again": known(second),
    "the same package sealed again": known(lambda: sealed(packed(entries_in(second())))),
    "the same package with s turned to n - s": known(lambda: twin(second())),
    "another report under the same number": waits("report.fork", lambda: next_of_chain(712, 2)),
    "a report that follows another one": refused("seq.chain", lambda: next_of_chain(713, 6, prev="12" * 32)),
    "a report put between two others": refused(
        "seq.chain", lambda: next_of_chain(714, 4, prev="12" * 32, report__revision=4)
    ),
    "a report that follows the first again": refused(
        "seq.chain", lambda: next_of_chain(715, 3, prev=identity(first()), report__revision=3)
    ),
    "a used package_id": refused("seq.package_id", lambda: next_of_chain(701)),
    "another district's package_id": refused("seq.package_id", lambda: next_of_chain(750)),
    "a rollback to the first revision": refused(
        "report.revision", lambda: next_of_chain(716, report__revision=1, report__supersedes=None)
    ),
    "a rollback that names the newest": refused(
        "report.revision", lambda: next_of_chain(717, report__revision=4)
    ),
    # what a person decides
    "a revision made from an older one": waits(
        "report.fork", lambda: next_of_chain(718, report__supersedes=uuid7(701))
    ),
    "a second computer's blank year": waits("report.fork", lambda: report_by(SECOND, 719)),
    "an interim report after the final one": waits(
        "report.after_final",
        lambda: report_by(
            FINAL, 751, 2, prev=identity(_final()), report__revision=2, report__supersedes=uuid7(750)
        ),
    ),
    "a report of a year that was sent on": waits(
        "report.city", lambda: report_by(SENT_ON, 791, report__fiscal_year=YEAR_SENT_ON)
    ),
}


def _about(org: str) -> bytes:
    whose = {"sender__org": CHAINED.org, "sender__key": CHAINED.fingerprint, "report__org": org}
    return Forger("report", CHAINED).with_info(**whose, package_id=uuid7(711), seq=6)


def _by_the_ward() -> bytes:
    whose = {"sender__org": WARD, "sender__key": people.WARD_KEY.fingerprint}
    return Forger("report", people.WARD_KEY).with_info(**whose)


def _answer_to_the_ward() -> bytes:
    """An answer, addressed to the ward, that a registered district signed."""
    recipients = json.loads(good_entries("report")[names.PACKAGE_INFO])["recipient"]
    key = people.DISTRICT_KEY
    whose = {"sender__org": DISTRICT, "sender__key": key.fingerprint, "sender__enc": DISTRICT_BOX.recipient}
    return Forger("answer", key).with_info(**whose, recipient=recipients)


AT_THE_DISTRICT: dict[str, Arrival] = {
    "an answer under the same number": refused("seq.fork", lambda: answer_by(seq=1)),
    "an answer that follows another one": refused("seq.chain", lambda: answer_by(prev="12" * 32)),
    "an answer with a used package_id": refused(
        "seq.package_id", lambda: answer_by(number=300, prev=identity(good_answer()))
    ),
    "an answer about other content than was sent": refused(
        "bind.report", lambda: answer_by(prev=identity(good_answer()), reply__manifest="cd" * 32)
    ),
    "an answer for a neighbour": refused("bind.recipient", lambda: answer_by(recipient__org=f"{WARD}-02")),
    "an acceptance under a stranger's key": refused(
        "sig.unknown_key", lambda: answer_by(TAKES_THE_WARD, reply__result="accepted")
    ),
    "an acceptance under the district's own key": refused(
        "sig.unknown_key",
        lambda: answer_by(people.DISTRICT_KEY, reply__result="accepted", sender__org=DISTRICT),
    ),
    "an acceptance in the city's name": refused(
        "sig.unknown_key", lambda: answer_by(TAKES_THE_CITY, reply__result="accepted", sender__org=CITY)
    ),
    "the office's key in the city's name": refused("bind.sender", lambda: answer_by(sender__org=CITY)),
    "an answer with a stranger's setup": refused("setup.other_key", lambda: answer_with(hostile_setup())),
    "a setup of another key in the office's name": refused("setup.other_key", hostile_setup),
    "a setup of the city": refused("bind.role", lambda: _setup_of_the_city()),
    "a setup that leaves us out": refused("bind.recipient", setup_without_us),
    "the district's own report": refused("bind.recipient", lambda: report_by(people.DISTRICT_KEY, 101)),
    "the same answer again": known(good_answer),
    "the same answer with s turned to n - s": known(lambda: twin(good_answer())),
    "the setup in use again": known(lambda: setup(5)),
    "an older setup again": known(lambda: setup(4)),
    "an older setup with s turned to n - s": known(lambda: twin(setup(4))),
    "an older setup with other dates": known(
        lambda: setup(1, tables=setup_tables(people.ORGANISATIONS, (PLAN,), (), (OFFICE,)))
    ),
}


def _setup_of_the_city() -> bytes:
    key = TAKES_THE_CITY
    office = replace(OFFICE, org=CITY, certificate=key.certificate, key=key.fingerprint)
    tables = setup_tables(people.ORGANISATIONS, (PLAN,), (), (office,))
    return setup(9, key, tables=tables)
