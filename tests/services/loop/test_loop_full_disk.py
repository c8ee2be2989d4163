"""A disk that is full under the store: said in words, nothing lost, and going on once there is room."""

import io
import os
from pathlib import Path

import pytest
from PIL import Image

from tests.services.loop.world import YEAR, World
from tests.small_disk import run_on_small_disk

BEGIN = """
import io
from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.errors import ShakyoError
from tests.services.loop.world import Clock, ITEM, PLAN, YEAR, fill as fill_in
from shakyo_desktop.domain.records import ITEM_STATUSES, RecordRef

clock = Clock()
clock.turn(days=1)
store = disk / "store"
shutil.copytree(source / name, store)
services = open_services(store, clock=clock)

def dumped():
    out = io.StringIO()
    services.doctor.dump(out)
    return out.getvalue()

def attempt(work):
    try:
        work()
        print("done")
    except ShakyoError as error:
        print(error.code, "空き" in error.message and "無事" in error.message)
"""

END = """
print(services.context.database.integrity_problems())
services.close()
print(sorted(path.name for path in store.glob("*.part")))
"""

FIELD = """
status = services.recording.status_for(YEAR, PLAN, ITEM)
ref = RecordRef(ITEM_STATUSES, status.id)
services.recording.change(ref, "outcome", "はじめの文")
before = dumped()
fill(4096)
attempt(lambda: services.recording.change(ref, "outcome", "長い文" * 50_000))
print(dumped() == before)
tidy_up()
attempt(lambda: services.recording.change(ref, "outcome", "長い文" * 50_000))
print(services.recording.status_for(YEAR, PLAN, ITEM).outcome == "長い文" * 50_000)
"""

GROWING_LOG = """
status = services.recording.status_for(YEAR, PLAN, ITEM)
ref = RecordRef(ITEM_STATUSES, status.id)
saved = 0
with services.context.database.reading() as held:
    held.settings.get("org")  # a reader that stays keeps the log from being folded in
    fill(200_000)
    for number in range(1, 1000):
        try:
            services.recording.change(ref, "outcome", f"{number} " + "あ" * 1000)
        except ShakyoError as error:
            print(error.code, 0 < saved < 999)
            break
        saved = number
print(services.recording.status_for(YEAR, PLAN, ITEM).outcome.startswith(f"{saved} "))
tidy_up()
attempt(lambda: services.recording.change(ref, "outcome", "あとで"))
"""

RECEIVING = """
files = list((source / "stick" / "east").iterdir())
before = dumped()
fill(60_000)
[verdict] = services.intake.receive(files)
print(verdict.verdict, "空き" in verdict.message and "無事" in verdict.message)
print(dumped() == before)
tidy_up()
[verdict] = services.intake.receive(files)
print(verdict.verdict)
"""


@pytest.fixture
def source(begun: World) -> Path:
    """The world's folder, its stores closed."""
    for name in ("ward", "east", "west"):
        begun.close(name)
    return begun.root


def ran(script: str, name: str, source: Path, tmp_path: Path) -> list[str]:
    return run_on_small_disk(f"name = {name!r}\n{BEGIN}{script}{END}", source, tmp_path / "disk", 8).lines


SOUND = ["[]", "[]"]


def test_a_field_that_finds_no_room_is_saved_once_there_is_some(source: Path, tmp_path: Path) -> None:
    expected = ["store.not_saved True", "True", "done", "True"]
    assert ran(FIELD, "east", source, tmp_path) == expected + SOUND


def test_a_log_that_cannot_grow_keeps_every_value_that_was_saved(source: Path, tmp_path: Path) -> None:
    assert ran(GROWING_LOG, "east", source, tmp_path) == ["store.not_saved True", "True", "done", *SOUND]


def test_a_report_that_finds_no_room_is_taken_in_later(begun: World, tmp_path: Path) -> None:
    activity = begun.east.recording.open_year(YEAR).records.activities[0]
    noise = io.BytesIO()
    Image.frombytes("RGB", (800, 600), os.urandom(800 * 600 * 3)).save(noise, "PNG")
    begun.east.photos.add(activity.id, noise.getvalue())
    begun.hand_in("east")
    for name in ("ward", "east", "west"):
        begun.close(name)
    expected = ["refused True", "True", "pending_approval", *SOUND]
    assert ran(RECEIVING, "ward", begun.root, tmp_path) == expected
