"""One file that was given to the office: what became of it, why, and the one thing to do next."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.organisations import is_office_code
from shakyo_desktop.domain.refusals import Situation, situation
from shakyo_desktop.gui.shared.buttons import LinkButton, PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.gui.shared.theme import size
from shakyo_desktop.gui.ward.words import VERDICT_TONES, VERDICTS
from shakyo_desktop.services.newer_revisions import NEWER
from shakyo_desktop.services.verdicts import ACCEPTED, ALREADY_RECEIVED, PENDING_APPROVAL, REFUSED, Verdict

_WORDS_WIDTH = 340
READ, APPROVE, DECIDE, CALL, CHOOSE = "read", "approve", "decide", "call", "choose"
NOTICE = "notice"
_ACTIONS = {
    READ: "確認する",
    APPROVE: "登録を確かめる",
    DECIDE: "見くらべて選ぶ",
    CALL: "連絡先を見る",
    CHOOSE: "ほかのファイルを選ぶ",
}
_WAITING = {
    "report.fork": "二つの版",
    "report.after_final": "確定のあとの報告",
    "report.city": "市へ送ったあとの報告",
}


class VerdictRow(Card):
    """A verdict as plain text; nothing that a file says about itself becomes markup.

    Signals:
        acted: the verdict and one of READ, APPROVE, DECIDE, CALL, CHOOSE, NOTICE.
        undo_requested, differences_requested: the verdict.
        take_requested, leave_requested: the verdict of a newer revision.
    """

    acted = Signal(object, str)
    undo_requested = Signal(object)
    differences_requested = Signal(object)
    take_requested = Signal(object)
    leave_requested = Signal(object)

    def __init__(self, verdict: Verdict) -> None:
        super().__init__()
        self.verdict = verdict
        self.body.setContentsMargins(16, 12, 16, 12)
        self.body.setSpacing(8)
        mark = VERDICTS[verdict.verdict]
        words = _mark_words(verdict)
        self.chip = Chip(f"{mark.symbol} {words}", VERDICT_TONES[verdict.verdict])
        self.name = plain_label(_sender_words(verdict), "strong")
        self.file = plain_label(verdict.file.name, "small")
        head = FlowBox(row_gap=4)
        for widget in (self.chip, self.name, self.file):
            head.add(widget)
        self.add(head)
        lines = [verdict.message.replace("\n", ""), *(f"※ {warning}" for warning in verdict.warnings)]
        self.message = plain_label("\n".join(lines))
        self._buttons = FlowBox()
        self._add_buttons(self._buttons)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(12)
        self._row.addWidget(self.message, 1)
        self._row.addWidget(self._buttons)
        self.add_layout(self._row)
        self.setAccessibleName(f"{verdict.file.name} {words}")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Buttons stand under the words where they would leave them no room."""
        super().resizeEvent(event)
        needed = self._buttons.sizeHint().width() + size(_WORDS_WIDTH)
        beside = self.width() >= needed
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)

    def focus_action(self) -> None:
        """The keyboard goes to what comes next for this file."""
        button = self.findChild(SecondaryButton)
        if button is not None:
            button.setFocus()

    def add_changes(self, changes: QWidget) -> None:
        """Show what the revision changes under its words."""
        self.changes_button.hide()
        self.add(changes)

    def _add_buttons(self, row: FlowBox) -> None:
        verdict = self.verdict
        if verdict.code == NEWER:
            self._add_choice(row)
        if verdict.verdict == ACCEPTED and verdict.report_org is not None:
            if (verdict.revision or 1) > 1:
                self._add_changes_button(row, "変わったところを見る")
            self.undo_button = LinkButton("取り消す")
            self.undo_button.setAccessibleName(f"{verdict.file.name}の受け取りを取り消す")
            self.undo_button.clicked.connect(lambda: self.undo_requested.emit(verdict))
            row.add(self.undo_button)
        if verdict.verdict == REFUSED and verdict.sender_name:
            self.notice_button = LinkButton("お知らせを印刷")
            self.notice_button.setAccessibleName(f"{verdict.file.name}を受け取れないお知らせを印刷する")
            self.notice_button.clicked.connect(lambda: self.acted.emit(verdict, NOTICE))
            row.add(self.notice_button)
        action = next_step(verdict)
        if action:
            self.action_button = SecondaryButton(_ACTIONS[action])
            self.action_button.clicked.connect(lambda: self.acted.emit(verdict, action))
            row.add(self.action_button)

    def _add_changes_button(self, row: FlowBox, words: str) -> None:
        self.changes_button = LinkButton(words)
        self.changes_button.clicked.connect(lambda: self.differences_requested.emit(self.verdict))
        row.add(self.changes_button)

    def _add_choice(self, row: FlowBox) -> None:
        self._add_changes_button(row, "変わるところを見る")
        whose = f"{self.verdict.sender_name} 第{self.verdict.revision}版"
        self.leave_button = SecondaryButton("今は受け取らない")
        self.leave_button.setAccessibleName(f"{whose}を今は受け取らない")
        self.leave_button.clicked.connect(lambda: self.leave_requested.emit(self.verdict))
        self.take_button = PrimaryButton("受け取る")
        self.take_button.setAccessibleName(f"{whose}を受け取る")
        self.take_button.clicked.connect(lambda: self.take_requested.emit(self.verdict))
        row.add(self.leave_button)
        row.add(self.take_button)


def next_step(verdict: Verdict) -> str:
    """The one action a row offers; empty when there is nothing to do."""
    if verdict.verdict == ACCEPTED:
        return READ if _is_districts(verdict) else ""
    if verdict.verdict == ALREADY_RECEIVED or verdict.code == NEWER:
        return ""
    if verdict.verdict == PENDING_APPROVAL:
        return DECIDE if verdict.code in _WAITING else APPROVE
    seen = situation(verdict.code)
    if seen is Situation.ALREADY_NEWER:
        return ""
    if seen is Situation.NOT_REGISTERED and verdict.code == "key.pending_full":
        return APPROVE
    return CALL if verdict.sender_name else CHOOSE


def _is_districts(verdict: Verdict) -> bool:
    """Whether it is a district's report, to be read on 確認する."""
    return verdict.report_org is not None and not is_office_code(verdict.report_org)


def _mark_words(verdict: Verdict) -> str:
    if verdict.code == NEWER:
        return f"新しい版（第{verdict.revision}版）です"
    if verdict.verdict == PENDING_APPROVAL and verdict.code in _WAITING:
        return f"{_WAITING[verdict.code]}：どちらを使うか選んでください"
    return VERDICTS[verdict.verdict].words


def _sender_words(verdict: Verdict) -> str:
    parts = [verdict.sender_name or (verdict.sender or "")]
    if verdict.fiscal_year is not None:
        parts.append(f"{fiscal_year_name(verdict.fiscal_year)} 第{verdict.revision}版")
    return "　".join(part for part in parts if part)
