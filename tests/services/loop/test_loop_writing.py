"""Writing to a stick, and the papers that go with it."""

import hashlib
import io
import subprocess
from pathlib import Path

import pytest

from shakyo_desktop.domain.codes import Assembly, Stage
from shakyo_desktop.domain.errors import Cancelled, DestinationFailed, NotReady
from shakyo_desktop.domain.numbers import show_check_number
from shakyo_desktop.domain.records import ACTIVITIES, ITEM_STATUSES, RecordRef
from tests.services.loop.forging import info_of, opened_by
from tests.services.loop.world import EAST, ITEM, PLAN, YEAR, World, only, unchanged


def text_of(pdf: bytes, needs_tool) -> str:
    """What an independent program reads in a PDF, spaces left out."""
    program = needs_tool("pdftotext")
    done = subprocess.run([program, "-layout", "-", "-"], input=pdf, capture_output=True, check=True)
    return "".join(done.stdout.decode().split())


def test_writing_again_writes_the_same_package(world):
    world.note("east", "もう一度")
    submission = world.freeze("east")
    first = opened_by(world.ward, world.write("east", submission.package_id))
    world.note("east", "あとで変えました。")
    world.clock.turn(days=3)
    file = world.write("east", submission.package_id)
    assert opened_by(world.ward, file) == first
    [verdict] = world.receive("ward", file)
    assert (verdict.manifest, world.text("ward")) == (submission.manifest, "もう一度")


def test_the_file_is_named_by_district_year_and_revision(world):
    file = world.hand_in("east")
    assert file.name == f"{EAST}-{YEAR}-r2.shakyo"
    info = info_of(world.ward, file)
    assert (info["seq"], info["report"]["revision"], info["report"]["fiscal_year"]) == (2, 2, YEAR)
    [first] = world.ward.review.revisions(EAST, YEAR)
    assert (info["prev"], info["report"]["supersedes"]) == (first.manifest, first.package_id)


def test_a_stick_that_fails_leaves_the_frozen_report(world, monkeypatch: pytest.MonkeyPatch):
    world.note("east", "抜けたUSB")
    submission = world.freeze("east")
    before = world.dump("east")

    def broken(*_: object) -> int:
        raise OSError(28, "No space left on device")

    folder = world.stick / "east"
    folder.mkdir(exist_ok=True)
    seen = sorted(folder.iterdir())
    monkeypatch.setattr("shakyo_desktop.services.file_calls.FileCalls.write", broken)
    with pytest.raises(DestinationFailed) as failure:
        world.write("east", submission.package_id)
    monkeypatch.undo()
    assert failure.value.code == "destination.full"
    assert "入力した内容" in failure.value.message
    assert sorted(folder.iterdir()) == seen
    assert world.dump("east") == before
    assert only(world.receive("ward", world.write("east", submission.package_id))) == ("accepted", "")


def test_a_folder_that_is_gone_is_told(world):
    submission = world.freeze("east")
    with pytest.raises(DestinationFailed):
        world.east.submission.write(submission.package_id, world.root / "nowhere")


def test_writing_can_be_stopped_and_tells_how_far_it_is(world):
    submission = world.freeze("east")
    with pytest.raises(Cancelled):
        world.east.submission.write(submission.package_id, world.stick, cancelled=lambda: True)
    assert not list(world.stick.glob(f"{EAST}-*"))
    steps: list[tuple[int, int]] = []
    written = world.east.submission.write(
        submission.package_id, world.stick, progress=lambda *step: steps.append(step)
    )
    assert steps == sorted(steps)
    assert steps[-1][0] == steps[-1][1]
    assert written.sha256 == hashlib.sha256(written.path.read_bytes()).hexdigest()


def test_open_problems_stop_the_freezing_and_nothing_else(world):
    activity = world.east.recording.new_activity(YEAR, PLAN, ITEM)
    assert world.east.submission.readiness(YEAR, Stage.INTERIM).hard
    with pytest.raises(NotReady, match="直す 1件"):
        world.east.submission.freeze(YEAR, Stage.INTERIM, Assembly.NONE)
    world.east.recording.change(RecordRef(ACTIVITIES, activity.id), "held_on", "2026-09-03")
    assert world.freeze("east").revision == 2


