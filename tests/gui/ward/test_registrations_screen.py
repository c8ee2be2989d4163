"""登録の確認: numbers are typed from paper and never shown; a lost laptop is stopped at once."""

import re
from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import QPoint, Qt

from shakyo_desktop.domain.codes import KeyState
from shakyo_desktop.gui.shared.screenshot import settle
from shakyo_desktop.gui.ward.overview_screen import OverviewScreen
from shakyo_desktop.gui.ward.registrations_screen import RegistrationsScreen
from shakyo_desktop.gui.ward.targets import DistrictOf, LostComputerOf, ReportOf, VersionToJoin
from shakyo_desktop.gui.ward.words import number_groups
from tests.gui.keys import focus, press, type_text
from tests.gui.ward.looking import cells, row_of, texts
from tests.gui.ward.world import EAST, NORTH, NOW, SOUTH, WEST, YEAR


@pytest.fixture
def screen(busy, shown):
    """The screen over the ward in September, みほん西 waiting."""
    made = shown(RegistrationsScreen(busy))
    made.enter()
    made.show_target(DistrictOf(WEST))
    return made


def state_of(desk, org):
    """The state of a district's only registration."""
    return next(one.state for one in desk.services.registrations.registrations() if one.org == org)


def choose(screen, desk, org):
    """Choose a district's registration in the list."""
    found = next(one for one in desk.services.registrations.registrations() if one.org == org)
    screen.register.list.select_key(found.key)


def test_the_card_says_whose_it_is_and_whom_to_call(screen):
    words = texts(screen.pending[0])
    assert "みほん西地区部会" in words
    assert "名簿の電話番号 043-000-0002" in words
    assert "待っているファイル 1件" in words
    assert "はじめて届いた日時 令和8年9月12日 14:00" in words


def test_the_right_number_is_nowhere_on_the_screen(screen, world):
    digits = re.sub(r"\D", "", texts(screen))
    assert world.numbers[WEST] not in digits
    assert number_groups(world.numbers[WEST]) not in texts(screen)


def test_the_number_is_typed_in_full_width_and_groups_and_what_waited_comes_in(screen, busy, world, asked):
    found = asked(screen)
    assert focus() is screen.pending[0].number.input()
    full_width = number_groups(world.numbers[WEST]).translate(
        str.maketrans("0123456789-", "０１２３４５６７８９ー")
    )
    type_text(full_width)
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Return)
    assert state_of(busy, WEST) is KeyState.ACTIVE
    assert screen.pending == []
    assert "待っていた報告1件を受け取りました" in screen.messages.text()
    screen.messages.action_button.click()
    row = next(one for one in busy.services.review.overview(YEAR) if one.org == WEST)
    assert found == [("review", ReportOf(row.package_id))]


def test_enter_in_the_number_registers_and_goes_on_with_the_next_paper(fresh, world, shown):
    fresh.services.intake.receive([world.files[org] for org in (SOUTH, EAST, WEST)])
    screen = shown(RegistrationsScreen(fresh))
    screen.enter()
    assert [card.pending.org for card in screen.pending] == [EAST, WEST, SOUTH]
    screen.pending[0].number.focus_input()
    type_text("000000000000")
    press(Qt.Key.Key_Return)
    assert "登録は変わっていません" in screen.pending[0].number.remarks.text("problem")
    assert focus() is screen.pending[0].number.input()
    screen.pending[0].number.set_value(None)
    type_text(world.numbers[EAST])
    press(Qt.Key.Key_Return)
    assert state_of(fresh, EAST) is KeyState.ACTIVE
    assert "みほん東地区部会を登録しました" in screen.messages.text()
    assert [card.pending.org for card in screen.pending] == [WEST, SOUTH]
    assert focus() is screen.pending[0].number.input()


@pytest.mark.parametrize("typed", ["000000000000", "1234", "みほん", ""])
def test_a_wrong_number_changes_nothing_and_stays_as_typed(screen, busy, typed):
    type_text(typed)
    screen.pending[0].approve_button.click()
    assert state_of(busy, WEST) is KeyState.PENDING
    assert len(screen.pending) == 1
    problem = screen.pending[0].number.remarks.text("problem")
    assert "登録は変わっていません" in problem
    shown = screen.pending[0].number.shown_text()
    assert shown.replace("-", "") == typed


def test_a_number_that_was_typed_survives_other_work_on_the_page(screen, busy):
    type_text("1234")
    choose(screen, busy, EAST)
    screen.register.buttons["suspend"].click()
    assert screen.pending[0].number.shown_text() == "1234"


