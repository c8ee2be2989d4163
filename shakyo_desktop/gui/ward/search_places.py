"""Where the ward opens what a search found."""

from collections.abc import Callable

from shakyo_desktop.domain.compilation import FindingScope
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.gui.ward.targets import DistrictOf, NodeOf, PracticeOf, ReportOf
from shakyo_desktop.services.search_hits import Found, Hit

Opened = tuple[str, object] | str


def places(fiscal_year: Callable[[], int]) -> Callable[[Hit], Opened]:
    """Returns what opens a hit; what the ward wrote itself is opened in the year that is chosen."""

    def place_of(hit: Hit) -> Opened:
        match hit.found_in:
            case Found.ORGANISATIONS:
                return ("overview", DistrictOf(hit.org)) if "-" in hit.org else ("office", "roster")
            case Found.PLAN_ITEMS:
                return "office", "plans"
            case Found.GOOD_PRACTICES | Found.WORDINGS:
                return "practices", PracticeOf(hit.org, hit.fiscal_year or 0, hit.record_id)
        if hit.package_id is not None:
            item = (hit.plan_id, hit.item_number) if hit.plan_id and hit.item_number is not None else None
            return "review", ReportOf(hit.package_id, item)
        return _compiled(hit, fiscal_year())

    return place_of


def _compiled(hit: Hit, fiscal_year: int) -> Opened:
    """A finding, or an item of the ward office: both are written in its 取りまとめ."""
    if hit.fiscal_year != fiscal_year:
        year = fiscal_year_name(hit.fiscal_year or 0)
        return (
            f"これは{year}の取りまとめの文です。\n"
            f"画面の上で年度を「{year}」に変えてから、もう一度さがしてください。"
        )
    if hit.found_in is Found.FINDINGS:
        return "compilation", NodeOf(hit.field, hit.item_number or 0)
    return "compilation", NodeOf(FindingScope.ITEM.value, hit.item_number or 0)
