"""The items of a report as a list: state, name, and how much there is to look at."""

from collections.abc import Sequence

from shakyo_desktop.gui.shared.marks import Mark, state_mark
from shakyo_desktop.gui.shared.row_list import Column, Row
from shakyo_desktop.gui.ward.review.report_pages import ItemPage
from shakyo_desktop.services.review import ReportView

WHOLE = "whole"
LEGEND = "⚠ 気になる点　変 変わったところ　願 お願い"
_WARDS = Mark("区", "区事務所が報告", "#1a1a1a", "#ffffff")
ROW_HEIGHT = 56
COLUMNS = (Column("", 44), Column("項目"), Column("注目", 72, "right"))


def list_rows(view: ReportView, pages: Sequence[ItemPage]) -> list[Row]:
    """報告全体, then every item under its plan's name when there are several plans."""
    waiting = sum(1 for one in view.problems if not one.answered)
    whole = (
        "",
        "報告全体",
        _counts(waiting, len(view.differences), len(view.comments)),
    )
    rows = [Row(WHOLE, whole, tone="strong")]
    plan_id = ""
    for page in pages:
        if page.plan.id != plan_id and len(view.plans) > 1:
            rows.append(Row(("plan", page.plan.id), (page.plan.nickname or page.plan.name,), section=True))
        plan_id = page.plan.id
        rows.append(_row(page))
    return rows


def _row(page: ItemPage) -> Row:
    mark = _WARDS if page.is_wards else state_mark(page.status.state if page.status else None)
    sign = Mark(mark.symbol, "", mark.ink, mark.ground, mark.hatched)
    waiting = sum(1 for one in page.problems if not one.answered)
    counts = _counts(waiting, len(page.differences), len(page.comments))
    name = f"{page.item.number} {page.item.name}"
    spoken = f"{name} {mark.words} {_spoken(waiting, len(page.differences), len(page.comments))}"
    return Row(page.key, (sign, name, counts), spoken=spoken.strip())


def _counts(problems: int, changes: int, requests: int) -> str:
    parts = ((f"⚠{problems}", problems), (f"変{changes}", changes), (f"願{requests}", requests))
    return " ".join(words for words, count in parts if count)


def _spoken(problems: int, changes: int, requests: int) -> str:
    parts = (
        (f"気になる点{problems}件", problems),
        (f"変わったところ{changes}か所", changes),
        (f"お願い{requests}件", requests),
    )
    return " ".join(words for words, count in parts if count)
