"""Where a message's buttons stand, and what a long one shows in a low window."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from shakyo_desktop.gui.main_window import MainWindow
from shakyo_desktop.gui.shared.messages import MessageBar
from shakyo_desktop.gui.shared.navigation import ScreenEntry
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.screenshot import settle
from shakyo_desktop.gui.shared.theme import apply_theme
from tests.gui.keys import focus, press
from tests.gui.sizes import cut

Show = Callable[[QWidget], QWidget]
FIRST = "控えから戻しました。そのあとに届いたファイルは入っていません。"
LONG = f"{FIRST}\n" + "\n".join(["同じファイルを2回受け取っても、数は増えません。" * 2] * 5)


@pytest.fixture
def window(shown: Show) -> MainWindow:
    """A window as high as a small laptop shows it at 125 %, with one page."""
    entry = ScreenEntry("home", "ホーム", "calendar", lambda: Page("みほんのページ"))
    made = MainWindow([entry], org_name="みほん区", fiscal_years=[2026], fiscal_year=2026)
    made.resize(1093, 550)
    shown(made)
    made.show_screen("home")
    settle()
    return made


def test_buttons_go_under_a_long_text_in_a_narrow_window(shown: Show) -> None:
    bar = MessageBar()
    bar.resize(1400, 60)
    shown(bar)
    bar.show_message("warning", FIRST * 2, "登録の確認へ")
    settle()
    text = bar._text.geometry()
    assert bar.action_button.mapTo(bar._frame, bar.action_button.rect().topLeft()).x() > text.right()
    bar.resize(500, 400)
    settle()
    text = bar._text.geometry()
    assert bar.action_button.mapTo(bar._frame, bar.action_button.rect().topLeft()).y() > text.bottom()
    assert list(cut(bar)) == []


def test_a_long_message_leaves_a_low_window_its_page_and_is_read_on_a_key(
    window: MainWindow, qapp: QApplication
) -> None:
    bar = window.messages
    bar.show_message("info", LONG, "ファイル受取を開く")
    settle()
    assert bar._text.text() == FIRST
    assert bar.text() == LONG
    assert window.screen_of("home").height() > 300
    bar.more_button.setFocus()
    press(Qt.Key.Key_Space)
    settle()
    assert bar._text.text() == LONG
    assert bar.action_button.isVisible()
    assert focus() is bar.more_button
    assert list(cut(bar)) == []
    press(Qt.Key.Key_Space)
    settle()
    assert (bar._text.text(), window.screen_of("home").isVisible()) == (FIRST, True)


@pytest.mark.parametrize("leave", ["close", "screen"])
def test_the_page_is_back_when_a_long_message_was_read(window: MainWindow, leave: str) -> None:
    window.messages.show_message("info", LONG)
    settle()
    window.messages.more_button.click()
    settle()
    assert not window.screen_of("home").isVisible()
    if leave == "close":
        window.messages.close_button.click()
    else:
        window.show_screen("home")
    settle()
    assert window.screen_of("home").isVisible()


def test_a_high_window_shows_all_of_a_message_and_a_change_of_type_asks_again(
    window: MainWindow, qapp: QApplication
) -> None:
    window.resize(1366, 1000)
    window.messages.show_message("info", LONG, "開く")
    settle()
    assert (window.messages._text.text(), window.messages.more_button.isVisible()) == (LONG, False)
    window.resize(1093, 550)
    settle()
    assert window.messages._text.text() == FIRST
    apply_theme(qapp, "large", high_contrast=False)
    settle()
    buttons = window.messages._buttons
    assert buttons.width() == buttons.sizeHint().width()
