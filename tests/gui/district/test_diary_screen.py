"""活動記録 with real keys and a real input method over a real store."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel
from pytestqt.qtbot import QtBot

from shakyo_desktop.domain.codes import ActivityKind, Granularity, OutcomeState, Stage
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.records import Activity
from shakyo_desktop.gui.district.diary_screen import DiaryScreen
from tests.factories import make_activity
from tests.gui.district.conftest import YEAR, Desk
from tests.gui.keys import commit_composed, compose, focus, press, type_text
from tests.services.conftest import DISTRICT, PLAN_ID

WATCH, GATHERING, MEAL = 6, 9, 12
CTRL = Qt.KeyboardModifier.ControlModifier


def click(button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]


def stored(desk: Desk) -> list[Activity]:
    return list(desk.services.recording.open_year(YEAR).records.activities)


def with_activities(desk: Desk, *activities: Activity) -> None:
    with desk.services.context.database.transaction() as stores:
        stores.records.insert_all(activities)
    desk.book.reload()
    desk.settle()


def a_gathering(**changes: object) -> Activity:
    return make_activity(GATHERING, org=DISTRICT.code, **changes)


def visible(screen: DiaryScreen, name: str) -> bool:
    field = screen.form.find_field(name)  # type: ignore[union-attr]
    return field is not None and field.isVisible()


@pytest.fixture
def desk(start: Callable[..., Desk], qtbot: QtBot) -> Desk:
    """The program with 活動記録 shown."""
    return start("diary")


def test_an_empty_diary_says_how_to_begin(desk: Desk) -> None:
    words = [label.text() for label in desk.diary.findChildren(QLabel) if label.isVisible()]
    assert any("まだ活動記録がありません" in text for text in words)


def test_ctrl_n_begins_an_activity_of_today_anywhere(desk: Desk) -> None:
    desk.window.show_screen("home")
    QTest.keyClick(desk.window, Qt.Key.Key_N, CTRL)
    desk.settle()
    [activity] = stored(desk)
    assert desk.window.current_key == "diary"
    assert activity.held_on == date(2026, 9, 12)
    day = desk.diary.form.find_field("held_on")  # type: ignore[union-attr]
    assert day is not None
    assert focus() is day.input()


def test_what_is_typed_is_stored_and_listed(desk: Desk) -> None:
    desk.diary.new_activity((PLAN_ID, GATHERING))
    desk.settle()
    desk.diary_field("participants")
    type_text("２４")
    press(Qt.Key.Key_Return)
    desk.diary_field("content")
    compose("たいそう")
    desk.diary_field("venue")
    commit_composed("集会所")
    press(Qt.Key.Key_Return)
    desk.settle()
    [activity] = stored(desk)
    assert (activity.participants, activity.content, activity.venue) == (24, "たいそう", "集会所")
    row = next(row for row in desk.diary.activities.list.rows() if row.key == activity.id)
    assert row.cells == ("9/12", "9 ふれあい・いきいきサロンの促進\nたいそう", "24人")
    assert desk.diary.activities._sums.text() == "1件　延べ参加 24人　延べ担い手 0人"


def test_the_kind_and_the_way_follow_the_item(desk: Desk) -> None:
    desk.diary.new_activity((PLAN_ID, GATHERING))
    desk.settle()
    assert visible(desk.diary, "measures.distance_m")
    assert visible(desk.diary, "held_on")
    item = desk.diary_field("item_number")
    combo = item.input()
    while item.value() != WATCH:
        QTest.keyClick(combo, Qt.Key.Key_Up)
        assert item.value() is not None
    desk.settle()
    [activity] = stored(desk)
    assert (activity.kind, activity.granularity) == (ActivityKind.WATCH, Granularity.MONTHLY_TOTAL)
    assert activity.month == "2026-09"
    assert visible(desk.diary, "measures.visits")
    assert not visible(desk.diary, "measures.distance_m")
    assert visible(desk.diary, "sessions")
    assert not visible(desk.diary, "held_on")


def test_a_cancelled_activity_asks_why_and_for_no_counts(desk: Desk) -> None:
    with_activities(desk, a_gathering(participants=None, helpers=None))
    desk.diary_field("outcome_state")
    press(Qt.Key.Key_2)
    desk.settle()
    assert stored(desk)[0].outcome_state is OutcomeState.CANCELLED
    assert not visible(desk.diary, "participants")
    assert not visible(desk.diary, "helpers")
    reason = desk.diary_field("outcome_reason")
    assert "中止の理由がありません" in reason.remarks.text("problem")
    commit_composed("大雨")
    press(Qt.Key.Key_Return)
    desk.settle()
    assert reason.remarks.text("problem") == ""


def test_counts_that_should_not_be_there_stay_in_sight(desk: Desk) -> None:
    with_activities(desk, a_gathering(participants=24))
    desk.diary_field("outcome_state")
    press(Qt.Key.Key_2)
    desk.settle()
    people = desk.diary_field("participants")
    assert "空にするか" in people.remarks.text("problem")


def test_the_breakdown_is_folded_and_unfolds_where_something_stands(desk: Desk) -> None:
    with_activities(desk, a_gathering())
    assert not visible(desk.diary, "breakdown.elderly")
    click(desk.diary.form._toggle)  # type: ignore[union-attr]
    desk.diary_field("breakdown.elderly")
    type_text("5")
    press(Qt.Key.Key_Return)
    desk.settle()
    [activity] = stored(desk)
    assert activity.breakdown == {"elderly": 5}
    desk.diary.show_activity(activity.id)
    assert visible(desk.diary, "breakdown.elderly")


def test_ctrl_d_takes_over_all_but_date_counts_and_photos(desk: Desk) -> None:
    with_activities(desk, a_gathering(content="体操", participants=24, venue="集会所"))
    press(Qt.Key.Key_D, CTRL)
    desk.settle()
    copy = next(one for one in stored(desk) if one.participants is None)
    assert (copy.content, copy.venue, copy.held_on) == ("体操", "集会所", date(2026, 9, 12))
    assert desk.diary.activity == copy


def test_a_deleted_activity_comes_back_by_the_bar_or_from_the_bin(desk: Desk) -> None:
    with_activities(desk, a_gathering())
    ref = ref_of(stored(desk)[0])
    click(desk.diary.delete_button)
    desk.settle()
    assert stored(desk) == []
    click(desk.diary.messages.action_button)
    desk.settle()
    assert [ref_of(one) for one in stored(desk)] == [ref]
    click(desk.diary.delete_button)
    desk.settle()
    click(desk.diary.bin_button)
    desk.settle()
    assert [row.cells[1] for row in desk.diary.bin_panel.list.rows()] == ["活動記録"]
    desk.diary.bin_panel.list.select_key(ref)
    click(desk.diary.bin_panel.restore_button)
    desk.settle()
    assert [ref_of(one) for one in stored(desk)] == [ref]
    assert desk.diary.activity is not None


def test_enter_never_deletes(desk: Desk) -> None:
    with_activities(desk, a_gathering())
    desk.diary.delete_button.setFocus()
    press(Qt.Key.Key_Return)
    desk.settle()
    assert len(stored(desk)) == 1


def test_photos_are_taken_in_described_turned_and_deleted(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    with_activities(desk, a_gathering())
    picture = tmp_path / "写真.png"
    Image.new("RGB", (80, 40), "#7aa6d8").save(picture)
    strip = desk.diary.photos.strip
    strip.photos_added.emit([picture])
    qtbot.waitUntil(lambda: len(strip.photo_ids()) == 1)
    [photo] = desk.services.recording.open_year(YEAR).records.photos
    assert (photo.width, photo.height) == (80, 40)
    card = strip.card(photo.id)
    card.caption.focus_input()
    commit_composed("会食のようす")
    press(Qt.Key.Key_Return)
    click(card.consent)
    desk.settle()
    [photo] = desk.services.recording.open_year(YEAR).records.photos
    assert (photo.caption, photo.consent) == ("会食のようす", True)
    strip.card(photo.id).rotate_button.setFocus()
    press(Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: desk.services.recording.open_year(YEAR).records.photos[0].width == 40)
    desk.settle()
    assert QApplication.focusWidget() is strip.card(photo.id).rotate_button
    click(strip.card(photo.id).delete_button)
    desk.settle()
    assert strip.photo_ids() == []
    click(desk.diary.messages.action_button)
    desk.settle()
    assert strip.photo_ids() == [photo.id]
    assert desk.window.saved_badge.text().startswith("✓ 保存済み")


def test_a_file_that_is_no_picture_is_said_plainly(desk: Desk, tmp_path: Path, qtbot: QtBot) -> None:
    with_activities(desk, a_gathering())
    wrong = tmp_path / "notes.jpg"
    wrong.write_text("no picture")
    good = tmp_path / "写真.png"
    Image.new("RGB", (80, 40), "#7aa6d8").save(good)
    desk.diary.photos.strip.photos_added.emit([wrong, good])
    qtbot.waitUntil(lambda: desk.diary.messages.kind == "problem")
    assert "「notes.jpg」" in desk.diary.messages.text()
    assert "残っています" in desk.diary.messages.text()
    assert len(desk.diary.photos.strip.photo_ids()) == 1  # the good one is in, also after a bad one


def test_after_a_deletion_the_space_bar_does_not_delete_the_next_one(desk: Desk) -> None:
    with_activities(desk, a_gathering(), a_gathering(content="もう1件"))
    desk.diary.delete_button.setFocus()
    press(Qt.Key.Key_Space)
    desk.settle()
    assert len(stored(desk)) == 1
    press(Qt.Key.Key_Space)
    desk.settle()
    assert len(stored(desk)) == 1
    click(desk.diary.messages.action_button)
    desk.settle()
    assert len(stored(desk)) == 2
    assert QApplication.focusWidget() is desk.diary.form.find_field("held_on").input()  # type: ignore[union-attr]


def test_what_is_said_of_a_time_leaves_both_times_in_one_row(desk: Desk) -> None:
    with_activities(desk, a_gathering(start_time="09:30", end_time="09:30"))
    start, end = (desk.diary.form.find_field(name) for name in ("start_time", "end_time"))  # type: ignore[union-attr]
    assert start is not None
    assert end is not None
    assert end.remarks.isVisible()
    assert start.y() == end.y()


def test_a_name_is_written_out_in_the_list(desk: Desk) -> None:
    items = sorted(desk.services.plans.plans()[0].items, key=lambda item: len(item.name))
    ends = (items[0], items[-1])
    with_activities(desk, *(make_activity(item.number, org=DISTRICT.code) for item in ends))
    listed = desk.diary.activities.list
    words = [str(row.cells[1]) if not row.section else "" for row in listed.rows()]
    short, long = (next(at for at, text in enumerate(words) if item.name in text) for item in ends)
    assert listed.rowHeight(long) > listed.rowHeight(short)


def test_places_used_before_are_offered(desk: Desk) -> None:
    with_activities(desk, a_gathering(venue="みほん公民館"))
    desk.diary.new_activity((PLAN_ID, GATHERING))
    desk.settle()
    venue = desk.diary_field("venue")
    completer = venue.input().completer()  # type: ignore[attr-defined]
    assert completer.model().stringList() == ["みほん公民館"]


def test_the_filters_list_a_month_and_an_item_and_sum_them(desk: Desk) -> None:
    with_activities(
        desk,
        a_gathering(held_on=date(2026, 8, 1), participants=10, helpers=2),
        a_gathering(held_on=date(2026, 9, 1), participants=20, helpers=3),
        make_activity(MEAL, org=DISTRICT.code, held_on=date(2026, 9, 2), participants=5, helpers=None),
    )
    chooser = desk.diary.activities
    titles = [row.cells[0] for row in chooser.list.rows() if row.section]
    assert titles == ["令和8年9月（2件）", "令和8年8月（1件）"]
    chooser.items.setCurrentIndex(chooser._index_of((PLAN_ID, GATHERING)))
    chooser.show_rows()
    assert chooser._sums.text() == "2件　延べ参加 30人　延べ担い手 5人"
    chooser.months.setCurrentIndex(chooser.months.findData("2026-08"))
    chooser.show_rows()
    assert chooser._sums.text() == "1件　延べ参加 10人　延べ担い手 2人"


def test_undo_brings_the_last_value_back(desk: Desk) -> None:
    with_activities(desk, a_gathering(content="体操"))
    desk.diary_field("content")
    press(Qt.Key.Key_End, CTRL)
    commit_composed("と歌")
    desk.settle()
    desk.diary.undo()
    desk.settle()
    assert stored(desk)[0].content == "体操"
    assert desk.diary.form.find_field("content").value() == "体操"  # type: ignore[union-attr]


def test_one_change_among_two_thousand_draws_one_row_anew(desk: Desk) -> None:
    with_activities(desk, *(a_gathering(content=f"{n}", venue=f"会場{n}") for n in range(2000)))
    model = desk.diary.activities.list.model()
    resets: list[bool] = []
    rows: list[int] = []
    model.modelReset.connect(lambda: resets.append(True))
    model.dataChanged.connect(lambda first, last, _roles=(): rows.extend((first.row(), last.row())))
    desk.diary_field("content")
    type_text("x")
    press(Qt.Key.Key_Tab)
    desk.settle()
    assert resets == []
    assert len(set(rows)) == 1


def test_a_problem_opens_its_activity_at_the_field(desk: Desk) -> None:
    broken = a_gathering(held_on=None)
    with_activities(desk, a_gathering(), broken)
    problem = next(
        one for one in desk.services.checking.problems(YEAR, Stage.INTERIM) if one.ref == ref_of(broken)
    )
    desk.window.show_screen("home")
    desk.window.show_screen("diary", problem)
    desk.settle()
    day = desk.diary.form.find_field("held_on")  # type: ignore[union-attr]
    assert day is not None
    assert focus() is day.input()
    assert "日付がありません" in day.remarks.text("problem")
