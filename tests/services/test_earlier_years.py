"""An earlier year from a table: what is new, what differs, one transaction, and taking all of it back."""

import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from shakyo_desktop.domain.codes import ImplementationState, ReportState, SelfRating, Source
from shakyo_desktop.domain.earlier_year import Standing
from shakyo_desktop.domain.errors import NotFound, NotReady
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.records import ItemStatus
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.earlier_years import EarlierYearService, YearPreview
from shakyo_desktop.services.recording import RecordingService
from shakyo_desktop.services.settings import SettingsService
from tests.documents.workbooks import workbook_of
from tests.factories import make_submission
from tests.services import offices
from tests.services.conftest import DISTRICT, PLAN_ID
from tests.services.test_statements import statements_of

YEAR = 2025
HEAD = ["項目番号", "実施状況", "自己評価", "開催回数", "延べ参加", "成果"]
DIARY = ["日付", "月", "項目番号", "場所", "延べ参加者", "内容"]
ROWS = [
    ["6", "実施", "○", "12", "340", "見守りの人が増えた"],
    ["9", "一部実施", "△", "4", "80", "会場が減った"],
]


@pytest.fixture
def earlier(district: ServiceContext) -> EarlierYearService:
    return EarlierYearService(district)


def saved(folder: Path, rows: list[list[str]], diary: list[list[str]] | None = None) -> Path:
    path = folder / "前の年度.xlsx"
    sheets = {"取組項目": [HEAD, *rows]} | ({"活動記録": [DIARY, *diary]} if diary else {})
    path.write_bytes(workbook_of(sheets))
    return path


def seen(earlier: EarlierYearService, folder: Path, *rows: list[str], diary=None) -> YearPreview:
    return earlier.preview(saved(folder, list(rows), diary), YEAR)


def status(district: ServiceContext, number: int) -> ItemStatus:
    return RecordingService(district).status_for(YEAR, PLAN_ID, number)


def test_values_of_last_year_stand_beside_this_years_at_once(earlier, district, tmp_path):
    preview = seen(earlier, tmp_path, *ROWS)
    assert (preview.count(Standing.NEW), preview.problems) == (10, ())
    with district.database.reading() as stores:
        assert stores.records.years(DISTRICT.code) == []  # nothing is stored yet
    taken = earlier.take_in(preview)
    assert (taken.values, taken.records, taken.orgs) == (10, 2, (DISTRICT.code,))
    before = RecordingService(district).open_year(YEAR + 1).last_year
    six = next(one for one in before.item_statuses if one.item_number == 6)
    assert (six.state, six.self_rating) == (ImplementationState.RUNNING, SelfRating.GOOD)
    assert six.typed_totals == {"sessions": 12, "person_times": 340}
    copied = RecordingService(district).copy_last_year(
        ref_of(RecordingService(district).status_for(YEAR + 1, PLAN_ID, 6)), "outcome"
    )
    assert (copied.outcome, copied.carried_over) == ("見守りの人が増えた", ("outcome",))


def test_every_value_has_a_row_of_history_that_says_it_came_from_a_file(earlier, district, tmp_path):
    earlier.take_in(seen(earlier, tmp_path, *ROWS))
    rows = RecordingService(district).history(ref_of(status(district, 6)))
    assert {row.field for row in rows} == {
        "state",
        "self_rating",
        "typed_totals.sessions",
        "typed_totals.person_times",
        "outcome",
    }
    assert {(row.source, row.who) for row in rows} == {(Source.IMPORT, "見本花子")}


def test_a_value_that_was_typed_is_kept_unless_the_table_is_chosen(earlier, district, tmp_path):
    recording = RecordingService(district)
    ref = ref_of(status(district, 6))
    recording.change(ref, "outcome", "前に書いた成果")
    recording.change(ref, "typed_totals.sessions", None, unread="十二くらい")
    preview = seen(earlier, tmp_path, *ROWS)
    [line] = [one for one in preview.lines if one.row.item_number == 6]
    assert [(one.field, one.now) for one in line.fields if one.standing is Standing.OTHER] == [
        ("typed_totals.sessions", "十二くらい"),
        ("outcome", "前に書いた成果"),
    ]
    earlier.take_in(preview)
    kept = status(district, 6)
    assert (kept.outcome, kept.state) == ("前に書いた成果", ImplementationState.RUNNING)
    assert kept.unread == {"typed_totals.sessions": "十二くらい"}
    earlier.take_in(seen(earlier, tmp_path, *ROWS), keep=False)
    replaced = status(district, 6)
    assert (replaced.outcome, replaced.unread) == ("見守りの人が増えた", {})
    assert recording.history(ref)[-1].old == "前に書いた成果"


