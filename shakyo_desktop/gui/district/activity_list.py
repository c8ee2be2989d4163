"""The left side of 活動記録: filters, the list by month, and the sums of what is listed."""

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.domain.dates import month_name
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.fiscal_year import months_of
from shakyo_desktop.domain.records import Activity
from shakyo_desktop.gui.district.activity_rows import (
    COLUMNS,
    HEAD_HEIGHT,
    ROW_HEIGHT,
    activity_row,
    activity_rows,
    month_of,
    sums,
)
from shakyo_desktop.gui.district.year_data import ItemKey, YearData
from shakyo_desktop.gui.shared.buttons import LinkButton
from shakyo_desktop.gui.shared.fields import QuietComboBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.row_list import RowList
from shakyo_desktop.gui.shared.theme import size, theme_signals, ui_font

WIDTH, NARROW_WIDTH, TIGHT_WIDTH = 420, 356, 240
_ROOMY, _NARROW = 1040, 880
_TWO_FILTERS = 300
"""How wide the list is at least for both filters to be readable side by side."""
_WORDS, _PEOPLE = 1, 2
_MARGIN = 28
"""What a cell keeps free beside its words."""
_EMPTY = "まだ活動記録がありません。\n「新しく書く（Ctrl+N）」を押すと、今日の日付で始まります。"
_NONE_LISTED = "この条件に合う活動記録はありません。"


