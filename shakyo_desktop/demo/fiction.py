"""Visibly fictional content for a district's year, the same for the same seed."""

import io
import random
from dataclasses import dataclass
from datetime import date, timedelta

from shakyo_desktop.domain.codes import ActivityKind, ImplementationState, SelfRating
from shakyo_desktop.domain.compilation import FindingScope
from shakyo_desktop.domain.fiscal_year import first_day, last_day
from shakyo_desktop.domain.plan import Item
from shakyo_desktop.domain.records import FieldValue

DISTRICT_WORDS = ("東", "西", "南", "北", "中央", "台", "川", "丘", "浜", "原", "森", "泉")
PLACES = ("みほん自治会館", "みほん公民館", "みほん第一集会所", "みほん小学校 多目的室", "みほん公園")
CONTENT = {
    ActivityKind.GATHERING: "お茶を飲みながら、体操とおしゃべりをしました。",
    ActivityKind.MEAL: "手づくりのお弁当を囲んで会食をしました。",
    ActivityKind.WATCH: "ひとり暮らしの方を中心に声かけをしました。",
    ActivityKind.MUTUAL_AID: "ごみ出しや買い物の手伝いをしました。",
    ActivityKind.TRAINING: "福祉の基礎を学ぶ講座を開きました。",
    ActivityKind.LIAISON: "大学の先生と来年度の進め方を話しあいました。",
    ActivityKind.DISASTER: "避難所の開設訓練をしました。",
    ActivityKind.OTHER: "地域の催しに協力しました。",
}
OUTCOMES = (
    "新しい参加者が増え、顔の見える関係が広がりました。",
    "担い手どうしの連絡がよくなり、休みの回がなくなりました。",
    "町内会と日程を調整し、参加しやすくなりました。",
)
CHALLENGES = (
    "担い手の高齢化が進んでいます。",
    "会場の予約が取りにくくなっています。",
    "男性の参加が少ないです。",
)
NEXT_PLANS = (
    "声かけの範囲を広げます。",
    "若い世代に協力をお願いします。",
    "回数を保ちながら内容を見直します。",
)

PAUSES = ("会場の工事のため休みました。", "担い手がそろわず、1年休みました。")

STORIES = (
    (
        ActivityKind.GATHERING,
        "公園の体操から始まったお茶の会",
        "朝の体操のあとに、いすを並べてお茶を飲む会を始めました。男性の参加が少しずつ増え、今では机を並べる役を引きうけてくれます。",
        True,
    ),
    (
        ActivityKind.MEAL,
        "お弁当を届けながらの声かけ",
        "会食に来られない方へお弁当を届け、玄関で5分だけ話しました。困りごとが早くわかるようになりました。",
        True,
    ),
    (
        ActivityKind.WATCH,
        "黄色いハンカチの見守り",
        "朝にハンカチを出してもらい、出ていない家に声をかけました。紹介してよいかは、まだ聞いていません。",
        False,
    ),
)
"""Kind of the item, title, story, and whether those in it agree that it is shown to others."""

FieldChange = tuple[str, FieldValue]


@dataclass(frozen=True, slots=True)
class FictionalActivity:
    """What a volunteer types for one activity, after the first of its item was copied or made."""

    item_number: int
    changes: tuple[FieldChange, ...]


def district_names(count: int) -> list[str]:
    """Visibly fictional names of districts, all different."""
    names = [f"みほん{word}地区部会" for word in DISTRICT_WORDS[:count]]
    return names + [f"みほん第{number}地区部会" for number in range(len(names) + 1, count + 1)]


def fictional_contact(number: int) -> str:
    """The first name of a contact person, one after another."""
    names = ("花子", "太郎", "和子", "一郎", "春子", "次郎")
    return names[number % len(names)]


def fictional_activities(
    items: tuple[Item, ...], fiscal_year: int, today: date, count: int, rng: random.Random
) -> list[FictionalActivity]:
    """``count`` activities spread over the items and the part of the year that has passed."""
    end = min(last_day(fiscal_year), today)
    days = (end - first_day(fiscal_year)).days
    seen: set[int] = set()
    found = []
    for index in range(count):
        item = items[index % len(items)]
        held_on = first_day(fiscal_year) + timedelta(days=rng.randint(0, max(days, 0)))
        first = item.number not in seen
        seen.add(item.number)
        changes = _figures(item, held_on, rng) + (_words(item, rng) if first else ())
        found.append(FictionalActivity(item.number, changes))
    return found


