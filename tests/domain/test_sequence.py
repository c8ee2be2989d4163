from dataclasses import replace

import pytest

from shakyo_desktop.domain.codes import ReportState, Stage
from shakyo_desktop.domain.sequence import (
    WARNING_TEXT,
    IncomingReport,
    KnownPackage,
    RevisionKind,
    SequenceKind,
    judge_revision,
    judge_sequence,
)
from tests.factories import make_submission

KNOWN = (
    KnownPackage(1, "m1", "p1", None),
    KnownPackage(2, "m2", "p2", "m1"),
    KnownPackage(5, "m5", "p5", "m4"),
)

# name → seq, manifest, prev, package_id, kind, code, warning
SEQUENCES = {
    "the same file again": (2, "m2", "m1", "p2", "already_received", None, None),
    "the same number, another content": (2, "x", "m1", "px", "fork", "seq.fork", None),
    "the next number": (6, "m6", "m5", "p6", "new", None, None),
    "the next number, broken chain": (6, "m6", "x", "p6", "refused", "seq.chain", None),
    "the next number, no chain": (6, "m6", None, "p6", "refused", "seq.chain", None),
    "a lower number not seen": (3, "m3", "m2", "p3", "late", None, "seq.late"),
    "a lower number that does not chain": (3, "m3", "x", "p3", "refused", "seq.chain", None),
    "a lower number that its successor names": (4, "m4", "m3", "p4", "late", None, "seq.late"),
    "a lower number that its successor does not name": (4, "x", "m3", "p4", "refused", "seq.chain", None),
    "a gap": (9, "m9", "m8", "p9", "gap", None, "seq.gap"),
    "a jump after a restore": (1006, "m", None, "p", "gap", None, "seq.gap"),
    "an identity used twice": (6, "m6", "m5", "p2", "refused", "seq.package_id", None),
    "number and identity of another content": (2, "x", "m1", "p2", "refused", "seq.package_id", None),
}


@pytest.mark.parametrize(
    ("seq", "manifest", "prev", "package_id", "kind", "code", "warning"),
    SEQUENCES.values(),
    ids=SEQUENCES,
)
def test_a_package_is_judged_by_its_number(
    seq: int,
    manifest: str,
    prev: str | None,
    package_id: str,
    kind: str,
    code: str | None,
    warning: str | None,
) -> None:
    verdict = judge_sequence(KNOWN, seq, manifest, prev, package_id)
    assert (verdict.kind, verdict.code, verdict.warning) == (kind, code, warning)


def test_the_first_package_of_a_key_is_new_or_after_a_gap() -> None:
    assert judge_sequence((), 1, "m", None, "p").kind is SequenceKind.NEW
    assert judge_sequence((), 4, "m", "x", "p").kind is SequenceKind.GAP


def test_a_fork_of_reports_is_held_for_a_person() -> None:
    assert judge_sequence(KNOWN, 2, "x", "m1", "px").held_as == "report.fork"


NEWEST = make_submission(package_id="r3", key="A", revision=3, supersedes="r2")
OLDER = (
    make_submission(package_id="r2", key="A", revision=2, supersedes="r1"),
    make_submission(package_id="r1", key="B", revision=1),
)


def incoming(key: str, revision: int, parent: str | None, stage: Stage = Stage.INTERIM) -> IncomingReport:
    return IncomingReport(package_id="new", key=key, revision=revision, supersedes=parent, stage=stage)


# name → incoming, kind, code, warning
REVISIONS = {
    "made from our newest": (incoming("A", 4, "r3"), "replaces", None, None),
    "made from our newest on another computer": (incoming("B", 4, "r3"), "replaces", None, None),
    "made from our newest, numbers left out": (incoming("A", 9, "r3"), "replaces", None, None),
    "made from one that never came, same key": (
        incoming("A", 5, "r4"),
        "replaces",
        None,
        "report.unknown_parent",
    ),
    "made from one that never came, another key": (incoming("B", 5, "r4"), "held", "report.fork", None),
    "made from nothing": (incoming("A", 4, None), "held", "report.fork", None),
    "made from nothing on another computer": (incoming("C", 1, None), "held", "report.fork", None),
    "made from an older one": (incoming("A", 4, "r2"), "held", "report.fork", None),
    "the same revision": (incoming("A", 3, "r2"), "held", "report.fork", None),
    "the same revision made from our newest": (incoming("B", 3, "r3"), "held", "report.fork", None),
    "a lower revision of the same key": (incoming("A", 2, "r1"), "refused", "report.revision", None),
    "a lower revision of another key": (incoming("B", 2, "r1"), "held", "report.fork", None),
}


