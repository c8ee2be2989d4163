"""Files of people who are known here in some way: stopped, forgotten, cloned, rolled back, or somebody else.

The files are right by themselves; what is wrong is who sends them, to whom, or after what. ``Arrival`` says
what becomes of one at a store that ``prepare_ward`` or ``prepare_district`` made.
"""

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from shakyo_desktop.domain import compilation
from shakyo_desktop.domain.codes import Assembly, KeyState, OrganisationKind, Stage
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.content import PackageContent
from shakyo_desktop.exchange.keys import SigningKey
from shakyo_desktop.exchange.manifest import manifest_hash
from shakyo_desktop.exchange.records import setup_tables, ward_tables
from tests.exchange import making, making_wards, people
from tests.exchange.bad_signatures import other_s
from tests.exchange.mischief import Entries, Forger, entries_in, good_entries, info_with, packed, sealed
from tests.exchange.people import CITY, DISTRICT, DISTRICT_BOX, MADE, OFFICE, PLAN, STRANGER_BOX, WARD, uuid7
from tests.exchange.spoiling import ANSWER
from tests.services.loop.holders import Holder, registration

SUSPENDED, REVOKED, RETIRED, EXPIRED, FULL, CHAINED, FINAL, SENT_ON = (
    SigningKey.generate(f"{WARD}-{number:02d}") for number in range(11, 19)
)
SECOND = SigningKey.generate(CHAINED.org)
CROWDED = [SigningKey.generate(f"{WARD}-19") for _ in range(3)]
NEWCOMER, TAKES_THE_WARD, TAKES_THE_CITY, FROM_ELSEWHERE = map(
    SigningKey.generate, (DISTRICT, WARD, CITY, "990029-01")
)
STATES = {
    SUSPENDED: KeyState.SUSPENDED,
    REVOKED: KeyState.REVOKED,
    RETIRED: KeyState.RETIRED,
    EXPIRED: KeyState.ACTIVE,  # whose term is over
    CHAINED: KeyState.ACTIVE,
    SECOND: KeyState.ACTIVE,
    FINAL: KeyState.ACTIVE,
    SENT_ON: KeyState.ACTIVE,
}
YEAR_SENT_ON = 2024


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


def report_by(key: SigningKey, number: int = 700, seq: int = 1, **changes: Any) -> bytes:
    """A report of the key's own district; ``number`` makes its package_id."""
    whose = {"sender__org": key.org, "sender__key": key.fingerprint, "report__org": key.org}
    return Forger("report", key).with_info(**whose, package_id=uuid7(number), seq=seq, **changes)


def identity(data: bytes) -> str:
    """The SHA-256 of a package's manifest."""
    return manifest_hash(entries_in(data)[names.MANIFEST])


def twin(data: bytes) -> bytes:
    """The same package under the other signature that is as good: s becomes n − s."""
    entries = entries_in(data)
    changed = packed(entries | {names.SIGNATURE: other_s(entries[names.SIGNATURE])})
    return changed if data.startswith(b"PK") else sealed(changed)


def first() -> bytes:
    return report_by(CHAINED, 701)


def second() -> bytes:
    return report_by(
        CHAINED, 702, 2, prev=identity(first()), report__revision=2, report__supersedes=uuid7(701)
    )


def fifth() -> bytes:
    """Two numbers are missing before it."""
    return report_by(CHAINED, 705, 5, prev="cd" * 32, report__revision=5, report__supersedes=uuid7(702))


def next_of_chain(number: int = 706, seq: int = 6, **changes: Any) -> bytes:
    """What the chained district sends next."""
    fields = {
        "prev": identity(fifth()),
        "report__revision": 6,
        "report__supersedes": uuid7(705),
        **changes,
    }
    return report_by(CHAINED, number, seq, **fields)


def prepare_ward(holder: Holder, folder: Path) -> None:
    """The ward with keys in every state, a chain of reports, a full desk, and a year that was sent on."""
    orgs = {key.org for key in (*STATES, FULL, *CROWDED)}
    with holder.services.context.database.transaction() as stores:
        stores.organisations.save(
            *(Organisation(org, f"みほん{org}", OrganisationKind.DISTRICT, WARD) for org in sorted(orgs))
        )
        for key, state in STATES.items():
            over = date(2026, 9, 11) if key is EXPIRED else None
            stores.keys.save(registration(key, DISTRICT_BOX.recipient, state, expires_on=over), "", MADE)
        stores.submissions.add(_sent_on())
    take(holder, folder, first(), second(), fifth(), _final())
    holder.services.review.accept(uuid7(750))
    waiting = [report_by(FULL, 760 + seq, seq) for seq in (1, 2, 3)]
    waiting += [report_by(key, 770 + seq, seq) for key in CROWDED[:2] for seq in (1, 2, 3)]
    take(holder, folder, *waiting, verdict="pending_approval")


