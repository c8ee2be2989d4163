"""Every main screen on small laptops and in large type: nothing low, cut, overlapping, out of sight, tofu."""

import shutil
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from shakyo_desktop import paths
from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.gui.session import Session, read_facts
from shakyo_desktop.gui.shared import theme
from shakyo_desktop.gui.shared.background import ImmediateWorker
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.printing import RecordingPrinter
from shakyo_desktop.gui.shared.screenshot import settle
from shakyo_desktop.gui.shared.theme import DIGITS_FAMILY, UI_FAMILY, apply_theme
from shakyo_desktop.gui.start.compare_page import ComparePage
from shakyo_desktop.gui.start.first_choices import first_page, practice_page
from shakyo_desktop.gui.start.lock_page import LockPage
from shakyo_desktop.gui.start.name_page import NamePage
from shakyo_desktop.gui.start.number_page import NumberPage
from shakyo_desktop.gui.start.secret_page import closed_page, unlock_page
from shakyo_desktop.gui.start.start_window import StartWindow
from shakyo_desktop.gui.ward.figures import matrix_screen
from shakyo_desktop.gui.ward.targets import NodeOf, PapersOf, ReportOf
from tests.gui.loop_world import YEAR, Loop, moment
from tests.gui.signs import drawable, families, missing_glyphs
from tests.gui.sizes import SIZES, faults

PARTS = ("look", "copies", "earlier", "lock", "place", "office_key", "about")
TABS = ("roster", "plans", "pairs", "calendar", "steps", "setups", "city", "keys")


def compare_page() -> Page:
    """A copy that nothing proves, with as much to compare as there can be."""
    page = ComparePage()
    page.show_copy(
        "\n".join(["みほん東地区部会に渡した「はじめの設定の控え」の紙の確認番号: 1234-5678-9012"] * 13), ""
    )
    return page


START: dict[str, Callable[[], Page]] = {
    "first": first_page,
    "practice": lambda: practice_page(back=True),
    "number": NumberPage,
    "name": NamePage,
    "lock": LockPage,
    "unlock": unlock_page,
    "closed": closed_page,
    "compare": compare_page,
}


@pytest.fixture(scope="module", params=["standard", "large"])
def text_size(qapp: QApplication, request: pytest.FixtureRequest) -> str:
    """Both sizes of type, one after the other: a change goes through every widget of both windows."""
    apply_theme(qapp, request.param, high_contrast=False)
    return str(request.param)


@pytest.fixture(autouse=True)
def _look_of_the_program(text_size: str) -> None:
    """Here the look stays from test to test."""


