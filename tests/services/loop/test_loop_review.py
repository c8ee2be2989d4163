"""What an office does with a report: one step or two, locking, reopening, and its whole life."""

from dataclasses import replace
from datetime import date

import pytest

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.desk_states import DeskState
from shakyo_desktop.domain.errors import BadInput, NotReady
from shakyo_desktop.domain.records import ITEM_STATUSES, RecordRef
from shakyo_desktop.domain.review_steps import StepKind
from shakyo_desktop.services.steps_of_review import note_step
from tests.documents.pdf_reading import text_of
from tests.services.loop.world import EAST, WEST, YEAR, World, only
from tests.services.test_statements import statements_of


def row(world: World, org: str = EAST):
    """What the desk says of a district."""
    return next(one for one in world.ward.review.overview(YEAR) if one.org == org)


def package(world: World, org: str = EAST) -> str:
    """The report that counts."""
    return str(row(world, org).package_id)


def life(world: World) -> list[tuple[str, str, str]]:
    """The life of East's report: word, person, note; the newest first."""
    return [(one.step.label, one.by, one.note) for one in world.ward.review.life(EAST, YEAR)]


def ask(world: World) -> None:
    """Ask East about the whole report."""
    world.ward.review.comment(package(world), "report", "", "", "人数を教えてください。")
    world.ward.review.send_back(package(world))


def test_a_report_goes_through_every_state_of_the_desk(world):
    assert (row(world, WEST).desk, row(world).desk) == (DeskState.MISSING, DeskState.RECEIVED)
    world.receive("ward", world.hand_in("west"))
    assert row(world, WEST).desk is DeskState.HELD
    ref = world.note("east", "次の版です。")
    world.ward.review.looked_at(package(world), ref)
    assert row(world).desk is DeskState.CHECKING
    ask(world)
    assert (row(world).desk, row(world).open_requests) == (DeskState.REQUESTED, 1)
    world.receive("east", *world.answers())
    world.receive("ward", world.hand_in("east"))
    assert (row(world).desk, row(world).open_requests) == (DeskState.RESUBMITTED, 0)
    comment = world.ward.review.comment(package(world), "report", "", "", "もう一つ")
    assert row(world).desk is DeskState.CHECKING
    world.ward.review.remove_comment(comment.id)
    world.ward.review.accept(package(world))
    assert row(world).desk is DeskState.ACCEPTED


def test_what_was_asked_long_ago_and_answered_is_no_resubmission(world):
    ask(world)
    world.receive("east", *world.answers())
    world.receive("ward", world.hand_in("east"))
    world.ward.review.accept(package(world))
    world.receive("east", *world.answers())
    world.east.recording.reopen(YEAR, "追加")
    world.receive("ward", world.hand_in("east"))
    assert (row(world).revision, row(world).desk) == (3, DeskState.RECEIVED)


def test_reading_a_decided_report_does_not_begin_it_again(world):
    world.ward.review.accept(package(world))
    world.ward.review.looked_at(package(world), RecordRef(ITEM_STATUSES, "any"))
    world.ward.review.reopen(package(world), "見直し")
    assert row(world).desk is DeskState.RECEIVED


def test_one_person_decides_unless_the_office_wants_two(world):
    assert not world.ward.review.wants_two_steps()
    world.ward.review.accept(package(world))
    assert life(world) == [("確定", "みほん 事務", ""), ("受け取り", "みほん 事務", "")]


def test_with_two_steps_another_person_accepts(world):
    world.ward.review.set_two_steps(True)
    with pytest.raises(NotReady, match="まだ「確認」が済んでいません") as missing:
        world.ward.review.accept(package(world), "みほん 係長")
    assert missing.value.code == "review.unchecked"
    world.ward.review.check(package(world))
    assert (row(world).desk, row(world).checked_by) == (DeskState.CHECKING, "みほん 事務")
    world.ward.review.accept(package(world), "みほん 係長")
    assert life(world)[:2] == [("確定", "みほん 係長", ""), ("確認", "みほん 事務", "")]


