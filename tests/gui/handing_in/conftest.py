"""A district's home, handing in and answers over copies of real stores; work is done at once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget

from shakyo_desktop.services.registry import Services
from tests.gui.loop_world import Loop


@pytest.fixture
def open_district(loop: Loop, tmp_path: Path) -> Iterator[Callable[[str], Services]]:
    """Opens copies of the district's store, and closes them."""
    opened: list[Services] = []

    def open_copy(name: str) -> Services:
        opened.append(loop.open_copy(name, tmp_path))
        return opened[-1]

    yield open_copy
    for services in opened:
        services.close()


@pytest.fixture
def asked() -> Callable[[QWidget], list[tuple[str, object]]]:
    """Collects what a screen asks the window to show."""

    def collect(screen: QWidget) -> list[tuple[str, object]]:
        found: list[tuple[str, object]] = []
        screen.screen_requested.connect(lambda key, target: found.append((key, target)))
        return found

    return collect
