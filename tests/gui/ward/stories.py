"""Good practices in a ward's store, as if the districts' reports had brought them."""

import hashlib
import io
from dataclasses import replace

from PIL import Image, ImageDraw

from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.records import GoodPractice, Photo, YearRecords
from shakyo_desktop.exchange.photos import encode_photo
from shakyo_desktop.services.practice_rows import PracticeKey
from shakyo_desktop.services.registry import Services
from tests.gui.ward.world import EAST, NORTH, SOUTH, WEST, YEAR

PLAN = "chiba-shakyo-7"
STORIES = (
    (
        "歌でつながるサロン",
        "歌の好きな人が集まり、毎月の楽しみになりました。はじめは6人でしたが、今は20人をこえています。\n"
        "伴奏は近くの中学生が引き受けてくれ、世代をこえたつながりが生まれました。",
    ),
    ("登校の見守りで顔見知りに", "朝の見守りを続けるうちに、子どもからあいさつしてくれるようになりました。"),
    (
        "災害にそなえた名簿づくり",
        "自治会と民生委員が一緒に、手助けの要る方の名簿を見直しました。訓練では車いすでの避難も試しました。",
    ),
    ("買い物のおともボランティア", "坂の多い地区で、買い物の荷物を運ぶ活動をはじめました。"),
)


def story_photo(number: int) -> tuple[bytes, int, int]:
    """A picture in the packages' own form: a sky, a meadow and a number."""
    picture = Image.new("RGB", (1200, 800), (150 + 20 * number, 200, 240))
    draw = ImageDraw.Draw(picture)
    draw.rectangle((0, 500, 1200, 800), fill=(90, 150 + 10 * number, 80))
    draw.ellipse((500, 250, 760, 510), fill=(240, 220, 120))
    out = io.BytesIO()
    picture.save(out, "PNG")
    encoded = encode_photo(out.getvalue())
    return encoded.jpeg, encoded.width, encoded.height


def bring_story(
    services: Services,
    org: str = EAST,
    number: int = 0,
    *,
    item: int = 9,
    consent: bool = True,
    photos: int = 2,
    story: str = "",
) -> PracticeKey:
    """Put a story with photos, the last one without consent, into a district's newest year."""
    title, words = STORIES[number % len(STORIES)]
    with services.context.database.transaction() as stores:
        year = stores.records.year(org, YEAR)
        taken = []
        for at in range(photos if year.activities else 0):
            jpeg, width, height = story_photo(number + at)
            digest = hashlib.sha256(jpeg).hexdigest()
            stores.blobs.put(digest, jpeg)
            taken.append(
                Photo(
                    id=new_id(),
                    org=org,
                    fiscal_year=YEAR,
                    activity_id=year.activities[0].id,
                    sha256=digest,
                    size=len(jpeg),
                    width=width,
                    height=height,
                    caption=f"みほんのようす{at + 1}",
                    consent=at < photos - 1,
                )
            )
        practice = GoodPractice(
            id=new_id(),
            org=org,
            fiscal_year=YEAR,
            plan_id=PLAN,
            item_number=item,
            title=title,
            story=story or words,
            consent=consent,
            photo_ids=tuple(photo.id for photo in taken),
        )
        stores.records.replace_year(org, YEAR, _with(year, practice, taken))
    return org, YEAR, practice.id


def end_consent(services: Services, key: PracticeKey) -> None:
    """A newer report without the consent, as taking in treats it."""
    from shakyo_desktop.services.sharing_consent import settle_consent

    org, fiscal_year, practice_id = key
    with services.context.database.transaction() as stores:
        year = stores.records.year(org, fiscal_year)
        told = tuple(
            replace(one, consent=False) if one.id == practice_id else one for one in year.good_practices
        )
        stores.records.replace_year(org, fiscal_year, replace(year, good_practices=told))
        settle_consent(stores, org, fiscal_year, services.context.now())


def bring_all(services: Services) -> list[PracticeKey]:
    """A story of each kind of standing: chosen, open, without consent, chosen and withdrawn."""
    keys = [bring_story(services, org, at, item=9 - at) for at, org in enumerate((EAST, SOUTH, WEST, EAST))]
    keys.append(bring_story(services, NORTH, 1, consent=False, photos=0))
    services.sharing.choose(keys[0], True)
    services.sharing.choose(keys[3], True)
    end_consent(services, keys[3])
    return keys


def _with(year: YearRecords, practice: GoodPractice, photos: list[Photo]) -> YearRecords:
    return replace(year, photos=(*year.photos, *photos), good_practices=(*year.good_practices, practice))
