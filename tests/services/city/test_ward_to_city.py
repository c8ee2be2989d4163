"""The loop one level up: a ward joins its city, sends its report, and both know what became of it."""

import io
import json
from dataclasses import replace

import pytest

from shakyo_desktop.domain.codes import ReportState, Stage
from shakyo_desktop.domain.compilation import FindingScope
from shakyo_desktop.domain.errors import NotReady, WrongNumber
from shakyo_desktop.exchange.evidence import verify_evidence
from shakyo_desktop.services.kept_reports import signed_entries
from tests.services.city.world import CITY, CityWorld
from tests.services.loop.world import EAST, PLAN, WARD, YEAR, only, unchanged


def code_of(error: pytest.ExceptionInfo[NotReady]) -> str:
    return error.value.code


def test_a_ward_without_a_city_is_told_what_to_do(founded: CityWorld):
    assert founded.ward.ward_report.city() is None
    made = founded.compile()
    before = founded.dump("ward")
    with pytest.raises(NotReady, match="市への提出") as refused:
        founded.ward.ward_report.freeze(made.id)
    assert code_of(refused) == "ward_report.no_city"
    assert founded.dump("ward") == before


def test_a_ward_joins_its_city_with_the_number_of_its_slip(founded: CityWorld):
    file = founded.city_setup()
    assert unchanged(founded, "ward", lambda: founded.receive("ward", file))
    [verdict] = founded.receive("ward", file)
    assert (verdict.verdict, verdict.code) == ("refused", "setup.other_key")
    assert "市への提出" in verdict.message
    with pytest.raises(WrongNumber):
        founded.ward.setups.accept_new_office_key(file.read_bytes(), "000000000000")
    founded.join_city()
    city = founded.ward.ward_report.city()
    assert city is not None
    assert (city.org, city.serial, city.plans) == (CITY, 1, (PLAN,))
    assert only(founded.receive("ward", file)) == ("already_received", "")


def test_the_citys_own_setup_is_nothing_new_to_it(founded: CityWorld):
    file = founded.city_setup()
    assert unchanged(founded, "city", lambda: founded.receive("city", file))
    assert only(founded.receive("city", file)) == ("already_received", "")


def test_the_first_report_waits_for_the_number_of_its_cover_sheet(joined: CityWorld):
    file = joined.send()
    assert file.name == f"{WARD}-{YEAR}-v1.shakyo"
    [verdict] = joined.receive("city", file)
    assert (verdict.verdict, verdict.code, verdict.sender) == ("pending_approval", "key.pending", WARD)
    assert only(joined.approve_ward()) == ("accepted", "")
    assert only(joined.receive("city", file)) == ("already_received", "")


def test_what_the_city_keeps_is_what_the_ward_signed(known: CityWorld):
    with known.city.context.database.reading() as stores:
        kept = stores.submissions.newest(WARD, YEAR)
        assert kept is not None
        evidence = verify_evidence(signed_entries(stores, kept.manifest), without_photos=True)
        compiled = stores.compilations.newest(WARD, PLAN, YEAR)
    assert (kept.state, kept.stage, kept.revision) == (ReportState.RECEIVED, Stage.FINAL, 1)
    assert (evidence.manifest, evidence.info.sender.org) == (kept.manifest, WARD)
    sent = known.ward.compilation.newest(PLAN, YEAR)
    assert sent is not None
    assert compiled is not None
    assert (compiled.items, compiled.findings, compiled.council) == (sent.items, sent.findings, sent.council)
    assert [one.manifest for one in compiled.sources] == [one.manifest for one in sent.sources]
    dumped = known.dump("city")
    assert compiled.id in dumped
    assert f"districts/{EAST}/signature001.p7s" in dumped
    assert all(finding.ok for finding in known.city.doctor.examine())


def test_the_figures_equal_a_recount_of_the_nested_records(known: CityWorld):
    """Plain Python over the signed lines; nothing of the program's own counting."""
    with known.city.context.database.reading() as stores:
        kept = stores.submissions.newest(WARD, YEAR)
        assert kept is not None
        entries = signed_entries(stores, kept.manifest)
    sums = [json.loads(line) for line in entries["data/activity_totals.ndjson"].splitlines()]
    statuses = [
        json.loads(line)
        for name, data in entries.items()
        if name.startswith("districts/") and name.endswith("/item_statuses.ndjson")
        for line in data.splitlines()
    ]
    assert statuses
    for line in sums:
        stated = [
            {**one["counted_totals"], **one["typed_totals"]}.get(line["code"])
            for one in statuses
            if one["item_number"] == line["item_number"]
        ]
        found = [value for value in stated if value is not None]
        if line["org"] is None and line["fiscal_year"] == YEAR and line["code"] != "unique_persons":
            assert line["total"] == (sum(found) if found else None)
            assert line["stated"] == len(found)


