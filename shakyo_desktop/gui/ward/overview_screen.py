"""受付状況: every district, what it handed in, what waits for the office, and whom to remind."""

from collections.abc import Callable
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget

from shakyo_desktop.domain.dates import era_date
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.organisations import ScheduleEntry
from shakyo_desktop.domain.submission import KeyRegistration
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.document_panel import DocumentPanel
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.ward import overview_rows
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.ending_notice import EndingNotice
from shakyo_desktop.gui.ward.letters_view import LettersView
from shakyo_desktop.gui.ward.overview_list import OverviewList
from shakyo_desktop.gui.ward.requests_view import RequestsView
from shakyo_desktop.gui.ward.settings.saving import CSV, EXCEL, save_table
from shakyo_desktop.gui.ward.targets import DistrictOf, FilesToReceive, LostComputerOf, ReceiptOf, ReportOf
from shakyo_desktop.gui.ward.words import days_words
from shakyo_desktop.services.overview import DistrictRow

_THEN = "Excelなど、ほかのプログラムで開けます。電話番号が入っているので、置き場所に気をつけてください。"
_CHOOSE = "一覧から地区部会を選んでください。"
_NO_LETTER = "手紙を出す地区部会を、1つ以上選んでください。"
_Answer = tuple[tuple[DistrictRow, ...], ScheduleEntry | None, tuple[KeyRegistration, ...], date | None]


