"""The bar at the top: whose program this is, which year, whether everything is saved, and help."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.fields.items import QuietComboBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.saved_badge import SavedBadge
from shakyo_desktop.gui.shared.theme import set_role, size, theme_signals

HEIGHT = 52


class HeaderButton(SecondaryButton):
    """A button in the header's look."""

    role = "on-header"


class YearBox(QuietComboBox):
    """Another year is chosen in the open list only: no stray key may change what is being written in."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows open the list; letters and figures do nothing."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.showPopup()
        elif event.text().strip():
            event.ignore()
        else:
            super().keyPressEvent(event)


class Header(QWidget):
    """52 px; the fiscal year can be changed when there is more than one."""

    fiscal_year_chosen = Signal(int)
    help_requested = Signal()
    search_requested = Signal()

    def __init__(
        self, org_name: str, fiscal_years: Sequence[int], fiscal_year: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        set_role(self, "header")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._name = plain_label(org_name, "strong", wrap=False)
        self.years = YearBox("年度")
        self.badge = SavedBadge()
        self.help_button = HeaderButton("困ったときは（F1）")
        self.help_button.clicked.connect(self.help_requested)
        self.search_button = HeaderButton("さがす")
        self.search_button.setAccessibleName("さがす（Ctrl+F）")
        self.search_button.setToolTip("さがす（Ctrl+F）")
        self.search_button.clicked.connect(self.search_requested)
        self.search_button.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 0, 16, 0)
        row.setSpacing(12)
        row.addWidget(self._name)
        row.addWidget(self.years)
        row.addStretch(1)
        row.addWidget(self.search_button)
        row.addWidget(self.badge)
        row.addWidget(self.help_button)
        self.set_fiscal_years(fiscal_years, fiscal_year)
        self.years.activated.connect(self._year_chosen)
        theme_signals().changed.connect(self._fit)
        self._fit()

    def set_fiscal_years(self, years: Sequence[int], current: int) -> None:
        """Offer these years and show the current one."""
        self.years.clear()
        for year in years:
            self.years.addItem(fiscal_year_name(year), year)
        self.years.setCurrentIndex(self.years.findData(current))
        self.years.setVisible(bool(years))
        self._mark_earlier()

    def fiscal_year(self) -> int:
        """Return the year that is shown."""
        return int(self.years.currentData() or 0)

    def _mark_earlier(self) -> None:
        """Let it be seen, and heard, that another than the newest year is written in."""
        every = [int(self.years.itemData(index)) for index in range(self.years.count())]
        earlier = bool(every) and self.fiscal_year() < max(every)
        set_role(self.years, "earlier" if earlier else "")
        self.years.setAccessibleDescription("前の年度です" if earlier else "年度")

    def _year_chosen(self) -> None:
        self._mark_earlier()
        self.fiscal_year_chosen.emit(self.fiscal_year())

    def _fit(self) -> None:
        self.setFixedHeight(size(HEIGHT))
        self.years.setFixedWidth(size(156))