@pytest.mark.parametrize("name", ["みほん 事務", "みほん事務", "みほん　事務", " みほん  事務"])
def test_the_one_who_checked_cannot_accept_however_the_name_is_written(world, name):
    world.ward.review.set_two_steps(True)
    world.ward.review.check(package(world))
    with pytest.raises(BadInput, match="別の人") as same:
        world.ward.review.accept(package(world), name)
    assert same.value.code == "review.same_person"
    assert row(world).state is ReportState.RECEIVED


@pytest.mark.parametrize("name", ["", "　", "あ" * 41])
def test_the_one_who_accepts_has_a_name(world, name):
    world.ward.review.set_two_steps(True)
    world.ward.review.check(package(world))
    with pytest.raises(BadInput, match="お名前"):
        world.ward.review.accept(package(world), name)


def test_a_check_is_made_once_and_can_be_taken_back(world):
    world.ward.review.set_two_steps(True)
    world.ward.review.check(package(world))
    with pytest.raises(NotReady, match="みほん 事務さんが確認しています"):
        world.ward.review.check(package(world), "みほん 係長")
    world.ward.review.uncheck(package(world))
    assert row(world).checked_by == ""
    with pytest.raises(NotReady):
        world.ward.review.accept(package(world), "みほん 係長")
    world.ward.review.uncheck(package(world))
    assert life(world)[:2] == [("確認の取り消し", "みほん 事務", ""), ("確認", "みほん 事務", "")]


def test_a_new_revision_is_checked_anew(world):
    world.ward.review.set_two_steps(True)
    world.ward.review.check(package(world))
    old = package(world)
    world.note("east", "版2です。")
    world.receive("ward", world.hand_in("east"))
    assert row(world).checked_by == ""
    with pytest.raises(NotReady, match="新しい版"):
        world.ward.review.check(old)


def test_accepting_locks_what_is_asked_and_checked(world):
    world.ward.review.accept(package(world))
    with pytest.raises(NotReady):
        world.ward.review.comment(package(world), "report", "", "", "あとから")
    with pytest.raises(NotReady):
        world.ward.review.check(package(world))


def test_reopening_what_was_handed_over_opens_the_district_and_becomes_a_new_revision(world):
    world.ward.review.accept(package(world))
    world.receive("east", *world.answers())
    with pytest.raises(NotReady):
        world.note("east", "書けません。")
    world.ward.review.reopen(package(world), "延べ人数の数えまちがい")
    [remark] = world.ward.review.report(package(world)).comments
    assert remark.text.endswith("理由：延べ人数の数えまちがい")
    world.ward.review.send_back(package(world))
    world.receive("east", *world.answers())
    assert [one.text for one in world.east.replies.open_requests(YEAR)] == [remark.text]
    world.note("east", "数えなおしました。")
    [verdict] = world.receive("ward", world.hand_in("east"))
    assert (verdict.verdict, verdict.revision, world.text("ward")) == ("accepted", 2, "数えなおしました。")
    world.ward.review.accept(package(world))
    assert [(one.step.label, one.revision, one.note) for one in world.ward.review.life(EAST, YEAR)] == [
        ("確定", 2, ""),
        ("受け取り", 2, ""),
        ("確認のお願い", 1, "お願い1件"),
        ("もう一度確認", 1, "延べ人数の数えまちがい"),
        ("確定", 1, ""),
        ("受け取り", 1, ""),
    ]


def test_reopening_what_nobody_was_told_yet_needs_no_remark(world):
    world.ward.review.accept(package(world))
    world.ward.review.reopen(package(world), "押しまちがい")
    assert world.ward.review.report(package(world)).comments == ()
    with pytest.raises(BadInput, match="理由"):
        world.ward.review.reopen(package(world), "　")


def test_reopening_asks_for_both_steps_again(world):
    world.ward.review.set_two_steps(True)
    world.ward.review.check(package(world))
    world.ward.review.accept(package(world), "みほん 係長")
    world.ward.review.reopen(package(world), "見直し")
    with pytest.raises(NotReady, match="まだ「確認」"):
        world.ward.review.accept(package(world), "みほん 係長")