@pytest.fixture(scope="module")
def district(qapp: QApplication, loop: Loop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """A district's window after the office asked something."""
    folder = tmp_path_factory.mktemp("sizes") / "district"
    yield from open_window(loop.handed_in, folder, loop.answer)


@pytest.fixture(scope="module")
def ward(qapp: QApplication, loop: Loop, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Session]:
    """The ward's window after it asked; a cell's record is read at once, not while it is measured."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(matrix_screen, "_READ_AFTER_MS", 0)
        yield from open_window(loop.ward, tmp_path_factory.mktemp("sizes") / "ward")


def open_window(store: Path, folder: Path, *received: Path) -> Iterator[Session]:
    """A session over a copy of a store."""
    shutil.copytree(store, folder)
    services = open_services(folder, clock=moment)
    if received:
        services.intake.receive(list(received))
    session = Session(services, read_facts(services), ImmediateWorker(), RecordingPrinter())
    session.start()
    session.window.show()
    yield session
    session.end()
    settle()


def district_screens(session: Session) -> list[tuple[str, object]]:
    """What there is to open, and where."""
    request = session.services.replies.open_requests(YEAR)[0]
    first = ("home", "items", "diary", "keying", "print", "submit")
    keys = (*first, "joining", "replies", "shared_practices", "search")
    plain = [(key, None) for key in keys]
    return [*plain, ("items", request), *(("settings", part) for part in PARTS)]


def ward_screens(session: Session) -> list[tuple[str, object]]:
    """What there is to open, and where."""
    rows = session.services.review.overview(YEAR)
    report = next(ReportOf(row.package_id) for row in rows if row.package_id)
    keys = ("overview", "intake", "registrations", "review", "matrix", "figures")
    plain = [(key, None) for key in (*keys, "answers", "practices", "keying", "proxy", "search")]
    parts = [("office", tab) for tab in TABS] + [("settings", part) for part in PARTS]
    return [*plain, ("review", report), *(("compilation", node) for node in compiled_nodes(session)), *parts]


def compiled_nodes(session: Session) -> list[NodeOf | PapersOf]:
    """Every part of a compilation, of which there is a version over a report not accepted yet."""
    service = session.services.compilation
    [plan] = session.services.plans.plans()
    if service.newest(plan.id, YEAR) is None:
        service.compile(plan.id, YEAR, include_unconfirmed=True)
    scopes = (
        ("whole", 0),
        ("direction", 1),
        ("item", 6),
        ("item", 3),
        ("council", 0),
        ("versions", 0),
        ("city", 0),
    )
    return [*(NodeOf(*scope) for scope in scopes), PapersOf()]


def look_at(session: Session, screens: list[tuple[str, object]]) -> None:
    """Fail with everything that is wrong on these screens, each opened in one size and seen in both."""
    found: list[str] = []
    for number, (key, target) in enumerate(screens):
        session.window.show_screen(key, target)
        name = target if isinstance(target, str) else type(target).__name__ if target else ""
        for size in SIZES if number % 2 else SIZES[::-1]:
            session.window.resize(*size)
            settle()
            assert (session.window.width(), session.window.height()) == size, key
            wrong = faults(session.window, session.window.screen_of(key))
            tofu = sorted(missing_glyphs(session.window))
            assert families(session.window) <= {UI_FAMILY, DIGITS_FAMILY}
            found += [f"{size[0]} {key} {name}: {fault}" for fault in (*wrong, *tofu)]
    say(found)


def say(found: list[str]) -> None:
    """Fail when something was found, and name all of it."""
    if found:
        pytest.fail("\n".join(found), pytrace=False)


def test_the_pages_of_the_start_fit(qapp: QApplication) -> None:
    window = StartWindow()
    window.resize(*SIZES[0])
    window.show()
    found: list[str] = []
    for name, make in START.items():
        page = make()
        window.show_page(page)
        for size in SIZES:
            window.resize(*size)
            settle()
            assert (window.width(), window.height()) == size, name
            wrong = (*faults(window, page), *missing_glyphs(window))
            found += [f"{size[0]} {name}: {fault}" for fault in wrong]
    window.hide()
    window.deleteLater()
    settle()
    say(found)


def test_a_districts_screens_fit(district: Session) -> None:
    look_at(district, district_screens(district))


def test_a_wards_screens_fit(ward: Session) -> None:
    look_at(ward, ward_screens(ward))


NOTICE = "控えから戻しました。そのあとのファイルはありません。\n" + "もう一度受け取ってください。" * 9
DUE = "登録の期限が近いパソコン：みほん東地区部会（R11.9.12まで）、みほん西地区部会（R11.9.12まで）\n"


def test_two_notices_leave_the_first_screens_whole(district: Session, ward: Session) -> None:
    for session, key in ((district, "home"), (ward, "overview")):
        session.window.show_screen(key)
        page = session.window.screen_of(key)
        assert isinstance(page, Page)
        session.window.messages.show_message("info", NOTICE, "ファイル受取を開く")
        page.messages.show_message("warning", DUE + "「更新」を押すと、報告は止まりません。", "登録の確認へ")
        try:
            look_at(session, [(key, None)])
        finally:
            session.window.messages.clear()
            page.messages.clear()


def test_every_sign_of_the_program_can_be_drawn(qapp: QApplication) -> None:
    own = [
        *paths.help_dir().glob("*.md"),
        *paths.plans_dir().glob("*.toml"),
        *Path(theme.__file__).parents[1].rglob("*.py"),
    ]
    assert len(own) > 100
    signs = {one for file in own for one in file.read_text(encoding="utf-8") if not one.isspace()}
    dashes = {one for one in signs if unicodedata.category(one) == "Pd"}  # read in numbers, never shown
    assert sorted(one for one in signs - dashes if not drawable(one)) == []
