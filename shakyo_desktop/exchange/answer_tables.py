"""The tables of an answer: what the office asks for, and good practices of others to read."""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from shakyo_desktop.domain.records import GoodPractice
from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.exchange import wire
from shakyo_desktop.exchange.lines import TableForm, fields_of, row_of
from shakyo_desktop.exchange.report_tables import PlanId
from shakyo_desktop.exchange.wire import FieldName, ItemNumber, OrgCode, Uuid7, Year

REQUESTS = "requests"
SHARED_PRACTICES = "shared_practices"
ANSWER_TABLES = (REQUESTS, SHARED_PRACTICES)


class RequestLine(wire.Wire, frozen=True, kw_only=True):
    """A question about one field, one record (``field`` null) or the report (``record_id`` null too)."""

    id: Uuid7
    table: Literal["activities", "good_practices", "item_statuses", "photos", "report"]
    record_id: Uuid7 | None
    field: FieldName | None
    text: Annotated[str, Meta(max_length=1000)]
    due: date | None


class SharedPracticeLine(wire.Wire, frozen=True, kw_only=True):
    """A good practice of another district, told with consent; its photos do not travel."""

    id: Uuid7
    org: OrgCode
    fiscal_year: Year
    plan_id: PlanId
    item_number: ItemNumber
    title: wire.Text60
    story: wire.Text2000


REQUEST_TABLE = TableForm(REQUESTS, RequestLine, frozenset({"text"}))
SHARED_TABLE = TableForm(SHARED_PRACTICES, SharedPracticeLine, frozenset({"story"}))


def answer_tables(
    requests: Iterable[CorrectionRequest], shared_practices: Iterable[GoodPractice] = ()
) -> dict[str, tuple[bytes, ...]]:
    """An answer's tables. ``ValueError`` when a practice has no consent to be shared."""
    practices = list(shared_practices)
    if not all(practice.consent for practice in practices):
        raise ValueError("a practice may not be shared")
    rows = []
    for request in requests:
        row = row_of(request, RequestLine.__struct_fields__)
        rows.append(row | {"record_id": request.record_id or None, "field": request.field or None})
    return {REQUESTS: REQUEST_TABLE.write(rows), SHARED_PRACTICES: SHARED_TABLE.write_records(practices)}


def read_answer_tables(
    tables: Mapping[str, bytes | memoryview], package_id: str, newer: bool
) -> tuple[tuple[CorrectionRequest, ...], tuple[GoodPractice, ...], int]:
    """Requests about the submission ``package_id``, shared practices, and the number of unknown fields.

    Raises:
        PackageRefused: ``json.…``, ``data.schema``, ``data.order``, ``text.…``.
    """
    request_lines, unknown_requests = REQUEST_TABLE.read(tables[REQUESTS], newer)
    practice_lines, unknown_practices = SHARED_TABLE.read(tables[SHARED_PRACTICES], newer)
    requests = tuple(
        CorrectionRequest(
            id=line.id,
            package_id=package_id,
            table=line.table,
            record_id=line.record_id or "",
            field=line.field or "",
            text=line.text,
            due=line.due,
        )
        for line in request_lines
    )
    practices = tuple(GoodPractice(**fields_of(line), consent=True) for line in practice_lines)
    return requests, practices, unknown_requests + unknown_practices
