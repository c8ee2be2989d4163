"""What an office decides about a report, and taking a decision or an import back."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.gui.ward.desk import Desk

_NEXT = "返事のファイルをUSBメモリに保存して、渡してください。"
_REOPENED = "もう一度確認できます。渡した受領証の受付番号は変わりません。"
_CHECKED = "確認したことを記録しました。次に、別の人が「確定する」を押して、お名前を入れます。"
_UNCHECKED = "確認を取り消しました。報告の内容は変わっていません。"
_UNDONE = (
    "この版の受け取りを取り消しました。前の版があれば、その内容に戻っています。\n"
    "同じファイルをもう一度受け取れば、元に戻せます。"
)


class DecisionDesk(QObject):
    """Signals: ``decided`` and ``reopened`` (looked at again, or checked) carry the report and words for the
    person; ``undone`` words.
    """

    decided = Signal(object, str)
    reopened = Signal(object, str)
    undone = Signal(str)

    def __init__(self, desk: Desk, failed: Callable[[ShakyoError], None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._failed = failed

    def accept(self, package_id: str, by: str = "") -> None:
        """確定する; `by` is the second person where the office wants two."""
        review = self._desk.services.review
        self._decide(lambda: review.accept(package_id, by), "確定しました。")

    def check(self, package_id: str) -> None:
        """確認した: the first of two steps."""
        review = self._desk.services.review

        def done(submission: Submission) -> None:
            self.reopened.emit(submission, _CHECKED)

        self._desk.worker.run(lambda: review.check(package_id), done, self._failed, self)

    def uncheck(self, package_id: str) -> None:
        """Take the first of two steps back."""
        review = self._desk.services.review

        def done(submission: Submission) -> None:
            self.reopened.emit(submission, _UNCHECKED)

        self._desk.worker.run(lambda: review.uncheck(package_id), done, self._failed, self)

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
