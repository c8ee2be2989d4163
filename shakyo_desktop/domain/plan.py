"""A plan (計画): the catalogue of goals, directions and items that reports refer to."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from shakyo_desktop.domain.codes import ActivityKind, Reporter


@dataclass(frozen=True, slots=True)
class Goal:
    """基本目標."""

    number: int
    name: str


@dataclass(frozen=True, slots=True)
class Direction:
    """施策の方向性; belongs to the goal with number ``goal``."""

    number: int
    goal: int
    name: str


@dataclass(frozen=True, slots=True)
class Measure:
    """An extra figure of an item. ``total`` says how a year's figure is made: sum, last or max."""

    code: str
    label: str
    unit: str
    total: str = "sum"


@dataclass(frozen=True, slots=True)
class RatingLevel:
    """One level of a plan's self-rating scale: always a symbol and words."""

    code: str
    symbol: str
    words: str


DEFAULT_RATING_SCALE = (
    RatingLevel("excellent", "◎", "大きく進んだ"),
    RatingLevel("good", "○", "おおむね予定どおり"),
    RatingLevel("fair", "△", "一部にとどまった"),
    RatingLevel("poor", "×", "ほとんど進まなかった"),
)


@dataclass(frozen=True, slots=True)
class Item:
    """取組項目. An item whose reporter is the ward office is never 未報告 for a district."""

    number: int
    direction: int
    name: str
    kind: ActivityKind = ActivityKind.OTHER
    reporter: Reporter = Reporter.DISTRICT
    priority: bool = False
    new: bool = False
    measures: tuple[Measure, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A catalogue valid from ``first_fiscal_year`` to ``last_fiscal_year`` inclusive."""

    id: str
    name: str
    owner: str
    first_fiscal_year: int
    last_fiscal_year: int
    goals: tuple[Goal, ...]
    directions: tuple[Direction, ...]
    items: tuple[Item, ...]
    nickname: str = ""
    philosophy: str = ""
    slogan: str = ""
    rating_scale: tuple[RatingLevel, ...] = DEFAULT_RATING_SCALE

    def item(self, number: int) -> Item | None:
        """The item with this number, or None when the catalogue has none."""
        return next((item for item in self.items if item.number == number), None)

    def covers(self, fiscal_year: int) -> bool:
        """Whether the plan is valid in this fiscal year."""
        return self.first_fiscal_year <= fiscal_year <= self.last_fiscal_year


@dataclass(frozen=True, slots=True)
class Crosswalk:
    """One pair of items of two plans that stand for the same work (many-to-many)."""

    plan_id: str
    item_number: int
    other_plan_id: str
    other_item_number: int


@dataclass(frozen=True, slots=True)
class PlanVersion:
    """A plan as it was saved once: the how manieth time, by whom (empty: came with a file), when (UTC)."""

    plan_id: str
    version: int
    saved_by: str
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class PlanDraft:
    """A plan that is being changed and not saved as a version yet; it may contradict itself.

    ``base_version`` is the version it began from, 0 for a new plan. ``unread`` is text that could not be read
    as a number, by place (``items/3/direction``: part, position, field); the number there is 0.
    """

    plan: Plan
    base_version: int
    unread: Mapping[str, str] = field(default_factory=dict)
