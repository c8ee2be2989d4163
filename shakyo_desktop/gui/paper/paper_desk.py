"""What the screens about paper are given, in a district's window and in an office's."""

from collections.abc import Callable
from dataclasses import dataclass

from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.keeper import Keeper
from shakyo_desktop.gui.shared.printing import Printer
from shakyo_desktop.services.registry import Services


@dataclass(frozen=True)
class PaperDesk:
    """``fiscal_year`` answers with the year in the header; ``office`` is True where there are districts.

    ``keeper`` stores what is keyed, for the window's badge. ``records_changed`` is called after paper went
    into the records, so that other screens read them anew.
    """

    services: Services
    worker: BackgroundWorker
    fiscal_year: Callable[[], int]
    printer: Printer
    keeper: Keeper
    office: bool = False
    records_changed: Callable[[], None] = lambda: None
