"""印刷する: every form of the year, as it will come out of the printer."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from shakyo_desktop.domain.forms.pages import chosen_pages
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.gui.paper.form_chooser import FormChooser
from shakyo_desktop.gui.paper.paper_desk import PaperDesk
from shakyo_desktop.gui.paper.print_batch import PrintBatch, all_districts, whole_set
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.document_panel import DocumentPanel
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.theme import set_role, size
from shakyo_desktop.services.forms import Filling, FormWish, PrintedForm

_CHOOSER_WIDTH = 360
_MOST_NAMED = 5
_EVERYONE = "すべての地区部会"
_Offered = tuple[tuple[Plan, ...], tuple[Organisation, ...]]
_NO_ROSTER = "名簿に地区部会がまだありません。\n「区の設定」で名簿を作ると、用紙を印刷できます。"


class PrintScreen(Page):
    """Forms of the own district, or of any district of the roster."""

    help_key = "print"

    def __init__(self, desk: PaperDesk) -> None:
        super().__init__("印刷する", scrolling=False)
        self._desk = desk
        self._shown: tuple[FormWish, PrintedForm] | None = None
        self.chooser = FormChooser(office=desk.office)
        self.chooser.changed.connect(self._show_form)
        self.panel = DocumentPanel("用紙", desk.worker, desk.printer, self.messages)
        self.panel.handed_over.connect(lambda _how: self._note_printed())
        self.confirm_button = SecondaryButton("部会長が確認した", "K", "check")
        self.confirm_button.clicked.connect(self._confirm)
        self.whole = PrintBatch(desk, self.messages, "4種類の用紙をまとめて", "種類", ("M", "O"), whole_set)
        self.everyone = PrintBatch(desk, self.messages, _EVERYONE, "地区ぶん", ("A", "V"), all_districts)
        for batch in (self.whole, self.everyone):
            batch.wish_of(lambda: self.chooser.wish(desk.fiscal_year()))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._make_side())
        row.addWidget(self.panel, 1)
        self.add_layout(row, 1)
        self.everyone.setVisible(desk.office)  # never before it has a parent: it would be a window of its own

    def enter(self) -> None:
        """Read the plans of the year and the roster, then show the form that was chosen last."""
        services, year, office = self._desk.services, self._desk.fiscal_year(), self._desk.office

        def read() -> _Offered:
            plans = tuple(plan for plan in services.plans.plans() if plan.covers(year))
            return plans, services.roster.districts() if office else ()

        self._desk.worker.run(read, self._offer, lambda error: present(error, self.messages), self)

    def focus_first(self) -> None:
        """The choice of the form takes the keyboard."""
        self.chooser.form.focus_input()

    def _make_side(self) -> QWidget:
        side = QWidget()
        set_role(side, "page")
        column = QVBoxLayout(side)
        column.setContentsMargins(0, 0, 8, 0)
        column.addWidget(self.chooser)
        column.addWidget(self.confirm_button)
        column.addWidget(self.whole)
        column.addWidget(self.everyone)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFixedWidth(size(_CHOOSER_WIDTH))
        scroll.setWidget(side)
        return scroll

    def _offer(self, offered: _Offered) -> None:
        plans, districts = offered
        self.chooser.set_plans(plans)
        self.chooser.set_districts(districts)
        self.everyone.set_title(f"{_EVERYONE}（{len(districts)}）")
        if self._desk.office and not districts:
            self.panel.clear()
            self.messages.show_message("info", _NO_ROSTER)
            return
        self._show_form()

    def _show_form(self) -> None:
        wish, typed = self.chooser.wish(self._desk.fiscal_year()), self.chooser.pages_text()
        self.confirm_button.setVisible(wish.filling is Filling.PROOF)
        self._shown = None

        def make() -> bytes:
            self._shown = self._make(wish, typed)
            return self._shown[1].pdf

        self.panel.show_document(make, f"{wish.form.label}-{wish.fiscal_year}.pdf")
        self._desk.worker.run(lambda: None, lambda _: self._warn(), owner=self)

    def _make(self, wish: FormWish, typed: str) -> tuple[FormWish, PrintedForm]:
        """Off the window's thread: the form with the chosen pages."""
        forms = self._desk.services.forms
        if typed and wish.filling is not Filling.PROOF:
            wish = replace(wish, pages=chosen_pages(typed, len(forms.layout(wish).pages)))
        return wish, forms.print_form(wish)

    def _warn(self) -> None:
        """Name the characters that will be printed as 〓."""
        missing = self._shown[1].missing if self._shown else ()
        if missing:
            places = "、".join(f"{where}「{character}」" for where, character in missing[:_MOST_NAMED])
            more = f"　ほか{len(missing) - _MOST_NAMED}か所" if len(missing) > _MOST_NAMED else ""
            words = f"印刷できない文字は〓になります：{places}{more}\n入力した内容はそのままです。"
            self.messages.show_message("warning", words)

    def _note_printed(self) -> None:
        """What went out is what the next proof is compared with."""
        if self._shown is None:
            return
        forms, wish = self._desk.services.forms, self._shown[0]
        self._desk.worker.run(lambda: forms.note_printed(wish), owner=self)

    def _confirm(self) -> None:
        forms, wish = self._desk.services.forms, self.chooser.wish(self._desk.fiscal_year())

        def done(pages: int) -> None:
            words = (
                f"{pages}ページを、部会長が確認したものとして記録しました。"
                if pages
                else ("すべてのページは、もう確認済みです。")
            )
            self._show_form()
            self.messages.show_message("saved", words)

        self._desk.worker.run(
            lambda: forms.confirm(wish), done, lambda error: present(error, self.messages), self
        )