class ActivityList(QWidget):
    """Says which activity is chosen; lists what the filters want."""

    chosen = Signal(object)
    entered = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._data: YearData | None = None
        self._names: dict[ItemKey, str] = {}
        self._listed: dict[str, Activity] = {}
        self._marked: set[str] = set()
        self.months = QuietComboBox("月で選ぶ")
        self.items = QuietComboBox("取組項目で選ぶ")
        for combo in (self.months, self.items):
            combo.activated.connect(self.show_rows)
        self.list = RowList(COLUMNS, "活動記録の一覧", row_height=ROW_HEIGHT)
        self.list.row_selected.connect(self.chosen)
        self.list.row_activated.connect(self.entered)
        self.list.setWordWrap(True)
        self._fit_soon = QTimer(self, singleShot=True, interval=0)
        self._fit_soon.timeout.connect(self._fit_rows)
        self.list.horizontalHeader().sectionResized.connect(lambda *_: self._fit_soon.start())
        theme_signals().changed.connect(self._fit_soon.start)
        self._sums = plain_label("", "small")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 8, 0, 0)
        column.setSpacing(12)
        self._tight = False
        self._filters = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._filters.setSpacing(12)
        self._filters.addWidget(self.months, 2)
        self._filters.addWidget(self.items, 3)
        self.bin_button = LinkButton("ごみ箱", "G")
        foot = QHBoxLayout()
        foot.addWidget(self._sums, 1)
        foot.addWidget(self.bin_button)
        column.addLayout(self._filters)
        column.addWidget(self.list, 1)
        column.addLayout(foot)
        self.fit_page(_ROOMY)

    def show_data(self, data: YearData) -> None:
        """Show a year; the filters stay when it is the same one."""
        same = self._data is not None and self._data.fiscal_year == data.fiscal_year
        month, item = (self.months.currentData(), self.items.currentData()) if same else (None, None)
        self._data = data
        self._names = {
            (plan.id, one.number): f"{one.number} {one.name}" for plan in data.plans for one in plan.items
        }
        self.months.clear()
        self.months.addItem("月: すべて", "")
        for one in months_of(data.fiscal_year):
            self.months.addItem(month_name(one), one)
        self.items.clear()
        self.items.addItem("項目: すべて", None)
        for key, name in self._names.items():
            self.items.addItem(name, key)
        self.months.setCurrentIndex(max(0, self.months.findData(month or "")))
        self.items.setCurrentIndex(max(0, self._index_of(item)))
        self.show_rows()

    def show_rows(self) -> None:
        """List what the filters want."""
        data = self._data
        if data is None:
            return
        listed = self._wanted(data)
        self._listed = {one.id: one for one in listed}
        self._marked = {one.id for one in listed if self._is_open(data, one)}
        rows = activity_rows(listed, data.plans, self._marked)
        self.list.set_rows(rows)
        self._fit_rows()
        self.list.set_empty_text(_NONE_LISTED if data.activities() else _EMPTY)
        self._show_sums()

    def update_activity(self, activity: Activity) -> None:
        """Show one activity anew: its row alone, unless it has to move."""
        data, before = self._data, self._listed.get(activity.id)
        if data is None:
            return
        moved = before is None or (month_of(before), before.held_on) != (month_of(activity), activity.held_on)
        if moved or activity.deleted_at is not None:
            self.show_rows()
            return
        self._listed[activity.id] = activity
        self.list.update_row(activity_row(activity, self._names, activity.id in self._marked))
        self._fit_soon.start()
        self._show_sums()

    def update_marks(self, key: ItemKey) -> None:
        """Show anew which activities of an item have something open."""
        data = self._data
        if data is None:
            return
        for one in data.raw_activities(key):
            marked = self._is_open(data, one)
            if one.id in self._listed and marked != (one.id in self._marked):
                (self._marked.add if marked else self._marked.discard)(one.id)
                self.list.update_row(activity_row(one, self._names, marked))
                self._fit_soon.start()

    def select(self, activity_id: str) -> None:
        """Choose an activity; the filters go when they hide it."""
        if not self.list.select_key(activity_id, silent=True):
            self.months.setCurrentIndex(0)
            self.items.setCurrentIndex(0)
            self.show_rows()
            self.list.select_key(activity_id, silent=True)

    def wanted_item(self) -> ItemKey | None:
        """Return the item that the filter names."""
        found = self.items.currentData()
        return tuple(found) if found else None

    def neighbour(self, activity_id: str) -> str | None:
        """Return the activity below one in the list, else the one above it."""
        keys = [row.key for row in self.list.rows() if not row.section]
        if activity_id not in keys:
            return str(keys[0]) if keys else None
        at = keys.index(activity_id)
        near = keys[at + 1 : at + 2] or keys[max(0, at - 1) : at]
        return str(near[0]) if near else None

    def first(self) -> str | None:
        """Return the newest activity that is listed."""
        return next((str(row.key) for row in self.list.rows() if not row.section), None)

    def fit_page(self, width: int) -> None:
        """Leave more to the form where the page is narrow."""
        tight = self._tight = width < size(_NARROW)
        self.list.setColumnHidden(_PEOPLE, tight)  # the form says it too
        way = QBoxLayout.Direction
        narrow = TIGHT_WIDTH if tight else NARROW_WIDTH
        own = WIDTH if width >= size(_ROOMY) else narrow
        self._filters.setDirection(way.TopToBottom if own < size(_TWO_FILTERS) else way.LeftToRight)
        self._show_sums()
        self.setFixedWidth(own)

    def _fit_rows(self) -> None:
        """Give every row the height that the whole name of its item needs, and a line of content."""
        metrics = QFontMetrics(ui_font())
        width, flags = self.list.columnWidth(_WORDS) - _MARGIN, Qt.TextFlag.TextWordWrap.value
        heights: dict[str, int] = {}
        for at, row in enumerate(self.list.rows()):
            name = "" if row.section else str(row.cells[_WORDS]).partition("\n")[0]
            if name and name not in heights:
                lines = metrics.boundingRect(0, 0, width, 1000, flags, name).height() // metrics.height()
                heights[name] = size(ROW_HEIGHT) + max(0, lines - 1) * metrics.height()
            self.list.setRowHeight(at, heights[name] if name else size(HEAD_HEIGHT))

    def _show_sums(self) -> None:
        self._sums.setText(f"{len(self._listed)}件" if self._tight else sums(self._listed.values()))

    def _wanted(self, data: YearData) -> list[Activity]:
        month = self.months.currentData()
        listed = data.activities(self.wanted_item())
        return [one for one in listed if not month or month_of(one) == month]

    @staticmethod
    def _is_open(data: YearData, activity: Activity) -> bool:
        ref = ref_of(activity)
        return bool(data.requests_of(ref)) or any(one.blocks for one in data.problems(ref))

    def _index_of(self, key: object) -> int:
        found = (at for at in range(self.items.count()) if key and self.items.itemData(at) == key)
        return next(found, 0)
