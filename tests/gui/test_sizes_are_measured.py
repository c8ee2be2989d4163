"""The measures of `sizes` find what they are for: a page with one thing wrong is never called right."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.screenshot import settle
from tests.gui.signs import missing_glyphs
from tests.gui.sizes import faults


def low() -> QWidget:
    """A button for small fingers."""
    button = SecondaryButton("次へ")
    button.setStyleSheet("min-height: 38px; max-height: 38px;")  # and 2 for the border
    return button


def narrow() -> QWidget:
    """Words in too little room."""
    label = plain_label("令和8年9月12日（土）", wrap=False)
    label.setFixedWidth(60)
    return label


def flat() -> QWidget:
    """Two lines where one fits."""
    label = plain_label("一行目\n二行目")
    label.setFixedHeight(24)
    return label


def wide() -> QWidget:
    """Wider than the window."""
    button = SecondaryButton("次へ")
    button.setFixedWidth(900)
    return button


def doubled(gap: int) -> Callable[[], QWidget]:
    """Two buttons, so many pixels apart."""

    def make() -> QWidget:
        holder = QWidget()
        holder.setFixedSize(400, 60)
        for at in (0, 1):
            SecondaryButton(f"{at}", parent=holder).setGeometry(at * (100 + gap), 4, 100, 48)
        return holder

    return make


def strange() -> QWidget:
    """A sign that no bundled font has."""
    return plain_label("\u2709 返事", wrap=False)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (low, "40 px high"),
        (narrow, "cut, 60"),
        (flat, "cut"),
        (wide, "outside to the side"),
        (doubled(-8), "one over the other"),
        (doubled(4), "the ring covers a neighbour"),
        (strange, "\u2709 in"),
    ],
)
def test_what_does_not_fit_is_found(qtbot: QtBot, make: Callable[[], QWidget], words: str) -> None:
    page = Page("入力")
    qtbot.addWidget(page)
    page.add(plain_label("前"))
    page.add(make())
    page.add_stretch()
    page.resize(600, 400)
    page.show()
    settle()
    found = [*faults(page, page), *missing_glyphs(page)]
    assert [one for one in found if words in one], found


def test_a_button_under_the_edge_of_the_window_is_found(qtbot: QtBot) -> None:
    window, page = QWidget(), Page("入力")
    qtbot.addWidget(window)
    page.setParent(window)
    page.bar.add_right(SecondaryButton("次へ"))
    window.resize(600, 300)
    page.setGeometry(0, 0, 600, 320)
    window.show()
    settle()
    assert [one for one in faults(window, page) if "not all of it in sight" in one]
