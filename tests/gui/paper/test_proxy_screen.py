"""報告にする driven by keys: a keyed year becomes a district's report, and what is open leads to its box."""

import pytest
from PySide6.QtCore import Qt

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.forms.layout import FormCode
from shakyo_desktop.gui.paper.keying_screen import KeyingScreen
from shakyo_desktop.gui.paper.proxy_screen import ProxyScreen
from shakyo_desktop.gui.paper.targets import BoxOf, KeyedYearOf
from shakyo_desktop.services.keying import KeyingService
from tests.gui.keys import focus, press, type_text
from tests.gui.loop_world import YEAR

ITEM = 9


@pytest.fixture
def paper(desk):
    """The desk of an office whose roster has one more district, without a computer."""
    made = desk("ward")
    made.services.roster.add("みほん南地区部会", has_computer=False)
    return made


@pytest.fixture
def south(paper):
    return next(one.code for one in paper.services.roster.districts() if not one.has_computer)


@pytest.fixture
def screen(qtbot, paper, south):
    made = ProxyScreen(paper, lambda package_id: ("report", package_id))
    return shown(qtbot, made)


def shown(qtbot, made):
    qtbot.addWidget(made)
    made.resize(1170, 620)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.enter()
    return made


def key(paper, org, form, **boxes):
    """Key boxes of a form by the field they hold, on the page of the item."""
    keying = KeyingService(paper.services.context, org)
    for page in range(1, 14 if form is FormCode.F4 else 2):
        sheet = keying.sheet(form, YEAR, page)
        for row in sheet.page.rows[:1] if form is FormCode.F1 else sheet.page.rows:
            for box, target in row.pairs():
                own = form is FormCode.F1 or getattr(target, "item_number", None) == ITEM
                if own and box.field in boxes:
                    keying.key(sheet, box.number, boxes[box.field])


def key_year(paper, org, **status):
    key(paper, org, FormCode.F1, held_on="0501", item_number=str(ITEM), outcome_state="1", participants="24")
    key(paper, org, FormCode.F4, **status)


def newest(paper, org):
    return paper.services.review.revisions(org, YEAR)


def test_nothing_keyed_is_said_and_nothing_can_be_pressed(screen):
    assert screen.whose.district.currentText() == "みほん南地区部会（紙で提出）"
    assert "まだ紙から入力していません" in screen.summary.text()
    assert not screen.report_button.isVisibleTo(screen)
    assert not screen.paper.isVisibleTo(screen)


def test_a_keyed_year_becomes_a_report_with_keys_alone(screen, paper, south):
    key_year(paper, south, state="3", outcome="みほんの成果")
    screen.show_target(KeyedYearOf(south))
    for row in screen.problems.rows():
        row.reason.focus_input()
        type_text("紙に理由がありました")
        press(Qt.Key.Key_Tab)
    assert "報告にできます" in screen.summary.text()
    screen.paper.chair.focus_input()
    type_text("みほん 部会長")
    press(Qt.Key.Key_Return)
    type_text("12")
    screen.report_button.setFocus()
    press(Qt.Key.Key_Return)
    [made] = newest(paper, south)
    assert (made.state, made.chair_name, made.paper_no) == (ReportState.RECEIVED, "みほん 部会長", "12")
    assert "みほん南地区部会の第1版" in screen.messages.text()
    assert focus() is screen.review_button
    assert not screen.report_button.isVisibleTo(screen)


def test_a_missing_number_is_asked_for_and_what_was_typed_stays(screen, paper, south):
    key_year(paper, south, state="3", outcome="みほんの成果")
    screen.show_target(KeyedYearOf(south))
    for row in screen.problems.rows():
        row.reason.put_value("紙に理由がありました")
    screen.paper.chair.put_value("みほん 部会長")
    screen.report_button.click()
    assert "受付番号" in screen.messages.text()
    assert screen.paper.typed() == ("みほん 部会長", "")
    assert newest(paper, south) == ()


def test_what_is_open_leads_to_its_box_on_the_sheet(qtbot, screen, paper, south):
    key_year(paper, south, state="5")
    screen.show_target(KeyedYearOf(south))
    row = next(one for one in screen.problems.rows() if one.problem.field == "state_reason")
    with qtbot.waitSignal(screen.screen_requested) as asked:
        row.open_button.setFocus()
        press(Qt.Key.Key_Return)
    where, target = asked.args
    assert where == "keying"
    keying = shown(qtbot, KeyingScreen(paper))
    keying.show_target(target)
    assert focus().box.field == "state_reason"
    type_text("担い手がいないため")
    press(Qt.Key.Key_Return)
    screen.enter()
    assert "state_reason" not in {one.problem.field for one in screen.problems.rows()}


def test_a_report_is_taken_back_and_the_keyed_year_stands_as_it_was(screen, paper, south):
    key_year(paper, south, state="3", outcome="みほんの成果")
    screen.show_target(KeyedYearOf(south))
    for row in screen.problems.rows():
        row.reason.put_value("紙に理由がありました")
    screen.paper.chair.put_value("みほん 部会長")
    screen.paper.number.put_value("12")
    screen.report_button.click()
    screen.undo_button.setFocus()
    press(Qt.Key.Key_Return)
    assert [one.state for one in newest(paper, south)] == [ReportState.WITHDRAWN]
    assert "全部残っています" in screen.messages.text()
    assert screen.report_button.isVisibleTo(screen)
    assert not screen.undo_button.isVisibleTo(screen)


def test_a_district_that_hands_in_by_computer_is_protected_before_anything_is_keyed(qtbot, paper):
    own = next(one.org for one in paper.services.review.overview(YEAR) if one.state is not None)
    keying = shown(qtbot, KeyingScreen(paper))
    keying.chooser.choose_district(own)
    keying.chooser.district_chosen.emit()
    assert "パソコンで提出しています" in keying.messages.text()
    keying.chooser.open_button.click()
    assert "パソコンで提出しています" in keying.messages.text()
    assert not keying.bar.isVisibleTo(keying)


def test_the_step_is_reached_from_keying_with_the_district_that_is_chosen(qtbot, paper, south):
    keying = shown(qtbot, KeyingScreen(paper))
    with qtbot.waitSignal(keying.screen_requested) as asked:
        keying.chooser.report_button.setFocus()
        press(Qt.Key.Key_Return)
    assert asked.args == ["proxy", KeyedYearOf(south)]


def test_a_sheet_that_another_screen_opened_is_keyed_for_its_own_district(qtbot, paper, south):
    sheet = KeyingService(paper.services.context, south).sheet(FormCode.F1, YEAR)
    keying = KeyingScreen(paper)
    qtbot.addWidget(keying)
    keying.show_target(BoxOf(sheet.key, "1-2"))
    keying.sheet_view.keyed.emit("1-2", str(ITEM))
    with paper.services.context.database.reading() as stores:
        assert [one.item_number for one in stores.records.year(south, YEAR).activities] == [ITEM]
