"""The district's window over a real encrypted store, with its real worker."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shakyo_desktop.bootstrap import wire_services
from shakyo_desktop.domain.catalogue import read_plan_toml
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import ItemStatus, RecordRef
from shakyo_desktop.gui.district.diary_screen import DiaryScreen
from shakyo_desktop.gui.district.items_screen import ItemsScreen
from shakyo_desktop.gui.district.recording_wiring import connect_book
from shakyo_desktop.gui.district.year_book import YearBook
from shakyo_desktop.gui.main_window import MainWindow
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.fields import Field
from shakyo_desktop.gui.shared.navigation import ScreenEntry
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.paths import plans_dir
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.registry import Services
from shakyo_desktop.storage.database import DATABASE_FILE, Database
from tests.services.conftest import DISTRICT, PLAN_ID, STORE_KEY, WARD, Clock

YEAR = 2026


@dataclass
class Desk:
    """One run of the program: a window, its worker and the services of the store."""

    services: Services
    worker: BackgroundWorker
    book: YearBook
    window: MainWindow

    @property
    def items(self) -> ItemsScreen:
        screen = self.window.screen_of("items")
        assert isinstance(screen, ItemsScreen)
        return screen

    @property
    def diary(self) -> DiaryScreen:
        screen = self.window.screen_of("diary")
        assert isinstance(screen, DiaryScreen)
        return screen

    def settle(self) -> None:
        """Let everything that was asked for finish, and what follows from it."""
        for _ in range(4):
            self.worker.flush()
            QCoreApplication.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

    def open_item(self, number: int, field: str = "state") -> Field:
        """Show an item and put the keyboard into one of its fields."""
        self.window.show_screen("items", (PLAN_ID, number, field))
        self.settle()
        form = self.items.form
        assert form is not None
        found = form.find_field(field)
        assert found is not None
        found.focus_input()
        return found

    def diary_field(self, name: str) -> Field:
        """Put the keyboard into a field of the activity that is shown."""
        form = self.diary.form
        assert form is not None
        assert form.focus_place(name), name
        found = form.find_field(name)
        assert found is not None
        return found

    def stored(self, number: int, fiscal_year: int = YEAR) -> ItemStatus:
        """Return an item's status as the store has it now."""
        return self.services.recording.status_for(fiscal_year, PLAN_ID, number)

    def ref(self, number: int) -> RecordRef:
        """Return the reference of an item's status."""
        return ref_of(self.stored(number))


@pytest.fixture(scope="session")
def plan() -> Plan:
    """The plan of 21 items that ships with the program."""
    return read_plan_toml((plans_dir() / "plan-chiba-shakyo-7.toml").read_text(encoding="utf-8"))


@pytest.fixture
def clock() -> Clock:
    """Saturday 12 September 2026, 14:00 in Japan."""
    return Clock()


@pytest.fixture
def services(tmp_path: Path, plan: Plan, clock: Clock) -> Iterator[Services]:
    """The services of みほん東地区部会, in which nothing is written yet."""
    folder = tmp_path / "district"
    database = Database.create(folder / DATABASE_FILE, STORE_KEY)
    with database.transaction() as stores:
        stores.organisations.save(WARD, DISTRICT)
        stores.plans.save(plan, clock())
        for key, value in {"role": "district", "org": DISTRICT.code, "office": WARD.code}.items():
            stores.settings.set(key, value)
        stores.settings.set("person_name", "見本花子")
    yield wire_services(ServiceContext(database, folder, clock))
    database.close()


@pytest.fixture
def start(services: Services, shown: Callable[[QWidget], QWidget]) -> Iterator[Callable[..., Desk]]:
    """Start the program over the store, as often as a test wants."""
    workers: list[BackgroundWorker] = []

    def begin(screen: str = "items", fiscal_year: int = YEAR) -> Desk:
        worker = BackgroundWorker()
        workers.append(worker)
        book = YearBook(services, worker)
        entries = [
            ScreenEntry("home", "ホーム", "home", lambda: Page("ホーム")),
            ScreenEntry("items", "取組項目", "list-checks", lambda: ItemsScreen(book)),
            ScreenEntry("diary", "活動記録", "notebook-pen", lambda: DiaryScreen(book)),
        ]
        years = [fiscal_year - 1, fiscal_year]
        window = MainWindow(entries, org_name=DISTRICT.name, fiscal_years=years, fiscal_year=fiscal_year)
        book.setParent(window)
        connect_book(book, window)
        window.resize(1366, 688)
        book.open(fiscal_year)
        window.show_screen(screen)
        shown(window)
        desk = Desk(services, worker, book, window)
        desk.settle()
        return desk

    yield begin
    for worker in workers:
        worker.stop()


@pytest.fixture
def desk(start: Callable[..., Desk], qtbot: QtBot) -> Desk:
    """The program with 取組項目 shown."""
    return start()