def test_rejecting_asks_first_and_leaves_nothing_else_changed(screen, busy):
    card = screen.pending[0]
    card.reject_button.click()
    assert "待っている1件のファイルを、このパソコンから消します" in texts(card)
    assert len(busy.services.registrations.pending()) == 1
    card.keep_button.click()
    assert not card.delete_button.isVisible()
    card.reject_button.click()
    card.delete_button.click()
    assert busy.services.registrations.pending() == ()
    assert "登録はしていません" in screen.messages.text()
    assert state_of(busy, EAST) is KeyState.ACTIVE


def test_enter_never_presses_a_button_that_deletes(screen, busy):
    card = screen.pending[0]
    card.reject_button.click()
    card.delete_button.setFocus()
    press(Qt.Key.Key_Return)
    assert len(busy.services.registrations.pending()) == 1


def test_a_lost_laptop_is_stopped_with_two_clicks_and_found_again(screen, busy):
    choose(screen, busy, EAST)
    screen.register.note.focus_input()
    type_text("0912")
    screen.register.buttons["suspend"].click()
    assert state_of(busy, EAST) is KeyState.SUSPENDED
    assert "‖ 一時停止" in row_of(screen.register.list, "みほん東地区部会")
    assert "登録済み → 一時停止" in cells(screen.register.log)
    assert "0912" in cells(screen.register.log)
    screen.register.buttons["resume"].click()
    assert state_of(busy, EAST) is KeyState.ACTIVE


def test_ending_for_ever_asks_first(screen, busy):
    choose(screen, busy, SOUTH)
    screen.register.buttons["revoke"].click()
    assert state_of(busy, SOUTH) is KeyState.ACTIVE
    assert "元に戻せません" in screen.messages.text()
    screen.messages.action_button.click()
    assert state_of(busy, SOUTH) is KeyState.REVOKED
    assert not any(button.isVisible() for button in screen.register.buttons.values())


def test_renewing_needs_the_number_again(screen, busy, world):
    choose(screen, busy, EAST)
    screen.register.number.focus_input()
    type_text("111122223333")
    screen.register.buttons["renew"].click()
    assert "確認番号が合いません" in screen.register.number.remarks.text("problem")
    screen.register.number.set_value(world.numbers[EAST])
    screen.register.buttons["renew"].click()
    assert "登録しました" in screen.messages.text()
    assert state_of(busy, EAST) is KeyState.ACTIVE


@pytest.fixture
def forked(fresh, world):
    """The ward after two different first revisions of みほん東 came."""
    fresh.services.intake.receive([world.files[EAST]])
    fresh.services.registrations.approve_matching(EAST, world.numbers[EAST])
    fresh.services.intake.receive([world.files["fork"]])
    return fresh


def test_of_two_versions_both_can_be_joined(forked, shown, asked):
    screen = shown(RegistrationsScreen(forked))
    screen.enter()
    screen.show_target(DistrictOf(EAST))
    found = asked(screen)
    assert focus() is screen.decisions[0].join_button
    press(Qt.Key.Key_Return)
    [held] = forked.services.registrations.waiting_decisions()
    assert found == [("joining", VersionToJoin(held.manifest))]


def test_of_two_versions_one_can_be_left_out(forked, world, shown):
    screen = shown(RegistrationsScreen(forked))
    screen.enter()
    card = screen.decisions[0]
    assert "どちらも残っています" in texts(card) or "電話をして" in texts(card)
    card.compare_button.click()
    settle()
    assert "今使っている報告　第1版（途中）" in texts(card)
    assert "届いた報告　令和8年度 第1版（途中）" in texts(card)
    before = forked.services.review.overview(YEAR)[0].package_id
    card.discard_button.click()
    card.delete_button.click()
    assert forked.services.registrations.waiting_decisions() == ()
    assert forked.services.review.overview(YEAR)[0].package_id == before
    assert "今使っている報告は変わっていません" in screen.messages.text()
    assert "みほん東地区部会" in [row.name for row in forked.services.answers.ready(YEAR)]


def test_of_two_versions_the_one_that_came_can_be_used(forked, shown, asked):
    screen = shown(RegistrationsScreen(forked))
    screen.enter()
    found = asked(screen)
    before = forked.services.review.overview(YEAR)[0].package_id
    screen.decisions[0].use_button.click()
    assert screen.decisions == []
    screen.messages.action_button.click()
    after = forked.services.review.overview(YEAR)[0].package_id
    assert after != before
    assert found == [("review", ReportOf(after))]


