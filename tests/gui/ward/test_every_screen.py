"""What holds on every screen of the ward: names, words, help, no flashing windows, no disabled buttons."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QAbstractButton, QApplication, QComboBox, QLineEdit, QTableView, QTextEdit

from shakyo_desktop import paths
from shakyo_desktop.gui.shared.screenshot import settle
from shakyo_desktop.gui.ward.screens import ward_screens
from shakyo_desktop.gui.ward.targets import DistrictOf, NodeOf
from tests.gui.ward.looking import texts
from tests.gui.ward.world import EAST, YEAR

FORBIDDEN = ("パッケージ", "エクスポート", "インポート", "エラー", "バックアップ", "電子署名", "ハッシュ")
TARGETS = {
    "overview": (None,),
    "intake": (None,),
    "registrations": (None,),
    "review": (None, DistrictOf(EAST)),
    "matrix": (None,),
    "figures": (None,),
    "answers": (None,),
    "practices": (None,),
    "compilation": (None, NodeOf("item", 3), NodeOf("council"), NodeOf("versions")),
    "keying": (None,),
    "proxy": (None,),
    "print": (None,),
    "search": (None,),
    "office": ("roster", "plans", "calendar", "steps", "setups", "keys"),
}
CASES = [(key, target) for key, targets in TARGETS.items() for target in targets]


class Windows(QObject):
    """Remembers every widget that was shown as a window of its own."""

    def __init__(self):
        super().__init__()
        self.shown = []

    def eventFilter(self, watched, event):
        """Look at what is shown."""
        if event.type() == QEvent.Type.Show and watched.isWidgetType() and watched.isWindow():
            self.shown.append(watched)
        return False


@pytest.fixture
def opened(busy, shown):
    """Opens a screen of the list that the main window gets."""
    entries = {
        entry.key: entry for entry in ward_screens(busy.services, busy.worker, lambda: YEAR, busy.printer)
    }

    def open_screen(key, target):
        screen = shown(entries[key].factory())
        screen.resize(1170, 636)
        screen.enter()
        if target is not None:
            screen.show_target(target)
        settle()
        return screen

    return open_screen


def test_the_screens_stand_in_the_order_of_the_work(busy):
    entries = ward_screens(busy.services, busy.worker, lambda: YEAR, busy.printer)
    assert [entry.title for entry in entries] == [
        "受付状況",
        "ファイル受取",
        "登録の確認",
        "2つの版を合わせる",
        "確認する",
        "返事を渡す",
        "地区×項目",
        "集計・グラフ",
        "成果事例",
        "取りまとめ",
        "紙から入力",
        "報告にする",
        "印刷する",
        "さがす",
        "区の設定",
    ]


@pytest.mark.parametrize(("key", "target"), CASES)
def test_every_control_has_a_name_and_none_is_disabled(opened, key, target):
    screen = opened(key, target)
    kinds = (QAbstractButton, QLineEdit, QTextEdit, QComboBox, QTableView)
    controls = [one for kind in kinds for one in screen.findChildren(kind) if one.isVisibleTo(screen)]
    controls = [one for one in controls if not one.objectName().startswith("qt_")]
    assert controls
    nameless = [one for one in controls if not (one.accessibleName() or getattr(one, "text", str)())]
    assert [str(one) for one in nameless if not isinstance(one.parent(), QTableView)] == []
    assert [one for one in controls if not one.isEnabled() and not isinstance(one.parent(), QTableView)] == []


@pytest.mark.parametrize(("key", "target"), CASES)
def test_no_screen_says_a_word_that_volunteers_do_not_use(opened, key, target):
    words = texts(opened(key, target))
    assert [word for word in FORBIDDEN if word in words] == []


@pytest.mark.parametrize("key", TARGETS)
def test_every_screen_has_help(opened, key):
    screen = opened(key, None)
    text = (paths.help_dir() / f"{screen.help_key}.md").read_text(encoding="utf-8")
    assert "うまくいかないとき" in text
    assert [word for word in FORBIDDEN if word in text] == []


@pytest.mark.parametrize(("key", "target"), CASES)
def test_no_part_of_a_screen_flashes_up_as_a_window_of_its_own(opened, key, target):
    windows = Windows()
    QApplication.instance().installEventFilter(windows)
    screen = opened(key, target)
    if key == "review" and target is not None:
        screen.reader.step(1)
        settle()
    QApplication.instance().removeEventFilter(windows)
    assert {one for one in windows.shown if one is not screen} == set()
