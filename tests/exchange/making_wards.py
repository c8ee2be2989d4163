"""A ward's report to its city, over the report of one district and the silence of another."""

from dataclasses import replace
from datetime import date
from functools import cache
from io import BytesIO
from typing import Any

from shakyo_desktop.domain.codes import ImplementationState, SelfRating, Stage
from shakyo_desktop.domain.compilation import (
    Arrival,
    CouncilVerification,
    CoveredSum,
    DistrictLine,
    Finding,
    FindingScope,
    ItemRollUp,
    MappedTotals,
    PracticeSource,
    SourceReport,
    WardCompilation,
)
from shakyo_desktop.domain.records import ItemStatus
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.container import read_container
from shakyo_desktop.exchange.content import PackageContent
from shakyo_desktop.exchange.district_evidence import evidence_extras
from shakyo_desktop.exchange.manifest import manifest_hash
from shakyo_desktop.exchange.records import ward_tables
from shakyo_desktop.exchange.sealing import unseal
from tests.exchange.making import built, photo_sources, report_content, report_info, year_records
from tests.exchange.people import (
    CITY,
    CITY_BOX,
    CITY_RECOVERY,
    DISTRICT,
    MADE,
    PLAN,
    WARD,
    WARD_BOX,
    YEAR,
    uuid7,
)

SILENT = "990011-02"


@cache
def report_entries() -> dict[str, bytes]:
    """The district's report as the ward received it."""
    plain = unseal(BytesIO(built(report_content())), [WARD_BOX.identity])
    return {name: bytes(data) for name, data in read_container(plain).items()}


def compilation(report: dict[str, bytes] | None = None, **changes: Any) -> WardCompilation:
    """Two items, one of them the ward office's own, over one district's report."""
    manifest = manifest_hash((report or report_entries())[names.MANIFEST])
    source = SourceReport(
        org=DISTRICT,
        name="",
        arrival=Arrival.RECEIVED,
        package_id=uuid7(100),
        manifest=manifest,
        joined=("ab" * 32,),
        revision=1,
        stage=Stage.INTERIM,
        received_at=MADE,
        confirmed=True,
    )
    made = WardCompilation(
        id=uuid7(500),
        ward=WARD,
        plan_id=PLAN.id,
        fiscal_year=YEAR,
        version=2,
        compiled_at=MADE,
        compiled_by="みほん 事務",
        sources=(source, SourceReport(org=SILENT, name="", arrival=Arrival.MISSING)),
        items=(_district_item(), _office_item()),
        findings=(
            Finding(scope=FindingScope.WHOLE, outcome="見守りが\n広がった", approach="続ける"),
            Finding(scope=FindingScope.DIRECTION, number=1, challenge="学びの場が少ない"),
            Finding(scope=FindingScope.ITEM, number=6, outcome="声かけが増えた"),
        ),
        council=CouncilVerification(
            held_on=date(2026, 9, 11), attendance="12人", verification="おおむね\n妥当", approved=True
        ),
    )
    return replace(made, **changes)


def _office_item() -> ItemRollUp:
    own = ItemStatus(
        id=uuid7(501),
        org=WARD,
        fiscal_year=YEAR,
        plan_id=PLAN.id,
        item_number=1,
        state=ImplementationState.RUNNING,
        outcome="講座を\n2回開いた",
    )
    lines = (DistrictLine(org=DISTRICT),)
    return ItemRollUp(
        item_number=1, states={}, ratings={}, unreported=0, sums=(), districts=lines, ward_status=own
    )


def _district_item() -> ItemRollUp:
    said = DistrictLine(
        org=DISTRICT,
        state=ImplementationState.RUNNING,
        self_rating=SelfRating.GOOD,
        totals={"sessions": 12, "person_times": 24},
        outcome="声かけが\n増えた",
        needs_support=("people",),
        mapped={"person_times": 4},
    )
    before = ItemRollUp(
        item_number=6,
        states={"preparing": 2},
        ratings={},
        unreported=0,
        sums=(CoveredSum("sessions", "開催回数", "回", 9, 1, 2),),
    )
    return ItemRollUp(
        item_number=6,
        states={"running": 1},
        ratings={"good": 1},
        unreported=1,
        sums=(
            CoveredSum("sessions", "開催回数", "回", 12, 1, 2),
            CoveredSum("unique_persons", "実人数", "人", None, 0, 2),
            CoveredSum("person_times", "延べ参加", "人", 24, 1, 2),
        ),
        districts=(said,),
        practices=(PracticeSource(DISTRICT, uuid7(6), "声かけの工夫", "区で整えた文"),),
        last_year=before,
        mapped=(MappedTotals("mihon-ku", "みほん区計画", 2, "見守り", {"person_times": 4}, 1),),
    )


def ward_report_content(report: dict[str, bytes] | None = None, **changes: Any) -> PackageContent:
    """The ward's second version, for its city, with the one practice and its photo."""
    entries = report or report_entries()
    made = compilation(entries)
    [practice] = year_records().good_practices
    content = PackageContent(
        type="ward_report",
        package_id=uuid7(600),
        created_at=MADE,
        app_version="1.0",
        recipient_org=CITY,
        recipients=(CITY_BOX.recipient, CITY_RECOVERY.recipient),
        sender_enc=WARD_BOX.recipient,
        setup_serial=1,
        seq=1,
        prev=None,
        tables=ward_tables(made, [replace(practice, story="区で整えた文")]),
        report=report_info(org=WARD, stage=Stage.FINAL, revision=made.version),
        photos=photo_sources(year_records()),
        extras=evidence_extras(DISTRICT, entries),
    )
    return replace(content, **changes)
