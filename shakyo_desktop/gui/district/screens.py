"""The screens of a district, in the order of its work."""

from collections.abc import Callable

from shakyo_desktop.gui.district.diary_screen import DiaryScreen
from shakyo_desktop.gui.district.home_screen import HomeScreen
from shakyo_desktop.gui.district.items_screen import ItemsScreen
from shakyo_desktop.gui.district.replies_screen import RepliesScreen
from shakyo_desktop.gui.district.routing import DIARY_SCREEN, ITEMS_SCREEN
from shakyo_desktop.gui.district.submit_screen import SubmitScreen
from shakyo_desktop.gui.district.year_book import YearBook
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.navigation import ScreenEntry
from shakyo_desktop.gui.shared.printing import Printer, QtPrinter
from shakyo_desktop.services.registry import Services

CountOf = Callable[[str, int], None]


def district_screens(
    services: Services,
    worker: BackgroundWorker,
    fiscal_year: Callable[[], int],
    book: YearBook,
    *,
    printer: Printer | None = None,
    count: CountOf = lambda key, number: None,
) -> list[ScreenEntry]:
    """Return what the main window shows for a district; screens are made when they are first shown.

    Args:
        fiscal_year: answers with the year that is chosen in the header now.
        book: the year that the recording screens write in.
        count: told how many things wait on a screen.
    """
    press = printer or QtPrinter()

    def home() -> HomeScreen:
        screen = HomeScreen(services, worker, fiscal_year)
        screen.counted.connect(lambda number: count("replies", number))
        return screen

    def submit() -> SubmitScreen:
        screen = SubmitScreen(services, worker, fiscal_year, press)
        screen.records_changed.connect(book.mark_stale)
        return screen

    def replies() -> RepliesScreen:
        screen = RepliesScreen(services, worker, fiscal_year, press)
        screen.counted.connect(lambda number: count("replies", number))
        screen.received.connect(book.mark_stale)
        return screen

    return [
        ScreenEntry("home", "ホーム", "home", home, short="ホーム"),
        ScreenEntry(ITEMS_SCREEN, "取組項目", "list-checks", lambda: ItemsScreen(book), short="項目"),
        ScreenEntry(DIARY_SCREEN, "活動記録", "notebook-pen", lambda: DiaryScreen(book), short="活動"),
        ScreenEntry("submit", "事務所へ提出", "usb", submit, short="提出"),
        ScreenEntry("replies", "返事", "mail", replies, short="返事"),
    ]
