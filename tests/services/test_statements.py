"""How many SQL statements an operation takes does not depend on how much the year holds."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import Engine, event

from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.records import Activity, RecordRef
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.recording import RecordingService
from tests.services.conftest import PLAN_ID

YEAR = 2026
MANY = 2_000


def statements_of(context: ServiceContext, work: Callable[[], object]) -> int:
    """Return how many statements ``work`` sends to the database."""
    return len(sent_by(context, work))


def sent_by(context: ServiceContext, work: Callable[[], object]) -> list[str]:
    """Return the statements that ``work`` sends to the database."""
    sent: list[str] = []

    def count(connection: object, cursor: object, statement: str, *_: object) -> None:
        sent.append(statement)

    engines: list[Engine] = [context.database._opened().reader, context.database._opened().writer]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", count)
    try:
        work()
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", count)
    return sent


def fill(context: ServiceContext, activity: Activity) -> None:
    """Put many activities into this year and the last, deleted ones too."""
    day = date(2026, 4, 1)
    copies = [
        replace(activity, id=new_id(), held_on=day + timedelta(days=number % 300), participants=number)
        for number in range(MANY)
    ]
    earlier = [replace(copy, id=new_id(), fiscal_year=YEAR - 1) for copy in copies]
    gone = [replace(copy, id=new_id(), deleted_at=context.now()) for copy in copies[:100]]
    with context.database.transaction() as stores:
        stores.records.insert_all([*copies, *earlier, *gone])


WORK: dict[str, Callable[[RecordingService, RecordRef, RecordRef], object]] = {
    "open the year": lambda service, activity, status: service.open_year(YEAR),
    "change a field": lambda service, activity, status: service.change(activity, "venue", "公民館"),
    "add an activity": lambda service, activity, status: service.new_activity(
        YEAR, PLAN_ID, 9, same_as=activity.id
    ),
    "delete": lambda service, activity, status: service.delete(activity),
    "copy last year": lambda service, activity, status: service.copy_last_year(status, "outcome"),
    "venues": lambda service, activity, status: service.venues(),
    "undo": lambda service, activity, status: service.undo(activity),
}


@pytest.mark.parametrize("work", WORK.values(), ids=WORK)
def test_a_full_year_takes_no_more_statements_than_an_empty_one(
    district: ServiceContext, work: Callable[[RecordingService, RecordRef, RecordRef], object]
) -> None:
    service = RecordingService(district)
    service.open_year(YEAR - 1)
    status = ref_of(service.status_for(YEAR, PLAN_ID, 9))
    activity, other = (service.new_activity(YEAR, PLAN_ID, 9) for _ in range(2))
    for one in (activity, other):
        service.change(ref_of(one), "participants", 24)
    few = statements_of(district, lambda: work(service, ref_of(activity), status))
    fill(district, activity)
    many = statements_of(district, lambda: work(service, ref_of(other), status))
    assert 0 < many == few <= 20
