"""Two versions of a year side by side: what comes in by itself, and each conflict in words."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from shakyo_desktop.domain.compare import FieldDifference, differences, field_label, record_title, value_text
from shakyo_desktop.domain.field_values import table_of
from shakyo_desktop.domain.joined_year import joined_year
from shakyo_desktop.domain.joining_years import (
    THROWN_AWAY,
    Contested,
    FieldChange,
    Joining,
    Side,
    join_years,
)
from shakyo_desktop.domain.labels import item_name
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import Activity, GoodPractice, ItemStatus, Photo, Record, YearRecords

GONE = "（ごみ箱に入れた）"
STAYS = "（残す）"

Recorder = Callable[[Record, str], str]
"""Who wrote a field of a record and when, in words."""


@dataclass(frozen=True, slots=True)
class JoinSide:
    """One of the two versions: its short name, and what tells a person which one it is."""

    name: str
    facts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinLine:
    """One conflict. ``key`` names it; ``chosen`` is None until a person decided.

    ``here`` and ``other`` are the two values in words (blank for an empty field), ``…_by`` who and when.
    """

    key: str
    item_number: int | None
    item: str
    record: str
    label: str
    here: str
    other: str
    here_by: str
    other_by: str
    chosen: Side | None
    decided_by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class JoinView:
    """What a person sees of two versions that are joined.

    ``brought`` comes in from the other side by itself, ``kept`` counts what only this side wrote.
    ``open`` says whether choices can be made or changed now, ``finished`` whether it is joined already.
    """

    title: str
    fiscal_year: int
    here: JoinSide
    other: JoinSide
    lines: tuple[JoinLine, ...]
    brought: tuple[FieldDifference, ...]
    kept: int
    open: bool = True
    finished: bool = False

    @property
    def undecided(self) -> int:
        """How many conflicts still wait for a person."""
        return sum(1 for line in self.lines if line.chosen is None)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two years and how the second is joined into the first."""

    here: YearRecords
    other: YearRecords
    base: YearRecords | None
    joining: Joining

    @classmethod
    def of(cls, here: YearRecords, other: YearRecords, base: YearRecords | None) -> "Pair":
        """The pair as ``join_years`` sees it."""
        return cls(here, other, base, join_years(here, other, base))

    def brought(self, plans: Sequence[Plan]) -> tuple[FieldDifference, ...]:
        """What the other side brings in while every conflict is left as it is here."""
        joined = joined_year(self.here, self.joining, {})
        contested = {one.record.id for one in self.joining.contested}
        return tuple(
            one for one in differences(self.here, joined, plans) if one.field or one.ref.id not in contested
        )

    def kept(self, plans: Sequence[Plan]) -> int:
        """How many fields and records only this side wrote."""
        return len(Pair.of(self.other, self.here, self.base).brought(plans))


def conflict_lines(
    joining: Joining,
    plans: Sequence[Plan],
    choices: Mapping[str, Side],
    by: Mapping[Side, Recorder],
    numbers: Mapping[str, int],
) -> tuple[JoinLine, ...]:
    """Every conflict in the order of the items.

    Args:
        by: says for each side who wrote a field and when.
        numbers: the item of an activity by its id, for its pictures.
    """
    by_id = {plan.id: plan for plan in plans}
    found = [_field_line(one, by_id, choices, by, numbers) for one in joining.unused]
    found += [_record_line(one, by_id, choices, by, numbers) for one in joining.contested]
    return tuple(sorted(found, key=lambda line: (line.item_number or 0, line.record != "", line.record)))


def words_for(record: Record, field: str, plan: Plan | None) -> str:
    """A value in words; a picture has none."""
    if isinstance(record, Photo) and field == "sha256":
        return f"（画像　横{record.width}×縦{record.height}）"
    return value_text(record, field, plan)


def item_numbers(*years: YearRecords) -> dict[str, int]:
    """The item of every activity by its id."""
    return {one.id: one.item_number for year in years for one in year.activities}


def _field_line(
    change: FieldChange,
    plans: Mapping[str, Plan],
    choices: Mapping[str, Side],
    by: Mapping[Side, Recorder],
    numbers: Mapping[str, int],
) -> JoinLine:
    ours, theirs = change.record, change.theirs or change.record
    plan, number = _place(ours, plans, numbers)
    kind = ours.kind if isinstance(ours, Activity) else None
    return JoinLine(
        key=change.key,
        item_number=number,
        item=item_name(number, plan) if number is not None else "",
        record=_record_words(ours, plan),
        label=field_label(table_of(ours), change.field, kind, plan, number),
        here=words_for(ours, change.field, plan),
        other=words_for(theirs, change.field, plan),
        here_by=by[Side.HERE](ours, change.field),
        other_by=by[Side.OTHER](theirs, change.field),
        chosen=choices.get(change.key),
    )


def _record_line(
    contested: Contested,
    plans: Mapping[str, Plan],
    choices: Mapping[str, Side],
    by: Mapping[Side, Recorder],
    numbers: Mapping[str, int],
) -> JoinLine:
    record = contested.record
    plan, number = _place(record, plans, numbers)
    words = {side: GONE if side is contested.gone else STAYS for side in Side}
    return JoinLine(
        key=contested.key,
        item_number=number,
        item=item_name(number, plan) if number is not None else "",
        record=_record_words(record, plan),
        label=field_label(table_of(record), ""),
        here=words[Side.HERE],
        other=words[Side.OTHER],
        here_by=by[Side.HERE](record, THROWN_AWAY),
        other_by=by[Side.OTHER](record, THROWN_AWAY),
        chosen=choices.get(contested.key),
    )


def _place(
    record: Record, plans: Mapping[str, Plan], numbers: Mapping[str, int]
) -> tuple[Plan | None, int | None]:
    if isinstance(record, Photo):
        return None, numbers.get(record.activity_id)
    return plans.get(record.plan_id), record.item_number


def _record_words(record: Record, plan: Plan | None) -> str:
    """Which record of an item it is; an item's own status needs no more words than the item."""
    if isinstance(record, ItemStatus):
        return ""
    if isinstance(record, GoodPractice):
        return record.title or field_label(table_of(record), "")
    title = record_title(record, plan)
    if isinstance(record, Activity):
        return title.replace(f"　{item_name(record.item_number, plan)}", "")
    return title


def first_words(lines: Iterable[JoinLine]) -> str:
    """The first conflict that still waits, for a message."""
    line = next(line for line in lines if line.chosen is None)
    return "　".join(part for part in (line.item, line.record, line.label) if part)
