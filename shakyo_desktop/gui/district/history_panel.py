"""変更の記録: who changed which field of a record, when, from what to what."""

from collections.abc import Callable, Mapping, Sequence

from PySide6.QtWidgets import QWidget

from shakyo_desktop.domain.codes import ActivityKind
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.field_values import from_json
from shakyo_desktop.domain.labels import field_label, show_value
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import PHOTOS, Activity, Change, Photo, Record, RecordRef
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.services.field_states import CREATED, DELETED, PICTURE, unread_in, value_in

_COLUMNS = (
    Column("いつ", 232),
    Column("だれが", 112),
    Column("欄", 152),
    Column("前"),
    Column("後"),
)
_BLANK = "（空）"
_NEW = "新しく書いた"


class HistoryPanel(Card):
    """The newest change first; the chosen one stands below in full."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("変更の記録", parent)
        self.list = RowList(_COLUMNS, "変更の記録")
        self.list.set_empty_text("まだ何も変わっていません。")
        self.list.row_selected.connect(self._show_one)
        self._detail = plain_label("", "secondary")
        self.add(self.list, 1)
        self.add(self._detail)
        self._texts: Mapping[object, str] = {}

    def show_changes(
        self, changes: Sequence[Change], find: Callable[[RecordRef], Record | None], plan: Plan | None
    ) -> None:
        """Show the history of one or more records.

        Args:
            find: the record a change is about, for the words of its fields.
        """
        rows: list[Row] = []
        texts: dict[object, str] = {}
        for change in sorted(changes, key=lambda one: one.id, reverse=True):
            record = find(change.ref)
            label, old, new = change_words(change, record, plan)
            how = f"（{change.source.label}）" if change.source.value != "direct" else ""
            when = era_timestamp(change.at)
            rows.append(Row(change.id, (when, change.who, label, _line(old), _line(new) + how)))
            texts[change.id] = f"{when}　{change.who}　{label}{how}\n前: {old}\n後: {new}"
        self._texts = texts
        self._detail.setText("行を選ぶと、ここに全文が出ます。" if rows else "")
        self.list.set_rows(rows)

    def _show_one(self, key: object) -> None:
        self._detail.setText(self._texts.get(key, ""))


def change_words(change: Change, record: Record | None, plan: Plan | None) -> tuple[str, str, str]:
    """Return the field, the old and the new value of a change as a person reads them."""
    table = change.ref.table
    if change.field == CREATED:
        return field_label(table, ""), "", _NEW
    if change.field == DELETED:
        old, new = ("ごみ箱" if value_in(state) else "残っている" for state in (change.old, change.new))
        return field_label(table, ""), old, new
    if table == PHOTOS and change.field == PICTURE:
        return field_label(table, ""), "回す前", "回した後"
    kind = record.kind if isinstance(record, Activity) else None
    number = None if record is None or isinstance(record, Photo) else record.item_number
    label = field_label(table, change.field, kind, plan, number)
    old, new = (_words(table, change.field, one, plan, kind, number) for one in (change.old, change.new))
    return label, old, new


def _words(
    table: str, field: str, state: object, plan: Plan | None, kind: ActivityKind | None, number: int | None
) -> str:
    if unread := unread_in(state):
        return f"「{unread}」（要確認）"
    raw = value_in(state)
    try:
        value = from_json(table, field, raw)
    except (AttributeError, ValueError):  # a field or a choice of another version: as it is stored
        value = raw
    return show_value(table, field, value, plan, kind, number) or _BLANK


def _line(text: str) -> str:
    return text.replace("\n", " ")
