"""One date of the year: its name, the day, and taking it out."""

from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shakyo_desktop.domain.calendar import FINAL, INTERIM, REMINDER
from shakyo_desktop.domain.fiscal_year import fiscal_year_of
from shakyo_desktop.domain.organisations import ScheduleEntry
from shakyo_desktop.gui.shared.buttons import LinkButton
from shakyo_desktop.gui.shared.fields import DateField
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.gui.shared.theme import size

_TOP = Qt.AlignmentFlag.AlignTop
_NAME_WIDTH = 280


class DateRow(QWidget):
    """Signals: ``due_changed`` entry and day; ``remove_requested`` the entry."""

    due_changed = Signal(object, object)
    remove_requested = Signal(object)

    def __init__(self, entry: ScheduleEntry) -> None:
        super().__init__()
        self.entry = entry
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        name = plain_label(entry.name, "strong" if entry.kind in (INTERIM, FINAL) else "")
        name.setFixedWidth(size(_NAME_WIDTH))
        row.addWidget(name)
        self.due = DateField("due", entry.name, fiscal_year=fiscal_year_of(entry.due), label_place="inline")
        self.due.label.hide()
        self.due.set_value(entry.due)
        self.due.changed.connect(self._changed)
        row.addWidget(self.due, 1)
        chip = Chip("お知らせ" if entry.kind == REMINDER else "提出の期限", "info")
        row.addWidget(chip)
        chip.setVisible(entry.kind in (INTERIM, FINAL, REMINDER))
        self.remove_button = LinkButton("消す")
        self.remove_button.setAccessibleName(f"{entry.name}を消す")
        self.remove_button.clicked.connect(lambda: self.remove_requested.emit(self.entry))
        row.addWidget(self.remove_button, 0, _TOP)

    def _changed(self, _name: str, value: object, _unread: str) -> None:
        if isinstance(value, date):
            self.due.set_problem("")
            self.due_changed.emit(self.entry, value)
        elif not self.due.unread():
            self.due.set_problem("日付を入れてください。前の日付がまだ使われています。")
