"""Where an incoming package stands among those already here: decisions only, no storage.

Source: the package format, "Sequence and revision". ``seq`` counts per signing key and recipient
organisation; ``revision`` counts per district and fiscal year across stages.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from shakyo_desktop.domain.codes import ReportState, Stage
from shakyo_desktop.domain.submission import Submission

WARNING_TEXT = {
    "seq.late": "遅れて届きました。",
    "seq.gap": "この前の提出ファイルがまだ届いていません。",
    "report.unknown_parent": "もとになった版が届いていません。同じパソコンからなので受け取りました。",
}


@dataclass(frozen=True, slots=True)
class KnownPackage:
    """One package of the same key and recipient that was taken in; ``prev`` as it was signed."""

    seq: int
    manifest: str
    package_id: str
    prev: str | None = None


class SequenceKind(StrEnum):
    """``refused`` has the code ``seq.chain`` or ``seq.package_id``; late and gap go on with a warning."""

    NEW = "new"
    ALREADY_RECEIVED = "already_received"
    FORK = "fork"
    LATE = "late"
    GAP = "gap"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class SequenceVerdict:
    """``warning`` is a key of ``WARNING_TEXT``; a fork of reports is held under ``held_as``."""

    kind: SequenceKind
    code: str | None = None
    warning: str | None = None
    held_as: str | None = None


class RevisionKind(StrEnum):
    """``held`` waits for a person's decision; ``refused`` means that a newer one is already here."""

    FIRST = "first"
    REPLACES = "replaces"
    HELD = "held"
    REFUSED = "refused"


@dataclass(frozen=True, slots=True)
class RevisionVerdict:
    """``code`` is the first reason; ``also`` further reasons to hold that the person should know."""

    kind: RevisionKind
    code: str | None = None
    warning: str | None = None
    also: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class IncomingReport:
    """What a report package says about itself; ``key`` is the key that signed it."""

    package_id: str
    key: str
    revision: int
    supersedes: str | None
    stage: Stage


def judge_sequence(
    known: Iterable[KnownPackage], seq: int, manifest: str, prev: str | None, package_id: str
) -> SequenceVerdict:
    """Judge a package by its number among the known ones of the same key and recipient."""
    by_seq: dict[int, list[KnownPackage]] = {}  # a copied key leaves two of one number
    for one in known:
        by_seq.setdefault(one.seq, []).append(one)
    same = by_seq.get(seq, [])
    if any(one.manifest == manifest for one in same):
        return SequenceVerdict(SequenceKind.ALREADY_RECEIVED)
    if any(one.package_id == package_id for ones in by_seq.values() for one in ones):
        return SequenceVerdict(SequenceKind.REFUSED, code="seq.package_id")
    if same:
        return SequenceVerdict(SequenceKind.FORK, code="seq.fork", held_as="report.fork")
    before, after = by_seq.get(seq - 1, []), by_seq.get(seq + 1, [])
    follows = not before or any(prev == one.manifest for one in before)
    precedes = not after or any(one.prev == manifest for one in after)
    if not (follows and precedes):
        return SequenceVerdict(SequenceKind.REFUSED, code="seq.chain")
    newest = max(by_seq, default=0)
    if seq < newest:
        return SequenceVerdict(SequenceKind.LATE, warning="seq.late")
    if seq > newest + 1:
        return SequenceVerdict(SequenceKind.GAP, warning="seq.gap")
    return SequenceVerdict(SequenceKind.NEW)


def judge_revision(
    newest: Submission | None,
    older: Sequence[Submission],
    incoming: IncomingReport,
    *,
    unused: Collection[str] = (),
    joined: Mapping[str, str] | None = None,
    sent_to_city: bool = False,
) -> RevisionVerdict:
    """Judge a report by its revision and parent among those here for the same district and fiscal year.

    Args:
        newest: the submission that counts now; None when none does.
        older: every other one taken in. Withdrawn ones are as if they had never come.
        unused: package ids of versions that a person decided not to use; they are no unknown parents.
        joined: when versions were joined into the newest: all of them with it, package id and key.
        sent_to_city: whether the year was already sent on, so that a person must decide about any change.
    """
    held = [one for one in older if one.state is not ReportState.WITHDRAWN]
    if newest is None or newest.state is ReportState.WITHDRAWN:
        return _held_or(RevisionVerdict(RevisionKind.FIRST), None, sent_to_city)
    ours = (newest, *held)
    if any(one.key == incoming.key and one.revision > incoming.revision for one in ours):
        return RevisionVerdict(RevisionKind.REFUSED, code="report.revision")
    after_final = incoming.stage is Stage.INTERIM and any(
        one.stage is Stage.FINAL and one.state is ReportState.ACCEPTED for one in ours
    )
    return _held_or(
        _parentage(newest, held, incoming, unused)
        if not joined
        else _after_joining(newest, incoming, joined),
        "report.after_final" if after_final else None,
        sent_to_city,
    )


def _parentage(
    newest: Submission, held: Sequence[Submission], incoming: IncomingReport, unused: Collection[str]
) -> RevisionVerdict:
    """Replaces only when nothing that is here could be lost by it; everything else is a fork to merge."""
    fork = RevisionVerdict(RevisionKind.HELD, code="report.fork")
    if incoming.revision <= newest.revision or incoming.supersedes is None:
        return fork
    if incoming.supersedes == newest.package_id:
        return RevisionVerdict(RevisionKind.REPLACES)
    known = {*unused, *(one.package_id for one in held)}
    unknown = incoming.supersedes not in known
    if unknown and incoming.key == newest.key:
        return RevisionVerdict(RevisionKind.REPLACES, warning="report.unknown_parent")
    return fork


def _after_joining(
    newest: Submission, incoming: IncomingReport, joined: Mapping[str, str]
) -> RevisionVerdict:
    """Replaces only what was made from both versions: one computer's report that goes on from the other's.

    A computer that has not yet received the other version goes on from its own one.
    """
    author = joined.get(incoming.supersedes or "")
    both = len(joined) == 2 and author is not None and incoming.key in joined.values()
    if both and incoming.key != author and incoming.revision > newest.revision:
        return RevisionVerdict(RevisionKind.REPLACES)
    return RevisionVerdict(RevisionKind.HELD, code="report.fork")


def _held_or(verdict: RevisionVerdict, after_final: str | None, sent_to_city: bool) -> RevisionVerdict:
    """A fork keeps its code, because accepting it blindly would lose work; other reasons follow."""
    city = "report.city" if sent_to_city else None
    codes = [code for code in (verdict.code, after_final, city) if code]
    if not codes:
        return verdict
    return RevisionVerdict(RevisionKind.HELD, codes[0], verdict.warning, tuple(codes[1:]))
