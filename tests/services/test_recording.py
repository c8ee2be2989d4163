"""What a person writes is one commit and one row of history, and nothing is ever lost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date

import pytest

from shakyo_desktop.domain.codes import (
    ActivityKind,
    Assembly,
    Granularity,
    ImplementationState,
    OutcomeState,
    ReportState,
    Source,
    Stage,
)
from shakyo_desktop.domain.errors import BadInput, NotFound, NotReady
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.records import ACTIVITIES, Activity, RecordRef
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.recording import RecordingService
from shakyo_desktop.storage.database import Database
from tests.services.conftest import DISTRICT, PLAN_ID, STORE_KEY, Clock

YEAR = 2026
GATHERING, WATCH, MEAL = 9, 6, 12


@pytest.fixture
def recording(district: ServiceContext) -> RecordingService:
    return RecordingService(district)


def new(recording: RecordingService, item: int = GATHERING, **more: object) -> RecordRef:
    return ref_of(recording.new_activity(YEAR, PLAN_ID, item, **more))  # type: ignore[arg-type]


def rows(recording: RecordingService, ref: RecordRef) -> list[tuple[str, object, object, Source]]:
    return [(one.field, one.old, one.new, one.source) for one in recording.history(ref) if one.field]


def accept(context: ServiceContext, revision: int = 1) -> Submission:
    """Put an accepted revision of the year into the store."""
    submission = Submission(
        package_id=f"package-{revision}",
        manifest=f"{revision:064x}",
        org=DISTRICT.code,
        fiscal_year=YEAR,
        stage=Stage.FINAL,
        assembly=Assembly.AFTER,
        revision=revision,
        supersedes=None,
        key="k",
        seq=revision,
        prev=None,
        frozen_at=context.now(),
        state=ReportState.ACCEPTED,
    )
    with context.database.transaction() as stores:
        stores.submissions.add(submission)
    return submission


def test_a_new_year_has_a_blank_status_for_every_item(recording: RecordingService) -> None:
    view = recording.open_year(YEAR)
    assert [status.item_number for status in view.records.item_statuses] == list(range(1, 22))
    assert all(status.state is None and status.org == DISTRICT.code for status in view.records.item_statuses)
    assert recording.history(ref_of(view.records.item_statuses[0])) == ()
    assert not view.locked
    assert recording.open_year(YEAR) == view


def test_a_year_before_the_plan_has_no_items(recording: RecordingService) -> None:
    view = recording.open_year(2021)
    assert (view.plans, view.records.item_statuses) == ((), ())
    with pytest.raises(NotFound):
        recording.status_for(2021, PLAN_ID, 1)


def test_a_change_is_stored_with_who_when_old_and_new(recording: RecordingService, clock: Clock) -> None:
    ref = new(recording)
    clock.turn(minutes=3)
    changed = recording.change(ref, "participants", 24)
    assert isinstance(changed, Activity)
    assert changed.participants == 24
    assert recording.open_year(YEAR).records.activities == (changed,)
    row = recording.history(ref)[-1]
    assert (row.field, row.old, row.new, row.source) == ("participants", None, 24, Source.DIRECT)
    assert (row.who, row.at, row.undoes) == ("見本花子", clock(), None)


NOTHING_NEW = {
    "same number": ("participants", 24, ""),
    "same text after repair": ("content", "体操\u200b", ""),
    "same unread text": ("helpers", None, "数人"),
    "blank stays blank": ("sessions", None, ""),
    "same entry": ("breakdown.elderly", 3, ""),
}


@pytest.mark.parametrize("field, value, unread", NOTHING_NEW.values(), ids=NOTHING_NEW)
def test_nothing_is_written_when_nothing_changed(
    recording: RecordingService, field: str, value: object, unread: str
) -> None:
    ref = new(recording)
    recording.change(ref, "participants", 24)
    recording.change(ref, "content", "体操")
    recording.change(ref, "helpers", None, unread="数人")
    recording.change(ref, "breakdown.elderly", 3)
    before = recording.history(ref)
    recording.change(ref, field, value, unread=unread)
    assert recording.history(ref) == before


def test_what_cannot_be_read_stays_as_it_was_typed(recording: RecordingService) -> None:
    ref = new(recording)
    recording.change(ref, "participants", 24)
    changed = recording.change(ref, "participants", None, unread="二十人くらい")
    assert isinstance(changed, Activity)
    assert (changed.participants, changed.unread) == (None, {"participants": "二十人くらい"})
    back = recording.undo(ref)
    assert isinstance(back, Activity)
    assert (back.participants, back.unread) == (24, {})


@pytest.mark.parametrize("field", ["id", "org", "deleted_at", "keyed_by", "nonsense"])
def test_a_field_that_is_not_a_persons_cannot_be_changed(recording: RecordingService, field: str) -> None:
    with pytest.raises(AttributeError):
        recording.change(new(recording), field, "x")


def test_a_record_that_does_not_exist_is_said(recording: RecordingService) -> None:
    with pytest.raises(NotFound):
        recording.change(RecordRef(ACTIVITIES, "none"), "venue", "x")


def test_a_new_activity_has_the_defaults_of_its_item(recording: RecordingService) -> None:
    day = date(2026, 9, 12)
    event = recording.new_activity(YEAR, PLAN_ID, GATHERING, day)
    assert (event.kind, event.granularity) == (ActivityKind.GATHERING, Granularity.EVENT)
    assert (event.held_on, event.month, event.keyed_by) == (day, None, "見本花子")
    tally = recording.new_activity(YEAR, PLAN_ID, WATCH, day, source=Source.PAPER)
    assert (tally.kind, tally.granularity) == (ActivityKind.WATCH, Granularity.MONTHLY_TOTAL)
    assert (tally.held_on, tally.month, tally.source) == (None, "2026-09", Source.PAPER)
    assert recording.history(ref_of(tally))[0].source is Source.PAPER


def test_an_activity_of_an_unknown_item_is_refused(recording: RecordingService) -> None:
    with pytest.raises(NotFound):
        recording.new_activity(YEAR, PLAN_ID, 99)
    with pytest.raises(NotFound):
        recording.new_activity(YEAR, "no-plan", 1)


def test_same_as_last_copies_all_but_date_counts_and_photos(recording: RecordingService) -> None:
    ref = new(recording, MEAL, held_on=date(2026, 9, 5))
    kept = {
        "venue": "みほん自治会館",
        "content": "会食",
        "start_time": "11:00",
        "partners": ("neighbourhood",),
        "measures.style": "together",
        "related_items": (9,),
    }
    counts = {"participants": 24, "helpers": 6, "sessions": 1, "breakdown.elderly": 20, "measures.meals": 30}
    own = {"outcome_state": OutcomeState.CANCELLED, "outcome_reason": "台風", "reasons.venue:x": "ため"}
    for field, value in {**kept, **counts, **own}.items():
        recording.change(ref, field, value)
    recording.change(ref, "end_time", None, unread="昼すぎ")
    copy = recording.new_activity(YEAR, PLAN_ID, MEAL, date(2026, 9, 12), same_as=ref.id)
    assert (copy.venue, copy.content, copy.start_time) == ("みほん自治会館", "会食", "11:00")
    assert (copy.partners, copy.related_items, copy.measures) == (
        ("neighbourhood",),
        (9,),
        {"style": "together"},
    )
    assert (copy.participants, copy.helpers, copy.sessions, copy.breakdown) == (None, None, None, {})
    assert (copy.held_on, copy.outcome_state, copy.outcome_reason) == (
        date(2026, 9, 12),
        OutcomeState.HELD,
        "",
    )
    assert (copy.unread, copy.reasons) == ({}, {})
    assert copy.id != ref.id


def test_undo_walks_back_and_survives_a_restart(
    district: ServiceContext, recording: RecordingService, clock: Clock
) -> None:
    ref = new(recording)
    for number in (10, 20, 30):
        recording.change(ref, "participants", number)
    recording.change(ref, "venue", "公民館")
    seen: list[object] = []
    with Database.open(district.database.path, STORE_KEY) as reopened:
        later = RecordingService(ServiceContext(reopened, district.data_dir, clock))
        while (record := later.undo(ref)) is not None:
            assert isinstance(record, Activity)
            seen.append((record.participants, record.venue))
    assert seen == [(30, ""), (20, ""), (10, ""), (None, "")]
    assert recording.undo(ref) is None
    history = recording.history(ref)
    undoing = [row for row in history if row.source is Source.UNDO]
    assert [row.undoes for row in undoing] == [row.id for row in reversed(history[1:5])]


def test_a_change_after_an_undo_is_undone_first(recording: RecordingService) -> None:
    ref = new(recording)
    recording.change(ref, "participants", 10)
    recording.change(ref, "participants", 20)
    recording.undo(ref)
    recording.change(ref, "participants", 99)
    values = [getattr(recording.undo(ref), "participants", "end") for _ in range(3)]
    assert values == [10, None, "end"]


def test_a_deleted_record_waits_in_the_bin_and_comes_back(recording: RecordingService, clock: Clock) -> None:
    ref = new(recording)
    recording.change(ref, "venue", "公民館")
    recording.delete(ref)
    view = recording.open_year(YEAR)
    assert view.records.activities == ()
    assert [ref_of(record) for record in view.deleted] == [ref]
    recording.delete(ref)
    assert len(rows(recording, ref)) == 2
    restored = recording.restore(ref)
    assert recording.open_year(YEAR).records.activities == (restored,)
    assert rows(recording, ref)[-1] == ("deleted_at", "2026-09-12T05:00:00Z", None, Source.UNDO)
    assert recording.restore(ref) == restored
    undone = recording.undo(ref)  # the change before the deletion, which is undone already
    assert isinstance(undone, Activity)
    assert (undone.venue, undone.deleted_at) == ("", None)


def test_undo_brings_a_deleted_record_back(recording: RecordingService) -> None:
    ref = new(recording)
    recording.delete(ref)
    undone = recording.undo(ref)
    assert isinstance(undone, Activity)
    assert undone.deleted_at is None


def test_an_item_status_is_never_deleted(recording: RecordingService) -> None:
    status = recording.status_for(YEAR, PLAN_ID, 1)
    with pytest.raises(BadInput, match="対象外"):
        recording.delete(ref_of(status))


def test_a_good_practice_is_written_and_deleted(recording: RecordingService) -> None:
    ref = ref_of(recording.new_practice(YEAR, PLAN_ID, GATHERING))
    recording.change(ref, "title", "みんなの体操")
    assert [one.title for one in recording.open_year(YEAR).records.good_practices] == ["みんなの体操"]
    recording.delete(ref)
    assert recording.open_year(YEAR).records.good_practices == ()


def test_venues_come_most_used_first(recording: RecordingService) -> None:
    for venue in ("公民館", "自治会館", "自治会館"):
        recording.change(new(recording), "venue", venue)
    assert recording.venues() == ("自治会館", "公民館")


def test_an_accepted_year_is_locked_until_it_is_reopened(
    district: ServiceContext, recording: RecordingService
) -> None:
    ref = new(recording)
    status = ref_of(recording.status_for(YEAR, PLAN_ID, 1))
    accept(district)
    assert recording.open_year(YEAR).locked
    refused = {
        "change": lambda: recording.change(ref, "venue", "x"),
        "new activity": lambda: new(recording),
        "new practice": lambda: recording.new_practice(YEAR, PLAN_ID, 1),
        "delete": lambda: recording.delete(ref),
        "undo": lambda: recording.undo(ref),
        "restore": lambda: recording.restore(ref),
        "copy": lambda: recording.copy_last_year(status, "outcome"),
    }
    for name, act in refused.items():
        with pytest.raises(NotReady) as caught:
            act()
        assert (name, caught.value.code) == (name, "locked")
        assert len(caught.value.message.splitlines()) == 3
    with pytest.raises(BadInput):
        recording.reopen(YEAR, " ")
    recording.reopen(YEAR, "人数の書きまちがい")
    assert not recording.open_year(YEAR).locked
    recording.change(ref, "venue", "x")
    accept(district, revision=2)
    assert recording.open_year(YEAR).locked


def test_other_years_stay_open_when_one_is_locked(
    district: ServiceContext, recording: RecordingService
) -> None:
    accept(district)
    activity = recording.new_activity(YEAR - 1, PLAN_ID, GATHERING)
    assert recording.open_year(YEAR - 1).records.activities == (activity,)
    recording.reopen(YEAR - 1, "何もしない")
    assert recording.open_year(YEAR).locked


def test_an_office_keys_the_paper_of_a_district_without_a_computer(district: ServiceContext) -> None:
    other = RecordingService(district, org="990011-02")
    activity = other.new_activity(YEAR, PLAN_ID, GATHERING, source=Source.PAPER)
    assert activity.org == "990011-02"
    assert RecordingService(district).open_year(YEAR).records.activities == ()
    with pytest.raises(NotFound):
        RecordingService(district).change(ref_of(activity), "venue", "x")


def test_a_status_is_changed_like_any_record(recording: RecordingService) -> None:
    ref = ref_of(recording.status_for(YEAR, PLAN_ID, GATHERING))
    recording.change(ref, "state", ImplementationState.RUNNING)
    recording.change(ref, "typed_totals.sessions", 12)
    status = recording.status_for(YEAR, PLAN_ID, GATHERING)
    assert (status.state, status.typed_totals) == (ImplementationState.RUNNING, {"sessions": 12})
    assert rows(recording, ref)[0] == ("state", None, "running", Source.DIRECT)


def test_the_history_can_be_read_in_words(recording: RecordingService) -> None:
    ref = new(recording, MEAL)
    recording.change(ref, "participants", 24, source=Source.PAPER)
    recording.change(ref, "helpers", None, unread="数人")
    recording.change(ref, "measures.style", "delivery")
    recording.change(ref, "item_number", GATHERING)
    recording.undo(ref)
    lines = recording.history_lines(ref)
    assert [(line.label, line.old_text, line.new_text, line.source, line.undone) for line in lines] == [
        (
            "取組項目",
            "9 ふれあい・いきいきサロンの促進",
            "12 ふれあい食事サービス事業への支援",
            "元に戻す",
            False,
        ),
        (
            "取組項目",
            "12 ふれあい食事サービス事業への支援",
            "9 ふれあい・いきいきサロンの促進",
            "画面で入力",
            True,
        ),
        ("会食・配食", "", "配食", "画面で入力", False),
        ("延べ担い手", "", "「数人」（要確認）", "画面で入力", False),
        ("延べ参加者", "", "24人", "紙から入力", False),
        ("記録を作成", "", "", "画面で入力", False),
    ]
    assert {line.who for line in lines} == {"見本花子"}


def test_several_threads_write_and_nothing_is_lost(recording: RecordingService) -> None:
    refs = [new(recording) for _ in range(4)]

    def write(ref: RecordRef) -> None:
        for number in range(25):
            recording.change(ref, "participants", number)
            recording.save_draft(ref, "content", str(number))

    with ThreadPoolExecutor(len(refs)) as pool:
        list(pool.map(write, refs))
    for ref in refs:
        assert [row[2] for row in rows(recording, ref)] == list(range(25))
    assert {draft.new_text for draft in recording.drafts()} == {"24"}
