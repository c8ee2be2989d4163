"""期限: the dates of a fiscal year; the ones for reports count down at every district."""

from datetime import date

from PySide6.QtWidgets import QVBoxLayout

from shakyo_desktop.domain.calendar import FINAL, INTERIM, OTHER, REMINDER
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.organisations import ScheduleEntry
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields import Choice, ChoiceField, DateField, Form, TextField
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.settings.date_row import DateRow
from shakyo_desktop.gui.ward.tab_order import put_after
from shakyo_desktop.services.calendar import NAME_LENGTH

_KINDS = [
    Choice(OTHER, "予定"),
    Choice(INTERIM, "途中の報告の期限"),
    Choice(FINAL, "年度の報告の期限"),
    Choice(REMINDER, "お知らせの日"),
]
_WHAT = (
    "日付を直すと、すぐに保存されます。地区部会には、新しい設定ファイルか返事といっしょに届きます。\n"
    "「お知らせの日」は事務所だけのものです。その日から「受付状況」に、お願いの手紙を出す時期だと出ます。"
)


class CalendarPage(Page):
    """One row per date; a date that was taken out can be put back."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("年度の予定と期限")
        self._desk = desk
        self.rows: list[DateRow] = []
        self.add(plain_label(_WHAT, "secondary"))
        self._card = Card()
        self._dates = QVBoxLayout()
        self._dates.setSpacing(12)
        self._card.add_layout(self._dates)
        self.add(self._card)
        self._adding = self._make_adding()
        self.add(self._adding)
        self.add_stretch()

    def enter(self) -> None:
        """Read the year's dates."""
        self.reload()

    def reload(self) -> None:
        """Show what the store says now for the year chosen in the header."""
        calendar, year = self._desk.services.calendar, self._desk.fiscal_year()
        self.set_title(f"{fiscal_year_name(year)}の予定と期限")
        self.new_due.set_fiscal_year(year)
        self._desk.worker.run(lambda: calendar.entries(year), self._show, self._failed, self)

    def _make_adding(self) -> Card:
        card = Card("予定を加える")
        form = Form()
        self.new_name = form.add(TextField("name", "予定の名前", length=NAME_LENGTH))
        self.new_due = form.add(DateField("due", "日付"))
        self.new_kind = form.add(ChoiceField("kind", "種類", _KINDS))
        self.new_kind.set_value(OTHER)
        card.add(form)
        self.add_button = SecondaryButton("予定を加える", icon_name="plus")
        self.add_button.clicked.connect(self._add)
        card.body.addWidget(self.add_button)
        return card

    def _show(self, entries: tuple[ScheduleEntry, ...]) -> None:
        if [row.entry for row in self.rows] == list(entries):
            return
        for row in self.rows:
            row.due.commit()
            self._dates.removeWidget(row)
            row.hide()
            row.deleteLater()
        self.rows = [DateRow(entry) for entry in entries]
        for row in self.rows:
            row.due_changed.connect(self._set_due)
            row.remove_requested.connect(self._remove)
            self._dates.addWidget(row)
        put_after(self.messages.close_button, *self.rows, self._adding)

    def _set_due(self, entry: ScheduleEntry, due: date) -> None:
        calendar = self._desk.services.calendar

        def done(changed: ScheduleEntry) -> None:
            for row in self.rows:
                if row.entry.id == changed.id:
                    row.entry = changed

        self._desk.worker.run(lambda: calendar.set_due(entry.id, due), done, self._failed, self)

    def _remove(self, entry: ScheduleEntry) -> None:
        calendar = self._desk.services.calendar

        def done(_none: None) -> None:
            self.messages.show_message(
                "undo", f"「{entry.name}」を消しました。", "元に戻す", lambda: self._put_back(entry)
            )
            self.reload()

        self._desk.worker.run(lambda: calendar.remove(entry.id), done, self._failed, self)

    def _put_back(self, entry: ScheduleEntry) -> None:
        calendar = self._desk.services.calendar
        self._desk.worker.run(
            lambda: calendar.add(entry.fiscal_year, entry.name, entry.due, entry.kind),
            lambda _entry: self.reload(),
            self._failed,
            self,
        )

    def _add(self) -> None:
        for field in (self.new_name, self.new_due, self.new_kind):
            field.commit()
        due, year = self.new_due.value(), self._desk.fiscal_year()
        if not isinstance(due, date):
            self.new_due.set_problem("日付を入れてください。")
            self.new_due.focus_input()
            return
        self.new_due.set_problem("")
        name, kind = str(self.new_name.value() or ""), str(self.new_kind.value() or OTHER)

        def done(entry: ScheduleEntry) -> None:
            self.new_name.set_value("")
            self.new_due.set_value(None)
            self.messages.show_message("saved", f"「{entry.name}」を加えました。")
            self.reload()

        calendar = self._desk.services.calendar
        self._desk.worker.run(lambda: calendar.add(year, name, due, kind), done, self._failed, self)

    def _failed(self, error: ShakyoError) -> None:
        present(error, self.messages)
        self.scroll_to_top()
