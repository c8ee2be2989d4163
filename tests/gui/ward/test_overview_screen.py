"""受付状況 shows every district and leads to what it needs next."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.ward.overview_screen import OverviewScreen
from shakyo_desktop.gui.ward.targets import DistrictOf, FilesToReceive, ReceiptOf, ReportOf
from tests.gui.keys import focus, press, press_letter
from tests.gui.ward.looking import row_of, texts
from tests.gui.ward.world import EAST, NORTH, SOUTH, WEST, YEAR


@pytest.fixture
def screen(busy, shown):
    """The screen over the ward in September, shown."""
    made = shown(OverviewScreen(busy))
    made.enter()
    made.focus_first()
    return made


def package_of(desk, org):
    """The newest report of a district."""
    return next(row.package_id for row in desk.services.review.overview(YEAR) if row.org == org)


def test_the_title_counts_districts_and_days(screen):
    assert screen.title() == "4地区中 2地区 受取済"
    assert "途中の報告（総会の前）の期限 令和9年5月31日（月）" in texts(screen)
    assert "あと261日" in texts(screen)


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("みほん東地区部会", ["○ 確認待ち", "R8.9.12", "第2版（途中）", "13/13"]),
        ("みほん西地区部会", ["△ 登録待ち"]),
        ("みほん南地区部会", ["✓ 確定", "第1版（途中）", "まだ"]),
        ("みほん北地区部会", ["－ 未着", "あと261日"]),
    ],
)
def test_every_district_has_its_state_in_symbol_and_words(screen, name, wanted):
    row = row_of(screen.list, name)
    assert [cell for cell in wanted if cell not in row] == []


@pytest.mark.parametrize(
    ("filter_key", "orgs"),
    [
        ("missing", [NORTH]),
        ("held", [WEST]),
        ("received", [EAST]),
        ("requested", []),
        ("accepted", [SOUTH]),
        ("all", [EAST, WEST, SOUTH, NORTH]),
    ],
)
def test_filters_show_the_districts_they_name(screen, filter_key, orgs):
    screen.filter.put_value(filter_key)
    assert [row.key for row in screen.list.rows()] == orgs


def test_a_filter_is_chosen_with_the_arrow_keys(screen):
    screen.filter.focus_input()
    press(Qt.Key.Key_Right)
    assert [row.key for row in screen.list.rows()] == [NORTH]


def test_enter_leads_to_the_next_step_of_each_district(screen, asked, busy):
    found = asked(screen)
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert found == [
        ("review", ReportOf(package_of(busy, EAST))),
        ("registrations", DistrictOf(WEST)),
    ]


def test_a_district_without_a_report_shows_its_telephone_from_the_roster(screen, asked):
    found = asked(screen)
    screen.list.select_key(NORTH)
    press(Qt.Key.Key_Return)
    assert found == []
    assert "みほん北地区部会　電話 043-000-0004　連絡先 みほん 担当4" in screen.messages.text()


def test_a_late_district_says_by_how_many_days(busy, shown):
    calendar = busy.services.calendar
    for entry in calendar.entries(YEAR):
        if entry.kind in ("interim", "final"):
            calendar.set_due(entry.id, date(2026, 9, 2))
    screen = shown(OverviewScreen(busy))
    screen.enter()
    assert "10日おくれ" in row_of(screen.list, "みほん北地区部会")
    screen.list.select_key(NORTH)
    assert "期限を10日過ぎています" in texts(screen)


def test_a_receipt_is_asked_for_only_when_there_is_one(screen, asked, busy):
    found = asked(screen)
    screen.receipt_button.click()
    assert found == []
    assert "まだ受領証がありません" in screen.messages.text()
    screen.list.select_key(SOUTH)
    screen.receipt_button.click()
    assert found == [("answers", ReceiptOf(package_of(busy, SOUTH)))]


def test_dropped_files_go_on_to_the_intake(screen, asked, tmp_path: Path):
    found = asked(screen)
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(tmp_path / "a.shakyo"))])
    event = QDropEvent(
        QPointF(4, 4),
        Qt.DropAction.CopyAction,
        data,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    screen.drop.dropEvent(event)
    assert found == [("intake", FilesToReceive((tmp_path / "a.shakyo",)))]


def test_another_screen_can_point_at_a_district(screen):
    screen.filter.put_value("missing")
    screen.show_target(DistrictOf(SOUTH))
    assert screen.list.selected_key() == SOUTH
    assert focus() is screen.list


def test_the_numbers_beside_other_screens_follow(busy, shown):
    counts = {}
    desk = type(busy)(busy.services, busy.worker, busy.fiscal_year, busy.printer, counts.__setitem__)
    shown(OverviewScreen(desk)).enter()
    assert counts == {"registrations": 1, "review": 1, "answers": 1}


def test_an_office_without_districts_is_led_to_its_roster(fresh, shown, asked):
    for org in fresh.services.roster.districts():
        fresh.services.roster.change(replace(org, active=False))
    screen = shown(OverviewScreen(fresh))
    found = asked(screen)
    screen.enter()
    assert screen.title() == "受付状況"
    assert not screen.open_button.isVisible()
    screen.roster_button.click()
    assert found == [("office", "roster")]


def test_the_table_is_saved_for_other_programs(screen, qtbot, monkeypatch, tmp_path: Path):
    path = tmp_path / "受付状況.csv"
    monkeypatch.setattr(choosers, "choose_save_path", lambda *_: path)
    press_letter(Qt.Key.Key_T)
    qtbot.waitUntil(lambda: "保存しました" in texts(screen))
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 5
    assert lines[0].startswith("コード,地区部会,状態")
