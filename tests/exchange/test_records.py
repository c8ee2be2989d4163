"""Records as lines and back: nothing is lost, nothing slips in."""

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shakyo_desktop.domain.catalogue_rules import plan_problems
from shakyo_desktop.domain.checks import check_status
from shakyo_desktop.domain.codes import (
    ActivityKind,
    Beneficiary,
    Granularity,
    ImplementationState,
    Method,
    OutcomeState,
    Partner,
    Source,
    Stage,
)
from shakyo_desktop.domain.fields import (
    ACTIVITY_FIELDS,
    PHOTO_FIELDS,
    PRACTICE_FIELDS,
    STATUS_FIELDS,
    FieldKind,
)
from shakyo_desktop.domain.plan import (
    DEFAULT_RATING_SCALE,
    Direction,
    Goal,
    Item,
    Measure,
    Plan,
    RatingLevel,
)
from shakyo_desktop.domain.records import Activity, ItemStatus, YearRecords
from shakyo_desktop.domain.text import repair_text
from shakyo_desktop.exchange import answer_tables as answers
from shakyo_desktop.exchange import report_tables as reports
from shakyo_desktop.exchange.records import (
    answer_tables,
    read_answer_tables,
    read_report_tables,
    read_setup_tables,
    report_tables,
    setup_tables,
)
from tests.exchange import making, people
from tests.exchange.making import year_records
from tests.exchange.people import DISTRICT, YEAR, uuid7

DELETED = datetime(2026, 9, 1, tzinfo=UTC)


def joined(tables):
    return {name: b"".join(lines) for name, lines in tables.items()}


def read_back(year: YearRecords) -> YearRecords:
    return read_report_tables(joined(report_tables(year)), year.org, year.fiscal_year, False)[0]


def text(length: int, multiline: bool = False):
    return st.text(max_size=length).map(lambda raw: repair_text(raw, multiline)[:length])


COUNTS = st.none() | st.integers(0, 9_999_999)
CLOCKS = st.none() | st.times().map(lambda time: f"{time:%H:%M}")
ACTIVITIES = st.builds(
    Activity,
    id=st.integers(0, 2**16 - 1).map(uuid7),
    org=st.just(DISTRICT),
    fiscal_year=st.just(YEAR),
    plan_id=st.just("mihon-7"),
    item_number=st.integers(1, 999),
    related_items=st.lists(st.integers(1, 999), max_size=5).map(tuple),
    kind=st.sampled_from(ActivityKind),
    granularity=st.sampled_from(Granularity),
    held_on=st.none() | st.dates(date(1990, 1, 1), date(2100, 1, 1)),
    month=st.none() | st.just("2026-04"),
    start_time=CLOCKS,
    end_time=CLOCKS,
    outcome_state=st.sampled_from(OutcomeState),
    outcome_reason=text(200),
    method=st.none() | st.sampled_from(Method),
    venue=text(60),
    participants=COUNTS,
    participants_unknown=st.booleans(),
    breakdown=st.dictionaries(st.sampled_from([one.value for one in Beneficiary]), st.integers(0, 999)),
    helpers=COUNTS,
    sessions=COUNTS,
    partners=st.lists(st.sampled_from([one.value for one in Partner]), max_size=3).map(tuple),
    partners_text=text(100),
    content=text(200, True),
    note=text(400, True),
    measures=st.dictionaries(
        st.sampled_from(["visits", "theme"]), st.integers(0, 99) | text(60) | st.booleans()
    ),
    source=st.sampled_from(Source),
    reasons=st.dictionaries(st.just("participants:over_200"), text(200)),
)


@given(st.lists(ACTIVITIES, max_size=3, unique_by=lambda activity: activity.id))
@settings(max_examples=60)
def test_any_activity_survives(activities):
    ordered = tuple(sorted(activities, key=lambda activity: activity.id))
    assert read_back(YearRecords(DISTRICT, YEAR, activities=ordered)).activities == ordered


def test_a_year_survives_with_every_kind_of_record():
    assert read_back(year_records()) == year_records()


def test_what_was_deleted_does_not_travel():
    year = year_records()
    gone = replace(year.activities[0], deleted_at=DELETED)
    sent = read_back(replace(year, activities=(gone, year.activities[1])))
    assert [activity.id for activity in sent.activities] == [uuid7(4)]
    assert sent.photos == ()
    assert sent.good_practices[0].photo_ids == ()
    practice = replace(year.good_practices[0], deleted_at=DELETED)
    assert read_back(replace(year, good_practices=(practice,))).good_practices == ()


def test_unread_text_cannot_be_sent():
    year = year_records()
    unread = replace(year.activities[0], unread={"participants": "二十くらい"})
    with pytest.raises(ValueError):
        report_tables(replace(year, activities=(unread,)))


