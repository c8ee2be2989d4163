"""The buttons of 確認する, and which of them fit what is shown."""

from PySide6.QtWidgets import QHBoxLayout

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.page import ButtonBar

_DECIDED = (ReportState.ACCEPTED, ReportState.REQUESTED)


class ReviewButtons:
    """Buttons that fit nothing that is shown are away, none is ever disabled."""

    def __init__(self, bar: ButtonBar, header: QHBoxLayout) -> None:
        self.list = SecondaryButton("一覧に戻る", "B", "chevron-left")
        self.back = SecondaryButton("前の項目", "P")
        self.forward = SecondaryButton("次の項目", "N")
        self.open = PrimaryButton("読む", "K")
        self.ask = SecondaryButton("確認をお願いする", "R")
        self.check = PrimaryButton("確認した", "K", "check-on-primary")
        self.accept = PrimaryButton("確定する", "K")
        self.reopen = SecondaryButton("もう一度確認する", "R", "undo-2")
        self.answer = PrimaryButton("返事を渡す", "K")
        header.addWidget(self.list)
        bar.add_left(self.back)
        bar.add_left(self.forward)
        for button in (
            self.reopen,
            self.ask,
            self.open,
            self.answer,
            self.check,
            self.accept,
        ):
            bar.add_right(button)

    def show_for(
        self, state: ReportState | None, *, newest: bool, requests: int, two_steps: bool, checked: bool
    ) -> None:
        """Show what fits a report in this state; None while no report is open.

        Args:
            two_steps: one person checks, another accepts.
            checked: the first of two steps was taken.
        """
        reading = state is not None
        undecided = newest and state is ReportState.RECEIVED
        decided = newest and state in _DECIDED
        for button, visible in (
            (self.list, reading),
            (self.back, reading),
            (self.forward, reading),
            (self.open, not reading),
            (self.ask, undecided),
            (self.check, undecided and two_steps and not checked),
            (self.accept, undecided and (checked or not two_steps)),
            (self.reopen, decided),
            (self.answer, decided),
        ):
            button.setVisible(visible)
        self.ask.set_words(f"確認をお願いする {requests}件" if requests else "確認をお願いする")
