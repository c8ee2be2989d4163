"""The documents of a fictional district, plain and with everything that is awkward to print."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from shakyo_desktop import paths
from shakyo_desktop.documents.pdf.cover_sheet import CoverSheetData
from shakyo_desktop.documents.pdf.handover_book import BookRequest, BookYear, HandoverBookData
from shakyo_desktop.documents.pdf.handover_code import HandoverCodeData
from shakyo_desktop.documents.pdf.receipt import ReceiptData, ReceiptRequest
from shakyo_desktop.documents.pdf.recovery_sheet import RecoverySheetData
from shakyo_desktop.documents.pdf.refusal_notice import RefusalNoticeData
from shakyo_desktop.documents.pdf.report_copy import ReportCopyData
from shakyo_desktop.documents.pdf.setup_slip import SetupSlipData
from shakyo_desktop.domain.catalogue import read_plan_toml
from shakyo_desktop.domain.codes import (
    ActivityKind,
    Assembly,
    ImplementationState,
    OrganisationKind,
    ReplyResult,
    SelfRating,
    Stage,
)
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import Activity, GoodPractice, ItemStatus, Photo, YearRecords

MOMENT = datetime(2027, 6, 12, 5, 5, tzinfo=UTC)
MANIFEST = "1a2b3c4d5e6f7081" * 4
IDENTITY = "AGE-SECRET-KEY-1" + "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7LQPZRY9X8GF2TVDW0S3JN54KHCE"
LONG_NAME = "社会福祉法人みほん市社会福祉協議会みほん区みほんヶ丘東第一・第二・第三連合地区部会"


def cover_sheet(**changes: Any) -> CoverSheetData:
    values: dict[str, Any] = {
        "org_code": "990011-01",
        "org_name": "みほん東地区部会",
        "office_name": "みほん区事務所",
        "fiscal_year": 2026,
        "stage": Stage.FINAL,
        "assembly": Assembly.AFTER,
        "revision": 2,
        "created_at": MOMENT,
        "chair_name": "見本　太郎",
        "file_name": "990011-01-2026-r2.shakyo",
        "manifest": MANIFEST,
        "check_number": "123456789012",
        "items_entered": 18,
        "items_expected": 21,
        "activities": 206,
        "photos": 48,
        "sessions": 182,
        "person_times": 12340,
        "helpers": 1820,
        "good_practices": 3,
        "supersedes_revision": 1,
        "reasons": 5,
    }
    return CoverSheetData(**(values | changes))


def request(**changes: Any) -> ReceiptRequest:
    values: dict[str, Any] = {
        "item": "6 見守り活動の推進",
        "place": "9月12日 ふれあい食事会",
        "field": "延べ参加者",
        "text": "人数が昨年の半分です。数え方が変わったのでしたら、理由を書きそえてください。",
        "due": date(2027, 7, 10),
    }
    return ReceiptRequest(**(values | changes))


def receipt(**changes: Any) -> ReceiptData:
    values: dict[str, Any] = {
        "receipt_no": "R8-0012",
        "org_code": "990011-01",
        "org_name": "みほん東地区部会",
        "office_name": "みほん区事務所",
        "office_telephone": "000-000-0000",
        "fiscal_year": 2026,
        "stage": Stage.INTERIM,
        "revision": 1,
        "result": ReplyResult.RETURNED,
        "received_at": MOMENT,
        "answered_at": MOMENT,
        "manifest": MANIFEST,
        "requests": (request(),),
        "file_name": "990011-01-2026-r1.shakyo",
    }
    return ReceiptData(**(values | changes))


def recovery_sheet(**changes: Any) -> RecoverySheetData:
    values: dict[str, Any] = {
        "org_code": "990011",
        "org_name": "みほん区事務所",
        "role": OrganisationKind.WARD,
        "identity": IDENTITY,
        "made_at": MOMENT,
        "recipient": "age1ql3z7hjy54pw3hyww5ayyfg7zqgvc7w3j2elw8zmrj2kg5sfn9aqmcac8p",
    }
    return RecoverySheetData(**(values | changes))


def handover_code(**changes: Any) -> HandoverCodeData:
    values: dict[str, Any] = {
        "org_code": "990011-01",
        "org_name": "みほん東地区部会",
        "file_name": "990011-01-hikitsugi-20270612.hikae",
        "code": "123456789012345678901234",
        "made_at": MOMENT,
    }
    return HandoverCodeData(**(values | changes))


def book_year(fiscal_year: int = 2026, times: int = 1) -> BookYear:
    return BookYear(
        fiscal_year=fiscal_year,
        facts=(
            ("最後の提出", "令和9年6月12日 14:05　第2版（年度の報告）"),
            ("事務所の返事", "まだ届いていません"),
        ),
        points=("令和8年度の第2版のあとに書いたことを、まだ提出していません。",) * times,
        requests=(
            BookRequest(where="6 見守り活動の推進", text="人数を教えてください。", due=date(2027, 6, 20)),
        )
        * times,
        items=tuple((f"{number} 見守り活動の推進", "実施", "提出済み") for number in range(1, 22)),
    )


def handover_book(**changes: Any) -> HandoverBookData:
    values: dict[str, Any] = {
        "org_code": "990011-01",
        "org_name": "みほん東地区部会",
        "role": "地区部会",
        "signer": "部会長",
        "predecessor": "見本　花子",
        "day": date(2027, 6, 12),
        "made_at": MOMENT,
        "steps": tuple(f"{number}番めにすること" for number in "一二三四五"),
        "note": "確認番号は、事務所が確かめる12けたの数字です。",
        "years": (book_year(),),
        "places": (("区事務所", "みほん区　000-000-0000"), ("復旧シートの置き場所", "")),
        "calendar": ((date(2027, 6, 30), "年度の報告"), (date(2027, 10, 31), "年度なかばの確認")),
    }
    return HandoverBookData(**(values | changes))


def refusal_notice(**changes: Any) -> RefusalNoticeData:
    values: dict[str, Any] = {
        "org_name": "みほん東地区部会",
        "office_name": "みほん区事務所",
        "office_telephone": "000-000-0000",
        "file_name": "990011-01-2026-r2.shakyo",
        "report": "令和8年度　第2版",
        "reason": "このファイルは、引継ぎで終わった前の担当者の登録で作られています。",
        "steps": ("これからは、新しい担当者のパソコンで書き、そこから提出してください。",) * 3,
        "day": date(2027, 6, 12),
        "made_at": MOMENT,
    }
    return RefusalNoticeData(**(values | changes))


def setup_slip(**changes: Any) -> SetupSlipData:
    values: dict[str, Any] = {
        "org_code": "990011-01",
        "org_name": "みほん東地区部会",
        "number": "123456789012",
        "setup_file": "setup-990011-3.shakyo",
        "serial": 3,
        "office_name": "みほん区事務所",
        "office_telephone": "000-000-0000",
        "made_at": MOMENT,
    }
    return SetupSlipData(**(values | changes))


def plan() -> Plan:
    """The bundled plan."""
    return read_plan_toml((paths.plans_dir() / "plan-chiba-shakyo-7.toml").read_text(encoding="utf-8"))


def status(item_number: int, **changes: Any) -> ItemStatus:
    values: dict[str, Any] = {
        "id": f"status-{item_number}",
        "org": "990011-01",
        "fiscal_year": 2026,
        "plan_id": plan().id,
        "item_number": item_number,
        "state": ImplementationState.RUNNING,
        "self_rating": SelfRating.POOR,
        "outcome": "顔の見える関係ができました。" * 21,
        "challenge": "担い手の高齢化",
        "next_plan": "若い世代に声をかけます。",
        "needs_support": ("people", "money"),
    }
    return ItemStatus(**(values | changes))


def activity(number: int, item_number: int = 6, **changes: Any) -> Activity:
    values: dict[str, Any] = {
        "id": f"activity-{number}",
        "org": "990011-01",
        "fiscal_year": 2026,
        "plan_id": plan().id,
        "item_number": item_number,
        "kind": ActivityKind.WATCH,
        "held_on": date(2026, 4, 1) + timedelta(days=number),
        "start_time": "10:00",
        "end_time": "12:00",
        "venue": "みほん自治会館",
        "content": f"見守りその{number}です。",
        "participants": 24,
        "helpers": 6,
        "partners": ("neighbourhood",),
        "measures": {"visits": 12, "subjects": 5},
    }
    return Activity(**(values | changes))


def report_copy(
    statuses: tuple[ItemStatus, ...] = (),
    activities: tuple[Activity, ...] = (),
    practices: tuple[GoodPractice, ...] = (),
    photos: tuple[Photo, ...] = (),
    **changes: Any,
) -> ReportCopyData:
    values: dict[str, Any] = {
        "org_code": "990011-01",
        "org_name": "みほん東地区部会",
        "fiscal_year": 2026,
        "records": YearRecords("990011-01", 2026, statuses, activities, photos, practices),
        "plans": (plan(),),
        "printed_at": MOMENT,
        "stage": Stage.FINAL,
        "revision": 2,
    }
    return ReportCopyData(**(values | changes))
