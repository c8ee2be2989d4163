"""What a ward's office feels after five years with 70 districts: ``dev.py bench --scale``."""

import json
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from PySide6.QtCore import QEvent, QPoint
from PySide6.QtWidgets import QApplication, QScrollBar

from shakyo_desktop.domain.codes import Assembly, Stage
from shakyo_desktop.domain.plan import Crosswalk
from shakyo_desktop.gui.session import Session, read_facts
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.gui.shared.theme import apply_theme
from shakyo_desktop.gui.ward.figures.matrix_screen import MatrixScreen
from shakyo_desktop.services.registry import Services
from tests.bench.data import NOW, YEAR, World, make_district, make_world
from tests.bench.exchange_rows import answer_all, copy_of_ward, register
from tests.bench.measuring import P99, Row, compare, quantile, timed
from tests.bench.scale_data import ACTIVITIES, DISTRICTS, YEARS, make_large_ward, org_of

OPEN_MS, FRAME_MS = 200.0, 16.0
_OPENINGS, _SINGLES = 9, 5
_SIZE = 1366, 688
_DIARIES = (ACTIVITIES // 100, ACTIVITIES // 10, ACTIVITIES)


def scale_rows(folder: Path) -> list[Row]:
    """Every row of the large ward."""
    rows: list[Row] = []
    before = 0.0
    for activities in _DIARIES:
        ward = make_large_ward(folder / f"ward-{activities}", activities=activities)
        try:
            row = _matrix_row(ward, activities)
            # Minutes lie between the two sizes: only what the processors do says how it grows.
            quickest = min(_both_clocks(partial(_read_matrix, ward))[1] for _ in range(_OPENINGS))
            if before:
                note = f"{row.note}; of the processors"
                rows.append(Row("matrix read", "a tenth of the diary", quickest, before, 1.5, note))
            before = quickest
            if activities == ACTIVITIES:
                rows += [row, *_window_rows(ward, row.note), *_plan_rows(ward, row.note)]
        finally:
            ward.close()
    return [*rows, *receive_rows(folder / "districts")]


def _read_matrix(ward: Services) -> object:
    return ward.figures.matrix(YEAR, ward.plans.plans()[0].id)


def _matrix_row(ward: Services, activities: int) -> Row:
    """The matrix of a year against the same rows by plain SQL from the same store."""
    sql = (
        "SELECT org, fiscal_year, plan_id, item_number, state FROM item_statuses"
        f" WHERE fiscal_year IN ({YEAR}, {YEAR - 1}) ORDER BY id"
    )

    def alone() -> object:
        with ward.context.database.reading() as stores:
            return stores.figures._connection.exec_driver_sql(sql).all()

    ours, yardstick = compare(lambda: _read_matrix(ward), alone, _OPENINGS)
    total = DISTRICTS * YEARS * activities
    return Row("matrix read", "the same SQL alone", ours, yardstick, 4.0, f"{total:,} activities")


def _window_rows(ward: Services, note: str) -> list[Row]:
    """The matrix in the program's window: opened again and again, and scrolled by a row and a column."""
    with _open_window(ward) as (session, worker):
        screen = session.window.screen_of("matrix")
        assert isinstance(screen, MatrixScreen)

        def settled() -> None:
            worker.flush()
            QApplication.processEvents()

        def opened() -> None:
            session.window.show_screen("matrix", None)
            settled()

        opened()
        openings = []
        for _ in range(_OPENINGS):
            session.window.show_screen("overview", None)
            settled()
            openings.append(_both_clocks(opened))
        frames = [_both_clocks(step) for step in _scrolling(screen)]
    return [
        _felt_row("matrix opens, median", "200 ms", openings, 0.5, OPEN_MS, note),
        _felt_row("matrix scrolls, p99 of frames", "one frame (16 ms)", frames, P99, FRAME_MS, note),
    ]


def _both_clocks(work: Callable[[], object]) -> tuple[float, float]:
    """Milliseconds on the clock, and of the processors: the difference is what other programs take."""
    start = time.process_time()
    clock = timed(work)
    return clock, (time.process_time() - start) * 1000


def _felt_row(
    work: str, against: str, times: list[tuple[float, float]], share: float, goal_ms: float, note: str
) -> Row:
    clocks, busy = zip(*times, strict=True)
    more = f"{note}; {quantile(busy, share):.0f} ms of the processors"
    return Row(work, against, quantile(clocks, share), goal_ms, 1.0, more)


def _scrolling(screen: MatrixScreen) -> Iterator[Callable[[], None]]:
    """Steps of both bars, each until what it shows is painted."""
    down, along = screen.grid.verticalScrollBar(), screen.grid.horizontalScrollBar()
    screen.grid.setMaximumHeight(screen.grid.height() // 2)
    QApplication.processEvents()
    for bar in (down, along):
        for _ in range(3):
            for value in (*range(0, bar.maximum() + 1, 7), *range(bar.maximum(), -1, -7)):
                yield partial(_scroll, bar, value)


def _scroll(bar: QScrollBar, value: int) -> None:
    bar.setValue(value)
    QApplication.processEvents()


@contextmanager
def _open_window(ward: Services) -> Iterator[tuple[Session, BackgroundWorker]]:
    app = QApplication.instance()
    apply_theme(app if isinstance(app, QApplication) else QApplication([]))
    worker = BackgroundWorker()
    session = Session(ward, read_facts(ward), worker, RecordingPrinter())
    try:
        session.start()
        session.window.resize(*_SIZE)
        session.window.move(QPoint(0, 0))
        session.window.show()
        yield session, worker
    finally:
        session.window.hide()
        session.window.deleteLater()
        session.deleteLater()
        for _ in range(3):
            QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
            QApplication.processEvents()
            worker.flush()
        worker.stop()


def _plan_rows(ward: Services, note: str) -> list[Row]:
    """計画の対応 with the diaries counted for another plan, against the counting alone."""
    city = ward.plans.plans()[0]
    with ward.context.database.transaction() as stores:
        stores.plans.save(replace(city, id="mihon-ku", name="みほん区計画"), NOW)
    ward.plan_pairs.connect(*(Crosswalk(city.id, one.number, "mihon-ku", one.number) for one in city.items))

    def counted() -> object:
        with ward.context.database.reading() as stores:
            return stores.figures.activity_counts([YEAR])

    ours, alone = compare(lambda: ward.plan_pairs.view(city.id, "mihon-ku", YEAR), counted, _OPENINGS)
    return [Row("pairs of two plans read", "counting the year's diaries alone", ours, alone, 1.5, note)]


def receive_rows(folder: Path, districts: int = DISTRICTS, activities: int = ACTIVITIES) -> list[Row]:
    """Every district's file at once against as many times the first one; time and memory."""
    folder.mkdir()
    world = make_world(folder, districts)
    files = folder / "files"
    files.mkdir()
    packages = [_package(world, org_of(number), activities, files) for number in range(1, districts + 1)]
    singles = [_receiving(world, folder / f"one-{at}", packages[:1]) for at in range(1 + _SINGLES)]
    single = quantile(singles[1:], 0.5)  # the first one loads what is loaded once
    together = _receiving(world, folder / "every", packages)
    note = f"{districts} districts × {activities:,} activities"
    rows = [Row("receive every district", f"{districts} × one", together, single * districts, 1.1, note)]
    if sys.platform == "linux":
        peaks = [_peak(world, folder / f"peak-{at}", path) for at, path in enumerate((packages[0], files))]
        rows.append(Row("peak memory, every district", "one", peaks[1], peaks[0], 1.5, note, unit="MiB"))
    world.close()
    return rows


def _package(world: World, org: str, activities: int, files: Path) -> Path:
    district = make_district(world, org, activities, 0)
    answer_all(district)
    submission = district.submission.freeze(YEAR, Stage.INTERIM, Assembly.NONE, "みほん 部会長")
    written = district.submission.write(submission.package_id, files).path
    register(world, district)
    district.close()
    return written


def _receiving(world: World, folder: Path, packages: list[Path]) -> float:
    """Milliseconds a fresh copy of the ward takes for these files."""
    ward = copy_of_ward(world, folder)
    found: list[str] = []
    taken = timed(lambda: found.extend(one.verdict for one in ward.intake.receive(packages)))
    ward.close()
    if found != ["accepted"] * len(packages):
        raise SystemExit(f"not every file was taken in: {sorted(set(found))}")
    return taken


def _peak(world: World, folder: Path, path: Path) -> float:
    copy_of_ward(world, folder).close()
    command = [sys.executable, "-m", "tests.bench.memory", "receive", str(folder), str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return float(json.loads(done.stdout)["bytes"]) / 2**20
