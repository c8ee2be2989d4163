"""A city, a ward and two districts whose every text is markup."""

import io
import re
from dataclasses import replace
from datetime import date
from pathlib import Path

from PIL import Image

from shakyo_desktop.domain.compilation import FindingScope
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import ACTIVITIES, ITEM_STATUSES, PHOTOS, RecordRef
from shakyo_desktop.services.founding import found_office, join
from shakyo_desktop.services.known_organisations import FICTIONAL_CITY, FICTIONAL_WARD
from shakyo_desktop.services.plans import shipped_plans
from shakyo_desktop.services.registry import Services
from tests.services.city.world import CityWorld
from tests.services.loop.world import EAST, ITEM, KEY_FILE, PLAN, WEST, YEAR

SHORT = "<b>牛</b>&lt;馬"
"""In every short text: markup around 牛 and an entity before 馬, so that it is seen where one was read."""
_READ = re.compile("(?<!<b>)牛|(?<!&lt;)馬")
LONG = (
    f'{SHORT} <img src=x> <a href="file:///x">{SHORT}</a> {{\\rtf1 x}} =HYPERLINK("x") %s {{0}} '
    + "ながい" * 8
)
LINES = f"{LONG}\n<table><tr><td>{SHORT}\n=1+1"
CALCULATED = f"=1+1 {SHORT}"
"""What Excel would calculate if it were let."""
NAME = f"<i>花</i> {SHORT}"


def literal(text: str) -> bool:
    """Whether each of the two signs has its markup before it; what stands behind may have been cut off."""
    return _READ.search(text) is None


def found_foreign(root: Path) -> CityWorld:
    """The whole journey, every text of it foreign."""
    root.mkdir(parents=True)
    world = CityWorld(root)
    world.stick.mkdir()
    city = replace(FICTIONAL_CITY, name=f"{SHORT}市")
    ward = replace(FICTIONAL_WARD, name=f"{SHORT}区", telephone="<b>0</b>")
    found_office(root / "city", city, NAME, KEY_FILE, world.clock)
    found_office(root / "ward", ward, NAME, KEY_FILE, world.clock)
    for name in ("東", "西"):
        world.ward.roster.add(f"{SHORT}{name}地区部会", telephone="<b>0</b>", contact=NAME)
    with world.ward.context.database.transaction() as stores:
        stores.plans.save(foreign_plan(), world.clock())
    with world.city.context.database.transaction() as stores:
        stores.plans.save(foreign_plan(), world.clock())
    setup = world.setup_file()
    numbers = {code: number for code, _, number in world.ward.setups.slip_numbers()}
    for folder, org in (("east", EAST), ("west", WEST)):
        join(root / folder, setup.read_bytes(), org, numbers[org], NAME, KEY_FILE, world.clock)
        write_foreign(world.at(folder))
    _exchange(world)
    return world


def foreign_plan() -> Plan:
    """The shipped plan with markup in every name."""
    plan = shipped_plans()[0]
    items = tuple(replace(one, name=f"{SHORT}{one.number}") for one in plan.items)
    directions = tuple(replace(one, name=f"{SHORT}{one.number}") for one in plan.directions)
    goals = tuple(replace(one, name=f"{SHORT}{one.number}") for one in plan.goals)
    scale = tuple(replace(one, words=f"{SHORT}{number}") for number, one in enumerate(plan.rating_scale))
    changes = {"items": items, "directions": directions, "goals": goals, "rating_scale": scale}
    return replace(plan, name=SHORT, nickname=SHORT, slogan=SHORT, philosophy=SHORT, owner=SHORT, **changes)


def write_foreign(services: Services) -> None:
    """One record of every kind."""
    recording = services.recording
    recording.open_year(YEAR)
    status = ref_of(recording.status_for(YEAR, PLAN, ITEM))
    recording.change(status, "state", "running")
    for name in ("outcome", "challenge", "next_plan"):
        recording.change(status, name, LINES)
    recording.change(status, "outcome", f"{LINES}!")
    recording.change(status, "next_plan", CALCULATED)
    activity = recording.new_activity(YEAR, PLAN, ITEM, held_on=date(2026, 9, 1))
    ref = RecordRef(ACTIVITIES, activity.id)
    for name, value in (
        ("held_on", "2026-09-01"),
        ("participants", 24),
        ("venue", SHORT),
        ("content", LINES),
    ):
        recording.change(ref, name, value)
    out = io.BytesIO()
    Image.new("RGB", (64, 48), (90, 140, 200)).save(out, "PNG")
    photo = services.photos.add(activity.id, out.getvalue())
    recording.change(RecordRef(PHOTOS, photo.id), "caption", SHORT)
    recording.change(RecordRef(PHOTOS, photo.id), "consent", True)
    story = ref_of(recording.new_practice(YEAR, PLAN, ITEM))
    values = {"title": SHORT, "story": LINES, "consent": True, "photo_ids": (photo.id,)}
    for name, value in values.items():
        recording.change(story, name, value)
    recording.save_draft(status, "challenge", LINES)


def _exchange(world: CityWorld) -> None:
    """Two reports, a question, its answer, a story shared, a compilation that the city has."""
    for name, org in (("east", EAST), ("west", WEST)):
        world.receive("ward", world.hand_in(name))
        world.approve(name, org)
    row = next(one for one in world.ward.review.overview(YEAR) if one.org == EAST)
    view = world.ward.review.report(str(row.package_id))
    status = next(one for one in view.records.item_statuses if one.item_number == ITEM)
    review, package = world.ward.review, view.submission.package_id
    review.comment(package, ITEM_STATUSES, status.id, "outcome", LINES)
    review.comment(package, "report", "", "", LINES)
    review.send_back(package)
    for story in world.ward.sharing.rows():
        world.ward.sharing.choose(story.key, True)
    world.receive("east", *world.answers())
    world.receive("west", *world.answers())
    world.join_city()
    words = world.ward.compilation
    made = world.compile(approved=False)
    places = ((FindingScope.WHOLE, 0), (FindingScope.DIRECTION, 1), (FindingScope.ITEM, ITEM))
    for scope, number in places:
        words.write_finding(made.id, scope, number, "outcome", LINES)
    words.write_council(made.id, "verification", LINES)
    words.write_council(made.id, "attendance", SHORT)
    frozen = world.ward.ward_report.freeze(made.id, unverified=True)
    world.receive("city", world.write_report(frozen.package_id))
    world.approve_ward()
