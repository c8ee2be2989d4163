"""A chart on the screen: its values by keyboard, pointer and screen reader, at every size of type."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetricsF, QImage
from PySide6.QtWidgets import QApplication, QWidget

from shakyo_desktop.charts.counting import state_segments
from shakyo_desktop.charts.kinds import BarRow, Bars, StackedBars, StackedRow
from shakyo_desktop.charts.measuring import text_width
from shakyo_desktop.gui.shared.chart_view import ChartView
from shakyo_desktop.gui.shared.theme import apply_theme, ui_font
from tests.gui.keys import press

CHART = Bars("延べ参加", "人", (BarRow("1 みほん", 340, "2/3地区部会"), BarRow("2 みほん", None)))


def colours_of(view: QWidget) -> set[str]:
    image = QImage(view.size(), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    view.render(image)
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(0, image.height(), 3)}


def test_the_arrows_go_from_value_to_value(shown: Callable[[QWidget], QWidget]) -> None:
    view = shown(ChartView(CHART))
    view.setFocus()
    assert view.words() == ""
    press(Qt.Key.Key_Down)
    assert view.words() == "1 みほん　340人（2/3地区部会）"
    press(Qt.Key.Key_End)
    assert view.words() == "2 みほん　データなし"
    press(Qt.Key.Key_Down)
    assert view.words() == "2 みほん　データなし"
    press(Qt.Key.Key_Home)
    assert view.words().startswith("1 ")


def test_a_chart_has_a_name_and_its_values_as_text(shown: Callable[[QWidget], QWidget]) -> None:
    view = shown(ChartView(CHART))
    assert view.accessibleName() == "図　延べ参加"
    assert view.accessibleDescription().splitlines() == [
        "1 みほん　340人（2/3地区部会）",
        "2 みほん　データなし",
    ]


def test_the_pointer_finds_a_value(shown: Callable[[QWidget], QWidget]) -> None:
    view = shown(ChartView(CHART))
    view.resize(700, view.heightForWidth(700))
    assert view.words_at(QPoint(300, view.height() - 20)) == "2 みほん　データなし"
    assert view.words_at(QPoint(300, 2)) == ""


def test_the_parts_are_painted_in_the_colours_of_the_matrix(shown: Callable[[QWidget], QWidget]) -> None:
    row = StackedRow("みほん", state_segments({"running": 3, "partial": 2, "preparing": 2}, 1))
    view = shown(ChartView(StackedBars("分布", (row,))))
    view.resize(700, view.heightForWidth(700))
    assert {"#00428c", "#97d3ff", "#ffe380"} <= colours_of(view)


def test_high_contrast_takes_the_systems_colours(
    shown: Callable[[QWidget], QWidget], qapp: QApplication
) -> None:
    apply_theme(qapp, high_contrast=True)
    view = shown(ChartView(CHART))
    view.resize(700, view.heightForWidth(700))
    assert "#00428c" not in colours_of(view)


def test_a_chart_grows_with_the_type(shown: Callable[[QWidget], QWidget], qapp: QApplication) -> None:
    view = shown(ChartView(CHART))
    standard = view.heightForWidth(1000)
    apply_theme(qapp, "large", high_contrast=False)
    assert view.heightForWidth(1000) == pytest.approx(standard * 22 / 18, abs=4)


@pytest.mark.parametrize(
    "text", ["1,234,567人（12/14地区部会）", "令和8年度", "R8", "●12 ×3 未報告4", "◎ 95.5%"]
)
@pytest.mark.parametrize("bold", [False, True])
def test_text_is_never_wider_than_the_layout_reckons(qapp: QApplication, text: str, bold: bool) -> None:
    font = ui_font(bold=bold)
    font.setPixelSize(16)
    assert QFontMetricsF(font).horizontalAdvance(text) <= text_width(text, 16) + 1
