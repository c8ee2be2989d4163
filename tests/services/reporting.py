"""A ward whose districts have reported, without the slow parts of real files: records and submissions."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from shakyo_desktop.domain.codes import ImplementationState, Reporter, ReportState, SelfRating, Stage
from shakyo_desktop.domain.records import GoodPractice, ItemStatus
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.services.context import ServiceContext
from tests.factories import make_id, make_plan, make_status, make_submission
from tests.services.offices import NOW, WARD, district

YEAR = 2026
PLAN = "chiba-shakyo-7"
STATES = (ImplementationState.RUNNING, ImplementationState.PARTIAL, ImplementationState.SUSPENDED)
RATINGS = (SelfRating.EXCELLENT, SelfRating.GOOD, SelfRating.FAIR)


def code(number: int) -> str:
    """The code of a district of the fictional ward."""
    return f"{WARD.code}-{number:02d}"


def add_districts(context: ServiceContext, count: int) -> None:
    """Put districts on the roster; みほん第1地区部会 and so on."""
    with context.database.transaction() as stores:
        stores.organisations.save(*(district(n, f"みほん第{n}地区部会") for n in range(1, count + 1)))


def statuses_of(org: str, fiscal_year: int = YEAR, **changes: Any) -> list[ItemStatus]:
    """A status of every item that districts report."""
    place = {"org": org, "fiscal_year": fiscal_year, **changes}
    items = [item for item in make_plan().items if item.reporter is Reporter.DISTRICT]
    return [make_status(item.number, **place) for item in items]


def hand_in(
    context: ServiceContext,
    number: int,
    statuses: Iterable[ItemStatus] | None = None,
    *,
    fiscal_year: int = YEAR,
    revision: int = 1,
    state: ReportState = ReportState.ACCEPTED,
    received_at: datetime = NOW,
    practices: Iterable[GoodPractice] = (),
    stage: Stage = Stage.FINAL,
) -> Submission:
    """Take in a district's report: what it says, and the revision as it was signed."""
    org = code(number)
    package_id = make_id()
    submission = make_submission(
        package_id=package_id,
        manifest=sha256(package_id.encode()).hexdigest(),
        org=org,
        fiscal_year=fiscal_year,
        revision=revision,
        state=state,
        received_at=received_at,
        stage=stage,
    )
    found = statuses_of(org, fiscal_year) if statuses is None else list(statuses)
    with context.database.transaction() as stores:
        stores.submissions.add(submission)
        stores.records.delete_year(org, fiscal_year)
        stores.records.insert_all(found)
        stores.records.insert_all(practices)
    return submission


def decide(context: ServiceContext, submission: Submission, state: ReportState) -> None:
    """Move a report to another state, as the office's decision does."""
    with context.database.transaction() as stores:
        stores.submissions.replace(replace(submission, state=state))
