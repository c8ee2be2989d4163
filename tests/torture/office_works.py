"""What an office does, one reported step after the other; done again it goes on where it was."""

from pathlib import Path
from typing import Any

from shakyo_desktop.domain.errors import WrongNumber
from shakyo_desktop.services.compilation_papers import CompiledPaper
from shakyo_desktop.services.own_keys import own_keys
from shakyo_desktop.services.registry import Services
from tests.bench.data import YEAR
from tests.torture.checking import STICK, open_place
from tests.torture.district_works import half_files
from tests.torture.killing import Say
from tests.torture.places import FILES, HELD, PLAN, Places

PAPERS = (CompiledPaper.SUMMARY_TABLE, CompiledPaper.WORKBOOK, CompiledPaper.CSV)


def receive(place: Path, say: Say) -> None:
    """A folder of files: taken in, held, refused, each on its own."""
    services = open_place(place)
    say("opened")

    def told(done: int, _total: int, _name: str) -> None:
        if done:
            say(done)

    services.intake.receive([place / FILES], told)
    services.close()


def receiving_is_kept(services: Services, reports: list[Any], place: Path, _places: Places) -> list[str]:
    """So many files as were reported are here; one more may be; the others can be taken."""
    said = max((one for one in reports if isinstance(one, int)), default=0)
    verdicts = services.intake.judge([place / FILES])
    held = {one.manifest for one in services.registrations.waiting_decisions()} | _pending(services)
    problems = []
    for number, one in enumerate(verdicts):
        here = one.verdict == "already_received" or (one.manifest or "") in held
        if one.verdict == "refused" and one.file.name == "damaged.shakyo":
            continue
        if one.verdict == "refused":
            problems.append(f"neither taken nor takeable: {one.file.name} {one.code}")
        elif here != (number < said) and number != said:
            problems.append(f"{one.file.name} is {one.verdict}, {said} files were reported")
    return problems


def _pending(services: Services) -> set[str]:
    with services.context.database.reading() as stores:
        return {one.manifest for one in stores.held.all()}


def answer(place: Path, say: Say) -> None:
    """Every answer that waits is signed and written; what was written is left alone."""
    services = open_place(place)
    say("opened")
    for row in services.answers.ready(YEAR):
        if row.waits:
            services.answers.write(place / STICK, [row.answer_id])
            say(("written", row.answer_id))
    services.close()


def answers_are_kept(services: Services, reports: list[Any], place: Path, places: Places) -> list[str]:
    """What was reported as written does not wait, and its file is whole; every chain is unbroken."""
    written = {one[1] for one in reports if one[0] == "written"}
    problems = []
    for row in services.answers.ready(YEAR):
        if row.answer_id in written and (row.waits or not (place / STICK / row.file_name).is_file()):
            problems.append(f"reported as written: {row.file_name}")
    with services.context.database.reading() as stores:
        key = own_keys(stores).signing.fingerprint
        chains: dict[str, list[Any]] = {}
        for entry in stores.submissions.sequence(key):
            chains.setdefault(entry.recipient, []).append(entry)
    for org, entries in chains.items():
        if [one.seq for one in sorted(entries, key=lambda one: one.seq)] != list(range(1, len(entries) + 1)):
            problems.append(f"the chain to {org} has gaps")
    return problems + half_files(places, "handed_in", sorted((place / STICK).glob("999999-01*.shakyo")))


def approve(place: Path, say: Say) -> None:
    """The numbers of two districts are typed; who has none waiting any more is done."""
    services = open_place(place)
    say("opened")
    for org in HELD:
        number = (place / f"number-{org}.txt").read_text()
        try:
            services.registrations.approve_matching(org, number)
        except WrongNumber:  # nothing of it waits any more
            continue
        say(org)
    services.close()


def approval_is_kept(services: Services, reports: list[Any], place: Path, _places: Places) -> list[str]:
    """Who was reported is registered and its file is here; nobody's file is gone."""
    problems = []
    waiting = {one.org for one in services.registrations.pending()}
    rows = {row.org: row for row in services.review.overview(YEAR)}
    for org in HELD:
        here = rows[org].package_id is not None
        if org in reports and not here:
            problems.append(f"reported as taken in: {org}")
        if not here and org not in waiting:
            problems.append(f"neither here nor waiting: {org}")
    return problems


def compile_year(place: Path, say: Say) -> None:
    """A compilation is made once; its documents are written into a folder."""
    services = open_place(place)
    say("opened")
    made = services.compilation.newest(PLAN, YEAR)
    if made is None:
        made = services.compilation.compile(PLAN, YEAR, include_unconfirmed=True)
    say(("compiled", made.id))
    for one in services.compilation_papers.write(made, PAPERS, place / STICK):
        say(("written", one.file.path.name, one.file.sha256))
    services.close()


def compilation_is_kept(services: Services, reports: list[Any], place: Path, _places: Places) -> list[str]:
    """One version, the reported one; documents that were reported are there as they were proven."""
    from shakyo_desktop.services.copy_file import file_digest

    versions = services.compilation.versions(PLAN, YEAR)
    compiled = [one[1] for one in reports if one[0] == "compiled"]
    problems = [f"lost: compilation {one}" for one in compiled if one not in {v.id for v in versions}]
    if len(versions) > 1:
        problems.append("it was compiled twice")
    for one in reports:
        if one[0] == "written" and file_digest(place / STICK / one[1]) != one[2]:
            problems.append(f"not as it was proven: {one[1]}")
    return problems
