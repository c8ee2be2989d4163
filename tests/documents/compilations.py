"""Fictional compilations of any number of districts: plain, empty, long, with rare and hostile texts."""

import hashlib
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from shakyo_desktop.documents.compilation.paper import CompilationPaper
from shakyo_desktop.domain.codes import ImplementationState, Reporter, SelfRating, Stage
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
from shakyo_desktop.domain.plan import Item
from shakyo_desktop.domain.totals import total_specs
from tests.documents.samples import LONG_NAME, MOMENT, plan, status

WARD = "990011"
MADE = MOMENT
WORDS = ("東", "西", "南", "北", "中央", "台", "川", "丘", "浜", "原", "森", "泉")
STATES = (*ImplementationState, ImplementationState.RUNNING, ImplementationState.RUNNING, None)
HOSTILE = (
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("x")',
    "＝1",
    "<b>&amp;</b>",
    "い\x0bう",
)


def source(number: int, missing: bool = False, **changes: Any) -> SourceReport:
    """The report of district ``number`` (from 1)."""
    name = f"みほん{WORDS[number - 1]}地区部会" if number <= len(WORDS) else f"みほん第{number}地区部会"
    values: dict[str, Any] = {"org": f"{WARD}-{number:02d}", "name": name, "arrival": Arrival.MISSING}
    if not missing:
        values |= {
            "arrival": Arrival.LATE if number % 7 == 3 else Arrival.RECEIVED,
            "package_id": f"package-{number}",
            "manifest": hashlib.sha256(f"{number}".encode()).hexdigest(),
            "revision": 1 + number % 3,
            "stage": Stage.FINAL,
            "received_at": MADE - timedelta(days=number),
            "confirmed": True,
        }
    return SourceReport(**(values | changes))


def line(item: Item, number: int, text: str | None = None) -> DistrictLine:
    """What district ``number`` reports about an item; ``text`` stands in every text when given."""
    state = STATES[(item.number * 5 + number * 3) % len(STATES)]
    org = f"{WARD}-{number:02d}"
    if state is None:
        return DistrictLine(org=org)
    totals = {
        spec.code: 7 * number + item.number + index
        for index, spec in enumerate(total_specs(item))
        if (number + index) % 4
    }
    ratings = (*SelfRating, None)
    return DistrictLine(
        org=org,
        state=state,
        state_reason=text or ("会場の工事" if state is ImplementationState.SUSPENDED else ""),
        self_rating=ratings[(item.number + number) % len(ratings)],
        totals=totals,
        outcome=text if text is not None else "顔の見える関係ができました。",
        challenge=text if text is not None else "担い手の高齢化",
        next_plan=text if text is not None else "若い世代に声をかけます。",
        needs_support=("people",),
    )


def rolled(item: Item, lines: tuple[DistrictLine, ...], expected: int, **changes: Any) -> ItemRollUp:
    """An item over these lines, counted here a second time."""
    own = item.reporter is Reporter.WARD_OFFICE
    states = [one.state.value for one in lines if one.state]
    ratings = [one.self_rating.value for one in lines if one.self_rating]
    sums = []
    for spec in total_specs(item):
        stated = [one.totals[spec.code] for one in lines if spec.code in one.totals]
        total = sum(stated) if stated and spec.total != "none" else None
        sums.append(CoveredSum(spec.code, spec.label, spec.unit, total, len(stated), expected))
    return ItemRollUp(
        **{
            "item_number": item.number,
            "states": {code: states.count(code) for code in dict.fromkeys(states)},
            "ratings": {code: ratings.count(code) for code in dict.fromkeys(ratings)},
            "unreported": 0 if own else expected - len(states),
            "sums": tuple(sums),
            "districts": lines,
            "ward_status": status(item.number, outcome="研修を2回開きました。") if own else None,
        }
        | changes
    )


def compilation(
    districts: int = 3, missing: int = 0, text: str | None = None, **changes: Any
) -> WardCompilation:
    """A ward of ``districts``; the last ``missing`` of them sent nothing."""
    here = range(1, districts - missing + 1)
    items = []
    for item in plan().items:
        lines = tuple(line(item, number, text) for number in here)
        before = rolled(item, lines[:-1], districts)
        stories = tuple(
            PracticeSource(
                f"{WARD}-{number:02d}", f"p{number}", text or "朝のあいさつ", text or "毎朝の声かけ。" * 30
            )
            for number in here
            if item.number in (6, 9) and number < 3
        )
        items.append(
            rolled(item, lines, districts, practices=stories, last_year=replace(before, districts=()))
        )
    words = dict.fromkeys(
        ("outcome", "challenge", "approach"), text if text is not None else "声かけを広げます。"
    )
    values: dict[str, Any] = {
        "id": "0190-compilation",
        "ward": WARD,
        "plan_id": plan().id,
        "fiscal_year": 2026,
        "version": 2,
        "compiled_at": MADE,
        "compiled_by": "みほん 事務",
        "sources": tuple(source(n, missing=n not in here) for n in range(1, districts + 1)),
        "items": tuple(items),
        "findings": (
            Finding(scope=FindingScope.WHOLE, **words),
            *(Finding(scope=FindingScope.DIRECTION, number=n, **words) for n in range(1, 6)),
            *(Finding(scope=FindingScope.ITEM, number=n, **words) for n in range(1, 22)),
        ),
        "council": CouncilVerification(
            held_on=date(2027, 6, 10),
            attendance="委員12人",
            verification=text or "よく進んでいます。",
            approved=True,
        ),
    }
    return WardCompilation(**(values | changes))


def paper(*args: Any, ward_name: str = "みほん区事務所", **kwargs: Any) -> CompilationPaper:
    """The paper of ``compilation(…)``."""
    return CompilationPaper(compilation=compilation(*args, **kwargs), plan=plan(), ward_name=ward_name)


def long_paper() -> CompilationPaper:
    """Every text as long as it may be, names too."""
    found = compilation(2, 0, text="「長い」言葉です、" * 33 + "終わり")
    sources = tuple(replace(one, name=LONG_NAME) for one in found.sources)
    return CompilationPaper(
        compilation=replace(found, sources=sources), plan=plan(), ward_name=f"{LONG_NAME}事務所"
    )


def unconfirmed_paper() -> CompilationPaper:
    """One of three reports was taken in before it was accepted."""
    found = compilation(3)
    first, *rest = found.sources
    sources = (replace(first, confirmed=False), *rest)
    return CompilationPaper(
        compilation=replace(found, sources=sources, include_unconfirmed=True),
        plan=plan(),
        ward_name="みほん区事務所",
    )


def mapped_paper() -> CompilationPaper:
    """Item 9 of district 1 has 12 of its sessions from an item of another plan."""
    data = paper(3)
    items = []
    for one in data.compilation.items:
        if one.item_number == 9:
            first, *rest = one.districts
            first = replace(first, totals={**first.totals, "sessions": 30}, mapped={"sessions": 12})
            source = MappedTotals("mihon-7", "みほん第7次計画", 6, "見守り", {"sessions": 12}, 1)
            sums = tuple(
                replace(known, total=sum(line.totals.get("sessions", 0) for line in (first, *rest)))
                if known.code == "sessions"
                else known
                for known in one.sums
            )
            one = replace(one, districts=(first, *rest), sums=sums, mapped=(source,))
        items.append(one)
    return replace(data, compilation=replace(data.compilation, items=tuple(items)))
