"""区の設定: roster, plans, dates, setup files and the recovery sheet."""

from dataclasses import replace
from datetime import date

import pytest
from PySide6.QtCore import Qt

from shakyo_desktop.documents.plan_table import write_plan_csv
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.ward.settings.calendar_page import CalendarPage
from shakyo_desktop.gui.ward.settings.keys_page import KeysPage
from shakyo_desktop.gui.ward.settings.office_screen import OfficeScreen
from shakyo_desktop.gui.ward.settings.plans_page import PlansPage
from shakyo_desktop.gui.ward.settings.roster_page import RosterPage
from shakyo_desktop.gui.ward.settings.setups_page import SetupsPage
from shakyo_desktop.gui.ward.settings.steps_page import StepsPage
from tests.gui.keys import commit_composed, compose, focus, press, type_text
from tests.gui.ward.looking import cells, row_of, texts
from tests.gui.ward.world import EAST, WEST, YEAR


@pytest.fixture
def page(fresh, shown):
    """Makes a tab's page, shown and read."""

    def make(kind):
        made = shown(kind(fresh))
        made.resize(1170, 590)
        made.enter()
        return made

    return make


def test_tabs_are_chosen_with_arrow_keys(fresh, shown):
    screen = shown(OfficeScreen(fresh))
    screen.enter()
    screen.focus_first()
    press(Qt.Key.Key_Right)
    assert screen.page("plans").isVisible()
    screen.show_target("keys")
    assert screen.tabs.value() == "keys"


# 名簿


def test_a_district_is_added_with_the_keyboard_in_japanese(page, fresh):
    roster = page(RosterPage)
    roster.new_button.click()
    compose("みほん")
    commit_composed("みほん浜地区部会")
    press(Qt.Key.Key_Tab)
    type_text("０４３−０００−００９９")
    roster.form.add_button.click()
    added = fresh.services.roster.districts()[-1]
    assert (added.name, added.telephone) == ("みほん浜地区部会", "043−000−0099")
    assert roster.list.selected_key() == added.code
    assert "名簿に加えました" in roster.messages.text()


def test_a_change_is_kept_when_the_field_is_left(page, fresh):
    roster = page(RosterPage)
    roster.form.form.field("contact").focus_input()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    compose("みほん花子")
    roster.list.select_key(WEST)
    kept = {org.code: org.contact for org in fresh.services.roster.districts()}
    assert kept[EAST] == "みほん花子"
    assert kept[WEST] == "みほん 担当2"
    assert roster.form.form.field("name").value() == "みほん西地区部会"


def test_two_changes_of_one_district_do_not_undo_each_other(page, fresh):
    roster = page(RosterPage)
    roster.form.form.field("telephone").put_value("043-111-1111")
    roster.form.form.field("contact").put_value("みほん次郎")
    east = next(org for org in fresh.services.roster.districts() if org.code == EAST)
    assert (east.telephone, east.contact) == ("043-111-1111", "みほん次郎")


def test_a_name_that_is_taken_says_so_and_the_roster_stays(page, fresh):
    roster = page(RosterPage)
    roster.form.form.field("name").put_value("みほん西地区部会")
    assert "もう名簿にあります" in roster.messages.text()
    assert fresh.services.roster.districts()[0].name == "みほん東地区部会"


def test_a_district_ends_and_begins_again(page, fresh):
    roster = page(RosterPage)
    roster.form.end_button.click()
    assert EAST not in [org.code for org in fresh.services.roster.districts()]
    assert row_of(roster.list, "みほん東地区部会")[2] == "終わり"
    roster.form.begin_button.click()
    assert EAST in [org.code for org in fresh.services.roster.districts()]


def test_a_table_is_shown_before_it_is_taken_in(page, fresh, tmp_path, monkeypatch):
    table = tmp_path / "名簿.xlsx"
    fresh.services.roster.add("みほん森地区部会")
    table.write_bytes(fresh.services.roster.template())
    east = fresh.services.roster.districts()[0]
    fresh.services.roster.change(type(east)(**{**_fields(east), "telephone": "043-999-9999"}))
    roster = page(RosterPage)
    monkeypatch.setattr(choosers, "choose_file", lambda *_args, **_named: table)
    roster.table_button.click()
    shown = row_of(roster.table.list, "みほん東地区部会")
    assert "○ 変わる" in shown
    assert "043-999-9999 → 043-000-0001" in shown[3]
    assert fresh.services.roster.districts()[0].telephone == "043-999-9999"
    roster.take_button.click()
    assert fresh.services.roster.districts()[0].telephone == "043-000-0001"
    assert "1件を取り込みました" in roster.messages.text()


