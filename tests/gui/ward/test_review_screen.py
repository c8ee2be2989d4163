"""確認する: a report is read item by item, requests are kept while they are typed, a decision follows."""

from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from shakyo_desktop.domain.codes import ReplyResult, ReportState
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.buttons import LinkButton
from shakyo_desktop.gui.shared.fields.inputs import AreaInput
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.review.photo_board import PhotoBoard
from shakyo_desktop.gui.ward.review.report_pages import item_pages
from shakyo_desktop.gui.ward.review.request_editor import RequestEditor
from shakyo_desktop.gui.ward.review.request_note import RequestNote
from shakyo_desktop.gui.ward.review.review_screen import ReviewScreen
from shakyo_desktop.gui.ward.review.whole_view import REPORT
from shakyo_desktop.gui.ward.targets import DistrictOf, ReportOf
from tests.gui.keys import commit_composed, compose, focus, press, press_letter, type_text
from tests.gui.ward.looking import cells, row_of, texts
from tests.gui.ward.world import EAST, SOUTH, YEAR

QUESTION = "男性の人数を教えてください。"


@pytest.fixture
def package_id(busy):
    """The second revision of みほん東, which waits."""
    return next(row.package_id for row in busy.services.review.overview(YEAR) if row.org == EAST)


@pytest.fixture
def screen(busy, shown, package_id):
    """The screen with that revision open."""
    made = shown(ReviewScreen(busy))
    made.resize(1170, 636)
    made.show_target(ReportOf(package_id))
    return made


def open_changed_item(screen):
    """Choose the item that differs from the revision before; return its card of fields."""
    number = screen.reader.view().differences[0].item_number
    key = next(
        row.key for row in screen.reader.list.rows() if isinstance(row.key, tuple) and row.key[1] == number
    )
    screen.reader.list.select_key(key)
    return screen.reader.shown().cards[0]


def write_at(card, field, qtbot):
    """Open the editor of a field, and wait until it stands there and has the keyboard."""
    card.rows[field].ask_button.setFocus()
    press(Qt.Key.Key_Return)
    editor = card.rows[field].findChild(RequestEditor)
    qtbot.waitUntil(lambda: editor.due.input().isVisible() and editor.text.input().hasFocus())


def requests_of(desk, package_id):
    """The requests as they are kept."""
    return [(one.table, one.field, one.text) for one in desk.services.review.report(package_id).comments]


def test_what_waits_is_listed_and_enter_opens_it(busy, shown, qtbot):
    screen = shown(ReviewScreen(busy))
    screen.enter()
    qtbot.waitUntil(lambda: bool(screen.waiting.rows()))
    assert "みほん東地区部会" in cells(screen.waiting)
    screen.focus_first()
    press(Qt.Key.Key_Return)
    assert screen.title() == "みほん東地区部会　第2版（途中）"


def test_what_was_read_before_stays_readable_when_nothing_waits(busy, shown, package_id):
    busy.services.review.accept(package_id)
    screen = shown(ReviewScreen(busy))
    screen.show_list()
    assert "確認を待っている報告はありません" in cells(screen.waiting)
    assert "✓ 確定" in row_of(screen.waiting, "みほん東地区部会")
    screen.waiting.select_key(package_id)
    screen.buttons.open.click()
    assert screen.title() == "みほん東地区部会　第2版（途中）"


def test_an_item_of_the_ward_office_is_not_called_unreported(screen):
    wards = next(page for page in item_pages(screen.reader.view()) if page.is_wards)
    screen.reader.list.select_key(wards.key)
    assert "区事務所が報告" in texts(screen.reader.shown())
    assert "未報告" not in texts(screen.reader.shown())


def test_a_district_can_be_opened_by_name(busy, shown):
    screen = shown(ReviewScreen(busy))
    screen.show_target(DistrictOf(SOUTH))
    assert screen.title().startswith("みほん南地区部会")


def test_every_item_is_listed_with_what_to_look_at(screen):
    rows = {row.key: row for row in screen.reader.list.rows()}
    assert len(rows) == 1 + 21
    number = screen.reader.view().differences[0].item_number
    key = next(key for key in rows if isinstance(key, tuple) and key[1] == number)
    assert rows[key].cells[2] == "変1"
    assert "変わったところ1か所" in rows[key].spoken


