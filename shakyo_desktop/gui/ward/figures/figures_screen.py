"""集計・グラフ: distributions, sums with coverage, five years and months, for the ward or a part of it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import EmptyState
from shakyo_desktop.gui.shared.document_panel import DocumentPanel
from shakyo_desktop.gui.shared.fields.items import QuietComboBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.theme import set_role, size, theme_signals
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.figures.chart_card import ChartCard
from shakyo_desktop.gui.ward.figures.saving import save_excel_or_csv
from shakyo_desktop.gui.ward.figures.subject_list import SubjectList
from shakyo_desktop.services.figure_charts import charts_of, subject_name
from shakyo_desktop.services.statistics import Statistics

_TITLE = "集計・グラフ"
_NO_DISTRICTS = (
    "名簿に地区部会がまだありません。\n「区の設定」で名簿を作り、報告を受け取ると、ここに図が出ます。"
)
_NO_PLAN = "この年度の計画がありません。\n「区の設定」の「計画」に入れると、ここに図が出ます。"
_LIST_WIDTH = 250
_Answer = tuple[tuple[Plan, ...], Statistics | None]


class FiguresScreen(Page):
    """A list of what to look at, and its charts; every chart can be read as a table."""

    help_key = "ward-figures"

    def __init__(self, desk: Desk) -> None:
        super().__init__(_TITLE, scrolling=False)
        self._desk = desk
        self._stats: Statistics | None = None
        self._as_tables = False
        self.cards: list[ChartCard] = []
        self.plans = QuietComboBox("計画")
        self.plans.activated.connect(lambda _index: self.reload())
        self.subjects = SubjectList()
        self.subjects.row_selected.connect(lambda _key: self._show_charts())
        self.subjects.row_activated.connect(lambda _key: self._go_to_charts())
        self.paper = DocumentPanel(_TITLE, desk.worker, desk.printer, self.messages)
        self._stack = QStackedWidget()
        for widget in (self._make_content(), self._make_empty(), self.paper):
            self._stack.addWidget(widget)
        self.add(self._stack, 1)
        self._make_buttons()
        theme_signals().changed.connect(self._fit)
        self._fit()

    def enter(self) -> None:
        """Read what the store says now."""
        self._stack.setCurrentIndex(0)
        self.reload()

    def focus_first(self) -> None:
        """The list takes the keyboard."""
        self.subjects.setFocus()

    def reload(self) -> None:
        """Read the year of the header and the chosen plan; five years take a moment."""
        figures, year = self._desk.services.figures, self._desk.fiscal_year()
        plan_id = str(self.plans.currentData() or "")

        def read() -> _Answer:
            return figures.plans(year), figures.statistics(year, plan_id)

        self._desk.worker.run(read, self._show, self._failed, self)

    def _make_content(self) -> QWidget:
        self.name = plain_label("", "subheading")
        self.coverage = plain_label("", "small")
        self._charts = QWidget()
        set_role(self._charts, "page")
        self._column = QVBoxLayout(self._charts)
        self._column.setContentsMargins(8, 8, 16, 8)
        self._column.setSpacing(16)
        self._column.addWidget(self.name)
        self._column.addWidget(self.coverage)
        self._column.addStretch(1)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(self._charts)
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.subjects)
        row.addWidget(self._area, 1)
        return body

    def _make_empty(self) -> QWidget:
        self.office_button = PrimaryButton("区の設定を開く", "M", "users")
        self.office_button.clicked.connect(self._open_office)
        self.empty = EmptyState("chart-column", _NO_DISTRICTS, self.office_button)
        return self.empty

    def _make_buttons(self) -> None:
        self.back_button = SecondaryButton("図に戻る", "B", "chevron-left")
        self.back_button.clicked.connect(self._show_body)
        self.twin_button = SecondaryButton("表で見る", "H")
        self.twin_button.clicked.connect(self._turn_tables)
        self.print_button = SecondaryButton("印刷", "J")
        self.print_button.clicked.connect(self._print)
        self.table_button = SecondaryButton("表を保存", "T")
        self.table_button.clicked.connect(self._save)
        for widget in (*self._tools(), self.back_button):
            self.header_row.addWidget(widget)

    def _tools(self) -> tuple[QWidget, ...]:
        """What stands beside the title while charts are shown."""
        return (self.plans, self.twin_button, self.print_button, self.table_button)

    def _show(self, answer: _Answer) -> None:
        plans, stats = answer
        self._stats = stats
        self.plans.clear()
        for plan in plans:
            self.plans.addItem(plan.name, plan.id)
        self.plans.setCurrentIndex(self.plans.findData(stats.plan.id) if stats else -1)
        self.empty.set_text(_NO_PLAN if stats is None else _NO_DISTRICTS)
        if stats is not None and stats.sources:
            self.subjects.show_subjects(stats)
            self._show_charts()
        self._show_body()

    def _show_body(self) -> None:
        filled = self._stats is not None and bool(self._stats.sources)
        self._stack.setCurrentIndex(0 if filled else 1)
        self.set_title(_TITLE)
        self.back_button.hide()
        for widget in self._tools():
            widget.setVisible(filled)
        self.plans.setVisible(self.plans.count() > 1)

    def _show_charts(self) -> None:
        stats = self._stats
        if stats is None:
            return
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        subject = self.subjects.subject()
        self.name.setText(subject_name(stats, subject))
        came, expected = stats.arrived, len(stats.sources)
        said = f"報告が届いた地区部会 {came}/{expected}　斜線は報告がないことを表します。0ではありません。"
        self.coverage.setText("　".join(words for words in (said, stats.table_words()) if words))
        self.cards = [ChartCard(chart) for chart in charts_of(stats, subject)]
        for at, card in enumerate(self.cards):
            card.show_table(self._as_tables)
            self._column.insertWidget(2 + at, card)
        self._area.verticalScrollBar().setValue(0)

    def _go_to_charts(self) -> None:
        if self.cards:
            (self.cards[0].table if self._as_tables else self.cards[0].view).setFocus()  # type: ignore[union-attr]

    def _turn_tables(self) -> None:
        self._as_tables = not self._as_tables
        self.twin_button.set_words("図で見る" if self._as_tables else "表で見る")
        for card in self.cards:
            card.show_table(self._as_tables)

    def _print(self) -> None:
        stats, subject = self._stats, self.subjects.subject()
        if stats is None:
            return
        self.messages.clear()
        self.set_title(f"{_TITLE}　印刷")
        for widget in self._tools():
            widget.hide()
        self.back_button.show()
        self._stack.setCurrentWidget(self.paper)
        figures = self._desk.services.figures
        name = f"集計-{subject_name(stats, subject)}-{stats.fiscal_year}.pdf"
        self.paper.show_document(lambda: figures.charts_pdf(stats, subject), name)
        self.paper.view.print_button.setFocus()

    def _save(self) -> None:
        stats, subject, figures = self._stats, self.subjects.subject(), self._desk.services.figures
        if stats is not None:
            save_excel_or_csv(
                self,
                self._desk,
                lambda: figures.charts_workbook(stats, subject),
                lambda: figures.charts_csv(stats, subject),
                f"集計-{subject_name(stats, subject)}-{stats.fiscal_year}.xlsx",
            )

    def _open_office(self) -> None:
        self.screen_requested.emit("office", "plans" if self._stats is None else "roster")

    def _fit(self) -> None:
        self.subjects.setFixedWidth(size(_LIST_WIDTH))

    def _failed(self, error: ShakyoError) -> None:
        present(error, self.messages)
