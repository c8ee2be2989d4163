"""Objects to keep, with every field away from its default, so that a field that is lost is seen."""

import hashlib
from datetime import UTC, date, datetime, timedelta

from shakyo_desktop.domain import codes
from shakyo_desktop.domain.keeping import EvidenceEntry
from shakyo_desktop.domain.records import Activity, GoodPractice, ItemStatus, Photo, YearRecords
from shakyo_desktop.domain.submission import CorrectionRequest, Submission

ORG = "990011-01"
OTHER_ORG = "990011-02"
YEAR = 2026
NOW = datetime(2026, 9, 12, 5, 4, 3, 210, tzinfo=UTC)
JPEG = b"\xff\xd8 not really a picture"
SECRET_WORDS = "見守り訪問で気になった方"


def later(seconds: int) -> datetime:
    return NOW + timedelta(seconds=seconds)


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def activity(id: str = "a-1", **changes: object) -> Activity:
    values = {
        "id": id,
        "org": ORG,
        "fiscal_year": YEAR,
        "plan_id": "plan-7",
        "item_number": 6,
        "related_items": (1, 21),
        "kind": codes.ActivityKind.WATCH,
        "granularity": codes.Granularity.EVENT,
        "held_on": date(2026, 9, 12),
        "month": "2026-09",
        "start_time": "10:00",
        "end_time": "11:30",
        "outcome_state": codes.OutcomeState.SUBSTITUTE,
        "outcome_reason": "雨のため",
        "method": codes.Method.VISIT,
        "venue": "みほん自治会館",
        "participants": 0,
        "participants_unknown": True,
        "breakdown": {"elderly": 3, "children": 0},
        "helpers": 6,
        "sessions": 2,
        "partners": ("school_pta", "other"),
        "partners_text": "葛󠄀飾の会",
        "content": SECRET_WORDS,
        "note": "1行目\n2行目",
        "measures": {"visits": 12, "rain": True, "theme": "𠮷野家の前"},
        "source": codes.Source.PAPER,
        "keyed_by": "見本花子",
        "reasons": {"participants:same": "いつもの方"},
        "unread": {"helpers": "六人くらい"},
        "deleted_at": None,
    }
    return Activity(**{**values, **changes})


def photo(id: str = "p-1", **changes: object) -> Photo:
    values = {
        "id": id,
        "org": ORG,
        "fiscal_year": YEAR,
        "activity_id": "a-1",
        "sha256": sha256(JPEG),
        "size": len(JPEG),
        "width": 1600,
        "height": 1200,
        "position": 3,
        "caption": "集合写真",
        "consent": True,
    }
    return Photo(**{**values, **changes})


def status(id: str = "s-1", **changes: object) -> ItemStatus:
    values = {
        "id": id,
        "org": ORG,
        "fiscal_year": YEAR,
        "plan_id": "plan-7",
        "item_number": 6,
        "state": codes.ImplementationState.RUNNING,
        "state_reason": "理由",
        "self_rating": codes.SelfRating.GOOD,
        "rating_reason": "評価の理由",
        "typed_totals": {"sessions": 12},
        "counted_totals": {"sessions": 11},
        "totals_reason": "数え直した",
        "target_value": 12_500,
        "target_unit": "回",
        "outcome": "成果",
        "challenge": "課題",
        "next_plan": "次年度",
        "needs_support": ("people", "money"),
        "carried_over": ("outcome",),
        "reasons": {"a": "b"},
        "unread": {"target_value": "十二半"},
    }
    return ItemStatus(**{**values, **changes})


def practice(id: str = "g-1", **changes: object) -> GoodPractice:
    values = {
        "id": id,
        "org": ORG,
        "fiscal_year": YEAR,
        "plan_id": "plan-7",
        "item_number": 6,
        "title": "朝のあいさつ",
        "story": "長い話" * 50,
        "consent": True,
        "photo_ids": ("p-1",),
        "unread": {"title": "?"},
    }
    return GoodPractice(**{**values, **changes})


def year(org: str = ORG, fiscal_year: int = YEAR) -> YearRecords:
    place = {"org": org, "fiscal_year": fiscal_year}
    return YearRecords(
        org,
        fiscal_year,
        item_statuses=(status(**place),),
        activities=(activity(**place), activity("a-2", held_on=date(2026, 9, 13), **place)),
        photos=(photo(**place),),
        good_practices=(practice(**place),),
    )


def submission(package_id: str = "r-1", **changes: object) -> Submission:
    values = {
        "package_id": package_id,
        "manifest": sha256(package_id.encode()),
        "org": ORG,
        "fiscal_year": YEAR,
        "stage": codes.Stage.INTERIM,
        "assembly": codes.Assembly.AFTER,
        "revision": 2,
        "supersedes": "r-0",
        "key": "f" * 64,
        "seq": 5,
        "prev": "e" * 64,
        "frozen_at": NOW,
        "received_at": later(60),
        "state": codes.ReportState.RECEIVED,
        "file_name": "990011-01-2026-r2.shakyo",
        "receipt_no": "R8-003",
        "chair_name": "見本太郎",
        "warnings": ("seq.gap", "clock.ahead"),
    }
    return Submission(**{**values, **changes})


def request(id: str = "q-1", **changes: object) -> CorrectionRequest:
    values = {
        "id": id,
        "package_id": "r-1",
        "table": "activities",
        "record_id": "a-1",
        "field": "participants",
        "text": "人数を確かめてください",
        "due": date(2026, 10, 1),
        "done": True,
    }
    return CorrectionRequest(**{**values, **changes})


def keep_evidence(stores, manifest, entries):
    """Keep signed entries (name, bytes) of a package with their contents."""
    kept = [
        EvidenceEntry(position, name, stores.blobs.add(data), len(data))
        for position, (name, data) in enumerate(entries)
    ]
    stores.submissions.link_evidence(manifest, kept)
