"""The documents of a fictional district, plain and with everything that is awkward to print."""

from datetime import UTC, date, datetime
from typing import Any

from shakyo_desktop.documents.pdf.cover_sheet import CoverSheetData
from shakyo_desktop.documents.pdf.receipt import ReceiptData, ReceiptRequest
from shakyo_desktop.documents.pdf.recovery_sheet import RecoverySheetData
from shakyo_desktop.documents.pdf.setup_slip import SetupSlipData
from shakyo_desktop.domain.codes import Assembly, OrganisationKind, ReplyResult, Stage

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
