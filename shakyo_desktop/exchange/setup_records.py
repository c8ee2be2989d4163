"""A setup's domain objects as its tables, and back."""

import base64
import binascii
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import msgspec

from shakyo_desktop.domain.organisations import Office, Organisation, ScheduleEntry
from shakyo_desktop.domain.plan import Direction, Goal, Item, Measure, Plan, RatingLevel
from shakyo_desktop.exchange import setup_lines as lines_of
from shakyo_desktop.exchange.certificate import read_certificate
from shakyo_desktop.exchange.der import DerError
from shakyo_desktop.exchange.lines import fields_of, plain, row_of
from shakyo_desktop.exchange.recipients import is_recipient
from shakyo_desktop.exchange.refusal import refused, require
from shakyo_desktop.exchange.wire import YEARS

_REFERENCE = "data.reference"


@dataclass(frozen=True, slots=True)
class SetupContent:
    """What a setup tells a district."""

    organisations: tuple[Organisation, ...]
    plans: tuple[Plan, ...]
    schedule: tuple[ScheduleEntry, ...]
    offices: tuple[Office, ...]


def setup_tables(
    organisations: Iterable[Organisation],
    plans: Iterable[Plan],
    schedule: Iterable[ScheduleEntry],
    offices: Iterable[Office],
) -> dict[str, tuple[bytes, ...]]:
    """A setup's tables; telephone numbers and contacts of organisations are left out."""
    plans = list(plans)
    return {
        lines_of.ORGANISATIONS: lines_of.ORGANISATION_TABLE.write(map(_organisation_row, organisations)),
        lines_of.PLANS: lines_of.PLAN_TABLE.write(map(_plan_row, plans)),
        lines_of.PLAN_ITEMS: lines_of.ITEM_TABLE.write(
            _item_row(plan.id, item) for plan in plans for item in plan.items
        ),
        lines_of.SCHEDULE: lines_of.SCHEDULE_TABLE.write_records(schedule),
        lines_of.OFFICES: lines_of.OFFICE_TABLE.write(map(_office_row, offices)),
    }


def read_setup_tables(tables: Mapping[str, bytes | memoryview], newer: bool) -> tuple[SetupContent, int]:
    """A setup's content, and the number of unknown fields of a newer minor version.

    Raises:
        PackageRefused: ``json.…``, ``data.schema``, ``data.order``, ``data.reference``, ``text.…``.
    """
    organisations, unknown_1 = lines_of.ORGANISATION_TABLE.read(tables[lines_of.ORGANISATIONS], newer)
    plans, unknown_2 = lines_of.PLAN_TABLE.read(tables[lines_of.PLANS], newer)
    items, unknown_3 = lines_of.ITEM_TABLE.read(tables[lines_of.PLAN_ITEMS], newer)
    schedule, unknown_4 = lines_of.SCHEDULE_TABLE.read(tables[lines_of.SCHEDULE], newer)
    offices, unknown_5 = lines_of.OFFICE_TABLE.read(tables[lines_of.OFFICES], newer)
    codes = {line.id for line in organisations}
    require(codes.issuperset(line.parent for line in organisations if line.parent), _REFERENCE, "parent")
    require(codes.issuperset(line.org for line in offices), _REFERENCE, "office")
    require({line.id for line in plans}.issuperset(line.plan_id for line in items), _REFERENCE, "plan item")
    require(all(line.due.year in YEARS for line in schedule), "data.schema", "due")
    items_of: dict[str, list[lines_of.PlanItemLine]] = {line.id: [] for line in plans}
    for item in items:
        items_of[item.plan_id].append(item)
    content = SetupContent(
        tuple(_organisation(line) for line in organisations),
        tuple(_plan(line, items_of[line.id]) for line in plans),
        tuple(ScheduleEntry(**fields_of(line)) for line in schedule),
        tuple(_office(line) for line in offices),
    )
    return content, unknown_1 + unknown_2 + unknown_3 + unknown_4 + unknown_5


def _organisation_row(organisation: Organisation) -> dict[str, Any]:
    return {"id": organisation.code} | row_of(organisation, ("name", "kind", "parent", "active"))


def _organisation(line: lines_of.OrganisationLine) -> Organisation:
    fields = fields_of(line)
    return Organisation(code=fields.pop("id"), **fields)


def _plan_row(plan: Plan) -> dict[str, Any]:
    row = row_of(plan, lines_of.PlanLine.__struct_fields__)
    for name in ("goals", "directions", "rating_scale"):
        row[name] = [msgspec.to_builtins(part) for part in getattr(plan, name)]
    return row


def _plan(line: lines_of.PlanLine, items: list[lines_of.PlanItemLine]) -> Plan:
    fields = fields_of(line) | {
        "goals": tuple(Goal(part.number, part.name) for part in line.goals),
        "directions": tuple(Direction(part.number, part.goal, part.name) for part in line.directions),
        "rating_scale": tuple(RatingLevel(part.code, part.symbol, part.words) for part in line.rating_scale),
        "items": tuple(map(_item, items)),
    }
    return Plan(**fields)


def _item_row(plan_id: str, item: Item) -> dict[str, Any]:
    row = row_of(item, ("number", "direction", "name", "kind", "reporter", "priority", "new"))
    measures = [msgspec.to_builtins(measure) for measure in item.measures]
    return row | {"id": _item_id(plan_id, item.number), "plan_id": plan_id, "measures": measures}


def _item(line: lines_of.PlanItemLine) -> Item:
    require(line.id == _item_id(line.plan_id, line.number), _REFERENCE, "plan item")
    fields = fields_of(line)
    del fields["id"], fields["plan_id"]
    measures = tuple(Measure(part.code, part.label, part.unit, part.total) for part in line.measures)
    return Item(**(fields | {"measures": measures}))


def _item_id(plan_id: str, number: int) -> str:
    return f"{plan_id}/{number:03d}"


def _office_row(office: Office) -> dict[str, Any]:
    row = row_of(office, ("org", "key", "recovery", "telephone"))
    certificate = base64.b64encode(office.certificate).decode()
    return row | {"id": office.key, "certificate": certificate, "recipients": plain(office.recipients)}


def _office(line: lines_of.OfficeLine) -> Office:
    """The office of a line whose certificate is its own: our form, this key, this organisation."""
    try:
        data = base64.b64decode(line.certificate, validate=True)
        certificate = read_certificate(data)
    except (binascii.Error, DerError) as error:
        raise refused("data.schema", "certificate") from error
    require(base64.b64encode(data).decode() == line.certificate, "data.schema", "certificate")
    require(
        (line.id, line.key, line.org) == (*[certificate.fingerprint] * 2, certificate.org), _REFERENCE, "key"
    )
    require(all(map(is_recipient, (*line.recipients, line.recovery))), "data.schema", "recipient")
    return Office(line.org, data, line.key, tuple(line.recipients), line.recovery, line.telephone)
