"""地区×項目: what every district reported about every item, and the signed report behind each cell."""

from functools import partial

from PySide6.QtCore import QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import EmptyState
from shakyo_desktop.gui.shared.chart_view import ChartView
from shakyo_desktop.gui.shared.document_panel import DocumentPanel
from shakyo_desktop.gui.shared.fields.items import QuietComboBox
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.theme import size
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.figures.cell_card import CellCard
from shakyo_desktop.gui.ward.figures.legend import Legend
from shakyo_desktop.gui.ward.figures.matrix_grid import MatrixGrid
from shakyo_desktop.gui.ward.figures.saving import save_excel_or_csv
from shakyo_desktop.gui.ward.targets import ReportOf
from shakyo_desktop.services.figures import CellRecord
from shakyo_desktop.services.matrix import MatrixLine, MatrixView
from shakyo_desktop.services.matrix_charts import directions_chart

_TITLE = "地区×項目"
_NO_DISTRICTS = "名簿に地区部会がまだありません。\n「区の設定」で名簿を作ると、ここに一覧が出ます。"
_NO_PLAN = "この年度の計画がありません。\n「区の設定」の「計画」に入れると、ここに項目が出ます。"
_READ_AFTER_MS = 120
_GAP = 12
_LOW = 480
_Answer = tuple[tuple[Plan, ...], MatrixView | None]


