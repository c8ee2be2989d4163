"""Keeps requests while they are typed: one at a time, in the order they were typed, none twice."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.review.request_draft import RequestDraft


class RequestDesk(QObject):
    """Signals: ``kept`` a request as the store has it; ``removed`` the id of one that is gone."""

    kept = Signal(object)
    removed = Signal(str)

    def __init__(self, desk: Desk, failed: Callable[[ShakyoError], None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._failed = failed

    def keep(self, draft: RequestDraft) -> None:
        """Store what a draft says now; an empty request is taken away."""
        if draft.waits:
            draft.again = True
        elif not draft.words:
            self.remove(draft)
        elif draft.comment_id:
            self._change(draft)
        else:
            self._create(draft)

    def remove(self, draft: RequestDraft) -> None:
        """Take a request away; one that was never kept is just forgotten."""
        comment_id, draft.comment_id = draft.comment_id, ""
        if not comment_id:
            return
        review = self._desk.services.review

        def done(_none: None) -> None:
            self.removed.emit(comment_id)

        self._desk.worker.run(lambda: review.remove_comment(comment_id), done, self._failed, self)

    def _create(self, draft: RequestDraft) -> None:
        review, (table, record_id, field) = self._desk.services.review, draft.place
        package_id, words, due = draft.package_id, draft.words, draft.due
        draft.waits = True

        def done(request: CorrectionRequest) -> None:
            draft.waits, draft.comment_id = False, request.id
            self.kept.emit(request)
            if draft.again:
                draft.again = False
                self.keep(draft)

        def failed(error: ShakyoError) -> None:
            draft.waits = draft.again = False
            self._failed(error)

        self._desk.worker.run(
            lambda: review.comment(package_id, table, record_id, field, words, due), done, failed, self
        )

    def _change(self, draft: RequestDraft) -> None:
        review, comment_id = self._desk.services.review, draft.comment_id
        words, due = draft.words, draft.due
        self._desk.worker.run(
            lambda: review.change_comment(comment_id, words, due), self.kept.emit, self._failed, self
        )