def test_a_blank_cell_empties_nothing_and_the_same_table_again_brings_nothing(earlier, district, tmp_path):
    earlier.take_in(seen(earlier, tmp_path, *ROWS))
    again = seen(earlier, tmp_path, ["6", "", "", "12", "", ""])
    assert (again.brings(keep=False), again.count(Standing.SAME)) == (False, 1)
    with pytest.raises(NotReady, match="新しく入れるものがありません"):
        earlier.take_in(again)
    assert status(district, 6).outcome == "見守りの人が増えた"


def test_activities_are_made_once_and_known_again_by_item_day_and_place(earlier, district, tmp_path):
    diary = [
        ["R7.6.15", "", "9", "みほん公民館", "24", "体操"],
        ["R7.6.15", "", "9", "みほん公民館", "20", "歌"],
        ["", "6月", "6", "", "40", ""],
    ]
    preview = seen(earlier, tmp_path, diary=diary)
    assert preview.new_activities() == 3
    earlier.take_in(preview)
    year = RecordingService(district).open_year(YEAR).records
    assert [(one.held_on, one.month, one.participants, one.source) for one in year.activities] == [
        (None, "2025-06", 40, Source.IMPORT),
        (date(2025, 6, 15), None, 24, Source.IMPORT),
        (date(2025, 6, 15), None, 20, Source.IMPORT),
    ]
    diary[1][4] = "21"
    again = seen(earlier, tmp_path, diary=diary)
    assert (again.new_activities(), again.count(Standing.OTHER)) == (0, 1)


def test_a_total_is_compared_with_what_the_diary_counts(earlier, tmp_path):
    diary = [
        ["R7.6.15", "", "9", "みほん公民館", "24", "体操"],
        ["R7.7.6", "", "9", "みほん公民館", "20", "歌"],
    ]
    earlier.take_in(seen(earlier, tmp_path, diary=diary))
    preview = seen(earlier, tmp_path, ["9", "実施", "", "2", "50", ""])
    standings = {one.field: one.standing for line in preview.lines for one in line.fields}
    assert standings["typed_totals.sessions"] is Standing.SAME
    assert standings["typed_totals.person_times"] is Standing.OTHER


def test_what_is_exported_and_read_again_is_all_the_same(earlier, district, tmp_path):
    diary = [["R7.6.15", "", "9", "みほん公民館", "24", "体操"], ["", "6月", "6", "", "40", ""]]
    earlier.take_in(seen(earlier, tmp_path, *ROWS, diary=diary))
    path = tmp_path / "again.xlsx"
    path.write_bytes(earlier.template(YEAR))
    preview = earlier.preview(path, YEAR)
    assert preview.problems == ()
    assert not preview.brings(keep=False)


def test_taking_back_makes_every_field_as_it_was_and_can_be_followed(earlier, district, tmp_path):
    recording = RecordingService(district)
    ref = ref_of(status(district, 6))
    recording.change(ref, "outcome", "前に書いた成果")
    diary = [["R7.6.15", "", "9", "みほん公民館", "24", "体操"]]
    before = recording.open_year(YEAR).records
    taken = earlier.take_in(seen(earlier, tmp_path, *ROWS, diary=diary), keep=False)
    undone = earlier.undo(taken.id)
    after = recording.open_year(YEAR)
    assert (undone.undone, after.records) == (True, before)
    assert [one.venue for one in after.deleted] == ["みほん公民館"]  # nothing is gone for good
    last = recording.history(ref)[-1]
    assert (last.source, last.new) == (Source.UNDO, None)
    with pytest.raises(NotReady, match="もう元に戻してあります"):
        earlier.undo(taken.id)
    assert earlier.taken() == (undone,)
    assert seen(earlier, tmp_path, *ROWS, diary=diary).new_activities() == 1


def test_what_was_changed_afterwards_is_not_taken_back_behind_it(earlier, district, tmp_path):
    taken = earlier.take_in(seen(earlier, tmp_path, *ROWS))
    recording = RecordingService(district)
    recording.change(ref_of(status(district, 9)), "challenge", "別の欄")
    recording.change(ref_of(status(district, 6)), "outcome", "書き直した成果")
    with pytest.raises(NotReady, match="項目6 成果"):
        earlier.undo(taken.id)
    assert status(district, 9).outcome == "会場が減った"
    recording.undo(ref_of(status(district, 9)))


def test_a_change_of_another_field_does_not_stand_in_the_way(earlier, district, tmp_path):
    taken = earlier.take_in(seen(earlier, tmp_path, *ROWS))
    RecordingService(district).change(ref_of(status(district, 9)), "challenge", "別の欄")
    earlier.undo(taken.id)
    nine = status(district, 9)
    assert (nine.outcome, nine.challenge, nine.typed_totals) == ("", "別の欄", {})


def test_a_table_with_problems_stores_nothing(earlier, district, tmp_path):
    preview = seen(earlier, tmp_path, ROWS[0], ["9", "やった", "", "", "", ""])
    assert [one.address for one in preview.problems] == ["取組項目!B3"]
    with pytest.raises(NotReady, match="1か所"):
        earlier.take_in(preview)
    assert status(district, 6).state is None


