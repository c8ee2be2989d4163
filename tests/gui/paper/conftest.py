"""The screens about paper over copies of real stores; work is done at once."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shakyo_desktop.gui.paper.paper_desk import PaperDesk
from shakyo_desktop.gui.shared.background import ImmediateWorker
from shakyo_desktop.gui.shared.keeper import Keeper
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.services.registry import Services
from tests.gui.loop_world import YEAR, Loop


@pytest.fixture
def desk(loop: Loop, tmp_path: Path) -> Iterator[Callable[[str], PaperDesk]]:
    """A desk over a copy of a store of the loop, by its name."""
    opened: list[Services] = []

    def over(name: str) -> PaperDesk:
        opened.append(loop.open_copy(name, tmp_path))
        worker, office = ImmediateWorker(), name == "ward"
        keeper = Keeper(opened[-1].context, worker)
        return PaperDesk(opened[-1], worker, lambda: YEAR, RecordingPrinter(), keeper, office=office)

    yield over
    for services in opened:
        services.close()
