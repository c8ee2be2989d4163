"""計画を直す: by keyboard, kept at every change, saved as a version, undone, never half saved."""

import pytest
from PySide6.QtCore import Qt

from shakyo_desktop.domain.codes import ActivityKind, Reporter
from shakyo_desktop.domain.plan import Crosswalk, PlanDraft
from shakyo_desktop.gui.ward.settings.plans_area import PlansArea
from tests.gui.keys import commit_composed, compose, focus, press, press_letter, type_text
from tests.gui.ward.looking import cells, texts
from tests.gui.ward.ward_plans import thirty_items

WARD_PLAN = thirty_items()


@pytest.fixture
def area(fresh, shown):
    """The ward with its own plan beside the shipped one."""
    services = fresh.services
    with services.context.database.transaction() as stores:
        stores.plans.save(WARD_PLAN, services.context.now())
    made = shown(PlansArea(fresh))
    made.resize(1170, 640)
    made.enter()
    return made


@pytest.fixture
def editor(area):
    area.plans.list.select_key(WARD_PLAN.id)
    area.plans.list.setFocus()
    press(Qt.Key.Key_Return)
    return area.editor


def kept(desk):
    return desk.services.plan_editing.open(WARD_PLAN.id).draft.plan


def clear():
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)


def test_every_plan_of_the_ward_is_listed(area):
    assert area.page() is area.plans
    words = cells(area.plans.list)
    assert [words[0], words[2], words[6]] == ["第7次地域福祉活動計画", "21項目", "30項目"]


def test_a_name_is_changed_with_an_input_method_and_kept_at_once(editor, fresh):
    editor.panel.outline.select_key(("items", 3))
    press(Qt.Key.Key_Return)
    press(Qt.Key.Key_Tab)
    clear()
    compose("いばしょ")
    commit_composed("だれでも来られる居場所づくり")
    press(Qt.Key.Key_Return)
    assert kept(fresh).items[3].name == "だれでも来られる居場所づくり"
    assert fresh.services.plans.plan(WARD_PLAN.id) == WARD_PLAN
    assert "だれでも来られる居場所づくり" in "".join(cells(editor.panel.outline))


def test_choices_and_marks_of_an_item_are_changed(editor, fresh):
    editor.panel.outline.select_key(("items", 0))
    form = editor.panel.form().form
    form.field("priority").focus_input()
    press(Qt.Key.Key_Space)
    form.field("reporter").focus_input()
    press(Qt.Key.Key_2)
    form.field("kind").focus_input()
    press(Qt.Key.Key_2)
    item = kept(fresh).items[0]
    assert (item.priority, item.reporter, item.kind) == (False, Reporter.WARD_OFFICE, ActivityKind.MEAL)


def test_a_wrong_number_is_told_at_its_field_and_marked_in_the_outline(editor, fresh):
    editor.panel.outline.select_key(("items", 3))
    press(Qt.Key.Key_Return)
    clear()
    type_text("１０１")
    press(Qt.Key.Key_Return)
    field = editor.panel.form().form.field("number")
    assert "2回使われています" in field.remarks.text("problem")
    assert cells(editor.panel.outline).count("⚠") == 1
    editor.save_button.click()
    assert "直すところが1か所" in editor.messages.text()
    assert fresh.services.plans.plan(WARD_PLAN.id) == WARD_PLAN
    assert kept(fresh).items[3].number == 101


def test_what_cannot_be_read_stays_as_typed_also_after_the_window_was_closed(editor, area, fresh, shown):
    editor.panel.outline.select_key(("items", 3))
    field = editor.panel.form().form.field("direction")
    field.focus_input()
    clear()
    type_text("十")
    editor.panel.outline.select_key(("items", 4))
    again = shown(PlansArea(fresh))
    again.enter()
    again.plans.edit_requested.emit(WARD_PLAN.id)
    again.editor.panel.outline.select_key(("items", 3))
    assert again.editor.panel.form().form.field("direction").shown_text() == "十"
    assert "要確認" in again.editor.panel.form().form.field("direction").remarks.text("unread")


def test_an_item_is_added_in_its_direction_and_saved_as_a_version(editor, area, fresh):
    editor.panel.outline.select_key(("directions", 1))
    editor.panel.item_button.setFocus()
    press(Qt.Key.Key_Space)
    commit_composed("みほんの新しい取組")
    press_letter(Qt.Key.Key_S)
    assert area.page() is area.plans
    assert "2版として保存しました" in area.plans.messages.text()
    saved = fresh.services.plans.plan(WARD_PLAN.id)
    assert (saved.items[20].number, saved.items[20].direction) == (311, 20)
    assert saved.items[20].name == "みほんの新しい取組"
    assert [one.version for one in fresh.services.plan_editing.versions(WARD_PLAN.id)] == [2, 1]


def test_an_item_is_removed_and_comes_back(editor, fresh):
    editor.panel.outline.select_key(("items", 9))
    editor.panel.remove_button.click()
    assert len(kept(fresh).items) == 29
    assert "消しました" in editor.messages.text()
    editor.messages.action_button.click()
    assert kept(fresh) == WARD_PLAN
    assert editor.panel.outline.selected_key() == ("items", 9)