def test_a_year_that_changed_since_the_preview_is_looked_at_again(earlier, district, tmp_path):
    preview = seen(earlier, tmp_path, *ROWS)
    RecordingService(district).change(ref_of(status(district, 6)), "outcome", "先に書いた")
    with pytest.raises(NotReady, match="もう一度、表を選んでください"):
        earlier.take_in(preview)
    assert status(district, 9).state is None


def test_an_accepted_year_is_not_written_in(earlier, district, tmp_path):
    with district.database.transaction() as stores:
        stores.submissions.add(
            make_submission(org=DISTRICT.code, fiscal_year=YEAR, state=ReportState.ACCEPTED)
        )
    with pytest.raises(NotReady, match="確定しています"):
        seen(earlier, tmp_path, *ROWS)


def test_years_that_a_plan_covers_can_be_chosen_and_others_are_told(earlier, district, plan):
    assert earlier.years() == (2025, 2024, 2023, 2022)
    assert SettingsService(district).fiscal_years() == (2022, 2023, 2024, 2025, 2026)
    with pytest.raises(NotReady, match="令和3年度の計画が登録されていない"):
        earlier.template(2021)
    with district.database.transaction() as stores:
        stores.plans.save(replace(plan, first_fiscal_year=2026), district.now())
    assert earlier.years() == ()


def test_a_take_in_that_is_not_known_cannot_be_taken_back(earlier):
    with pytest.raises(NotFound):
        earlier.undo("none")


def test_the_statements_of_a_take_in_and_its_undoing_do_not_grow_with_the_table(earlier, district, tmp_path):
    RecordingService(district).open_year(YEAR)
    counts = []
    for size in (2, 18):
        diary = [[f"R7.6.{day + 1}", "", "9", f"みほん{size}", "24", "体操"] for day in range(size)]
        rows = [[str(number), "実施", "○", "12", "", f"成果{size}"] for number in range(1, size + 1)]
        preview = seen(earlier, tmp_path, *rows, diary=diary)
        taken = []
        counts.append(
            (
                statements_of(district, lambda p=preview, t=taken: t.append(earlier.take_in(p, keep=False))),
                statements_of(district, lambda t=taken: earlier.undo(t[0].id)),
            )
        )
    assert counts[0] == counts[1]


# A ward: the years of its districts.

OFFICE_HEAD = ["地区コード", *HEAD]


@pytest.fixture
def ward(tmp_path: Path) -> Iterator[ServiceContext]:
    with offices.office_context(tmp_path / "ward") as context:
        with context.database.transaction() as stores:
            stores.organisations.save(
                offices.district(1, "みほん東地区部会"), offices.district(2, "みほん西地区部会")
            )
        yield context


def office_table(folder: Path, *rows: list[str]) -> Path:
    path = folder / "区の前の年度.xlsx"
    path.write_bytes(workbook_of({"取組項目": [OFFICE_HEAD, *rows]}))
    return path


def test_a_ward_takes_the_years_of_all_its_districts_from_one_table(ward, tmp_path):
    earlier = EarlierYearService(ward)
    codes = [offices.district(number, "").code for number in (1, 2)]
    path = office_table(tmp_path, *([code, *row] for code in codes for row in ROWS))
    preview = earlier.preview(path, YEAR)
    assert (preview.count(Standing.NEW), sorted(preview.names)) == (20, codes)
    assert earlier.take_in(preview).orgs == tuple(codes)
    with ward.database.reading() as stores:
        assert len(stores.figures.statuses([YEAR])) == 4
        assert stores.submissions.of_year(YEAR) == ()


def test_what_a_district_signed_is_not_touched_by_a_table(ward, tmp_path):
    earlier = EarlierYearService(ward)
    first, second = (offices.district(number, "").code for number in (1, 2))
    with ward.database.transaction() as stores:
        stores.submissions.add(make_submission(org=first, fiscal_year=YEAR))
    preview = earlier.preview(office_table(tmp_path, [first, *ROWS[0]], [second, *ROWS[0]]), YEAR)
    assert preview.set_aside == ("みほん東地区部会",)
    assert earlier.take_in(preview).orgs == (second,)


def test_a_wards_template_asks_for_every_item_that_districts_report(ward):
    book = openpyxl.load_workbook(io.BytesIO(EarlierYearService(ward).template(YEAR)))
    rows = list(book["取組項目"].iter_rows(min_row=2, values_only=True))
    with ward.database.reading() as stores:
        [plan] = stores.plans.for_year(YEAR)
    assert {row[0] for row in rows} == {offices.district(number, "").code for number in (1, 2)}
    assert len(rows) == 2 * sum(1 for item in plan.items if item.reporter == "district")


def test_a_ward_without_districts_is_told_to_begin_with_its_roster(tmp_path):
    with offices.office_context(tmp_path / "empty") as context, pytest.raises(NotReady, match="名簿"):
        EarlierYearService(context).template(YEAR)