@pytest.mark.parametrize(("report", "kind", "code", "warning"), REVISIONS.values(), ids=REVISIONS)
def test_a_report_is_judged_by_its_revision_and_parent(
    report: IncomingReport, kind: str, code: str | None, warning: str | None
) -> None:
    verdict = judge_revision(NEWEST, OLDER, report)
    assert (verdict.kind, verdict.code, verdict.warning) == (kind, code, warning)


def test_the_first_report_of_a_year_needs_no_parent() -> None:
    for report in (incoming("A", 1, None), incoming("A", 4, "r3")):
        assert judge_revision(None, (), report).kind is RevisionKind.FIRST


def test_an_interim_report_after_an_accepted_final_waits() -> None:
    final = replace(NEWEST, stage=Stage.FINAL, state=ReportState.ACCEPTED)
    verdict = judge_revision(final, OLDER, incoming("A", 4, "r3"))
    assert (verdict.kind, verdict.code) == ("held", "report.after_final")
    assert judge_revision(final, OLDER, incoming("A", 4, "r3", Stage.FINAL)).kind == "replaces"
    received = replace(final, state=ReportState.RECEIVED)
    assert judge_revision(received, OLDER, incoming("A", 4, "r3")).kind == "replaces"


def test_a_change_of_what_was_sent_to_the_city_waits() -> None:
    verdict = judge_revision(NEWEST, OLDER, incoming("A", 4, "r3"), sent_to_city=True)
    assert (verdict.kind, verdict.code) == ("held", "report.city")
    assert judge_revision(None, (), incoming("A", 1, None), sent_to_city=True).code == "report.city"


def test_a_fork_stays_a_fork_whatever_else_is_to_be_decided() -> None:
    final = replace(NEWEST, stage=Stage.FINAL, state=ReportState.ACCEPTED)
    verdict = judge_revision(final, OLDER, incoming("A", 4, None), sent_to_city=True)
    assert (verdict.code, verdict.also) == ("report.fork", ("report.after_final", "report.city"))


def test_a_withdrawn_report_is_as_if_it_had_never_come() -> None:
    withdrawn = replace(NEWEST, state=ReportState.WITHDRAWN)
    assert judge_revision(withdrawn, (), incoming("A", 3, "r2")).kind is RevisionKind.FIRST
    verdict = judge_revision(OLDER[0], (withdrawn, OLDER[1]), incoming("A", 4, "r3"))
    assert (verdict.kind, verdict.warning) == ("replaces", "report.unknown_parent")
    assert judge_revision(OLDER[0], (withdrawn,), incoming("A", 3, "r2")).kind == "replaces"


def test_every_warning_has_words() -> None:
    warnings = {row[-1] for row in (*SEQUENCES.values(), *REVISIONS.values())} - {None}
    assert warnings == set(WARNING_TEXT)


JOINED = {"r3": "A", "twin": "B"}

# name → the incoming report, the versions that are joined, kind
AFTER_JOINING = {
    "the other computer's report, by the first": (incoming("A", 4, "twin"), JOINED, "replaces"),
    "the first computer's report, by the other": (incoming("B", 4, "r3"), JOINED, "replaces"),
    "the first computer's own": (incoming("A", 4, "r3"), JOINED, "held"),
    "the other computer's own": (incoming("B", 4, "twin"), JOINED, "held"),
    "a third computer": (incoming("C", 4, "r3"), JOINED, "held"),
    "one of three": (incoming("A", 4, "twin"), {**JOINED, "third": "C"}, "held"),
    "two computers with one key": (incoming("A", 4, "twin"), {"r3": "A", "twin": "A"}, "held"),
    "from nowhere": (incoming("A", 4, None), JOINED, "held"),
    "no higher number": (incoming("A", 3, "twin"), JOINED, "held"),
}


@pytest.mark.parametrize(("report", "joined", "kind"), AFTER_JOINING.values(), ids=AFTER_JOINING)
def test_after_a_joining_only_what_was_made_from_both_replaces(report, joined, kind) -> None:
    assert judge_revision(NEWEST, OLDER, report, joined=joined).kind == kind
