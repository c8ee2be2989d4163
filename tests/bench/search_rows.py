"""Searching five years of twelve districts, through the service that the window asks."""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from shakyo_desktop.domain.codes import ImplementationState, Method
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import Activity, ItemStatus, YearRecords
from shakyo_desktop.services.known_organisations import FICTIONAL_WARD
from shakyo_desktop.services.registry import Services
from tests.bench.data import YEAR, make_world
from tests.bench.measuring import Row, timed

DISTRICTS, YEARS, ACTIVITIES = 12, 5, 2_000
LIMIT_MS = 100.0
QUESTIONS = (
    "の",
    "館",
    "ぬ",
    "見守",
    "した",
    "ぬぬ",
    "見守り訪問",
    "ﾎﾞﾗﾝﾃｨｱ",
    "体操 小学校",
    "どこにもない言葉",
)
_WORDS = (
    "見守り",
    "訪問",
    "食事会",
    "体操",
    "自治会館",
    "公民館",
    "防災",
    "訓練",
    "子ども",
    "高齢者",
    "ふれあい",
    "散歩",
    "小学校",
    "打ち合わせ",
    "相談",
    "お茶",
    "民生委員",
    "電球",
    "買い物",
    "昼食",
    "ボランティア",
    "研修",
    "講座",
    "車いす",
    "避難所",
    "名簿",
    "交流",
    "世代",
    "演奏",
    "花見",
    "敬老",
    "参加",
    "増え",
    "課題",
    "時間",
    "準備",
    "協力",
    "いただき",
    "大学",
    "学生",
    "の",
    "を",
    "に",
    "と",
    "が",
    "で",
    "した",
    "ました",
    "、",
    "。",
)


def search_rows(folder: Path) -> list[Row]:
    """The slowest question, and the first after the screen is opened; each answered five times."""
    world = make_world(folder / "searching", districts=DISTRICTS)
    fill(world.ward)
    search = world.ward.search
    prepared = timed(search.prepare)
    slowest, asked = max((max(timed(lambda q=q: search.find(q)) for _ in range(5)), q) for q in QUESTIONS)
    world.close()
    note = f"{DISTRICTS * YEARS * ACTIVITIES:,} activities; slowest of {len(QUESTIONS)} questions: {asked}"
    return [
        Row("search, slowest", "a tenth of a second", slowest, LIMIT_MS, 1.0, note),
        Row("search, opening its screen", "a tenth of a second", prepared, LIMIT_MS, 1.0, "nothing to index"),
    ]


def fill(ward: Services) -> None:
    """Put the years in as reports do: every one replaces its district's year and is indexed."""
    chance = random.Random(7)
    [plan] = ward.plans.plans()
    for year in range(YEAR - YEARS + 1, YEAR + 1):
        for number in range(1, DISTRICTS + 1):
            org = f"{FICTIONAL_WARD.code}-{number:02d}"
            statuses = tuple(_statuses(chance, org, year, plan))
            diary = tuple(_diary(chance, org, year, plan))
            with ward.context.database.transaction() as stores:
                stores.records.replace_year(org, year, YearRecords(org, year, statuses, diary))


def _statuses(chance: random.Random, org: str, year: int, plan: Plan) -> Iterator[ItemStatus]:
    for item in plan.items:
        yield ItemStatus(
            id=new_id(),
            org=org,
            fiscal_year=year,
            plan_id=plan.id,
            item_number=item.number,
            state=ImplementationState.RUNNING,
            outcome=_text(chance, 40),
            challenge=_text(chance, 30),
            next_plan=_text(chance, 20),
        )


def _diary(chance: random.Random, org: str, year: int, plan: Plan) -> Iterator[Activity]:
    for number in range(ACTIVITIES):
        yield Activity(
            id=new_id(),
            org=org,
            fiscal_year=year,
            plan_id=plan.id,
            item_number=plan.items[number % len(plan.items)].number,
            held_on=date(year, 4, 1) + timedelta(days=number % 360),
            method=Method.IN_PERSON,
            venue=f"みほん第{number % 9 + 1}集会所",
            participants=8 + number % 31,
            partners=("neighbourhood",),
            content=_text(chance, 24),
            note=_text(chance, 14),
        )


def _text(chance: random.Random, words: int) -> str:
    return "".join(chance.choices(_WORDS, k=words))
