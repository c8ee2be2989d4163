"""成果事例: the stories of all districts; choose, word, print, and see who has them."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.document_panel import DocumentPanel
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.theme import size
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.practices.delivery_list import DeliveryList
from shakyo_desktop.gui.ward.practices.leaflet_panel import LeafletPanel
from shakyo_desktop.gui.ward.practices.practice_filters import PracticeFilters
from shakyo_desktop.gui.ward.practices.practice_list import LESS_IMPORTANT, PracticeList
from shakyo_desktop.gui.ward.practices.standing_words import place_words, sentence
from shakyo_desktop.gui.ward.practices.story_desk import StoryDesk
from shakyo_desktop.gui.ward.targets import PracticeOf
from shakyo_desktop.services.practice_rows import PracticeKey, PracticeRow

_TITLE = "成果事例"
_NARROW = 1040
_LOW = 440
_NOT_CHOSEN = (
    "この絞りこみに、選んだ事例がありません。\n記録は何も変わっていません。\n"
    "一覧から事例を開き、「この事例を選ぶ」を押してから、もう一度押してください。"
)


@dataclass(frozen=True, slots=True)
class _Seen:
    rows: tuple[PracticeRow, ...]
    directions: tuple[tuple[int, str], ...]


class PracticesScreen(Page):
    """A list; Enter opens a story. The header's year is the first choice of the list."""

    help_key = "ward-practices"

    def __init__(self, desk: Desk) -> None:
        super().__init__(_TITLE, scrolling=False)
        self._desk = desk
        self._rows: tuple[PracticeRow, ...] = ()
        self._wanted: PracticeKey | None = None
        self._year = desk.fiscal_year()
        self.filters = PracticeFilters()
        self.filters.changed.connect(self._show_rows)
        self.list = PracticeList()
        self.list.row_selected.connect(lambda _key: self._show_chosen())
        self.list.row_activated.connect(lambda _key: self._open_chosen())
        self.story = StoryDesk(desk, self)
        self.booklet = DocumentPanel("成果事例集", desk.worker, desk.printer, self.messages)
        self.leaflet = LeafletPanel(desk, self.messages)
        self.deliveries = DeliveryList()
        self._stack = QStackedWidget()
        self._table = self._make_table()
        pages = (self._table, self.story.page, self.booklet, self.leaflet, self.deliveries)
        for page in pages:
            self._stack.addWidget(page)
        self.add(self._stack, 1)
        self._make_buttons()

    def enter(self) -> None:
        """Read every story anew and show the list."""
        year = self._desk.fiscal_year()
        if year != self._year:
            self._year = year
            self.filters.show_year(year)
        self._show_table()

    def focus_first(self) -> None:
        """The list takes the keyboard."""
        self.list.setFocus()

    def commit(self) -> None:
        """Have the open story emit what is pending."""
        self.story.commit()

    def show_target(self, target: object) -> None:
        """Open the story that another screen pointed at."""
        if isinstance(target, PracticeOf):
            self.filters.clear()
            self._wanted = (target.org, target.fiscal_year, target.practice_id)
            self._open_wanted()

    def reload(self) -> None:
        """Show what the store says now."""
        services = self._desk.services

        def read() -> _Seen:
            plans = services.plans.plans()
            directions = {one.number: one.name for plan in plans[:1] for one in plan.directions}
            return _Seen(services.sharing.rows(), tuple(directions.items()))

        self._desk.worker.run(read, self._show, self._failed, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out in narrow and low windows what the open story says too."""
        super().resizeEvent(event)
        for column in LESS_IMPORTANT:
            self.list.setColumnHidden(column, self.width() < size(_NARROW))
        self.advice.setVisible(self.height() >= size(_LOW))

    def show_list_again(self) -> None:
        """Back from a story or a paper."""
        self._show_table()
        self.list.setFocus()

    # Making.

    def _make_table(self) -> QWidget:
        table = QWidget()
        column = QVBoxLayout(table)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.about = plain_label("", "strong")
        self.advice = plain_label("", "small")
        self.open_button = PrimaryButton("文を読む・直す", "E", "pencil")
        self.open_button.clicked.connect(self._open_chosen)
        card = Card()
        card.body.setContentsMargins(16, 12, 16, 12)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.about, 1)
        row.addWidget(self.open_button)
        card.add_layout(row)
        card.add(self.advice)
        column.addWidget(self.filters)
        column.addWidget(self.list, 1)
        column.addWidget(card)
        return table

    def _make_buttons(self) -> None:
        self.back_button = SecondaryButton("一覧に戻る", "B", "chevron-left")
        self.back_button.clicked.connect(self.show_list_again)
        self.header_row.addWidget(self.back_button)
        self.deliveries_button = SecondaryButton("渡した地区部会", "D", "users")
        self.deliveries_button.clicked.connect(self._show_deliveries)
        self.leaflet_button = SecondaryButton("広報を作る", "K", "printer")
        self.leaflet_button.clicked.connect(self._show_leaflet)
        self.booklet_button = SecondaryButton("成果事例集を作る", "J", "printer")
        self.booklet_button.clicked.connect(self._show_booklet)
        self.bar.add_left(self.deliveries_button)
        self.bar.add_right(self.leaflet_button)
        self.bar.add_right(self.booklet_button)
        self._list_buttons = (self.deliveries_button, self.leaflet_button, self.booklet_button)
        for left in self.story.left_buttons:
            self.bar.add_left(left)
        for right in self.story.right_buttons:
            self.bar.add_right(right)

    # Pages.

    def _show_page(self, page: QWidget, title: str) -> None:
        listed, told = page is self._table, page is self.story.page
        self.commit()
        self.set_title(title)
        self.set_title_note("")
        self.back_button.setVisible(not listed)
        for button in self._list_buttons:
            button.setVisible(listed)
        self.story.set_active(told)
        self.bar.set_hint("")  # its room follows the buttons that are shown
        self.bar.setVisible(listed or told)
        self._stack.setCurrentWidget(page)

    def _show_table(self) -> None:
        self._show_page(self._table, _TITLE)
        self.reload()

    def _show(self, seen: _Seen) -> None:
        self._rows = seen.rows
        self.filters.offer(seen.rows, seen.directions, self._desk.fiscal_year())
        self._show_rows()
        self._open_wanted()

    def _show_rows(self) -> None:
        shown = self.filters.let_through(self._rows)
        self.list.show_practices(shown, filtered=bool(self._rows))
        if self._stack.currentIndex() == 0:
            leaving = sum(1 for row in shown if row.may_leave)
            self.set_title_note(f"{len(shown)}件　うち 選んだもの {leaving}件")
        self._show_chosen()

    def _row(self, key: PracticeKey | None) -> PracticeRow | None:
        return next((row for row in self._rows if row.key == key), None)

    def _show_chosen(self) -> None:
        row = self._row(self.list.chosen_key())
        self.about.setText(place_words(row) if row else "事例がありません。")
        self.advice.setText(sentence(row) if row else "")
        self.open_button.setVisible(row is not None)

    def _open_chosen(self) -> None:
        self._wanted = self.list.chosen_key()
        self._open_wanted()

    def _open_wanted(self) -> None:
        row, self._wanted = self._row(self._wanted), None if self._rows else self._wanted
        if row is not None:
            self.list.select_key(row.key, silent=True)
            self._show_page(self.story.page, "成果事例を紹介する")
            self.story.open(row)

    def _shown_and_leaving(self) -> Sequence[PracticeRow]:
        leaving = [row for row in self.filters.let_through(self._rows) if row.may_leave]
        if not leaving:
            self.messages.show_message("info", _NOT_CHOSEN)
        return leaving

    def _show_booklet(self) -> None:
        rows = self._shown_and_leaving()
        if rows:
            self.messages.clear()
            keys, sharing = [row.key for row in rows], self._desk.services.sharing
            self._show_page(self.booklet, f"成果事例集　{len(rows)}件")
            self.booklet.view.print_button.setFocus()
            self.booklet.show_document(lambda: sharing.booklet(keys), "成果事例集.pdf")

    def _show_leaflet(self) -> None:
        rows = self._shown_and_leaving()
        if rows:
            self.messages.clear()
            chosen = self.list.chosen_key()
            first = next((row.key for row in rows if row.key == chosen), rows[0].key)
            self._show_page(self.leaflet, "広報を作る")
            self.leaflet.first.setFocus()
            self.leaflet.open(rows, first)

    def _show_deliveries(self) -> None:
        self._show_page(self.deliveries, "成果事例を渡した地区部会")
        self.deliveries.list.setFocus()
        services = self._desk.services
        self._desk.worker.run(
            services.sharing.deliveries, self.deliveries.show_deliveries, self._failed, self
        )

    def _failed(self, error: ShakyoError) -> None:
        present(error, self.messages)
