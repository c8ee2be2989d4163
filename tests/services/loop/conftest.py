"""Worlds made once and copied for each test: first starts and check numbers are slow on purpose."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.services.loop.world import EAST, YEAR, World, found_world


@pytest.fixture(scope="session")
def begun_world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """Both districts have begun; nothing was handed in."""
    with found_world(tmp_path_factory.mktemp("begun") / "world") as made:
        for name in ("east", "west"):
            made.at(name).settings.check_number()
        return made


@pytest.fixture(scope="session")
def registered_world(begun_world: World, tmp_path_factory: pytest.TempPathFactory) -> World:
    """East is registered and its first report is taken in."""
    with begun_world.copy(tmp_path_factory.mktemp("registered") / "world") as made:
        made.receive("ward", made.hand_in("east"))
        made.approve("east", EAST)
        return made


@pytest.fixture(scope="session")
def successor_world(registered_world: World, tmp_path_factory: pytest.TempPathFactory) -> World:
    """East's successor has begun on a new computer; nothing of it was handed in."""
    with registered_world.copy(tmp_path_factory.mktemp("successor") / "world") as made:
        made.begin("new", EAST, made.setup_file())
        made.at("new").recording.open_year(YEAR)
        made.at("new").settings.check_number()
        return made


@pytest.fixture
def new(successor_world: World, tmp_path: Path) -> Iterator[World]:
    """A world in which East's successor is ready on a new computer, and East's own still works."""
    with successor_world.copy(tmp_path / "world") as world:
        yield world


@pytest.fixture
def begun(begun_world: World, tmp_path: Path) -> Iterator[World]:
    """A world in which nothing was handed in yet."""
    with begun_world.copy(tmp_path / "world") as world:
        yield world


@pytest.fixture
def world(registered_world: World, tmp_path: Path) -> Iterator[World]:
    """A world in which East's first report is here."""
    with registered_world.copy(tmp_path / "world") as copied:
        yield copied
