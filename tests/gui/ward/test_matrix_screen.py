"""地区×項目 by keyboard: what is shown, said, opened, printed and saved."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from shakyo_desktop.domain.compilation import Arrival, SourceReport
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.screenshot import settle
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.figures.cell_card import source_words
from shakyo_desktop.gui.ward.figures.matrix_grid import COLUMN, ROW
from shakyo_desktop.gui.ward.figures.matrix_screen import MatrixScreen
from shakyo_desktop.gui.ward.review.review_screen import ReviewScreen
from shakyo_desktop.gui.ward.targets import ReportOf
from tests.gui.keys import press, press_letter
from tests.gui.ward.conftest import desk_over
from tests.gui.ward.looking import texts
from tests.gui.ward.reported import reported_ward
from tests.gui.ward.world import EAST
from tests.services.offices import office_context
from tests.services.reporting import PLAN

Open = Callable[[int], MatrixScreen]


@pytest.fixture
def opened(shown: Callable[[QWidget], QWidget], tmp_path: Path) -> Iterator[Open]:
    """Opens the screen of a ward with so many districts."""
    with office_context(tmp_path / "ward") as context:

        def open_screen(districts: int) -> MatrixScreen:
            screen = MatrixScreen(desk_over(reported_ward(context, districts)))
            shown(screen)
            screen.resize(1170, 636)
            screen.enter()
            screen.focus_first()
            settle()
            return screen

        yield open_screen


def spoken(screen: MatrixScreen, row: int, column: int) -> str:
    model = screen.grid.cells
    return str(model.data(model.index(row, column), Qt.ItemDataRole.AccessibleTextRole))


def test_every_cell_is_said_in_full(opened: Open) -> None:
    screen = opened(3)
    assert spoken(screen, 0, 5) == "みほん第1地区部会 6 見守り活動の促進 実施"
    assert spoken(screen, 2, 5) == "みほん第3地区部会 6 見守り活動の促進 未報告"
    assert spoken(screen, 2, 2).endswith("区事務所が報告する項目です")


def test_rows_and_columns_are_as_large_as_designed_and_the_headings_stay(opened: Open) -> None:
    grid = opened(12).grid
    assert (grid.rowHeight(0), grid.columnWidth(0)) == (ROW, COLUMN)
    assert grid.horizontalHeader().isVisible()
    assert grid.verticalHeader().isVisible()
    assert grid.cells.headerData(0, Qt.Orientation.Vertical, Qt.ItemDataRole.DisplayRole) == "みほん第1"


def test_arrows_home_and_end_go_through_the_cells(opened: Open) -> None:
    grid = opened(3).grid
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Down)
    assert (grid.currentIndex().row(), grid.currentIndex().column()) == (1, 1)
    press(Qt.Key.Key_End)
    assert grid.currentIndex().column() == 20
    press(Qt.Key.Key_Home)
    assert grid.currentIndex().column() == 0


def test_enter_opens_that_districts_record_at_that_item(
    opened: Open, asked: Callable[[QWidget], list[tuple[str, object]]]
) -> None:
    screen = opened(3)
    wishes = asked(screen)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Right)
    press(Qt.Key.Key_Return)
    view = screen.grid.cells.view
    assert view is not None
    assert wishes == [("review", ReportOf(str(view.lines[1].source.package_id), (PLAN, 2)))]


def test_the_record_opens_in_the_review_at_the_item_of_the_cell(
    busy: Desk,
    shown: Callable[[QWidget], QWidget],
    asked: Callable[[QWidget], list[tuple[str, object]]],
) -> None:
    matrix, review = MatrixScreen(busy), ReviewScreen(busy)
    for screen in (review, matrix):
        shown(screen)
        screen.enter()
    wishes = asked(matrix)
    matrix.focus_first()
    matrix.grid.setCurrentIndex(matrix.grid.cells.index(0, 8))
    press(Qt.Key.Key_Return)
    [(key, target)] = wishes
    review.show_target(target)
    assert key == "review"
    assert review.title().startswith("みほん東地区部会　第2版")
    assert review.reader.list.selected_key() == (PLAN, 9)


def test_a_district_without_a_report_is_said_so(
    opened: Open, asked: Callable[[QWidget], list[tuple[str, object]]]
) -> None:
    screen = opened(3)
    wishes = asked(screen)
    screen.grid.setCurrentIndex(screen.grid.cells.index(2, 0))
    press(Qt.Key.Key_Return)
    assert wishes == []
    assert "みほん第3地区部会の報告は、まだ届いていません" in texts(screen)
    assert "報告　まだ届いていません。" in texts(screen)


def test_the_card_shows_the_record_and_its_signed_source(opened: Open, qtbot) -> None:
    screen = opened(3)
    press(Qt.Key.Key_Right)
    qtbot.waitUntil(lambda: "成果 顔の見える関係ができました。" in screen.card.about.text())
    view = screen.grid.cells.view
    assert view is not None
    source = view.lines[0].source
    assert screen.card.name.text() == "みほん第1地区部会　2 福祉教育の推進　実施"
    assert "自己評価 ○ おおむね予定どおり" in screen.card.about.text()
    mark = str(source.manifest)[:16].upper()
    assert mark in screen.card.source.text().replace("-", "")
    assert str(source.package_id) in screen.card.source.text()
    assert "第1版（年度）　R8.9.12受取　確定" in screen.card.source.text()


def test_the_difference_to_last_year_is_shown_and_taken_away_by_keyboard(opened: Open) -> None:
    screen = opened(3)
    press_letter(Qt.Key.Key_D)
    model = screen.grid.cells
    assert model.data(model.index(0, 0), Qt.ItemDataRole.DisplayRole) == "●↑"
    assert spoken(screen, 0, 0).endswith("実施、前年度の一部実施から進みました")
    assert "↑ 進んだ" in screen.legend.accessibleName()
    press_letter(Qt.Key.Key_D)
    assert model.data(model.index(0, 0), Qt.ItemDataRole.DisplayRole) == "●"
    assert spoken(screen, 0, 0).endswith("実施")


def test_without_a_year_before_it_says_why_there_is_no_difference(opened: Open) -> None:
    screen = opened(1)
    press_letter(Qt.Key.Key_D)
    assert "前の年度の報告がないので、くらべられません" in texts(screen)
    assert not screen.grid.cells.changes


def test_an_empty_roster_says_what_to_do(
    opened: Open, asked: Callable[[QWidget], list[tuple[str, object]]]
) -> None:
    screen = opened(0)
    wishes = asked(screen)
    assert "名簿に地区部会がまだありません" in texts(screen)
    assert "印刷" not in texts(screen)
    screen.roster_button.click()
    assert wishes == [("office", "roster")]


def test_the_chosen_cell_stays_chosen_when_the_screen_is_shown_again(opened: Open) -> None:
    screen = opened(4)
    screen.grid.setCurrentIndex(screen.grid.cells.index(2, 7))
    screen.enter()
    assert (screen.grid.currentIndex().row(), screen.grid.currentIndex().column()) == (2, 7)


def test_the_distribution_stands_below_where_there_is_room(opened: Open) -> None:
    screen = opened(4)
    assert screen.chart.isVisibleTo(screen)
    screen.resize(1170, 400)
    settle()
    assert not screen.chart.isVisibleTo(screen)


def test_the_table_is_printed_and_one_comes_back(opened: Open) -> None:
    screen = opened(3)
    press_letter(Qt.Key.Key_J)
    settle()
    assert screen.paper.view.page_count() >= 2
    screen.paper.view.print_button.click()
    printer = screen._desk.printer
    assert [title for title, _, _ in printer.printed] == ["地区×項目"]
    screen.back_button.click()
    assert screen.grid.isVisible()


@pytest.mark.parametrize(("name", "begins"), [("表.xlsx", b"PK"), ("表.csv", "﻿年度".encode())])
def test_the_table_is_saved_in_the_form_its_name_asks_for(
    opened: Open, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, begins: bytes
) -> None:
    screen = opened(3)
    monkeypatch.setattr(choosers, "choose_save_path", lambda *_: tmp_path / name)
    press_letter(Qt.Key.Key_T)
    assert (tmp_path / name).read_bytes().startswith(begins)
    assert f"{name} を保存しました" in texts(screen)


def test_seventy_districts_scroll_below_their_headings(opened: Open) -> None:
    screen = opened(70)
    press(Qt.Key.Key_PageDown)
    grid = screen.grid
    assert grid.verticalScrollBar().value() > 0
    assert grid.currentIndex().row() > 5
    assert spoken(screen, 69, 0).startswith("みほん第70地区部会")


def test_cells_are_painted_in_the_colours_of_their_states(opened: Open) -> None:
    grid = opened(3).grid
    picture = grid.viewport().grab().toImage()

    def colours(row: int, column: int) -> set[str]:
        place = grid.visualRect(grid.cells.index(row, column))
        xs, ys = range(place.left() + 6, place.right() - 6), range(place.top() + 6, place.bottom() - 6)
        return {picture.pixelColor(x, y).name() for x in xs for y in ys}

    assert {"#00428c", "#ffffff"} <= colours(0, 5)
    assert "#00428c" not in colours(2, 5)
    assert "#666666" in colours(2, 5)  # hatched
    assert colours(0, 2) == {"#f2f2f2"}  # the ward office's item


def test_a_line_of_joined_versions_names_every_signature():
    source = SourceReport(
        org=EAST,
        name="みほん東地区部会",
        arrival=Arrival.RECEIVED,
        package_id="0190",
        manifest="ab" * 32,
        joined=("cd" * 32,),
        revision=2,
    )
    assert "合わせた版の印 CDCD-CDCD-CDCD-CDCD" in source_words(source)
    assert "合わせた版" not in source_words(replace(source, joined=()))
