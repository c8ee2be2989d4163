"""A ward's open store in which many districts have reported, for screens that show all of them."""

from shakyo_desktop.bootstrap import wire_services
from shakyo_desktop.domain.codes import ImplementationState
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.registry import Services
from tests.services.reporting import YEAR, add_districts, code, hand_in, statuses_of

__all__ = ["YEAR", "reported_ward"]


def reported_ward(context: ServiceContext, districts: int) -> Services:
    """The last district has not reported, the others this year and the year before; the first is behind."""
    if districts:
        add_districts(context, districts)
    for number in range(1, districts):
        hand_in(context, number)
        earlier = statuses_of(code(number), YEAR - 1, state=ImplementationState.PARTIAL)
        hand_in(context, number, earlier, fiscal_year=YEAR - 1)
    return wire_services(context)
