"""Taking back what a table brought, as long as nobody has gone on writing in the same fields."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from shakyo_desktop.domain.codes import Source
from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.domain.field_values import ref_of, with_field
from shakyo_desktop.domain.labels import field_label
from shakyo_desktop.domain.records import Activity, Change, ItemStatus, Record, RecordRef
from shakyo_desktop.services.field_states import CREATED, DELETED, state_of, with_state
from shakyo_desktop.services.table_rows import HeldRecords
from shakyo_desktop.services.table_years import TakenTable
from shakyo_desktop.storage.stores import Stores

_NAMED = 3


def take_back(stores: Stores, taken: TakenTable, held: HeldRecords, who: str, now: datetime) -> None:
    """Give every field its value of before; activities that the table made go to the ごみ箱.

    A district's record that a signed report has replaced since stays as it was signed.

    Raises:
        NotReady: it was taken back already, or a field was changed afterwards.
    """
    if taken.undone:
        raise NotReady("この取り込みは、もう元に戻してあります。\n今ある内容はそのままです。")
    rows = stores.history.between(taken.first, taken.last)
    made = {row.ref for row in rows if row.field == CREATED}
    found: list[Record] = [*held.statuses, *held.activities]
    records = {ref_of(one): one for one in found}
    _refuse_changed(stores, taken, rows, made, records)
    before = dict(records)
    changes: list[Change] = []
    for row in reversed(rows):
        record = records.get(row.ref)
        if record is None or (row.ref in made and row.field != CREATED):
            continue
        if row.field == CREATED:
            after, field, undoes = with_field(record, DELETED, now), DELETED, None
        else:
            after, field, undoes = with_state(record, row.field, row.old), row.field, row.id
        old, new = state_of(record, field), state_of(after, field)
        changes.append(Change(0, row.ref, field, old, new, who, now, Source.UNDO, undoes))
        records[row.ref] = after
    changed: list[Any] = [record for ref, record in records.items() if record != before[ref]]
    stores.records.replace_all([one for one in changed if isinstance(one, ItemStatus)])
    stores.records.replace_all([one for one in changed if isinstance(one, Activity)])
    stores.history.append_all(changes)


def _refuse_changed(
    stores: Stores,
    taken: TakenTable,
    rows: Sequence[Change],
    made: set[RecordRef],
    records: dict[RecordRef, Record],
) -> None:
    fields = {(row.ref, row.field) for row in rows}
    later = [
        row
        for row in stores.history.later_than(taken.first, taken.last)
        if row.ref in made or (row.ref, row.field) in fields
    ]
    if not later:
        return
    places = list(dict.fromkeys(_place(row, records.get(row.ref)) for row in later))
    more = f"ほか{len(places) - _NAMED}か所" if len(places) > _NAMED else ""
    raise NotReady(
        f"取り込んだあとで書きかえたところがあるので、まとめて元に戻せません"
        f"（{'、'.join([*places[:_NAMED], *([more] if more else [])])}）。\n"
        "今ある内容はそのままです。\n"
        "その項目を開いて、1つずつ直してください。"
    )


def _place(row: Change, record: Record | None) -> str:
    number = getattr(record, "item_number", None)
    label = field_label(row.ref.table, "" if row.field in (CREATED, DELETED) else row.field)
    return f"項目{number} {label}" if number is not None else label
