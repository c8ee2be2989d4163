"""The tables of a setup: who there is, which plans hold, when reports are due, and the office's keys.

A setup is not sealed, so that no person's telephone number or name travels in it: of organisations
only code, name and place; a telephone number only with the office itself.
"""

from datetime import date
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from shakyo_desktop.domain.codes import ActivityKind, OrganisationKind, Reporter
from shakyo_desktop.exchange import wire
from shakyo_desktop.exchange.lines import TableForm
from shakyo_desktop.exchange.report_tables import PlanId
from shakyo_desktop.exchange.wire import AgeRecipient, Code, ItemNumber, OrgCode, Year

OFFICES, ORGANISATIONS, PLAN_ITEMS = "offices", "organisations", "plan_items"
PLANS, SCHEDULE = "plans", "schedule"
SETUP_TABLES = (OFFICES, ORGANISATIONS, PLAN_ITEMS, PLANS, SCHEDULE)

Number = Annotated[int, Meta(ge=1, le=999)]


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A structure inside a line."""


class GoalPart(_Part, frozen=True, kw_only=True):
    """基本目標."""

    number: Number
    name: wire.Text200


class DirectionPart(_Part, frozen=True, kw_only=True):
    """施策の方向性; ``goal`` is the number of its goal."""

    number: Number
    goal: Number
    name: wire.Text200


class RatingPart(_Part, frozen=True, kw_only=True):
    """One level of a plan's scale."""

    code: Code
    symbol: wire.Text20
    words: wire.Text60


class MeasurePart(_Part, frozen=True, kw_only=True):
    """An extra figure of an item; ``total`` is how its year is made."""

    code: Code
    label: wire.Text60
    unit: wire.Text20
    total: Literal["sum", "last", "max"]


class OrganisationLine(wire.Wire, frozen=True, kw_only=True):
    """``id`` is the organisation's code."""

    id: OrgCode
    name: wire.Text100
    kind: OrganisationKind
    parent: OrgCode | None
    active: bool


class PlanLine(wire.Wire, frozen=True, kw_only=True):
    """A plan without its items, which are lines of their own."""

    id: PlanId
    name: wire.Text100
    owner: wire.Text100
    first_fiscal_year: Year
    last_fiscal_year: Year
    goals: Annotated[list[GoalPart], Meta(max_length=40)]
    directions: Annotated[list[DirectionPart], Meta(max_length=80)]
    nickname: wire.Text100
    philosophy: wire.Text300
    slogan: wire.Text300
    rating_scale: Annotated[list[RatingPart], Meta(max_length=20)]


class PlanItemLine(wire.Wire, frozen=True, kw_only=True):
    """``id`` is the plan's id, a slash and the number in three digits."""

    id: wire.Identifier
    plan_id: PlanId
    number: ItemNumber
    direction: Number
    name: wire.Text200
    kind: ActivityKind
    reporter: Reporter
    priority: bool
    new: bool
    measures: Annotated[list[MeasurePart], Meta(max_length=40)]


class ScheduleLine(wire.Wire, frozen=True, kw_only=True):
    """A date of a fiscal year's calendar."""

    id: wire.Identifier
    fiscal_year: Year
    kind: Code
    name: wire.Text100
    due: date


class OfficeLine(wire.Wire, frozen=True, kw_only=True):
    """``id`` and ``key`` are the SHA-256 of the certificate, which is DER in base64."""

    id: wire.Sha256Hex
    org: OrgCode
    certificate: Annotated[str, Meta(max_length=1400, pattern=r"\A[0-9A-Za-z+/]*=*\Z")]
    key: wire.Sha256Hex
    recipients: Annotated[list[AgeRecipient], Meta(min_length=1, max_length=10)]
    recovery: AgeRecipient
    telephone: wire.Text20


ORGANISATION_TABLE = TableForm(ORGANISATIONS, OrganisationLine)
PLAN_TABLE = TableForm(PLANS, PlanLine, frozenset({"philosophy", "slogan"}))
ITEM_TABLE = TableForm(PLAN_ITEMS, PlanItemLine)
SCHEDULE_TABLE = TableForm(SCHEDULE, ScheduleLine)
OFFICE_TABLE = TableForm(OFFICES, OfficeLine)
