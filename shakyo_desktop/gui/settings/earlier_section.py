"""前の年度: a year that was never in the program, from an Excel table; looked at first, taken back whole."""

from pathlib import Path

from PySide6.QtCore import Signal

from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.earlier_year import Standing
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.gui.settings.earlier_rows import preview_rows, preview_summary
from shakyo_desktop.gui.settings.section import Section, SettingsDesk, button_row
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields import Choice, ChoiceField
from shakyo_desktop.gui.shared.fields.items import QuietComboBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.services.earlier_years import YearPreview
from shakyo_desktop.services.table_years import TakenTable
from shakyo_desktop.services.verified_write import WrittenFile, write_verified

_LEAD = (
    "Excelの表から、前の年度の内容を入れます。入れると、今年度の欄の横に前年度の値が出ます。\n"
    "ひな形を保存して書き、その表を選びます。選んだだけでは何も変わりません。\n"
    "紙を見て入れるときは、上の年度でその年度を選び、「紙から入力」か「取組項目」を開きます。"
)
_NO_YEARS = (
    "入れられる前の年度がありません。計画が今年度からのものだけです。\n"
    "前の計画が登録されると、ここでその年度を選べます。計画は区事務所が「区の設定」で登録します。"
)
_TABLES = "表 (*.xlsx *.csv)"
_PREVIEW = (Column("", 156), Column("場所", 168), Column("内容"))
_TAKEN = (Column("年度", 132), Column("取り込んだ日時", 236), Column("表"))
KEEP, REPLACE = "keep", "replace"


