"""提出の1 確認: which report, who signs for it, and everything that is still open."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.domain.checks import Problem
from shakyo_desktop.domain.codes import Assembly, Stage
from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields import ChoiceField, TextField, choices_of
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.gui.shared.problem_rows import ProblemRows
from shakyo_desktop.services.submission import Readiness

_UNCHANGED = (
    "前に提出したときから、何も変わっていません。\n"
    "同じものをもう一度渡すときは、下の「これまでの提出」からその版をUSBに保存できます。"
)
_LOCKED = (
    "この年度の報告は確定しています。直すところがあるときは、「取組項目」の画面で理由を書いて\n"
    "「もう一度書く」を押し、直してから、ここでもう一度提出してください。"
)


class CheckStep(QWidget):
    """Signals:
    stage_changed: another kind of report is to be checked.
    problem_opened, request_opened: its field is to be shown.
    reason_given: problem and reason.
    """

    stage_changed = Signal()
    problem_opened = Signal(object)
    request_opened = Signal(object)
    reason_given = Signal(object, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        card = Card("どの報告ですか")
        self.stage = ChoiceField("stage", "報告の種類", choices_of(Stage), numbered=False)
        self.assembly = ChoiceField("assembly", "総会", choices_of(Assembly), numbered=False)
        self.chair = TextField(
            "chair", "部会長のお名前", length=40, hint="送付票に印刷されます。例 千葉 太郎"
        )
        for field in (self.stage, self.assembly, self.chair):
            card.add(field)
        self.stage.changed.connect(lambda *_: self.stage_changed.emit())
        column.addWidget(card)
        self.notice = plain_label("", "strong")
        column.addWidget(self.notice)
        self._open = Card("提出の前に")
        self._summary = Chip("", "plain")
        self._open.add(self._summary)
        self.problems = ProblemRows()
        self.problems.open_requested.connect(self.problem_opened)
        self.problems.answered.connect(self.reason_given)
        self._open.add(self.problems)
        column.addWidget(self._open)
        self._requests = Card("事務所からの確認のお願いで、まだ「直しました」になっていないもの")
        self._request_rows: list[QWidget] = []
        column.addWidget(self._requests)
        self.notice.hide()
        self._requests.hide()

    def set_start(self, stage: Stage, assembly: Assembly, chair: str) -> None:
        """Choose what is likely, before a person did."""
        self.stage.set_value(stage.value)
        self.assembly.set_value(assembly.value)
        if not self.chair.value():
            self.chair.set_value(chair)

    def stops(self) -> list[QWidget]:
        """Return what takes the Tab key, in the order the eye goes."""
        fields = (self.stage, self.assembly, self.chair)
        return [*fields, *self.problems.rows(), *self._request_rows]

    def chosen_stage(self) -> Stage:
        """Return the kind of report."""
        return Stage(str(self.stage.value() or Stage.INTERIM.value))

    def chosen_assembly(self) -> Assembly:
        """Return before, after or without a general assembly."""
        return Assembly(str(self.assembly.value() or Assembly.NONE.value))

    def chair_name(self) -> str:
        """Return the chair's name as typed."""
        return str(self.chair.value() or "").strip()

    def show_readiness(
        self, readiness: Readiness, item_name: Callable[[Problem], str], *, locked: bool
    ) -> None:
        """Show everything that stands between the year and its file; ``locked``: it is accepted."""
        hard, soft = len(readiness.hard), len(readiness.soft)
        if locked:
            self._summary.set_chip("✓ 確定しています", "saved")
        elif readiness.ready:
            self._summary.set_chip("✓ 提出できます", "saved")
        else:
            parts = [f"直すところ {hard}件"] if hard else []
            parts += [f"理由を書くところ {soft}件"] if soft else []
            self._summary.set_chip("、".join(parts), "problem" if hard else "warning")
        every = (*readiness.hard, *readiness.soft, *(p for p in readiness.answered if p.asks_reason))
        self.problems.set_problems(every, item_name)
        self._show_notice(readiness, locked)
        self._show_requests(readiness.open_requests)

    def _show_notice(self, readiness: Readiness, locked: bool) -> None:
        words = _LOCKED if locked else "" if readiness.changed_since_last else _UNCHANGED
        self.notice.setText(words)
        self.notice.setVisible(bool(words))

    def _show_requests(self, requests: Sequence[CorrectionRequest]) -> None:
        for row in self._request_rows:
            row.hide()
            row.deleteLater()
        self._request_rows = [self._request_row(request) for request in requests]
        for row in self._request_rows:
            self._requests.add(row)
        self._requests.setVisible(bool(requests))

    def _request_row(self, request: CorrectionRequest) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        line.addWidget(plain_label(request.text), 1)
        button = SecondaryButton("この欄を開く", icon_name="chevron-right")
        button.setAccessibleName(f"この欄を開く {request.text}")
        button.clicked.connect(lambda: self.request_opened.emit(request))
        line.addWidget(button)
        return row
