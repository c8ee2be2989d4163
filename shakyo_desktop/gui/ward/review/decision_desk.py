"""What an office decides about a report, and taking a decision or an import back."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.gui.ward.desk import Desk

_NEXT = "返事のファイルをUSBメモリに保存して、渡してください。"
_REOPENED = "もう一度確認できます。渡した受領証の受付番号は変わりません。"
_UNDONE = (
    "この版の受け取りを取り消しました。前の版があれば、その内容に戻っています。\n"
    "同じファイルをもう一度受け取れば、元に戻せます。"
)


class DecisionDesk(QObject):
    """Signals: ``decided`` and ``reopened`` carry the report and words for the person; ``undone`` words."""

    decided = Signal(object, str)
    reopened = Signal(object, str)
    undone = Signal(str)

    def __init__(self, desk: Desk, failed: Callable[[ShakyoError], None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._failed = failed

    def accept(self, package_id: str) -> None:
        """確定する."""
        review = self._desk.services.review
        self._decide(lambda: review.accept(package_id), "確定しました。")

    def send_back(self, package_id: str) -> None:
        """確認をお願いする."""
        review = self._desk.services.review
        self._decide(lambda: review.send_back(package_id), "確認のお願いをまとめました。")

    def reopen(self, package_id: str, reason: str) -> None:
        """Take the decision back."""
        review = self._desk.services.review

        def done(submission: Submission) -> None:
            self.reopened.emit(submission, _REOPENED)

        self._desk.worker.run(lambda: review.reopen(package_id, reason), done, self._failed, self)

    def undo(self, package_id: str) -> None:
        """Take the import back."""
        intake = self._desk.services.intake

        def done(_none: None) -> None:
            self.undone.emit(_UNDONE)

        self._desk.worker.run(lambda: intake.undo(package_id), done, self._failed, self)

    def _decide(self, work: Callable[[], Submission], words: str) -> None:
        def done(submission: Submission) -> None:
            self.decided.emit(submission, f"{words}受付番号は {submission.receipt_no} です。\n{_NEXT}")

        self._desk.worker.run(work, done, self._failed, self)