def test_an_item_in_use_cannot_be_removed_or_given_another_number(area, fresh):
    plan = fresh.services.plans.plans()[0]
    fresh.services.plan_pairs.connect(Crosswalk(plan.id, 6, WARD_PLAN.id, 101))
    area.plans.edit_requested.emit(WARD_PLAN.id)
    editor = area.editor
    editor.panel.outline.select_key(("items", 0))
    assert "計画の対応" in texts(editor)
    editor.panel.remove_button.click()
    assert "使われているので、消せません" in editor.messages.text()
    editor.panel.form().form.field("number").put_value(199)
    editor.save_button.click()
    assert "取組項目101は使われています" in editor.messages.text()
    assert fresh.services.plans.plan(WARD_PLAN.id) == WARD_PLAN


def test_changes_are_undone_one_by_one(editor, fresh):
    editor.panel.outline.select_key(("items", 1))
    editor.panel.form().form.field("name").put_value("ひとつめ")
    editor.panel.form().form.field("name").put_value("ふたつめ")
    editor.panel.down_button.click()
    assert [item.number for item in kept(fresh).items[1:3]] == [103, 102]
    names = []
    for _ in range(3):
        press_letter(Qt.Key.Key_U)
        names.append(kept(fresh).items[1].name)
    assert names == ["ふたつめ", "ひとつめ", WARD_PLAN.items[1].name]
    press_letter(Qt.Key.Key_U)
    assert "元に戻すものがありません" in editor.messages.text()
    assert fresh.services.plan_editing.drafts() == ()


def test_measures_are_added_changed_and_removed(editor, fresh):
    editor.panel.outline.select_key(("items", 20))
    measures = editor.panel.form().measures
    measures.add_button.setFocus()
    press(Qt.Key.Key_Space)
    commit_composed("配ったチラシ")
    press(Qt.Key.Key_Return)
    type_text("枚")
    press(Qt.Key.Key_Return)
    found = kept(fresh).items[20].measures
    assert [(one.code, one.label, one.unit) for one in found] == [
        ("bags", "配った防災袋", "袋"),
        ("extra_1", "配ったチラシ", "枚"),
    ]
    measures.forms[1].field("label").put_value("")
    assert "名前が空です" in measures.forms[1].field("label").remarks.text("problem")
    measures._remove(1)
    assert kept(fresh).items[20].measures == WARD_PLAN.items[20].measures


def test_years_are_read_as_people_write_them(editor, fresh):
    form = editor.panel.form().form
    form.field("last_fiscal_year").focus_input()
    clear()
    type_text("令和１０年度")
    press(Qt.Key.Key_Return)
    assert kept(fresh).last_fiscal_year == 2028
    assert form.field("last_fiscal_year").shown_text() == "2028"
    assert form.field("last_fiscal_year").remarks.text("note") == "令和10年度"


def test_a_new_plan_is_written_from_nothing(area, fresh):
    area.plans.new_button.click()
    editor = area.editor
    plan_id = editor.draft().plan.id
    editor.panel.form().form.field("name").put_value("みほん区の小さな計画")
    for place in (("goals", 0), ("directions", 0)):
        editor.panel.outline.select_key(place)
        editor.panel.form().form.field("name").put_value("みほん")
    editor.panel.item_button.click()
    editor.panel.form().form.field("name").put_value("見守り")
    editor.save_button.click()
    assert fresh.services.plans.plan(plan_id).items[0].name == "見守り"
    assert "みほん区の小さな計画" in cells(area.plans.list)


def test_a_draft_waits_in_the_list_and_can_be_thrown_away_and_brought_back(editor, area, fresh):
    editor.panel.form().form.field("nickname").put_value("みほんプラン")
    editor.back_button.click()
    assert "下書きあり" in cells(area.plans.list)
    area.plans.edit_button.click()
    editor.discard_button.click()
    assert fresh.services.plan_editing.drafts() == ()
    assert "捨てました" in editor.messages.text()
    editor.messages.action_button.click()
    assert kept(fresh).nickname == "みほんプラン"


def test_versions_show_what_changed_and_an_old_one_becomes_a_draft(area, fresh):
    editing = fresh.services.plan_editing
    area.plans.edit_requested.emit(WARD_PLAN.id)
    area.editor.panel.outline.select_key(("items", 4))
    area.editor.panel.form().form.field("name").put_value("サロン")
    area.editor.save_button.click()
    area.plans.list.select_key(WARD_PLAN.id)
    area.plans.versions_button.click()
    page = area.versions
    assert cells(page.list)[0] == "2版"
    assert "みほん 事務" in cells(page.list)
    assert cells(page.changes) == ["取組項目105　名前", "ふれあい・いきいきサロン", "サロン"]
    page.list.setFocus()
    press(Qt.Key.Key_Down)
    assert page.changes.rows() == ()
    page.view.set_value("items")
    page._show_view()
    assert "ふれあい・いきいきサロン" in cells(page.tree)
    page.draft_button.click()
    assert area.page() is area.editor
    assert editing.open(WARD_PLAN.id).draft == PlanDraft(WARD_PLAN, 2)
    assert focus() is area.editor.panel.outline
