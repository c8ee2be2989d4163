"""Packages to test with, as an honest district and its ward would make them."""

from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

from PIL import Image

from shakyo_desktop.domain.codes import (
    ActivityKind,
    Assembly,
    Beneficiary,
    Granularity,
    ImplementationState,
    Method,
    Partner,
    ReplyResult,
    SelfRating,
    Stage,
    Support,
)
from shakyo_desktop.domain.records import Activity, GoodPractice, ItemStatus, Photo, YearRecords
from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.exchange.content import PackageContent, PhotoSource
from shakyo_desktop.exchange.keys import SigningKey
from shakyo_desktop.exchange.opened import OpenedPackage
from shakyo_desktop.exchange.package_info import ReplyInfo, ReportInfo, time_text
from shakyo_desktop.exchange.photos import EncodedPhoto, encode_photo
from shakyo_desktop.exchange.reader import open_package
from shakyo_desktop.exchange.records import answer_tables, photos_to_send, report_tables, setup_tables
from shakyo_desktop.exchange.trust import ReceiverKeys
from shakyo_desktop.exchange.writer import build_package
from tests.exchange.people import (
    DISTRICT,
    DISTRICT_BOX,
    DISTRICT_KEY,
    MADE,
    NOW,
    OFFICE,
    ORGANISATIONS,
    PLAN,
    RECOVERY,
    SCHEDULE,
    WARD,
    WARD_BOX,
    WARD_KEY,
    WARD_KEYS,
    YEAR,
    Register,
    register,
    uuid7,
)


@cache
def picture(shade: int = 20) -> EncodedPhoto:
    """A small photo of nothing."""
    out = BytesIO()
    Image.new("RGB", (40, 30), (shade, 120, 60)).save(out, "PNG")
    return encode_photo(out.getvalue())


def year_records() -> YearRecords:
    """A year with everything in it once."""
    whose: dict[str, Any] = {"org": DISTRICT, "fiscal_year": YEAR, "plan_id": PLAN.id}
    photo = picture()
    return YearRecords(
        DISTRICT,
        YEAR,
        item_statuses=(
            ItemStatus(
                id=uuid7(1),
                item_number=6,
                state=ImplementationState.RUNNING,
                self_rating=SelfRating.GOOD,
                typed_totals={"sessions": 12},
                counted_totals={"sessions": 1, "person_times": 24},
                totals_reason="数えなおした",
                target_value=12_000,
                target_unit="回",
                outcome="声かけが\n増えた",
                needs_support=(Support.PEOPLE.value,),
                carried_over=("outcome",),
                reasons={"totals:totals.differ": "紙の記録による"},
                **whose,
            ),
            ItemStatus(id=uuid7(2), item_number=1, **whose),
        ),
        activities=(
            Activity(
                id=uuid7(3),
                item_number=6,
                related_items=(1,),
                kind=ActivityKind.WATCH,
                held_on=date(2026, 9, 12),
                start_time="10:00",
                end_time="11:30",
                method=Method.VISIT,
                venue="みほん自治会館",
                participants=24,
                breakdown={Beneficiary.ELDERLY.value: 20, Beneficiary.CHILDREN.value: 4},
                helpers=6,
                partners=(Partner.NPO.value, Partner.OTHER.value),
                partners_text="㈱みほん①",
                content="髙橋さん宅の近くを𠮷田さんと見守り",
                note="神\ufa19社の前で一度集まる",
                measures={"subjects": 5, "visits": 9, "rain": False, "theme": "見守り"},
                **whose,
            ),
            Activity(
                id=uuid7(4),
                item_number=1,
                granularity=Granularity.MONTHLY_TOTAL,
                month="2026-10",
                sessions=2,
                participants_unknown=True,
                **whose,
            ),
        ),
        photos=(
            Photo(
                id=uuid7(5),
                org=DISTRICT,
                fiscal_year=YEAR,
                activity_id=uuid7(3),
                sha256=photo.sha256,
                size=len(photo.jpeg),
                width=photo.width,
                height=photo.height,
                caption="みほん",
                consent=True,
            ),
        ),
        good_practices=(
            GoodPractice(
                id=uuid7(6),
                item_number=6,
                title="声かけの工夫",
                story="一行目\n二行目",
                consent=True,
                photo_ids=(uuid7(5),),
                **whose,
            ),
        ),
    )


