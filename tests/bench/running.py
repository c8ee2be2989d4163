"""The rows in their order, over one fictional ward."""

from pathlib import Path

from PySide6.QtWidgets import QApplication
from tests.bench.diary import open_diary

from shakyo_desktop.gui.shared.theme import apply_theme
from shakyo_desktop.services.known_organisations import FICTIONAL_WARD
from tests.bench.data import make_district, make_world
from tests.bench.exchange_rows import answer_all, curve, receive_row, register, submit_row
from tests.bench.measuring import Row
from tests.bench.start_row import start_row
from tests.bench.typing_rows import commit_row, keystroke_row, stall_rows

ACTIVITIES, PHOTOS, YEARS = 2000, 200, 5
CURVE = [(20, 2), (200, 20), (2000, 200)]


def run_rows(folder: Path) -> tuple[list[Row], list[Row]]:
    """Every row of the table, and the rows of the curve."""
    app = QApplication.instance() or QApplication([])
    apply_theme(app)
    world = make_world(folder, districts=1 + len(CURVE))
    org = f"{FICTIONAL_WARD.code}-01"
    district = make_district(world, org, ACTIVITIES, PHOTOS, YEARS)
    answer_all(district)
    register(world, district)
    size = f"{ACTIVITIES:,} activities a year, {YEARS} years, {PHOTOS} photos"
    submit, package = submit_row(world, district, ACTIVITIES, PHOTOS)
    rows = [submit, receive_row(world, package, ACTIVITIES, PHOTOS)]
    rows += stall_rows(district, folder, submit.note)
    rows.append(commit_row(district, folder))
    screen, field = open_diary(district)
    rows.insert(0, keystroke_row(screen, field, f"{ACTIVITIES:,} activities loaded"))
    screen.close()
    district.close()
    rows.insert(0, start_row(folder / org, size))
    received = curve(world, lambda number: f"{FICTIONAL_WARD.code}-{number + 2:02d}", CURVE)
    world.close()
    return rows, received
