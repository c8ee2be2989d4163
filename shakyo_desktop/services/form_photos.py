"""The photos that go with a filled diary sheet, in the order of its rows."""

from typing import TYPE_CHECKING

from shakyo_desktop.domain.dates import short_era_date
from shakyo_desktop.domain.forms.activity_sheet import ROWS
from shakyo_desktop.domain.forms.values import activities_on_paper
from shakyo_desktop.domain.records import Activity, YearRecords
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.sent_packages import blob_loader

if TYPE_CHECKING:
    from shakyo_desktop.documents.pdf.photo_pages import SheetPhoto


def sheet_photos(
    context: ServiceContext, year: YearRecords, *, large: bool, pages: tuple[int, ...] = ()
) -> tuple["SheetPhoto", ...]:
    """Every photo of the activities on the chosen sheets, all when none is chosen.

    Args:
        large: one activity stands on a sheet, not twelve.
    """
    from shakyo_desktop.documents.pdf.photo_pages import SheetPhoto

    by_activity: dict[str, list[SheetPhoto]] = {}
    places = {one.id: _place(index, large) for index, one in enumerate(activities_on_paper(year))}
    diary = {one.id: one for one in year.activities}
    for photo in sorted(year.photos, key=lambda one: (one.position, one.id)):
        page, words = places.get(photo.activity_id, (0, ""))
        if not page or (pages and page not in pages):
            continue
        made = SheetPhoto(
            row=words,
            day=_day(diary[photo.activity_id]),
            caption=photo.caption,
            consent=photo.consent,
            width=photo.width,
            height=photo.height,
            load=blob_loader(context, photo.sha256),
        )
        by_activity.setdefault(photo.activity_id, []).append(made)
    return tuple(one for activity_id in places for one in by_activity.get(activity_id, ()))


def _place(index: int, large: bool) -> tuple[int, str]:
    """The sheet an activity stands on, and where on it in words."""
    if large:
        return index + 1, f"{index + 1}枚目の写真"
    return index // ROWS + 1, f"{index // ROWS + 1}枚目　行{index % ROWS + 1}の写真"


def _day(activity: Activity) -> str:
    if activity.held_on is not None:
        when = short_era_date(activity.held_on)
    else:
        when = f"{int(activity.month[5:])}月計" if activity.month else "日付なし"
    return "　".join(part for part in (when, activity.venue) if part)
