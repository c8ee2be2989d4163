"""The papers for a lost computer on 登録の確認, and what came from it since."""

from datetime import date

from PySide6.QtCore import QObject, Signal

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.document_panel import DocumentPanel
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.register_card import RegisterCard
from shakyo_desktop.services.lost_computers import SinceLoss


class LostPapers(QObject):
    """Signals: ``shown`` whether a paper takes the page."""

    shown = Signal(bool)

    def __init__(self, desk: Desk, page: Page) -> None:
        super().__init__(page)
        self._desk, self._page = desk, page
        self.document = DocumentPanel("登録の紙", desk.worker, desk.printer, page.messages)
        self.document.setMinimumHeight(420)
        self.document.hide()
        page.add(self.document, 100)
        self.back_button = SecondaryButton("登録の確認に戻る", "B", "chevron-left")
        self.back_button.clicked.connect(self.put_away)
        self.back_button.hide()
        page.header_row.addWidget(self.back_button)

    def connect_part(self, register: RegisterCard) -> None:
        """Answer what the part about a lost computer asks for."""
        self._register = register
        part = register.lost
        part.paper_wanted.connect(self._show_paper)
        part.slip_wanted.connect(self._show_slip)
        part.setup_wanted.connect(lambda: self._page.screen_requested.emit("office", "setups"))
        part.day_changed.connect(self._keep_day)

    def is_shown(self) -> bool:
        """Whether a paper takes the page."""
        return not self.document.isHidden()

    def read(self, key: str) -> None:
        """Show what came from this computer since the day it was lost."""
        lost = self._desk.services.registrations.lost

        def show(found: SinceLoss) -> None:
            if self._register.list.selected_key() == key:
                self._register.lost.show_since(found)

        self._desk.worker.run(lambda: lost.since_loss(key), show, self._failed, self)

    def put_away(self) -> None:
        """Back to the register."""
        self._show(False)
        self.document.clear()

    def _show_paper(self) -> None:
        one = self._register.chosen_registration()
        if one is not None:
            lost, key = self._desk.services.registrations.lost, one.key
            self._show(True)
            self.document.show_document(lambda: lost.paper(key), f"パソコン紛失の受付票-{one.org}.pdf")

    def _show_slip(self) -> None:
        one = self._register.chosen_registration()
        if one is not None:
            setups, org = self._desk.services.setups, one.org
            self._show(True)
            self.document.show_document(lambda: setups.slips([org]), f"はじめの設定の控え-{org}.pdf")

    def _keep_day(self, day: date | None) -> None:
        one = self._register.chosen_registration()
        if one is None:
            return
        lost, key = self._desk.services.registrations.lost, one.key
        self._desk.worker.run(
            lambda: lost.set_lost_on(key, day), lambda _done: self.read(key), self._failed, self
        )

    def _show(self, on: bool) -> None:
        self.document.setVisible(on)
        self.back_button.setVisible(on)
        self.shown.emit(on)
        if on:
            self._page.messages.clear()
            self.document.view.print_button.setFocus()
        else:
            self._register.list.setFocus()

    def _failed(self, error: ShakyoError) -> None:
        present(error, self._page.messages)
