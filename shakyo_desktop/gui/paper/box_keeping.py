"""What is keyed on its way to the store: first keying, blind second keying, decisions, rows struck out."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from shakyo_desktop.gui.paper.paper_desk import PaperDesk
from shakyo_desktop.services.keying import KeyingService
from shakyo_desktop.services.keying_sheet import Keyed, KeyingSheet
from shakyo_desktop.services.second_keying import SecondKeyingService


class BoxKeeping(QObject):
    """Stores boxes in the order they were keyed; nothing is dropped when saving fails.

    Signals:
        keyed: sheet, box number and what became of it.
        looked: sheet, box number and how the second keying compares with the first.
        settled: box number and what it holds after a difference was decided.
        voided: a row was struck out or counts again.
    """

    keyed = Signal(object, str, object)
    looked = Signal(object, str, object)
    settled = Signal(str, object)
    voided = Signal()

    def __init__(
        self,
        desk: PaperDesk,
        keying: Callable[[], KeyingService],
        twice: Callable[[], SecondKeyingService],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._keep = desk.keeper.keep
        self._keying, self._twice = keying, twice

    def key(self, sheet: KeyingSheet, number: str, text: str, following: str, *, second: bool) -> None:
        """Store a box; ``following`` is where keying goes on after a pause."""
        if second:
            again = self._twice()
            self._keep(
                (sheet.key, number, 2),
                lambda: again.second(sheet, number, text),
                lambda look: self.looked.emit(sheet, number, look),
            )
            return
        keying = self._keying()

        def work() -> Keyed:
            keyed = keying.key(sheet, number, text)
            keying.stop_at(sheet, following)
            return keyed

        self._keep((sheet.key, number), work, lambda keyed: self.keyed.emit(sheet, number, keyed))

    def settle(self, sheet: KeyingSheet, number: str, text: str) -> None:
        """Store what the paper says after two people differed."""
        twice = self._twice()
        self._keep(
            (sheet.key, number, 3),
            lambda: twice.settle(sheet, number, text),
            lambda keyed: self.settled.emit(number, keyed),
        )

    def void(self, sheet: KeyingSheet, row: str, *, on: bool) -> None:
        """Strike a row out, or let it count again."""
        keying = self._keying()
        self._keep(
            (sheet.key, row, "void"),
            lambda: keying.void(sheet, row, on=on),
            lambda _: self.voided.emit(),
        )
