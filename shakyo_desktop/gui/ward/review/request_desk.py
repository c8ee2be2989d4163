"""Keeps requests while they are typed: one at a time, in the order they were typed, none twice."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal
from shiboken6 import isValid

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.review.request_editor import RequestEditor


class RequestDesk(QObject):
    """Signals: ``kept`` a request as the store has it; ``removed`` the id of one that is gone."""

    kept = Signal(object)
    removed = Signal(str)

    def __init__(self, desk: Desk, failed: Callable[[ShakyoError], None], parent: QObject) -> None:
        super().__init__(parent)
        self._desk = desk
        self._failed = failed

    def keep(self, package_id: str, editor: RequestEditor) -> None:
        """Store what an editor says now; an empty request is taken away."""
        if editor.waits:
            editor.again = True
        elif not editor.words():
            self.remove(editor)
        elif editor.comment_id:
            self._change(editor)
        else:
            self._create(package_id, editor)

    def remove(self, editor: RequestEditor) -> None:
        """Take a request away; one that was never kept is just forgotten."""
        comment_id, editor.comment_id = editor.comment_id, ""
        if not comment_id:
            return
        review = self._desk.services.review

        def done(_none: None) -> None:
            self.removed.emit(comment_id)

        self._desk.worker.run(lambda: review.remove_comment(comment_id), done, self._failed, self)

    def _create(self, package_id: str, editor: RequestEditor) -> None:
        review, (table, record_id, field) = self._desk.services.review, editor.place
        words, due = editor.words(), editor.due_day()
        editor.waits = True

        def done(request: CorrectionRequest) -> None:
            self._stored(editor, request)
            if isValid(editor) and editor.again:
                editor.again = False
                self.keep(package_id, editor)

        def failed(error: ShakyoError) -> None:
            if isValid(editor):
                editor.waits = False
            self._failed(error)

        self._desk.worker.run(
            lambda: review.comment(package_id, table, record_id, field, words, due), done, failed, self
        )

    def _change(self, editor: RequestEditor) -> None:
        review, comment_id = self._desk.services.review, editor.comment_id
        words, due = editor.words(), editor.due_day()
        self._desk.worker.run(
            lambda: review.change_comment(comment_id, words, due),
            lambda request: self._stored(editor, request),
            self._failed,
            self,
        )

    def _stored(self, editor: RequestEditor, request: CorrectionRequest) -> None:
        """The editor may be gone by now: its words are safe all the same."""
        if isValid(editor):
            editor.kept(request)
        self.kept.emit(request)
