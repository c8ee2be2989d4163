"""What a person types on its way to the store: sent in order, never dropped when saving fails."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QObject, Signal

from shakyo_desktop.domain.dates import local_time
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.services.context import ServiceContext


@dataclass(eq=False, slots=True)
class _Edit:
    """One field as somebody left it; ``failed`` until it is sent once more."""

    place: object
    work: Callable[[], Any]
    on_done: Callable[[Any], None] | None
    failed: bool = False


class Keeper(QObject):
    """Keeps edits until the store has them; the window's badge shows how they fare.

    Signals:
        saving: one more edit is under way.
        saved: an edit was stored, at this time ("14:05").
        failed: the error; the edit stays here.
    """

    saving = Signal()
    saved = Signal(str)
    failed = Signal(object)

    def __init__(
        self, context: ServiceContext, worker: BackgroundWorker, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._worker = context, worker
        self._waiting: list[_Edit] = []

    def keep(
        self, place: object, work: Callable[[], Any], on_done: Callable[[Any], None] | None = None
    ) -> None:
        """Store an edit of a place; an earlier one of the same place that failed is no longer wanted."""
        self._waiting = [one for one in self._waiting if not (one.failed and one.place == place)]
        edit = _Edit(place, work, on_done)
        self._waiting.append(edit)
        self._send(edit)

    def has_unsaved(self) -> bool:
        """Return whether something that was typed is not stored (yet)."""
        return bool(self._waiting)

    def retry(self) -> None:
        """Send everything once more that could not be stored, in the order it was written."""
        for edit in self._waiting:
            if edit.failed:
                edit.failed = False
                self._send(edit)

    def _send(self, edit: _Edit) -> None:
        self.saving.emit()
        self._worker.run(
            edit.work,
            lambda result: self._stored(edit, result),
            lambda error: self._not_stored(edit, error),
            owner=self,
        )

    def _stored(self, edit: _Edit, result: Any) -> None:
        self._waiting.remove(edit)
        self.saved.emit(local_time(self._context.now()))
        if edit.on_done is not None:
            edit.on_done(result)
        self.retry()

    def _not_stored(self, edit: _Edit, error: ShakyoError) -> None:
        edit.failed = True
        self.failed.emit(error)
