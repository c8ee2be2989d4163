"""取組項目: the tree of items on the left, the form of the chosen one on the right."""

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.problems import Problem
from shakyo_desktop.domain.records import (
    ACTIVITIES,
    GOOD_PRACTICES,
    ITEM_STATUSES,
    PHOTOS,
    FieldValue,
    GoodPractice,
    RecordRef,
)
from shakyo_desktop.gui.district.item_chooser import ItemChooser
from shakyo_desktop.gui.district.item_form import ItemForm
from shakyo_desktop.gui.district.practices_panel import PracticesPanel
from shakyo_desktop.gui.district.record_screen import RecordScreen
from shakyo_desktop.gui.district.targets import NewActivity, place_of
from shakyo_desktop.gui.district.totals_form import PREFIX
from shakyo_desktop.gui.district.year_book import YearBook
from shakyo_desktop.gui.district.year_data import ItemKey, YearData
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import EmptyState
from shakyo_desktop.gui.shared.labels import Chip

_NO_PLAN = "この年度の計画がまだありません。\n区事務所の設定ファイルを受け取ると、取組項目が出ます。"
_DIARY = "diary"


class ItemsScreen(RecordScreen):
    """Every field of every item of the year; the year comes from the book."""

    help_key: ClassVar[str] = "items"
    tables = frozenset({ITEM_STATUSES, GOOD_PRACTICES})

    def __init__(self, book: YearBook, parent: QWidget | None = None) -> None:
        super().__init__("取組項目", book, parent)
        self._key: ItemKey | None = None
        self._plan: Plan | None = None
        self._late: set[ItemKey] = set()
        self._forms: dict[str, ItemForm] = {}
        self.chooser = ItemChooser()
        self.chooser.item_chosen.connect(self.show_item)
        self.chooser.entered.connect(self.focus_form)
        self.chooser.plan_chosen.connect(self._show_plan)
        self.left.addWidget(self.chooser)
        self._chips = (Chip("重点", "info"), Chip("新規", "info"))
        self.header_row.setStretch(0, 0)
        for at, chip in enumerate(self._chips, start=1):
            self.header_row.insertWidget(at, chip)
            chip.hide()
        self.header_row.insertStretch(len(self._chips) + 1, 1)
        self.practices = PracticesPanel(book, self)
        self._no_plan = EmptyState("list-checks", _NO_PLAN)
        self._no_plan.hide()
        self.form_column.addWidget(self._no_plan)
        self.form_column.addWidget(self.practices)
        self.form_column.addStretch(1)
        self.practices.hide()
        self.scroll_area.width_changed.connect(self._fit_form)
        self._fill_bar()

    @property
    def item_key(self) -> ItemKey | None:
        """The item that is shown."""
        return self._key

    @property
    def form(self) -> ItemForm | None:
        """The form that is shown."""
        return self._forms.get(self._plan.id) if self._plan is not None else None

    def show_item(self, key: ItemKey) -> None:
        """Show another item, with what is pending in the old one committed."""
        data = self.book.data
        status, item = (data.status(key), data.item(key)) if data else (None, None)
        if data is None or status is None or item is None or self.form is None:
            return
        self.commit()
        self._key = key
        self.setUpdatesEnabled(False)
        self.show_form()
        self.form.show_status(item, status, data.counted(key), data.totals_before(key))
        self.form.show_before(data.status_before(key))
        self.set_title(f"{item.number}　{item.name}")
        for chip, on in zip(self._chips, (item.priority, item.new), strict=True):
            chip.setVisible(on)
        self.practices.show_item(key)
        self._show_marks()
        self.chooser.select(key)
        self.scroll_area.scroll_to_top()
        self.setUpdatesEnabled(True)

    def enter(self) -> None:
        """Show what changed while another screen was shown."""
        super().enter()
        late, self._late = self._late, set()
        for key in late:
            self.chooser.update_item(key)
        if self._key in late:
            self.refresh()

    def shown_refs(self) -> list[RecordRef]:
        """Return the status and the good practices of the item, also those in the ごみ箱."""
        data, key = self.book.data, self._key
        status = data.status(key) if data and key else None
        if data is None or key is None or status is None:
            return []
        gone = [
            ref_of(one)
            for one in data.deleted()
            if isinstance(one, GoodPractice) and data.item_key(one) == key
        ]
        return [ref_of(status), *(ref_of(one) for one in data.practices(key)), *gone]

    def shown_plan(self) -> Plan | None:
        """Return the plan that is shown."""
        return self._plan

    def refresh(self) -> None:
        """Show newer values, figures and problems of the item that is shown."""
        data, key, form = self.book.data, self._key, self.form
        status, item = (data.status(key), data.item(key)) if data and key else (None, None)
        if data is None or key is None or form is None or status is None or item is None:
            return
        form.refresh_status(item, status, data.counted(key), data.totals_before(key))
        self.practices.show_item(key)
        self._show_marks()

    def show_year(self, data: YearData) -> None:
        """Show a year: the same item as before, else the first one that is missing."""
        self._no_plan.setVisible(not data.plans)
        plan = data.plan(self._plan.id) if self._plan else None
        plan = plan or next(iter(data.plans), None)
        if plan is None:
            self._plan = self._key = None
            self.practices.hide()
            for form in self._forms.values():
                form.hide()
            return
        self._use_plan(plan)
        self.chooser.show_data(data, plan)
        if self._key is not None and data.item(self._key) is not None and self._is_same_status(data):
            self.refresh()
            self.chooser.select(self._key)
        else:
            self._show_plan(plan)

    def aim(self, target: object) -> None:
        """Open the item of a request, a problem or (plan, item, field) and go to the field."""
        data, place = self.book.data, place_of(target)
        if data is None or place is None:
            return
        record = data.record(place.ref) if place.ref else None
        if place.ref is not None and place.ref.table in (ACTIVITIES, PHOTOS):
            self.screen_requested.emit(_DIARY, target)
            return
        key = data.item_key(record) if record is not None else (place.plan_id, place.item_number or 0)
        if key is None or data.status(key) is None:
            return
        if isinstance(target, Problem):
            self.book.judge_like(target)
        plan = data.plan(key[0])
        if plan is not None and plan is not self._plan:
            self._use_plan(plan)
            self.chooser.show_data(data, plan)
        self.show_item(key)
        practice = self.practices.form_of(place.ref) if place.ref else None
        form = practice or self.form
        if form is not None and not form.focus_place(place.field):
            form.focus_place("state")

    def fit_page(self, width: int) -> None:
        """Leave more to the form where the page is narrow."""
        self.chooser.fit_page(width)

    def focus_first(self) -> None:
        """Give the state of the item the focus."""
        self.focus_form()

    def focus_form(self) -> None:
        """Go to the first field of the form."""
        if self.form is not None:
            self.show_form()
            self.form.focus_place("state")

    def go(self, step: int) -> None:
        """Show the item before or after this one and go to its first field."""
        key = self.chooser.neighbour(self._key, step) if self._key else None
        if key is not None:
            self.messages.clear()
            self.show_item(key)
            self.focus_form()
        elif self._key is not None:
            self.commit()
            end = "最後" if step > 0 else "最初"
            self.messages.show_message(
                "info", f"この一覧では、これが{end}の項目です。書いた内容は保存されています。"
            )

    def field_changed(self, ref: RecordRef, name: str, value: FieldValue, unread: str) -> None:
        """Store a field; a total typed like the diary's count is no longer typed over."""
        data = self.book.data
        if name.startswith(PREFIX) and data is not None and not unread:
            record = data.record(ref)
            key = data.item_key(record) if record is not None else None
            if key is not None and data.counted(key).get(name.removeprefix(PREFIX)) == value:
                value = None
        super().field_changed(ref, name, value, unread)

    def _use_plan(self, plan: Plan) -> None:
        for plan_id, form in self._forms.items():
            if plan_id != plan.id:  # hiding the one that is shown would take the keyboard away from it
                form.commit()
                form.hide()
        self._plan = plan
        known = self._forms.get(plan.id)
        if known is None or known.plan != plan:
            if known is not None:
                known.deleteLater()
            self._forms[plan.id] = self._make_form(plan)
        self._forms[plan.id].fit_width(self.scroll_area.viewport().width())
        self._forms[plan.id].show()
        self.practices.show()

    def _fit_form(self, width: int) -> None:
        if self.form is not None:
            self.form.fit_width(width)

    def _make_form(self, plan: Plan) -> ItemForm:
        form = ItemForm(plan)
        form.same_requested.connect(self._same_as_last_year)
        form.activity_requested.connect(self._write_activity)
        self.connect_form(form)
        self.form_column.insertWidget(self.form_column.indexOf(self.practices), form)
        return form

    def _show_plan(self, plan: Plan) -> None:
        data = self.book.data
        self._use_plan(plan)
        keys = [(plan.id, item.number) for item in plan.items]
        if data is not None and keys:
            missing = (key for key in keys if data.item_state(key).missing)
            self.show_item(next(missing, keys[0]))

    def _is_same_status(self, data: YearData) -> bool:
        status = data.status(self._key) if self._key else None
        return status is not None and self.form is not None and self.form.ref == ref_of(status)

    def _show_marks(self) -> None:
        """Show problems and questions at their fields, marks in the tree, progress at the title."""
        data, key = self.book.data, self._key
        if data is None or key is None or self.form is None or self._plan is None:
            return
        for form in (self.form, *self.practices.forms()):
            if form.ref is not None:
                form.set_problems(data.problems(form.ref), data.requests_of(form.ref))
        self.set_title_note(f"{len(self._plan.items)}項目中{data.entered(self._plan)}項目 入力済み")

    def _item_changed(self, key: ItemKey) -> None:
        if not self.isVisible():
            self._late.add(key)  # shown when somebody looks
            return
        self.chooser.update_item(key)
        if key == self._key:
            super()._item_changed(key)

    def _same_as_last_year(self) -> None:
        ref = self.form.ref if self.form else None
        if ref is not None:
            self.commit()
            words = "空いていた欄に前年度の内容を入れました。「前年度から・要確認」の欄を確かめてください。"
            recording = self.book.services.recording
            self.book.write(
                lambda: recording.same_as_last_year(ref),
                lambda _: self.messages.show_message("info", words),
            )

    def _write_activity(self) -> None:
        if self._key is not None:
            self.screen_requested.emit(_DIARY, NewActivity(*self._key))

    def _fill_bar(self) -> None:
        self.previous_button = SecondaryButton("← 前の項目", "P")
        self.previous_button.clicked.connect(lambda: self.go(-1))
        self.next_button = PrimaryButton("次の項目へ →", "N")
        self.next_button.clicked.connect(lambda: self.go(1))
        self.bar.add_left(self.previous_button)
        self.bar.add_left(self.undo_button)
        self.bar.add_left(self.history_button)
        self.bar.add_right(self.next_button)
        self.bar.set_hint("Enter=次の欄")
