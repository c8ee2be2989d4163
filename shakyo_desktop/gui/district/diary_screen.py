"""活動記録: the diary by month on the left, the form of the chosen activity on the right."""

from typing import ClassVar

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.fiscal_year import fiscal_year_of
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.problems import Problem
from shakyo_desktop.domain.records import (
    ACTIVITIES,
    PHOTOS,
    Activity,
    FieldValue,
    Photo,
    Record,
    RecordRef,
)
from shakyo_desktop.gui.district.activity_fields import following, item_for_new
from shakyo_desktop.gui.district.activity_form import ActivityForm
from shakyo_desktop.gui.district.activity_list import ActivityList
from shakyo_desktop.gui.district.diary_bin import DiaryBin
from shakyo_desktop.gui.district.photo_box import PhotoBox
from shakyo_desktop.gui.district.record_screen import RecordScreen
from shakyo_desktop.gui.district.targets import NewActivity, place_of
from shakyo_desktop.gui.district.year_book import YearBook
from shakyo_desktop.gui.district.year_data import ItemKey, YearData
from shakyo_desktop.gui.shared.buttons import DangerButton, PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import EmptyState
from shakyo_desktop.gui.shared.messages import present

_NOTHING = "まだ活動記録がありません。\n下の「新しく書く」を押すと、今日の日付で始まります。"
_NO_PLAN = (
    "この年度の計画がまだないので、活動記録を書けません。\n"
    "区事務所の設定ファイルを受け取るか、上で年度を選びなおしてください。"
)
_ITEMS = "items"