def test_a_practice_without_consent_is_not_shared():
    with pytest.raises(ValueError):
        answer_tables((), [replace(making.SHARED[0], consent=False)])


def test_an_answer_survives():
    tables = joined(answer_tables(making.REQUESTS, making.SHARED))
    assert read_answer_tables(tables, uuid7(100), False) == (making.REQUESTS, making.SHARED, 0)


def test_a_setup_survives_without_anybodys_telephone_number():
    district = replace(people.ORGANISATIONS[2], telephone="043-000-0000", contact="みほん花子")
    tables = joined(
        setup_tables((*people.ORGANISATIONS[:2], district), (people.PLAN,), people.SCHEDULE, (people.OFFICE,))
    )
    setup, _ = read_setup_tables(tables, False)
    assert setup.plans == (people.PLAN,)
    assert setup.schedule == people.SCHEDULE
    assert setup.offices == (people.OFFICE,)
    assert setup.organisations == people.ORGANISATIONS[:3]
    assert b"043-000-0000" not in b"".join(tables.values())


LARGEST_PLAN = Plan(
    "p" * 60,
    "計" * 100,
    "団" * 100,
    1950,
    2116,
    goals=tuple(Goal(number, "目" * 100) for number in range(1, 21)),
    directions=tuple(Direction(number, 1, "方" * 100) for number in range(1, 41)),
    items=(
        Item(
            999,
            1,
            "項" * 100,
            measures=tuple(Measure(f"{'m' * 29}{number}", "数" * 60, "枚" * 20) for number in range(10, 30)),
        ),
    ),
    nickname="愛" * 100,
    philosophy="理\n" * 150,
    slogan="合\n" * 150,
    rating_scale=tuple(RatingLevel(one.code, "◎" * 20, "言" * 60) for one in DEFAULT_RATING_SCALE),
)


def test_the_largest_plan_that_an_office_may_use_travels():
    assert plan_problems(LARGEST_PLAN) == []
    tables = joined(setup_tables(people.ORGANISATIONS, (LARGEST_PLAN,), (), (people.OFFICE,)))
    setup, _ = read_setup_tables(tables, False)
    assert setup.plans == (LARGEST_PLAN,)


def test_an_answer_to_any_warning_travels():
    code = LARGEST_PLAN.items[0].measures[0].code
    status = ItemStatus(
        id=uuid7(1),
        org=DISTRICT,
        fiscal_year=YEAR,
        plan_id=LARGEST_PLAN.id,
        item_number=999,
        state=ImplementationState.RUNNING,
    )
    problems = check_status(status, LARGEST_PLAN.items[0], {code: 9}, {code: 1}, Stage.INTERIM)
    reasons = {problem.reason_key: "数えなおしました。" for problem in problems}
    assert [key.split(":")[0] for key in reasons] == [f"typed_totals.{code}"]
    year = YearRecords(DISTRICT, YEAR, item_statuses=(replace(status, reasons=reasons),))
    assert read_back(year) == year


def test_a_newer_minor_version_may_bring_fields():
    row = joined(report_tables(year_records()))["good_practices"].replace(
        b'{"consent"', b'{"awards":3,"consent"'
    )
    tables = joined(report_tables(year_records())) | {"good_practices": row}
    year, unknown = read_report_tables(tables, DISTRICT, YEAR, True)
    assert (year, unknown) == (year_records(), 1)


@pytest.mark.parametrize(
    ("line", "specs"),
    [
        (reports.ActivityLine, ACTIVITY_FIELDS),
        (reports.ItemStatusLine, STATUS_FIELDS),
        (reports.GoodPracticeLine, PRACTICE_FIELDS),
        (reports.PhotoLine, PHOTO_FIELDS),
    ],
)
def test_every_field_of_the_forms_travels_with_room_for_all_it_may_hold(line, specs):
    annotations = {name: str(kind) for name, kind in line.__annotations__.items()}
    for spec in specs:
        name = spec.name.split(".")[0]
        assert name in annotations
        if spec.length:
            assert f"max_length={spec.length}" in annotations[name]


def test_line_ends_may_stand_where_the_forms_have_several_lines():
    for table, specs in (
        (reports.ACTIVITY_TABLE, ACTIVITY_FIELDS),
        (reports.STATUS_TABLE, STATUS_FIELDS),
        (reports.PRACTICE_TABLE, PRACTICE_FIELDS),
        (reports.PHOTO_TABLE, PHOTO_FIELDS),
    ):
        assert table.multiline == {spec.name for spec in specs if spec.kind is FieldKind.MULTILINE}
    assert answers.REQUEST_TABLE.multiline == {"text"}
