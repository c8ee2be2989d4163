"""受付状況: every district, what it handed in, what waits for the office."""

from functools import partial

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from shakyo_desktop.domain.dates import era_date
from shakyo_desktop.domain.organisations import ScheduleEntry
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.drop_area import DropArea
from shakyo_desktop.gui.shared.fields.choice import Choice, ChoiceField
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.row_list import RowList
from shakyo_desktop.gui.shared.theme import size
from shakyo_desktop.gui.ward import overview_rows
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.settings.saving import CSV, save_table
from shakyo_desktop.gui.ward.targets import DistrictOf, FilesToReceive, ReceiptOf, ReportOf
from shakyo_desktop.gui.ward.words import days_words
from shakyo_desktop.services.overview import DistrictRow

_PATTERN = "提出ファイル (*.shakyo)"
_NONE_FIT = "あてはまる地区部会はありません。"
_NO_ROSTER = (
    "名簿に地区部会がまだありません。\n"
    "はじめに「区の設定」で、名簿を作り、設定ファイルと控えを地区部会に渡してください。"
)
_NARROW = 1040
_LOW = 440
_Answer = tuple[tuple[DistrictRow, ...], ScheduleEntry | None]


class OverviewScreen(Page):
    """The ward's first screen. Enter on a row does what that district needs next."""

    help_key = "ward-overview"

    def __init__(self, desk: Desk) -> None:
        super().__init__("受付状況", scrolling=False)
        self._desk = desk
        self._rows: tuple[DistrictRow, ...] = ()
        self._narrow = False
        self.drop = DropArea(
            "ここに提出ファイルやフォルダを置く", "ファイルを選ぶ", letter="O", pattern=_PATTERN
        )
        self.drop.paths_chosen.connect(self._receive)
        self.filter = ChoiceField("filter", "", self._choices(), numbered=False)
        self.filter.name_group("状態で選ぶ")
        self.filter.set_value("all")
        self.filter.changed.connect(lambda *_: self._show_rows())
        self.list = RowList(overview_rows.COLUMNS, "地区部会の受付状況")
        self.list.set_empty_text(_NONE_FIT)
        self.list.row_selected.connect(lambda _key: self._show_chosen())
        self.list.row_activated.connect(lambda _key: self._open())
        self.add(self.drop)
        self.add(self.filter)
        self.add(self.list, 1)
        self.add(self._make_details())

    def enter(self) -> None:
        """Read the state of every district."""
        self.reload()

    def reload(self) -> None:
        """Show what the store says now."""
        services, year = self._desk.services, self._desk.fiscal_year()

        def read() -> _Answer:
            return services.review.overview(year), services.calendar.next_due(year)

        self._desk.worker.run(read, self._show, lambda error: present(error, self.messages), self)

    def focus_first(self) -> None:
        """The list takes the keyboard."""
        self.list.setFocus()

    def show_target(self, target: object) -> None:
        """Choose a district's row."""
        if isinstance(target, DistrictOf):
            self.filter.set_value("all")
            self._show_rows()
            self.list.select_key(target.org)
        self.list.setFocus()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave out what is elsewhere too: columns in narrow windows, the drop area in low ones."""
        super().resizeEvent(event)
        self.drop.setVisible(self.height() >= size(_LOW))
        self._narrow = self.width() < size(_NARROW)
        for column in overview_rows.LESS_IMPORTANT:
            self.list.setColumnHidden(column, self._narrow)
        self._show_chosen()

    def _make_details(self) -> Card:
        card = Card()
        card.body.setContentsMargins(16, 12, 16, 12)
        self.name = plain_label("", "strong")
        self.about = plain_label("", "small")
        self.open_button = PrimaryButton("確認する", "K")
        self.open_button.clicked.connect(self._open)
        self.contact_button = SecondaryButton("連絡先", icon_name="phone")
        self.contact_button.clicked.connect(self._show_contact)
        self.receipt_button = SecondaryButton("受領証を印刷", "J", "printer")
        self.receipt_button.clicked.connect(self._print_receipt)
        self.roster_button = PrimaryButton("名簿を作る", "M", "users")
        self.roster_button.clicked.connect(lambda: self.screen_requested.emit("office", "roster"))
        self.roster_button.hide()
        self.table_button = SecondaryButton("表を保存", "T", "table-2")
        self.table_button.clicked.connect(self._save_table)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.name, 1)
        row.addWidget(self.table_button)
        for button in (self.receipt_button, self.contact_button, self.open_button, self.roster_button):
            row.addWidget(button)
        card.add_layout(row)
        card.add(self.about)
        return card

    def _save_table(self) -> None:
        services, year = self._desk.services, self._desk.fiscal_year()
        then = (
            "Excelなど、ほかのプログラムで開けます。電話番号が入っているので、置き場所に気をつけてください。"
        )
        make = partial(services.review.overview_csv, year)
        save_table(self, self._desk, make, f"受付状況-{year}.csv", then, CSV)

    def _choices(self) -> list[Choice]:
        found = overview_rows.FILTERS.items()
        counts = {key: sum(1 for row in self._rows if fits(row)) for key, (_, fits) in found}
        return [Choice(key, f"{words} {counts[key]}") for key, (words, _) in found]

    def _show(self, answer: _Answer) -> None:
        self._rows, due = answer
        self.list.set_empty_text(_NONE_FIT if self._rows else _NO_ROSTER)
        self.roster_button.setVisible(not self._rows)
        for widget in (self.filter, self.receipt_button, self.contact_button, self.open_button):
            widget.setVisible(bool(self._rows))
        for key, number in overview_rows.counts(self._rows).items():
            self._desk.count(key, number)
        self.set_title(overview_rows.title_words(self._rows))
        self.set_title_note(_due_words(due, self._desk))
        for segment, choice in zip(self.filter.segments(), self._choices(), strict=True):
            segment.setText(choice.label)
        self._show_rows()

    def _show_rows(self) -> None:
        self.list.set_rows(overview_rows.list_rows(self._rows, str(self.filter.value() or "all")))
        if self.list.selected_key() is None and self.list.rows():
            self.list.select_key(self.list.rows()[0].key)
        self._show_chosen()

    def _chosen(self) -> DistrictRow | None:
        return next((row for row in self._rows if row.org == self.list.selected_key()), None)

    def _show_chosen(self) -> None:
        row = self._chosen()
        nobody = "地区部会を選んでください。" if self._rows else "はじめに、地区部会の名簿を作ります。"
        name, about = (row.name, overview_rows.story(row)) if row else (nobody, "")
        self.name.setText("" if self._narrow else name)  # the buttons need its room
        self.about.setText(f"{name}　{about}" if self._narrow else about)
        self.open_button.set_words("登録の確認へ" if row and row.held else "確認する")

    def _open(self) -> None:
        row = self._chosen()
        if row is None:
            self._say("一覧から地区部会を選んでください。")
        elif row.held:
            self.screen_requested.emit("registrations", DistrictOf(row.org))
        elif row.package_id is not None:
            self.screen_requested.emit("review", ReportOf(row.package_id))
        else:
            self._show_contact()

    def _show_contact(self) -> None:
        row = self._chosen()
        if row is None:
            self._say("一覧から地区部会を選んでください。")
            return
        self._say(contact_words(row))

    def _print_receipt(self) -> None:
        row = self._chosen()
        if row is None or row.package_id is None or not overview_rows.answer_words(row):
            self._say(
                "まだ受領証がありません。報告を確認して「確定する」か「確認をお願いする」を押すとできます。"
            )
            return
        self.screen_requested.emit("answers", ReceiptOf(row.package_id))

    def _receive(self, paths: object) -> None:
        if isinstance(paths, list):
            self.screen_requested.emit("intake", FilesToReceive(tuple(paths)))

    def _say(self, text: str) -> None:
        self.messages.show_message("info", text)


def contact_words(row: DistrictRow) -> str:
    """Telephone and contact from the office's own roster, never from a paper that came."""
    telephone = row.telephone or "（名簿に電話番号がありません）"
    contact = f"　連絡先 {row.contact}" if row.contact else ""
    missing = "" if row.state else f"\n{overview_rows.story(row)}"
    return f"{row.name}　電話 {telephone}{contact}{missing}"


def _due_words(due: ScheduleEntry | None, desk: Desk) -> str:
    if due is None:
        return "この年度の期限は過ぎました"
    left = (due.due - desk.services.context.today()).days
    return f"{due.name}の期限 {era_date(due.due)}　{days_words(left)}"
