"""What every part of the settings is given, and how it tells what happened."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.messages import MessageBar, present
from shakyo_desktop.gui.shared.printing import Printer
from shakyo_desktop.services.registry import Services

T = TypeVar("T")


@dataclass(frozen=True)
class SettingsDesk:
    """Services, worker, printer, the bar for messages of the settings screen, the year in the header."""

    services: Services
    worker: BackgroundWorker
    printer: Printer
    messages: MessageBar
    fiscal_year: Callable[[], int]


class Section(QWidget):
    """One part of the settings; `load` reads what it shows."""

    def __init__(self, desk: SettingsDesk, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.desk = desk
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(0, 0, 0, 0)
        self.column.setSpacing(12)

    def load(self) -> None:
        """Read what is shown; called whenever the section comes into sight."""

    def ask(self, work: Callable[[], T], on_done: Callable[[T], None]) -> None:
        """Do a quick thing in the background; a failure is told on the page."""
        self.desk.worker.run(work, on_done, self.failed, owner=self)

    def failed(self, error: ShakyoError) -> None:
        """Tell a failure."""
        present(error, self.desk.messages)

    def say(self, text: str, kind: str = "saved") -> None:
        """Tell what was done."""
        self.desk.messages.show_message(kind, text)


def button_row(*buttons: QWidget) -> QHBoxLayout:
    """Return buttons side by side, left aligned."""
    row = QHBoxLayout()
    row.setSpacing(12)
    for button in buttons:
        row.addWidget(button)
    row.addStretch(1)
    return row