def test_what_changed_stands_beside_what_it_said_before(screen):
    card = open_changed_item(screen)
    row = card.rows["outcome"]
    assert row.line.changed
    assert "変わりました" in texts(row)
    assert row.line.now in texts(row)
    assert row.line.before in texts(row)
    assert not card.rows["challenge"].line.changed


def test_a_request_is_kept_while_it_is_typed_in_japanese(screen, busy, package_id, qtbot):
    write_at(open_changed_item(screen), "outcome", qtbot)
    compose("だんせい")
    assert requests_of(busy, package_id) == []
    commit_composed(QUESTION)
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
    assert requests_of(busy, package_id) == [("item_statuses", "outcome", QUESTION)]
    type_text("0930")
    press(Qt.Key.Key_Return)
    kept = busy.services.review.report(package_id).comments[0]
    assert kept.due == date(2026, 9, 30)
    assert focus() is screen.reader.editor.close_button
    assert "確認をお願いする 1件" in screen.buttons.ask.words()


def test_unfinished_japanese_is_kept_when_another_item_is_chosen(screen, busy, package_id, qtbot):
    write_at(open_changed_item(screen), "outcome", qtbot)
    compose(QUESTION)
    screen.reader.step(-1)
    assert requests_of(busy, package_id) == [("item_statuses", "outcome", QUESTION)]


def test_unfinished_japanese_is_kept_when_the_window_commits(screen, busy, package_id, qtbot):
    write_at(open_changed_item(screen), "outcome", qtbot)
    compose(QUESTION)
    screen.commit()
    assert requests_of(busy, package_id) == [("item_statuses", "outcome", QUESTION)]


def test_typing_on_while_it_is_being_kept_makes_one_request(busy, shown, package_id, qtbot):
    worker = BackgroundWorker()
    screen = shown(ReviewScreen(Desk(busy.services, worker, busy.fiscal_year, busy.printer)))
    screen.show_target(ReportOf(package_id))
    qtbot.waitUntil(lambda: screen.reader.view() is not None)
    open_changed_item(screen).rows["outcome"].ask_button.click()
    editor = screen.reader.editor
    editor.put("男性の")
    editor.put(QUESTION)
    qtbot.waitUntil(lambda: requests_of(busy, package_id) == [("item_statuses", "outcome", QUESTION)])
    assert worker.stop()


def test_a_request_can_be_changed_and_taken_away(screen, busy, package_id):
    card = open_changed_item(screen)
    card.rows["outcome"].ask_button.click()
    screen.reader.editor.put(QUESTION)
    screen.reader.editor.close_button.click()
    note = screen.reader.shown().cards[0].rows["outcome"]
    assert QUESTION in texts(note)
    screen.reader.list.select_key("whole")
    whole = screen.reader.shown()
    assert "成果" in texts(whole.remarks)
    note = whole.findChildren(RequestNote)[0]
    note.change_button.click()
    screen.reader.editor.put("何人でしたか。")
    assert requests_of(busy, package_id) == [("item_statuses", "outcome", "何人でしたか。")]
    screen.reader.editor.remove_button.click()
    assert requests_of(busy, package_id) == []
    assert screen.buttons.ask.words() == "確認をお願いする"


def test_a_remark_about_the_whole_report(screen, busy, package_id, qtbot):
    screen.reader.shown().ask_button.click()
    qtbot.waitUntil(lambda: isinstance(QApplication.focusWidget(), AreaInput))
    assert screen.reader.editor.draft.place == REPORT
    type_text("thanks")
    screen.reader.editor.close_button.click()
    assert requests_of(busy, package_id) == [("report", "", "thanks")]


def test_an_activity_shows_its_fields_and_photos(screen, qtbot):
    view = screen.reader.view()
    photo = view.records.photos[0]
    activity = next(one for one in view.records.activities if one.id == photo.activity_id)
    screen.reader.list.select_key((activity.plan_id, activity.item_number))
    item = screen.reader.shown()
    item.activities.select_key(activity.id)
    board = item.findChild(PhotoBoard)
    assert board.buttons[0].accessibleName().endswith("大きく見る")
    qtbot.waitUntil(board.isVisible)
    board.buttons[0].click()
    assert board.large.pixmap().width() > 300
    board.close_button.click()
    assert not board.large.isVisible()


