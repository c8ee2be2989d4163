"""What stands between a year and its file, read and settled off the window's thread."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from shakyo_desktop.domain.checks import Problem
from shakyo_desktop.domain.codes import Assembly, Stage
from shakyo_desktop.domain.labels import item_name
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.gui.district.record_names import activity_days
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.submission import Readiness


@dataclass(frozen=True, slots=True)
class ReportChoice:
    """Which report a person wants to hand in."""

    fiscal_year: int
    stage: Stage
    assembly: Assembly = Assembly.NONE
    chair_name: str = ""


@dataclass(frozen=True, slots=True)
class SeenYear:
    """A year as it could be handed in now; ``locked``: its newest revision is accepted."""

    fiscal_year: int
    stage: Stage
    readiness: Readiness
    submissions: tuple[Submission, ...]
    plans: tuple[Plan, ...]
    locked: bool
    days: Mapping[str, str] = field(default_factory=dict)

    def item_name(self, problem: Problem) -> str:
        """Return number and name of the item a problem is about, and the day when it is an activity's."""
        if problem.item_number is None:
            return ""
        plan = next((one for one in self.plans if one.id == problem.plan_id), None)
        day = self.days.get(problem.ref.id, "") if problem.ref is not None else ""
        return "　".join(part for part in (item_name(problem.item_number, plan), day) if part)


class ReportMaking(QObject):
    """Reads, keeps reasons, freezes.

    Signals:
        seen: the year as it is now.
        reason_kept: a reason is stored.
        frozen: the new submission; nothing left this computer yet.
        still_open: the readiness of a year that cannot be handed in yet.
        unchanged: nothing changed since the newest revision.
        failed: the error.
    """

    seen = Signal(object)
    reason_kept = Signal()
    frozen = Signal(object)
    still_open = Signal(object)
    unchanged = Signal()
    failed = Signal(object)

    def __init__(self, services: Services, worker: BackgroundWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._services, self._worker = services, worker

    def read(self, year: int, stage: Stage) -> None:
        """Read a year; `seen` follows."""
        services = self._services

        def work() -> SeenYear:
            readiness = services.submission.readiness(year, stage)
            view = services.recording.open_year(year)
            submissions = services.submission.submissions(year)
            return SeenYear(year, stage, readiness, submissions, view.plans, view.locked, activity_days(view))

        self._worker.run(work, self.seen.emit, self.failed.emit, owner=self)

    def keep_reason(self, problem: Problem, reason: str) -> None:
        """Store why a soft problem may stay."""
        self._worker.run(
            lambda: self._services.checking.answer(problem, reason),
            lambda _: self.reason_kept.emit(),
            self.failed.emit,
            owner=self,
        )

    def make(self, choice: ReportChoice, *, even_unchanged: bool = False) -> None:
        """Freeze the year when nothing is open; what was typed before is stored before."""
        submission = self._services.submission

        def work() -> Submission | Readiness:
            readiness = submission.readiness(choice.fiscal_year, choice.stage)
            if not readiness.ready or not (readiness.changed_since_last or even_unchanged):
                return readiness
            return submission.freeze(choice.fiscal_year, choice.stage, choice.assembly, choice.chair_name)

        def done(result: Submission | Readiness) -> None:
            if isinstance(result, Submission):
                self.frozen.emit(result)
            elif result.ready:
                self.unchanged.emit()
            else:
                self.still_open.emit(result)

        self._worker.run(work, done, self.failed.emit, owner=self)
