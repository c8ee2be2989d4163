"""代行入力: the ward keys a district's paper and reports it; what a district signed itself never changes."""

import pytest

from shakyo_desktop.domain.checks import Level
from shakyo_desktop.domain.codes import Assembly, ReportState, Stage
from shakyo_desktop.domain.errors import BadInput, NotReady, ShakyoError
from shakyo_desktop.domain.forms.layout import FormCode
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.exchange.evidence import verify_evidence
from shakyo_desktop.services.kept_reports import records_of, signed_entries
from shakyo_desktop.services.keying import KeyingService
from shakyo_desktop.services.proxy_reports import ProxyReportService, ProxyState
from shakyo_desktop.services.sent_packages import write_kept
from tests.documents.pdf_reading import text_of
from tests.services.loop.world import EAST, ITEM, PLAN, WEST, YEAR, World, only, unchanged

NUMBER = "紙-12"


def key_diary(world: World, org: str = WEST, row: str = "1", place: str = "みほん公民館") -> None:
    """One row of the activity sheet of a district, keyed at the ward."""
    keying = KeyingService(world.ward.context, org)
    sheet = keying.sheet(FormCode.F1, YEAR)
    for number, text in {"1": "0901", "2": str(ITEM), "3": "1", "4": place, "5": "24", "6": "5"}.items():
        keying.key(sheet, f"{row}-{number}", text)


def key_item(world: World, org: str = WEST, **boxes: str) -> None:
    """Boxes of the item on F4, by the field they hold."""
    keying = KeyingService(world.ward.context, org)
    for page in range(1, 14):
        sheet = keying.sheet(FormCode.F4, YEAR, page)
        for row in sheet.page.rows:
            for box, target in row.pairs():
                if getattr(target, "item_number", None) == ITEM and box.field in boxes:
                    keying.key(sheet, box.number, boxes[box.field])


def proxy(world: World) -> ProxyReportService:
    return ProxyReportService(world.ward.context)


def state(world: World, org: str = WEST) -> ProxyState:
    return proxy(world).state(org, YEAR, Stage.INTERIM)


def report(world: World, org: str = WEST, number: str = NUMBER, name: str = "みほん 部会長") -> Submission:
    world.clock.turn(minutes=1)
    return proxy(world).report(org, YEAR, Stage.INTERIM, Assembly.NONE, name, number)


def settle(world: World, org: str = WEST) -> None:
    for problem in state(world, org).open:
        assert problem.level is Level.SOFT, problem.message
        proxy(world).answer(org, problem, "紙に理由がありました")


def reported(world: World, org: str = WEST) -> Submission:
    key_diary(world, org)
    key_item(world, org, state="3", outcome="集まりが増えました。")
    settle(world, org)
    return report(world, org)


def texts(world: World, submission: Submission) -> set[str]:
    with world.ward.context.database.reading() as stores:
        return {one.outcome for one in records_of(stores, submission).item_statuses if one.outcome}


def refusal(work, kind: type[ShakyoError] = NotReady) -> ShakyoError:
    with pytest.raises(kind) as refused:
        work()
    return refused.value


def test_a_keyed_year_becomes_a_report_signed_by_the_ward_and_received(world):
    made = reported(world)
    assert (made.org, made.revision, made.state) == (WEST, 1, ReportState.RECEIVED)
    assert (made.paper_no, made.chair_name, made.is_proxy) == (NUMBER, "みほん 部会長", True)
    assert made.key == world.ward.settings.own_keys().key
    with world.ward.context.database.reading() as stores:
        proven = verify_evidence(signed_entries(stores, made.manifest), without_photos=True)
    assert proven.manifest == made.manifest
    assert (proven.info.sender.org, proven.info.report.org) == ("999999", WEST)
    row = next(one for one in world.ward.review.overview(YEAR) if one.org == WEST)
    assert (row.state, row.revision, row.proxy) == (ReportState.RECEIVED, 1, True)
    assert texts(world, made) == {"集まりが増えました。"}


