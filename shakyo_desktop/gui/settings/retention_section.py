"""保存期間: how long a year is kept, what is past its time, deleting it when its year is typed, the notes."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.domain.dates import era_date, era_timestamp
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.retention import YEARS_TO_CHOOSE, Deletion, HeldYear, count_words, kept_until
from shakyo_desktop.gui.settings.section import Section, SettingsDesk, button_row
from shakyo_desktop.gui.shared.background import Task
from shakyo_desktop.gui.shared.buttons import DangerButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card, ProgressLine
from shakyo_desktop.gui.shared.document_panel import DocumentPanel
from shakyo_desktop.gui.shared.fields import Choice, ChoiceField, FlagField, TextField
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.services.retention import RetentionView

_LEAD = (
    "年度が終わってから、ここで決めた年数のあいだ記録を残します。\n"
    "過ぎた年度は下に出ます。ひとりでに消えることはありません。"
)
_SURE = (
    "消すと、その年度の活動・写真・提出・返事・用紙の写しと、確認を待っているファイルが、このパソコンのファイルから本当に無くなります。元には戻せません。\n"
    "必要なら、先に「控え」を作るか、「印刷する」で紙に残してください。"
)
_COPIES = "USBメモリなどの控えには残っています。要らない控えは、ここで消したあとに捨ててください。"
_PAST = (Column("年度", 132), Column("保存期間の終わり", 236), Column("残っている記録"))
_DELETED = (Column("年度", 132), Column("消した日時", 236), Column("消した記録"))
_NO_END = "0"


class RetentionSection(Section):
    """Signals: `records_changed` when a year's records are gone."""

    records_changed = Signal()

    def __init__(self, desk: SettingsDesk) -> None:
        super().__init__(desk)
        self._view: RetentionView | None = None
        choices = [Choice(str(years), f"{years}年") for years in YEARS_TO_CHOOSE]
        choices.append(Choice(_NO_END, "決めない（ずっと残す）"))
        card = Card("保存期間")
        self.years = ChoiceField("years", "年度が終わってから", choices, numbered=False, label_place="above")
        self.years.changed.connect(lambda _name, value, _unread: self._set_years(str(value)))
        card.add(plain_label(_LEAD))
        card.add(self.years)
        self.column.addWidget(card)
        self.column.addWidget(self._make_past())
        self.column.addWidget(self._make_deleted())

    def load(self) -> None:
        """Read which years there are."""
        self.ask(self.desk.services.retention.view, self._show)

    def delete(self) -> None:
        """Delete the year that is chosen, when it was typed as well."""
        chosen = self._chosen()
        if chosen is None:
            self.say("消す年度を、一覧から選んでください。まだ何も消していません。", "info")
            return
        self.typed.commit()
        typed, year = str(self.typed.value() or ""), chosen.fiscal_year
        kept, older = bool(self.keep_compilations.value()), bool(self.old_stores.value())
        retention = self.desk.services.retention

        def work(_task: Task) -> Deletion:
            return retention.delete(year, typed, keep_compilations=kept, with_old_stores=older)

        def done(_note: Deletion) -> None:
            self._set_working(False)
            self.typed.set_value("")
            self.say(f"{fiscal_year_name(year)}の記録を消しました。\n{_COPIES}")
            self.records_changed.emit()
            self.load()

        def failed(error: ShakyoError) -> None:
            self._set_working(False)
            self.failed(error)
            self.load()

        self._set_working(True)
        self.desk.worker.start(work, done, failed, owner=self)

    def _make_past(self) -> QWidget:
        card = Card("保存期間が過ぎた年度")
        self.past = RowList(_PAST, "保存期間が過ぎた年度")
        self.past.setMinimumHeight(150)
        self.past.row_selected.connect(lambda _key: self._show_chosen())
        card.add(self.past)
        self._deleting = QWidget()
        column = QVBoxLayout(self._deleting)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        self.keep_compilations = FlagField(
            "keep_compilations", "取りまとめ（区の数字と文）は残す", label_place="above"
        )
        self.old_stores = FlagField(
            "old_stores", "このパソコンにある前の控えも消す（新しい控えを1つ作ってから）", label_place="above"
        )
        self._which = plain_label("")
        self.typed = TextField("typed", "消す年度")
        self.delete_button = DangerButton("選んだ年度を消す")
        self.delete_button.clicked.connect(self.delete)
        self._progress = ProgressLine()
        for widget in (
            plain_label(_SURE),
            self.keep_compilations,
            self.old_stores,
            self._which,
            self.typed,
            self._progress,
        ):
            column.addWidget(widget)
        column.addLayout(button_row(self.delete_button))
        self._progress.hide()
        card.add(self._deleting)
        return card

    def _make_deleted(self) -> QWidget:
        card = Card("消した記録")
        self.deleted = RowList(_DELETED, "消した記録")
        self.deleted.set_empty_text("消した年度はまだありません。")
        self.deleted.setMinimumHeight(150)
        self.paper_button = SecondaryButton("消去の記録を見る・印刷する", icon_name="printer")
        self.paper_button.clicked.connect(self._show_paper)
        self.finish_button = SecondaryButton("片づけをもう一度する")
        self.finish_button.clicked.connect(self._finish)
        card.add(self.deleted)
        card.add_layout(button_row(self.paper_button, self.finish_button))
        self._paper = QWidget()
        inner = QVBoxLayout(self._paper)
        inner.setContentsMargins(0, 0, 0, 0)
        self.panel = DocumentPanel("消去の記録", self.desk.worker, self.desk.printer, self.desk.messages)
        self.panel.setMinimumHeight(460)
        inner.addWidget(self.panel)
        self._paper.hide()
        card.add(self._paper)
        return card

    def _chosen(self) -> HeldYear | None:
        key = self.past.selected_key()
        past = self._view.past if self._view else ()
        return next((one for one in past if one.fiscal_year == key), None)

    def _show(self, view: RetentionView) -> None:
        self._view = view
        self.years.set_value(str(view.years))
        self.past.set_rows([_past_row(one, view.years) for one in view.past])
        self.past.set_empty_text(_nothing_past(view))
        self._deleting.setVisible(bool(view.past))
        if view.past:
            self.past.select_key(view.past[0].fiscal_year, silent=True)
        self.old_stores.setVisible(bool(view.old_stores))
        self.old_stores.set_value(bool(view.old_stores))
        self._show_chosen()
        self.deleted.set_rows([_deleted_row(one) for one in view.deletions])
        self.paper_button.setVisible(bool(view.deletions))
        self.finish_button.setVisible(view.unfinished)
        self._paper.hide()

    def _show_chosen(self) -> None:
        chosen = self._chosen()
        compiled = chosen is not None and chosen.counts.get("compilations", 0) > 0
        self.keep_compilations.setVisible(compiled)
        self.keep_compilations.set_value(compiled)
        if chosen is not None:
            name = fiscal_year_name(chosen.fiscal_year)
            self._which.setText(f"確かめのために、消す年度（{name}）を書いてください。")

    def _set_years(self, value: str) -> None:
        self.ask(lambda: self.desk.services.retention.set_years(int(value)), lambda _none: self.load())

    def _finish(self) -> None:
        def done(_none: None) -> None:
            self.say("片づけが終わりました。消した記録は、ファイルのどこにも残っていません。")
            self.load()

        self.ask(self.desk.services.retention.finish, done)

    def _show_paper(self) -> None:
        self._paper.show()
        self.panel.show_document(self.desk.services.retention.paper, "消去の記録.pdf")

    def _set_working(self, working: bool) -> None:
        self._progress.setVisible(working)
        self.delete_button.setVisible(not working)
        if working:
            self._progress.set_progress(0, 0, "消しています。大きなデータでは数分かかります。")


def _past_row(one: HeldYear, years: int) -> Row:
    until = era_date(kept_until(one.fiscal_year, years))
    return Row(one.fiscal_year, (fiscal_year_name(one.fiscal_year), until, count_words(one.counts)))


def _deleted_row(one: Deletion) -> Row:
    words = count_words(one.counts) + ("" if one.erased_at else "　片づけの途中です")
    return Row(one.id, (fiscal_year_name(one.fiscal_year), era_timestamp(one.deleted_at), words))


def _nothing_past(view: RetentionView) -> str:
    if not view.kept or not view.years:
        return "保存期間が過ぎた年度はありません。"
    oldest = view.kept[0].fiscal_year
    until = era_date(kept_until(oldest, view.years))
    return (
        f"保存期間が過ぎた年度はありません。いちばん古い{fiscal_year_name(oldest)}は、{until}まで残ります。"
    )
