"""An earlier year taken from a table: what each row says of a record, set against what is held already.

A cell that is empty says nothing: it never empties a field. A value that somebody wrote is never replaced
unless a person chooses so. Source: the product page, "Years".
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from shakyo_desktop.domain.codes import Granularity, LabelledCode
from shakyo_desktop.domain.field_values import get_field
from shakyo_desktop.domain.records import ITEM_STATUSES, Activity, ItemStatus
from shakyo_desktop.domain.text import fold_name

TypedOver = Mapping[tuple[str, str, int], Mapping[str, int]]
"""What the diary counts, by district, plan and item: a total of the table is compared with it as well."""

_BLANK: tuple[Any, ...] = (None, "", ())


@dataclass(frozen=True, slots=True, kw_only=True)
class TableRecord:
    """What one row states of one record, by field name. ``when`` is an activity's ISO date or month.

    ``address`` is the cell that names the item, ``addresses`` are those of the values. ``org`` is empty where
    the table is one district's own.
    """

    address: str
    plan_id: str
    item_number: int
    table: str
    values: Mapping[str, Any]
    addresses: Mapping[str, str]
    org: str = ""
    when: str = ""


class Standing(LabelledCode):
    """How a value of the table stands to what is held."""

    NEW = "new", "新しく入る"
    SAME = "same", "今と同じ"
    OTHER = "other", "今とちがう"


@dataclass(frozen=True, slots=True)
class FieldLine:
    """One value of the table. ``now`` is the value held, or the text that could not be read."""

    field: str
    standing: Standing
    wanted: Any
    now: Any
    address: str


@dataclass(frozen=True, slots=True)
class RecordLine:
    """One row of the table with the record it is about; ``before`` is None where there is none yet."""

    row: TableRecord
    before: ItemStatus | Activity | None
    fields: tuple[FieldLine, ...]

    @property
    def new_activity(self) -> bool:
        """Whether taking the row in makes an activity."""
        return self.before is None and self.row.table != ITEM_STATUSES

    def taken(self, keep: bool) -> tuple[FieldLine, ...]:
        """The values that are written; ``keep`` leaves what is held where the table says something else."""
        wanted = (Standing.NEW,) if keep else (Standing.NEW, Standing.OTHER)
        return tuple(one for one in self.fields if one.standing in wanted)


def compare_table(
    rows: Iterable[TableRecord],
    statuses: Iterable[ItemStatus],
    activities: Iterable[Activity] = (),
    counted: TypedOver | None = None,
) -> tuple[RecordLine, ...]:
    """Set every row against the record that it is about.

    An item has one record. An activity is the one of the same item, day or month and place; of several alike
    the first row is about the first of them.
    """
    held_statuses = {(one.org, one.plan_id, one.item_number): one for one in statuses}
    held: dict[tuple[str, ...], list[Activity]] = defaultdict(list)
    for activity in activities:
        held[_activity_key(activity)].append(activity)
    met = Counter[tuple[str, ...]]()
    lines = []
    for row in rows:
        key = (row.org, row.plan_id, row.item_number)
        before: ItemStatus | Activity | None
        if row.table == ITEM_STATUSES:
            before = held_statuses.get(key)
        else:
            same, nth = held.get(_row_key(row), []), met[_row_key(row)]
            met[_row_key(row)] += 1
            before = same[nth] if nth < len(same) else None
        lines.append(RecordLine(row, before, tuple(_fields(row, before, (counted or {}).get(key, {})))))
    return tuple(lines)


def _activity_key(one: Activity) -> tuple[str, ...]:
    monthly = one.granularity is Granularity.MONTHLY_TOTAL
    when = one.month if monthly else one.held_on.isoformat() if one.held_on else ""
    return one.org, one.plan_id, str(one.item_number), when or "", fold_name(one.venue)


def _row_key(row: TableRecord) -> tuple[str, ...]:
    return row.org, row.plan_id, str(row.item_number), row.when, fold_name(str(row.values.get("venue", "")))


def _fields(
    row: TableRecord, before: ItemStatus | Activity | None, counted: Mapping[str, int]
) -> Iterable[FieldLine]:
    for field, wanted in row.values.items():
        now = _held(before, field, counted)
        held = Standing.SAME if now == wanted else Standing.OTHER
        standing = Standing.NEW if now in _BLANK else held
        yield FieldLine(field, standing, wanted, now, row.addresses.get(field, row.address))


def _held(record: ItemStatus | Activity | None, field: str, counted: Mapping[str, int]) -> Any:
    """What stands in a field; a total that nobody typed is what the diary counts."""
    value = None if record is None else record.unread.get(field) or get_field(record, field)
    base, _, code = field.partition(".")
    return counted.get(code) if value is None and base == "typed_totals" else value