def photo_sources(year: YearRecords) -> tuple[PhotoSource, ...]:
    by_hash = {picture(shade).sha256: picture(shade).jpeg for shade in (20, 220)}
    return tuple(
        PhotoSource(photo.id, photo.sha256, photo.size, lambda photo=photo: by_hash[photo.sha256])
        for photo in photos_to_send(year)
    )


def report_info(**changes: Any) -> ReportInfo:
    fields: dict[str, Any] = {
        "org": DISTRICT,
        "fiscal_year": YEAR,
        "stage": Stage.INTERIM,
        "assembly": Assembly.NONE,
        "revision": 1,
        "supersedes": None,
    }
    return ReportInfo(**(fields | changes))


def report_content(year: YearRecords | None = None, **changes: Any) -> PackageContent:
    """A report of the district to its ward."""
    year = year or year_records()
    content = PackageContent(
        type="report",
        package_id=uuid7(100),
        created_at=MADE,
        app_version="1.0",
        recipient_org=WARD,
        recipients=(WARD_BOX.recipient, RECOVERY.recipient),
        sender_enc=DISTRICT_BOX.recipient,
        setup_serial=1,
        seq=1,
        prev=None,
        tables=report_tables(year),
        report=report_info(),
        photos=photo_sources(year),
    )
    return replace(content, **changes)


def setup_content(**changes: Any) -> PackageContent:
    """The ward's setup."""
    content = PackageContent(
        type="setup",
        package_id=uuid7(200),
        created_at=MADE,
        app_version="1.0",
        recipient_org=None,
        recipients=(),
        sender_enc=WARD_BOX.recipient,
        setup_serial=1,
        seq=0,
        prev=None,
        tables=setup_tables(ORGANISATIONS, (PLAN,), SCHEDULE, (OFFICE,)),
    )
    return replace(content, **changes)


def reply_info(**changes: Any) -> ReplyInfo:
    fields: dict[str, Any] = {
        "package_id": uuid7(100),
        "manifest": "ab" * 32,
        "received_at": time_text(MADE),
        "result": ReplyResult.RETURNED,
        "receipt_no": "R8-0001",
        "last_seq": 1,
    }
    return ReplyInfo(**(fields | changes))


REQUESTS = (
    CorrectionRequest(
        id=uuid7(301),
        package_id=uuid7(100),
        table="item_statuses",
        record_id=uuid7(1),
        field="typed_totals.sessions",
        text="回数を\n確認してください",
        due=date(2026, 10, 1),
    ),
    CorrectionRequest(
        id=uuid7(302), package_id=uuid7(100), table="report", record_id="", field="", text="総評"
    ),
)
SHARED = (
    GoodPractice(
        id=uuid7(401),
        org="990011-02",
        fiscal_year=2025,
        plan_id=PLAN.id,
        item_number=1,
        title="よい例",
        story="本文",
        consent=True,
    ),
)


def answer_content(**changes: Any) -> PackageContent:
    """The ward's answer to the district's report."""
    content = PackageContent(
        type="answer",
        package_id=uuid7(300),
        created_at=MADE,
        app_version="1.0",
        recipient_org=DISTRICT,
        recipients=(DISTRICT_BOX.recipient,),
        sender_enc=WARD_BOX.recipient,
        setup_serial=1,
        seq=1,
        prev=None,
        tables=answer_tables(REQUESTS, SHARED),
        reply=reply_info(),
    )
    return replace(content, **changes)


def built(content: PackageContent, signer: SigningKey | None = None) -> bytes:
    """The file of this content, signed by whom it should be."""
    out = BytesIO()
    build_package(content, signer or (DISTRICT_KEY if content.type == "report" else WARD_KEY), out)
    return out.getvalue()


def opened(data: bytes, keys: ReceiverKeys = WARD_KEYS, trust: Register | None = None) -> OpenedPackage:
    return open_package(BytesIO(data), keys, trust or register(), NOW)


def kept(package: OpenedPackage) -> dict[str, bytes]:
    """The signed entries without photos, as a store keeps them to verify them again."""
    return {
        name: bytes(data)
        for name, data in package.entries.items()
        if not name.startswith(("mimetype", "photos/"))
    }
