"""Who works here, which years can be chosen, and how the store opens."""

from datetime import UTC, datetime

import pytest

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import BadInput, NotReady, StoreLocked
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.recording import RecordingService
from shakyo_desktop.services.settings import SettingsService
from shakyo_desktop.storage import key_slots
from tests.services.conftest import DISTRICT, PLAN_ID, STORE_KEY, WARD, Clock


@pytest.fixture
def settings(district: ServiceContext) -> SettingsService:
    return SettingsService(district)


def test_the_identity_is_what_the_store_was_founded_for(settings: SettingsService) -> None:
    who = settings.identity()
    assert (who.role, who.org, who.office) == (OrganisationKind.DISTRICT, DISTRICT, WARD)
    assert (who.person_name, who.practice) == ("見本花子", False)


def test_a_new_officers_name_stands_in_the_history_from_now_on(
    district: ServiceContext, settings: SettingsService
) -> None:
    settings.set_person_name(" 見本太郎\n")
    assert settings.identity().person_name == "見本太郎"
    activity = RecordingService(district).new_activity(2026, PLAN_ID, 9)
    assert activity.keyed_by == "見本太郎"


@pytest.mark.parametrize("name", ["", "　", "あ" * 41])
def test_a_name_must_be_there_and_short(settings: SettingsService, name: str) -> None:
    with pytest.raises(BadInput):
        settings.set_person_name(name)
    assert settings.identity().person_name == "見本花子"


def test_the_text_size_is_one_of_three(settings: SettingsService) -> None:
    assert settings.text_size() == "standard"
    settings.set_text_size("large")
    assert settings.text_size() == "large"
    with pytest.raises(ValueError, match="huge"):
        settings.set_text_size("huge")


@pytest.mark.parametrize(
    "moment, year",
    [
        (datetime(2027, 3, 31, 14, 59, tzinfo=UTC), 2026),
        (datetime(2027, 3, 31, 15, 0, tzinfo=UTC), 2027),  # midnight in Japan
    ],
)
def test_the_new_year_opens_by_itself_on_1_april_in_japan(
    settings: SettingsService, clock: Clock, moment: datetime, year: int
) -> None:
    clock.moment = moment
    assert settings.current_fiscal_year() == year
    assert settings.fiscal_years() == tuple(range(2022, year + 1))


def test_years_with_records_can_be_chosen_even_before_the_plan(
    district: ServiceContext, settings: SettingsService
) -> None:
    RecordingService(district).new_activity(2020, PLAN_ID, 9)
    assert settings.fiscal_years() == tuple(range(2020, 2027))


def test_folder_and_log_are_named(district: ServiceContext, settings: SettingsService) -> None:
    assert settings.data_dir() == district.data_dir
    assert settings.log_file().is_relative_to(district.data_dir)


class TestLocks:
    """The ways a store opens are thin over ``storage.key_slots``."""

    @pytest.fixture(autouse=True)
    def _slots(self, district: ServiceContext) -> None:
        key_slots.create_slots(district.data_dir, STORE_KEY)
        key_slots.add_recovery(district.data_dir, STORE_KEY)

    def kinds(self, settings: SettingsService) -> list[str]:
        return [way.kind for way in settings.lock_ways()]

    def test_a_passphrase_opens_the_store_until_it_is_removed(self, settings: SettingsService) -> None:
        settings.add_passphrase("みほんのことばです")
        assert self.kinds(settings) == ["recovery", "passphrase"]
        assert all(way.label and way.added_at for way in settings.lock_ways())
        assert key_slots.open_with_passphrase(settings.data_dir(), "みほんのことばです") == STORE_KEY
        settings.remove_passphrase()
        with pytest.raises(StoreLocked):
            key_slots.open_with_passphrase(settings.data_dir(), "みほんのことばです")

    def test_a_short_passphrase_is_refused(self, settings: SettingsService) -> None:
        with pytest.raises(BadInput):
            settings.add_passphrase("みほん")

    def test_an_unprotected_key_file_says_so(self, settings: SettingsService) -> None:
        settings.use_key_file()
        assert next(way for way in settings.lock_ways() if way.kind == "key_file").label.startswith(
            "守りなし"
        )
        assert key_slots.open_without_asking(settings.data_dir()) == STORE_KEY

    def test_asking_at_every_start_needs_a_passphrase_first(self, settings: SettingsService) -> None:
        settings.use_key_file()
        with pytest.raises(NotReady):
            settings.ask_at_start()
        settings.add_passphrase("みほんのことばです")
        settings.ask_at_start()
        assert self.kinds(settings) == ["recovery", "passphrase"]

    def test_the_key_ring_takes_the_place_of_the_key_file(
        self, settings: SettingsService, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        ring = Ring()
        monkeypatch.setattr("shakyo_desktop.storage.key_slots.ways.platform_key_ring", lambda: ring)
        settings.use_key_file()
        settings.use_key_ring()
        assert self.kinds(settings) == ["recovery", "key_ring"]
        assert key_slots.open_with_key_ring(settings.data_dir(), ring) == STORE_KEY


class Ring:
    """A key ring in memory."""

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))

    def set_password(self, service: str, name: str, value: str) -> None:
        self.kept[service, name] = value

    def delete_password(self, service: str, name: str) -> None:
        self.kept.pop((service, name), None)
