"""One chart in a card, and the table of the same numbers that can stand in its place."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QWidget

from shakyo_desktop.charts.kinds import Chart
from shakyo_desktop.charts.twin import Twin, table_of
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.chart_view import ChartView
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.shared.theme import theme_signals

_PADDING = 24


class ChartCard(Card):
    """Shows the chart; ``show_table`` turns to the table, which is made when it is first wanted."""

    def __init__(self, chart: Chart, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.view = ChartView(chart)
        self.table: TwinTable | None = None
        self.add(self.view)
        self.show_table(False)

    def show_table(self, wanted: bool) -> None:
        """Show the numbers as a table, or as the chart."""
        chart = self.view.chart()
        if wanted and self.table is None and chart is not None:
            self.table = TwinTable(chart.title, table_of(chart))
            self.add(self.table)
        self.view.setVisible(not wanted)
        if self.table is not None:
            self.table.setVisible(wanted)
        title = chart.title if chart is not None else ""
        self.set_title(title if wanted else "")
        self.setAccessibleName(title)


class TwinTable(RowList):
    """The table of a chart: as high as its rows, as wide as its words; what is wider scrolls to the side."""

    def __init__(self, title: str, twin: Twin, parent: QWidget | None = None) -> None:
        columns = [Column(heading, 0, "right" if at else "left") for at, heading in enumerate(twin.headings)]
        super().__init__(columns, f"表　{title}", parent=parent)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.set_empty_text("データなし")
        self.show_all_rows()
        self.set_rows([Row(at, row) for at, row in enumerate(twin.rows)])
        theme_signals().changed.connect(self._fit_columns)
        self._fit_columns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the names what the numbers leave."""
        super().resizeEvent(event)
        self._fit_columns()

    def _fit_columns(self) -> None:
        header = self.horizontalHeader()
        widths = [self._width_of(at) for at in range(header.count())]
        widths[0] = max(widths[0], self.viewport().width() - sum(widths[1:]))
        for at, width in enumerate(widths):
            header.setSectionResizeMode(at, QHeaderView.ResizeMode.Fixed)
            header.resizeSection(at, width)
        across = (
            self.horizontalScrollBar().sizeHint().height() if sum(widths) > self.viewport().width() else 0
        )
        rows = max(1, len(self.rows())) * self.verticalHeader().defaultSectionSize()
        self.setFixedHeight(rows + header.sizeHint().height() + across + 2 * self.frameWidth() + 2)

    def _width_of(self, column: int) -> int:
        cells = [str(row.cells[column]) for row in self.rows()]
        widest = max((self.fontMetrics().horizontalAdvance(cell) for cell in cells), default=0)
        return max(widest + _PADDING, self.horizontalHeader().sectionSizeHint(column) + 4)