def _fields(org):
    return {name: getattr(org, name) for name in org.__dataclass_fields__}


def test_a_table_with_problems_changes_nothing(page, fresh, tmp_path):
    table = tmp_path / "名簿.csv"
    table.write_text("コード,地区部会名\n99x,だめ地区部会\n", encoding="utf-8-sig")
    before = fresh.services.roster.districts()
    roster = page(RosterPage)
    roster.preview(table)
    assert "直す 1件" in roster.table.summary.text()
    roster.take_button.click()
    assert "まだ何も登録していません" in roster.messages.text()
    roster.leave_button.click()
    assert fresh.services.roster.districts() == before


def test_the_template_is_saved_where_the_person_chose(page, tmp_path, monkeypatch):
    target = tmp_path / "名簿.xlsx"
    monkeypatch.setattr(choosers, "choose_save_path", lambda *_args, **_named: target)
    roster = page(RosterPage)
    roster.template_button.click()
    assert target.read_bytes().startswith(b"PK")
    assert "保存しました" in roster.messages.text()


# 計画


def test_the_catalogue_is_shown_as_a_tree(page):
    plans = page(PlansPage)
    words = cells(plans.tree)
    assert "基本目標1　地域を支える環境づくり" in words
    assert "見守り活動の促進" in words
    assert "21項目" in cells(plans.list)


def test_a_table_that_changes_a_plan_shows_what_was_and_what_will_be(page, fresh, tmp_path):
    plan = fresh.services.plans.plans()[0]
    changed = replace(plan, items=(replace(plan.items[0], name="みほんの項目"), *plan.items[1:]))
    table = tmp_path / "計画.csv"
    table.write_bytes(write_plan_csv(changed, cp932=True).data)
    plans = page(PlansPage)
    plans.preview(table)
    assert "変わるところ 1か所" in plans.table.summary.text()
    assert cells(plans.table.changes) == ["取組項目1　名前", plan.items[0].name, "みほんの項目"]
    plans.take_button.click()
    assert fresh.services.plans.plans()[0].items[0].name == "みほんの項目"


def test_the_empty_template_is_saved_and_named(page, tmp_path, monkeypatch):
    target = tmp_path / "計画のひな形.xlsx"
    monkeypatch.setattr(choosers, "choose_save_path", lambda *_args, **_named: target)
    plans = page(PlansPage)
    plans.empty_button.click()
    assert target.read_bytes().startswith(b"PK")
    assert "書き方" in plans.messages.text()


def test_a_plan_comes_in_from_its_own_table(page, fresh, tmp_path):
    table = tmp_path / "計画.xlsx"
    table.write_bytes(fresh.services.plans.template())
    plans = page(PlansPage)
    plans.preview(table)
    assert "今の計画と入れかわります" in plans.table.summary.text()
    plans.take_button.click()
    assert "取り込みました" in plans.messages.text()


def test_a_broken_plan_names_what_to_put_right_and_changes_nothing(page, fresh, tmp_path):
    table = tmp_path / "計画.toml"
    table.write_text("id = 1\n", encoding="utf-8")
    before = fresh.services.plans.plans()
    plans = page(PlansPage)
    plans.preview(table)
    assert "直すところが" in plans.table.summary.text()
    assert plans.table.problems.rows()
    plans.take_button.click()
    assert "まだ何も登録していません" in plans.messages.text()
    assert fresh.services.plans.plans() == before


# 期限


