"""A city above the ward of the loop, begun and joined, and one district's report compiled for it."""

from pathlib import Path

from shakyo_desktop.domain.compilation import WardCompilation
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.records import PHOTOS, RecordRef
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.services.founding import found_office
from shakyo_desktop.services.known_organisations import FICTIONAL_CITY
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.verdicts import Verdict
from tests.services.loop.world import ITEM, KEY_FILE, PLAN, WARD, YEAR, World

CITY = FICTIONAL_CITY.code


class CityWorld(World):
    """The loop's world with a folder ``city``."""

    @property
    def city(self) -> Services:
        return self.at("city")

    def found_city(self) -> None:
        found_office(self.root / "city", FICTIONAL_CITY, "みほん 市職員", KEY_FILE, self.clock)

    def city_setup(self) -> Path:
        """The city's newest setup on the stick."""
        self.city.setups.issue()
        return self.city.setups.write(self.stick).path

    def slip(self, ward: str = WARD) -> str:
        """The number on a ward's slip."""
        return next(number for code, _, number in self.city.setups.slip_numbers() if code == ward)

    def join_city(self) -> None:
        """The ward takes the city's setup in."""
        self.ward.setups.accept_new_office_key(self.city_setup().read_bytes(), self.slip())

    def compile(self, *, approved: bool = True) -> WardCompilation:
        """The next version over every report that is here, verified by the council unless it is not."""
        self.clock.turn(minutes=1)
        compilations = self.ward.compilation
        made = compilations.compile(PLAN, YEAR, include_unconfirmed=True)
        if approved:
            compilations.write_council(made.id, "held_on", self.ward.context.today())
            compilations.approve(made.id)
        return compilations.get(made.id)

    def send(self, *, approved: bool = True) -> Path:
        """The next version's file on the stick."""
        return self.write_report(self.freeze_report(approved=approved).package_id)

    def freeze_report(self, *, approved: bool = True) -> Submission:
        made = self.compile(approved=approved)
        return self.ward.ward_report.freeze(made.id, unverified=not approved)

    def write_report(self, package_id: str, name: str = "city") -> Path:
        """A version's file in a folder of the stick."""
        folder = self.stick / name
        folder.mkdir(parents=True, exist_ok=True)
        return self.ward.ward_report.write(package_id, folder).path

    def approve_ward(self) -> tuple[Verdict, ...]:
        """Type the number of the ward's cover sheet at the city."""
        number = self.ward.settings.check_number()
        self.clock.turn(minutes=1)
        return self.city.registrations.approve_matching(WARD, number)


def write_story(world: World, name: str, *, consent: bool = True, photo_consent: bool = True) -> None:
    """A good practice with a district's first photo."""
    recording = world.at(name).recording
    [photo] = recording.open_year(YEAR).records.photos
    practice = recording.new_practice(YEAR, PLAN, ITEM)
    ref = ref_of(practice)
    story = {"title": "歌でつながるサロン", "story": "歌の好きな人が\n集まりました。", "consent": consent}
    for field, value in {**story, "photo_ids": (photo.id,)}.items():
        recording.change(ref, field, value)
    recording.change(RecordRef(PHOTOS, photo.id), "consent", photo_consent)
