"""What is still open in a year, answering what only needs a reason, and how far it is filled in."""

from datetime import date

from shakyo_desktop.domain.checks import Level, Problem, Progress, check_year, progress
from shakyo_desktop.domain.codes import Stage
from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.services.clock_check import likely_today
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.recording import RecordingService
from shakyo_desktop.services.year_view import YearView


class CheckingService:
    """The rules of the domain over what is stored."""

    def __init__(self, context: ServiceContext, org: str | None = None) -> None:
        """``org`` as for ``RecordingService``."""
        self._context = context
        self._recording = RecordingService(context, org)

    def problems(self, fiscal_year: int, stage: Stage) -> tuple[Problem, ...]:
        """Return every problem of a year in the order of plan and item, answered ones too."""
        return problems_of(self._recording.open_year(fiscal_year), stage, likely_today(self._context))

    def answer(self, problem: Problem, reason: str) -> None:
        """Keep the reason for a soft problem; an empty one takes it back.

        Raises:
            NotReady: the problem is hard and has to be put right, or the year is locked.
        """
        if problem.ref is None or not problem.asks_reason or problem.level is Level.HARD:
            raise NotReady(
                "これは理由を書くだけでは先に進めません。\n"
                "入力した内容は残っています。\n"
                "「直す」を押して、その欄を直してください。"
            )
        self._recording.change(problem.ref, f"reasons.{problem.reason_key}", reason.strip() or None)

    def progress(self, fiscal_year: int) -> Progress:
        """Return how far a year is filled in, over all its plans."""
        view = self._recording.open_year(fiscal_year)
        each = [progress(view.records, plan) for plan in view.plans]
        return Progress(
            sum(one.entered for one in each),
            sum(one.expected for one in each),
            sum(one.total for one in each),
        )


def problems_of(view: YearView, stage: Stage, today: date) -> tuple[Problem, ...]:
    """Return every problem of a year that was read."""
    before = view.last_year if view.last_year.item_statuses or view.last_year.activities else None
    return tuple(check_year(view.records, view.plans, stage, before, today))
