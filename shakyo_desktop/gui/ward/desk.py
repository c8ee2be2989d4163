"""What every screen of the ward office is given: services, the worker, the year, a printer."""

from collections.abc import Callable
from dataclasses import dataclass

from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.keeper import Keeper
from shakyo_desktop.gui.shared.printing import Printer
from shakyo_desktop.gui.ward.members import DISTRICTS, Members
from shakyo_desktop.services.registry import Services


def _nobody(_key: str, _count: int) -> None:
    """Where nobody shows the numbers."""


@dataclass(frozen=True)
class Desk:
    """``fiscal_year`` answers with the year that is chosen in the header now.

    ``count`` is told how many things wait on a screen, for the number beside its name. ``keeper`` stores what
    is typed and tells the window's badge; None where no window shows it. ``members`` are who reports to it.
    """

    services: Services
    worker: BackgroundWorker
    fiscal_year: Callable[[], int]
    printer: Printer
    count: Callable[[str, int], None] = _nobody
    keeper: Keeper | None = None
    members: Members = DISTRICTS