def test_again_writes_the_same_package(joined: CityWorld):
    made = joined.compile()
    first = joined.ward.ward_report.freeze(made.id)
    again = joined.ward.ward_report.freeze(made.id)
    assert first == again
    files = [joined.write_report(first.package_id, folder) for folder in ("one", "two")]
    [before, after] = [joined.city.intake.judge([file])[0] for file in files]
    assert before.manifest == after.manifest == first.manifest
    assert only(joined.receive("ward", files[0])) == ("already_received", "")


def test_the_next_version_follows_and_replaces(known: CityWorld):
    file = known.send()
    assert file.name == f"{WARD}-{YEAR}-v2.shakyo"
    [newest, first] = [one.submission for one in known.ward.ward_report.sent(YEAR)]
    assert (newest.seq, newest.prev, newest.supersedes) == (2, first.manifest, first.package_id)
    assert only(known.receive("city", file)) == ("accepted", "")
    with known.city.context.database.reading() as stores:
        assert [one.revision for one in stores.submissions.of_report(WARD, YEAR)] == [2, 1]
        assert [one.version for one in stores.compilations.versions(WARD, PLAN, YEAR)] == [2, 1]


def test_an_older_version_that_comes_late_changes_nothing(joined: CityWorld):
    first, second = joined.send(), joined.send()
    joined.receive("city", second)
    joined.approve_ward()
    assert unchanged(joined, "city", lambda: joined.receive("city", first))
    assert only(joined.receive("city", first)) == ("refused", "report.revision")


def test_a_version_the_council_has_not_verified_is_sent_only_on_purpose(joined: CityWorld):
    made = joined.compile(approved=False)
    with pytest.raises(NotReady, match="検証を終えていません") as refused:
        joined.ward.ward_report.freeze(made.id)
    assert code_of(refused) == "ward_report.unverified"
    assert joined.ward.ward_report.freeze(made.id, unverified=True).stage is Stage.INTERIM


def test_a_version_that_was_sent_stays_as_it_is(joined: CityWorld):
    made = joined.compile(approved=False)
    joined.ward.ward_report.freeze(made.id, unverified=True)
    assert not joined.ward.compilation.is_open(made.id)
    with pytest.raises(NotReady) as refused:
        joined.ward.compilation.write_council(made.id, "attendance", "12人")
    assert code_of(refused) == "compile.sent"
    assert joined.freeze_report().revision == 2


def test_a_version_older_than_the_one_sent_is_not_sent(joined: CityWorld):
    first = joined.compile()
    joined.freeze_report()
    with pytest.raises(NotReady, match="もう第2版") as refused:
        joined.ward.ward_report.freeze(first.id)
    assert code_of(refused) == "ward_report.older"


def test_a_plan_the_city_does_not_know_is_not_sent(joined: CityWorld):
    with joined.ward.context.database.transaction() as stores:
        own = replace(stores.plans.get(PLAN), id="mihon-ku", name="みほん区計画")
        stores.plans.save(own, joined.clock.moment)
    made = joined.ward.compilation.compile("mihon-ku", YEAR, include_unconfirmed=True)
    with pytest.raises(NotReady, match="市の計画の取りまとめ") as refused:
        joined.ward.ward_report.freeze(made.id, unverified=True)
    assert code_of(refused) == "ward_report.plan"


def test_photos_travel_with_consent_only_and_on_request(joined: CityWorld):
    made = joined.compile()
    submission = joined.ward.ward_report.freeze(made.id, with_photos=False)
    with joined.ward.context.database.reading() as stores:
        names = [one.name for one in stores.submissions.evidence(submission.manifest)]
    assert not [name for name in names if name.startswith("photos/")]
    with_photos = joined.freeze_report()
    with joined.ward.context.database.reading() as stores:
        names = [one.name for one in stores.submissions.evidence(with_photos.manifest)]
    assert len([name for name in names if name.startswith("photos/")]) == 1


def test_a_revision_that_comes_after_the_year_was_sent_waits_for_a_person(known: CityWorld):
    known.note("east", "あとから直しました。")
    file = known.hand_in("east")
    before = known.dump("ward")
    assert known.ward.intake.judge([file])[0].code == "report.city"
    assert known.dump("ward") == before
    assert only(known.receive("ward", file)) == ("pending_approval", "report.city")
    assert known.text("ward") == "集まりが増えました。"
    [held] = known.ward.registrations.waiting_decisions()
    assert known.ward.registrations.use_version(held.manifest).verdict == "accepted"
    assert known.text("ward") == "あとから直しました。"
    assert known.ward.compilation.stale(known.ward.compilation.newest(PLAN, YEAR))


