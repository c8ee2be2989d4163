"""What tests of the ward's window share: a world made once, a copy of it for every test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from shakyo_desktop.gui.shared.background import ImmediateWorker
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.services.registry import Services
from tests.gui.ward.world import WEST, YEAR, World, make_world


@pytest.fixture(scope="session")
def world(tmp_path_factory: pytest.TempPathFactory) -> World:
    """The fictional ward and its districts' files."""
    return make_world(tmp_path_factory.mktemp("world"))


@pytest.fixture
def open_ward(world: World, tmp_path: Path) -> Iterator[Callable[[str], Services]]:
    """Opens copies of the ward's store, and closes them."""
    opened: list[Services] = []

    def open_copy(name: str) -> Services:
        opened.append(world.open_copy(name, tmp_path))
        return opened[-1]

    yield open_copy
    for services in opened:
        services.close()


@pytest.fixture
def busy(open_ward: Callable[[str], Services]) -> Desk:
    """A desk over the ward in September."""
    return desk_over(open_ward("busy"))


@pytest.fixture
def fresh(open_ward: Callable[[str], Services]) -> Desk:
    """A desk over the ward before anything came."""
    return desk_over(open_ward("fresh"))


def desk_over(services: Services) -> Desk:
    """A desk whose work is done at once."""
    return Desk(services, ImmediateWorker(), lambda: YEAR, RecordingPrinter())


@pytest.fixture
def asked() -> Callable[[QWidget], list[tuple[str, object]]]:
    """Collects what a screen asks the window to show."""

    def collect(screen: QWidget) -> list[tuple[str, object]]:
        found: list[tuple[str, object]] = []
        screen.screen_requested.connect(lambda key, target: found.append((key, target)))
        return found

    return collect


@pytest.fixture
def problem_report(busy: Desk, world: World) -> str:
    """みほん西's report, in which the checks find something, taken in."""
    verdicts = busy.services.registrations.approve_matching(WEST, world.numbers[WEST])
    return str(verdicts[0].package_id)
