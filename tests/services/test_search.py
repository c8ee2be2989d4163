"""Searching at a district: its own records, as they stand when the search is prepared."""

from dataclasses import replace

import pytest

from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.records import YearRecords
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.doctor import DoctorService
from shakyo_desktop.services.recording import RecordingService
from shakyo_desktop.services.search import SearchService
from shakyo_desktop.services.search_hits import Found
from tests.factories import make_activity, make_status
from tests.services.conftest import PLAN_ID
from tests.services.test_statements import statements_of

YEAR = 2026


@pytest.fixture
def written(district: ServiceContext) -> ServiceContext:
    """A district with an activity, a status and a story of this year, and an activity of last year."""
    recording = RecordingService(district)
    for year in (YEAR, YEAR - 1):
        recording.open_year(year)
        activity = recording.new_activity(year, PLAN_ID, 9)
        recording.change(ref_of(activity), "content", f"{year}年の見守り訪問")
    status = recording.status_for(YEAR, PLAN_ID, 9)
    recording.change(ref_of(status), "outcome", "ボランティアが増えました。")
    practice = recording.new_practice(YEAR, PLAN_ID, 9)
    recording.change(ref_of(practice), "title", "みんなの食堂")
    return district


def found(service: SearchService, asked: str) -> list[tuple[Found, int | None, str]]:
    return [
        (hit.found_in, hit.fiscal_year, hit.field)
        for group in service.find(asked).groups
        for hit in group.hits
    ]


@pytest.fixture
def service(written: ServiceContext) -> SearchService:
    made = SearchService(written)
    made.prepare()
    return made


def test_own_records_of_every_year_are_found_the_newest_first(service: SearchService) -> None:
    assert [one for one in found(service, "守り訪") if one[0] is Found.ACTIVITIES] == [
        (Found.ACTIVITIES, 2026, "content"),
        (Found.ACTIVITIES, 2025, "content"),
    ]


def test_a_field_is_named_and_the_hit_stands_in_its_text(service: SearchService) -> None:
    [group] = service.find("ﾎﾞﾗﾝﾃｨｱが").groups
    [hit] = group.hits
    assert (hit.label, hit.snippet.hit, hit.item_number) == ("成果", "ボランティアが", 9)


def test_all_words_must_be_there(service: SearchService) -> None:
    assert found(service, "訪問 2025") == [(Found.ACTIVITIES, 2025, "content")]
    assert found(service, "訪問 食堂") == []


def test_a_deleted_record_is_found_no_more(service: SearchService, written: ServiceContext) -> None:
    recording = RecordingService(written)
    [activity] = recording.open_year(YEAR).records.activities
    recording.delete(ref_of(activity))
    service.prepare()
    assert [one[1] for one in found(service, "見守り訪問")] == [2025]


def test_nothing_is_asked_for_by_marks_alone(service: SearchService) -> None:
    assert service.find("・。").groups == ()


def receive(context: ServiceContext, org: str, count: int) -> None:
    """Put a received year of another organisation in, as an office does."""
    own = {"org": org, "fiscal_year": YEAR}
    diary = tuple(make_activity(9, content="朝の挨拶運動", **own) for _ in range(count))
    status = make_status(9, outcome="よい一年でした。", **own)
    with context.database.transaction() as stores:
        stores.records.replace_year(org, YEAR, YearRecords(org, YEAR, (status,), diary))


def test_the_number_of_statements_does_not_grow_with_what_is_found(
    service: SearchService, written: ServiceContext
) -> None:
    receive(written, "999999-50", 1)
    few = statements_of(written, lambda: service.find("挨拶"))
    for number in (50, 51, 52):
        receive(written, f"999999-{number}", 60)
    many = statements_of(written, lambda: service.find("挨拶"))
    assert many == few <= 20


def test_no_more_than_the_limit_is_shown_and_the_rest_is_said_to_be_there(
    service: SearchService, written: ServiceContext
) -> None:
    receive(written, "999999-50", 120)
    [group] = service.find("挨拶").groups
    assert (len(group.hits), group.more) == (50, True)


def test_a_year_that_is_not_indexed_is_found_after_the_next_preparation(
    service: SearchService, written: ServiceContext
) -> None:
    receive(written, "999999-50", 1)
    with written.database.transaction() as stores:
        [activity] = stores.records.year("999999-50", YEAR).activities
        stores.records.replace(replace(activity, content="夏祭り"))
    service.prepare()
    assert found(service, "挨拶") == []
    assert found(service, "夏祭") == [(Found.ACTIVITIES, YEAR, "content")]


def test_an_index_that_is_not_what_it_should_be_is_made_anew(written: ServiceContext) -> None:
    receive(written, "999999-50", 3)
    with written.database.transaction() as stores:
        stores.search._connection.exec_driver_sql("DELETE FROM search_words")
        stores.search._connection.exec_driver_sql("DELETE FROM search_places WHERE id % 2 = 0")
        stores.records.insert(make_status(9, org="999999-50", fiscal_year=YEAR))
        stores.search._connection.exec_driver_sql("INSERT INTO search_years VALUES ('999999-50', 2026, 4)")
    assert not next(one for one in DoctorService(written).examine() if "さがす" in one.area).ok
    service = SearchService(written)
    service.prepare()
    assert len(found(service, "挨拶")) == 3
    assert next(one for one in DoctorService(written).examine() if "さがす" in one.area).ok