def test_a_problem_becomes_a_request_with_one_click(busy, shown, problem_report):
    screen = shown(ReviewScreen(busy))
    screen.show_target(ReportOf(problem_report))
    assert screen.reader.view().problems
    whole = screen.reader.shown()
    button = next(
        one for one in whole.problems.findChildren(LinkButton) if one.words() == "この点をお願いする"
    )
    button.click()
    kept = busy.services.review.report(problem_report).comments
    messages = [problem.message for problem in screen.reader.view().problems]
    assert any(kept[0].text.endswith(message) for message in messages)


def test_accepting_makes_the_answer_ready(screen, busy, package_id, asked):
    found = asked(screen)
    screen.buttons.accept.click()
    row = next(one for one in busy.services.answers.ready(YEAR) if one.package_id == package_id)
    assert row.result is ReplyResult.ACCEPTED
    assert row.receipt_no in screen.messages.text()
    assert not screen.buttons.accept.isVisible()
    screen.buttons.answer.click()
    assert found == [("answers", None)]


def test_asking_without_a_request_says_what_is_missing(screen, busy, package_id):
    screen.buttons.ask.click()
    assert "確認のお願いがまだ書かれていません" in screen.messages.text()
    assert busy.services.review.report(package_id).submission.state is ReportState.RECEIVED


def test_asking_sends_what_is_being_typed_too(screen, busy, package_id, qtbot):
    write_at(open_changed_item(screen), "outcome", qtbot)
    compose(QUESTION)
    screen.buttons.ask.click()
    row = next(one for one in busy.services.answers.ready(YEAR) if one.package_id == package_id)
    assert row.result is ReplyResult.RETURNED
    assert requests_of(busy, package_id) == [("item_statuses", "outcome", QUESTION)]


def test_a_decision_is_taken_back_with_a_reason(screen, busy, package_id):
    screen.buttons.accept.click()
    screen.buttons.reopen.click()
    screen.reopen_card.do_button.click()
    assert "理由を書いてください" in screen.messages.text()
    screen.reopen_card.reason.focus_input()
    compose("人数を聞きなおすため")
    screen.reopen_card.do_button.click()
    assert busy.services.review.report(package_id).submission.state is ReportState.RECEIVED
    assert screen.buttons.accept.isVisible()


def test_an_older_revision_can_be_read_but_not_decided(screen):
    revisions = screen.reader.shown().revisions
    older = revisions.rows()[-1].key
    revisions.row_activated.emit(older)
    assert screen.title() == "みほん東地区部会　第1版（途中）"
    assert not screen.buttons.accept.isVisible()
    assert "新しい版があります" in texts(screen)
    open_rows = [row for row in screen.reader.list.rows() if isinstance(row.key, tuple)]
    screen.reader.list.select_key(open_rows[0].key)
    assert not any(
        row.ask_button.isVisible() for card in screen.reader.shown().cards for row in card.rows.values()
    )


def test_an_import_is_taken_back_from_its_revision(screen, busy):
    screen.reader.shown().undo_button.click()
    row = next(one for one in busy.services.review.overview(YEAR) if one.org == EAST)
    assert row.revision == 1
    assert "取り消しました" in screen.messages.text()


def test_alt_n_and_alt_p_go_through_the_items(screen, qtbot):
    screen.reader.list.setFocus()
    for key, number in ((Qt.Key.Key_N, 1), (Qt.Key.Key_N, 2), (Qt.Key.Key_P, 1)):
        press(key, Qt.KeyboardModifier.AltModifier)
        qtbot.waitUntil(lambda wanted=number: screen.reader.list.selected_key()[1] == wanted)


def test_the_editor_is_seen_where_it_opens(screen, qtbot):
    card = open_changed_item(screen)
    card.rows["next_plan"].ask_button.click()
    editor = screen.reader.editor

    def seen():
        top = editor.mapTo(screen.reader.area.viewport(), editor.rect().topLeft()).y()
        return top >= 0 and top + editor.height() <= screen.reader.area.viewport().height()

    qtbot.waitUntil(seen)


