"""The rows in their order, over one fictional ward."""

import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from shakyo_desktop.gui.application import SWITCH_SECONDS
from shakyo_desktop.gui.shared.collecting import WindowCollector
from shakyo_desktop.gui.shared.theme import apply_theme
from shakyo_desktop.services.known_organisations import FICTIONAL_WARD
from shakyo_desktop.services.registry import Services
from tests.bench.compile_rows import compile_curve
from tests.bench.data import World, make_district, make_world
from tests.bench.diary import open_diary
from tests.bench.exchange_rows import answer_all, copy_of_ward, curve, receive_row, register, submit_row
from tests.bench.keystroke_rows import keystroke_rows
from tests.bench.measuring import Row
from tests.bench.memory import memory_row
from tests.bench.paper_rows import paper_rows
from tests.bench.search_rows import search_rows
from tests.bench.start_row import start_row
from tests.bench.typing_rows import commit_row, keystroke_row, stall_rows

ACTIVITIES, PHOTOS, YEARS = 2000, 200, 5
CURVE = [(20, 2), (200, 20), (2000, 200)]


def run_rows(folder: Path) -> tuple[list[Row], list[Row]]:
    """Every row of the table, and the rows of the curve."""
    world = make_world(folder, districts=2 + len(CURVE))
    district = make_district(world, _org(1), ACTIVITIES, PHOTOS, YEARS)
    answer_all(district)
    register(world, district)
    submit, package = submit_row(world, district, ACTIVITIES, PHOTOS)
    exchanged = [submit, receive_row(world, package, ACTIVITIES, PHOTOS)]
    exchanged += _window_rows(district, folder, submit.note)
    district.close()
    start = start_row(folder / _org(1), f"{ACTIVITIES:,} activities a year, {YEARS} years, {PHOTOS} photos")
    rows = [
        start,
        *exchanged,
        *_memory_rows(world, folder, package),
        *compile_curve(folder),
        *search_rows(folder),
        *paper_rows(),
        *_paper_keys(world),
    ]
    received = curve(world, lambda number: _org(number + 2), CURVE)
    world.close()
    return rows, received


def _org(number: int) -> str:
    return f"{FICTIONAL_WARD.code}-{number:02d}"


def _window_rows(district: Services, folder: Path, note: str) -> list[Row]:
    """What is felt at the window, with the collector and the switching of the program with its window."""
    app = QApplication.instance()
    if not isinstance(app, QApplication):
        app = QApplication([])
    apply_theme(app)
    before = sys.getswitchinterval()
    sys.setswitchinterval(SWITCH_SECONDS)
    collector = WindowCollector()
    collector.set_aside()
    try:
        with open_diary(district) as (window, line):
            keystroke = keystroke_row(window, line, f"{ACTIVITIES:,} activities loaded")
        return [keystroke, commit_row(district, folder), *stall_rows(district, folder, note)]
    finally:
        collector.stop()
        sys.setswitchinterval(before)


def _paper_keys(world: World) -> list[Row]:
    """Keys for the same content on paper and elsewhere, in a district of their own: keying leaves records."""
    district = make_district(world, _org(2 + len(CURVE)), 60, 0)
    try:
        return keystroke_rows(district)
    finally:
        district.close()


def _memory_rows(world: World, folder: Path, package: Path) -> list[Row]:
    if sys.platform != "linux":
        return []
    copy_of_ward(world, folder / "measured").close()
    return [
        memory_row("submit", folder / _org(1), folder, package),
        memory_row("receive", folder / "measured", package, package),
    ]
