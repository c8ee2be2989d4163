"""紙から入力 driven by keys: a sheet goes into the records in the order of the paper, and nothing is lost."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox

from shakyo_desktop.gui.paper.keying_screen import KeyingScreen
from tests.gui.keys import compose, focus, press, type_text
from tests.gui.loop_world import YEAR


@pytest.fixture
def screen(qtbot, desk):
    made = KeyingScreen(desk("handed_in"))
    qtbot.addWidget(made)
    made.resize(1170, 620)
    with qtbot.waitActive(made):
        made.show()
        made.activateWindow()
    made.enter()
    return made


def begin(screen, form=0, page=None, second=False):
    screen.chooser.form.choose(form)
    if page is not None:
        screen.chooser.page.put_value(page)
    screen.chooser.passes.choose(1 if second else 0)
    screen.chooser.open_button.click()


def type_keys(*texts):
    """Every text into the box that has the keyboard, Enter after each."""
    for text in texts:
        type_text(text)
        press(Qt.Key.Key_Return)


def focused():
    return focus().box.number


def diary(screen):
    services = screen._desk.services
    return [one for one in services.recording.open_year(YEAR).records.activities if one.source == "paper"]


def test_a_row_is_keyed_with_enter_alone_and_a_digit_goes_on_by_itself(screen):
    begin(screen)
    assert focused() == "1-1"
    type_keys("0501", "8")
    assert focused() == "1-3"
    type_text("1")
    assert focused() == "1-4"
    type_keys("みほん自治会館", "24", "6", "体操")
    assert focused() == "2-1"
    [activity] = diary(screen)
    assert (activity.held_on.isoformat(), activity.item_number) == (f"{YEAR}-05-01", 8)
    assert (activity.venue, activity.participants, activity.helpers) == ("みほん自治会館", 24, 6)


def test_a_star_takes_over_what_stands_above(screen):
    begin(screen)
    type_keys("0501", "8")
    type_text("1")
    type_keys("みほん自治会館", "24", "6", "体操", "0502")
    type_text("*")
    assert screen.sheet_view.line("2-2").text() == "8"
    assert focused() == "2-3"


def test_a_day_alone_takes_the_month_of_the_row_above(screen):
    begin(screen)
    type_keys("0501", "8")
    screen.sheet_view.focus_box("2-1")
    type_keys("12")
    assert screen.sheet_view.line("2-1").text() == "5/12"
    assert focused() == "2-2"


def test_known_places_and_words_are_offered_and_taken_by_their_number(screen):
    begin(screen)
    type_keys("0501", "8")
    type_text("1")
    offered = screen.sheet_view.offered("1-4")
    assert f"2 {offered[1]}" in screen.echo.text()
    type_keys("2", "24", "6", "みほんの歌の会")
    assert diary(screen)[0].venue == offered[1]
    screen.sheet_view.focus_box("2-2")
    type_text("8")
    screen.sheet_view.focus_box("2-7")
    number = screen.sheet_view.offered("2-7").index("みほんの歌の会") + 1
    type_keys(str(number))
    assert screen.sheet_view.line("2-7").text() == "みほんの歌の会"
    screen.sheet_view.focus_box("3-2")
    type_text("9")
    assert "みほんの歌の会" not in screen.sheet_view.offered("3-7")


def test_enter_by_habit_after_a_choice_does_not_pass_over_the_next_box(screen):
    begin(screen)
    type_keys("0501")
    type_text("8")
    press(Qt.Key.Key_Return)
    assert focused() == "1-3"
    type_text("1")
    press(Qt.Key.Key_Return)
    assert focused() == "1-4"
    press(Qt.Key.Key_Return)
    assert focused() == "1-5"


def test_people_of_a_meeting_that_was_called_off_are_passed_over_and_can_be_reached(screen):
    begin(screen)
    type_keys("0501", "8")
    type_text("2")
    type_keys("みほん自治会館")
    assert focused() == "1-7"
    press(Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert focused() == "1-6"


def test_reasons_that_explain_nothing_are_passed_over_on_the_report_form(screen):
    begin(screen, form=4, page=2)
    type_text("32")
    assert screen.sheet_view.line(focused()).box.field.startswith("typed_totals.")


def test_the_row_says_in_words_what_was_keyed(screen):
    begin(screen)
    type_keys("0501", "8")
    assert "令和8年5月1日（金）" in screen.echo.text()
    assert "子ども" in screen.echo.text()


def test_a_date_is_not_marked_any_more_once_its_row_has_an_item(screen):
    begin(screen)
    type_keys("0501")
    assert "取組項目の番号" in screen.sheet_view.line("1-1").accessibleDescription()
    type_keys("8")
    assert screen.sheet_view.line("1-1").accessibleDescription() == ""


def test_what_cannot_be_read_is_marked_and_stays(screen):
    begin(screen)
    type_keys("去年", "8")
    assert screen.sheet_view.line("1-1").text() == "去年"
    assert "読め" in screen.sheet_view.line("1-1").accessibleDescription()
    [activity] = diary(screen)
    assert activity.unread == {"held_on": "去年"}


def test_keying_stops_and_goes_on_at_the_next_box(screen):
    begin(screen)
    type_keys("0501", "8")
    screen.stop_button.click()
    assert "1-3" in screen.chooser.resume_button.words()
    screen.chooser.resume_button.click()
    assert focused() == "1-3"
    assert screen.sheet_view.line("1-1").text() == "0501"


def test_what_stands_half_typed_is_kept_when_the_screen_is_left(screen):
    begin(screen)
    type_keys("0501", "8")
    screen.sheet_view.line("1-4").setFocus()
    type_text("みほん")
    screen.commit()
    screen.leave()
    assert diary(screen)[0].venue == "みほん"


def test_a_scanner_that_types_into_any_box_opens_the_sheet(screen):
    org = screen._desk.services.settings.identity().org.code
    begin(screen)
    type_keys(f"SHAKYO/F4/1/{org}/{YEAR}/P3")
    assert "取組状況報告書" in screen.title()
    assert "3/13" in screen.title()
    assert diary(screen) == []


def test_another_districts_sheet_is_refused_and_the_open_one_stays(screen):
    begin(screen)
    type_keys(f"SHAKYO/F4/1/999999-77/{YEAR}/P3")
    assert "そのまま" in screen.messages.text()
    assert "活動記録票" in screen.title()
    assert screen.sheet_view.line("1-1").text() == ""


def test_unfinished_japanese_input_is_kept_when_the_screen_is_left(screen):
    begin(screen)
    type_keys("0501", "8")
    screen.sheet_view.line("1-4").setFocus()
    compose("みほんこうえん")
    screen.commit()
    assert diary(screen)[0].venue == "みほんこうえん"


def test_a_locked_year_is_told_before_anything_is_keyed(qtbot, desk):
    paper = desk("ward")
    [row] = [one for one in paper.services.review.overview(YEAR) if one.package_id][:1]
    paper.services.review.accept(row.package_id)
    screen = KeyingScreen(paper)
    qtbot.addWidget(screen)
    screen.show()
    screen.enter()
    screen.chooser.district.setCurrentIndex(screen.chooser.district.findData(row.org))
    begin(screen)
    assert "パソコンで提出しています" in screen.messages.text()
    assert screen.bar.isHidden()


def test_a_struck_out_row_is_marked_and_leaves_the_diary(screen):
    begin(screen)
    type_keys("0501", "8")
    mark = next(box for box in screen.sheet_view.findChildren(QCheckBox) if "1行目" in box.accessibleName())
    mark.click()
    assert diary(screen) == []
    mark.click()
    assert len(diary(screen)) == 1


def test_figures_are_keyed_again_blind_and_a_difference_shows_both(screen):
    begin(screen)
    type_keys("0501", "8")
    type_text("1")
    type_keys("みほん自治会館", "24", "6", "体操")
    screen.stop_button.click()
    begin(screen, page=1, second=True)
    assert focused() == "1-2"
    assert set(screen.sheet_view.texts().values()) == {""}
    type_keys("8", "42")
    assert not screen.mismatch.isHidden()
    shown = screen.mismatch._words.text()
    assert "24" in shown
    assert "42" in shown
    screen.mismatch.answer.put_value("42")
    screen.mismatch.button.click()
    assert diary(screen)[0].participants == 42
    screen.stop_button.click()
    assert "違ったところ" in screen.chooser.counts.text()


def test_the_last_box_leads_to_the_next_sheet(screen):
    begin(screen)
    screen.sheet_view.line("12-7").setFocus()
    type_keys("おわり")
    assert focus() is screen.next_button
    press(Qt.Key.Key_Return)
    assert "用紙2枚目" in screen.title()


def test_an_office_keys_the_paper_of_a_district(qtbot, desk):
    paper = desk("ward")
    paper.services.roster.add("みほん南地区部会", has_computer=False)
    screen = KeyingScreen(paper)
    qtbot.addWidget(screen)
    screen.resize(1170, 620)
    with qtbot.waitActive(screen):
        screen.show()
        screen.activateWindow()
    screen.enter()
    assert screen.chooser.district.count() == len(paper.services.roster.districts())
    org = screen.chooser.org()
    begin(screen)
    type_keys("0501", "8")
    with paper.services.context.database.reading() as stores:
        [activity] = [one for one in stores.records.year(org, YEAR).activities if one.source == "paper"]
    assert activity.item_number == 8


def test_a_scanned_code_brings_an_office_to_the_sheets_own_district(qtbot, desk):
    paper = desk("ward")
    orgs = [org.code for org in paper.services.roster.districts()]
    screen = KeyingScreen(paper)
    qtbot.addWidget(screen)
    screen.resize(1170, 620)
    screen.show()
    screen.enter()
    last = orgs[-1]
    screen.chooser.code_typed.emit(f"SHAKYO/F3/1/{last}/{YEAR}/P1")
    assert "見守り月計表" in screen.title()
    assert screen.chooser.org() == last
    screen.chooser.code_typed.emit(f"SHAKYO/F3/1/999999-77/{YEAR}/P1")
    assert "999999-77" in screen.messages.text()
    assert screen.chooser.org() == last
