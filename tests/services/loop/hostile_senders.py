"""Files of people who are known here in some way: stopped, forgotten, cloned, rolled back, or somebody else.

The files are right by themselves; what is wrong is who sends them, to whom, or after what.
"""

from dataclasses import replace
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
from tests.exchange.mischief import Entries, Forger, entries_in, info_with, packed, sealed
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
