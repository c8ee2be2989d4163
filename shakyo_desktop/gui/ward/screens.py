"""The screens of a ward office, in the order of its work."""

from collections.abc import Callable

from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.keeper import Keeper
from shakyo_desktop.gui.shared.navigation import ScreenEntry
from shakyo_desktop.gui.shared.page import Screen
from shakyo_desktop.gui.shared.printing import Printer, QtPrinter
from shakyo_desktop.gui.shared.search_screen import SearchScreen
from shakyo_desktop.gui.ward.answers_screen import AnswersScreen
from shakyo_desktop.gui.ward.compilation.compilation_screen import CompilationScreen
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.figures.figures_screen import FiguresScreen
from shakyo_desktop.gui.ward.figures.matrix_screen import MatrixScreen
from shakyo_desktop.gui.ward.intake_screen import IntakeScreen
from shakyo_desktop.gui.ward.joining_screen import JoiningScreen
from shakyo_desktop.gui.ward.members import WARDS
from shakyo_desktop.gui.ward.overview_screen import OverviewScreen
from shakyo_desktop.gui.ward.practices.practices_screen import PracticesScreen
from shakyo_desktop.gui.ward.registrations_screen import RegistrationsScreen
from shakyo_desktop.gui.ward.review.review_screen import ReviewScreen
from shakyo_desktop.gui.ward.search_places import places
from shakyo_desktop.gui.ward.settings.office_screen import OfficeScreen
from shakyo_desktop.gui.ward.targets import ReportOf
from shakyo_desktop.services.registry import Services


def ward_screens(
    services: Services,
    worker: BackgroundWorker,
    fiscal_year: Callable[[], int],
    printer: Printer | None = None,
    count: Callable[[str, int], None] = lambda key, number: None,
    keeper: Keeper | None = None,
) -> list[ScreenEntry]:
    """Return what the main window shows for a ward office; screens are made when they are first shown.

    Args:
        fiscal_year: answers with the year that is chosen in the header now.
        printer: the system's printers, except in tests.
        count: told how many things wait on a screen.
        keeper: stores what is typed, for the window's badge.
    """

    held = keeper or Keeper(services.context, worker)
    desk = Desk(services, worker, fiscal_year, printer or QtPrinter(), count, held)

    def print_forms() -> Screen:
        from shakyo_desktop.gui.paper.paper_desk import PaperDesk
        from shakyo_desktop.gui.paper.print_screen import PrintScreen

        return PrintScreen(PaperDesk(services, worker, fiscal_year, desk.printer, held, office=True))

    def keying() -> Screen:
        from shakyo_desktop.gui.paper.keying_screen import KeyingScreen
        from shakyo_desktop.gui.paper.paper_desk import PaperDesk

        return KeyingScreen(PaperDesk(services, worker, fiscal_year, desk.printer, held, office=True))

    def proxy() -> Screen:
        from shakyo_desktop.gui.paper.paper_desk import PaperDesk
        from shakyo_desktop.gui.paper.proxy_screen import ProxyScreen

        paper = PaperDesk(services, worker, fiscal_year, desk.printer, held, office=True)
        return ProxyScreen(paper, ReportOf)

    def search() -> Screen:
        return SearchScreen(services.search, worker, places(fiscal_year))

    return [
        ScreenEntry("overview", "受付状況", "list-checks", lambda: OverviewScreen(desk), short="受付"),
        ScreenEntry("intake", "ファイル受取", "inbox", lambda: IntakeScreen(desk), short="受取"),
        ScreenEntry(
            "registrations", "登録の確認", "key-round", lambda: RegistrationsScreen(desk), short="登録"
        ),
        ScreenEntry(
            "joining", "2つの版を合わせる", "list-checks", lambda: JoiningScreen(desk), under="registrations"
        ),
        ScreenEntry("review", "確認する", "eye", lambda: ReviewScreen(desk), short="確認"),
        ScreenEntry("answers", "返事を渡す", "mail", lambda: AnswersScreen(desk), short="返事"),
        ScreenEntry("matrix", "地区×項目", "grid-3x3", lambda: MatrixScreen(desk), short="地区"),
        ScreenEntry("figures", "集計・グラフ", "chart-column", lambda: FiguresScreen(desk), short="集計"),
        ScreenEntry("practices", "成果事例", "star", lambda: PracticesScreen(desk), short="事例"),
        ScreenEntry(
            "compilation", "取りまとめ", "file-plus", lambda: CompilationScreen(desk), short="まとめ"
        ),
        ScreenEntry("keying", "紙から入力", "keyboard", keying, short="紙"),
        ScreenEntry("proxy", "報告にする", "file-plus", proxy, under="keying"),
        ScreenEntry("print", "印刷する", "printer", print_forms, short="印刷"),
        ScreenEntry("search", "さがす", "search", search, in_header=True),
        ScreenEntry(
            "office", "区の設定", "users", lambda: OfficeScreen(desk), at_bottom=True, short="区設定"
        ),
    ]


def city_screens(
    services: Services,
    worker: BackgroundWorker,
    fiscal_year: Callable[[], int],
    printer: Printer | None = None,
    count: Callable[[str, int], None] = lambda key, number: None,
) -> list[ScreenEntry]:
    """Return what the main window shows for the city: what it takes in from its wards, and who they are."""
    shown = ("intake", "registrations", "office")

    def count_shown(key: str, number: int) -> None:
        if key in shown:
            count(key, number)

    desk = Desk(services, worker, fiscal_year, printer or QtPrinter(), count_shown, members=WARDS)
    return [
        ScreenEntry("intake", "ファイル受取", "inbox", lambda: IntakeScreen(desk), short="受取"),
        ScreenEntry(
            "registrations", "登録の確認", "key-round", lambda: RegistrationsScreen(desk), short="登録"
        ),
        ScreenEntry(
            "office", "市の設定", "users", lambda: OfficeScreen(desk), at_bottom=True, short="市設定"
        ),
    ]
