"""Where a district opens what a search found."""

from collections.abc import Callable

from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.records import RecordRef
from shakyo_desktop.gui.district.routing import ITEMS_SCREEN, screen_of
from shakyo_desktop.gui.district.targets import Place
from shakyo_desktop.services.search_hits import Found, Hit


def places(fiscal_year: Callable[[], int]) -> Callable[[Hit], tuple[str, object] | str]:
    """Returns what opens a hit: its field in the year that is written in, or words for another year."""

    def place_of(hit: Hit) -> tuple[str, object] | str:
        if hit.found_in is Found.PLAN_ITEMS:
            return ITEMS_SCREEN, (hit.plan_id, hit.item_number)
        if hit.fiscal_year is not None and hit.fiscal_year != fiscal_year():
            year = fiscal_year_name(hit.fiscal_year)
            return (
                f"これは{year}の記録です。\n"
                f"画面の上で年度を「{year}」に変えてから、もう一度さがしてください。"
            )
        if hit.found_in is Found.REQUESTS and not hit.record_id:
            return "replies", None
        return screen_of(hit.table), Place(RecordRef(hit.table, hit.record_id), hit.field)

    return place_of
