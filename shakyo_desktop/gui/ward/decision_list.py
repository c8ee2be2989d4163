"""Every report that waits for a choice between two versions, one card each."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.submission import HeldPackage
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.ward.decision_card import DecisionCard
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.services.registrations import HeldComparison


class DecisionList(QWidget):
    """Hidden while nothing waits.

    Signals:
        join_requested, use_requested, discard_requested: the manifest of a held report.
        failed: a ShakyoError.
    """

    join_requested = Signal(str)
    use_requested = Signal(str)
    discard_requested = Signal(str)
    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.cards: list[DecisionCard] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._column.addWidget(plain_label("二つある報告", "subheading"))
        self.hide()

    def show_waiting(
        self, waiting: Sequence[HeldPackage], names: Mapping[str, str], telephones: Mapping[str, str]
    ) -> None:
        """Show a card for each; what was compared stays shown while nothing changed."""
        if waiting != tuple(card.held for card in self.cards):
            self._make_cards(waiting, names, telephones)
        self.setVisible(bool(self.cards))

    def _make_cards(
        self, waiting: Sequence[HeldPackage], names: Mapping[str, str], telephones: Mapping[str, str]
    ) -> None:
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [
            DecisionCard(held, names.get(held.org, held.org), telephones.get(held.org, ""))
            for held in waiting
        ]
        for card in self.cards:
            card.join_requested.connect(self.join_requested)
            card.use_requested.connect(self.use_requested)
            card.discard_requested.connect(self.discard_requested)
            card.compare_requested.connect(self._compare)
            self._column.addWidget(card)

    def _compare(self, manifest: str) -> None:
        def show(found: HeldComparison) -> None:
            card = next((card for card in self.cards if card.held.manifest == manifest), None)
            if card is not None:
                card.show_comparison(found)

        def failed(error: ShakyoError) -> None:
            self.failed.emit(error)

        registrations = self._desk.services.registrations
        self._desk.worker.start(lambda _task: registrations.compare_version(manifest), show, failed, self)
