"""The rows of a lot of files: what they offer, what a newer one changes, and how many wait for an answer."""

from collections.abc import Collection, Sequence
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.domain.compare import FieldDifference
from shakyo_desktop.gui.shared.differences_list import DifferencesList
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.newer_card import NewerCard
from shakyo_desktop.gui.ward.verdict_row import VerdictRow
from shakyo_desktop.services.newer_revisions import NEWER
from shakyo_desktop.services.verdicts import PENDING_APPROVAL, Verdict

_SHOWN_AT_ONCE = 3
"""So many newer files show what they change by themselves; with more, on a press."""


class IntakeResults(QWidget):
    """One row per file, by district and revision; what is from nobody known comes last.

    Signals:
        acted: a verdict and the action of its row.
        taken: the paths of newer revisions that a person decided to take in.
        left: the verdict of one that a person does not take in now; its row is gone.
        undo_requested: a verdict.
        failed: a ShakyoError.
    """

    acted = Signal(object, str)
    taken = Signal(object)
    left = Signal(object)
    undo_requested = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: Desk) -> None:
        super().__init__()
        self._desk = desk
        self.rows: list[VerdictRow] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self.newer = NewerCard()
        self.newer.all_requested.connect(lambda: self.taken.emit(self._waiting()))
        self._column.addWidget(self.newer)

    def clear(self) -> None:
        """Forget the last lot."""
        for row in tuple(self.rows):
            self._drop(row)
        self._count()

    def show_verdicts(self, verdicts: Sequence[Verdict]) -> None:
        """Add rows; a file that has one already gets its new verdict in the same place."""
        answered: list[VerdictRow] = []
        for verdict in sorted(verdicts, key=_by_district):
            at = next((at for at, row in enumerate(self.rows) if row.verdict.file == verdict.file), None)
            if at is not None:
                self._drop(self.rows[at])
            row = self._put(len(self.rows) if at is None else at, verdict)
            if at is not None:
                answered.append(row)
        self._count()
        if answered:
            answered[0].focus_action()
        newer = [row for row in self.rows if row.verdict.code == NEWER]
        if len(newer) <= _SHOWN_AT_ONCE:
            for row in newer:
                self._show_changes(row.verdict)

    def forget_decided(self, waiting: Collection[str]) -> None:
        """Take away what waited for a person and does not any more.

        Args:
            waiting: the senders whose number is still to be typed, and the manifests still to be chosen.
        """
        for row in tuple(self.rows):
            verdict = row.verdict
            held = verdict.verdict == PENDING_APPROVAL and verdict.code != NEWER
            if held and verdict.sender not in waiting and verdict.manifest not in waiting:
                self._drop(row)

    def remove(self, verdict: Verdict) -> None:
        """Take the row of a verdict away."""
        for row in [row for row in self.rows if row.verdict is verdict]:
            self._drop(row)
        self._count()

    def _put(self, at: int, verdict: Verdict) -> VerdictRow:
        row = VerdictRow(verdict)
        row.acted.connect(self.acted)
        row.undo_requested.connect(self.undo_requested)
        row.differences_requested.connect(self._show_changes)
        row.take_requested.connect(lambda one: self.taken.emit([one.file]))
        row.leave_requested.connect(self._leave)
        self.rows.insert(at, row)
        self._column.insertWidget(at + 1, row)
        return row

    def _drop(self, row: VerdictRow) -> None:
        self.rows.remove(row)
        self._column.removeWidget(row)
        row.hide()
        row.deleteLater()

    def _leave(self, verdict: Verdict) -> None:
        self.remove(verdict)
        self.left.emit(verdict)

    def _waiting(self) -> list[Path]:
        return [row.verdict.file for row in self.rows if row.verdict.code == NEWER]

    def _count(self) -> None:
        self.newer.set_waiting(len(self._waiting()))

    def _show_changes(self, verdict: Verdict) -> None:
        intake = self._desk.services.intake
        if verdict.code == NEWER:  # the file is read and checked once more
            self._desk.worker.start(
                lambda _task: intake.differences_in(verdict.file),
                lambda found: self._put_changes(verdict, found),
                self.failed.emit,
                self,
            )
            return
        self._desk.worker.run(
            lambda: intake.differences(str(verdict.package_id)),
            lambda found: self._put_changes(verdict, found),
            self.failed.emit,
            self,
        )

    def _put_changes(self, verdict: Verdict, found: tuple[FieldDifference, ...]) -> None:
        row = next((row for row in self.rows if row.verdict is verdict), None)
        if row is None or row.findChild(DifferencesList) is not None:
            return
        shown = DifferencesList()
        shown.show_differences(found)
        row.add_changes(shown)


def _by_district(verdict: Verdict) -> tuple[bool, str, int, int]:
    return (
        not verdict.sender_name,
        verdict.sender or "",
        verdict.fiscal_year or 0,
        verdict.revision or 0,
    )
