"""Text that was being typed when the program ended is said and kept, whichever way a person decides."""

from datetime import date

import pytest

from shakyo_desktop.domain.codes import Source
from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.records import Activity, RecordRef
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.recording import RecordingService
from shakyo_desktop.storage.database import Database
from tests.services.conftest import PLAN_ID, STORE_KEY, Clock
from tests.services.test_recording import YEAR, accept


@pytest.fixture
def recording(district: ServiceContext) -> RecordingService:
    return RecordingService(district)


@pytest.fixture
def ref(recording: RecordingService) -> RecordRef:
    ref = ref_of(recording.new_activity(YEAR, PLAN_ID, 9, date(2026, 9, 12)))
    recording.change(ref, "content", "体操")
    return ref


def test_a_draft_is_found_after_a_restart_with_both_texts(
    district: ServiceContext, recording: RecordingService, ref: RecordRef, clock: Clock
) -> None:
    recording.save_draft(ref, "content", "体操と")
    recording.save_draft(ref, "content", "体操と歌")
    with Database.open(district.database.path, STORE_KEY) as reopened:
        [found] = RecordingService(ServiceContext(reopened, district.data_dir, clock)).drafts()
    assert (found.ref, found.field, found.label, found.item_number) == (ref, "content", "内容", 9)
    assert (found.old_text, found.new_text, found.at) == ("体操", "体操と歌", clock())


def test_a_committed_field_leaves_no_draft(recording: RecordingService, ref: RecordRef) -> None:
    recording.save_draft(ref, "content", "体操と歌")
    recording.change(ref, "content", "体操と歌と茶話会")
    assert recording.drafts() == ()


def test_leaving_a_field_as_it_was_ends_its_draft_too(recording: RecordingService, ref: RecordRef) -> None:
    recording.save_draft(ref, "content", "体操と歌")
    recording.change(ref, "content", "体操")
    assert recording.drafts() == ()


@pytest.mark.parametrize("field, text", [("content", "体操"), ("held_on", "R8.9.12"), ("participants", " ")])
def test_a_draft_that_says_what_is_stored_is_not_mentioned(
    recording: RecordingService, ref: RecordRef, field: str, text: str
) -> None:
    recording.save_draft(ref, field, text)
    assert recording.drafts() == ()


def test_a_used_draft_is_a_change_that_can_be_undone(recording: RecordingService, ref: RecordRef) -> None:
    recording.save_draft(ref, "participants", "２４人")
    changed = recording.use_draft(recording.drafts()[0])
    assert isinstance(changed, Activity)
    assert changed.participants == 24
    assert recording.history(ref)[-1].source is Source.DRAFT
    assert recording.drafts() == ()
    undone = recording.undo(ref)
    assert isinstance(undone, Activity)
    assert undone.participants is None


def test_a_used_draft_that_cannot_be_read_stays_as_typed(recording: RecordingService, ref: RecordRef) -> None:
    recording.save_draft(ref, "participants", "十数人")
    changed = recording.use_draft(recording.drafts()[0])
    assert isinstance(changed, Activity)
    assert changed.unread == {"participants": "十数人"}


def test_a_dropped_draft_changes_nothing_and_can_be_found_again(
    recording: RecordingService, ref: RecordRef
) -> None:
    recording.save_draft(ref, "content", "体操と歌")
    before = recording.open_year(YEAR).records
    recording.drop_draft(recording.drafts()[0])
    assert recording.drafts() == ()
    assert recording.open_year(YEAR).records == before
    noted, undone = recording.history(ref)[-2:]
    assert (noted.old, noted.new, noted.source) == ("体操", "体操と歌", Source.DRAFT)
    assert (undone.old, undone.new, undone.undoes) == ("体操と歌", "体操", noted.id)
    back = recording.undo(ref)
    assert isinstance(back, Activity)
    assert back.content == "", "undo goes past the pair to the last change that stood"


def test_drafts_come_oldest_first_and_unread_text_is_shown(
    recording: RecordingService, ref: RecordRef, clock: Clock
) -> None:
    recording.change(ref, "helpers", None, unread="数人")
    recording.save_draft(ref, "helpers", "6")
    clock.turn(minutes=1)
    recording.save_draft(ref, "content", "歌")
    assert [(found.field, found.old_text) for found in recording.drafts()] == [
        ("helpers", "数人"),
        ("content", "体操"),
    ]


def test_a_draft_of_a_record_that_is_gone_is_passed_over(recording: RecordingService) -> None:
    recording.save_draft(RecordRef("activities", "none"), "content", "x")
    assert recording.drafts() == ()


def test_a_draft_of_a_locked_year_can_be_dropped_but_not_used(
    district: ServiceContext, recording: RecordingService, ref: RecordRef
) -> None:
    recording.save_draft(ref, "content", "体操と歌")
    accept(district)
    [found] = recording.drafts()
    with pytest.raises(NotReady):
        recording.use_draft(found)
    assert recording.drafts() == (found,)
    recording.drop_draft(found)
    assert recording.drafts() == ()
