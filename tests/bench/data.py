"""A fictional ward and a district with a full year, made fast: records go in whole, not field by field."""

import hashlib
import io
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from PIL import Image

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.codes import ActivityKind, ImplementationState, Method, Reporter, SelfRating
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import Activity, ItemStatus, Photo
from shakyo_desktop.exchange.photos import encode_photo
from shakyo_desktop.services.founding import LockChoice, confirm_recovery, found_office
from shakyo_desktop.services.joining import join
from shakyo_desktop.services.known_organisations import FICTIONAL_WARD
from shakyo_desktop.services.registry import Services

KEY_FILE = LockChoice(frozenset({"key_file"}))
NOW = datetime(2026, 9, 12, 5, 0, tzinfo=UTC)
YEAR = 2026


def clock() -> datetime:
    """The moment of the benchmark: inside the plan, after its yearly dates of spring."""
    return NOW


@dataclass
class World:
    """An open ward, its setup file and the numbers on its slips by district."""

    folder: Path
    ward: Services
    setup: bytes
    numbers: dict[str, str]

    def close(self) -> None:
        """Close the ward."""
        self.ward.close()


def make_world(folder: Path, districts: int = 1) -> World:
    """A ward with districts that have not started yet."""
    founded = found_office(folder / "ward", FICTIONAL_WARD, "みほん 事務", KEY_FILE, clock=clock)
    confirm_recovery(folder / "ward", founded.recovery_identity)
    ward = open_services(folder / "ward", clock=clock)
    for number in range(1, districts + 1):
        ward.roster.add(f"みほん第{number}地区部会")
    ward.setups.issue()
    written = ward.setups.write(folder)
    numbers = {org: number for org, _, number in ward.setups.slip_numbers()}
    return World(folder, ward, written.path.read_bytes(), numbers)


def make_district(world: World, org: str, activities: int, photos: int, years: int = 1) -> Services:
    """A district that joined and wrote ``years`` full years, the last one with photos."""
    folder = world.folder / org
    joined = join(folder, world.setup, org, world.numbers[org], "みほん 記録係", KEY_FILE, clock=clock)
    confirm_recovery(folder, joined.recovery_identity)
    services = open_services(folder, clock=clock)
    plan = services.plans.plans()[0]
    for year in range(YEAR - years + 1, YEAR + 1):
        fill_year(services, org, plan, year, activities, photos if year == YEAR else 0)
    return services


def fill_year(services: Services, org: str, plan: Plan, year: int, activities: int, photos: int) -> None:
    """Write one year straight into the store."""
    items = [item for item in plan.items if item.reporter is Reporter.DISTRICT]
    events = [item for item in items if item.kind is ActivityKind.GATHERING]
    at = NOW - timedelta(days=365 * (YEAR - year))
    last = min(at.date(), date(year + 1, 3, 31))
    days = (last - date(year, 4, 1)).days
    diary = [
        Activity(
            id=new_id(at),
            org=org,
            fiscal_year=year,
            plan_id=plan.id,
            item_number=events[number % len(events)].number,
            kind=ActivityKind.GATHERING,
            held_on=date(year, 4, 1) + timedelta(days=number % days),
            start_time="10:00",
            end_time="11:30",
            method=Method.IN_PERSON,
            venue=f"みほん第{number % 9 + 1}集会所",
            participants=8 + number % 31,
            breakdown={"elderly": 5, "children": 2},
            helpers=3 + number % 5,
            partners=("neighbourhood",),
            content=f"お茶を飲みながら、体操をしました。{number + 1}回目の集まりで、季節の歌も歌いました。",
        )
        for number in range(activities)
    ]
    statuses = [
        ItemStatus(
            id=new_id(at),
            org=org,
            fiscal_year=year,
            plan_id=plan.id,
            item_number=item.number,
            state=ImplementationState.RUNNING,
            self_rating=SelfRating.GOOD,
            outcome="新しい参加者が増え、顔の見える関係が広がりました。",
            challenge="担い手の高齢化が進んでいます。",
            next_plan="回数を保ちながら内容を見直します。",
        )
        for item in plan.items
    ]
    with services.context.database.transaction() as stores:
        stores.records.insert_all(diary)
        stores.records.insert_all(statuses)
        for number in range(photos):
            jpeg, width, height = picture(number)
            digest = hashlib.sha256(jpeg).hexdigest()
            stores.blobs.put(digest, jpeg)
            stores.records.insert(
                Photo(
                    id=new_id(at),
                    org=org,
                    fiscal_year=year,
                    activity_id=diary[number * activities // photos].id,
                    sha256=digest,
                    size=len(jpeg),
                    width=width,
                    height=height,
                )
            )


_BASE: list[tuple[bytes, int, int]] = []


def picture(number: int) -> tuple[bytes, int, int]:
    """A JPEG of about half a megabyte, different for every number and in the packages' own form."""
    if not _BASE:
        noise = Image.merge("RGB", [Image.effect_noise((1600, 1200), 12) for _ in range(3)])
        out = io.BytesIO()
        noise.save(out, "PNG")
        photo = encode_photo(out.getvalue())
        _BASE.append((photo.jpeg, photo.width, photo.height))
    jpeg, width, height = _BASE[0]
    # One byte of the image's own data differs; an encoder for every picture would take minutes.
    middle = len(jpeg) // 2
    changed = bytearray(jpeg)
    for offset in range(64):
        if changed[middle + offset] not in (0x00, 0xFF) and changed[middle + offset - 1] != 0xFF:
            changed[middle + offset] = 1 + (number + offset) % 250
            break
    return bytes(changed), width, height