class DiaryScreen(RecordScreen):
    """Every activity of the year; the year comes from the book."""

    help_key: ClassVar[str] = "diary"
    tables = frozenset({ACTIVITIES, PHOTOS})

    def __init__(self, book: YearBook, parent: QWidget | None = None) -> None:
        super().__init__("活動記録", book, parent)
        self._shown: str | None = None
        self._forms: dict[str, ActivityForm] = {}
        self.activities = ActivityList()
        self.activities.chosen.connect(self.show_activity)
        self.activities.entered.connect(self.focus_form)
        self.left.addWidget(self.activities)
        self._empty = EmptyState("notebook-pen", _NOTHING)
        self.photos = PhotoBox(book)
        self.photos.request_answered.connect(self.answer)
        self.photos.deleted.connect(self._photo_deleted)
        self.photos.failed.connect(lambda error: present(error, self.messages))
        self.photos.busy.connect(self._say_busy)
        self.delete_button = DangerButton("この活動記録を消す", icon_name="trash-2")
        self.delete_button.clicked.connect(self.delete)
        self._foot = QWidget()
        row = QHBoxLayout(self._foot)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(self.delete_button)
        for widget in (self._empty, self.photos, self._foot):
            self.form_column.addWidget(widget)
            widget.hide()
        self.form_column.addStretch(1)
        self.bin_button = self.activities.bin_button
        self.bin = DiaryBin(book, self, self.bin_button)
        self.bin.brought_back.connect(self._brought_back)
        self.bin_panel = self.bin.panel
        book.list_changed.connect(self.photos.refresh)
        self._fill_bar()

    @property
    def activity(self) -> Activity | None:
        """The activity that is shown."""
        record = (
            self.book.data.record(RecordRef(ACTIVITIES, self._shown))
            if self.book.data and self._shown
            else None
        )
        return record if isinstance(record, Activity) else None

    @property
    def form(self) -> ActivityForm | None:
        """The form that is shown."""
        activity = self.activity
        return self._forms.get(activity.plan_id) if activity else None

    def show_activity(self, activity_id: str) -> None:
        """Show another activity, with what is pending in the old one committed."""
        self.commit()
        if activity_id != self._shown and self.messages.kind != "undo":
            self.messages.clear()  # it was about another activity
        self._shown = activity_id
        activity = self.activity
        if activity is None:
            self._show_nothing()
            return
        self.setUpdatesEnabled(False)
        self.show_form()
        self._empty.hide()
        form = self._use_form(activity.plan_id)
        if form is not None:
            self._fill(form, activity)
        self.photos.show_activity(activity_id)
        self.photos.show()
        self._foot.show()
        self.activities.select(activity_id)
        self.scroll_area.scroll_to_top()
        self.setUpdatesEnabled(True)

    def shown_refs(self) -> list[RecordRef]:
        """Return the activity and its photos, also those in the ごみ箱."""
        activity = self.activity
        return [ref_of(activity), *self.photos.photo_refs()] if activity else []

    def shown_plan(self) -> Plan | None:
        """Return the plan of the activity that is shown."""
        activity, data = self.activity, self.book.data
        return data.plan(activity.plan_id) if activity and data else None

    def refresh(self) -> None:
        """Show newer values and problems of the activity that is shown."""
        activity, form = self.activity, self.form
        if activity is None or form is None:
            return
        self._fill(form, activity)
        self.photos.refresh()

    def show_year(self, data: YearData) -> None:
        """Show a year: the same activity as before, else the newest."""
        self.activities.show_data(data)
        self.bin.count()
        self._show_newest()

    def aim(self, target: object) -> None:
        """Start a new activity, or open the activity of a request or a problem at its field."""
        if isinstance(target, NewActivity):
            key = (target.plan_id, target.item_number) if target.item_number is not None else None
            self.new_activity(key)
            return
        data, place = self.book.data, place_of(target)
        record = data.record(place.ref) if data and place and place.ref else None
        if place is None or not isinstance(record, Activity | Photo):
            if place is not None:
                self.screen_requested.emit(_ITEMS, target)
            return
        if isinstance(target, Problem):
            self.book.judge_like(target)
        self.show_activity(record.activity_id if isinstance(record, Photo) else record.id)
        if isinstance(record, Photo):
            self.scroll_area.show_whole(self.photos)
        elif self.form is not None and not self.form.focus_place(place.field):
            self.focus_form()

    def new_activity(self, key: ItemKey | None = None, *, same: bool = False) -> None:
        """Add an activity of today and show it; ``same`` takes over the content of the one that is shown."""
        data, activity = self.book.data, self.activity
        if data is None:
            return
        self.commit()
        if same and activity is None:
            self.messages.show_message(
                "info", "もとにする活動記録がありません。「新しく書く」を押してください。"
            )
            return
        chosen = item_for_new(data.plans, activity, key or self.activities.wanted_item(), same=same)
        if chosen is None:
            self.messages.show_message("info", _NO_PLAN)
            return
        today = self.book.services.context.today()
        day = today if fiscal_year_of(today) == data.fiscal_year else None
        like = activity.id if same and activity else None
        recording, year = self.book.services.recording, data.fiscal_year

        def show(record: Record | None) -> None:
            if isinstance(record, Activity):
                self.show_activity(record.id)
                self.focus_form()

        self.book.write(lambda: recording.new_activity(year, *chosen, held_on=day, same_as=like), show)

    def delete(self) -> None:
        """Put the activity into the ごみ箱, with a way back at once."""
        activity = self.activity
        if activity is None:
            return
        self.commit()
        ref, near = ref_of(activity), self.activities.neighbour(activity.id)

        def gone() -> None:
            if near is not None:
                self.show_activity(near)
            else:
                self._show_nothing()
            # the button is there still: another press of the space bar must not delete the next one
            (self.activities.list if near is not None else self.new_button).setFocus()
            self.messages.show_message(
                "undo", "活動記録をごみ箱に入れました。", "消したものを戻す", lambda: self.bin.restore(ref)
            )

        self.book.delete(ref, gone)

    def show_form(self) -> None:
        """Show the form in place of the history or the ごみ箱."""
        super().show_form()
        self.bin.count()

    def focus_first(self) -> None:
        """Go to the date of the activity, or to the button that starts one."""
        if self.activity is None:
            self.new_button.setFocus()
        else:
            self.focus_form()

    def focus_form(self) -> None:
        """Go to the first field of the form."""
        if self.form is not None:
            self.show_form()
            self.form.focus_place("held_on")

    def fit_page(self, width: int) -> None:
        """Leave more to the form where the page is narrow."""
        self.activities.fit_page(width)

    def field_changed(self, ref: RecordRef, name: str, value: FieldValue, unread: str) -> None:
        """Store a field and what follows from it."""
        data = self.book.data
        record = data.record(ref) if data else None
        if name == "item_number" and value is None and not unread:
            self.refresh()
            return
        super().field_changed(ref, name, value, unread)
        if isinstance(record, Activity) and data is not None:
            old = data.item((record.plan_id, record.item_number))
            new = data.item((record.plan_id, value)) if isinstance(value, int) else None
            for other, follows in following(record, name, value, old, new):
                super().field_changed(ref, other, follows, "")

    def _fill(self, form: ActivityForm, activity: Activity) -> None:
        data = self.book.data
        if data is None:
            return
        item = data.item((activity.plan_id, activity.item_number))
        form.set_venues(self.book.venues)
        form.show_activity(activity, item)
        form.set_problems(data.problems(ref_of(activity)), data.requests_of(ref_of(activity)))

    def _use_form(self, plan_id: str) -> ActivityForm | None:
        plan = self.book.data.plan(plan_id) if self.book.data else None
        known = self._forms.get(plan_id)
        if plan is not None and (known is None or known.plan != plan):
            if known is not None:
                known.deleteLater()
            known = self._forms[plan_id] = ActivityForm(plan)
            self.connect_form(known)
            self.form_column.insertWidget(self.form_column.indexOf(self.photos), known)
        for form in self._forms.values():
            form.setVisible(form is known)
        return known

    def _show_newest(self) -> None:
        activity = self.activity
        if activity is not None and activity.deleted_at is None:
            self.refresh()
            self.activities.select(activity.id)
            return
        first = self.activities.first()
        if first is None:
            self._show_nothing()
        else:
            self.show_activity(first)

    def _show_nothing(self) -> None:
        self._shown = None
        for form in self._forms.values():
            form.hide()
        self.photos.hide()
        self._foot.hide()
        self._empty.show()

    def _brought_back(self, record: Record) -> None:
        if isinstance(record, Activity):
            self.show_activity(record.id)
            self.focus_form()

    def _photo_deleted(self, ref: RecordRef) -> None:
        self.photos.refresh()
        self.messages.show_message(
            "undo", "写真をごみ箱に入れました。", "消したものを戻す", lambda: self.bin.restore(ref)
        )

    def _say_busy(self, words: str) -> None:
        if words:
            self.messages.show_message("info", words)
        else:
            self.messages.clear()

    def _record_changed(self, ref: RecordRef) -> None:
        record = self.book.data.record(ref) if self.book.data else None
        if isinstance(record, Activity):
            self.activities.update_activity(record)
        super()._record_changed(ref)

    def _item_changed(self, key: ItemKey) -> None:
        self.activities.update_marks(key)
        super()._item_changed(key)

    def _fill_bar(self) -> None:
        self.same_button = SecondaryButton("前回と同じ内容で書く", "D", "copy")
        self.same_button.clicked.connect(lambda: self.new_activity(same=True))
        self.new_button = PrimaryButton("新しく書く", "N", "plus")
        self.new_button.clicked.connect(lambda: self.new_activity())
        for button in (self.undo_button, self.history_button):
            self.bar.add_left(button)
        self.bar.add_right(self.same_button)
        self.bar.add_right(self.new_button)
        shortcut = QShortcut(QKeySequence("Ctrl+D"), self)
        shortcut.activated.connect(lambda: self.new_activity(same=True))
