"""The index of the search: what it finds, and that it follows the records."""

from dataclasses import replace

import pytest

from shakyo_desktop.domain.records import ACTIVITIES, GOOD_PRACTICES, ITEM_STATUSES, YearRecords
from shakyo_desktop.domain.search import terms_of
from shakyo_desktop.storage.database import Database
from tests.factories import make_activity, make_practice, make_status
from tests.storage.conftest import KEY

ORG, OTHER = "999999-01", "999999-02"


def year(org=ORG, fiscal_year=2026, **texts):
    own = {"org": org, "fiscal_year": fiscal_year}
    return YearRecords(
        org,
        fiscal_year,
        item_statuses=(make_status(9, outcome=texts.get("outcome", "顔の見える関係"), **own),),
        activities=tuple(
            make_activity(9, content=one, venue="みほん公民館", note="", **own)
            for one in texts.get("contents", ("ひとり暮らしの見守り訪問",))
        ),
        good_practices=(make_practice(9, title="歌でつながるサロン", **own),),
    )


@pytest.fixture
def database(tmp_path):
    with Database.create(tmp_path / "store.db", KEY) as made:
        with made.transaction() as stores:
            stores.records.replace_year(ORG, 2026, year())
        yield made


def found(database, asked, table=ACTIVITIES, limit=100):
    with database.reading() as stores:
        places = stores.search.find(terms_of(asked), table, limit)
        assert len(stores.records.at_places(places)) == len(places)
        return [(place.org, place.fiscal_year) for place in places]


@pytest.mark.parametrize(
    "asked", ["見", "見守", "守り", "見守り", "見守り訪問", "問", "り訪問", "公民館 見守", "ﾐﾎﾝ"]
)
def test_any_part_of_a_text_finds_its_record(database, asked):
    assert found(database, asked) == [(ORG, 2026)]


@pytest.mark.parametrize("asked", ["見問", "訪問み", "館ひ", "食事", "見守り 食事", "z"])
def test_what_is_not_written_so_is_not_found(database, asked):
    """Neither are two fields read as one text, nor any of the words alone."""
    assert found(database, asked) == []


def test_each_table_is_searched_by_itself(database):
    assert found(database, "さろん", GOOD_PRACTICES) == [(ORG, 2026)]
    assert found(database, "顔の見", ITEM_STATUSES) == [(ORG, 2026)]
    assert found(database, "さろん") == []


def test_the_newest_year_comes_first_and_no_more_than_asked_for(database):
    with database.transaction() as stores:
        stores.records.replace_year(ORG, 2024, year(fiscal_year=2024))
        stores.records.replace_year(OTHER, 2027, year(OTHER, 2027))
    assert found(database, "見守") == [(OTHER, 2027), (ORG, 2026), (ORG, 2024)]
    assert found(database, "見守", limit=2) == [(OTHER, 2027), (ORG, 2026)]


def test_a_new_revision_replaces_what_was_found(database):
    with database.transaction() as stores:
        stores.records.replace_year(ORG, 2026, year(contents=("食事会", "食事の配達")))
    assert found(database, "見守") == []
    assert found(database, "食事") == [(ORG, 2026)] * 2


def test_what_is_taken_back_is_not_found(database):
    with database.transaction() as stores:
        stores.records.delete_year(ORG, 2026)
        assert stores.search.indexed_years() == {}
        assert stores.search.problems() == []
    assert found(database, "見守") == []


def test_a_transaction_that_fails_leaves_the_index_as_it_was(database):
    def replace_and_fail():
        with database.transaction() as stores:
            stores.records.replace_year(ORG, 2026, year(contents=("食事会",)))
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        replace_and_fail()
    assert found(database, "見守") == [(ORG, 2026)]
    assert found(database, "食事") == []


def test_a_year_of_which_one_record_was_written_is_no_longer_taken_as_indexed(database):
    with database.transaction() as stores:
        [activity] = stores.records.year(ORG, 2026).activities
        stores.records.replace(replace(activity, content="食事会"))
        assert stores.search.indexed_years() == {}
        stores.search.index_year(stores.records.year(ORG, 2026))
        assert stores.search.problems() == []
    assert found(database, "見守") == []
    assert found(database, "食事") == [(ORG, 2026)]


def test_the_index_made_anew_finds_the_same(database):
    with database.transaction() as stores:
        stores.settings.set("org", OTHER)
        stores.records.insert_all(replace(one, org=OTHER) for one in year().activities)
        assert stores.index_everything() == 1
        assert stores.search.indexed_years() == {(ORG, 2026): 3}
    assert found(database, "見守") == [(ORG, 2026)]


def test_an_index_that_lost_a_row_is_told_apart(database):
    with database.transaction() as stores:
        assert stores.search.problems() == []
        stores.search._connection.exec_driver_sql(
            "DELETE FROM search_places WHERE id = (SELECT min(id) FROM search_places)"
        )
        assert stores.search.problems() != []


def test_the_file_shows_no_word_and_is_sound(database):
    assert database.integrity_problems() == []
    database.close()
    assert "見守".encode() not in database.path.read_bytes()