class OverviewScreen(Page):
    """The ward's first screen. Enter on a row does what that district needs next."""

    help_key = "ward-overview"

    def __init__(self, desk: Desk) -> None:
        super().__init__("受付状況")
        self._desk = desk
        self._rows: tuple[DistrictRow, ...] = ()
        self._due_note = ""
        self._ending = EndingNotice(self)
        self.table = OverviewList()
        self.drop, self.filter, self.list = self.table.drop, self.table.filter, self.table.list
        self._connect_table()
        self.requests = RequestsView()
        self.letters = LettersView()
        self.letters.changed.connect(self._count_letters)
        self.document = DocumentPanel("ご報告のお願い", desk.worker, desk.printer, self.messages)
        self.printed = DocumentPanel("受付状況", desk.worker, desk.printer, self.messages)
        self._parts = (self.table, self.requests, self.letters, self.document, self.printed)
        for part in self._parts:
            self.add(part, 1)
        self._make_buttons()
        self._show_part(self.table)

    def enter(self) -> None:
        """Read the state of every district."""
        self.show_table()

    def reload(self) -> None:
        """Show what the store says now."""
        services, year = self._desk.services, self._desk.fiscal_year()

        def read() -> _Answer:
            return (
                services.review.overview(year),
                services.calendar.next_due(year),
                services.registrations.ending(),
                services.replies.registration_end(),
            )

        self._desk.worker.run(read, self._show, self._failed, self)

    def focus_first(self) -> None:
        """The list takes the keyboard."""
        self.list.setFocus()

    def show_target(self, target: object) -> None:
        """Choose a district's row."""
        if isinstance(target, DistrictOf):
            self.table.choose(target.org)
        self.list.setFocus()

    def show_table(self) -> None:
        """Leave letters, requests and papers, and read the list anew."""
        self._show_part(self.table)
        self.reload()

    def show_letters(self) -> None:
        """Choose whom to write."""
        self.letters.show_districts(self._rows, self._today())
        self._show_part(self.letters)
        self.letters.list.setFocus()

    def _connect_table(self) -> None:
        table = self.table
        table.opened.connect(self._open)
        table.receipt_wanted.connect(self._print_receipt)
        table.requests_wanted.connect(self._show_requests)
        table.roster_wanted.connect(lambda: self.screen_requested.emit("office", "roster"))
        table.paths_chosen.connect(self._receive)

    def _make_buttons(self) -> None:
        self.back_button = SecondaryButton("一覧に戻る", "B", "chevron-left")
        self.back_button.clicked.connect(self.show_table)
        self.header_row.addWidget(self.table.filter_box)
        self.header_row.addWidget(self.back_button)
        self.print_button = SecondaryButton("一覧を印刷", "I", "printer")
        self.print_button.clicked.connect(self._print_list)
        self.excel_button = SecondaryButton("Excelで保存", "E", "table-2")
        self.excel_button.clicked.connect(partial(self._save, "xlsx"))
        self.table_button = SecondaryButton("CSVで保存", "T")
        self.table_button.clicked.connect(partial(self._save, "csv"))
        self.lost_button = SecondaryButton("なくしたパソコンを止める")
        self.lost_button.clicked.connect(self._stop_lost)
        self.letters_button = SecondaryButton("お願いの手紙", "L", "mail")
        self.letters_button.clicked.connect(self.show_letters)
        self.make_button = PrimaryButton("手紙を作る", "M", "mail")
        self.make_button.clicked.connect(self._make_letters)
        self._saving = (self.print_button, self.excel_button, self.table_button)
        for button in self._saving:
            self.bar.add_left(button)
        self.header_row.addWidget(self.lost_button)
        self.bar.add_right(self.letters_button)
        self.bar.add_right(self.make_button)

    def _show_part(self, part: QWidget) -> None:
        for one in self._parts:
            one.setVisible(one is part)
        listed, writing = part is self.table, part is self.letters
        self.back_button.setVisible(not listed)
        self._place_filter()
        for button in (*self._saving, self.lost_button, self.letters_button):
            button.setVisible(listed and bool(self._rows))
        self.make_button.setVisible(writing)
        self.bar.setVisible(writing or (listed and bool(self._rows)))
        if writing:
            self._count_letters()
        elif listed:
            self.set_title(overview_rows.title_words(self._rows))

    def fit_room(self) -> None:
        """In low windows the filter takes the place of the note beside the title."""
        margins = self.content.contentsMargins()
        self.table.set_room(self.room() - margins.top() - margins.bottom())
        self._place_filter()

    def _place_filter(self) -> None:
        listed = not self.table.isHidden()
        low = listed and self.table.is_low()
        self.table.filter_box.setVisible(low and bool(self._rows))
        self.set_title_note(self._due_note if listed and not low else "")

    def _show(self, answer: _Answer) -> None:
        self._rows, due, ending, own_end = answer
        self._due_note = _due_words(due, self._today())
        for key, number in overview_rows.counts(self._rows).items():
            self._desk.count(key, number)
        self.table.set_districts(self._rows, self._today())
        self._ending.tell(ending, {row.org: row.name for row in self._rows}, own_end)
        if not self.table.isHidden():
            self._show_part(self.table)

    def _stop_lost(self) -> None:
        row = self.table.chosen()
        if row is None:
            self._say(_CHOOSE)
        else:
            self.screen_requested.emit("registrations", LostComputerOf(row.org))

    def _save(self, kind: str) -> None:
        review, year = self._desk.services.review, self._desk.fiscal_year()
        makers: dict[str, tuple[Callable[[], bytes], str]] = {
            "xlsx": (partial(review.overview_workbook, year), EXCEL),
            "csv": (partial(review.overview_csv, year), CSV),
        }
        make, pattern = makers[kind]
        save_table(self, self._desk, make, f"受付状況-{year}.{kind}", _THEN, pattern)

    def _print_list(self) -> None:
        rows, year = self.table.shown_rows(), self._desk.fiscal_year()
        words, _ = overview_rows.FILTERS[str(self.filter.value() or "all")]
        said = overview_rows.title_words(self._rows)
        if len(rows) < len(self._rows):
            said = f"{words}の{len(rows)}地区部会（{said}）"
        papers = self._desk.services.review.papers
        self.set_title("受付状況の一覧")
        self._show_part(self.printed)
        self.printed.show_document(lambda: papers.list_pdf(year, rows, said), f"受付状況-{year}.pdf")
        self.printed.view.print_button.setFocus()

    def _show_requests(self, row: DistrictRow | None) -> None:
        if row is None:
            return
        review, year = self._desk.services.review, self._desk.fiscal_year()
        self.set_title(f"{row.name}　返事を待っている確認のお願い")
        self._show_part(self.requests)
        self.requests.list.setFocus()
        self._desk.worker.run(
            lambda: review.open_requests(year, row.org), self.requests.show_requests, self._failed, self
        )

    def _count_letters(self) -> None:
        self.set_title(f"ご報告のお願いの手紙　{len(self.letters.chosen())}地区部会")

    def _make_letters(self) -> None:
        orgs, year = self.letters.chosen(), self._desk.fiscal_year()
        if not orgs:
            self._say(_NO_LETTER)
            return
        self.messages.clear()
        papers = self._desk.services.review.papers
        self._show_part(self.document)
        self.document.show_document(lambda: papers.letters(year, orgs), f"ご報告のお願い-{year}.pdf")
        self.document.view.print_button.setFocus()

    def _open(self, row: DistrictRow | None) -> None:
        if row is None:
            self._say(_CHOOSE)
        elif row.held:
            self.screen_requested.emit("registrations", DistrictOf(row.org))
        elif row.package_id is not None:
            self.screen_requested.emit("review", ReportOf(row.package_id))
        else:
            self._say(contact_words(row))

    def _print_receipt(self, row: DistrictRow | None) -> None:
        if row is not None and row.package_id is not None:
            self.screen_requested.emit("answers", ReceiptOf(row.package_id))

    def _receive(self, paths: object) -> None:
        if isinstance(paths, list):
            self.screen_requested.emit("intake", FilesToReceive(tuple(paths)))

    def _today(self) -> date:
        return self._desk.services.context.today()

    def _say(self, text: str) -> None:
        self.messages.show_message("info", text)

    def _failed(self, error: ShakyoError) -> None:
        present(error, self.messages)


def contact_words(row: DistrictRow) -> str:
    """Whom to call, and why, for a district whose report is missing."""
    missing = "" if row.state else f"\n{overview_rows.story(row)}"
    return f"{row.name}　{overview_rows.contact(row)}{missing}"


def _due_words(due: ScheduleEntry | None, today: date) -> str:
    if due is None:
        return "この年度の期限は過ぎました"
    return f"{due.name}の期限 {era_date(due.due)}　{days_words((due.due - today).days)}"
