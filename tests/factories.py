"""Domain objects for tests: complete and without problems unless a test asks otherwise.

Names are visibly fictional. Every call makes a new record with an id of its own; ids are UUIDv7 and rise.
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from itertools import count
from pathlib import Path
from typing import Any

from shakyo_desktop.domain.catalogue import read_plan_toml
from shakyo_desktop.domain.codes import (
    ActivityKind,
    Assembly,
    Granularity,
    ImplementationState,
    OrganisationKind,
    ReportState,
    SelfRating,
    Stage,
)
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import Activity, GoodPractice, ItemStatus, Photo, YearRecords
from shakyo_desktop.domain.submission import Submission

PLANS = Path(__file__).parents[1] / "resources" / "plans"
WARD = "121011"
DISTRICT = "121011-01"
CITY = "121002"
FISCAL_YEAR = 2026
PLAN_ID = "chiba-shakyo-7"
TODAY = date(2026, 9, 30)
NOW = datetime(2026, 9, 30, 3, 0, tzinfo=UTC)

_steps = count(1)

_MEASURES: Mapping[ActivityKind, Mapping[str, Any]] = {
    ActivityKind.WATCH: {"subjects": 5, "visits": 12, "referrals": 0},
    ActivityKind.MUTUAL_AID: {"requests": 4, "fulfilled": 3, "registered": 8},
    ActivityKind.MEAL: {"style": "together", "meals": 24},
    ActivityKind.TRAINING: {"theme": "見守りの基本", "completed": 20},
    ActivityKind.LIAISON: {"counterpart": "みほん大学", "form": "meeting"},
    ActivityKind.DISASTER: {"form": "drill"},
}
_MONTHLY = (ActivityKind.WATCH, ActivityKind.MUTUAL_AID)


def make_id() -> str:
    """A new UUIDv7, later than those before it."""
    return new_id(NOW + timedelta(milliseconds=next(_steps)))


@cache
def make_plan() -> Plan:
    """The 21 items of 第7次, as the program ships them."""
    [path] = PLANS.glob(f"*{PLAN_ID}*.toml")
    return read_plan_toml(path.read_text(encoding="utf-8"))


def make_item(number: int = 6) -> Item:
    """One item of ``make_plan``."""
    item = make_plan().item(number)
    assert item is not None
    return item


def make_activity(item_number: int = 9, **changes: Any) -> Activity:
    """An activity of an item's own kind: 24 people and 6 helpers on 12 September, or a tally of September."""
    item = make_plan().item(item_number)
    kind = changes.pop("kind", item.kind if item else ActivityKind.OTHER)
    monthly = changes.get("granularity") is Granularity.MONTHLY_TOTAL or (
        kind in _MONTHLY and "granularity" not in changes
    )
    when: dict[str, Any] = (
        {"granularity": Granularity.MONTHLY_TOTAL, "month": "2026-09", "sessions": 12}
        if monthly
        else {"held_on": date(2026, 9, 12), "start_time": "10:00", "end_time": "12:00"}
    )
    values: dict[str, Any] = {
        "id": make_id(),
        "org": DISTRICT,
        "fiscal_year": FISCAL_YEAR,
        "plan_id": PLAN_ID,
        "item_number": item_number,
        "kind": kind,
        "venue": "みほん自治会館",
        "participants": 24,
        "helpers": 6,
        "content": "みんなで体操をしました。",
        "measures": dict(_MEASURES.get(kind, {})),
        **when,
    }
    return Activity(**{**values, **changes})


def make_status(item_number: int = 6, **changes: Any) -> ItemStatus:
    """An item carried out as planned, with rating and texts."""
    values: dict[str, Any] = {
        "id": make_id(),
        "org": DISTRICT,
        "fiscal_year": FISCAL_YEAR,
        "plan_id": PLAN_ID,
        "item_number": item_number,
        "state": ImplementationState.RUNNING,
        "self_rating": SelfRating.GOOD,
        "outcome": "顔の見える関係ができました。",
        "challenge": "担い手が足りません。",
        "next_plan": "声かけを増やします。",
    }
    return ItemStatus(**{**values, **changes})


def make_photo(activity_id: str | None = None, **changes: Any) -> Photo:
    """A picture of an activity; its bytes are not made."""
    values: dict[str, Any] = {
        "id": make_id(),
        "org": DISTRICT,
        "fiscal_year": FISCAL_YEAR,
        "activity_id": activity_id or make_id(),
        "sha256": "ab" * 32,
        "size": 120_000,
        "width": 1600,
        "height": 1200,
        "caption": "会食のようす",
    }
    return Photo(**{**values, **changes})


def make_practice(item_number: int = 9, **changes: Any) -> GoodPractice:
    """A good practice with consent."""
    values: dict[str, Any] = {
        "id": make_id(),
        "org": DISTRICT,
        "fiscal_year": FISCAL_YEAR,
        "plan_id": PLAN_ID,
        "item_number": item_number,
        "title": "歌でつながるサロン",
        "story": "歌の好きな人が集まり、毎月の楽しみになりました。",
        "consent": True,
    }
    return GoodPractice(**{**values, **changes})


def make_year(**changes: Any) -> YearRecords:
    """A district's year that can be handed in: every item it reports has a state, two activities."""
    statuses = tuple(
        make_status(item.number) for item in make_plan().items if item.reporter.value == "district"
    )
    gathering, watch = make_activity(9), make_activity(6)
    values: dict[str, Any] = {
        "item_statuses": statuses,
        "activities": (gathering, watch),
        "photos": (make_photo(gathering.id),),
        "good_practices": (make_practice(9),),
    }
    return replace(YearRecords(DISTRICT, FISCAL_YEAR), **{**values, **changes})


def make_submission(**changes: Any) -> Submission:
    """A received interim report, revision 1."""
    values: dict[str, Any] = {
        "package_id": make_id(),
        "manifest": "cd" * 32,
        "org": DISTRICT,
        "fiscal_year": FISCAL_YEAR,
        "stage": Stage.INTERIM,
        "assembly": Assembly.NONE,
        "revision": 1,
        "supersedes": None,
        "key": "ef" * 32,
        "seq": 1,
        "prev": None,
        "frozen_at": NOW,
        "received_at": NOW,
        "state": ReportState.RECEIVED,
    }
    return Submission(**{**values, **changes})


def make_organisation(code: str = DISTRICT, **changes: Any) -> Organisation:
    """A city, ward or district, told by its code."""
    if "-" in code:
        values: dict[str, Any] = {
            "name": "みほん東地区部会",
            "kind": OrganisationKind.DISTRICT,
            "parent": code.split("-")[0],
        }
    elif code == CITY:
        values = {"name": "千葉市社会福祉協議会", "kind": OrganisationKind.CITY}
    else:
        values = {"name": "中央区", "kind": OrganisationKind.WARD, "parent": CITY}
    return Organisation(code, **{**values, **changes})