def test_a_keyed_report_as_a_file_is_nothing_new_to_its_ward_and_refused_elsewhere(world):
    made = reported(world)
    file = write_kept(world.ward.context, made.manifest, world.stick, "keyed.shakyo").path
    assert unchanged(world, "ward", lambda: world.ward.intake.receive([file]))
    assert only(world.receive("ward", file)) == ("already_received", "")
    assert only(world.receive("west", file))[0] == "refused"


def test_every_signature_verifies_and_the_life_of_the_report_names_the_paper(world):
    made = reported(world)
    findings = world.ward.doctor.examine()
    assert [one.message for one in findings if one.area == "signatures" and not one.ok] == []
    with world.ward.context.database.reading() as stores:
        assert made.manifest in {one.manifest for one in stores.submissions.sequence(made.key)}
    [line] = world.ward.review.life(WEST, YEAR)
    assert line.note == f"代行入力　受付番号 {NUMBER}"
    assert made.received_at is not None


def test_the_number_of_the_chairs_paper_is_needed_and_used_once(world):
    key_diary(world)
    key_item(world, state="3", outcome="集まりが増えました。")
    settle(world)
    before = world.dump("ward")
    assert refusal(lambda: report(world, number="　"), BadInput).code == "proxy.number"
    assert refusal(lambda: report(world, name=""), BadInput).code == "proxy.chair_name"
    assert world.dump("ward") == before
    report(world, number="１２")
    proxy(world).undo(state(world).last.package_id)
    made = report(world, number="12")
    assert made.revision == 2
    world.ward.roster.add("みほん南地区部会")
    south = "999999-03"
    key_diary(world, south)
    key_item(world, south, state="3", outcome="みほん")
    settle(world, south)
    again = refusal(lambda: report(world, south, number="１２"), BadInput)
    assert again.code == "proxy.number_used"
    assert "みほん西地区部会の令和8年度の第2版" in again.message


def test_what_is_open_is_named_with_its_box_and_stops_the_report(world):
    key_diary(world)
    key_item(world, state="5")
    found = state(world)
    hard = next(one for one in found.open if one.level is Level.HARD)
    assert hard.field == "state_reason"
    place = found.places[hard]
    assert (place.sheet.org, place.sheet.form) == (WEST, FormCode.F4)
    assert "取組状況報告書" in place.words
    sheet = KeyingService(world.ward.context, WEST).open_sheet(place.sheet)
    assert sheet.box(place.box).field == "state_reason"
    assert refusal(lambda: report(world)).code == "submission.problems"


def test_a_row_of_the_diary_that_is_open_leads_to_its_sheet(world):
    key_diary(world)
    keying = KeyingService(world.ward.context, WEST)
    keying.key(keying.sheet(FormCode.F1, YEAR), "1-1", "")
    found = state(world)
    place = next(found.places[one] for one in found.open if one.field == "held_on")
    assert (place.sheet.form, place.box) == (FormCode.F1, "1-1")


def test_nothing_keyed_is_no_report(world):
    assert state(world).keyed == 0
    assert refusal(lambda: report(world)).code == "proxy.empty"


def test_a_report_is_accepted_and_answered_on_paper_without_a_file(world):
    made = reported(world)
    world.ward.review.accept(made.package_id)
    [row] = [one for one in world.ward.answers.ready() if one.package_id == made.package_id]
    assert (row.on_paper, row.waits) == (True, False)
    assert world.answers() == ()
    assert refusal(lambda: world.ward.answers.write(world.stick, [row.answer_id])).code == "answer.on_paper"
    receipt = text_of(world.ward.answers.receipt(made.package_id), world.stick)
    assert f"代行入力紙の受付番号{NUMBER}" in receipt
    assert "提出ファイル" not in receipt
    locked = refusal(lambda: key_diary(world, row="2"))
    assert locked.code == "proxy.accepted"


