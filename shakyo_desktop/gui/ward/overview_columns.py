"""The columns of 受付状況: what a cell says, and what its column is sorted by."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from shakyo_desktop.domain.dates import short_era_date
from shakyo_desktop.domain.desk_states import DeskState
from shakyo_desktop.gui.shared.row_list import Cell, Column, Row
from shakyo_desktop.gui.ward.words import days_words, desk_mark, revision_words, short_day
from shakyo_desktop.services.overview import DistrictRow

_ORDER = tuple(DeskState)


@dataclass(frozen=True, slots=True)
class DeskColumn:
    """A column; ``key`` is None for a district that has no such value, which always comes last."""

    column: Column
    cell: Callable[[DistrictRow], Cell]
    key: Callable[[DistrictRow], Any]


def _name(row: DistrictRow) -> str:
    return f"{row.name}（代行入力）" if row.proxy else row.name


COLUMNS = (
    DeskColumn(Column("地区部会"), _name, lambda row: row.org),
    DeskColumn(
        Column("状態", 168), lambda row: desk_mark(row.desk, row.held), lambda row: _ORDER.index(row.desk)
    ),
    DeskColumn(Column("受取日", 124), lambda row: short_day(row.received_at), lambda row: row.received_at),
    DeskColumn(
        Column("版", 144), lambda row: revision_words(row.revision, row.stage), lambda row: row.revision
    ),
    DeskColumn(
        Column("入力", 88, "right"),
        lambda row: f"{row.entered}/{row.expected}" if row.package_id else "",
        lambda row: row.entered if row.package_id else None,
    ),
    DeskColumn(
        Column("期限", 124), lambda row: short_era_date(row.due) if row.due else "", lambda row: row.due
    ),
    DeskColumn(Column("残り", 124), lambda row: days_words(row.days_left), lambda row: row.days_left),
    DeskColumn(
        Column("お願い", 92, "right"),
        lambda row: f"{row.open_requests}件" if row.open_requests else "",
        lambda row: row.open_requests or None,
    ),
    DeskColumn(Column("電話", 190), lambda row: row.telephone, lambda row: row.telephone or None),
)
NEEDED = {2: 1100, 3: 1260, 8: 1100}
"""Columns that step aside in narrow windows, and the width from which they are there; the line about the
chosen district says them too."""


def in_order(rows: Sequence[DistrictRow], column: int | None, descending: bool) -> list[DistrictRow]:
    """The rows by a column, in the order of the roster where they are alike; None: as the roster has them."""
    if column is None:
        return list(rows)
    key = COLUMNS[column].key
    known = [row for row in rows if key(row) is not None]
    return [*sorted(known, key=key, reverse=descending), *(row for row in rows if key(row) is None)]


def list_row(row: DistrictRow) -> Row:
    """A district's line; a late one without a report is coloured, and says so too."""
    late = row.days_late > 0 and row.state is None
    return Row(row.org, tuple(one.cell(row) for one in COLUMNS), tone="problem" if late else "plain")
