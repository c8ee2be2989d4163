"""A second way to a ward's totals, in plain Python over the signed lines: it shares no code with the program.

Whoever doubts a figure of a compilation can do the same with the lines that a package holds (one JSON
object a line) and the rules as they are written down here once more.
"""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable

ADDED = frozenset(
    {"visits", "referrals", "requests", "fulfilled", "distance_m", "meals", "completed", "cases"}
)
LARGEST = frozenset({"subjects", "venues"})
LATEST = frozenset({"registered"})
NEVER_ADDED = "unique_persons"
HAPPENED = ("held", "substitute")

Line = dict[str, object]


def lines(data: bytes) -> list[dict]:
    """The records of one NDJSON file."""
    return [json.loads(line) for line in data.decode("utf-8").splitlines()]


def diary_totals(activities: list[dict], plan: str, item: int) -> dict[str, int]:
    """What a district's diary counts for one item."""
    counted = [
        one
        for one in activities
        if (one["plan_id"], one["item_number"]) == (plan, item) and one["outcome_state"] in HAPPENED
    ]
    counted.sort(key=lambda one: (one["held_on"] or f"{one['month']}-99", one["id"]))
    stated: dict[str, list[int]] = defaultdict(list)
    for one in counted:
        sessions = one["sessions"]
        if sessions is None and one["granularity"] == "event":
            sessions = 1
        figures = {"sessions": sessions, "person_times": one["participants"], "helpers": one["helpers"]}
        figures.update({code: value for code, value in one["measures"].items() if type(value) is int})
        for code, value in figures.items():
            if value is not None:
                stated[code].append(value)
    venues = {one["venue"] for one in counted if one["venue"]}
    places = max([len(venues), *stated.get("venues", [])])
    totals = {"places": places} if places else {}
    for code, values in stated.items():
        if code in LARGEST:
            totals[code] = max(values)
        elif code in LATEST:
            totals[code] = values[-1]
        elif code in ADDED or code in ("sessions", "person_times", "helpers"):
            totals[code] = sum(values)
    return totals


def recount(packages: Iterable[tuple[bytes, bytes]], plan: str) -> tuple[dict, dict, dict]:
    """States, ratings and sums by item from (statuses, activities) of each district's newest package.

    A sum is (total or None, how many districts state it).
    """
    states: dict[int, Counter] = defaultdict(Counter)
    ratings: dict[int, Counter] = defaultdict(Counter)
    stated: dict[tuple[int, str], list[int]] = defaultdict(list)
    for statuses_file, activities_file in packages:
        activities = lines(activities_file)
        for status in lines(statuses_file):
            if status["plan_id"] != plan:
                continue
            item = status["item_number"]
            if status["state"]:
                states[item][status["state"]] += 1
            if status["self_rating"]:
                ratings[item][status["self_rating"]] += 1
            for code, value in {**diary_totals(activities, plan, item), **status["typed_totals"]}.items():
                stated[item, code].append(value)
    sums = {
        key: (None if key[1] == NEVER_ADDED else sum(values), len(values)) for key, values in stated.items()
    }
    return states, ratings, sums


def dumped_rows(dump: str, table: str) -> list[dict]:
    """The rows of one table in a dump of the whole store."""
    rows, inside = [], False
    for line in dump.splitlines():
        row = json.loads(line)
        if set(row) == {"table"}:
            inside = row["table"] == table
        elif inside:
            rows.append(row)
    return rows
