"""On which screen a record is written."""

from shakyo_desktop.domain.records import ACTIVITIES, PHOTOS

ITEMS_SCREEN, DIARY_SCREEN = "items", "diary"


def screen_of(table: str) -> str:
    """Return the key of the screen whose form shows a table's records."""
    return DIARY_SCREEN if table in (ACTIVITIES, PHOTOS) else ITEMS_SCREEN