def _final() -> bytes:
    return report_by(FINAL, 750, report__stage="final")


def _sent_on() -> Submission:
    return Submission(
        package_id=uuid7(790),
        manifest="ef" * 32,
        org=WARD,
        fiscal_year=YEAR_SENT_ON,
        stage=Stage.FINAL,
        assembly=Assembly.NONE,
        revision=1,
        supersedes=None,
        key="ab" * 32,
        seq=1,
        prev=None,
        frozen_at=MADE,
    )


def prepare_district(holder: Holder, folder: Path) -> None:
    """The district with one report handed in, its answer received, and the fifth setup in use."""
    sent = replace(_sent_on(), package_id=uuid7(100), manifest="ab" * 32, org=DISTRICT, fiscal_year=2026)
    with holder.services.context.database.transaction() as stores:
        stores.submissions.add(sent)
    take(holder, folder, setup(5), good_answer())


def good_answer() -> bytes:
    return ANSWER.package(lambda found: found)


def answer_by(signer: SigningKey | None = None, number: int = 302, seq: int = 2, **changes: Any) -> bytes:
    """The office's next answer, or one that somebody else signed in its name."""
    key = signer or people.WARD_KEY
    whose = {"sender__key": key.fingerprint, "package_id": uuid7(number), "seq": seq}
    return Forger("answer", key).with_info(**whose, **changes)


def answer_with(setup_file: bytes) -> bytes:
    """The office's next answer, which brings this setup along."""

    def change(found: Entries) -> Entries:
        info = info_with(found, package_id=uuid7(303), seq=2, prev=identity(good_answer()))
        return found | {names.PACKAGE_INFO: info, names.SETUP: setup_file}

    return ANSWER.package(change)


def setup(serial: int, signer: SigningKey | None = None, **changes: Any) -> bytes:
    """The ward's setup with another serial, or somebody else's in its name."""
    content = replace(making.setup_content(), setup_serial=serial, **changes)
    return making.built(content, signer)


def hostile_setup(serial: int = 99) -> bytes:
    """A setup in the ward's name that seals everything to a stranger's mailboxes."""
    key = TAKES_THE_WARD
    office = replace(
        OFFICE,
        certificate=key.certificate,
        key=key.fingerprint,
        recipients=(STRANGER_BOX.recipient,),
        recovery=STRANGER_BOX.recipient,
    )
    tables = setup_tables(people.ORGANISATIONS, (PLAN,), people.SCHEDULE, (office,))
    return setup(serial, key, sender_enc=STRANGER_BOX.recipient, tables=tables)


def setup_of_a_district(key: SigningKey, kind: OrganisationKind = OrganisationKind.WARD) -> bytes:
    """A setup in which a registered district says that it is the ward's office."""
    ours = (Organisation(key.org, "みほん", kind), Organisation(WARD, "みほん区", kind, key.org))
    office = replace(
        OFFICE,
        org=key.org,
        certificate=key.certificate,
        key=key.fingerprint,
        recipients=(DISTRICT_BOX.recipient,),
        recovery=DISTRICT_BOX.recipient,
    )
    tables = setup_tables(ours, (PLAN,), (), (office,))
    return setup(9, key, sender_enc=DISTRICT_BOX.recipient, tables=tables)


def setup_without_us() -> bytes:
    others = tuple(one for one in people.ORGANISATIONS if one.code != DISTRICT)
    return setup(9, tables=setup_tables(others, (PLAN,), people.SCHEDULE, (OFFICE,)))


def compilation_of(ward: str) -> PackageContent:
    """Another ward's report, over nothing, under the id of our ward's compilation."""
    silent = compilation.SourceReport(org=f"{ward}-01", name="", arrival=compilation.Arrival.MISSING)
    ours = making_wards.compilation()
    made = replace(
        ours,
        ward=ward,
        sources=(silent,),
        items=tuple(replace(one, districts=(), practices=()) for one in ours.items),
    )
    return replace(
        making_wards.ward_report_content(),
        package_id=uuid7(601),
        tables=ward_tables(made, []),
        report=making.report_info(org=ward, stage=Stage.FINAL, revision=made.version),
        photos=(),
        extras=(),
    )


def take(holder: Holder, folder: Path, *files: bytes, verdict: str = "accepted") -> None:
    """Hand files over that become what is said."""
    for number, data in enumerate(files):
        file = folder / f"{number}.shakyo"
        file.write_bytes(data)
        [seen] = holder.services.intake.receive([file])
        assert seen.verdict == verdict, (number, seen.verdict, seen.code)
        file.unlink()


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
