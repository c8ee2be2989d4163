"""Fictional records for practice: a finished last year and a few entries of this year, to play with."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta

from shakyo_desktop.domain.codes import (
    ActivityKind,
    Granularity,
    ImplementationState,
    Method,
    OutcomeState,
    Reporter,
    SelfRating,
)
from shakyo_desktop.domain.fiscal_year import first_day, fiscal_year_of, last_day
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import Activity, GoodPractice, ItemStatus, MeasureValue, YearRecords


@dataclass(frozen=True, slots=True)
class _Sample:
    """One kind of activity as it is repeated through a year; ``every`` in days."""

    kind: ActivityKind
    content: str
    venue: str
    participants: int
    helpers: int
    every: int


_SAMPLES = (
    _Sample(ActivityKind.GATHERING, "お茶を飲みながらのおしゃべりと体操", "みほん東自治会館", 22, 5, 35),
    _Sample(ActivityKind.MEAL, "ふれあい食事会（みんなで昼食）", "みほん東公民館", 28, 8, 60),
    _Sample(ActivityKind.TRAINING, "福祉の講座（車いすの押し方）", "みほん小学校", 31, 6, 150),
    _Sample(ActivityKind.LIAISON, "自治会との打ち合わせ", "みほん東自治会館", 9, 4, 120),
    _Sample(ActivityKind.DISASTER, "災害にそなえた避難訓練", "みほん東公園", 46, 12, 200),
)
_OUTCOMES = (
    (SelfRating.GOOD, "毎回の参加が定着し、新しい方も加わりました。", "担い手が少なくなっています。"),
    (
        SelfRating.EXCELLENT,
        "学校と協力し、子どもの参加が増えました。",
        "会場の予約がとりにくくなっています。",
    ),
    (SelfRating.FAIR, "回数を減らしましたが、続けることができました。", "声かけの方法に工夫が必要です。"),
)


def practice_years(org: str, plan: Plan, today: date) -> tuple[YearRecords, ...]:
    """Last year's finished report and the beginning of this year's, all visibly fictional."""
    year = fiscal_year_of(today)
    last_end = last_day(year - 1)
    return (
        YearRecords(
            org=org,
            fiscal_year=year - 1,
            item_statuses=tuple(_statuses(org, plan, year - 1, entered=True)),
            activities=tuple(_activities(org, plan, year - 1, last_end)),
            good_practices=tuple(_practices(org, plan, year - 1)),
        ),
        YearRecords(
            org=org,
            fiscal_year=year,
            item_statuses=tuple(_statuses(org, plan, year, entered=False)),
            activities=tuple(_activities(org, plan, year, today)),
        ),
    )


def _statuses(org: str, plan: Plan, year: int, *, entered: bool) -> Iterator[ItemStatus]:
    """A whole year's states; of this year only the first three are written, the rest is for the player."""
    for position, item in enumerate(plan.items):
        blank = ItemStatus(id=new_id(), org=org, fiscal_year=year, plan_id=plan.id, item_number=item.number)
        yield _entered(blank, item, position) if entered or position < 3 else blank


def _entered(blank: ItemStatus, item: Item, position: int) -> ItemStatus:
    rating, outcome, challenge = _OUTCOMES[position % len(_OUTCOMES)]
    if item.reporter is Reporter.WARD_OFFICE:
        return replace(
            blank, state=ImplementationState.NOT_APPLICABLE, state_reason="区事務所が行う項目です。"
        )
    return replace(
        blank,
        state=ImplementationState.PARTIAL if rating is SelfRating.FAIR else ImplementationState.RUNNING,
        self_rating=rating,
        outcome=outcome,
        challenge=challenge,
        next_plan="来年度も続けます。",
        needs_support=("people",) if position % 2 == 0 else (),
    )


def _activities(org: str, plan: Plan, year: int, until: date) -> Iterator[Activity]:
    """The samples repeated through the year up to a day, each on the first item of its kind."""
    for number, sample in enumerate(_SAMPLES):
        item = next((item for item in plan.items if item.kind is sample.kind), None)
        if item is None:
            continue
        day, count = first_day(year) + timedelta(days=9 + number * 4), 0
        while day <= min(until, last_day(year)):
            yield _event(org, plan.id, item, sample, day, year, count)
            day, count = day + timedelta(days=sample.every), count + 1
    watch = next((item for item in plan.items if item.kind is ActivityKind.WATCH), None)
    if watch is not None:
        yield from _watching(org, plan.id, watch, year, until)


def _event(org: str, plan_id: str, item: Item, sample: _Sample, day: date, year: int, count: int) -> Activity:
    measures: dict[str, MeasureValue] = {}
    if sample.kind is ActivityKind.MEAL:
        measures = {"style": "together", "meals": sample.participants}
    elif sample.kind is ActivityKind.LIAISON:
        measures = {"counterpart": "みほん東自治会", "form": "meeting"}
    elif sample.kind is ActivityKind.DISASTER:
        measures = {"form": "drill"}
    people = sample.participants + (count * 3) % 7
    return Activity(
        id=new_id(),
        org=org,
        fiscal_year=year,
        plan_id=plan_id,
        item_number=item.number,
        kind=sample.kind,
        held_on=day,
        start_time="10:00",
        end_time="12:00",
        outcome_state=OutcomeState.HELD,
        method=Method.IN_PERSON,
        venue=sample.venue,
        participants=people,
        breakdown={"elderly": people - 4, "children": 4},
        helpers=sample.helpers,
        content=sample.content,
        measures=measures,
    )


def _watching(org: str, plan_id: str, item: Item, year: int, until: date) -> Iterator[Activity]:
    """Monthly tallies of 見守り for the months that are over."""
    for month in range(12):
        first = date(year + (month + 3) // 12, (month + 3) % 12 + 1, 1)
        if first + timedelta(days=31) > until:
            return
        yield Activity(
            id=new_id(),
            org=org,
            fiscal_year=year,
            plan_id=plan_id,
            item_number=item.number,
            kind=ActivityKind.WATCH,
            granularity=Granularity.MONTHLY_TOTAL,
            month=f"{first:%Y-%m}",
            method=Method.VISIT,
            helpers=14,
            sessions=8,
            content="ひとり暮らしの方への声かけ訪問",
            measures={"subjects": 18, "visits": 36 + month % 5, "referrals": month % 3},
        )


def _practices(org: str, plan: Plan, year: int) -> Iterator[GoodPractice]:
    item = next((item for item in plan.items if item.kind is ActivityKind.GATHERING), None)
    if item is not None:
        yield GoodPractice(
            id=new_id(),
            org=org,
            fiscal_year=year,
            plan_id=plan.id,
            item_number=item.number,
            title="散歩のあとのお茶会",
            story="いっしょに公園を歩いたあと、自治会館でお茶会を開きました。歩くことが楽しみになったという声がありました。",
            consent=True,
        )
