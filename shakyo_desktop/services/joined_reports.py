"""What was joined into a report at its office, kept as decisions: both signed versions stay as they came.

The joined year is never stored as a document of its own. It is made again from the signed versions and the
decisions, so that whoever doubts it can make it again, and any decision can be changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any

from shakyo_desktop.domain.checks import check_year, to_settle
from shakyo_desktop.domain.joined_year import joined_year
from shakyo_desktop.domain.joining_years import Side
from shakyo_desktop.domain.lineage import common_parent
from shakyo_desktop.domain.records import YearRecords
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.services.freezing import frozen_year
from shakyo_desktop.services.join_lines import Pair
from shakyo_desktop.services.kept_reports import records_of
from shakyo_desktop.storage.stores import Stores

JOINED = "report.joined"
"""Why a file is still kept as it came: it was joined, and that can be undone until the answer is made."""
_JOINS, _INTO = "joins", "joined_into"


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """One version that was joined into a report. ``code`` and ``state`` are put back when it is undone.

    ``base`` is the package id of what both were made from. ``choices`` by the key of a conflict.
    ``requests`` are the ids of the 確認のお願い that tell the district.
    """

    package_id: str
    manifest: str
    base: str | None
    code: str
    state: str
    who: str
    at: datetime
    choices: Mapping[str, Side] = field(default_factory=dict)
    requests: tuple[str, ...] = ()


def joins_of(stores: Stores, submission: Submission) -> tuple[Join, ...]:
    """What was joined into a report, oldest first."""
    return tuple(_read(row) for row in stores.settings.get(f"{_JOINS}.{submission.package_id}", []))


def joined_manifests(stores: Stores) -> dict[str, tuple[str, ...]]:
    """The manifests that were joined into reports, by the report's package id, in one statement."""
    found: dict[str, list[dict[str, Any]]] = stores.settings.all(f"{_JOINS}.")
    prefix = len(_JOINS) + 1
    return {key[prefix:]: tuple(str(row["manifest"]) for row in rows) for key, rows in found.items()}


def keep_joins(stores: Stores, submission: Submission, joins: tuple[Join, ...]) -> None:
    """Remember what is joined into a report, in place of what was."""
    before = {one.package_id for one in joins_of(stores, submission)}
    for package_id in before - {one.package_id for one in joins}:
        stores.settings.remove(f"{_INTO}.{package_id}")
    for one in joins:
        stores.settings.set(f"{_INTO}.{one.package_id}", submission.package_id)
    key = f"{_JOINS}.{submission.package_id}"
    if joins:
        stores.settings.set(key, [_row(one) for one in joins])
    else:
        stores.settings.remove(key)


def joined_into(stores: Stores, submission: Submission) -> Submission | None:
    """The report that a version was joined into, None when it was not."""
    package_id = stores.settings.get(f"{_INTO}.{submission.package_id}")
    return stores.submissions.find(str(package_id)) if package_id else None


def versions_of(stores: Stores, submission: Submission) -> tuple[Submission, ...]:
    """Every signed version that a report rests on: itself, then what was joined into it."""
    others = (stores.submissions.find(one.package_id) for one in joins_of(stores, submission))
    return (submission, *(one for one in others if one is not None))


def counted_records(stores: Stores, submission: Submission) -> YearRecords:
    """The records that count for a report: as it was signed, with what was joined into it."""
    joins = joins_of(stores, submission)
    return _joined(stores, submission, joins) if joins else records_of(stores, submission)


def pair_of(stores: Stores, submission: Submission, join: Join) -> Pair:
    """One join with what stood before it."""
    joins = joins_of(stores, submission)
    before = joins[: [one.package_id for one in joins].index(join.package_id)]
    other = records_of(stores, stores.submissions.get(join.package_id))
    return Pair.of(_joined(stores, submission, before), other, base_of(stores, join.base))


def parent_of(stores: Stores, counting: Submission, other: Submission) -> Submission | None:
    """What a report that counts and another version were both made from."""
    every = stores.submissions.of_report(counting.org, counting.fiscal_year)
    known = {one.package_id: one for one in every}
    here = [one.package_id for one in versions_of(stores, counting)]
    there = [other.package_id, *([other.supersedes] if other.supersedes else [])]
    return common_parent(here, there, known)


def base_of(stores: Stores, package_id: str | None) -> YearRecords | None:
    """The records of a common parent."""
    found = stores.submissions.find(package_id) if package_id else None
    return records_of(stores, found) if found else None


def count_again(stores: Stores, submission: Submission, today: date) -> Submission:
    """Let the joined year count at the office, with its problems counted anew."""
    year = counted_records(stores, submission)
    stores.records.replace_year(submission.org, submission.fiscal_year, year)
    last_year = stores.records.year(year.org, year.fiscal_year - 1)
    known = last_year if last_year.item_statuses else None
    plans = stores.plans.for_year(year.fiscal_year)
    problems = to_settle(check_year(year, plans, submission.stage, known, today))
    counted = replace(submission, problems=len(problems))
    stores.submissions.replace(counted)
    return counted


def _joined(stores: Stores, submission: Submission, joins: tuple[Join, ...]) -> YearRecords:
    year = records_of(stores, submission)
    for one in joins:
        other = records_of(stores, stores.submissions.get(one.package_id))
        pair = Pair.of(year, other, base_of(stores, one.base))
        year = joined_year(year, pair.joining, one.choices)
    return frozen_year(year, stores.plans.for_year(year.fiscal_year)) if joins else year


def _row(join: Join) -> dict[str, Any]:
    return {
        "package_id": join.package_id,
        "manifest": join.manifest,
        "base": join.base,
        "code": join.code,
        "state": join.state,
        "who": join.who,
        "at": join.at.isoformat(),
        "choices": {key: side.value for key, side in join.choices.items()},
        "requests": list(join.requests),
    }


def _read(row: dict[str, Any]) -> Join:
    choices = {key: Side(side) for key, side in row["choices"].items()}
    at, requests = datetime.fromisoformat(row["at"]), tuple(row["requests"])
    return Join(**{**row, "choices": choices, "at": at, "requests": requests})
