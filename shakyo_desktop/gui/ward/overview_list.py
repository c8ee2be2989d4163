"""The desk's list: filter, sorted rows, and what fits the chosen district."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.drop_area import DropArea
from shakyo_desktop.gui.shared.fields.choice import Choice, ChoiceField
from shakyo_desktop.gui.shared.fields.items import QuietComboBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.row_list import RowList
from shakyo_desktop.gui.shared.theme import size
from shakyo_desktop.gui.ward import overview_rows
from shakyo_desktop.gui.ward.overview_columns import COLUMNS, NEEDED, in_order, list_row
from shakyo_desktop.services.overview import DistrictRow

_PATTERN = "提出ファイル (*.shakyo)"
_NONE_FIT = "あてはまる地区部会はありません。"
_NO_ROSTER = (
    "名簿に地区部会がまだありません。\n"
    "はじめに「区の設定」で、名簿を作り、設定ファイルと控えを地区部会に渡してください。"
)
_LOW = 540
_LOW_LIST = 430
"""Below this height the filter is a list to open in the title's row."""
_LEAST_LIST = 180
"""The heading and three rows; where there is less room the page scrolls."""


class OverviewList(QWidget):
    """`filter_box` is the filter for low windows; its owner finds it a place.

    Signals: `opened`, `receipt_wanted` and `requests_wanted` a row or None; `paths_chosen` files.
    """

    opened = Signal(object)
    receipt_wanted = Signal(object)
    requests_wanted = Signal(object)
    roster_wanted = Signal()
    paths_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._rows: tuple[DistrictRow, ...] = ()
        self._today = date.min
        self._sorting: tuple[int | None, bool] = (None, False)
        self._wanted = ""
        self._room = _LOW
        self.drop = DropArea(
            "ここに提出ファイルやフォルダーを置く", "ファイルを選ぶ", letter="O", pattern=_PATTERN
        )
        self.drop.paths_chosen.connect(self.paths_chosen)
        self.filter = ChoiceField("filter", "", self._choices(), numbered=False)
        self.filter.name_group("状態で選ぶ")
        self.filter.set_value("all")
        self.filter.changed.connect(lambda *_: self.show_rows())
        self.filter_box = QuietComboBox("状態で選ぶ")
        self.filter_box.addItems([choice.label for choice in self._choices()])
        self.filter_box.activated.connect(self.filter.choose)
        self.filter_box.hide()
        self.list = RowList([one.column for one in COLUMNS], "地区部会の受付状況", sortable=True)
        self.list.row_selected.connect(lambda _key: self._show_chosen())
        self.list.row_activated.connect(lambda _key: self.opened.emit(self.chosen()))
        self.list.sort_requested.connect(self._sort)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self.drop)
        column.addWidget(self.filter)
        column.addWidget(self.list, 1)
        column.addWidget(self._make_details())

    def set_districts(self, rows: Sequence[DistrictRow], today: date) -> None:
        """Show these districts; filter, order and the chosen one stay."""
        self._rows, self._today = tuple(rows), today
        self.list.set_empty_text(_NONE_FIT if rows else _NO_ROSTER)
        self.roster_button.setVisible(not rows)
        self.open_button.setVisible(bool(rows))
        self._fit()
        for at, choice in enumerate(self._choices()):
            self.filter.segments()[at].setText(choice.label)
            self.filter_box.setItemText(at, choice.label)
        self.show_rows()
        if self._wanted and self.list.select_key(self._wanted):
            self._wanted = ""

    def show_rows(self) -> None:
        """Show what the filter lets through, in the chosen order."""
        self.filter_box.setCurrentIndex(list(overview_rows.FILTERS).index(str(self.filter.value() or "all")))
        self.list.set_rows([list_row(row) for row in self.shown_rows()])
        if self.list.selected_key() is None and self.list.rows():
            self.list.select_key(self.list.rows()[0].key)
        self._show_chosen()

    def shown_rows(self) -> list[DistrictRow]:
        """The districts as they stand in the list now."""
        _, fits = overview_rows.FILTERS[str(self.filter.value() or "all")]
        return in_order([row for row in self._rows if fits(row)], *self._sorting)

    def chosen(self) -> DistrictRow | None:
        """The district whose row is chosen."""
        return next((row for row in self._rows if row.org == self.list.selected_key()), None)

    def choose(self, org: str) -> None:
        """Choose a district's row, whatever the filter hid; when it is read, if it is not here yet."""
        self.filter.set_value("all")
        self.show_rows()
        self._wanted = "" if self.list.select_key(org) else org

    def is_low(self) -> bool:
        """Whether there is no room for the filter as buttons."""
        return self._room < size(_LOW_LIST)

    def set_room(self, height: int) -> None:
        """Leave out what is elsewhere too where no more height than this is seen: drop area and filter."""
        self._room = height
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out columns in narrow windows."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        self.drop.setVisible(self._room >= size(_LOW))
        self.filter.setVisible(bool(self._rows) and not self.is_low())
        for column, needed in NEEDED.items():
            self.list.setColumnHidden(column, self.width() < size(needed))
        self.list.setMinimumHeight(size(_LEAST_LIST))
        self._show_chosen()

    def _make_details(self) -> Card:
        card = Card()
        card.body.setContentsMargins(16, 12, 16, 12)
        card.body.setSpacing(8)
        self.about = plain_label("", "small")
        self.open_button = PrimaryButton("確認する", "K")
        self.open_button.clicked.connect(lambda: self.opened.emit(self.chosen()))
        self.requests_button = SecondaryButton("お願いを見る", "R")
        self.requests_button.clicked.connect(lambda: self.requests_wanted.emit(self.chosen()))
        self.receipt_button = SecondaryButton("受領証を印刷", "J", "printer")
        self.receipt_button.clicked.connect(lambda: self.receipt_wanted.emit(self.chosen()))
        self.roster_button = PrimaryButton("名簿を作る", "M", "users")
        self.roster_button.clicked.connect(self.roster_wanted)
        self.roster_button.hide()
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.about, 1)
        for button in (self.requests_button, self.receipt_button, self.open_button, self.roster_button):
            row.addWidget(button)
        card.add_layout(row)
        return card

    def _choices(self) -> list[Choice]:
        found = overview_rows.FILTERS.items()
        counts = {key: sum(1 for row in self._rows if fits(row)) for key, (_, fits) in found}
        return [Choice(key, f"{words} {counts[key]}") for key, (words, _) in found]

    def _sort(self, column: int) -> None:
        """Up, then down, then as the roster has them."""
        at, descending = self._sorting
        if at != column:
            self._sorting = (column, False)
        else:
            self._sorting = (None, False) if descending else (column, True)
        self.list.show_sorting(*self._sorting)
        self.show_rows()

    def _show_chosen(self) -> None:
        row = self.chosen()
        nobody = "地区部会を選んでください。" if self._rows else "はじめに、地区部会の名簿を作ります。"
        self.about.setText(self._words(row) if row else nobody)
        self.open_button.set_words("登録の確認へ" if row and row.held else "確認する")
        count = row.open_requests if row else 0
        answered = row is not None and bool(overview_rows.answer_words(row))
        # Where the words would have no room beside three buttons: 返事を渡す prints receipts too.
        self.receipt_button.setVisible(answered and not (count and self.is_low()))
        self.requests_button.setVisible(count > 0)
        self.requests_button.set_words(f"お願い{count}件を見る")

    def _words(self, row: DistrictRow) -> str:
        parts = (
            f"{row.name}　{overview_rows.contact(row)}",
            f"{overview_rows.story(row)}{overview_rows.dates(row, self._today)}",
        )
        return "\n".join(part for part in parts if part)
