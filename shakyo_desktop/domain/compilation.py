"""区の取りまとめ: what a ward's districts reported about one plan in one fiscal year, put together.

A compilation is a snapshot: it names the signed reports it rests on and holds every figure its documents
print. Distributions count districts and symbols are never averaged. A sum says how many districts it
covers; what is missing is never a 0. Numbers of persons (実人数) are never added across districts.
Source: the domain's WardCompilation.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from shakyo_desktop.domain.codes import ImplementationState, LabelledCode, SelfRating, Stage
from shakyo_desktop.domain.records import ItemStatus


class Arrival(LabelledCode):
    """How an expected report came by the day of compiling."""

    RECEIVED = "received", "受取済"
    LATE = "late", "期限後に受取"
    MISSING = "missing", "未着"


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceReport:
    """One expected district and the signed report the compilation takes its figures from.

    ``manifest`` is the report's identity (SHA-256 of its manifest, hex), ``joined`` those of the further
    signed versions that were joined into it at the office. Everything but ``org``, ``name`` and ``arrival``
    is None when the report is missing. ``confirmed`` says whether the office had accepted it (確定) when the
    compilation was made, ``proxy`` that the office keyed it from the district's paper (代行入力).
    """

    org: str
    name: str
    arrival: Arrival
    package_id: str | None = None
    manifest: str | None = None
    joined: tuple[str, ...] = ()
    revision: int | None = None
    stage: Stage | None = None
    received_at: datetime | None = None
    confirmed: bool = False
    proxy: bool = False


@dataclass(frozen=True, slots=True)
class CoveredSum:
    """A figure over districts with its coverage: 12/14地区部会 is ``stated`` 12, ``expected`` 14.

    ``total`` is None when no district states the figure, or when it may not be added (``unique_persons``).
    """

    code: str
    label: str
    unit: str
    total: int | None
    stated: int
    expected: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DistrictLine:
    """What one district reported about one item: the value behind every figure, and its own words.

    Every district whose report is here has a line; of a missing one nothing is known. ``state`` None is
    未報告. ``totals`` are the effective totals by code (``domain.totals``), with what came from items of
    other plans through the crosswalk; ``mapped`` is that part of them alone.
    """

    org: str
    state: ImplementationState | None = None
    state_reason: str = ""
    self_rating: SelfRating | None = None
    rating_reason: str = ""
    totals: Mapping[str, int] = field(default_factory=dict)
    outcome: str = ""
    challenge: str = ""
    next_plan: str = ""
    needs_support: tuple[str, ...] = ()
    mapped: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MappedTotals:
    """What one item of another plan adds to an item's sums, over ``districts`` districts.

    Names are those of the day of compiling: a snapshot stays readable when a plan changes.
    """

    plan_id: str
    plan_name: str
    item_number: int
    item_name: str
    totals: Mapping[str, int]
    districts: int


@dataclass(frozen=True, slots=True)
class PracticeSource:
    """A good practice that may be shared, in the district's words, with the record it comes from.

    ``shared_title`` and ``shared_story`` are the ward's wording of it, empty where it has none of its own.
    """

    org: str
    practice_id: str
    title: str
    story: str = ""
    shared_title: str = ""
    shared_story: str = ""

    @property
    def reworded(self) -> bool:
        """Whether the ward tells it in words of its own."""
        return bool(self.shared_title)

    @property
    def told(self) -> tuple[str, str]:
        """Title and story as documents tell them."""
        own = (self.shared_title, self.shared_story)
        return own if self.reworded else (self.title, self.story)


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRollUp:
    """One item over all districts. ``states`` and ``ratings`` count districts by code.

    Both hold only what was counted. ``unreported`` counts the expected districts without a state; 0 for an
    item of the ward office, whose own status is ``ward_status`` (None while nobody wrote anything) and whose
    sums expect only the districts that state it of themselves. ``last_year`` are the same item's figures of
    the year before, without lines and practices; None when nothing is held of the item in that year.
    ``mapped`` says how much of ``sums`` other plans' items bring, each activity once. ``from_tables`` counts,
    in ``last_year``, the districts whose values came from a table and not from a signed report.
    """

    item_number: int
    states: Mapping[str, int]
    ratings: Mapping[str, int]
    unreported: int
    sums: tuple[CoveredSum, ...]
    districts: tuple[DistrictLine, ...] = ()
    practices: tuple[PracticeSource, ...] = ()
    ward_status: ItemStatus | None = None
    last_year: "ItemRollUp | None" = None
    mapped: tuple[MappedTotals, ...] = ()
    from_tables: int = 0


class FindingScope(LabelledCode):
    """What the ward's words are about."""

    WHOLE = "whole", "全体"
    DIRECTION = "direction", "施策の方向性"
    ITEM = "item", "取組項目"


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """The ward's own words: 成果, 課題, 進め方. ``number`` is the direction's or item's, 0 for the whole."""

    scope: FindingScope
    number: int = 0
    outcome: str = ""
    challenge: str = ""
    approach: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class CouncilVerification:
    """推進協議会の検証. ``approved`` needs ``held_on``; afterwards only a new version may differ.

    ``unread`` keeps a date as it was typed that could not be read, under the field's name.
    """

    held_on: date | None = None
    attendance: str = ""
    verification: str = ""
    approved: bool = False
    unread: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class WardCompilation:
    """One version. Key: ward, plan, fiscal year, version (from 1).

    ``items`` stand in the order of the plan. ``include_unconfirmed`` says that reports which the office
    had not accepted yet were taken in on purpose; every document says so too.
    """

    id: str
    ward: str
    plan_id: str
    fiscal_year: int
    version: int
    compiled_at: datetime
    compiled_by: str
    sources: tuple[SourceReport, ...]
    items: tuple[ItemRollUp, ...]
    findings: tuple[Finding, ...] = ()
    council: CouncilVerification = field(default_factory=CouncilVerification)
    include_unconfirmed: bool = False

    def finding(self, scope: FindingScope, number: int = 0) -> Finding:
        """The ward's words about the whole, a direction or an item; blank ones when nobody wrote any."""
        found = (one for one in self.findings if (one.scope, one.number) == (scope, number))
        return next(found, Finding(scope=scope, number=number))

    def coverage(self) -> tuple[int, int]:
        """How many districts' reports are in it, and how many were expected: (12, 14)."""
        received = sum(1 for one in self.sources if one.arrival is not Arrival.MISSING)
        return received, len(self.sources)


@dataclass(frozen=True, slots=True, kw_only=True)
class CompilationVersion:
    """One line of the list of versions: who made it when, over how many districts, whether it is fixed."""

    id: str
    version: int
    compiled_at: datetime
    compiled_by: str
    received: int
    expected: int
    include_unconfirmed: bool
    approved: bool


@dataclass(frozen=True, slots=True)
class StaleMark:
    """Something a compilation rests on that changed after it was made, in words, and where it lies."""

    org: str
    name: str
    words: str
