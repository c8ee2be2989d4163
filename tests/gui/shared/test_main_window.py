"""The frame: screens are made late, commit before they are left, and nothing is lost on close."""

from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from shakyo_desktop import paths
from shakyo_desktop.gui.main_window import MainWindow
from shakyo_desktop.gui.shared.fields import NumberField, TextField
from shakyo_desktop.gui.shared.focus_ring import OUTER, REACH
from shakyo_desktop.gui.shared.navigation import ScreenEntry
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.screenshot import grab_screen, settle
from shakyo_desktop.gui.shared.theme import apply_theme
from tests.gui.keys import compose, focus, press, type_text

Show = Callable[[QWidget], QWidget]
CONTROL = Qt.KeyboardModifier.ControlModifier


class Notes(Page):
    """A screen that writes down what it is asked."""

    def __init__(self, name: str, log: list[str]) -> None:
        super().__init__(name)
        self.log = log
        self.name = name
        self.field = TextField("venue", "場所")
        self.field.changed.connect(lambda _n, value, _u: log.append(f"{name} saved {value}"))
        self.number = NumberField("n", "回数", unit="回")
        self.add(self.field)
        self.add(self.number)
        self.add_stretch()
        log.append(f"{name} made")

    def enter(self) -> None:
        self.log.append(f"{self.name} entered")

    def leave(self) -> None:
        self.log.append(f"{self.name} left")

    def show_target(self, target: object) -> None:
        self.log.append(f"{self.name} shows {target}")


def window_with(log: list[str], count: int = 2, **more: object) -> MainWindow:
    names = ["home", "items", *[f"more{number}" for number in range(count - 2)]]
    entries = [ScreenEntry(name, name, "calendar", lambda n=name: Notes(n, log)) for name in names]
    more.setdefault("practice", False)
    return MainWindow(
        entries,
        org_name="みほん地区部会",
        fiscal_years=[2025, 2026],
        fiscal_year=2026,
        **more,  # type: ignore[arg-type]
    )


def test_screens_are_made_when_they_are_first_shown_and_left_in_order(shown: Show) -> None:
    log: list[str] = []
    window = window_with(log)
    shown(window)
    assert log == []
    window.show_screen("home")
    type_text("abc")
    window.navigation.row("items").click()
    assert log == ["home made", "home entered", "home saved abc", "home left", "items made", "items entered"]
    window.screen_of("items").screen_requested.emit("home", "record 5")
    assert log[-3:] == ["items left", "home entered", "home shows record 5"]
    assert window.current_key == "home"


def test_unfinished_japanese_is_saved_when_the_window_closes(shown: Show) -> None:
    log: list[str] = []
    window = window_with(log, before_close=lambda: log.append("flushed") is None)
    shown(window)
    window.show_screen("home")
    compose("しゅうかいじょ")
    assert window.close()
    assert log[-2:] == ["home saved しゅうかいじょ", "flushed"]


def test_the_window_stays_open_while_something_could_be_lost(shown: Show) -> None:
    answers = [False, True]
    window = window_with([], before_close=lambda: answers.pop(0))
    shown(window)
    window.show_screen("home")
    assert not window.close()
    assert window.isVisible()
    assert window.close()


def test_typing_is_saved_when_another_window_comes_forward(qtbot: QtBot, shown: Show) -> None:
    log: list[str] = []
    window = window_with(log)
    shown(window)
    window.show_screen("home")
    type_text("abc")
    other = QWidget()
    shown(other)
    qtbot.waitUntil(lambda: log[-1] == "home saved abc")


def test_ctrl_s_confirms_and_ctrl_n_asks_for_a_new_activity(qtbot: QtBot, shown: Show) -> None:
    log: list[str] = []
    window = window_with(log)
    shown(window)
    window.show_screen("home")
    window.saved_badge.done("14:05")
    assert window.saved_badge.text() == "✓ 保存済み 14:05"
    type_text("abc")
    press(Qt.Key.Key_S, CONTROL)
    assert log[-1] == "home saved abc"
    assert window.saved_badge.text() == "✓ 入力した内容はすべて保存されています 14:05"
    with qtbot.waitSignal(window.new_activity_requested):
        press(Qt.Key.Key_N, CONTROL)


def test_the_badge_follows_saving_and_a_failure_stays(qtbot: QtBot) -> None:
    window = window_with([])
    qtbot.addWidget(window)
    badge = window.saved_badge
    badge.begin()
    badge.begin()
    badge.done("14:05")
    assert badge.text() == "保存しています…"
    badge.fail()
    assert badge.text() == "⚠ 保存できません"
    badge.confirm()
    assert badge.is_failed()
    badge.begin()
    badge.done("14:06")
    assert badge.text() == "✓ 保存済み 14:06"


def test_another_fiscal_year_is_asked_for_after_a_commit(qtbot: QtBot, shown: Show) -> None:
    log: list[str] = []
    window = window_with(log)
    shown(window)
    window.show_screen("home")
    type_text("abc")
    window.header.years.setFocus()
    press(Qt.Key.Key_7)
    assert window.header.fiscal_year() == 2026  # a stray key changes no year
    assert window.header.years.accessibleDescription() == "年度"
    press(Qt.Key.Key_Up)
    assert window.header.fiscal_year() == 2026  # the list is open, nothing is chosen yet
    view = window.header.years.view()
    QTest.keyClick(view, Qt.Key.Key_Up)
    with qtbot.waitSignal(window.fiscal_year_changed) as chosen:
        QTest.keyClick(view, Qt.Key.Key_Return)
    assert chosen.args == [2025]
    assert window.header.years.accessibleDescription() == "前の年度です"
    assert log[-1] == "home saved abc"
    assert window.header.years.itemText(1) == "令和8年度"


