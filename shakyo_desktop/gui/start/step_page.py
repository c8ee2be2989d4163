"""One question of the start: what it is about, its fields, back and on."""

from collections.abc import Sequence
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card, StepIndicator, WorkRow
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.theme import size, theme_signals

WIDTH = 1000
_TAB = Qt.FocusPolicy.TabFocus


class StepPage(Page):
    """A page of a flow; what was typed stays when one goes back and forth.

    Signals:
        next_requested: everything this page asks for is there.
        back_requested: the person wants to see the page before.
        stop_requested: long work that this page shows should end.
    """

    next_requested = Signal()
    back_requested = Signal()
    stop_requested = Signal()
    help_key = "start"

    def __init__(
        self, title: str, lead: str = "", *, next_words: str = "次へ", back: bool = True, wide: bool = False
    ) -> None:
        super().__init__(title)
        self._busy = False
        self._wide = wide
        self.card = Card()
        if lead:
            self.card.add(plain_label(lead))
        row = QHBoxLayout()
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.card, 1)
        if not wide:
            row.addStretch(0)
            row.setAlignment(self.card, Qt.AlignmentFlag.AlignTop)
        self._indicator: StepIndicator | None = None
        self.add_layout(row)
        self._row = row
        self._work = WorkRow("X")
        self._progress, self._stop = self._work.progress, self._work.stop_button
        self._stop.clicked.connect(self.stop_requested)
        self.add(self._work)
        if not wide:
            self.add_stretch()
        self.back_button = SecondaryButton("戻る", "B", "chevron-left")
        self.back_button.clicked.connect(self._go_back)
        self.next_button = PrimaryButton(f"{next_words} →", "N")
        self.next_button.clicked.connect(self.go_on)
        if back:
            self.bar.add_left(self.back_button)
        self.bar.add_right(self.next_button)
        theme_signals().changed.connect(self._fit)
        self._fit()

    def set_steps(self, steps: Sequence[str], at: int) -> None:
        """Show which step of the flow this is."""
        if self._indicator is None:
            self._indicator = StepIndicator(steps)
            self.content.insertWidget(0, self._indicator)
        self._indicator.set_current(at)

    def enter(self) -> None:
        """Let the keyboard come to back and on after everything above them."""
        stops = [one for one in self.card.findChildren(QWidget) if one.focusPolicy() & _TAB]
        buttons = [one for one in (self.back_button, self.next_button) if one.parent() is self.bar]
        for before, after in pairwise([*stops[-1:], *buttons]):
            QWidget.setTabOrder(before, after)

    def complaint(self) -> str:
        """Return what is still missing, in plain words; empty when one may go on."""
        return ""

    def focus_missing(self) -> None:
        """Go to the field the complaint is about."""
        self.focus_first()

    def go_on(self) -> None:
        """Go on when everything is there, else say what is missing."""
        if self._busy:
            return
        self.commit()
        missing = self.complaint()
        if missing:
            self.messages.show_message("problem", missing)
            self.focus_missing()
            return
        self.messages.clear()
        self.next_requested.emit()

    def set_busy(self, text: str, done: int = 0, total: int = 0, *, can_stop: bool = False) -> None:
        """Show that work goes on; an empty text ends that."""
        self._busy = bool(text)
        self._work.setVisible(self._busy)
        self._stop.setVisible(can_stop)
        if text:
            self._progress.set_progress(done, total, text)

    def is_busy(self) -> bool:
        """Return whether work goes on that this page waits for."""
        return self._busy

    def _go_back(self) -> None:
        self.commit()
        self.messages.clear()
        if self._busy:
            self.stop_requested.emit()
        self.back_requested.emit()

    def _fit(self) -> None:
        if not self._wide:
            self.card.setMaximumWidth(size(WIDTH))
