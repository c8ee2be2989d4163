"""The activities of one item, one row each."""

from collections import Counter

from shakyo_desktop.domain.codes import OutcomeState
from shakyo_desktop.domain.dates import month_name, short_era_date
from shakyo_desktop.domain.numbers import show_number
from shakyo_desktop.domain.records import Activity
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.ward.review.report_pages import ItemPage, activity_of
from shakyo_desktop.gui.ward.words import one_line
from shakyo_desktop.services.review import ReportView

_COLUMNS = (
    Column("日付", 100),
    Column("場所と内容"),
    Column("参加", 76, "right"),
    Column("担い手", 76, "right"),
    Column("写真", 60, "right"),
    Column("しるし", 88),
)
_ROW_HEIGHT = 60
"""Two lines of what was done."""


class ActivityList(RowList):
    """The page scrolls, not the list; the chosen activity is shown in full under it."""

    def __init__(self, view: ReportView, page: ItemPage) -> None:
        super().__init__(_COLUMNS, "活動記録", row_height=_ROW_HEIGHT)
        self.setWordWrap(True)
        photos = Counter(photo.activity_id for photo in view.records.photos)
        self.show_all_rows()
        self.set_rows([_row(one, view, page, photos[one.id]) for one in page.activities])


def _row(activity: Activity, view: ReportView, page: ItemPage, photos: int) -> Row:
    what = [activity.venue, one_line(activity.content)]
    if activity.outcome_state is not OutcomeState.HELD:
        what.insert(0, activity.outcome_state.label)
    return Row(
        activity.id,
        (
            _when(activity),
            "　".join(part for part in what if part),
            _people(activity.participants),
            _people(activity.helpers),
            f"{photos}枚" if photos else "",
            _marks(activity, view, page),
        ),
    )


def _when(activity: Activity) -> str:
    if activity.held_on:
        return short_era_date(activity.held_on)
    return month_name(activity.month).removeprefix("令和") if activity.month else "日付なし"


def _people(count: int | None) -> str:
    return f"{show_number(count)}人" if count is not None else ""


def _marks(activity: Activity, view: ReportView, page: ItemPage) -> str:
    marks = []
    problems = sum(1 for one in page.problems if one.ref and one.ref.id == activity.id and not one.answered)
    requests = sum(1 for one in page.comments if one.record_id == activity.id)
    if problems:
        marks.append(f"⚠{problems}")
    if view.previous is not None and activity_of(view.previous, activity.id) is None:
        marks.append("新しい")
    elif any(one.ref.id == activity.id for one in page.differences):
        marks.append("変更")
    if requests:
        marks.append(f"願い{requests}")
    return " ".join(marks)