def test_reading_never_changes_a_store(world):
    def read() -> None:
        world.east.submission.readiness(YEAR, Stage.FINAL)
        world.east.submission.submissions(YEAR)
        world.ward.review.overview(YEAR)
        world.ward.review.report(world.ward.review.revisions(EAST, YEAR)[0].package_id)
        world.ward.answers.ready()
        world.ward.intake.log()
        world.ward.registrations.registrations()

    assert unchanged(world, "east", read)
    assert unchanged(world, "ward", read)


def test_the_cover_sheet_says_what_is_in_the_file(world, needs_tool):
    world.note("east", "送付票です。")
    submission = world.freeze("east")
    text = text_of(world.east.submission.cover_sheet(submission.package_id), needs_tool)
    number = show_check_number(world.east.settings.check_number())
    wanted = ("みほん東地区部会", EAST, "みほん区", "令和8年度", "第2版", "みほん部会長", number)
    for part in (*wanted, f"{EAST}-{YEAR}-r2.shakyo"):
        assert part.replace(" ", "") in text, part
    assert "24" in text  # person-times of the one activity
    other = world.east.submission.submissions(YEAR)[1]
    assert "第1版" in text_of(world.east.submission.cover_sheet(other.package_id), needs_tool)


def test_the_receipt_is_the_same_at_both_ends(world, needs_tool):
    [submission] = world.ward.review.revisions(EAST, YEAR)
    view = world.ward.review.report(submission.package_id)
    [status] = [one for one in view.records.item_statuses if one.item_number == ITEM]
    world.ward.review.comment(
        submission.package_id, ITEM_STATUSES, status.id, "outcome", "人数の内訳も教えてください。"
    )
    world.ward.review.accept(submission.package_id)
    world.receive("east", *world.answers())
    [reply] = world.east.replies.replies(YEAR)
    texts = [
        text_of(world.ward.answers.receipt(submission.package_id), needs_tool),
        text_of(world.east.replies.receipt(reply.answer_id), needs_tool),
    ]
    wanted = (f"{YEAR}-0001", "みほん東地区部会", "第1版", "人数の内訳も教えてください。", "確定しました")
    for text in texts:
        for part in (*wanted, "令和8年9月12日14:03"):
            assert part in text, part
    # The 部会長's name never left the district.
    assert texts[0] == texts[1].replace("部会長みほん部会長様", "部会長様")


def test_what_was_received_is_kept_as_it_was_signed(world: World):
    [submission] = world.ward.review.revisions(EAST, YEAR)
    with world.ward.context.database.reading() as stores:
        there = {one.name: one.sha256 for one in stores.submissions.evidence(submission.manifest)}
    with world.east.context.database.reading() as stores:
        here = {one.name: one.sha256 for one in stores.submissions.evidence(submission.manifest)}
    assert there == here
    photo = next(name for name in there if name.startswith("photos/"))
    jpeg = world.ward.review.photo(submission.package_id, Path(photo).stem)
    assert hashlib.sha256(jpeg).hexdigest() == there[photo]
    assert io.BytesIO(jpeg).read(2) == b"\xff\xd8"


def test_the_doctor_finds_the_whole_loop_well(world):
    world.ward.review.accept(world.ward.review.revisions(EAST, YEAR)[0].package_id)
    world.receive("east", *world.answers())
    for name in ("ward", "east"):
        found = world.at(name).doctor.examine()
        assert [one.message for one in found if not one.ok and one.area != "控え"] == []


def test_the_copy_of_a_report_says_what_was_signed_even_when_the_year_went_on(world, needs_tool):
    world.note("east", "提出したときの文です。")
    submission = world.freeze("east")
    world.note("east", "あとから書いた文です。")
    text = text_of(world.east.submission.report_copy(submission.package_id), needs_tool)
    assert "提出したときの文です。" in text
    assert "あとから" not in text