def test_a_lost_laptop_is_stopped_from_its_districts_row_and_taken_back_by_keyboard(busy, shown):
    overview = shown(OverviewScreen(busy))
    overview.enter()
    overview.list.select_key(EAST)
    asked_for = []
    overview.screen_requested.connect(lambda key, target: asked_for.append((key, target)))
    overview.lost_button.setFocus()
    press(Qt.Key.Key_Space)
    assert asked_for == [("registrations", LostComputerOf(EAST))]
    screen = shown(RegistrationsScreen(busy))
    screen.enter()
    screen.show_target(asked_for[0][1])
    assert state_of(busy, EAST) is KeyState.SUSPENDED
    assert "止めました" in screen.messages.text()
    assert screen.register.chosen_registration().org == EAST
    assert focus() is screen.messages.action_button
    press(Qt.Key.Key_Return)
    assert state_of(busy, EAST) is KeyState.ACTIVE
    assert "押しまちがい" in cells(screen.register.log)


def test_in_a_low_window_the_row_that_was_stopped_is_in_sight_below_the_message(busy, shown):
    screen = shown(RegistrationsScreen(busy))
    screen.resize(1009, 498)
    screen.enter()
    settle()
    screen.show_target(LostComputerOf(SOUTH))
    settle()
    seen, rows = screen._scroll.viewport(), screen.register.list
    at = rows.mapTo(seen, QPoint(0, rows.chosen_top()))
    assert 0 <= at.y() <= screen.room() - 44


def test_of_several_computers_the_person_says_which(busy, shown):
    one = next(row for row in busy.services.registrations.registrations() if row.org == EAST)
    with busy.services.context.database.transaction() as stores:
        stores.keys.save(replace(one, key="ab" * 32), "みほん 事務", NOW)
    screen = shown(RegistrationsScreen(busy))
    screen.enter()
    screen.show_target(LostComputerOf(EAST))
    assert "2台あります" in screen.messages.text()
    assert focus() is screen.register.list
    states = [row.state for row in busy.services.registrations.registrations() if row.org == EAST]
    assert states == [KeyState.ACTIVE, KeyState.ACTIVE]
    press(Qt.Key.Key_Down)
    screen.register.buttons["suspend"].setFocus()
    press(Qt.Key.Key_Space)
    states = [row.state for row in busy.services.registrations.registrations() if row.org == EAST]
    assert sorted(state.value for state in states) == ["active", "suspended"]


def test_a_district_without_a_computer_is_told_so(busy, shown):
    screen = shown(RegistrationsScreen(busy))
    screen.enter()
    screen.show_target(LostComputerOf(NORTH))
    assert "止めるパソコンがありません" in screen.messages.text()


def test_after_the_stop_come_the_list_the_papers_and_the_setup_file(screen, busy, asked):
    choose(screen, busy, EAST)
    screen.register.buttons["suspend"].click()
    lost = screen.register.lost
    assert "R8.9.12" in lost.day.shown_text()
    assert "令和8年度 第2版（途中）" in cells(lost.list)
    lost.day.focus_input()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_text("0913")
    press(Qt.Key.Key_Tab)
    assert cells(lost.list) == []
    for button in (lost.paper_button, lost.slip_button):
        button.setFocus()
        press(Qt.Key.Key_Space)
        assert screen.papers.document.isVisible()
        assert not screen.register.isVisible()
        assert focus() is screen.papers.document.view.print_button
        screen.papers.back_button.click()
        assert screen.register.isVisible()
    found = asked(screen)
    lost.setup_button.click()
    assert found == [("office", "setups")]


def test_the_start_screen_speaks_once_of_registrations_that_end(busy, shown, asked):
    [one] = [row for row in busy.services.registrations.registrations() if row.org == EAST]
    with busy.services.context.database.transaction() as stores:
        stores.keys.save(replace(one, expires_on=date(2026, 10, 1)), "みほん 事務", NOW)
    overview = shown(OverviewScreen(busy))
    found = asked(overview)
    overview.enter()
    assert "みほん東地区部会（R8.10.1まで）" in overview.messages.text()
    overview.messages.action_button.click()
    assert found == [("registrations", DistrictOf(EAST))]
    overview.enter()
    assert overview.messages.text() == ""
    screen = shown(RegistrationsScreen(busy))
    screen.enter()
    assert "みほん東地区部会（R8.10.1まで）" in texts(screen)
