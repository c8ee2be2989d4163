"""The tables of a ward's report: what it compiled of its districts, in lines that never outgrow their limit.

No name of a district travels: names come from the register. What a district wrote about an item is in its own
signed evidence, which lies beside the tables, and is not repeated in them.
"""

from datetime import date
from typing import Annotated

import msgspec
from msgspec import Meta

from shakyo_desktop.domain.codes import ImplementationState, SelfRating, Stage
from shakyo_desktop.domain.compilation import Arrival, FindingScope
from shakyo_desktop.domain.records import GOOD_PRACTICES
from shakyo_desktop.exchange import wire
from shakyo_desktop.exchange.lines import TableForm
from shakyo_desktop.exchange.report_tables import ItemStatusLine, PlanId
from shakyo_desktop.exchange.wire import Code, Count, ItemNumber, OrgCode, Position, Timestamp, Uuid7, Year

COMPILATION, ACTIVITY_TOTALS, COVERAGE = "compilation", "activity_totals", "coverage"
WARD_TABLES = (ACTIVITY_TOTALS, COMPILATION, COVERAGE, GOOD_PRACTICES)

RowId = Annotated[str, Meta(pattern=r"\A[0-9A-Za-z][0-9A-Za-z._/-]{0,139}\Z")]
States = Annotated[dict[ImplementationState, Count], Meta(max_length=20)]
Ratings = Annotated[dict[SelfRating, Count], Meta(max_length=20)]
Sum = Annotated[int, Meta(ge=0, le=9_999_999_999)]


class _Part(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A structure inside a line."""


class WardStatusPart(ItemStatusLine, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The ward office's own status of an item it reports itself."""


class CountsPart(_Part, frozen=True, kw_only=True):
    """How many districts said what about an item."""

    states: States
    ratings: Ratings
    unreported: Count


class MappedPart(_Part, frozen=True, kw_only=True):
    """``compilation.MappedTotals``: what an item of another plan adds to the sums."""

    plan_id: PlanId
    plan_name: wire.Text100
    item_number: ItemNumber
    item_name: wire.Text200
    totals: Annotated[dict[Code, Sum], Meta(max_length=60)]
    districts: Count


class ItemPart(_Part, frozen=True, kw_only=True):
    """``compilation.ItemRollUp`` without its sums and without what each district said.

    ``position`` is the item's place in the plan.
    """

    position: Position
    counts: CountsPart
    last_year: CountsPart | None
    ward_status: WardStatusPart | None
    mapped: Annotated[list[MappedPart], Meta(max_length=60)]


class HeadPart(_Part, frozen=True, kw_only=True):
    """The version as a whole, and the council's word on it."""

    compilation_id: Uuid7
    compiled_at: Timestamp
    compiled_by: wire.Text60
    include_unconfirmed: bool
    held_on: date | None
    attendance: wire.Text2000
    verification: wire.Text2000
    approved: bool


class CompilationLine(wire.Wire, frozen=True, kw_only=True):
    """The ward's words on the whole, a direction or an item; ``id`` says which.

    ``head`` stands in the line of the whole and nowhere else, ``item`` in those of items.
    """

    id: RowId
    plan_id: PlanId
    scope: FindingScope
    number: Annotated[int, Meta(ge=0, le=999)]
    outcome: wire.Text2000
    challenge: wire.Text2000
    approach: wire.Text2000
    head: HeadPart | None
    item: ItemPart | None


class TotalLine(wire.Wire, frozen=True, kw_only=True):
    """``compilation.CoveredSum`` of an item, or one district's value behind it (``org``, no coverage).

    ``position`` is the sum's place in the item's form; ``mapped`` the part of a district's value that came
    from items of other plans.
    """

    id: RowId
    fiscal_year: Year
    item_number: ItemNumber
    code: Code
    position: Position
    label: wire.Text60
    unit: wire.Text20
    org: OrgCode | None
    total: Sum | None
    stated: Count | None
    expected: Count | None
    mapped: Count | None


class WardPracticeLine(wire.Wire, frozen=True, kw_only=True):
    """A good practice as the ward shares it, told with consent; its photos are entries of the report."""

    id: Uuid7
    org: OrgCode
    plan_id: PlanId
    item_number: ItemNumber
    title: wire.Text60
    story: wire.Text2000
    photo_ids: Annotated[list[Uuid7], Meta(max_length=60)]


class CoverageLine(wire.Wire, frozen=True, kw_only=True):
    """``compilation.SourceReport``: ``id`` is the district's code. Null where nothing was taken in.

    ``joined`` are the manifests of further signed versions that the ward joined into the report; their
    evidence stays at the ward.
    """

    id: OrgCode
    arrival: Arrival
    package_id: Uuid7 | None
    manifest: wire.Sha256Hex | None
    joined: Annotated[list[wire.Sha256Hex], Meta(max_length=20)]
    revision: Annotated[int, Meta(ge=1, le=999_999)] | None
    stage: Stage | None
    received_at: Timestamp | None
    confirmed: bool


_TEXTS = frozenset({"outcome", "challenge", "approach", "attendance", "verification", "next_plan"})
COMPILATION_TABLE = TableForm(COMPILATION, CompilationLine, _TEXTS)
TOTAL_TABLE = TableForm(ACTIVITY_TOTALS, TotalLine)
WARD_PRACTICE_TABLE = TableForm(GOOD_PRACTICES, WardPracticeLine, frozenset({"story"}))
COVERAGE_TABLE = TableForm(COVERAGE, CoverageLine)