def test_a_first_report_that_comes_after_the_year_was_sent_waits_too(known: CityWorld):
    known.receive("ward", known.hand_in("west"))
    number = known.west.settings.check_number()
    assert only(known.ward.registrations.approve_matching("999999-02", number)) == (
        "pending_approval",
        "report.city",
    )
    other_year = [held.code for held in known.ward.registrations.waiting_decisions()]
    assert other_year == ["report.city"]


def test_the_city_takes_an_import_back_and_in_again(known: CityWorld):
    [file] = (known.stick / "city").iterdir()
    with known.city.context.database.reading() as stores:
        kept = stores.submissions.newest(WARD, YEAR)
    assert kept is not None
    known.city.intake.undo(kept.package_id)
    with known.city.context.database.reading() as stores:
        assert stores.compilations.newest(WARD, PLAN, YEAR) is None
    assert only(known.receive("city", file)) == ("accepted", "")
    with known.city.context.database.reading() as stores:
        assert stores.compilations.newest(WARD, PLAN, YEAR) is not None


def test_the_city_answers_and_the_ward_knows(known: CityWorld):
    [waiting] = known.city.review.undecided()
    known.city.review.accept(waiting.package_id)
    folder = known.stick / "city-answers"
    folder.mkdir()
    [written] = known.city.answers.write(folder)
    assert known.city.answers.receipt(waiting.package_id).startswith(b"%PDF")
    assert only(known.receive("ward", written.path)) == ("accepted", "")
    [sent] = known.ward.ward_report.sent(YEAR)
    assert (sent.submission.state, sent.reply is not None) == (ReportState.ACCEPTED, True)
    assert not [row for row in known.ward.answers.ready() if row.org == WARD]
    [registration] = known.city.registrations.registrations()
    assert registration.expires_on is not None
    days = (registration.expires_on - known.city.context.today()).days
    known.clock.turn(days=days - 61)
    assert known.ward.replies.registration_end() is None
    known.clock.turn(days=1)
    assert known.ward.replies.registration_end() == registration.expires_on


def test_the_cover_sheet_is_one_page(joined: CityWorld):
    submission = joined.freeze_report()
    data = joined.ward.ward_report.cover_sheet(submission.package_id)
    assert data.startswith(b"%PDF")
    assert io.BytesIO(data).getbuffer().nbytes > 10_000


def test_the_restored_ward_goes_on_with_a_higher_number(known: CityWorld):
    from shakyo_desktop.services.own_sequence import jump_ahead

    with known.ward.context.database.transaction() as stores:
        jump_ahead(stores, known.key("ward"), WARD, known.clock())
    submission = known.freeze_report()
    assert (submission.seq > 1000, submission.prev) == (True, None)
    assert only(known.receive("city", known.write_report(submission.package_id))) == ("accepted", "")


def test_words_that_do_not_fit_into_a_line_are_named_before_anything_is_signed(joined: CityWorld):
    made = joined.compile(approved=False)
    joined.ward.compilation.write_finding(made.id, FindingScope.WHOLE, 0, "outcome", "あ" * 2001)
    with pytest.raises(NotReady, match="長すぎる文章") as refused:
        joined.ward.ward_report.freeze(made.id, unverified=True)
    assert code_of(refused) == "ward_report.words"
    assert joined.ward.ward_report.sent(YEAR) == ()


def test_the_longest_words_that_are_let_in_fit_into_their_line(joined: CityWorld):
    made = joined.compile(approved=False)
    for field in ("outcome", "challenge", "approach"):
        joined.ward.compilation.write_finding(made.id, FindingScope.WHOLE, 0, field, "あ" * 2000)
    joined.ward.compilation.write_council(made.id, "verification", "い" * 2000)
    frozen = joined.ward.ward_report.freeze(made.id, unverified=True)
    file = joined.write_report(frozen.package_id)
    assert joined.city.intake.judge([file])[0].code == "key.pending"


def test_photos_that_do_not_fit_can_be_left_out(joined: CityWorld, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("shakyo_desktop.services.ward_freezing.MAX_PHOTOS", 0)
    made = joined.compile()
    before = joined.dump("ward")
    with pytest.raises(NotReady, match="写真を入れずに") as refused:
        joined.ward.ward_report.freeze(made.id)
    assert code_of(refused) == "ward_report.size"
    assert joined.dump("ward") == before
    assert joined.ward.ward_report.freeze(made.id, with_photos=False).revision == 1
