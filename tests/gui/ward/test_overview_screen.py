"""受付状況 shows every district and leads to what it needs next."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent

from shakyo_desktop.documents.workbook_file import read_workbook_sheets
from shakyo_desktop.domain.codes import KeyState
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.screenshot import settle
from shakyo_desktop.gui.ward.overview_screen import OverviewScreen
from shakyo_desktop.gui.ward.targets import DistrictOf, FilesToReceive, ReceiptOf, ReportOf
from tests.gui.keys import focus, press, press_letter
from tests.gui.ward.looking import row_of, texts
from tests.gui.ward.world import EAST, NORTH, SOUTH, WEST, YEAR


@pytest.fixture
def screen(busy, shown):
    """The screen over the ward in September, shown."""
    made = shown(OverviewScreen(busy))
    made.resize(1170, 636)
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
        ("みほん東地区部会", ["● 再提出", "R8.9.12", "第2版（途中）", "13/13", "043-000-0001"]),
        ("みほん西地区部会", ["△ 登録待ち"]),
        ("みほん南地区部会", ["✓ 確定", "第1版（途中）", "R9.6.30"]),
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
        ("received", []),
        ("checking", []),
        ("resubmitted", [EAST]),
        ("requested", []),
        ("late", []),
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


def test_the_end_of_the_wards_own_registration_is_said_above_those_of_its_districts(
    busy, screen, asked, monkeypatch
):
    assert screen.messages.text() == ""
    monkeypatch.setattr(busy.services.replies, "registration_end", lambda: date(2029, 9, 12))
    screen.enter()
    own = screen.messages.text()
    assert "この事務所の市社協への登録は、R11.9.12ごろに期限（3年）になります。" in own
    assert not screen.messages.action_button.isVisible()
    screen.messages.clear()
    with busy.services.context.database.transaction() as stores:
        one = next(one for one in stores.keys.registrations(states=(KeyState.ACTIVE,)) if one.org == EAST)
        stores.keys.save(replace(one, expires_on=date(2026, 11, 1)), "みほん", busy.services.context.now())
    screen.enter()
    assert screen.messages.text().startswith(own)
    assert "みほん東地区部会（R8.11.1まで）" in screen.messages.text()
    found = asked(screen)
    screen.messages.action_button.click()
    assert found == [("registrations", DistrictOf(EAST))]


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


def test_a_receipt_is_offered_only_when_there_is_one(screen, asked, busy):
    found = asked(screen)
    assert not screen.table.receipt_button.isVisible()
    screen.list.select_key(SOUTH)
    press_letter(Qt.Key.Key_J)
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
    assert not screen.table.open_button.isVisible()
    screen.table.roster_button.click()
    assert found == [("office", "roster")]


def test_the_table_is_saved_for_other_programs(screen, qtbot, monkeypatch, tmp_path: Path):
    path = tmp_path / "受付状況.csv"
    monkeypatch.setattr(choosers, "choose_save_path", lambda *_: path)
    press_letter(Qt.Key.Key_T)
    qtbot.waitUntil(lambda: "保存しました" in texts(screen))
    lines = path.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 5
    assert lines[0].startswith("コード,地区部会,状態")


def test_the_workbook_is_saved_beside_the_table(screen, qtbot, monkeypatch, tmp_path: Path):
    path = tmp_path / "受付状況.xlsx"
    monkeypatch.setattr(choosers, "choose_save_path", lambda *_: path)
    press_letter(Qt.Key.Key_E)
    qtbot.waitUntil(lambda: "保存しました" in texts(screen))
    desk, requests = read_workbook_sheets(path.read_bytes())
    assert [desk.cell(row, 3).text for row in range(2, 6)] == ["再提出", "登録待ち", "確定", "未着"]
    assert len(requests.rows) == 1


def test_any_column_sorts_by_keyboard_up_down_and_back(screen):
    header = screen.list.horizontalHeader()
    header.setFocus(Qt.FocusReason.TabFocusReason)
    orders = []
    press(Qt.Key.Key_Right)
    for _ in range(3):
        press(Qt.Key.Key_Return)
        orders.append([row.key for row in screen.list.rows()])
    assert header.column() == 1
    assert orders == [
        [NORTH, WEST, EAST, SOUTH],
        [SOUTH, EAST, WEST, NORTH],
        [EAST, WEST, SOUTH, NORTH],
    ]


def test_the_heading_says_in_which_order_the_rows_are(screen):
    def title():
        return screen.list.model().headerData(0, Qt.Orientation.Horizontal)

    screen.list.horizontalHeader().setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_Space)
    assert title() == "地区部会 ▲"
    press(Qt.Key.Key_Space)
    assert title() == "地区部会 ▼"
    press(Qt.Key.Key_Space)
    assert title() == "地区部会"


def test_tab_leads_to_the_headings_and_the_arrows_pass_hidden_columns(screen):
    header = screen.list.horizontalHeader()
    screen.list.setColumnHidden(1, True)
    screen.list.setFocus()
    while focus() is not header:
        press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Right)
    assert header.column() == 2
    for _ in range(3):
        press(Qt.Key.Key_Left)
    assert header.column() == 0


def test_what_has_no_value_comes_last_whatever_the_direction(screen):
    screen.list.sort_requested.emit(2)
    assert [row.key for row in screen.list.rows()][2:] == [WEST, NORTH]
    screen.list.sort_requested.emit(2)
    assert [row.key for row in screen.list.rows()][2:] == [WEST, NORTH]


def make_late(desk):
    """Let every report be ten days late."""
    for entry in desk.services.calendar.entries(YEAR):
        if entry.kind in ("interim", "final"):
            desk.services.calendar.set_due(entry.id, date(2026, 9, 2))


def ask_east(desk):
    """Ask みほん東 about its report."""
    package_id = package_of(desk, EAST)
    due = date(2026, 9, 10)
    desk.services.review.comment(package_id, "report", "", "", "総会の日付を教えてください。", due=due)
    desk.services.review.send_back(package_id)


def test_requests_without_an_answer_are_counted_and_shown_with_their_age(screen, busy):
    ask_east(busy)
    screen.enter()
    assert row_of(screen.list, "みほん東地区部会")[7] == "1件"
    screen.list.select_key(EAST)
    assert "確認のお願い1件に返事がありません（R8.9.10まで）" in screen.table.about.text()
    press_letter(Qt.Key.Key_R)
    assert screen.title() == "みほん東地区部会　返事を待っている確認のお願い"
    [row] = screen.requests.list.rows()
    assert row.cells == ("報告の全体", "（2日おくれ）総会の日付を教えてください。", "R8.9.10", "0日")
    assert "総会の日付を教えてください。" in screen.requests.text.text()
    press_letter(Qt.Key.Key_B)
    assert screen.title() == "4地区中 2地区 受取済"


def test_letters_are_written_to_those_who_were_chosen(screen, busy, qtbot, monkeypatch, tmp_path: Path):
    make_late(busy)
    screen.enter()
    press_letter(Qt.Key.Key_L)
    assert focus() is screen.letters.list
    assert screen.letters.chosen() == [EAST, WEST, SOUTH, NORTH]
    press(Qt.Key.Key_Space)
    press(Qt.Key.Key_Down)
    press(Qt.Key.Key_Return)
    assert screen.letters.chosen() == [SOUTH, NORTH]
    assert screen.title() == "ご報告のお願いの手紙　2地区部会"
    press_letter(Qt.Key.Key_M)
    path = tmp_path / "letters.pdf"
    monkeypatch.setattr(choosers, "choose_save_path", lambda *_: path)
    press_letter(Qt.Key.Key_F)
    qtbot.waitUntil(path.exists)
    assert path.read_bytes().startswith(b"%PDF")
    press_letter(Qt.Key.Key_R)
    assert [(title, pages) for title, pages, _ in busy.printer.printed] == [("ご報告のお願い", 2)]


def test_a_letter_to_nobody_says_what_to_do(screen):
    press_letter(Qt.Key.Key_L)
    assert screen.letters.chosen() == []
    press_letter(Qt.Key.Key_M)
    assert "1つ以上選んでください" in screen.messages.text()
    screen.letters.all_button.click()
    assert len(screen.letters.chosen()) == 4
    screen.letters.none_button.click()
    assert screen.letters.chosen() == []


def test_the_list_is_printed_as_it_is_shown(screen, busy):
    screen.filter.put_value("missing")
    press_letter(Qt.Key.Key_I)
    press_letter(Qt.Key.Key_R)
    assert [(title, pages) for title, pages, _ in busy.printer.printed] == [("受付状況", 1)]
    press_letter(Qt.Key.Key_B)
    assert [row.key for row in screen.list.rows()] == [NORTH]


def test_in_a_low_window_the_filter_is_a_list_in_the_titles_row(screen):
    screen.resize(1000, 400)
    settle()
    assert not screen.filter.isVisible()
    assert screen.table.filter_box.isVisible()
    screen.table.filter_box.setFocus()
    for _ in range(2):
        press(Qt.Key.Key_Down)
    screen.table.filter_box.activated.emit(screen.table.filter_box.currentIndex())
    assert [row.key for row in screen.list.rows()] == [WEST]
    assert screen.filter.value() == "held"


def test_a_window_that_gets_low_again_leaves_out_what_it_showed_while_it_was_high(screen):
    screen.resize(1300, 900)
    settle()
    assert screen.drop.isVisible()
    screen.resize(1000, 400)
    settle()
    assert not screen.drop.isVisible()
    assert not screen.filter.isVisible()
    assert screen.table.filter_box.isVisible()


def test_a_checked_report_says_by_whom(busy, shown):
    busy.services.review.check(package_of(busy, EAST))
    screen = shown(OverviewScreen(busy))
    screen.enter()
    assert "◐ 確認中" in row_of(screen.list, "みほん東地区部会")
    assert "みほん 事務さんが確認しました。別の人の確定を待っています。" in screen.table.about.text()


def test_the_day_to_remind_is_said_of_the_chosen_district(screen, busy):
    screen.list.select_key(NORTH)
    assert "お知らせの日 R9.5.17" in screen.table.about.text()
    reminder = next(one for one in busy.services.calendar.entries(YEAR) if one.kind == "reminder")
    busy.services.calendar.set_due(reminder.id, date(2026, 9, 12))
    screen.enter()
    assert "お願いの手紙を出す時期です" in screen.table.about.text()
