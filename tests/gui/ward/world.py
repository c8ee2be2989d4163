"""A fictional ward with four districts, made once through the real services and copied for every test."""

import random
import shutil
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.demo.writing import ask_for_correction, correct_report, write_year
from shakyo_desktop.domain.codes import Assembly, Stage
from shakyo_desktop.domain.records import ITEM_STATUSES, RecordRef
from shakyo_desktop.services.founding import LockChoice, found_office, join
from shakyo_desktop.services.known_organisations import FICTIONAL_WARD
from shakyo_desktop.services.registry import Services

KEY_FILE = LockChoice(frozenset({"key_file"}))
NOW = datetime(2026, 9, 12, 5, 0, tzinfo=UTC)
YEAR = 2026
NAMES = ("みほん東地区部会", "みほん西地区部会", "みほん南地区部会", "みほん北地区部会")
EAST, WEST, SOUTH, NORTH = (f"{FICTIONAL_WARD.code}-{number:02d}" for number in range(1, 5))


def moment() -> datetime:
    """Saturday 12 September 2026, 14:00 in Japan."""
    return NOW


@dataclass(frozen=True)
class World:
    """Folders of stores nobody has open, and files as they come on sticks.

    ``fresh`` is the ward before any file was received. ``busy`` has a second revision of みほん東 to read,
    みほん西 waits for its number, みほん南 is accepted and みほん北 sent nothing. ``numbers`` are those
    of the cover sheets.
    """

    fresh: Path
    busy: Path
    files: dict[str, Path]
    numbers: dict[str, str]

    def other_version(self, folder: Path) -> Path:
        """みほん東's first report by a second laptop that has its store, and wrote a year of its own."""
        shutil.copytree(self.busy.parent / "second laptop", folder / "second laptop")
        services = open_services(folder / "second laptop", clock=moment)
        write_year(services, 6, 1, random.Random(5))
        plan = services.plans.plans()[0]
        status = services.recording.status_for(YEAR, plan.id, 1)
        services.recording.change(RecordRef(ITEM_STATUSES, status.id), "outcome", "二台目の成果")
        (folder / "other version").mkdir()
        file = hand_in(services, folder / "other version")
        services.close()
        return file

    def open_copy(self, name: str, folder: Path) -> Services:
        """A copy of a ward's store to work on; the caller closes it."""
        target = folder / name
        shutil.copytree(getattr(self, name), target)
        return open_services(target, clock=moment)


def make_world(folder: Path) -> World:
    """Everything a ward sees until September (some seconds)."""
    ward_dir = folder / "ward"
    found_office(ward_dir, FICTIONAL_WARD, "みほん 事務", KEY_FILE, moment)
    ward = open_services(ward_dir, clock=moment)
    for number, name in enumerate(NAMES, start=1):
        ward.roster.add(name, f"043-000-000{number}", f"みほん 担当{number}")
    ward.setups.issue()
    setup = ward.setups.write(folder).path.read_bytes()
    numbers = {org: number for org, _, number in ward.setups.slip_numbers([EAST, WEST, SOUTH])}
    ward.close()
    shutil.copytree(ward_dir, folder / "fresh")
    places = {org: folder / org for org in numbers}
    for org, number in numbers.items():
        join(places[org], setup, org, number, "みほん 記録係", KEY_FILE, moment)
    for laptop in ("other laptop", "second laptop"):
        shutil.copytree(places[EAST], folder / laptop)
    districts = {org: open_services(place, clock=moment) for org, place in places.items()}
    ward = open_services(ward_dir, clock=moment)
    files, cover = _exchange(folder, ward, districts)
    other = open_services(folder / "other laptop", clock=moment)
    (folder / "fork").mkdir()
    files["fork"] = hand_in(other, folder / "fork")
    for services in (ward, other, *districts.values()):
        services.close()
    return World(folder / "fresh", ward_dir, files, cover)


def _exchange(
    folder: Path, ward: Services, districts: dict[str, Services]
) -> tuple[dict[str, Path], dict[str, str]]:
    files: dict[str, Path] = {}
    for org, services in districts.items():
        write_year(services, 30, 3, random.Random(org))
        if org == WEST:
            type_over_a_total(services)
        files[org] = hand_in(services, folder)
    cover = {org: services.settings.check_number() for org, services in districts.items()}
    ward.intake.receive(list(files.values()))
    for org in (EAST, SOUTH):
        ward.registrations.approve_matching(org, cover[org])
    rows = {row.org: row.package_id for row in ward.review.overview(YEAR)}
    ward.review.accept(str(rows[SOUTH]))
    ask_for_correction(ward, rows[EAST])
    answers = [row.answer_id for row in ward.answers.ready() if row.org == EAST]
    written = ward.answers.write(folder, answers)
    east = districts[EAST]
    east.intake.receive([file.path for file in written])
    correct_report(east)
    files["second"] = hand_in(east, folder)
    ward.intake.receive([files["second"]])
    damaged = bytearray(files[WEST].read_bytes())
    damaged[len(damaged) // 2] ^= 1
    files["damaged"] = folder / "damaged.shakyo"
    files["damaged"].write_bytes(bytes(damaged))
    files["foreign"] = folder / "memo.txt"
    files["foreign"].write_text("<b>みほん</b>", encoding="utf-8")
    return files, cover


def type_over_a_total(services: Services) -> None:
    """A figure that differs from the diary: the checks ask for a reason."""
    plan = services.plans.plans()[0]
    status = services.recording.status_for(YEAR, plan.id, 1)
    services.recording.change(RecordRef(ITEM_STATUSES, status.id), "typed_totals.person_times", 9999)


def hand_in(services: Services, folder: Path) -> Path:
    """Freeze the year as it is and write its file."""
    for problem in services.checking.problems(YEAR, Stage.INTERIM):
        if problem.level == "soft" and not problem.answered:
            services.checking.answer(problem, "みほんのデータのため")
    submission = services.submission.freeze(YEAR, Stage.INTERIM, Assembly.NONE, "みほん 部会長")
    return services.submission.write(submission.package_id, folder).path
