"""Keys, submissions with their evidence and chains, review, replies, held packages, the intake's log."""

from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from shakyo_desktop.domain.codes import KeyState, ReplyResult, ReportState
from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.keeping import (
    MAILBOX,
    SIGNING,
    Confirmation,
    EvidenceEntry,
    HeldUsage,
    IntakeLogEntry,
    OwnKey,
    SequenceEntry,
)
from shakyo_desktop.domain.records import RecordRef
from shakyo_desktop.domain.review_steps import ReviewStep, StepKind
from shakyo_desktop.domain.submission import HeldPackage, KeyRegistration, Reply
from tests.storage.samples import (
    JPEG,
    NOW,
    ORG,
    OTHER_ORG,
    YEAR,
    keep_evidence,
    later,
    request,
    sha256,
    submission,
)


def own(public, purpose=MAILBOX, at=NOW):
    return OwnKey(public=public, purpose=purpose, org=ORG, secret=b"secret " + public.encode(), created_at=at)


def test_own_keys_are_kept_after_they_are_retired(database):
    with database.transaction() as stores:
        for key in (own("old"), own("new", at=later(5)), own("sign", SIGNING)):
            stores.keys.add_own(key)
        assert stores.keys.own(MAILBOX) == (own("new", at=later(5)), own("old"))
        stores.keys.retire_own("old", later(9))
        stores.keys.retire_own("old", later(99))
        assert stores.keys.own(MAILBOX) == (own("new", at=later(5)),)
        assert stores.keys.own(MAILBOX, retired=True)[1] == replace(own("old"), retired_at=later(9))
        stores.keys.forget_own()
        assert stores.keys.own(SIGNING, retired=True) == ()


def test_a_private_key_is_not_shown_in_a_traceback():
    assert "secret" not in repr(own("public"))


def registration(key="k1", state=KeyState.PENDING, **changes):
    values = {"key": key, "org": ORG, "certificate": b"der", "enc": "age1x", "check_number": "123456789012"}
    return KeyRegistration(**{**values, "state": state, "first_seen": NOW, **changes})


def test_every_change_of_a_keys_state_is_in_the_log(database):
    active = registration(
        state=KeyState.ACTIVE,
        approved_at=NOW,
        expires_on=date(2029, 9, 12),
        changed_at=NOW,
        note="電話で確認",
    )
    with database.transaction() as stores:
        stores.keys.save(registration(), "受付", NOW)
        stores.keys.save(registration(), "受付", later(1))
        stores.keys.save(active, "見本", later(2), note="番号を入力")
        assert stores.keys.find("k1") == active
        assert stores.keys.find("k2") is None
        lines = [(line.old, line.new, line.who, line.at, line.note) for line in stores.keys.log("k1")]
    assert lines == [
        (None, KeyState.PENDING, "受付", NOW, ""),
        (KeyState.PENDING, KeyState.ACTIVE, "見本", later(2), "番号を入力"),
    ]


def test_registrations_are_found_by_organisation_and_state(database):
    first = registration("k1", KeyState.ACTIVE, expires_on=date(2026, 9, 12))
    second = registration("k2", KeyState.ACTIVE, expires_on=date(2026, 9, 13), first_seen=later(1))
    other = registration("k3", org=OTHER_ORG)
    with database.transaction() as stores:
        for one in (other, first, second):
            stores.keys.save(one, "受付", NOW)
        assert stores.keys.registrations() == (second, first, other)
        assert stores.keys.registrations(ORG) == (second, first)
        assert stores.keys.registrations(states=[KeyState.PENDING]) == (other,)
        assert [line.key for line in stores.keys.log()] == ["k3", "k1", "k2"]


def test_a_submission_comes_back_as_it_was_and_is_found_by_both_names(database):
    with database.transaction() as stores:
        stores.submissions.add(submission())
        assert stores.submissions.get("r-1") == submission()
        assert stores.submissions.by_manifest(submission().manifest) == submission()
        assert stores.submissions.find("r-9") is None
        with pytest.raises(NotFound):
            stores.submissions.get("r-9")
        with pytest.raises(NotFound):
            stores.submissions.replace(submission("r-9"))


def test_the_newest_submission_is_the_highest_revision_that_stands(database):
    revisions = [submission(f"r-{number}", revision=number) for number in (1, 10, 9)]
    with database.transaction() as stores:
        for one in [*revisions, submission("x", org=OTHER_ORG), submission("y", fiscal_year=YEAR - 1)]:
            stores.submissions.add(one)
        assert stores.submissions.newest(ORG, YEAR) == revisions[1]
        stores.submissions.replace(replace(revisions[1], state=ReportState.WITHDRAWN))
        assert stores.submissions.newest(ORG, YEAR) == revisions[2]
        assert [one.revision for one in stores.submissions.of_report(ORG, YEAR)] == [10, 9, 1]
        assert [one.package_id for one in stores.submissions.of_year(YEAR)] == ["r-10", "r-9", "r-1", "x"]
        assert [one.package_id for one in stores.submissions.of_org(ORG)] == ["r-10", "r-9", "r-1", "y"]
        assert stores.submissions.newest(OTHER_ORG, YEAR - 1) is None


