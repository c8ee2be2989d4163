"""A version of a compilation comes back as it was, and its words are kept field by field."""

from dataclasses import fields, replace
from datetime import date

import pytest
from sqlalchemy.exc import IntegrityError

from shakyo_desktop.domain import codes
from shakyo_desktop.domain.compilation import (
    Arrival,
    CouncilVerification,
    CoveredSum,
    DistrictLine,
    Finding,
    FindingScope,
    ItemRollUp,
    PracticeSource,
    SourceReport,
    WardCompilation,
)
from shakyo_desktop.domain.errors import NotFound
from tests.storage.samples import NOW, ORG, OTHER_ORG, YEAR, later, sha256, status

WARD, PLAN = "990011", "plan-7"


def rolled(number=6, last_year=None):
    return ItemRollUp(
        item_number=number,
        states={"running": 2, "suspended": 1},
        ratings={"good": 1},
        unreported=3,
        sums=(
            CoveredSum("sessions", "開催回数", "回", 0, 1, 6),
            CoveredSum("helpers", "担い手", "人", None, 0, 6),
        ),
        districts=(
            DistrictLine(
                org=ORG,
                state=codes.ImplementationState.SUSPENDED,
                state_reason="会場が使えない",
                self_rating=codes.SelfRating.NOT_RATED,
                rating_reason="まだ早い",
                totals={"sessions": 0, "独自": 12},
                outcome="1行目\n2行目 葛󠄀飾",
                challenge="𠮷野さんの「声」",
                next_plan="次",
                needs_support=("people", "money"),
            ),
            DistrictLine(org=OTHER_ORG),
        ),
        practices=(PracticeSource(ORG, "g-1", "朝のあいさつ", "門に立つ。"),),
        ward_status=status(org=WARD),
        last_year=last_year,
    )


def compilation(version=1, **changes):
    values = {
        "id": f"c-{version}",
        "ward": WARD,
        "plan_id": PLAN,
        "fiscal_year": YEAR,
        "version": version,
        "compiled_at": NOW,
        "compiled_by": "見本花子",
        "sources": (
            SourceReport(
                org=ORG,
                name="みほん東地区部会",
                arrival=Arrival.LATE,
                package_id="r-1",
                manifest=sha256(b"r-1"),
                joined=(sha256(b"r-0"),),
                revision=2,
                stage=codes.Stage.FINAL,
                received_at=later(5),
                confirmed=True,
            ),
            SourceReport(org=OTHER_ORG, name="みほん西地区部会", arrival=Arrival.MISSING),
        ),
        "items": (rolled(6, last_year=replace(rolled(6), districts=(), practices=())), rolled(9)),
        "findings": (
            Finding(scope=FindingScope.ITEM, number=6, outcome="成果", challenge="課題", approach="進め方"),
            Finding(scope=FindingScope.WHOLE, outcome="全体の成果"),
        ),
        "council": CouncilVerification(
            held_on=date(2027, 8, 20),
            attendance="12名",
            verification="妥当",
            approved=True,
            unread={"held_on": "八月ごろ"},
        ),
        "include_unconfirmed": True,
    }
    return WardCompilation(**{**values, **changes})


def test_every_field_of_a_compilation_comes_back(database):
    kept = compilation()
    assert all(getattr(kept, known.name) for known in fields(kept)), "a field at its default hides a loss"
    with database.transaction() as stores:
        stores.compilations.add(kept)
    with database.reading() as stores:
        assert stores.compilations.get("c-1") == kept
        assert stores.compilations.newest(WARD, PLAN, YEAR) == kept


def test_versions_come_newest_first_and_only_the_highest_is_the_newest(database):
    blank = {"findings": (), "council": CouncilVerification()}
    with database.transaction() as stores:
        stores.compilations.add(compilation(1, **blank))
        stores.compilations.add(compilation(2, **blank))
        stores.compilations.add(compilation(1, id="other", plan_id="ward-plan", **blank))
    with database.reading() as stores:
        lines = stores.compilations.versions(WARD, PLAN, YEAR)
        assert [(one.id, one.version, one.received, one.expected) for one in lines] == [
            ("c-2", 2, 1, 2),
            ("c-1", 1, 1, 2),
        ]
        assert [stores.compilations.is_newest(one) for one in ("c-1", "c-2", "other", "none")] == [
            *(False, True, True, False)
        ]
        assert stores.compilations.newest(WARD, PLAN, YEAR - 1) is None


def test_two_wards_versions_of_one_plan_are_told_apart(database):
    """As a city keeps them."""
    with database.transaction() as stores:
        stores.compilations.add(compilation(1))
        stores.compilations.add(compilation(2, id="other", ward="999998"))
    with database.reading() as stores:
        newest = [stores.compilations.newest(ward, PLAN, YEAR) for ward in (WARD, "999998")]
        lines = [stores.compilations.versions(ward, PLAN, YEAR) for ward in (WARD, "999998")]
    assert [one and one.id for one in newest] == ["c-1", "other"]
    assert [[one.id for one in ward] for ward in lines] == [["c-1"], ["other"]]


def test_a_version_cannot_be_kept_twice(database):
    with database.transaction() as stores:
        stores.compilations.add(compilation(1))
    with pytest.raises(IntegrityError), database.transaction() as stores:
        stores.compilations.add(compilation(1, id="again"))


def test_words_are_written_over_and_blank_where_nobody_wrote(database):
    with database.transaction() as stores:
        stores.compilations.add(compilation(1))
        changed = Finding(scope=FindingScope.ITEM, number=6, outcome="別の成果")
        stores.compilations.save_finding("c-1", changed)
        assert stores.compilations.finding("c-1", FindingScope.ITEM, 6) == changed
        blank = Finding(scope=FindingScope.DIRECTION, number=2)
        assert stores.compilations.finding("c-1", FindingScope.DIRECTION, 2) == blank
        stores.compilations.save_council("c-1", CouncilVerification())
        assert stores.compilations.council("c-1") == CouncilVerification()


def test_what_is_not_there_is_not_found(database):
    with database.reading() as stores:
        for look in (stores.compilations.get, stores.compilations.council):
            with pytest.raises(NotFound):
                look("none")
