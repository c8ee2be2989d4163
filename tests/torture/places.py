"""Where the work begins: small stores of a fictional ward and its districts, copied for every kill."""

import shutil
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from pathlib import Path

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.demo.writing import ask_for_correction
from shakyo_desktop.domain.codes import Assembly, Stage
from shakyo_desktop.domain.records import ITEM_STATUSES, RecordRef
from shakyo_desktop.services.registry import Services
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.database import DATABASE_FILE
from tests.bench.data import YEAR, World, clock, make_district, make_world
from tests.bench.exchange_rows import answer_all, register
from tests.storage.conftest import KEY as OLD_KEY
from tests.torture.checking import DATA, STICK

OLD_STORE = Path(__file__).resolve().parents[1] / "storage" / "data" / "store-0001.db"
PLAN = "chiba-shakyo-7"
FILES = "files"
"""In a place: the files that arrive."""
COPY, COPY_SECRET = "copy.hikae", "recovery.txt"
REGISTERED, HELD = ("999999-01", "999999-02"), ("999999-03", "999999-04")


class Places:
    """Every beginning under one folder; each is made when it is first asked for."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def again(self, name: str, to: Path) -> Path:
        """A fresh copy of a beginning."""
        shutil.rmtree(to, ignore_errors=True)
        shutil.copytree(getattr(self, name), to)
        return to

    @cached_property
    def district(self) -> Path:
        """A district with a full year, every question answered, nothing handed in."""
        return self._place("district", self._of_first("written"))

    @cached_property
    def ward(self) -> Path:
        """A ward that received nothing yet; the files of three districts, of one twice, and a damaged one."""
        sent = self._sent
        place = self._place("ward", self._world.folder / "ward", sent)
        for file in (place / FILES).glob(f"{HELD[1]}*"):  # a number to work out costs half a second
            file.unlink()
        return place

    @cached_property
    def ward_with_reports(self) -> Path:
        """The same after receiving; one report is accepted, one sent back, two wait for their numbers."""
        place = self._place("ward-with-reports", self.ward / DATA, self._sent)
        ward = open_services(place / DATA, clock=clock)
        ward.intake.receive([place / FILES])
        first, second = (
            next(one for one in ward.review.overview(YEAR) if one.org == org) for org in REGISTERED
        )
        assert first.package_id
        ward.review.check(first.package_id)
        ward.review.accept(first.package_id)
        ask_for_correction(ward, second.package_id)
        ward.close()
        for org in HELD:
            shutil.copy(self._of_first(f"number-{org}.txt"), place)
        return place

    @cached_property
    def old_store(self) -> Path:
        """A store of the first version."""
        place = self._folder / "old-store"
        (place / DATA).mkdir(parents=True)
        (place / STICK).mkdir()
        shutil.copy(OLD_STORE, place / DATA / DATABASE_FILE)
        key_slots.create_slots(place / DATA, OLD_KEY)
        key_slots.add_key_file(place / DATA, OLD_KEY)
        return place

    @cached_property
    def handed_in(self) -> Path:
        """The first district after it handed in."""
        return self._place("handed-in-place", self._of_first("handed-in"))

    @cached_property
    def district_and_copy(self) -> Path:
        """The first district, and a copy of it made before it handed in."""
        place = self.again("handed_in", self._folder / "district-and-copy")
        shutil.copytree(self.empty / FILES, place / FILES)
        return place

    @cached_property
    def answered(self) -> Path:
        """The first district after it handed in, and the ward's answer to it."""
        ward_place = self.again("ward_with_reports", self._folder / "answering")
        ward = open_services(ward_place / DATA, clock=clock)
        ward.answers.write(ward_place / STICK)
        ward.close()
        place = self._place("answered", self._of_first("handed-in"))
        for file in (ward_place / STICK).glob("999999-01-answer*"):
            (place / FILES).mkdir(exist_ok=True)
            shutil.copy(file, place / FILES)
        return place

    @cached_property
    def empty(self) -> Path:
        """No store yet: the setup file, the number of a slip, and a copy of the first district."""
        place = self._of_first("empty")
        for name in (FILES, STICK):
            (place / name).mkdir(parents=True)
        (place / FILES / "setup.shakyo").write_bytes(self._world.setup)
        (place / FILES / "number.txt").write_text(self._world.numbers[REGISTERED[0]])
        shutil.copy(self._folder / COPY, place / FILES / COPY)
        shutil.copy(self._folder / COPY_SECRET, place / FILES / COPY_SECRET)
        return place

    def _of_first(self, name: str) -> Path:
        """Something that is kept while the files of all districts are made."""
        return self._sent.parent / name

    @cached_property
    def _world(self) -> World:
        world = make_world(self._folder / "world", districts=4)
        world.ward.close()
        return world

    @cached_property
    def _sent(self) -> Path:
        """The files of all districts; on the way the first district's own beginnings are kept."""
        out = self._folder / "sent"
        out.mkdir()
        ward = open_services(self._world.folder / "ward", clock=clock)
        world = replace(self._world, ward=ward)
        for at, org in enumerate((*REGISTERED, *HELD)):
            self._write_year(world, org, 20 + 10 * at)
            district = open_services(world.folder / org, clock=clock)
            hand_in(district, out)
            if org in REGISTERED:
                register(world, district)
            else:
                (self._folder / f"number-{org}.txt").write_text(district.settings.check_number())
            if org == REGISTERED[1]:
                correct(district, "直した文です。")
                hand_in(district, out)
            district.close()
        shutil.copytree(world.folder / REGISTERED[0], self._folder / "handed-in")
        ward.close()
        whole = next(out.glob("*.shakyo")).read_bytes()
        (out / "damaged.shakyo").write_bytes(whole[: len(whole) // 2])
        return out

    def _write_year(self, world: World, org: str, activities: int) -> None:
        district = make_district(world, org, activities, 2)
        answer_all(district)
        if org == REGISTERED[0]:
            district.backup.backup(self._folder / COPY)
            (self._folder / COPY_SECRET).write_text(district.settings.recovery_sheet().text)
        district.close()
        if org == REGISTERED[0]:
            shutil.copytree(world.folder / org, self._folder / "written")

    def _place(self, name: str, data: Path, files: Path | None = None) -> Path:
        place = self._folder / name
        shutil.copytree(data, place / DATA)
        (place / STICK).mkdir()
        if files is not None:
            shutil.copytree(files, place / FILES)
        return place


def correct(services: Services, text: str) -> None:
    """Change one item's text."""
    status = services.recording.status_for(YEAR, PLAN, 9)
    services.recording.change(RecordRef(ITEM_STATUSES, status.id), "outcome", text)


def hand_in(services: Services, folder: Path, say: Callable[[object], None] = lambda _: None) -> None:
    """Freeze the year as it is and write its file."""
    submission = services.submission.freeze(YEAR, Stage.INTERIM, Assembly.NONE, "みほん 部会長")
    say(("frozen", submission.package_id, submission.manifest, submission.seq))
    services.submission.write(submission.package_id, folder)
    say(("written", submission.package_id))