def test_one_package_cannot_be_two_submissions(database):
    with database.transaction() as stores:
        stores.submissions.add(submission())
    with pytest.raises(IntegrityError), database.transaction() as stores:
        stores.submissions.add(submission("r-2", manifest=submission().manifest))


def test_evidence_keeps_its_order_and_shares_its_bytes(database):
    manifest = submission().manifest
    with database.transaction() as stores:
        stores.blobs.put(sha256(JPEG), JPEG)
        keep_evidence(stores, manifest, [("mimetype", b"asic"), ("a", b"asic"), ("b", b"b")])
        keep_evidence(stores, manifest, [("mimetype", b"asic"), ("photos/1.jpg", JPEG)])
        assert stores.submissions.evidence(manifest) == (
            EvidenceEntry(0, "mimetype", sha256(b"asic"), 4),
            EvidenceEntry(1, "photos/1.jpg", sha256(JPEG), len(JPEG)),
        )
        stores.submissions.link_evidence("m2", stores.submissions.evidence(manifest))
        assert stores.submissions.evidence_bytes("m2", "photos/1.jpg") == JPEG
        assert stores.blobs.unreferenced() == {sha256(b"b")}
        with pytest.raises(NotFound):
            stores.submissions.evidence_bytes(manifest, "b")


def place(seq, manifest, recipient="990011", package_id="r"):
    values = {"key": "k", "recipient": recipient, "seq": seq, "package_id": package_id}
    return SequenceEntry(manifest=manifest, kind="report", at=NOW, prev="m8", **values)


def test_a_chain_is_per_key_and_recipient_and_remembers_forks(database):
    with database.transaction() as stores:
        for entry in (
            place(10, "m10"),
            place(9, "m9"),
            place(1, "x", "990012"),
            place(9, "n9", package_id="q"),
        ):
            stores.submissions.note_sequence(entry)
        stores.submissions.note_sequence(place(99, "m9"))
        assert [entry.seq for entry in stores.submissions.sequence("k", "990011")] == [9, 9, 10]
        assert stores.submissions.last_sequence("k", "990011") == place(10, "m10")
        assert stores.submissions.last_sequence("other", "990011") is None
        assert len(stores.submissions.sequence("k")) == 4
        assert [one.manifest for one in stores.submissions.sequence_by_package_id("q")] == ["n9"]


def test_the_chairs_word_is_kept_once(database):
    word = Confirmation(ORG, YEAR, "見本太郎", NOW, "hash")
    with database.transaction() as stores:
        stores.submissions.confirm(replace(word, content="old"))
        stores.submissions.confirm(word)
        assert stores.submissions.confirmation(ORG, YEAR) == word
        assert stores.submissions.confirmation(ORG, YEAR - 1) is None


def test_comments_and_marks_belong_to_one_submission(database):
    ref = RecordRef("activities", "a-1")
    with database.transaction() as stores:
        stores.review.save_comment(request("q-1"), "事務", later(2))
        stores.review.save_comment(request("q-2"), "事務", later(1))
        stores.review.save_comment(request("q-3", package_id="r-2"), "事務", NOW)
        assert stores.review.comments("r-1") == (request("q-2"), request("q-1"))
        stores.review.save_comment(request("q-2", text="直した", due=None), "事務", later(1))
        assert stores.review.find_comment("q-2") == request("q-2", text="直した", due=None)
        stores.review.remove_comment("q-2")
        assert stores.review.comments("r-1") == (request("q-1"),)
        stores.review.mark("r-1", ref, "事務", NOW)
        stores.review.mark("r-1", ref, "別の人", later(1))
        assert (stores.review.marks("r-1"), stores.review.marks("r-2")) == ({ref}, frozenset())


def reply(answer_id="n-1", **changes):
    values = {
        "answer_id": answer_id,
        "package_id": "r-1",
        "manifest": "m",
        "org": ORG,
        "office": "990011",
        "received_at": NOW,
        "result": ReplyResult.ACCEPTED_WITH_REQUESTS,
        "receipt_no": "R8-3",
        "last_seq": 5,
        "created_at": NOW,
        "requests": (request("q-2"), request("q-1", due=None)),
    }
    return Reply(**{**values, **changes})


def test_a_reply_comes_back_with_its_requests_in_order(database):
    practices = ({"id": "x", "title": "よい例"},)
    newer = reply("n-2", created_at=later(1), requests=(request("q-9"),))
    with database.transaction() as stores:
        stores.replies.add(reply(), b"sealed", practices, "990011-01-answer-R8-3.shakyo")
        stores.replies.add(newer)
        assert stores.replies.find("n-1") == reply()
        assert stores.replies.of_package("r-1") == newer
        assert stores.replies.all() == stores.replies.all(ORG, ["r-1"]) == (newer, reply())
        assert stores.replies.all(OTHER_ORG) == stores.replies.all(package_ids=[]) == ()
        assert stores.replies.sealed("n-1") == b"sealed"
        assert stores.replies.shared_practices("n-1") == practices
        assert stores.replies.find("n-9") is None


