"""Keeping what an office did with a report, and telling its whole life."""

from dataclasses import dataclass
from datetime import datetime

from shakyo_desktop.domain.codes import Stage
from shakyo_desktop.domain.review_steps import ReviewStep, StepKind
from shakyo_desktop.storage.stores import Stores


@dataclass(frozen=True, slots=True, kw_only=True)
class LifeLine:
    """One event in the life of a district's report; ``note`` is a reason or what went along."""

    at: datetime
    step: StepKind
    by: str
    note: str
    package_id: str
    revision: int
    stage: Stage


def note_step(
    stores: Stores, package_id: str, kind: StepKind, at: datetime, *, by: str | None = None, note: str = ""
) -> None:
    """Keep a step; ``by`` is the person at the screen when nobody else is named."""
    who = str(stores.settings.get("person_name", "")) if by is None else by
    stores.review.add_step(ReviewStep(package_id=package_id, step=kind, by=who, at=at, note=note))


def life_of(stores: Stores, org: str, fiscal_year: int) -> tuple[LifeLine, ...]:
    """Everything that happened to a district's year at this office, newest first, in two statements."""
    revisions = {one.package_id: one for one in stores.submissions.of_report(org, fiscal_year)}
    every = [one for steps in stores.review.steps(revisions).values() for one in steps]
    return tuple(
        LifeLine(
            at=one.at,
            step=one.step,
            by=one.by,
            note=one.note,
            package_id=one.package_id,
            revision=revisions[one.package_id].revision,
            stage=revisions[one.package_id].stage,
        )
        for one in sorted(every, key=lambda one: -one.id)
    )