def test_the_row_of_an_accepted_report_offers_no_requests(busy, shown):
    screen = shown(ReviewScreen(busy))
    screen.show_target(DistrictOf(SOUTH))
    assert screen.buttons.reopen.isVisible()
    assert not screen.reader.shown().ask_button.isVisible()
    assert "✓" not in screen.title()
    assert row_of(screen.reader.shown().revisions, "第1版（途中）")[3] != ""


def test_tab_goes_from_the_items_through_the_page_to_the_buttons(screen, qtbot):
    card = open_changed_item(screen)
    qtbot.waitUntil(card.rows["state"].ask_button.isVisible)
    screen.reader.area.setFocus()
    press(Qt.Key.Key_Tab)
    assert focus() is card.rows["state"].ask_button
    press(Qt.Key.Key_Tab)
    assert focus() is card.rows["self_rating"].ask_button


def test_what_was_being_written_about_one_report_never_lands_in_another(screen, busy, package_id, qtbot):
    write_at(open_changed_item(screen), "outcome", qtbot)
    compose(QUESTION)
    screen.show_target(DistrictOf(SOUTH))
    assert screen.title().startswith("みほん南地区部会")
    assert requests_of(busy, package_id) == [("item_statuses", "outcome", QUESTION)]


def life_of(screen):
    """Events of the report that is shown, newest first."""
    return [row.cells[1] for row in screen.reader.shown().life.rows()]


def test_the_life_of_a_report_stands_under_its_revisions(screen):
    rows = [row.cells for row in screen.reader.shown().life.rows()]
    assert rows == [
        ("R8.9.12 14:00", "受け取り", "第2版", "みほん 事務"),
        ("R8.9.12 14:00", "確認のお願い　お願い1件", "第1版", "みほん 事務"),
        ("R8.9.12 14:00", "受け取り", "第1版", "みほん 事務"),
    ]


def test_opening_an_item_begins_the_review(screen, busy):
    row = next(one for one in busy.services.review.overview(YEAR) if one.org == EAST)
    assert row.desk.label == "再提出"
    open_changed_item(screen)
    row = next(one for one in busy.services.review.overview(YEAR) if one.org == EAST)
    assert row.desk.label == "確認中"


@pytest.fixture
def two_steps(busy, shown, package_id):
    """The report of みほん東 in an office where another person accepts."""
    busy.services.review.set_two_steps(True)
    made = shown(ReviewScreen(busy))
    made.show_target(ReportOf(package_id))
    made.reader.list.setFocus()
    return made


def test_with_two_steps_another_name_accepts_what_one_person_checked(two_steps, busy, package_id):
    screen = two_steps
    assert not screen.buttons.accept.isVisible()
    press_letter(Qt.Key.Key_K)
    assert "別の人が「確定する」を押して" in screen.messages.text()
    assert "確認　みほん 事務さん" in texts(screen.reader.shown())
    press_letter(Qt.Key.Key_K)
    assert focus() is screen.second_card.name.input()
    assert not screen.bar.isVisible()
    commit_composed("みほん　事務")
    screen.second_card.do_button.setFocus()
    press(Qt.Key.Key_Return)
    assert "みほん 事務さんは、この報告を確認した人です" in screen.messages.text()
    assert screen.second_card.name.value() == "みほん　事務"
    screen.second_card.name.put_value("みほん 係長")
    screen.second_card.do_button.setFocus()
    press(Qt.Key.Key_Return)
    assert busy.services.review.report(package_id).submission.state is ReportState.ACCEPTED
    assert life_of(screen)[:2] == ["確定", "確認"]
    assert screen.bar.isVisible()


def test_the_second_step_can_be_left_and_the_first_taken_back(two_steps):
    screen = two_steps
    screen.buttons.check.click()
    screen.buttons.accept.click()
    screen.second_card.leave_button.click()
    assert screen.reader.isVisible()
    screen.reader.shown().uncheck_button.click()
    assert screen.buttons.check.isVisible()
    assert life_of(screen)[0] == "確認の取り消し"


def test_a_reopened_report_shows_who_did_it_and_why(screen):
    screen.buttons.accept.click()
    screen.buttons.reopen.click()
    assert not screen.reader.isVisible()
    screen.reopen_card.reason.focus_input()
    compose("人数を聞きなおすため")
    screen.reopen_card.do_button.click()
    assert screen.reader.isVisible()
    assert life_of(screen)[:2] == ["もう一度確認　人数を聞きなおすため", "確定"]
