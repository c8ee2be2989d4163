"""受付状況 as a table for other programs: one row per district, codes as text, ISO dates."""

from collections.abc import Iterable, Sequence

from shakyo_desktop.services.context import JAPAN
from shakyo_desktop.services.open_requests import OpenRequest
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
    "お知らせの日",
    "残り日数",
    "おくれ日数",
    "確認のお願い",
    "お願いの期限",
    "確認した人",
    "返事",
    "電話",
)
_WIDTHS = (14, 24, 16, 14, 8, 16, 12, 12, 14, 14, 16, 12, 14, 16, 16, 18, 10, 18)
_REQUESTS = (
    "コード",
    "地区部会",
    "取組項目",
    "記録",
    "欄",
    "お願いの内容",
    "期限",
    "お願いした日",
    "日数",
    "おくれ日数",
)
_REQUEST_WIDTHS = (14, 24, 28, 24, 16, 48, 14, 16, 10, 14)


def overview_csv(rows: Iterable[DistrictRow]) -> bytes:
    """The rows as CSV (UTF-8 with a byte order mark); what is not there yet is empty, never 0."""
    from shakyo_desktop.documents.csv_table import write_csv

    return write_csv(HEADINGS, map(_cells, rows)).data


def overview_workbook(rows: Sequence[DistrictRow], requests: Iterable[OpenRequest]) -> bytes:
    """The rows and the requests that wait as an Excel workbook of two sheets, one value per cell."""
    from shakyo_desktop.documents.excel_table import SheetContent, write_workbook

    names = {row.org: row.name for row in rows}
    waiting = [_request_cells(one, names.get(one.org, one.org)) for one in requests]
    return write_workbook(
        (
            SheetContent("受付状況", HEADINGS, [_cells(row) for row in rows], _WIDTHS),
            SheetContent("確認のお願い", _REQUESTS, waiting, _REQUEST_WIDTHS),
        )
    )


def _cells(row: DistrictRow) -> tuple[object, ...]:
    received = row.received_at.astimezone(JAPAN).date().isoformat() if row.received_at else None
    here = row.package_id is not None
    return (
        row.org,
        row.name,
        row.desk.label,
        received,
        row.revision,
        row.stage.label if row.stage else None,
        row.entered if here else None,
        row.expected,
        row.problems if here else None,
        row.due.isoformat() if row.due else None,
        row.reminder.isoformat() if row.reminder else None,
        row.days_left,
        row.days_late if row.due else None,
        row.open_requests if here else None,
        row.requests_due.isoformat() if row.requests_due else None,
        row.checked_by or None,
        "済み" if row.answer_written else None,
        row.telephone or None,
    )


def _request_cells(one: OpenRequest, name: str) -> tuple[object, ...]:
    return (
        one.org,
        name,
        one.item or None,
        one.place or None,
        one.field or None,
        one.text,
        one.due.isoformat() if one.due else None,
        one.asked_at.astimezone(JAPAN).date().isoformat(),
        one.days,
        one.days_late,
    )
