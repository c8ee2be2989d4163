"""Worlds with a city, made once and copied for each test."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.city.world import CityWorld, write_story
from tests.services.loop.world import EAST, found_world


@pytest.fixture(scope="session")
def founded_world(tmp_path_factory: pytest.TempPathFactory) -> CityWorld:
    """East is registered and has told a story; the city has begun and nobody has joined it."""
    root = tmp_path_factory.mktemp("city") / "world"
    with found_world(root) as loop:
        moment = loop.clock.moment
    with CityWorld(root) as made:
        made.clock.moment = moment
        write_story(made, "east")
        made.receive("ward", made.hand_in("east"))
        made.approve("east", EAST)
        made.found_city()
        made.city_setup()
        made.slip()
        made.ward.settings.check_number()
        return made


@pytest.fixture(scope="session")
def joined_world(founded_world: CityWorld, tmp_path_factory: pytest.TempPathFactory) -> CityWorld:
    """The ward has joined its city and sent nothing."""
    with founded_world.copy(tmp_path_factory.mktemp("joined") / "world") as made:
        made.join_city()
        return made


@pytest.fixture(scope="session")
def known_world(joined_world: CityWorld, tmp_path_factory: pytest.TempPathFactory) -> CityWorld:
    """The city has taken the ward's first report in; its file is ``stick/city``."""
    with joined_world.copy(tmp_path_factory.mktemp("known") / "world") as made:
        made.receive("city", made.send())
        made.approve_ward()
        return made


@pytest.fixture
def founded(founded_world: CityWorld, tmp_path: Path) -> Iterator[CityWorld]:
    """A world in which the ward has no city yet."""
    with founded_world.copy(tmp_path / "world") as world:
        yield world


@pytest.fixture
def joined(joined_world: CityWorld, tmp_path: Path) -> Iterator[CityWorld]:
    """A world in which the ward can send its first report."""
    with joined_world.copy(tmp_path / "world") as world:
        yield world


@pytest.fixture
def known(known_world: CityWorld, tmp_path: Path) -> Iterator[CityWorld]:
    """A world in which the ward's first report is at the city."""
    with known_world.copy(tmp_path / "world") as world:
        yield world
