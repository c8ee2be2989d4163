"""How many things wait on the other screens, told anew after something was decided."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.overview_rows import counts
from shakyo_desktop.services.overview import DistrictRow


def tell_counts(desk: Desk, failed: Callable[[ShakyoError], None], owner: QObject) -> None:
    """Read what waits and tell the numbers beside the screens' names."""
    year = desk.fiscal_year()

    def tell(rows: tuple[DistrictRow, ...]) -> None:
        for key, number in counts(rows).items():
            desk.count(key, number)

    desk.worker.run(lambda: desk.services.review.overview(year), tell, failed, owner)
