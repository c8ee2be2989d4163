"""The screens of a district, in the order of its work; each is loaded when it is first shown."""

from collections.abc import Callable

from shakyo_desktop.gui.district.home_screen import HomeScreen
from shakyo_desktop.gui.district.routing import DIARY_SCREEN, ITEMS_SCREEN
from shakyo_desktop.gui.district.year_book import YearBook
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.keeper import Keeper
from shakyo_desktop.gui.shared.navigation import ScreenEntry
from shakyo_desktop.gui.shared.page import Screen
from shakyo_desktop.gui.shared.printing import Printer, QtPrinter
from shakyo_desktop.services.registry import Services

CountOf = Callable[[str, int], None]


def district_screens(
    services: Services,
    worker: BackgroundWorker,
    fiscal_year: Callable[[], int],
    book: YearBook,
    *,
    keeper: Keeper,
    printer: Printer | None = None,
    count: CountOf = lambda key, number: None,
) -> list[ScreenEntry]:
    """Return what the main window shows for a district; screens are made when they are first shown.

    Args:
        fiscal_year: answers with the year that is chosen in the header now.
        book: the year that the recording screens write in.
        keeper: stores what is keyed from paper, for the window's badge.
        count: told how many things wait on a screen.
    """
    press = printer or QtPrinter()

    def home() -> Screen:
        screen = HomeScreen(services, worker, fiscal_year)
        screen.counted.connect(lambda number: count("replies", number))
        return screen

    def items() -> Screen:
        from shakyo_desktop.gui.district.items_screen import ItemsScreen

        _open(book, fiscal_year())
        return ItemsScreen(book)

    def diary() -> Screen:
        from shakyo_desktop.gui.district.diary_screen import DiaryScreen

        _open(book, fiscal_year())
        return DiaryScreen(book)

    def submit() -> Screen:
        from shakyo_desktop.gui.district.submit_screen import SubmitScreen

        screen = SubmitScreen(services, worker, fiscal_year, press)
        screen.records_changed.connect(book.mark_stale)
        return screen

    def joining() -> Screen:
        from shakyo_desktop.gui.district.joining_screen import JoiningScreen

        screen = JoiningScreen(services, worker, fiscal_year)
        screen.records_changed.connect(book.mark_stale)
        return screen

    def replies() -> Screen:
        from shakyo_desktop.gui.district.replies_screen import RepliesScreen

        screen = RepliesScreen(services, worker, fiscal_year, press)
        screen.counted.connect(lambda number: count("replies", number))
        screen.received.connect(book.mark_stale)
        return screen

    def print_forms() -> Screen:
        from shakyo_desktop.gui.paper.paper_desk import PaperDesk
        from shakyo_desktop.gui.paper.print_screen import PrintScreen

        return PrintScreen(PaperDesk(services, worker, fiscal_year, press, keeper))

    def keying() -> Screen:
        from shakyo_desktop.gui.paper.keying_screen import KeyingScreen
        from shakyo_desktop.gui.paper.paper_desk import PaperDesk

        return KeyingScreen(
            PaperDesk(services, worker, fiscal_year, press, keeper, records_changed=book.mark_stale)
        )

    def shared_practices() -> Screen:
        from shakyo_desktop.gui.district.shared_practices_screen import SharedPracticesScreen

        return SharedPracticesScreen(services, worker)

    def search() -> Screen:
        from shakyo_desktop.gui.district.search_places import places
        from shakyo_desktop.gui.shared.search_screen import SearchScreen

        return SearchScreen(services.search, worker, places(fiscal_year))

    return [
        ScreenEntry("home", "ホーム", "home", home, short="ホーム"),
        ScreenEntry(ITEMS_SCREEN, "取組項目", "list-checks", items, short="項目"),
        ScreenEntry(DIARY_SCREEN, "活動記録", "notebook-pen", diary, short="活動"),
        ScreenEntry("keying", "紙から入力", "keyboard", keying, short="紙"),
        ScreenEntry("print", "印刷する", "printer", print_forms, short="印刷"),
        ScreenEntry("submit", "事務所へ提出", "usb", submit, short="提出"),
        ScreenEntry("joining", "ほかの人が書いた分を合わせる", "users", joining, under="submit"),
        ScreenEntry("replies", "返事", "mail", replies, short="返事"),
        ScreenEntry("shared_practices", "ほかの事例", "star", shared_practices, short="事例"),
        ScreenEntry("search", "さがす", "search", search, in_header=True),
    ]


def _open(book: YearBook, fiscal_year: int) -> None:
    """A recording screen is shown before the year was read ahead."""
    if book.fiscal_year() is None:
        book.open(fiscal_year)
