"""受付状況 as a table for other programs: one row per district, codes as text, ISO dates."""

from collections.abc import Iterable

from shakyo_desktop.services.context import JAPAN
from shakyo_desktop.services.overview import DistrictRow

HEADINGS = (
    "コード",
    "地区部会",
    "状態",
    "受取日",
    "版",
    "報告の種類",
    "入力済み",
    "項目数",
    "気になる点",
    "期限",
    "残り日数",
    "確認のお願い",
    "返事",
    "電話",
)


def overview_csv(rows: Iterable[DistrictRow]) -> bytes:
    """The rows as CSV (UTF-8 with a byte order mark); what is not there yet is empty, never 0."""
    from shakyo_desktop.documents.csv_table import write_csv

    return write_csv(HEADINGS, map(_cells, rows)).data


def _cells(row: DistrictRow) -> tuple[object, ...]:
    received = row.received_at.astimezone(JAPAN).date().isoformat() if row.received_at else ""
    here = row.package_id is not None
    return (
        row.org,
        row.name,
        row.state.label if row.state else ("登録待ち" if row.held else "未着"),
        received,
        row.revision or "",
        row.stage.label if row.stage else "",
        row.entered if here else "",
        row.expected,
        row.problems if here else "",
        row.due.isoformat() if row.due else "",
        row.days_left if row.days_left is not None else "",
        row.open_requests if here else "",
        "済み" if row.answer_written else "",
        row.telephone,
    )
