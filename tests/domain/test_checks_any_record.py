"""Whatever a package may lawfully carry, the checks and the words for it never fail."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from shakyo_desktop.domain import codes
from shakyo_desktop.domain.checks import check_year
from shakyo_desktop.domain.compare import differences
from shakyo_desktop.domain.fields import MAX_NUMBER
from shakyo_desktop.domain.records import Activity, ItemStatus, YearRecords
from tests.factories import DISTRICT, FISCAL_YEAR, TODAY, make_activity, make_plan, make_status, make_year

COUNT = st.none() | st.integers(0, MAX_NUMBER)
TEXT = st.text(max_size=30) | st.sampled_from(["山田さん", "043-123-4567", "山田太郎、鈴木花子、佐藤一郎"])
MONTH = st.none() | st.from_regex(r"\A[0-9]{4}-(0[1-9]|1[0-2])\Z")
TIME = st.none() | st.from_regex(r"\A([01][0-9]|2[0-3]):[0-5][0-9]\Z")
CODE = st.sampled_from(["subjects", "visits", "style", "form", "completed", "counterpart", "later"])
VALUE = st.integers(0, MAX_NUMBER) | TEXT | st.booleans()

ACTIVITIES = st.fixed_dictionaries(
    {
        "item_number": st.integers(1, 30),
        "kind": st.sampled_from(codes.ActivityKind),
        "granularity": st.sampled_from(codes.Granularity),
        "outcome_state": st.sampled_from(codes.OutcomeState),
        "held_on": st.none() | st.dates(date.min, date.max),
        "month": MONTH,
        "start_time": TIME,
        "end_time": TIME,
        "participants": COUNT,
        "sessions": COUNT,
        "content": TEXT,
        "partners": st.lists(st.sampled_from(["npo", "later"])).map(tuple),
        "breakdown": st.dictionaries(st.sampled_from(["elderly", "later"]), st.integers(0, MAX_NUMBER)),
        "measures": st.dictionaries(CODE, VALUE),
        "unread": st.dictionaries(st.sampled_from(["held_on", "measures.visits", "later"]), TEXT),
    }
).map(lambda values: make_activity(**values))

STATUSES = st.fixed_dictionaries(
    {
        "item_number": st.integers(1, 30),
        "state": st.none() | st.sampled_from(codes.ImplementationState),
        "self_rating": st.none() | st.sampled_from(codes.SelfRating),
        "typed_totals": st.dictionaries(st.sampled_from(["sessions", "later"]), st.integers(0, MAX_NUMBER)),
        "target_value": COUNT,
        "target_unit": TEXT,
        "carried_over": st.lists(st.sampled_from(["outcome", "later"])).map(tuple),
        "reasons": st.dictionaries(TEXT, TEXT),
    }
).map(lambda values: make_status(**values))


@given(
    st.lists(ACTIVITIES, max_size=4),
    st.lists(STATUSES, max_size=3),
    st.sampled_from(codes.Stage),
    st.integers(-1, 10_001),
)
def test_any_lawful_year_is_checked_and_compared(
    activities: list[Activity], statuses: list[ItemStatus], stage: codes.Stage, fiscal_year: int
) -> None:
    plan = make_plan()
    year = YearRecords(DISTRICT, fiscal_year, tuple(statuses), tuple(activities))
    for problem in check_year(year, [plan], stage, make_year(), TODAY):
        assert problem.message
    for changed in (*differences(None, year, [plan]), *differences(make_year(), year)):
        assert changed.old_text != changed.new_text or changed.field


@given(st.lists(ACTIVITIES, max_size=5), st.randoms())
def test_the_order_of_the_diary_does_not_change_what_is_found(
    activities: list[Activity], random: Any
) -> None:
    shuffled = list(activities)
    random.shuffle(shuffled)

    def found(order: list[Activity]) -> set[tuple[str, str, str]]:
        year = YearRecords(DISTRICT, FISCAL_YEAR, activities=tuple(order))
        problems = check_year(year, [make_plan()], codes.Stage.INTERIM, None, TODAY)
        return {(one.ref.id if one.ref else "", one.field, one.code) for one in problems}

    assert found(shuffled) == found(activities)
