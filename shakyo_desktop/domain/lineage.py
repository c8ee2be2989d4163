"""Which report two versions of one year were both made from."""

from collections.abc import Collection, Mapping

from shakyo_desktop.domain.submission import Submission


def ancestors(start: Collection[str], known: Mapping[str, Submission]) -> frozenset[str]:
    """These reports and everything they were made from, as far as it is known here.

    Args:
        start: package ids.
        known: submissions of one district's year by package id.
    """
    found: set[str] = set()
    waiting = list(start)
    while waiting:
        package_id = waiting.pop()
        submission = known.get(package_id)
        if submission is None or package_id in found:
            continue
        found.add(package_id)
        if submission.supersedes is not None:
            waiting.append(submission.supersedes)
    return frozenset(found)


def common_parent(
    here: Collection[str], other: Collection[str], known: Mapping[str, Submission]
) -> Submission | None:
    """The newest report that both sides go back to; None when they have nothing in common.

    Args:
        here: what counts here, more than one package id when it was joined before.
        other: the other side, or what it was made from when it is not known here itself.
    """
    both = ancestors(here, known) & ancestors(other, known)
    shared = (known[package_id] for package_id in both)
    return max(shared, key=lambda one: (one.revision, one.frozen_at, one.package_id), default=None)
