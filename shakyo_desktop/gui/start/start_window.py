"""The window before the main window: header, help, and one page at a time."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QCloseEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from shakyo_desktop.gui.shared.fields.base import Field
from shakyo_desktop.gui.shared.focus_ring import FocusRing
from shakyo_desktop.gui.shared.header import HeaderButton
from shakyo_desktop.gui.shared.help_panel import HelpPanel
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.page import Screen
from shakyo_desktop.gui.shared.theme import set_role, size

TITLE = "社協 地区部会の取組報告"
_NARROW = 1200


class StartWindow(QWidget):
    """Keeps its pages, so that going back shows what was typed.

    Signals:
        closed: the person closed the window.
    """

    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setWindowTitle(TITLE)
        set_role(self, "page")
        self._title = plain_label(TITLE, "strong", wrap=False)
        self.help_button = HeaderButton("困ったときは（F1）")
        self.help_button.clicked.connect(self._toggle_help)
        self.help = HelpPanel()
        self.help.closed.connect(self._toggle_help)
        self._stack = QStackedWidget()
        QShortcut(QKeySequence("F1"), self).activated.connect(self._toggle_help)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self._make_header())
        body = QHBoxLayout()
        body.setSpacing(0)
        body.addWidget(self._stack, 1)
        body.addWidget(self.help)
        column.addLayout(body, 1)
        self.ring = FocusRing(self)

    def show_page(self, page: Screen) -> None:
        """Show a page; it is taken in when it is new."""
        if self._stack.indexOf(page) < 0:
            self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        page.enter()
        if not self.help.isHidden():
            self.help.show_help(page.help_key)
        if self.isVisible():
            page.focus_first()

    def drop_pages(self, *kept: Screen) -> None:
        """Forget every page but some, with what was typed in it."""
        pages = [self._stack.widget(at) for at in range(self._stack.count())]
        for page in pages:
            if page is not None and page not in kept:
                self._stack.removeWidget(page)
                page.deleteLater()

    def current(self) -> QWidget | None:
        """Return the page that is shown."""
        return self._stack.currentWidget()

    def bring_forward(self) -> None:
        """Show the window over the others: a second start asked for it."""
        if self.isMinimized():
            self.showNormal()
        self.show()
        self.raise_()
        self.activateWindow()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Finish what an input method composes; nothing here is stored before its last step."""
        for field in self.findChildren(Field):
            field.commit()
        super().closeEvent(event)
        self.closed.emit()

    def _make_header(self) -> QWidget:
        header = QWidget()
        set_role(header, "header")
        header.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        header.setFixedHeight(size(52))
        row = QHBoxLayout(header)
        row.setContentsMargins(16, 0, 16, 0)
        row.addWidget(self._title, 1)
        row.addWidget(self.help_button)
        return header

    def _toggle_help(self) -> None:
        page = self._stack.currentWidget()
        showing = self.help.isHidden()
        if showing:
            self.help.show_help(page.help_key if isinstance(page, Screen) else "start")
        self.help.setVisible(showing)
        self._stack.setVisible(not showing or self.width() >= _NARROW)
        if showing:
            self.help.text.setFocus(Qt.FocusReason.OtherFocusReason)
        elif isinstance(page, Screen) and QApplication.activeWindow() is self:
            page.focus_first()