def test_a_due_date_is_moved_by_typing(page, fresh, qtbot):
    calendar = page(CalendarPage)
    qtbot.waitUntil(calendar.rows[-1].isVisible)
    row = next(row for row in calendar.rows if row.entry.kind == "final")
    row.due.focus_input()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_text("Ｒ９．６．１５")
    press(Qt.Key.Key_Return)
    kept = {one.id: one.due for one in fresh.services.calendar.entries(YEAR)}
    assert kept[row.entry.id] == date(2027, 6, 15)
    assert calendar.rows[calendar.rows.index(row) + 1].isAncestorOf(focus())


def test_a_date_that_cannot_be_read_leaves_the_old_one(page, fresh):
    calendar = page(CalendarPage)
    row = calendar.rows[0]
    before = row.entry.due
    row.due.focus_input()
    type_text("みほん")
    press(Qt.Key.Key_Tab)
    assert "要確認" in row.due.remarks.text("unread")
    assert fresh.services.calendar.entries(YEAR)[0].due == before


def test_a_date_is_added_taken_out_and_put_back(page, fresh):
    calendar = page(CalendarPage)
    calendar.new_name.focus_input()
    commit_composed("みほん研修会")
    calendar.new_due.focus_input()
    type_text("1101")
    calendar.add_button.click()
    names = [one.name for one in fresh.services.calendar.entries(YEAR)]
    assert "みほん研修会" in names
    row = next(row for row in calendar.rows if row.entry.name == "みほん研修会")
    assert row.entry.due == date(2026, 11, 1)
    row.remove_button.click()
    assert "みほん研修会" not in [one.name for one in fresh.services.calendar.entries(YEAR)]
    calendar.messages.action_button.click()
    assert "みほん研修会" in [one.name for one in fresh.services.calendar.entries(YEAR)]


# 設定ファイル


def test_a_changed_roster_asks_for_a_new_setup(page, fresh):
    fresh.services.roster.add("みほん森地区部会")
    setups = page(SetupsPage)
    assert "作ったあとで変わりました" in setups.state.text()
    setups.issue_button.click()
    assert "今の名簿・計画・期限と同じです" in setups.state.text()
    assert "第2号" in setups.facts.text()


def test_the_setup_is_written_and_read_back(page, tmp_path, monkeypatch):
    setups = page(SetupsPage)
    setups.write_button.click()
    assert "保存する場所がまだ選ばれていません" in setups.messages.text()
    monkeypatch.setattr(choosers, "choose_folder", lambda *_args, **_named: tmp_path)
    setups.picker.folder_button.click()
    setups.write_button.click()
    assert (tmp_path / "setup-999999-1.shakyo").is_file()
    assert "読み直して同じであることを確かめました" in setups.messages.text()


def test_one_district_gets_its_slip(page, fresh):
    setups = page(SetupsPage)
    setups.list.select_key(EAST)
    setups.slips_button.click()
    assert setups.document.view.page_count() == 1
    setups.document.view.print_button.click()
    assert fresh.printer.printed == [("設定の控え", 1, "みほんプリンター")]
    setups.back_button.click()
    assert setups.list.isVisible()


# 区の鍵


def test_the_recovery_sheet_is_shown_only_when_asked_for(page):
    keys = page(KeysPage)
    assert "みほん区" in texts(keys)
    assert keys.document.view.page_count() == 0
    keys.sheet_button.click()
    assert keys.document.view.page_count() == 1
    keys.leave()
    assert keys.document.view.page_count() == 0
    assert focus() is not None


def test_an_office_can_want_two_people_and_it_is_kept_as_it_is_chosen(busy, shown):
    page = shown(StepsPage(busy))
    page.enter()
    assert page.steps.value() == "one"
    page.steps.focus_input()
    press(Qt.Key.Key_2)
    assert busy.services.review.wants_two_steps()
    assert "確認する人と確定する人を分けます" in page.messages.text()
    again = shown(StepsPage(busy))
    again.enter()
    assert again.steps.value() == "two"


def test_the_days_to_remind_are_dates_an_office_edits(busy, shown):
    page = shown(CalendarPage(busy))
    page.enter()
    row = next(row for row in page.rows if row.entry.kind == "reminder")
    assert "お知らせ" in texts(row)
    row.due.focus_input()
    row.due.put_value(date(2027, 5, 1))
    kept = [one.due for one in busy.services.calendar.entries(YEAR) if one.kind == "reminder"]
    assert date(2027, 5, 1) in kept