def _figures(item: Item, held_on: date, rng: random.Random) -> tuple[FieldChange, ...]:
    people = rng.randint(6, 60)
    if item.kind in (ActivityKind.WATCH, ActivityKind.MUTUAL_AID):
        month = f"{held_on:%Y-%m}"
        names = ("subjects", "visits") if item.kind is ActivityKind.WATCH else ("fulfilled", "requests")
        low = rng.randint(5, 30)
        return (
            ("month", month),
            ("sessions", rng.randint(1, 8)),
            (f"measures.{names[0]}", low),
            (f"measures.{names[1]}", low + rng.randint(0, 40)),
        )
    return (("held_on", held_on), ("participants", people), ("helpers", rng.randint(2, 9)))


def _words(item: Item, rng: random.Random) -> tuple[FieldChange, ...]:
    words: tuple[FieldChange, ...] = (("venue", rng.choice(PLACES)), ("content", CONTENT[item.kind]))
    extra: dict[ActivityKind, tuple[FieldChange, ...]] = {
        ActivityKind.MEAL: (("measures.style", "together"),),
        ActivityKind.LIAISON: (("measures.counterpart", "みほん大学"), ("measures.form", "meeting")),
        ActivityKind.TRAINING: (("measures.theme", "認知症の理解"),),
        ActivityKind.DISASTER: (("measures.form", "drill"),),
    }
    return words + extra.get(item.kind, ())


def fictional_pause(rng: random.Random) -> tuple[FieldChange, ...]:
    """What a volunteer writes about an item that rested for a year: the reason, and no rating."""
    return (
        ("state", ImplementationState.SUSPENDED),
        ("state_reason", rng.choice(PAUSES)),
        ("next_plan", rng.choice(NEXT_PLANS)),
    )


def fictional_status(item: Item, rng: random.Random) -> tuple[FieldChange, ...]:
    """What a volunteer writes for one item at the end of the year."""
    state = rng.choice((ImplementationState.RUNNING,) * 4 + (ImplementationState.PARTIAL,))
    rating = rng.choice((SelfRating.GOOD, SelfRating.GOOD, SelfRating.FAIR, SelfRating.EXCELLENT))
    return (
        ("state", state),
        ("self_rating", rating),
        ("outcome", rng.choice(OUTCOMES)),
        ("challenge", rng.choice(CHALLENGES)),
        ("next_plan", rng.choice(NEXT_PLANS)),
    )


def fictional_ward_status(item: Item) -> tuple[FieldChange, ...]:
    """What the ward office writes about an item of its own."""
    return (
        ("state", ImplementationState.RUNNING),
        ("self_rating", SelfRating.GOOD),
        ("outcome", f"区事務所が「{item.name}」の研修会を2回開きました。"),
        ("challenge", "平日の昼に来られない方への案内が足りません。"),
        ("next_plan", "夜の回と、資料の配布を増やします。"),
    )


def fictional_findings(scope: FindingScope) -> tuple[tuple[str, str], ...]:
    """The ward's words about the whole, a direction or an item."""
    about = {
        FindingScope.WHOLE: "区全体",
        FindingScope.DIRECTION: "この方向性",
        FindingScope.ITEM: "この項目",
    }
    return (
        ("outcome", f"{about[scope]}では、参加する人と顔の見える関係が広がりました。"),
        ("challenge", "担い手の高齢化と、会場の確保が共通の課題です。"),
        ("approach", "地区部会どうしで事例を紹介しあい、若い世代に声をかけていきます。"),
    )


def fictional_picture(rng: random.Random, width: int = 1600, height: int = 1200) -> bytes:
    """A drawn picture (JPEG) with as much detail as a photograph, showing nobody."""
    from PIL import Image, ImageDraw

    noise = Image.frombytes("RGB", (width // 8, height // 8), rng.randbytes(width // 8 * (height // 8) * 3))
    picture = noise.resize((width, height), Image.Resampling.BICUBIC)
    draw = ImageDraw.Draw(picture)
    for _ in range(12):
        left, top = rng.randint(0, width - 200), rng.randint(0, height - 200)
        colour = (rng.randint(60, 255), rng.randint(60, 255), rng.randint(60, 255))
        draw.ellipse((left, top, left + rng.randint(80, 400), top + rng.randint(80, 400)), fill=colour)
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=80)
    return out.getvalue()
