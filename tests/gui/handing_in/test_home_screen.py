"""ホーム says how far the year is and goes on where it should."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from shakyo_desktop.domain.records import ITEM_STATUSES, RecordRef
from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.gui.district.home_data import registration_words
from shakyo_desktop.gui.district.home_screen import HomeScreen
from shakyo_desktop.gui.district.targets import NewActivity
from shakyo_desktop.gui.shared.background import ImmediateWorker
from shakyo_desktop.services.registry import Services
from tests.gui.keys import focus, press, press_letter
from tests.gui.loop_world import YEAR, Loop

Open = Callable[[str], Services]
Show = Callable[[QWidget], QWidget]


def home_of(services: Services, shown: Show, year: int = YEAR) -> HomeScreen:
    """The home screen of a year, with the keyboard."""
    screen = HomeScreen(services, ImmediateWorker(), lambda: year)
    shown(screen)
    screen.enter()
    screen.focus_first()
    return screen


def words_of(screen: QWidget) -> str:
    """Everything a person reads on a screen."""
    return "\n".join(label.text() for label in screen.findChildren(QLabel) if label.isVisible())


def test_an_untouched_year_begins_at_its_first_item(open_district: Open, shown: Show, asked) -> None:
    services = open_district("written")
    screen = home_of(services, shown, YEAR - 1)
    requests = asked(screen)
    assert "21項目のうち 0項目 入力済み" in words_of(screen)
    assert "まだ提出していません" in words_of(screen)
    press(Qt.Key.Key_Return)
    assert requests == [("items", ("chiba-shakyo-7", 1))]


def test_a_blank_item_is_where_one_goes_on(open_district: Open, shown: Show, asked) -> None:
    services = open_district("written")
    status = services.recording.status_for(YEAR, "chiba-shakyo-7", 9)
    services.recording.change(RecordRef(ITEM_STATUSES, status.id), "state", None)
    screen = home_of(services, shown)
    requests = asked(screen)
    screen.go_on_button.click()
    assert requests == [("items", ("chiba-shakyo-7", 9))]
    assert "地区部会が書く項目は、あと1項目です" in words_of(screen)


def test_the_office_s_request_opens_its_field(
    open_district: Open, loop: Loop, shown: Show, asked, qtbot
) -> None:
    services = open_district("handed_in")
    services.intake.receive([loop.answer])
    screen = HomeScreen(services, ImmediateWorker(), lambda: YEAR)
    with qtbot.waitSignal(screen.counted) as counted:
        shown(screen)
        screen.enter()
    assert counted.args == [1]
    requests = asked(screen)
    button = next(
        child
        for child in screen.requests_card.findChildren(QWidget)
        if "この欄を開く" in child.accessibleName()
    )
    button.setFocus()
    press(Qt.Key.Key_Return)
    key, target = requests[0]
    assert key == "items"
    assert isinstance(target, CorrectionRequest)
    assert target.field == "outcome"


def test_what_was_handed_in_and_the_answer_are_told(open_district: Open, loop: Loop, shown: Show) -> None:
    services = open_district("handed_in")
    screen = home_of(services, shown)
    assert "返事を待ちます" in words_of(screen)
    services.intake.receive([loop.answer])
    screen.enter()
    assert "確認のお願いがあります" in words_of(screen)
    assert "受付番号" in words_of(screen)


def test_text_that_was_not_stored_is_told_with_a_way_to_it(open_district: Open, shown: Show, asked) -> None:
    services = open_district("written")
    status = services.recording.status_for(YEAR, "chiba-shakyo-7", 1)
    ref = RecordRef(ITEM_STATUSES, status.id)
    services.recording.save_draft(ref, "outcome", "書きかけの文")
    screen = home_of(services, shown)
    requests = asked(screen)
    assert "書きかけのまま終わった入力が1件" in screen.messages.text()
    screen.messages.action_button.click()
    assert requests == [("items", ref)]


def test_squares_are_walked_with_arrows(open_district: Open, shown: Show, asked) -> None:
    screen = home_of(open_district("written"), shown)
    requests = asked(screen)
    screen.squares.setFocus()
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Left)
    assert screen.squares.words(1).startswith("2 福祉教育の推進")
    press(Qt.Key.Key_Return)
    assert requests == [("items", ("chiba-shakyo-7", 2))]


@pytest.mark.parametrize(
    ("letter", "key", "target"),
    [
        (Qt.Key.Key_D, "diary", NewActivity()),
        (Qt.Key.Key_T, "items", None),
        (Qt.Key.Key_S, "submit", None),
        (Qt.Key.Key_R, "replies", None),
    ],
)
def test_every_tile_has_a_letter(
    open_district: Open, shown: Show, asked, letter: Qt.Key, key: str, target: object
) -> None:
    screen = home_of(open_district("written"), shown)
    requests = asked(screen)
    press_letter(letter)
    assert requests == [(key, target)]


def test_the_main_button_has_the_keyboard(open_district: Open, shown: Show) -> None:
    screen = home_of(open_district("written"), shown)
    assert focus() is screen.go_on_button


def test_the_date_that_is_near_is_told_with_the_days_left(open_district: Open, shown: Show) -> None:
    screen = home_of(open_district("written"), shown)
    assert "あと261日" in words_of(screen)


def test_the_end_of_the_registration_is_spoken_of_before_a_report_is_held() -> None:
    end = date(2029, 9, 12)
    assert "令和11年9月12日（水）ごろに期限（3年）になります" in registration_words(end, date(2029, 7, 20))
    past = registration_words(end, date(2029, 9, 13))
    assert "過ぎたようです" in past
    assert "送付票を渡して" in past
