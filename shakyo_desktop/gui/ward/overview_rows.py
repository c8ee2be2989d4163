"""受付状況 as rows: cells, filters and the sentence about one district."""

from collections.abc import Callable, Sequence

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.gui.shared.row_list import Column, Row
from shakyo_desktop.gui.ward.words import days_words, report_mark, revision_words, short_day
from shakyo_desktop.services.overview import DistrictRow

COLUMNS = (
    Column("地区部会"),
    Column("状態", 140),
    Column("受取日", 124),
    Column("版", 144),
    Column("入力", 84, "right"),
    Column("気になる点", 116, "right"),
    Column("期限", 124),
    Column("返事", 76),
)
LESS_IMPORTANT = (2, 5)
"""Columns that step aside in narrow windows; the line about the chosen district says them too."""

Wanted = Callable[[DistrictRow], bool]

FILTERS: dict[str, tuple[str, Wanted]] = {
    "all": ("すべて", lambda row: True),
    "missing": ("未着", lambda row: row.state is None and not row.held),
    "held": ("登録・判断待ち", lambda row: row.held > 0),
    "received": ("確認待ち", lambda row: row.state is ReportState.RECEIVED),
    "requested": ("お願い中", lambda row: row.state is ReportState.REQUESTED),
    "accepted": ("確定", lambda row: row.state is ReportState.ACCEPTED),
}


def is_late(row: DistrictRow) -> bool:
    """Whether the district's date has passed."""
    return row.days_left is not None and row.days_left < 0


def list_rows(rows: Sequence[DistrictRow], wanted: str) -> list[Row]:
    """The rows that a filter lets through."""
    _, fits = FILTERS[wanted]
    return [_row(row) for row in rows if fits(row)]


def title_words(rows: Sequence[DistrictRow]) -> str:
    """12地区中 9地区 受取済."""
    if not rows:
        return "受付状況"
    received = sum(1 for row in rows if row.state is not None)
    return f"{len(rows)}地区中 {received}地区 受取済"


def counts(rows: Sequence[DistrictRow]) -> dict[str, int]:
    """How many things wait on the other screens, by screen."""
    return {
        "registrations": sum(row.held for row in rows),
        "review": sum(1 for row in rows if row.state is ReportState.RECEIVED),
        "answers": sum(1 for row in rows if answer_words(row) == "まだ"),
    }


def answer_words(row: DistrictRow) -> str:
    """Whether the answer to what was handed in was written to a stick."""
    if row.state not in (ReportState.ACCEPTED, ReportState.REQUESTED):
        return ""
    return "済み" if row.answer_written else "まだ"


def story(row: DistrictRow) -> str:
    """One sentence about where a district stands and what comes next."""
    parts = [_where(row)]
    if row.held:
        waits = "もう1つの版など、人の判断" if row.state else "登録の確認"
        parts.append(f"{waits}を待つファイルが{row.held}件あります。")
    if row.problems:
        parts.append(f"気になる点が{row.problems}件あります。")
    if row.open_requests:
        parts.append(f"確認のお願いが{row.open_requests}件出ています。")
    return "".join(parts)


def _where(row: DistrictRow) -> str:
    if row.state is None:
        late = f"期限を{-(row.days_left or 0)}日過ぎています。" if is_late(row) else ""
        return "" if row.held else f"まだ届いていません。{late}"
    when = short_day(row.received_at)
    match row.state:
        case ReportState.ACCEPTED:
            next_step = "返事は渡しました。" if row.answer_written else "返事をまだ渡していません。"
        case ReportState.REQUESTED:
            next_step = "直した報告を待っています。" if row.answer_written else "返事をまだ渡していません。"
        case _:
            next_step = "内容をまだ確認していません。"
    return f"{when}に{revision_words(row.revision, row.stage)}を受け取りました。{next_step}"


def _row(row: DistrictRow) -> Row:
    received = row.state is not None
    return Row(
        row.org,
        (
            row.name,
            report_mark(row.state, row.held),
            short_day(row.received_at),
            revision_words(row.revision, row.stage),
            f"{row.entered}/{row.expected}" if received else "",
            f"{row.problems}件" if row.problems else "",
            days_words(row.days_left),
            answer_words(row),
        ),
        tone="problem" if is_late(row) and not received else "plain",
    )
