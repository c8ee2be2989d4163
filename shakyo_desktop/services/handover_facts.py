"""What both kinds of 引継書 say: the coming year's dates and the newest copy."""

from datetime import date, datetime, timedelta

from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.storage.stores import Stores

_YEAR = timedelta(days=366)


def calendar_ahead(stores: Stores, today: date) -> tuple[tuple[date, str], ...]:
    """The dates of the coming year that the office decided, earliest first."""
    ahead = [one for one in stores.organisations.full_schedule() if today <= one.due <= today + _YEAR]
    return tuple(sorted((one.due, one.name) for one in ahead))


def newest_copy(stores: Stores) -> str:
    """When the newest copy was made and its file's name."""
    rows = stores.settings.get("copies", [])
    if not rows:
        return "作っていません"
    return f"{rows[0]['file_name']}（{era_timestamp(datetime.fromisoformat(rows[0]['at']))}）"
