"""What every document of a compilation is made from, and the words all of them share.

Nothing but the snapshot, the plan's catalogue and the ward's name goes in, and the only date is the
snapshot's own: the same version gives the same bytes, whenever and wherever it is printed.
"""

from dataclasses import dataclass
from functools import cached_property

from shakyo_desktop.domain.codes import ImplementationState, Reporter, SelfRating
from shakyo_desktop.domain.compilation import Arrival, CoveredSum, ItemRollUp, SourceReport, WardCompilation
from shakyo_desktop.domain.compilation_figures import NEVER_ADDED, Coverage, coverage, sources_mark
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.eras import JAPAN_TIME
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.labels import rating_words
from shakyo_desktop.domain.numbers import show_number
from shakyo_desktop.domain.plan import Item, Plan

NOT_REPORTED = "未報告"
UNCONFIRMED = "確定していない報告を含みます"


@dataclass(frozen=True, kw_only=True)
class CompilationPaper:
    """One version, its plan, and the ward's name; ``practice`` marks every page as made in practice mode."""

    compilation: WardCompilation
    plan: Plan
    ward_name: str
    practice: bool = False

    @cached_property
    def coverage(self) -> Coverage:
        """How many reports came of how many."""
        return coverage(self.compilation)

    @cached_property
    def mark(self) -> str:
        """The one mark of all sources, 64 hexadecimal digits."""
        return sources_mark(self.compilation)

    @cached_property
    def names(self) -> dict[str, str]:
        """The districts' names by code, in the order of the roster."""
        return {source.org: source.name for source in self.compilation.sources}

    @cached_property
    def items(self) -> tuple[tuple[Item, ItemRollUp], ...]:
        """Each item of the plan with its figures; items the plan does not know are left to the JSON."""
        pairs = ((self.plan.item(one.item_number), one) for one in self.compilation.items)
        return tuple((item, rolled) for item, rolled in pairs if item is not None)

    @property
    def year(self) -> str:
        """令和8年度."""
        return fiscal_year_name(self.compilation.fiscal_year)

    @property
    def version(self) -> str:
        """第2版."""
        return f"第{self.compilation.version}版"

    @property
    def made(self) -> str:
        """When the version was made, in eras."""
        return era_timestamp(self.compilation.compiled_at)

    @property
    def made_iso(self) -> str:
        """The same for tables: 2026-11-26 14:05 in Japan."""
        return f"{self.compilation.compiled_at.astimezone(JAPAN_TIME):%Y-%m-%d %H:%M}"

    @property
    def has_unconfirmed(self) -> bool:
        """Whether reports are in it that the office had not accepted."""
        return self.coverage.unconfirmed > 0

    def unconfirmed_names(self) -> str:
        """The districts whose reports were not accepted yet."""
        waiting = (
            s for s in self.compilation.sources if s.arrival is not Arrival.MISSING and not s.confirmed
        )
        return "、".join(one.name for one in waiting)

    def name_of(self, org: str) -> str:
        """A district's name, the ward's own, or the code when the roster did not know it."""
        return self.ward_name if org == self.compilation.ward else self.names.get(org, org)


def covered(stated: int, expected: int) -> str:
    """12/14地区部会."""
    return f"{stated}/{expected}地区部会"


def sum_words(one: CoveredSum) -> str:
    """1,234人, or why there is no figure."""
    if one.total is not None:
        return f"{show_number(one.total)}{one.unit}"
    return "足しません" if one.code == NEVER_ADDED and one.stated else "－"


def item_title(item: Item) -> str:
    """6　見守り活動の促進（重点）."""
    marks = [word for word, on in (("重点", item.priority), ("新規", item.new)) if on]
    if item.reporter is Reporter.WARD_OFFICE:
        marks.append("区事務所")
    return f"{item.number}　{item.name}" + (f"（{'・'.join(marks)}）" if marks else "")


def state_columns() -> tuple[tuple[str, str], ...]:
    """Codes and words of the states, in the order documents list them: what goes on first."""
    order = (
        ImplementationState.RUNNING,
        ImplementationState.PARTIAL,
        ImplementationState.PREPARING,
        ImplementationState.NOT_STARTED,
        ImplementationState.SUSPENDED,
        ImplementationState.ENDED,
        ImplementationState.NOT_APPLICABLE,
    )
    return tuple((state.value, state.label) for state in order)


def rating_columns(plan: Plan) -> tuple[tuple[str, str], ...]:
    """Codes and words (symbol included) of the plan's scale, 評価しない last."""
    codes = [level.code for level in plan.rating_scale]
    if SelfRating.NOT_RATED.value not in codes:
        codes.append(SelfRating.NOT_RATED.value)
    return tuple((code, rating_words(code, plan)) for code in codes)


def arrival_words(source: SourceReport) -> str:
    """How a report came: 受取済, 期限後に受取 or 未着; whether it was keyed here, whether it was accepted."""
    if source.arrival is Arrival.MISSING:
        return source.arrival.label
    notes = [words for words, said in (("代行入力", source.proxy), ("未確定", not source.confirmed)) if said]
    return source.arrival.label + (f"（{'・'.join(notes)}）" if notes else "")


def received_iso(source: SourceReport) -> str:
    """The day a report was received, ISO; empty while it is missing."""
    return f"{source.received_at.astimezone(JAPAN_TIME):%Y-%m-%d}" if source.received_at else ""
