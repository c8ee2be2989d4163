"""A compilation over real signed files: its totals are those of the lines that were signed."""

import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

from shakyo_desktop.demo.writing import write_year
from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.joining_years import Side
from shakyo_desktop.domain.records import ITEM_STATUSES, RecordRef
from tests.services.loop.recount import diary_totals, dumped_rows, lines, recount
from tests.services.loop.test_loop_joining import forked as forked
from tests.services.loop.test_loop_joining import held, join
from tests.services.loop.world import EAST, ITEM, PLAN, WEST, YEAR, World


@pytest.fixture(scope="module")
def reported_world(begun_world: World, tmp_path_factory: pytest.TempPathFactory) -> World:
    """Both districts wrote a year and handed it in; one typed over what its diary counts."""
    with begun_world.copy(tmp_path_factory.mktemp("reported") / "world") as made:
        for name, org in (("east", EAST), ("west", WEST)):
            write_year(made.at(name), 40, 1, random.Random(name))
            status = made.at(name).recording.status_for(YEAR, PLAN, ITEM)
            ref = RecordRef(ITEM_STATUSES, status.id)
            made.at(name).recording.change(ref, "typed_totals.unique_persons", 30)
            if name == "west":
                made.at(name).recording.change(ref, "typed_totals.person_times", 777)
            made.receive("ward", made.hand_in(name))
            made.approve(name, org)
        return made


@pytest.fixture
def reported(reported_world: World, tmp_path: Path) -> Iterator[World]:
    """A copy of the reported world."""
    with reported_world.copy(tmp_path / "reported") as copied:
        yield copied


def compiled(world: World):
    return world.ward.compilation.compile(PLAN, YEAR, include_unconfirmed=True)


def signed_files(world: World, compilation) -> list[tuple[bytes, bytes]]:
    """The lines of every package that a compilation names."""
    with world.ward.context.database.reading() as stores:
        return [
            (
                stores.submissions.evidence_bytes(source.manifest, "data/item_statuses.ndjson"),
                stores.submissions.evidence_bytes(source.manifest, "data/activities.ndjson"),
            )
            for source in compilation.sources
            if source.manifest
        ]


def test_every_total_equals_a_recount_of_the_signed_lines(reported):
    made = compiled(reported)
    states, ratings, sums = recount(signed_files(reported, made), PLAN)
    for item in made.items:
        assert item.states == states[item.item_number]
        assert item.ratings == ratings[item.item_number]
        for one in item.sums:
            assert (one.total, one.stated) == sums.pop((item.item_number, one.code), (None, 0)), one
    assert not sums, "the lines state figures that the compilation does not have"


def test_what_the_recount_counts_is_not_trivial(reported):
    made = compiled(reported)
    [item] = [one for one in made.items if one.item_number == ITEM]
    figures = {one.code: (one.total, one.stated, one.expected) for one in item.sums}
    assert figures["unique_persons"] == (None, 2, 2)
    assert figures["person_times"][0] > 777
    stated = [one.total for item in made.items for one in item.sums if one.total]
    assert len(stated) > 30


def test_the_frozen_counts_of_a_report_are_those_of_its_signed_diary(reported):
    for statuses_file, activities_file in signed_files(reported, compiled(reported)):
        activities = lines(activities_file)
        for status in lines(statuses_file):
            assert status["counted_totals"] == diary_totals(activities, PLAN, status["item_number"])


def test_every_sum_equals_a_recount_over_the_dump(reported):
    made = compiled(reported)
    stated = defaultdict(list)
    for row in dumped_rows(reported.dump("ward"), "item_statuses"):
        if row["org"] != made.ward and row["fiscal_year"] == YEAR:
            for code, value in {**row["counted_totals"], **row["typed_totals"]}.items():
                stated[row["item_number"], code].append(value)
    for item in made.items:
        for one in item.sums:
            values = stated[item.item_number, one.code]
            total = sum(values) if values and one.code != "unique_persons" else None
            assert (one.total, one.stated) == (total, len(values))


def test_the_dump_says_what_a_version_holds(reported):
    made = compiled(reported)
    [row] = dumped_rows(reported.dump("ward"), "compilations")
    assert row["id"] == made.id
    assert [one["manifest"] for one in row["snapshot"]["sources"]] == [one.manifest for one in made.sources]


def test_reports_are_confirmed_one_by_one_until_nothing_holds_a_compilation_up(reported):
    for row in reported.ward.review.overview(YEAR):
        reported.ward.review.accept(row.package_id)
    made = reported.ward.compilation.compile(PLAN, YEAR)
    assert not made.include_unconfirmed
    assert [one.confirmed for one in made.sources] == [True, True]


def test_a_report_that_was_joined_rests_on_both_signed_files(forked):
    other = held(forked)
    join(forked)
    made = compiled(forked)
    east = made.sources[0]
    assert east.joined == (other,)
    assert east.manifest not in (None, other)
    [item] = [one for one in made.items if one.item_number == ITEM]
    assert item.districts[0].outcome == "二台目の成果"
    assert forked.ward.compilation.stale(made) == ()


def test_joining_after_compiling_is_a_stale_mark(forked):
    made = compiled(forked)
    join(forked, Side.OTHER)
    words = [one.words for one in forked.ward.compilation.stale(made)]
    assert words == ["別の版と合わせた内容が変わりました。"]


def test_a_report_that_is_taken_back_leaves_the_next_version(reported):
    made = compiled(reported)
    rows = {row.org: row.package_id for row in reported.ward.review.overview(YEAR)}
    with reported.ward.context.database.reading() as stores:
        assert stores.submissions.get(rows[WEST]).state is ReportState.RECEIVED
    reported.ward.intake.undo(rows[WEST])
    assert [one.words for one in reported.ward.compilation.stale(made)] == ["報告が取り下げられました。"]
    again = compiled(reported)
    assert again.coverage() == (1, 2)
    _, _, sums = recount(signed_files(reported, again), PLAN)
    [sessions] = [one for one in again.items[8].sums if one.code == "sessions"]
    assert (sessions.total, sessions.stated) == sums[again.items[8].item_number, "sessions"]
