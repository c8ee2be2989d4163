"""What the first start asks before it makes anything: whose slip, which lock, has the set-up ended."""

from pathlib import Path

import pytest

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.errors import Cancelled, StoreLocked, WrongNumber
from shakyo_desktop.services.founding import LockChoice, confirm_recovery, district_of, found_office, join
from shakyo_desktop.services.known_organisations import FICTIONAL_WARD
from shakyo_desktop.services.locks import key_ring_works
from shakyo_desktop.storage import key_slots
from tests.services.beginnings import KEY_FILE, clock


@pytest.fixture(scope="module")
def setup(tmp_path_factory: pytest.TempPathFactory) -> tuple[bytes, dict[str, str]]:
    """A setup file of two districts, and their slips' numbers."""
    folder = tmp_path_factory.mktemp("office")
    found_office(folder, FICTIONAL_WARD, "みほん 事務", KEY_FILE, clock)
    ward = open_services(folder, clock=clock)
    for name in ("みほん東地区部会", "みほん西地区部会"):
        ward.roster.add(name)
    ward.setups.issue()
    data = ward.setups.write(folder).path.read_bytes()
    numbers = {name: number for _, name, number in ward.setups.slip_numbers()}
    ward.close()
    return data, numbers


def test_a_slip_names_its_district(setup: tuple[bytes, dict[str, str]]) -> None:
    data, numbers = setup
    for name, number in numbers.items():
        assert district_of(data, number, clock).name == name


def test_a_number_of_no_slip_names_nobody(setup: tuple[bytes, dict[str, str]]) -> None:
    with pytest.raises(WrongNumber):
        district_of(setup[0], "123456789012", clock)


def test_looking_for_the_district_can_be_stopped(setup: tuple[bytes, dict[str, str]]) -> None:
    with pytest.raises(Cancelled):
        district_of(setup[0], "123456789012", clock, cancelled=lambda: True)


def test_set_up_has_ended_when_the_paper_was_typed_back(
    setup: tuple[bytes, dict[str, str]], tmp_path: Path
) -> None:
    data, numbers = setup
    begun = join(tmp_path, data, None, numbers["みほん東地区部会"], "みほん 花子", KEY_FILE, clock)
    services = open_services(tmp_path, clock=clock)
    assert not services.settings.is_set_up()
    assert confirm_recovery(tmp_path, begun.recovery_identity, clock)
    assert services.settings.is_set_up()
    services.close()


def test_a_passphrase_ends_the_set_up_too(tmp_path: Path) -> None:
    locks = LockChoice(frozenset({"passphrase"}), "はなみずきの咲く通り")
    found_office(tmp_path, FICTIONAL_WARD, "みほん 事務", locks, clock)
    services = open_services(tmp_path, lambda: "はなみずきの咲く通り", clock)
    assert services.settings.is_set_up()
    services.close()


class Ring:
    """A key ring that keeps, forgets or fails as it is told."""

    def __init__(self, *, fails: bool = False, forgets: bool = False) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.fails, self.forgets = fails, forgets

    def set_password(self, service: str, name: str, value: str) -> None:
        if self.fails:
            raise StoreLocked("no", code="store.no_key_ring")
        if not self.forgets:
            self.kept[service, name] = value

    def get_password(self, service: str, name: str) -> str | None:
        return self.kept.get((service, name))

    def delete_password(self, service: str, name: str) -> None:
        self.kept.pop((service, name), None)


@pytest.mark.parametrize(
    ("ring", "works"),
    [(Ring(), True), (Ring(fails=True), False), (Ring(forgets=True), False)],
    ids=["keeps", "fails", "forgets"],
)
def test_a_key_ring_is_offered_only_when_it_keeps(
    ring: Ring, works: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(key_slots, "platform_key_ring", lambda: ring)
    assert key_ring_works() is works
    assert ring.kept == {}
