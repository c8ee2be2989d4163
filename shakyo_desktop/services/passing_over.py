"""Two versions of one report: the one a person chose counts, the other is passed over and kept."""

from collections.abc import Iterable
from dataclasses import replace

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.storage.stores import Stores

_PASSED_OVER = "passed_over"


def pass_over(stores: Stores, chosen: Submission) -> None:
    """Withdraw what would count before ``chosen`` by its revision; it is remembered for an undo."""
    states: dict[str, str] = {}
    for one in stores.submissions.of_report(chosen.org, chosen.fiscal_year):
        counts = one.state is not ReportState.WITHDRAWN and one.package_id != chosen.package_id
        if counts and one.revision >= chosen.revision:
            states[one.package_id] = one.state.value
            stores.submissions.replace(replace(one, state=ReportState.WITHDRAWN))
    if states:
        stores.settings.set(f"{_PASSED_OVER}.{chosen.package_id}", states)


def passed_over_by(stores: Stores, chosen: Submission) -> tuple[Submission, ...]:
    """What was passed over for a submission, the highest revision first."""
    states: dict[str, str] = stores.settings.get(f"{_PASSED_OVER}.{chosen.package_id}", {})
    found = [stores.submissions.get(package_id) for package_id in states]
    return tuple(sorted(found, key=lambda one: -one.revision))


def unused_of(stores: Stores, submissions: Iterable[Submission]) -> frozenset[str]:
    """The package ids of what a person decided not to use: passed over, or set aside with an answer.

    What goes on from one of these is a version of its own; what was only taken back is none of them.
    """
    every = tuple(submissions)
    passed = {
        package_id
        for one in every
        for package_id in stores.settings.get(f"{_PASSED_OVER}.{one.package_id}", {})
    }
    gone = (one for one in every if one.state is ReportState.WITHDRAWN)
    return frozenset(one.package_id for one in gone if one.receipt_no or one.package_id in passed)


def take_back_passing_over(stores: Stores, chosen: Submission) -> None:
    """Let what was passed over count again, as it did before."""
    states: dict[str, str] = stores.settings.get(f"{_PASSED_OVER}.{chosen.package_id}", {})
    for package_id, state in states.items():
        passed = stores.submissions.get(package_id)
        if passed.state is ReportState.WITHDRAWN:
            stores.submissions.replace(replace(passed, state=ReportState(state)))
    stores.settings.remove(f"{_PASSED_OVER}.{chosen.package_id}")
