"""A ward, a district and the files that travel between them, made once and copied for every test."""

import random
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.demo.writing import ask_for_correction, write_year
from shakyo_desktop.domain.codes import Assembly, Stage
from shakyo_desktop.services.founding import LockChoice, confirm_recovery, found_office, join
from shakyo_desktop.services.known_organisations import FICTIONAL_WARD
from shakyo_desktop.services.registry import Services

KEY_FILE = LockChoice(frozenset({"key_file"}))
NOW = datetime(2026, 9, 12, 5, 0, tzinfo=UTC)
YEAR = 2026
NAMES = ("みほん東地区部会", "みほん西地区部会")
EAST = f"{FICTIONAL_WARD.code}-01"


def moment() -> datetime:
    """Saturday 12 September 2026, 14:00 in Japan."""
    return NOW


@dataclass(frozen=True)
class Office:
    """A ward's closed store, its setup file, and the number on every district's slip."""

    folder: Path
    setup: Path
    numbers: dict[str, str]


@dataclass(frozen=True)
class Loop:
    """みほん東 before it handed anything in and after, the office's answer with a request, and the office."""

    office: Office
    written: Path
    handed_in: Path
    answer: Path
    ward: Path

    def open_copy(self, name: str, folder: Path) -> Services:
        """A copy of a store to work on; the caller closes it."""
        target = folder / name
        shutil.copytree(getattr(self, name), target)
        return open_services(target, clock=moment)


def make_office(folder: Path) -> Office:
    """A ward with two districts that issued its setup file."""
    begun = found_office(folder / "ward", FICTIONAL_WARD, "みほん 事務", KEY_FILE, moment)
    confirm_recovery(folder / "ward", begun.recovery_identity, moment)
    ward = open_services(folder / "ward", clock=moment)
    for name in NAMES:
        ward.roster.add(name)
    ward.setups.issue()
    setup = ward.setups.write(folder).path
    numbers = {name: number for _, name, number in ward.setups.slip_numbers()}
    ward.close()
    return Office(folder / "ward", setup, numbers)


def make_loop(folder: Path, office: Office) -> Loop:
    """One round: hand in, approve, ask."""
    ward_dir = folder / "ward"
    shutil.copytree(office.folder, ward_dir)
    place = folder / "district"
    begun = join(
        place, office.setup.read_bytes(), EAST, office.numbers[NAMES[0]], "みほん 花子", KEY_FILE, moment
    )
    confirm_recovery(place, begun.recovery_identity, moment)
    district = open_services(place, clock=moment)
    write_year(district, 12, 1, random.Random(7))
    for problem in district.checking.problems(YEAR, Stage.INTERIM):
        if problem.level == "soft" and not problem.answered:
            district.checking.answer(problem, "みほんのデータのため")
    number = district.settings.check_number()
    district.close()
    shutil.copytree(place, folder / "written")
    district = open_services(place, clock=moment)
    submission = district.submission.freeze(YEAR, Stage.INTERIM, Assembly.NONE, "みほん 部会長")
    report = district.submission.write(submission.package_id, folder).path
    district.close()
    shutil.copytree(place, folder / "handed_in")
    ward = open_services(ward_dir, clock=moment)
    ward.intake.receive([report])
    ward.registrations.approve_matching(EAST, number)
    row = next(one for one in ward.review.overview(YEAR) if one.org == EAST)
    ask_for_correction(ward, row.package_id)
    asked = ward.answers.write(folder, [one.answer_id for one in ward.answers.ready()])[0].path
    answer = asked.rename(folder / "asked.shakyo")
    ward.close()
    return Loop(office, folder / "written", folder / "handed_in", answer, ward_dir)