class EarlierSection(Section):
    """Signals: `records_changed` when a year's records are not what they were."""

    records_changed = Signal()

    def __init__(self, desk: SettingsDesk) -> None:
        super().__init__(desk)
        self.preview: YearPreview | None = None
        self._known: dict[object, TakenTable] = {}
        self._make_choosing()
        self._make_preview()
        self._make_taken()

    def load(self) -> None:
        """Read which years there are and what was taken in."""
        self.ask(self.desk.services.earlier_years.years, self._show_years)
        self._read_taken()

    def fiscal_year(self) -> int | None:
        """The year that is chosen, None while there is none."""
        year = self.years.currentData()
        return int(year) if year is not None else None

    def _make_choosing(self) -> None:
        self._choosing = Card("前の年度を入れる")
        self.lead = plain_label(_LEAD)
        self.years = QuietComboBox("入れる年度")
        self.template_button = SecondaryButton("ひな形を保存する", "T", "download")
        self.template_button.clicked.connect(self._save_template)
        self.table_button = PrimaryButton("表を選ぶ", "X", "table-2")
        self.table_button.clicked.connect(self._choose_table)
        self._choosing.add(self.lead)
        self._choosing.add_layout(button_row(self.years, self.template_button, self.table_button))
        self.column.addWidget(self._choosing)

    def _make_preview(self) -> None:
        self._card = Card("表の内容")
        self.summary = plain_label("", "strong")
        self.list = RowList(_PREVIEW, "表の内容", row_height=72)
        self.list.setWordWrap(True)
        self.list.setMinimumHeight(240)
        choices = [Choice(KEEP, "今ある値を残す"), Choice(REPLACE, "表の値にする")]
        self.rule = ChoiceField("rule", "今とちがう値", choices, label_place="above")
        self.leave_button = SecondaryButton("取り込まない", "N")
        self.leave_button.clicked.connect(self._leave)
        self.take_button = PrimaryButton("この内容で取り込む", "K")
        self.take_button.clicked.connect(self._take_in)
        for widget in (self.summary, self.list, self.rule):
            self._card.add(widget)
        self._card.add_layout(button_row(self.leave_button, self.take_button))
        self.column.addWidget(self._card)
        self._card.hide()

    def _make_taken(self) -> None:
        self._done = Card("取り込んだ表")
        self.taken = RowList(_TAKEN, "取り込んだ表")
        self.taken.set_empty_text("まだ取り込んだ表はありません。")
        self.taken.setMinimumHeight(150)
        self.undo_button = SecondaryButton("取り込みを元に戻す", "U")
        self.undo_button.clicked.connect(self._undo)
        self._done.add(self.taken)
        self._done.add_layout(button_row(self.undo_button))
        self.column.addWidget(self._done)

    def _show_years(self, years: tuple[int, ...]) -> None:
        chosen = self.fiscal_year()
        self.years.clear()
        for year in years:
            self.years.addItem(fiscal_year_name(year), year)
        self.years.setCurrentIndex(max(self.years.findData(chosen), 0) if years else -1)
        self.lead.setText(_LEAD if years else _NO_YEARS)
        for widget in (self.years, self.template_button, self.table_button):
            widget.setVisible(bool(years))

    def _save_template(self) -> None:
        year = self.fiscal_year()
        if year is None:
            return
        name = f"前の年度-{fiscal_year_name(year)}.xlsx"
        path = choosers.choose_save_path(self, "表を保存する", name, "Excel (*.xlsx)")
        if path is None:
            return
        make = self.desk.services.earlier_years.template

        def work() -> WrittenFile:
            data = make(year)
            return write_verified(path.parent, path.name, lambda out: out.write(data))

        then = "書いて保存し、Excelを閉じてから「表を選ぶ」で選んでください。"
        self.ask(work, lambda written: self.say(f"{written.path.name} を保存しました。\n{then}"))

    def _choose_table(self) -> None:
        path = choosers.choose_file(self, self.table_button.words(), _TABLES)
        if path is not None:
            self.read(path)

    def read(self, path: Path) -> None:
        """Show what a table would change."""
        year, service = self.fiscal_year(), self.desk.services.earlier_years
        if year is not None:
            self.ask(lambda: service.preview(path, year), self._show_preview)

    def _show_preview(self, preview: YearPreview) -> None:
        self.preview = preview
        self.desk.messages.clear()
        self.summary.setText(preview_summary(preview))
        self._card.set_title(f"{fiscal_year_name(preview.fiscal_year)}の表の内容")
        rows = preview_rows(preview)
        self.list.set_rows(rows)
        self.list.setVisible(bool(rows))
        self.rule.set_value(KEEP)
        good = not preview.problems
        self.rule.setVisible(good and preview.count(Standing.OTHER) > 0)
        self.take_button.setVisible(good and preview.brings(keep=False))
        self._choosing.hide()
        self._done.hide()
        self._card.show()
        (self.list if rows else self.leave_button).setFocus()

    def _leave(self) -> None:
        self.preview = None
        self._card.hide()
        self._choosing.show()
        self._done.show()
        self.table_button.setFocus()

    def _take_in(self) -> None:
        preview, service = self.preview, self.desk.services.earlier_years
        if preview is None:
            return
        keep = self.rule.value() != REPLACE

        def done(taken: TakenTable) -> None:
            self._leave()
            self.say(
                f"{fiscal_year_name(taken.fiscal_year)}に、{taken.records}件の記録の{taken.values}個の値を取り込みました。\n"
                "次の年度の欄の横に、前年度の値として出ます。"
            )
            self.records_changed.emit()
            self._read_taken()

        self.ask(lambda: service.take_in(preview, keep=keep), done)

    def _read_taken(self) -> None:
        self.ask(self.desk.services.earlier_years.taken, self._show_taken)

    def _show_taken(self, taken: tuple[TakenTable, ...]) -> None:
        self._known = {one.id: one for one in taken}
        self.taken.set_rows([_taken_row(one) for one in taken])
        open_ones = [one.id for one in taken if not one.undone]
        self.undo_button.setVisible(bool(open_ones))
        if open_ones:
            self.taken.select_key(open_ones[0], silent=True)

    def _undo(self) -> None:
        chosen = self._known.get(self.taken.selected_key())
        service = self.desk.services.earlier_years
        if chosen is None:
            self.say("元に戻す表を、一覧から選んでください。", "info")
            return

        def done(undone: TakenTable) -> None:
            self.say(
                f"{undone.file_name} の取り込みを元に戻しました。\n"
                "値は取り込む前のとおりです。新しく入った活動は「ごみ箱」にあります。"
            )
            self.records_changed.emit()
            self._read_taken()

        self.ask(lambda: service.undo(chosen.id), done)


def _taken_row(one: TakenTable) -> Row:
    words = f"{one.file_name}　{one.values}個の値" + ("　元に戻しました" if one.undone else "")
    return Row(one.id, (fiscal_year_name(one.fiscal_year), era_timestamp(one.at), words))