def test_a_report_is_taken_back_with_everything_keyed_and_made_again(world):
    first = reported(world)
    assert refusal(lambda: key_diary(world, row="2")).code == "proxy.reported"
    proxy(world).undo(first.package_id)
    assert state(world).last is None
    row = next(one for one in world.ward.review.overview(YEAR) if one.org == WEST)
    assert row.state is None
    key_diary(world, row="2", place="みほん会館")
    settle(world)
    second = report(world)
    assert (second.revision, second.supersedes) == (2, None)
    with world.ward.context.database.reading() as stores:
        assert {one.venue for one in records_of(stores, second).activities} == {"みほん公民館", "みほん会館"}


def test_a_correction_the_ward_asked_for_is_keyed_and_becomes_the_next_version(world):
    first = reported(world)
    world.ward.review.comment(first.package_id, "report", "", "", "成果を書き足してください。")
    world.ward.review.send_back(first.package_id)
    key_item(world, outcome="直した成果です。")
    compiled = world.ward.compilation.compile(PLAN, YEAR, include_unconfirmed=True)
    lines = next(item for item in compiled.items if item.item_number == ITEM).districts
    assert {one.outcome for one in lines if one.org == WEST} == {"集まりが増えました。"}
    assert refusal(lambda: report(world), BadInput).code == "proxy.number_used"
    second = report(world, number="紙-13")
    assert (second.revision, second.supersedes) == (2, first.package_id)
    assert texts(world, second) == {"直した成果です。"}
    assert texts(world, first) == {"集まりが増えました。"}
    differences = world.ward.intake.differences(second.package_id)
    changes = {(one.label, one.old_text, one.new_text) for one in differences}
    assert ("成果", "集まりが増えました。", "直した成果です。") in changes


def test_what_a_district_signed_itself_is_never_keyed_over(world):
    before = world.dump("ward")
    refused = refusal(lambda: key_diary(world, EAST))
    assert refused.code == "proxy.own_report"
    assert "パソコンで提出しています" in refused.message
    assert refusal(lambda: report(world, EAST)).code == "proxy.own_report"
    assert "パソコンで提出しています" in state(world, EAST).locked
    assert world.dump("ward") == before


def test_a_district_that_gets_a_computer_is_held_beside_what_was_keyed_for_it(world):
    keyed = reported(world)
    world.ward.review.accept(keyed.package_id)
    world.receive("ward", world.hand_in("west"))
    assert only(world.approve("west", WEST)) == ("pending_approval", "report.fork")
    [waiting] = world.ward.registrations.waiting_decisions()
    world.ward.registrations.use_version(waiting.manifest)
    assert [one.is_proxy for one in world.ward.review.revisions(WEST, YEAR)].count(True) == 1
    assert texts(world, keyed) == {"集まりが増えました。"}
    assert refusal(lambda: key_diary(world)).code == "proxy.own_report"


def test_what_was_keyed_is_made_anew_from_its_boxes_after_a_file_came_and_was_taken_back(world):
    key_diary(world)
    world.receive("ward", world.hand_in("west"))
    assert only(world.approve("west", WEST)) == ("accepted", "")
    assert refusal(lambda: key_diary(world, row="2")).code == "proxy.own_report"
    [own] = world.ward.review.revisions(WEST, YEAR)
    world.ward.intake.undo(own.package_id)
    keying = KeyingService(world.ward.context, WEST)
    keying.key(keying.sheet(FormCode.F1, YEAR), "1-5", "25")
    with world.ward.context.database.reading() as stores:
        [activity] = stores.records.year(WEST, YEAR).activities
    assert (activity.venue, activity.participants, activity.helpers) == ("みほん公民館", 25, 5)


def test_a_new_computer_gets_back_what_was_keyed_for_its_district(world):
    keyed = reported(world)
    world.ward.review.accept(keyed.package_id)
    world.receive("ward", world.hand_in("west"))
    world.approve("west", WEST)
    [waiting] = world.ward.registrations.waiting_decisions()
    world.ward.registrations.discard(waiting.manifest)
    [answer] = world.answers()
    assert only(world.receive("west", answer)) == ("accepted", "")
    with world.west.context.database.reading() as stores:
        here = stores.records.year(WEST, YEAR)
    assert {"みほん公民館", "みほん自治会館"} <= {one.venue for one in here.activities}
    assert world.freeze("west").supersedes == keyed.package_id
