"""市へ送る and 市への提出: the city's number is typed, a version goes to a stick, its paper is shown."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.errors import DestinationFailed
from shakyo_desktop.gui.shared.screenshot import settle
from shakyo_desktop.gui.ward.compilation.compilation_screen import CompilationScreen
from shakyo_desktop.gui.ward.settings.city_page import CityPage
from shakyo_desktop.gui.ward.targets import NodeOf
from shakyo_desktop.services.founding import found_office
from shakyo_desktop.services.known_organisations import FICTIONAL_CITY
from tests.gui.keys import press, press_letter, type_text
from tests.gui.ward.conftest import desk_over
from tests.gui.ward.looking import texts
from tests.gui.ward.world import KEY_FILE, YEAR, moment


@pytest.fixture(scope="session")
def city(tmp_path_factory):
    """A fictional city's setup file, and the number of the ward's slip."""
    folder = tmp_path_factory.mktemp("city")
    found_office(folder / "store", FICTIONAL_CITY, "みほん 市職員", KEY_FILE, moment)
    services = open_services(folder / "store", clock=moment)
    services.setups.issue()
    file = services.setups.write(folder).path
    [(_, _, number)] = services.setups.slip_numbers()
    services.close()
    return file, number


@pytest.fixture
def ward(open_ward):
    return open_ward("busy")


@pytest.fixture
def joined(ward, city):
    """The ward in September, joined to its city."""
    file, number = city
    ward.setups.accept_new_office_key(file.read_bytes(), number)
    return ward


def panel_of(services, shown, *, approved):
    """市へ送る of a version, as it is opened from the tree."""
    plan = services.plans.plans()[0]
    made = services.compilation.compile(plan.id, YEAR, include_unconfirmed=True)
    if approved:
        services.compilation.write_council(made.id, "held_on", services.context.today())
        services.compilation.approve(made.id)
    screen = shown(CompilationScreen(desk_over(services)))
    screen.resize(1170, 636)
    screen.enter()
    screen.show_target(NodeOf("city", 0))
    settle()
    return screen, screen.page().city


def choose(panel, folder):
    """A folder instead of a stick."""
    panel.picker._other = folder
    panel.picker.set_drives(())
    panel.picker.select(folder)


def test_without_a_citys_setup_the_panel_leads_to_where_it_is_taken_in(ward, shown, asked):
    screen, panel = panel_of(ward, shown, approved=True)
    assert "市の設定ファイルを、まだ取り込んでいません" in texts(panel)
    assert not panel.save_button.isVisibleTo(panel)
    wanted = asked(screen)
    press_letter(Qt.Key.Key_K)
    assert wanted == [("office", "city")]


def test_the_citys_setup_is_taken_in_by_typing_the_number_of_its_paper(ward, city, shown):
    file, number = city
    page = shown(CityPage(desk_over(ward)))
    page.enter()
    assert "まだ取り込んでいません" in texts(page)
    press_letter(Qt.Key.Key_K)
    assert "市の設定ファイルを選んで" in texts(page.messages)
    page.choose(file)
    type_text("１２３４ー５６７８ー９０１２")
    press(Qt.Key.Key_Return)
    press_letter(Qt.Key.Key_K)
    assert "確認番号が合いません" in texts(page.messages)
    assert ward.ward_report.city() is None
    page.number.focus_input()
    page.number.set_value(None)
    type_text(number)
    press_letter(Qt.Key.Key_K)
    assert ward.ward_report.city() is not None
    assert "みほん市社会福祉協議会（番号 999997）" in texts(page)


def test_a_verified_version_is_saved_and_its_paper_shown(joined, shown, tmp_path):
    screen, panel = panel_of(joined, shown, approved=True)
    assert panel.save_button.words() == "USBに保存する"
    press_letter(Qt.Key.Key_U)
    assert "保存する場所が選ばれていません" in texts(screen.messages)
    choose(panel, tmp_path)
    press_letter(Qt.Key.Key_U)
    file = tmp_path / f"999999-{YEAR}-v1.shakyo"
    assert file.is_file()
    assert "読み直して同じであることを確かめました" in texts(screen.messages)
    assert panel.paper.isVisibleTo(panel)
    assert joined.intake.judge([file])[0].verdict == "already_received"
    assert panel.save_button.words() == "もう一度USBに保存する"


def test_a_version_that_was_not_verified_says_what_sending_it_means(joined, shown, tmp_path):
    screen, panel = panel_of(joined, shown, approved=False)
    assert "途中の報告になります" in texts(panel)
    assert panel.save_button.words() == "途中の報告として保存する"
    choose(panel, tmp_path)
    press_letter(Qt.Key.Key_U)
    [sent] = joined.ward_report.sent(YEAR)
    assert sent.submission.stage.value == "interim"
    screen.show_target(NodeOf("whole", 0))
    settle()
    shown_now = screen._desk.shown
    assert shown_now is not None
    assert not shown_now.open_


def test_photos_stay_here_when_they_are_not_wanted(joined, shown, tmp_path):
    _, panel = panel_of(joined, shown, approved=True)
    panel.photos.focus_input()
    press(Qt.Key.Key_Space)
    assert not panel.with_photos()
    choose(panel, tmp_path)
    press_letter(Qt.Key.Key_U)
    [sent] = joined.ward_report.sent(YEAR)
    with joined.context.database.reading() as stores:
        names = [one.name for one in stores.submissions.evidence(sent.submission.manifest)]
    assert not [name for name in names if name.startswith("photos/")]


def test_a_stick_that_fails_is_told_and_the_same_file_is_written_again(joined, shown, tmp_path, monkeypatch):
    screen, panel = panel_of(joined, shown, approved=True)
    choose(panel, tmp_path)

    def full(*_args, **_more):
        raise DestinationFailed("USBメモリに保存できませんでした。", code="destination.full")

    monkeypatch.setattr("shakyo_desktop.services.ward_report.write_kept", full)
    press_letter(Qt.Key.Key_U)
    assert screen.messages.kind == "problem"
    monkeypatch.undo()
    screen.messages.action_button.click()
    settle()
    assert len(joined.ward_report.sent(YEAR)) == 1
    assert [one.name for one in tmp_path.glob("*.shakyo")] == [f"999999-{YEAR}-v1.shakyo"]
    assert QApplication.focusWidget() is not None
