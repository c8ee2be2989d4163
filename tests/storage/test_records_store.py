"""Records come back as they were; a year costs four statements; districts do not touch each other."""

from dataclasses import replace

import pytest
from sqlalchemy import event
from sqlalchemy.exc import IntegrityError

from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.records import Activity, ItemStatus, RecordRef, YearRecords
from tests.storage.samples import (
    JPEG,
    NOW,
    ORG,
    OTHER_ORG,
    YEAR,
    activity,
    photo,
    practice,
    sha256,
    status,
    year,
)


@pytest.fixture
def filled(database):
    """A store with one full year of one district."""
    with database.transaction() as stores:
        stores.blobs.put(sha256(JPEG), JPEG)
        stores.records.replace_year(ORG, YEAR, year())
    return database


def read_year(database, org=ORG, fiscal_year=YEAR):
    with database.reading() as stores:
        return stores.records.year(org, fiscal_year)


def test_a_year_comes_back_as_it_was_written(filled):
    assert read_year(filled) == year()


def test_blank_and_zero_stay_different(database):
    bare = Activity(id="bare", org=ORG, fiscal_year=YEAR, plan_id="plan-7", item_number=1)
    zero = replace(bare, id="zero", participants=0, helpers=0, sessions=0)
    blank = ItemStatus(id="blank", org=ORG, fiscal_year=YEAR, plan_id="plan-7", item_number=1)
    with database.transaction() as stores:
        for record in (bare, zero, blank):
            stores.records.insert(record)
    found = read_year(database)
    assert found.activities == (bare, zero)
    assert found.item_statuses == (blank,)


def test_a_year_takes_the_same_number_of_statements_however_large_it_is(filled):
    def statements():
        seen = []
        engine = filled._opened().reader

        def count(*details):
            seen.append(details[2])

        event.listen(engine, "before_cursor_execute", count)
        read_year(filled)
        event.remove(engine, "before_cursor_execute", count)
        return [text for text in seen if text.startswith("SELECT")]

    small = statements()
    with filled.transaction() as stores:
        stores.records.insert_all(activity(f"more-{number}") for number in range(500))
    assert len(statements()) == len(small) == 4


def test_a_record_is_replaced_whole_and_no_other_changes(filled):
    changed = activity(content="書き直した", participants=None, breakdown={}, partners=())
    with filled.transaction() as stores:
        stores.records.replace(changed)
        assert stores.records.get(RecordRef("activities", "a-1")) == changed
    assert read_year(filled).activities[1] == year().activities[1]


@pytest.mark.parametrize("record", [activity("gone"), status("gone"), practice("gone"), photo("gone")])
def test_replacing_or_reading_a_record_that_is_not_there_is_said(filled, record):
    table = {"Activity": "activities", "ItemStatus": "item_statuses", "Photo": "photos"}
    with filled.transaction() as stores, pytest.raises(NotFound):
        stores.records.replace(record)
    with filled.reading() as stores, pytest.raises(NotFound):
        stores.records.get(RecordRef(table.get(type(record).__name__, "good_practices"), "gone"))


def test_a_deleted_record_is_only_in_the_waste_basket_and_comes_back(filled):
    thrown = activity(deleted_at=NOW)
    with filled.transaction() as stores:
        stores.records.replace(thrown)
    with filled.reading() as stores:
        assert [one.id for one in stores.records.year(ORG, YEAR).activities] == ["a-2"]
        assert stores.records.deleted(ORG, YEAR) == YearRecords(ORG, YEAR, activities=(thrown,))
    with filled.transaction() as stores:
        stores.records.replace(replace(thrown, deleted_at=None))
    assert read_year(filled) == year()


def test_two_districts_may_use_the_same_ids(filled):
    with filled.transaction() as stores:
        stores.records.replace_year(OTHER_ORG, YEAR, year(OTHER_ORG))
        stores.records.replace(activity(org=OTHER_ORG, content="よその記録"))
    assert read_year(filled) == year()
    with filled.reading() as stores:
        found = stores.records.get(RecordRef("activities", "a-1"), OTHER_ORG, YEAR)
    assert found.content == "よその記録"


def test_a_received_report_takes_the_place_of_that_year_and_no_other(filled):
    with filled.transaction() as stores:
        stores.records.replace_year(ORG, YEAR - 1, year(fiscal_year=YEAR - 1))
        stores.records.replace_year(ORG, YEAR, YearRecords(ORG, YEAR, activities=(activity("new"),)))
    assert [one.id for one in read_year(filled).activities] == ["new"]
    assert read_year(filled).photos == ()
    assert read_year(filled, fiscal_year=YEAR - 1) == year(fiscal_year=YEAR - 1)
    with filled.reading() as stores:
        assert stores.records.years(ORG) == [YEAR - 1, YEAR]


def test_a_report_cannot_replace_the_year_of_another_district(filled):
    with pytest.raises(ValueError, match="its own"), filled.transaction() as stores:
        stores.records.replace_year(OTHER_ORG, YEAR, year())
    assert read_year(filled) == year()


def test_a_report_that_states_an_item_twice_is_kept_as_it_was_signed(database):
    twice = YearRecords(ORG, YEAR, item_statuses=(status("s-1"), status("s-2")))
    with database.transaction() as stores:
        stores.records.replace_year(ORG, YEAR, twice)
    assert read_year(database) == twice


@pytest.mark.parametrize("orphan", [photo(activity_id="nobody"), photo(sha256="0" * 64)])
def test_a_photo_without_its_activity_or_its_bytes_cannot_be_committed(filled, orphan):
    with pytest.raises(IntegrityError), filled.transaction() as stores:
        stores.records.replace(orphan)
    assert read_year(filled) == year()