def test_f1_shows_this_pages_help_and_comes_back(
    shown: Show, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "home.md").write_text("# ホームの説明\n\n[項目](items.md)", encoding="utf-8")
    (tmp_path / "items.md").write_text("# 項目の説明", encoding="utf-8")
    monkeypatch.setattr(paths, "help_dir", lambda: tmp_path)
    window = window_with([])
    window.resize(1366, 688)
    shown(window)
    window.show_screen("home")
    before = focus()
    press(Qt.Key.Key_F1)
    assert "ホームの説明" in window.help.text.toPlainText()
    window.help.text.anchorClicked.emit("items.md")
    assert "項目の説明" in window.help.text.toPlainText()
    window.help.text.anchorClicked.emit("https://example.org/items.md")
    assert "項目の説明" in window.help.text.toPlainText()
    press(Qt.Key.Key_Escape)
    assert window.help.isHidden()
    assert focus() is before


@pytest.mark.parametrize("text_size", ["standard", "large"])
def test_everything_fits_at_125_percent(qapp: QApplication, qtbot: QtBot, text_size: str) -> None:
    apply_theme(qapp, text_size, high_contrast=False)
    window = window_with([], count=8, practice=True)
    qtbot.addWidget(window)
    window.show_screen("home")
    window.resize(1093, 550)
    window.show()
    settle()
    assert (window.width(), window.height()) == (1093, 550)
    assert window.navigation.is_folded()
    window.resize(1366, 688)
    settle()
    assert not window.navigation.is_folded()


def test_the_navigation_is_one_stop_and_arrows_go_through_it(shown: Show) -> None:
    window = window_with([])
    shown(window)
    window.show_screen("home")
    row = window.navigation.row("home")
    row.setFocus()
    press(Qt.Key.Key_Down)
    assert focus() is window.navigation.row("items")
    assert window.current_key == "home"
    press(Qt.Key.Key_Return)
    assert window.current_key == "items"
    stops = [
        key for key in ("home", "items") if window.navigation.row(key).focusPolicy() & Qt.FocusPolicy.TabFocus
    ]
    assert stops == ["items"]
    window.set_count("items", 3)
    assert window.navigation.row("items").accessibleName() == "items 3件"


def test_practice_is_unmistakable(qtbot: QtBot) -> None:
    window = window_with([], practice=True)
    qtbot.addWidget(window)
    texts = [label.text() for label in window.findChildren(QWidget) if hasattr(label, "setTextFormat")]
    assert any("練習中" in text for text in texts)
    assert "練習" in window.windowTitle()


def test_the_ring_follows_the_focus_and_covers_no_neighbour(shown: Show) -> None:
    window = window_with([])
    window.resize(1366, 688)
    shown(window)
    window.show_screen("home")
    screen = window.screen_of("home")
    assert isinstance(screen, Notes)
    settle()
    for field in (screen.field, screen.number):
        field.focus_input()
        settle()
        target = field.input()
        assert window.ring.target() is target
        place = target.rect().translated(target.mapTo(window, target.rect().topLeft()))
        assert window.ring.geometry() == place.adjusted(-REACH, -REACH, REACH, REACH)
    other = screen.field.input()
    neighbour = other.rect().translated(other.mapTo(window, other.rect().topLeft()))
    assert not window.ring.geometry().intersects(neighbour)
    assert window.ring.testAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
    picture = window.grab().toImage()
    corner = window.ring.geometry()
    colour = picture.pixelColor(corner.center().x(), corner.top() + OUTER // 2).name()
    assert colour == "#000000"


def test_the_ring_goes_when_its_widget_goes(qtbot: QtBot, shown: Show) -> None:
    window = window_with([])
    shown(window)
    window.show_screen("home")
    field = TextField("x", "消える欄")
    page = window.screen_of("home")
    assert isinstance(page, Page)
    page.add(field)
    settle()
    field.focus_input()
    settle()
    removed = field.input()
    assert window.ring.target() is removed
    field.setParent(None)
    field.deleteLater()
    settle()
    assert window.ring.target() is not removed


def test_a_screen_is_drawn_at_any_scale(qtbot: QtBot, tmp_path: Path) -> None:
    window = window_with([])
    qtbot.addWidget(window)
    window.show_screen("home")
    made = grab_screen(window, tmp_path / "home.png", scale=1.25)
    picture = QImage(str(made))
    assert (picture.width(), picture.height()) == (1366, 688)
    assert picture.pixelColor(5, 5).name() == "#00118f"
    assert window.width() == 1093
    with pytest.raises(OSError, match="cannot write"):
        grab_screen(window, tmp_path / "missing" / "home.png")


def test_activation_events_without_a_screen_are_harmless(qtbot: QtBot) -> None:
    window = window_with([])
    qtbot.addWidget(window)
    QApplication.sendEvent(window, QEvent(QEvent.Type.ActivationChange))
    window.commit()
