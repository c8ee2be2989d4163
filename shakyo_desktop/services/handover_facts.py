"""What both kinds of 引継書 say: the coming year's dates and the newest copy."""

from datetime import date, datetime, timedelta

from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.generations import GenerationService
from shakyo_desktop.storage.stores import Stores

_YEAR = timedelta(days=366)


def calendar_ahead(stores: Stores, today: date) -> tuple[tuple[date, str], ...]:
    """The dates of the coming year that the office decided, earliest first."""
    ahead = [one for one in stores.organisations.full_schedule() if today <= one.due <= today + _YEAR]
    return tuple(sorted((one.due, one.name) for one in ahead))


def newest_copy(context: ServiceContext, stores: Stores) -> str:
    """When the newest copy was made and its file's name; those count that are made by themselves."""
    automatic = GenerationService(context).newest_good()
    found = [(automatic.at, f"このパソコンの中の {automatic.path.name}")] if automatic else []
    found += [
        (datetime.fromisoformat(row["at"]), str(row["file_name"]))
        for row in stores.settings.get("copies", [])
    ]
    if not found:
        return "作っていません"
    at, name = max(found)
    return f"{name}（{era_timestamp(at)}）"