def test_what_waits_for_an_answer_is_told_with_its_field_and_age(world):
    status = world.note("east", "人数です。")
    world.receive("ward", world.hand_in("east"))
    due = world.clock.moment.date()
    world.ward.review.comment(package(world), status.table, status.id, "outcome", "もう少し詳しく", due=due)
    world.ward.review.send_back(package(world))
    world.clock.turn(days=3)
    [waiting] = world.ward.review.open_requests(YEAR, EAST)
    assert (waiting.text, waiting.days, waiting.days_late) == ("もう少し詳しく", 3, 3)
    assert waiting.item.startswith("9")
    assert waiting.field == "成果"
    assert (row(world).open_requests, row(world).requests_due) == (1, due)
    assert world.ward.review.open_requests(YEAR, WEST) == ()


def test_a_file_set_aside_stands_in_the_life_of_the_report(world):
    world.clone("east", "twin")
    for name in ("east", "twin"):
        world.note(name, f"{name}の続き")
    world.receive("ward", world.hand_in("east"))
    assert only(world.receive("ward", world.hand_in("twin"))) == ("pending_approval", "report.fork")
    [held] = world.ward.registrations.waiting_decisions()
    world.ward.registrations.discard(held.manifest)
    assert life(world)[0][0] == "使わない版"


def grow(world: World, districts: int) -> None:
    """Put more districts into the ward's store, each with a report that was asked about."""
    with world.ward.context.database.transaction() as stores:
        east = stores.organisations.get(EAST)
        submission = stores.submissions.get(package(world))
        reply = stores.replies.of_package(submission.package_id)
        assert reply is not None
        for number in range(districts):
            org, ids = f"999999-{number + 10:03d}", [f"{kind}{number}" for kind in "pma"]
            stores.organisations.save(replace(east, code=org, name=f"みほん{number}地区部会"))
            copy = replace(submission, org=org, package_id=ids[0], manifest=ids[1])
            stores.submissions.add(copy)
            request = replace(reply.requests[0], package_id=ids[0])
            stores.replies.add(
                replace(reply, answer_id=ids[2], org=org, package_id=ids[0], requests=(request,))
            )
            note_step(stores, ids[0], StepKind.RECEIVED, copy.frozen_at)


def test_seventy_districts_take_no_more_statements_than_two(world):
    ask(world)
    context = world.ward.context
    few = statements_of(context, lambda: world.ward.review.overview(YEAR))
    grow(world, 70)
    many = statements_of(context, lambda: world.ward.review.overview(YEAR))
    assert 0 < many == few <= 20
    rows = world.ward.review.overview(YEAR)
    assert (len(rows), sum(one.open_requests for one in rows)) == (72, 71)


def test_letters_go_to_those_who_owe_something_and_to_nobody_else(world, tmp_path):
    with pytest.raises(NotReady, match="手紙を出す地区部会がありません"):
        world.ward.review.papers.letters(YEAR)
    ask(world)
    text = text_of(world.ward.review.papers.letters(YEAR), tmp_path)
    assert "みほん東地区部会部会長様" in text
    assert "みほん西" not in text
    assert "人数を教えてください。" in text
    assert "電話000-000-0000" in text
    assert "みほん東担当" not in text
    chosen = text_of(world.ward.review.papers.letters(YEAR, [WEST]), tmp_path)
    assert "みほん西地区部会部会長様" in chosen
    assert "途中の報告（提出ファイルと送付票）" in chosen
    assert "令和9年5月31日" in chosen


def test_a_reminder_is_due_from_its_day_in_the_calendar(world):
    calendar, west = world.ward.calendar, row(world, WEST)
    today = world.clock.moment.date()
    assert (west.reminder, west.owes(today)) == (date(2027, 5, 17), False)
    first = next(one for one in calendar.entries(YEAR) if one.kind == "reminder")
    calendar.set_due(first.id, today)
    assert row(world, WEST).reminder == today
    assert row(world, WEST).owes(today)
    assert not row(world).owes(today)


def test_the_reminders_of_an_office_make_no_setup_out_of_date(world):
    first = next(one for one in world.ward.calendar.entries(YEAR) if one.kind == "reminder")
    world.ward.calendar.set_due(first.id, date(2027, 5, 1))
    assert world.ward.setups.current().up_to_date
