"""What was taken in earlier, newest first."""

from collections.abc import Sequence

from PySide6.QtGui import QResizeEvent

from shakyo_desktop.domain.dates import local_time
from shakyo_desktop.domain.keeping import IntakeLogEntry
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.shared.theme import size
from shakyo_desktop.gui.ward.members import Members
from shakyo_desktop.gui.ward.words import log_mark, short_day

_MEMBER = 1
_COLUMNS = (
    Column("受け取った日時", 172),
    Column(""),
    Column("ファイル", 400),
    Column("結果", 176),
    Column("担当", 140),
)
_NEEDED = {4: 1080, 2: 940}
"""Columns that step aside in narrow windows, and the width from which they are there."""
_MOST = 50


class IntakeLog(RowList):
    """The newest entries; the page scrolls, not the list."""

    def __init__(self, members: Members) -> None:
        columns = list(_COLUMNS)
        columns[_MEMBER] = Column(members.one)
        super().__init__(columns, "これまでに受け取ったファイル")
        self.set_empty_text("まだ何も受け取っていません。")
        self.show_all_rows()
        self._entries: dict[int, IntakeLogEntry] = {}

    def chosen(self) -> IntakeLogEntry | None:
        """The entry whose row is chosen."""
        key = self.selected_key()
        return self._entries.get(key) if isinstance(key, int) else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what matters least where the names would have no room."""
        super().resizeEvent(event)
        for column, needed in _NEEDED.items():
            self.setColumnHidden(column, self.width() < size(needed))

    def show_entries(self, entries: Sequence[IntakeLogEntry], organisations: Sequence[Organisation]) -> None:
        """Show entries with the names of the roster."""
        self._entries = {entry.id: entry for entry in entries[:_MOST]}
        names = {org.code: org.name for org in organisations}
        self.set_rows([_row(entry, names) for entry in entries[:_MOST]])


def _row(entry: IntakeLogEntry, names: dict[str, str]) -> Row:
    mark = log_mark(entry.verdict, entry.code)
    return Row(
        entry.id,
        (
            f"{short_day(entry.at)} {local_time(entry.at)}",
            names.get(entry.org, entry.org),
            entry.file_name,
            f"{mark.symbol} {mark.words}",
            entry.who,
        ),
    )