class MatrixScreen(Page):
    """Enter on a cell opens that district's record; the card below says what the cell rests on."""

    help_key = "ward-matrix"

    def __init__(self, desk: Desk) -> None:
        super().__init__(_TITLE, scrolling=False)
        self._desk = desk
        self._view: MatrixView | None = None
        self._later = QTimer(self, singleShot=True, interval=_READ_AFTER_MS)
        self._later.timeout.connect(self._read_record)
        self.plans = QuietComboBox("計画")
        self.plans.activated.connect(lambda _index: self.reload())
        self.grid = MatrixGrid()
        self.grid.cell_chosen.connect(self._choose)
        self.grid.cell_opened.connect(self._open)
        self.chart = ChartView(name="施策の方向性ごとの実施状況")
        self.card = CellCard()
        self.paper = DocumentPanel("地区×項目", desk.worker, desk.printer, self.messages)
        self._stack = QStackedWidget()
        for widget in (self._make_table(), self._make_empty(), self.paper):
            self._stack.addWidget(widget)
        self.add(self._stack, 1)
        self._make_buttons()

    def enter(self) -> None:
        """Read what the store says now."""
        self._stack.setCurrentIndex(0)
        self.reload()

    def focus_first(self) -> None:
        """The grid takes the keyboard."""
        self.grid.setFocus()

    def reload(self) -> None:
        """Show the year of the header and the chosen plan."""
        figures, year = self._desk.services.figures, self._desk.fiscal_year()
        plan_id = str(self.plans.currentData() or "")

        def read() -> _Answer:
            return figures.plans(year), figures.matrix(year, plan_id)

        self._desk.worker.run(read, self._show, self._failed, self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show the distribution where the grid leaves room for it."""
        super().resizeEvent(event)
        self._fit()

    def _make_table(self) -> QWidget:
        table = QWidget()
        column = QVBoxLayout(table)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        self.legend = Legend()
        side = QHBoxLayout()
        side.addWidget(self.grid, 1)
        side.addStretch(0)
        top = QHBoxLayout()
        top.setSpacing(_GAP)
        top.addWidget(self.legend, 1)
        top.addWidget(self.plans)
        column.addLayout(top)
        column.addLayout(side, 1)
        column.addWidget(self.chart)
        column.addWidget(self.card)
        column.addStretch(0)
        return table

    def _make_empty(self) -> QWidget:
        self.roster_button = PrimaryButton("区の設定を開く", "M", "users")
        self.roster_button.clicked.connect(self._open_office)
        self.empty = EmptyState("grid-3x3", _NO_DISTRICTS, self.roster_button)
        return self.empty

    def _make_buttons(self) -> None:
        self.back_button = SecondaryButton("表に戻る", "B", "chevron-left")
        self.back_button.clicked.connect(self._show_table)
        self.changes_button = SecondaryButton("前年度とのちがい", "D")
        self.changes_button.clicked.connect(self._turn_changes)
        self.print_button = SecondaryButton("印刷", "J")
        self.print_button.clicked.connect(self._print)
        self.table_button = SecondaryButton("表を保存", "T")
        self.table_button.clicked.connect(self._save)
        self.open_button = PrimaryButton("記録を開く", "K")
        self.open_button.clicked.connect(self._open_current)
        for widget in (*self._tools(), self.back_button):
            self.header_row.addWidget(widget)

    def _tools(self) -> tuple[QWidget, ...]:
        """What stands beside the title while the table is shown."""
        return (self.changes_button, self.print_button, self.table_button, self.open_button)

    def _show(self, answer: _Answer) -> None:
        plans, view = answer
        self._view = view
        self.plans.clear()
        for plan in plans:
            self.plans.addItem(plan.name, plan.id)
        self.plans.setCurrentIndex(self.plans.findData(view.plan.id) if view else -1)
        self.grid.show_matrix(view)
        self.empty.set_text(_NO_PLAN if view is None else _NO_DISTRICTS)
        if view is not None and view.lines:
            self.chart.set_chart(directions_chart(view, short=True))
        if view is not None and any(line.from_table for line in view.lines):
            self._say_tables()
        self._show_table()

    def _show_table(self) -> None:
        filled = self._view is not None and bool(self._view.lines)
        self._stack.setCurrentIndex(0 if filled else 1)
        self.set_title(_TITLE)
        self.back_button.hide()
        self.plans.setVisible(self.plans.count() > 1)
        for button in self._tools():
            button.setVisible(filled)
        self._fit()

    def _fit(self) -> None:
        """Give the grid what it needs, and the chart what is left; low windows do without the legend."""
        if self._view is None:
            return
        low = self.height() < size(_LOW)
        self.legend.setVisible(not low or self.grid.cells.changes)
        self.card.set_low(low)
        width = self._stack.width()
        room = self._stack.height() - 3 * _GAP
        beside = self.plans.sizeHint().width() + _GAP if self.plans.count() > 1 else 0
        room -= self.legend.heightForWidth(width - beside) + self.card.heightForWidth(width)
        needed = self.grid.content_height()
        self.grid.setMaximumSize(self.grid.content_width(), needed)
        self.chart.setVisible(room - needed >= self.chart.heightForWidth(width))

    def _turn_changes(self) -> None:
        changes = not self.grid.cells.changes
        view = self._view
        if changes and view is not None and not view.has_earlier:
            self._say(
                "前の年度の報告がないので、くらべられません。前の年度の報告を受け取ると、くらべられます。"
            )
            return
        self.grid.set_changes(changes)
        self.changes_button.set_words("ちがいを消す" if changes else "前年度とのちがい")
        self.legend.set_signs(shown=changes)
        self.messages.clear()
        if changes:
            self._say_tables()
        self._fit()
        self._choose_current()

    def _say_tables(self) -> None:
        """Values that nobody signed are never shown without saying so."""
        if self._view is not None and self._view.table_words():
            self._say(f"{self._view.table_words()}。署名のある報告がない地区部会の分です。")

    def _line(self, row: int) -> MatrixLine | None:
        return self._view.lines[row] if self._view and 0 <= row < len(self._view.lines) else None

    def _choose_current(self) -> None:
        index = self.grid.currentIndex()
        if index.isValid():
            self._choose(index.row(), index.column())

    def _choose(self, row: int, column: int) -> None:
        line, view = self._line(row), self._view
        if line is None or view is None:
            return
        item = view.plan.items[column]
        words = self.grid.cells.cell(row, column).words
        self.card.show_cell(
            f"{line.name}　{item.number} {item.name}　{words}", line.source, from_table=line.from_table
        )
        self._later.start()

    def _read_record(self) -> None:
        index, view = self.grid.currentIndex(), self._view
        line = self._line(index.row())
        if line is None or view is None or (line.source.package_id is None and not line.from_table):
            return
        item = view.plan.items[index.column()]
        figures = self._desk.services.figures
        read = partial(figures.record, line.source, view.fiscal_year, view.plan.id, item.number)

        def show(found: CellRecord) -> None:
            if self.grid.currentIndex() == index and self._view is view:
                self.card.show_record(found.status, item, view.plan)
                self._fit()

        self._desk.worker.run(read, show, self._failed, self)

    def _open_current(self) -> None:
        index = self.grid.currentIndex()
        self._open(index.row(), index.column())

    def _open(self, row: int, column: int) -> None:
        line, view = self._line(row), self._view
        if line is None or view is None:
            self._say("表から、地区部会と項目を選んでください。")
        elif line.from_table:
            self._say(f"{line.name}の値は、前の年度の表から入れたものです。署名のある報告はありません。")
        elif line.source.package_id is None:
            self._say(f"{line.name}の報告は、まだ届いていません。届くと、ここから記録が開きます。")
        else:
            item = (view.plan.id, view.plan.items[column].number)
            self.screen_requested.emit("review", ReportOf(line.source.package_id, item))

    def _print(self) -> None:
        view, changes = self._view, self.grid.cells.changes
        if view is None:
            return
        self.messages.clear()
        self.set_title(f"{_TITLE}　印刷")
        for widget in self._tools():
            widget.hide()
        self.back_button.show()
        self._stack.setCurrentWidget(self.paper)
        figures = self._desk.services.figures
        self.paper.show_document(
            lambda: figures.matrix_pdf(view, changes=changes), f"地区×項目-{view.fiscal_year}.pdf"
        )
        self.paper.view.print_button.setFocus()

    def _save(self) -> None:
        view, figures = self._view, self._desk.services.figures
        if view is not None:
            save_excel_or_csv(
                self,
                self._desk,
                lambda: figures.matrix_workbook(view),
                lambda: figures.matrix_csv(view),
                f"地区×項目-{view.fiscal_year}.xlsx",
            )

    def _open_office(self) -> None:
        self.screen_requested.emit("office", "plans" if self._view is None else "roster")

    def _say(self, text: str) -> None:
        self.messages.show_message("info", text)

    def _failed(self, error: ShakyoError) -> None:
        present(error, self.messages)