def test_the_writing_of_a_replys_file_is_noted(database):
    with database.transaction() as stores:
        stores.replies.add(reply("n-0"))
        with pytest.raises(NotFound):
            stores.replies.sealed("n-0")
        stores.replies.add(reply(), b"file", file_name="name.shakyo")
        assert stores.replies.files() == {"n-0": ("", None), "n-1": ("name.shakyo", None)}
        stores.replies.set_written("n-1", NOW)
        assert stores.replies.files()["n-1"][1].startswith("2026-09-12T05:04:03")


def test_the_districts_tick_on_a_request_is_kept(database):
    with database.transaction() as stores:
        stores.replies.add(reply())
        stores.replies.set_done("q-2", False)
        assert [one.done for one in stores.replies.find("n-1").requests] == [False, True]
        with pytest.raises(NotFound):
            stores.replies.set_done("q-9", True)


def test_receipt_numbers_count_per_office_and_year_and_not_in_vain(database):
    with database.transaction() as stores:
        assert [stores.replies.next_receipt_number("990011", YEAR) for _ in range(2)] == [1, 2]
        assert stores.replies.next_receipt_number("990011", YEAR + 1) == 1
    with suppress(RuntimeError), database.transaction() as stores:
        assert stores.replies.next_receipt_number("990011", YEAR) == 3
        raise RuntimeError
    with database.transaction() as stores:
        assert stores.replies.next_receipt_number("990011", YEAR) == 3


def held(manifest="m", **changes):
    values = {"manifest": manifest, "org": ORG, "key": "k", "enc": "age1x", "check_number": "1" * 12}
    more = {"code": "key.pending", "received_at": NOW, "seq": 1, "size": 6, "file_name": "a.shakyo"}
    return HeldPackage(**{**values, **more, **changes})


def test_held_packages_come_in_the_order_they_are_taken_in(database):
    second, other = held("m2", seq=10), held("m3", key="j", org=OTHER_ORG, code="report.fork", size=100)
    with database.transaction() as stores:
        for one in (second, held(seq=9), other):
            stores.held.put(one, b"sealed")
        assert stores.held.all() == (other, held(seq=9), second)
        assert stores.held.all(key="k") == (held(seq=9), second)
        assert stores.held.all(org=OTHER_ORG) == stores.held.all(code="report.fork") == (other,)
        assert stores.held.usage() == HeldUsage(3, 112)
        assert stores.held.usage(key="k") == HeldUsage(2, 12)
        assert stores.held.usage(org="nobody") == HeldUsage(0, 0)
        assert stores.held.find("m3") == other
        assert stores.held.find("m9") is None


def test_a_released_package_leaves_no_bytes_behind_unless_another_needs_them(database):
    with database.transaction() as stores:
        stores.held.put(held(), b"sealed")
        stores.held.put(held("m2"), b"sealed")
        stores.held.put(held(code="report.fork"), b"sealed")
        assert stores.held.find("m").code == "report.fork"
        stores.held.remove("m")
        assert stores.held.sealed("m2") == b"sealed"
        stores.held.remove("m2")
        stores.held.remove("m2")
        assert stores.blobs.missing([sha256(b"sealed")])
        with pytest.raises(NotFound):
            stores.held.sealed("m2")


def test_the_intakes_log_shows_the_newest_first(database):
    entry = IntakeLogEntry(
        file_name="a.shakyo", verdict="refused", code="sig.bad", at=NOW, manifest="m", org=ORG, who="事務"
    )
    with database.transaction() as stores:
        numbers = [stores.intake_log.append(entry) for _ in range(3)]
        assert stores.intake_log.newest(2) == tuple(replace(entry, id=n) for n in reversed(numbers[1:]))


def test_the_lines_of_one_import_are_found_by_its_name_and_by_its_packages(database):
    entry = IntakeLogEntry(file_name="a.shakyo", verdict="accepted", code="", at=NOW, manifest="m", run="one")
    with database.transaction() as stores:
        for line in (entry, replace(entry, manifest="n"), replace(entry, verdict="undone", run="")):
            stores.intake_log.append(line)
        assert [line.manifest for line in stores.intake_log.of_run("one")] == ["m", "n"]
        assert [line.verdict for line in stores.intake_log.of_manifests(["m"])] == ["accepted", "undone"]


def test_the_steps_of_a_review_come_back_in_their_order(database):
    step = ReviewStep(package_id="p", step=StepKind.CHECKED, by="みほん 一郎", at=NOW)
    reopened = replace(step, step=StepKind.REOPENED, note="人数を聞きなおす")
    with database.transaction() as stores:
        for one in (step, reopened, replace(step, package_id="q")):
            stores.review.add_step(one)
        found = stores.review.steps(["p", "q", "none"])
    kinds = {package_id: [one.step for one in steps] for package_id, steps in found.items()}
    assert kinds == {"p": [StepKind.CHECKED, StepKind.REOPENED], "q": [StepKind.CHECKED]}
    assert found["p"][1].note == "人数を聞きなおす"
