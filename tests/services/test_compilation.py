"""A ward compiles: what counts, what is refused, what is written, fixed and gone stale."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from shakyo_desktop.domain.codes import ReportState, Stage
from shakyo_desktop.domain.compilation import Arrival, CouncilVerification, FindingScope
from shakyo_desktop.domain.errors import BadInput, NotFound, NotReady, UnconfirmedReports
from shakyo_desktop.domain.organisations import ScheduleEntry
from shakyo_desktop.domain.plan import Crosswalk
from shakyo_desktop.domain.records import ITEM_STATUSES, RecordRef
from shakyo_desktop.services.compilation import CompilationService
from shakyo_desktop.services.plan_pairs import PlanPairsService
from shakyo_desktop.services.recording import RecordingService
from tests.factories import make_plan, make_practice, make_status
from tests.services.offices import NOW, WARD, office_context
from tests.services.reporting import PLAN, YEAR, add_districts, code, decide, hand_in
from tests.services.test_statements import sent_by

WATCH, WARD_ITEM = 6, 3
ITEM, WHOLE = FindingScope.ITEM, FindingScope.WHOLE


@pytest.fixture
def office(tmp_path):
    """A ward with four districts on its roster; nothing is reported."""
    with office_context(tmp_path / "ward") as context:
        add_districts(context, 4)
        yield context


@pytest.fixture
def service(office):
    return CompilationService(office)


def rolled(compilation, number=WATCH):
    return next(one for one in compilation.items if one.item_number == number)


def arrivals(compilation):
    return [one.arrival.value for one in compilation.sources]


def words(marks):
    return [(one.name, one.words) for one in marks]


def test_a_ward_without_reports_compiles_what_is_missing(service):
    made = service.compile(PLAN, YEAR)
    assert (made.version, made.coverage()) == (1, (0, 4))
    assert arrivals(made) == ["missing"] * 4
    assert all(one.total is None for item in made.items for one in item.sums)
    assert service.newest(PLAN, YEAR) == made


def test_a_ward_without_districts_compiles_its_own_items(tmp_path):
    with office_context(tmp_path / "ward") as context:
        made = CompilationService(context).compile(PLAN, YEAR)
    assert (made.sources, made.coverage()) == ((), (0, 0))


def test_the_newest_report_that_was_not_withdrawn_counts(office, service):
    hand_in(office, 1, [make_status(WATCH, org=code(1), typed_totals={"sessions": 3})])
    second = hand_in(office, 1, [make_status(WATCH, org=code(1), typed_totals={"sessions": 5})], revision=2)
    hand_in(
        office,
        2,
        [],
        revision=1,
        state=ReportState.WITHDRAWN,
    )
    made = service.compile(PLAN, YEAR)
    assert arrivals(made) == ["received", "missing", "missing", "missing"]
    assert (made.sources[0].manifest, made.sources[0].revision) == (second.manifest, 2)
    sessions = rolled(made).sums[0]
    assert (sessions.total, sessions.stated, sessions.expected) == (5, 1, 4)


def test_late_is_after_the_final_date_and_a_correction_makes_nobody_late(office, service):
    with office.database.transaction() as stores:
        stores.organisations.save_schedule(
            ScheduleEntry("due", YEAR, "final", "年度の報告", date(2026, 9, 12))
        )
    last_minute = datetime(2026, 9, 12, 14, 59, tzinfo=UTC)  # 23:59 in Japan
    hand_in(office, 1, received_at=last_minute)
    hand_in(office, 2, received_at=last_minute + timedelta(minutes=1))
    hand_in(office, 3, received_at=last_minute, state=ReportState.REQUESTED)
    hand_in(office, 3, received_at=last_minute + timedelta(days=9), revision=2)
    hand_in(office, 4, received_at=last_minute, stage=Stage.INTERIM)
    hand_in(office, 4, received_at=last_minute + timedelta(days=9), revision=2)
    assert arrivals(service.compile(PLAN, YEAR)) == ["received", "late", "received", "late"]


def test_a_district_that_no_longer_reports_counts_only_when_it_did(office, service):
    hand_in(office, 1)
    with office.database.transaction() as stores:
        for number in (1, 2):
            stores.organisations.save(replace(stores.organisations.get(code(number)), active=False))
    assert [one.org for one in service.compile(PLAN, YEAR).sources] == [code(1), code(3), code(4)]


def test_reports_that_are_not_accepted_are_named_and_nothing_is_made(office, service):
    hand_in(office, 1)
    hand_in(office, 2, state=ReportState.RECEIVED)
    hand_in(office, 3, state=ReportState.REQUESTED)
    with pytest.raises(UnconfirmedReports) as refused:
        service.compile(PLAN, YEAR)
    assert refused.value.names == ("みほん第2地区部会", "みほん第3地区部会")
    assert "みほん第2地区部会、みほん第3地区部会" in refused.value.message
    assert service.versions(PLAN, YEAR) == ()


def test_reports_that_are_not_accepted_are_taken_in_on_purpose_and_the_version_says_so(office, service):
    hand_in(office, 1)
    waiting = hand_in(office, 2, state=ReportState.RECEIVED)
    made = service.compile(PLAN, YEAR, include_unconfirmed=True)
    assert made.include_unconfirmed
    assert [one.confirmed for one in made.sources[:2]] == [True, False]
    assert made.coverage() == (2, 4)
    decide(office, waiting, ReportState.ACCEPTED)
    assert not service.compile(PLAN, YEAR, include_unconfirmed=True).include_unconfirmed


def test_only_stories_with_consent_are_in_it(office, service):
    stories = [
        make_practice(WATCH, org=code(1), title="見せてよい"),
        make_practice(WATCH, org=code(1), consent=False),
        make_practice(WATCH, org=code(1), deleted_at=NOW),
    ]
    hand_in(office, 1, practices=stories)
    assert [one.title for one in rolled(service.compile(PLAN, YEAR)).practices] == ["見せてよい"]


def test_the_wards_own_items_are_written_like_any_status(office, service):
    recording = RecordingService(office)
    status = recording.status_for(YEAR, PLAN, WARD_ITEM)
    ref = RecordRef(ITEM_STATUSES, status.id)
    recording.change(ref, "state", "running")
    recording.change(ref, "typed_totals.sessions", 4)
    found = rolled(service.compile(PLAN, YEAR), WARD_ITEM)
    assert found.ward_status.typed_totals == {"sessions": 4}
    assert (found.states, found.unreported) == ({}, 0)


def test_last_year_stands_beside(office, service):
    for year, total in ((YEAR - 1, 30), (YEAR, 40)):
        status = make_status(WATCH, org=code(1), fiscal_year=year, typed_totals={"sessions": total})
        hand_in(office, 1, [status], fiscal_year=year)
    found = rolled(service.compile(PLAN, YEAR))
    assert (found.sums[0].total, found.last_year.sums[0].total) == (40, 30)


def test_a_plan_of_other_years_is_refused_and_an_unknown_one_not_found(service):
    with pytest.raises(BadInput, match="この年度の計画ではありません"):
        service.compile(PLAN, 2030)
    with pytest.raises(NotFound):
        service.compile("none", YEAR)


def test_what_is_written_is_kept_and_undone_change_by_change(service):
    made = service.compile(PLAN, YEAR)
    for text in ("見守りが広がった。", "見守りが全地区に広がった。"):
        service.write_finding(made.id, ITEM, WATCH, "outcome", text)
    service.write_finding(made.id, ITEM, WATCH, "challenge", "担い手")
    assert service.undo_finding(made.id, ITEM, WATCH).challenge == ""
    assert service.undo_finding(made.id, ITEM, WATCH).outcome == "見守りが広がった。"
    assert service.undo_finding(made.id, ITEM, WATCH).outcome == ""
    assert service.undo_finding(made.id, ITEM, WATCH) is None
    assert service.undo_finding(made.id, WHOLE, 0) is None


def test_every_text_that_was_ever_written_is_in_the_history(office, service):
    made = service.compile(PLAN, YEAR)
    for text in ("一", "二", ""):
        service.write_finding(made.id, WHOLE, 0, "approach", text)
    service.write_finding(made.id, WHOLE, 0, "approach", "")
    with office.database.reading() as stores:
        rows = stores.history.of(RecordRef("findings", f"{made.id}.whole.0"))
    assert [(row.old, row.new, row.who) for row in rows] == [
        ("", "一", "みほん 事務"),
        ("一", "二", "みほん 事務"),
        ("二", "", "みほん 事務"),
    ]


def test_a_date_that_cannot_be_read_stays_as_typed(service):
    made = service.compile(PLAN, YEAR)
    service.write_council(made.id, "held_on", None, "八月ごろ")
    assert service.newest(PLAN, YEAR).council.unread == {"held_on": "八月ごろ"}
    service.write_council(made.id, "held_on", date(2026, 8, 20))
    assert service.newest(PLAN, YEAR).council == CouncilVerification(held_on=date(2026, 8, 20))
    assert service.undo_council(made.id).unread == {"held_on": "八月ごろ"}
    service.write_council(made.id, "attendance", "委員12名中10名")
    assert service.undo_council(made.id).attendance == ""


def test_a_new_version_starts_with_the_words_of_the_one_before(service):
    first = service.compile(PLAN, YEAR)
    service.write_finding(first.id, ITEM, WATCH, "outcome", "広がった。")
    service.write_council(first.id, "attendance", "10名")
    second = service.compile(PLAN, YEAR)
    assert second.version == 2
    assert second.finding(ITEM, WATCH).outcome == "広がった。"
    assert second.council.attendance == "10名"
    with pytest.raises(NotReady, match="新しい版があります"):
        service.write_finding(first.id, ITEM, WATCH, "outcome", "別の文")
    assert [one.version for one in service.versions(PLAN, YEAR)] == [2, 1]


def approved(service):
    made = service.compile(PLAN, YEAR)
    service.write_finding(made.id, WHOLE, 0, "outcome", "全体の成果")
    service.write_council(made.id, "held_on", date(2026, 9, 1))
    service.approve(made.id)
    return made


def test_approving_needs_a_date_that_has_come(service):
    made = service.compile(PLAN, YEAR)
    with pytest.raises(BadInput, match="開催日を書いて"):
        service.approve(made.id)
    service.write_council(made.id, "held_on", date(2026, 9, 13))
    with pytest.raises(BadInput, match="まだ来ていません"):
        service.approve(made.id)
    assert not service.newest(PLAN, YEAR).council.approved


@pytest.mark.parametrize(
    "write",
    [
        lambda service, made: service.write_finding(made.id, WHOLE, 0, "outcome", "あとから"),
        lambda service, made: service.undo_finding(made.id, WHOLE, 0),
        lambda service, made: service.write_council(made.id, "attendance", "あとから"),
        lambda service, made: service.undo_council(made.id),
        lambda service, made: service.approve(made.id),
    ],
    ids=["write finding", "undo finding", "write council", "undo council", "approve again"],
)
def test_an_approved_version_stays_as_it_is(service, write):
    made = approved(service)
    before = service.get(made.id)
    with pytest.raises(NotReady, match="検証を終えています"):
        write(service, made)
    assert service.get(made.id) == before
    assert not service.is_open(made.id)


def test_after_approval_a_new_version_keeps_the_findings_and_asks_the_council_again(service):
    made = approved(service)
    again = service.compile(PLAN, YEAR)
    assert again.finding(WHOLE).outcome == "全体の成果"
    assert again.council == CouncilVerification()
    assert service.get(made.id).council.approved
    assert service.is_open(again.id)


def test_nothing_changed_is_not_stale(office, service):
    hand_in(office, 1)
    RecordingService(office).open_year(YEAR)  # blank statuses of the ward say nothing
    assert service.stale(service.compile(PLAN, YEAR)) == ()


def test_every_change_of_a_source_is_a_stale_mark_in_words(office, service):
    first = hand_in(office, 1)
    unsure = hand_in(office, 2, state=ReportState.RECEIVED)
    gone = hand_in(office, 3)
    made = service.compile(PLAN, YEAR, include_unconfirmed=True)
    decide(office, first, ReportState.RECEIVED)
    decide(office, unsure, ReportState.ACCEPTED)
    decide(office, gone, ReportState.WITHDRAWN)
    hand_in(office, 4)
    add_districts(office, 5)
    assert words(service.stale(made)) == [
        ("みほん第1地区部会", "確定が取り消され、もう一度確認しています。"),
        ("みほん第2地区部会", "報告が確定しました。"),
        ("みほん第3地区部会", "報告が取り下げられました。"),
        ("みほん第4地区部会", "報告が届きました（令和8年9月12日（土）、第1版）。"),
        ("みほん第5地区部会", "名簿に加わりました。"),
    ]


def test_a_newer_revision_a_new_name_and_a_district_that_left_are_stale_marks(office, service):
    hand_in(office, 1)
    made = service.compile(PLAN, YEAR)
    hand_in(office, 1, revision=2)
    with office.database.transaction() as stores:
        second, third = (stores.organisations.get(code(number)) for number in (2, 3))
        stores.organisations.save(replace(second, name="みほん新町地区部会"), replace(third, active=False))
    assert words(service.stale(made)) == [
        ("みほん第1地区部会", "別の版が届きました（第1版から第2版、令和8年9月12日（土））。"),
        ("みほん新町地区部会", "名前が変わりました（前は「みほん第2地区部会」）。"),
        ("みほん第3地区部会", "名簿で報告しない地区になりました。"),
    ]


def test_the_wards_own_writing_the_plan_and_last_year_are_stale_marks(office, service):
    made = service.compile(PLAN, YEAR)
    hand_in(office, 1, fiscal_year=YEAR - 1)
    assert [one.words for one in service.stale(made)] == ["成果事例か前年度の数字が変わりました。"]
    recording = RecordingService(office)
    status = recording.status_for(YEAR, PLAN, WARD_ITEM)
    recording.change(RecordRef(ITEM_STATUSES, status.id), "state", "running")
    with office.database.transaction() as stores:
        plan = stores.plans.get(PLAN)
        stores.plans.save(replace(plan, items=plan.items[:-1]), NOW)
    assert words(service.stale(made)) == [
        (WARD.name, "計画の取組項目が変わりました。"),
        (WARD.name, "区事務所の取組（3番）が書きかえられました。"),
    ]


def test_the_calendars_date_is_a_stale_mark(office, service):
    hand_in(office, 1)
    made = service.compile(PLAN, YEAR)
    with office.database.transaction() as stores:
        stores.organisations.save_schedule(
            ScheduleEntry("due", YEAR, "final", "年度の報告", date(2026, 9, 1))
        )
    assert [one.words for one in service.stale(made)] == ["報告の期限が変わりました。"]
    assert service.sources(YEAR)[0].arrival is Arrival.LATE


def reads_and_writes(office, service):
    """How many statements compiling, looking for changes and opening take, and all of them."""
    sent = [
        sent_by(office, lambda: service.compile(PLAN, YEAR)),
        sent_by(office, lambda: service.stale(service.newest(PLAN, YEAR))),
        sent_by(office, lambda: service.versions(PLAN, YEAR)),
    ]
    return [len(one) for one in sent], [statement for one in sent for statement in one]


def test_many_districts_take_no_more_statements_than_none_and_no_diary_is_read(office, service):
    service.compile(PLAN, YEAR)
    few, _ = reads_and_writes(office, service)
    add_districts(office, 20)
    for number in range(1, 21):
        hand_in(office, number)
        hand_in(office, number, fiscal_year=YEAR - 1)
    many, sent = reads_and_writes(office, service)
    assert many == few
    assert sum(many) < 60
    assert not [statement for statement in sent if "activities" in statement]


def test_what_is_paired_in_another_plan_counts_there_once_and_a_changed_pair_is_a_stale_mark(office, service):
    ward_plan = replace(make_plan(), id="ward-plan", name="みほん区計画")
    with office.database.transaction() as stores:
        stores.plans.save(ward_plan, NOW)
    pairs = PlanPairsService(office)
    pairs.connect(Crosswalk(PLAN, WATCH, "ward-plan", 9), Crosswalk(PLAN, WATCH, "ward-plan", 10))
    hand_in(office, 1, [make_status(WATCH, org=code(1), typed_totals={"sessions": 12})])
    made = service.compile("ward-plan", YEAR, include_unconfirmed=True)
    assert [one.total for one in rolled(made, 9).sums if one.code == "sessions"] == [12]
    assert [one.total for one in rolled(made, 10).sums if one.code == "sessions"] == [None]
    source = rolled(made, 9).mapped[0]
    assert (source.plan_id, source.item_number, source.totals["sessions"]) == (PLAN, WATCH, 12)
    assert service.newest("ward-plan", YEAR) == made
    assert service.stale(made) == ()
    pairs.disconnect(Crosswalk(PLAN, WATCH, "ward-plan", 9))
    assert [one.words for one in service.stale(made)] == [
        "ほかの計画の項目から加わる数（9、10番）が変わりました。"
    ]
