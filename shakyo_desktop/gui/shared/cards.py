"""Pieces of a page: cards, tiles, empty states, progress, steps."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QProgressBar,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from shakyo_desktop.gui.shared.buttons import Button, SecondaryButton
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.icons import pixmap
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.gui.shared.theme import colours, set_role, size


class Card(QFrame):
    """A white, rounded frame with an optional heading."""

    def __init__(self, title: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        set_role(self, "card")
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(16, 16, 16, 16)
        self.body.setSpacing(12)
        self.title = plain_label(title, "subheading")
        self.body.addWidget(self.title)
        self.title.setVisible(bool(title))  # never before it has a parent: it would be a window of its own
        if title:
            self.setAccessibleName(title)

    def add(self, widget: QWidget, stretch: int = 0) -> None:
        """Add a widget at the end."""
        self.body.addWidget(widget, stretch)

    def add_layout(self, layout: QLayout) -> None:
        """Add a layout at the end."""
        self.body.addLayout(layout)

    def set_title(self, text: str) -> None:
        """Change the heading."""
        self.title.setText(text)
        self.title.setVisible(bool(text))
        self.setAccessibleName(text)


class EmptyState(QWidget):
    """What stands where nothing is yet: what will be here and what to do for it."""

    def __init__(
        self, icon_name: str, text: str, button: Button | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(16, 24, 16, 24)
        column.setSpacing(16)
        sign = QLabel()
        sign.setPixmap(pixmap(icon_name, colours().secondary, size(48)))
        sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._text = plain_label(text, "secondary")
        self._text.setAlignment(Qt.AlignmentFlag.AlignCenter)
        column.addStretch(1)
        column.addWidget(sign)
        column.addWidget(self._text)
        if button is not None:
            column.addWidget(button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def set_text(self, text: str) -> None:
        """Change the words."""
        self._text.setText(text)


class Tile(Card):
    """One thing to do: a wide button with a line of facts under it."""

    clicked = Signal()

    def __init__(
        self,
        text: str,
        note: str = "",
        icon_name: str = "",
        letter: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__("", parent)
        self.button = SecondaryButton(text, letter, icon_name)
        self.button.clicked.connect(self.clicked)
        self._note = plain_label(note, "small")
        self.body.setSpacing(8)
        self.add(self.button)
        self.add(self._note)
        self.body.addStretch(1)

    def set_note(self, text: str) -> None:
        """Change the line of facts."""
        self._note.setText(text)
        self.button.setAccessibleDescription(text)


class ProgressLine(QWidget):
    """How far something is, in words and as a bar."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        self.label = plain_label("", wrap=False)
        self.bar = QProgressBar()
        self.bar.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        row.addWidget(self.label)
        row.addWidget(self.bar, 1)

    def set_progress(self, done: int, total: int, text: str = "") -> None:
        """Show `done` of `total`; a total of 0 is a bar that only says that work goes on."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)
        self.bar.setFormat(f"{done} / {total}")
        self.bar.setAccessibleName(text or f"{total}のうち{done}")
        self.label.setText(text)
        self.label.setVisible(bool(text))


class WorkRow(QWidget):
    """Work that goes on: how far it is, and the way to stop it. Hidden until it begins."""

    def __init__(self, letter: str = "", icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.progress = ProgressLine()
        self.stop_button = SecondaryButton("中止する", letter, icon_name)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.progress, 1)
        row.addWidget(self.stop_button)
        self.hide()


class StepIndicator(FlowBox):
    """The steps of a flow and the one that is now; said in words, not only in colour."""

    def __init__(self, steps: Sequence[str], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._steps = list(steps)
        self._chips = [Chip() for _ in self._steps]
        for chip in self._chips:
            self.add(chip)
        self.set_current(0)

    def set_current(self, index: int) -> None:
        """Show which step (from 0) is now; what is before it is done."""
        for number, (words, chip) in enumerate(zip(self._steps, self._chips, strict=True)):
            if number < index:
                chip.set_chip(f"✓ {number + 1} {words}", "saved")
            elif number == index:
                chip.set_chip(f"▶ {number + 1} {words}", "info")
            else:
                chip.set_chip(f"{number + 1} {words}", "plain")
        if 0 <= index < len(self._steps):
            self.setAccessibleName(f"{len(self._steps)}段階の{index + 1} {self._steps[index]}")
