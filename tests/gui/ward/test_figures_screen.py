"""集計・グラフ by keyboard: choosing a subject, reading the charts and their tables, paper and files."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from shakyo_desktop.charts.twin import table_of
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.screenshot import settle
from shakyo_desktop.gui.ward.figures.figures_screen import FiguresScreen
from shakyo_desktop.services.figure_charts import DIRECTION, DISTRICT, ITEM, Subject
from tests.gui.keys import focus, press, press_letter
from tests.gui.ward.conftest import desk_over
from tests.gui.ward.looking import cells, texts
from tests.gui.ward.reported import reported_ward
from tests.services.offices import office_context
from tests.services.reporting import code

Open = Callable[[int], FiguresScreen]


@pytest.fixture
def opened(shown: Callable[[QWidget], QWidget], tmp_path: Path) -> Iterator[Open]:
    """Opens the screen of a ward with so many districts."""
    with office_context(tmp_path / "ward") as context:

        def open_screen(districts: int) -> FiguresScreen:
            screen = FiguresScreen(desk_over(reported_ward(context, districts)))
            shown(screen)
            screen.resize(1170, 636)
            screen.enter()
            screen.focus_first()
            settle()
            return screen

        yield open_screen


def titles(screen: FiguresScreen) -> list[str]:
    return [card.accessibleName() for card in screen.cards]


def test_the_whole_ward_is_shown_first(opened: Open) -> None:
    screen = opened(3)
    assert "区全体" in texts(screen)
    assert "報告が届いた地区部会 2/3" in texts(screen)
    assert titles(screen) == [
        "実施状況（施策の方向性ごと）",
        "自己評価（施策の方向性ごと）",
        "延べ参加（施策の方向性ごと）",
        "5年間の推移",
        "月ごとの開催回数",
        "月ごとの延べ参加",
    ]


def test_the_arrows_choose_another_subject(opened: Open) -> None:
    screen = opened(3)
    press(Qt.Key.Key_Down)
    assert screen.subjects.subject() == Subject(DIRECTION, "1")
    assert titles(screen)[0] == "実施状況（取組項目ごと）"
    screen.subjects.select_key(Subject(ITEM, "6"))
    assert screen.name.text() == "6 見守り活動の促進"
    press(Qt.Key.Key_End)
    assert screen.subjects.subject() == Subject(DISTRICT, code(3))
    assert titles(screen)[0] == "実施状況を区全体とくらべる"


def test_enter_goes_to_the_charts_whose_values_are_read_one_by_one(opened: Open) -> None:
    screen = opened(3)
    screen.subjects.select_key(Subject(ITEM, "6"))
    press(Qt.Key.Key_Return)
    assert focus() is screen.cards[0].view
    press(Qt.Key.Key_Down)
    assert screen.cards[0].view.words() == "6 見守り活動の促進　実施 2地区部会、未報告 1地区部会"


def test_every_chart_turns_into_the_table_of_the_same_numbers(opened: Open) -> None:
    screen = opened(3)
    screen.subjects.select_key(Subject(ITEM, "6"))
    press_letter(Qt.Key.Key_H)
    settle()
    for card in screen.cards:
        chart = card.view.chart()
        assert chart is not None
        assert card.table is not None
        assert not card.view.isVisible()
        assert cells(card.table) == [cell for row in table_of(chart).rows for cell in row]
        assert card.table.accessibleName() == f"表　{chart.title}"
    press(Qt.Key.Key_Return)
    press_letter(Qt.Key.Key_H)
    assert all(card.view.isVisible() for card in screen.cards)


def test_tables_stay_tables_for_the_next_subject(opened: Open) -> None:
    screen = opened(3)
    press_letter(Qt.Key.Key_H)
    press(Qt.Key.Key_Down)
    settle()
    assert not any(card.view.isVisible() for card in screen.cards)
    assert all(card.table is not None and card.table.isVisible() for card in screen.cards)


def test_an_empty_roster_says_what_to_do(
    opened: Open, asked: Callable[[QWidget], list[tuple[str, object]]]
) -> None:
    screen = opened(0)
    wishes = asked(screen)
    assert "名簿に地区部会がまだありません" in texts(screen)
    assert "表で見る" not in texts(screen)
    screen.office_button.click()
    assert wishes == [("office", "roster")]


def test_a_ward_without_a_report_is_hatched_and_not_zero(opened: Open) -> None:
    screen = opened(1)
    screen.subjects.select_key(Subject(ITEM, "6"))
    assert "報告が届いた地区部会 0/1" in texts(screen)
    assert screen.cards[0].view.accessibleDescription() == "6 見守り活動の促進　未報告 1地区部会"
    assert screen.cards[2].view.accessibleDescription() == "みほん第1地区部会　データなし"


def test_a_subject_is_printed_and_one_comes_back(opened: Open) -> None:
    screen = opened(3)
    press_letter(Qt.Key.Key_J)
    settle()
    assert screen.paper.view.page_count() >= 2
    screen.paper.view.print_button.click()
    assert [title for title, _, _ in screen._desk.printer.printed] == ["集計・グラフ"]
    screen.back_button.click()
    assert screen.subjects.isVisible()


@pytest.mark.parametrize(("name", "begins"), [("表.xlsx", b"PK"), ("表.csv", "﻿図".encode())])
def test_the_tables_are_saved_in_the_form_their_name_asks_for(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, begins: bytes
) -> None:
    screen = opened(3)
    monkeypatch.setattr(choosers, "choose_save_path", lambda *_: tmp_path / name)
    press_letter(Qt.Key.Key_T)
    assert (tmp_path / name).read_bytes().startswith(begins)
    assert f"{name} を保存しました" in texts(screen)


def test_seventy_districts_can_be_looked_at(opened: Open) -> None:
    screen = opened(70)
    screen.subjects.select_key(Subject(ITEM, "6"))
    settle()
    bars = screen.cards[2].view
    assert len(bars.accessibleDescription().splitlines()) == 70
    bars.setFocus()
    press(Qt.Key.Key_End)
    assert bars.words() == "みほん第70地区部会　データなし"
    assert screen._area.verticalScrollBar().value() > 0
