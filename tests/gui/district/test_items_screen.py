"""取組項目 with real keys and a real input method over a real store."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from shakyo_desktop.domain.codes import ImplementationState, SelfRating, Source, Stage
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.problems import Problem
from shakyo_desktop.gui.district.totals_form import TotalField
from shakyo_desktop.gui.shared.fields import ChoiceField, Field
from tests.gui.district.conftest import YEAR, Desk
from tests.gui.keys import commit_composed, compose, focus, press, type_text
from tests.services.conftest import PLAN_ID, Clock

WATCH, GATHERING = 6, 9
ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def click(button: object) -> None:
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)  # type: ignore[call-overload]


def alt(qtbot: QtBot, button: QPushButton) -> None:
    """Press a button by its letter, as Alt and the key do."""
    letter = button.shortcut().toString()[-1]
    with qtbot.waitSignal(button.clicked):
        press(getattr(Qt.Key, f"Key_{letter}"), ALT)


def total(desk: Desk, code: str) -> TotalField:
    field = desk.items.form.find_field(f"typed_totals.{code}")  # type: ignore[union-attr]
    assert isinstance(field, TotalField)
    return field


def with_gatherings(desk: Desk, count: int = 2) -> None:
    """Write activities of 8 people each into the diary."""
    recording = desk.services.recording
    for day in range(1, count + 1):
        ref = ref_of(recording.new_activity(YEAR, PLAN_ID, GATHERING))
        recording.change(ref, "held_on", f"2026-09-{day:02}")
        recording.change(ref, "participants", 8)
    desk.book.reload()
    desk.settle()


def last_year(desk: Desk, number: int, **values: object) -> None:
    recording = desk.services.recording
    for field, value in values.items():
        recording.change(ref_of(recording.status_for(YEAR - 1, PLAN_ID, number)), field, value)
    desk.book.reload()
    desk.settle()


def test_a_figure_key_chooses_the_state_and_stores_it(desk: Desk) -> None:
    desk.open_item(WATCH)
    press(Qt.Key.Key_3)
    desk.settle()
    assert desk.stored(WATCH).state is ImplementationState.RUNNING
    assert desk.window.saved_badge.text() == "✓ 保存済み 14:00"
    assert desk.items._note.text() == "21項目中1項目 入力済み"
    mark = desk.items.chooser.tree.currentIndex().data(Qt.ItemDataRole.AccessibleTextRole)
    assert "実施" in mark
    assert "重点" in mark


def test_a_text_is_stored_when_it_is_left_and_history_knows_who(desk: Desk) -> None:
    desk.open_item(WATCH, "outcome")
    type_text("abc")
    press(Qt.Key.Key_Tab)
    desk.settle()
    assert desk.stored(WATCH).outcome == "abc"
    row = desk.services.recording.history(desk.ref(WATCH))[-1]
    assert (row.field, row.new, row.who, row.source) == ("outcome", "abc", "見本花子", Source.DIRECT)


def test_a_text_is_stored_soon_after_typing_stops(desk: Desk, qtbot: QtBot) -> None:
    desk.open_item(WATCH, "outcome")
    type_text("abc")
    assert desk.stored(WATCH).outcome == ""
    qtbot.waitUntil(lambda: desk.stored(WATCH).outcome == "abc")


def test_composed_text_goes_to_the_item_it_was_typed_in(desk: Desk, qtbot: QtBot) -> None:
    desk.open_item(WATCH, "outcome")
    commit_composed("見守り")
    compose("かつどう")
    alt(qtbot, desk.items.next_button)
    desk.settle()
    assert desk.items.item_key == (PLAN_ID, WATCH + 1)
    assert desk.stored(WATCH).outcome == "見守りかつどう"
    assert desk.stored(WATCH + 1).outcome == ""


def test_composed_text_is_stored_when_another_window_comes_forward(desk: Desk, qtbot: QtBot) -> None:
    desk.open_item(WATCH, "challenge")
    compose("たんとうしゃ")
    other = QLineEdit()
    qtbot.addWidget(other)
    other.show()
    other.activateWindow()
    qtbot.waitUntil(lambda: desk.stored(WATCH).challenge == "たんとうしゃ")


def test_composed_text_is_stored_when_the_window_is_closed(desk: Desk) -> None:
    desk.open_item(WATCH, "next_plan")
    compose("らいねん")
    desk.window.close()
    desk.settle()
    assert desk.stored(WATCH).next_plan == "らいねん"


def test_composed_text_is_stored_when_another_screen_is_shown(desk: Desk) -> None:
    desk.open_item(WATCH, "outcome")
    compose("せいか")
    desk.window.show_screen("home")
    desk.settle()
    assert desk.stored(WATCH).outcome == "せいか"


def test_what_cannot_be_read_stays_as_it_was_typed(desk: Desk) -> None:
    desk.open_item(WATCH, "typed_totals.sessions")
    type_text("たくさん")
    press(Qt.Key.Key_Return)
    desk.settle()
    assert desk.stored(WATCH).unread == {"typed_totals.sessions": "たくさん"}
    desk.items.go(1)
    desk.items.go(-1)
    desk.settle()
    assert total(desk, "sessions").shown_text() == "たくさん"
    assert "要確認" in total(desk, "sessions").remarks.text("unread")
    assert desk.book.data is not None
    assert desk.book.data.item_state((PLAN_ID, WATCH)).problems == 1


def test_the_reason_of_a_pause_is_asked_for_only_then(desk: Desk) -> None:
    state = desk.open_item(WATCH)
    form = desk.items.form
    assert form is not None
    reason, rating = form.find_field("state_reason"), form.find_field("self_rating")
    assert reason is not None
    assert rating is not None
    assert reason.isHidden()
    assert rating.isHidden()
    press(Qt.Key.Key_5)
    desk.settle()
    assert reason.isVisible()
    assert "理由がありません" in reason.remarks.text("problem")
    press(Qt.Key.Key_3)
    assert reason.isHidden()
    assert rating.isVisible()
    assert isinstance(state, ChoiceField)


def test_the_rating_uses_the_words_of_the_plan(desk: Desk) -> None:
    desk.open_item(WATCH)
    press(Qt.Key.Key_3)
    rating = desk.items.form.find_field("self_rating")  # type: ignore[union-attr]
    assert isinstance(rating, ChoiceField)
    words = [segment.text() for segment in rating.segments()]
    assert words[0] == "1 ◎ 大きく進んだ"
    assert words[-1] == "5 評価しない"
    rating.focus_input()
    press(Qt.Key.Key_5)
    desk.settle()
    assert desk.stored(WATCH).self_rating is SelfRating.NOT_RATED
    reason = desk.items.form.find_field("rating_reason")  # type: ignore[union-attr]
    assert reason is not None
    assert reason.isVisible()


def test_totals_are_counted_and_a_typed_one_is_marked_with_a_way_back(desk: Desk) -> None:
    with_gatherings(desk)
    desk.open_item(GATHERING, "typed_totals.person_times")
    people = total(desk, "person_times")
    assert people.shown_text() == "16"
    assert not people.is_typed_over()
    press(Qt.Key.Key_A, CTRL)
    type_text("２０")
    press(Qt.Key.Key_Return)
    desk.settle()
    assert desk.stored(GATHERING).typed_totals == {"person_times": 20}
    assert people.is_typed_over()
    assert desk.items.form.find_field("totals_reason").isVisible()  # type: ignore[union-attr]
    click(people.back_button)
    desk.settle()
    assert desk.stored(GATHERING).typed_totals == {}
    assert people.shown_text() == "16"
    assert not people.is_typed_over()


def test_a_soft_problem_takes_its_reason_right_there(desk: Desk) -> None:
    with_gatherings(desk)
    desk.open_item(GATHERING, "typed_totals.person_times")
    press(Qt.Key.Key_A, CTRL)
    type_text("20")
    press(Qt.Key.Key_Return)
    desk.settle()
    name = "reasons.typed_totals.person_times:item_status.totals.differ"
    reason = next(field for field in desk.items.findChildren(Field) if field.name == name)
    reason.focus_input()
    type_text("memo")
    press(Qt.Key.Key_Return)
    desk.settle()
    problem = next(
        one
        for one in desk.services.checking.problems(YEAR, Stage.INTERIM)
        if one.code.endswith("totals.differ")
    )
    assert (problem.reason, problem.answered) == ("memo", True)
    assert total(desk, "person_times").remarks.text("problem") == ""


def test_last_years_text_is_taken_over_as_something_to_confirm(desk: Desk) -> None:
    last_year(desk, WATCH, outcome="月1回の訪問", state="running")
    field = desk.open_item(WATCH, "outcome")
    assert "月1回の訪問" in field.remarks.text("last_year")
    field.remarks.pressed.emit("last_year")
    desk.settle()
    stored = desk.stored(WATCH)
    assert (stored.outcome, stored.carried_over) == ("月1回の訪問", ("outcome",))
    rows = [row for row in desk.services.recording.history(ref_of(stored)) if row.field == "outcome"]
    assert [row.source for row in rows] == [Source.LAST_YEAR]
    assert field.remarks.text("carried_over") == "前年度から・要確認"
    field.remarks.pressed.emit("carried_over")
    desk.settle()
    assert desk.stored(WATCH).carried_over == ()
    assert field.remarks.text("carried_over") == ""


def test_the_whole_item_as_last_year_keeps_what_is_written(desk: Desk, qtbot: QtBot) -> None:
    last_year(desk, WATCH, outcome="去年", state="running", challenge="担い手")
    desk.open_item(WATCH, "outcome")
    type_text("new")
    alt(qtbot, desk.items.form.same_button)  # type: ignore[union-attr]
    desk.settle()
    stored = desk.stored(WATCH)
    assert (stored.outcome, stored.challenge, stored.state) == ("new", "担い手", ImplementationState.RUNNING)
    assert set(stored.carried_over) == {"challenge", "state"}


def test_undo_walks_back_also_after_a_restart(start: Callable[..., Desk], qtbot: QtBot) -> None:
    first = start()
    first.open_item(WATCH)
    press(Qt.Key.Key_3)
    press(Qt.Key.Key_4)
    first.settle()
    first.window.close()
    second = start()
    second.open_item(WATCH)
    alt(qtbot, second.items.undo_button)
    second.settle()
    assert second.stored(WATCH).state is ImplementationState.RUNNING
    assert "元に戻しました" in second.items.messages.text()
    alt(qtbot, second.items.undo_button)
    second.settle()
    assert second.stored(WATCH).state is None
    alt(qtbot, second.items.undo_button)
    second.settle()
    assert "もうありません" in second.items.messages.text()


def test_the_history_says_who_changed_what(desk: Desk, qtbot: QtBot) -> None:
    desk.open_item(WATCH)
    press(Qt.Key.Key_3)
    desk.settle()
    alt(qtbot, desk.items.history_button)
    desk.settle()
    rows = desk.items.history_panel.list.rows()
    assert [row.cells for row in rows] == [("令和8年9月12日 14:00", "見本花子", "実施状況", "（空）", "実施")]


def test_a_problem_of_the_years_report_opens_its_field(desk: Desk) -> None:
    desk.open_item(WATCH)
    press(Qt.Key.Key_3)
    desk.settle()
    problem: Problem = next(
        one
        for one in desk.services.checking.problems(YEAR, Stage.FINAL)
        if one.code == "item_status.self_rating.missing"
    )
    desk.window.show_screen("home")
    desk.window.show_screen("items", problem)
    desk.settle()
    rating = desk.items.form.find_field("self_rating")  # type: ignore[union-attr]
    assert rating is not None
    assert "自己評価がありません" in rating.remarks.text("problem")
    assert rating.isAncestorOf(focus())


def test_the_filter_lists_what_is_missing_and_counts_it(desk: Desk) -> None:
    desk.open_item(WATCH)
    press(Qt.Key.Key_3)
    desk.settle()
    chooser = desk.items.chooser
    assert chooser.filter.itemText(0) == "すべて（21）"
    chooser.filter.setFocus()
    QTest.keyClick(chooser.filter, Qt.Key.Key_Down)
    assert chooser.filter.currentText().startswith("未入力")
    assert (PLAN_ID, WATCH) not in chooser.tree.listed()
    assert (PLAN_ID, 3) not in chooser.tree.listed()  # reported by the ward office
    assert f"未入力（{len(chooser.tree.listed())}）" == chooser.filter.currentText()


def test_an_earlier_year_is_opened_and_written(desk: Desk) -> None:
    desk.window.fiscal_year_changed.emit(YEAR - 1)
    desk.settle()
    desk.open_item(WATCH)
    press(Qt.Key.Key_4)
    desk.settle()
    assert desk.stored(WATCH, YEAR - 1).state is ImplementationState.PARTIAL
    assert desk.stored(WATCH).state is None


def test_a_good_practice_is_written_deleted_and_brought_back(desk: Desk) -> None:
    desk.open_item(WATCH)
    click(desk.items.practices.new_button)
    desk.settle()
    type_text("title")
    press(Qt.Key.Key_Return)
    desk.settle()
    [stored] = desk.services.recording.open_year(YEAR).records.good_practices
    assert (stored.item_number, stored.title) == (WATCH, "title")
    [form] = desk.items.practices.forms()
    click(form.delete_button)
    desk.settle()
    assert desk.services.recording.open_year(YEAR).records.good_practices == ()
    click(desk.items.messages.action_button)
    desk.settle()
    assert len(desk.items.practices.forms()) == 1
    assert len(desk.services.recording.open_year(YEAR).records.good_practices) == 1


def test_the_first_and_the_last_item_say_so(desk: Desk, qtbot: QtBot) -> None:
    desk.open_item(21)
    alt(qtbot, desk.items.next_button)
    assert "最後の項目" in desk.items.messages.text()
    assert desk.items.item_key == (PLAN_ID, 21)


def test_the_clock_of_the_badge_is_japanese_time(desk: Desk, clock: Clock) -> None:
    clock.turn(minutes=7)
    desk.open_item(WATCH)
    press(Qt.Key.Key_1)
    desk.settle()
    assert desk.window.saved_badge.text() == "✓ 保存済み 14:07"


def test_another_plan_is_chosen_above_the_tree(desk: Desk, plan: Plan) -> None:
    other = replace(plan, id="ward-plan", nickname="区の計画", items=plan.items[:3])
    with desk.services.context.database.transaction() as stores:
        stores.plans.save(other, desk.services.context.now())
    assert desk.items.chooser.plans.isHidden()
    desk.book.reload()
    desk.settle()
    plans = desk.items.chooser.plans
    assert plans.isVisible()
    plans.setFocus()
    QTest.keyClick(plans, Qt.Key.Key_Down)
    desk.settle()
    assert desk.items.item_key == ("ward-plan", 1)
    desk.items.focus_form()
    press(Qt.Key.Key_2)
    desk.settle()
    stored = desk.services.recording.status_for(YEAR, "ward-plan", 1)
    assert stored.state is ImplementationState.PREPARING
    assert desk.stored(1).state is None
    assert desk.items._note.text() == "3項目中1項目 入力済み"


def test_what_another_screen_changed_is_shown_on_return(desk: Desk) -> None:
    field = desk.open_item(WATCH, "outcome")
    desk.window.show_screen("home")
    desk.services.recording.change(desk.ref(WATCH), "outcome", "紙から入力した文")
    desk.window.show_screen("items")
    desk.settle()
    assert field.value() == "紙から入力した文"


def test_an_activity_of_the_item_is_begun_from_its_form(desk: Desk) -> None:
    desk.open_item(GATHERING)
    click(desk.items.form.activity_button)  # type: ignore[union-attr]
    desk.settle()
    assert desk.window.current_key == "diary"
    [activity] = desk.services.recording.open_year(YEAR).records.activities
    assert activity.item_number == GATHERING


def test_a_year_without_a_plan_says_what_to_do(desk: Desk) -> None:
    desk.window.fiscal_year_changed.emit(2021)
    desk.settle()
    assert desk.items._no_plan.isVisible()
    desk.window.show_screen("diary")
    desk.diary.new_activity()
    assert "計画がまだない" in desk.diary.messages.text()
    desk.window.fiscal_year_changed.emit(YEAR)
    desk.window.show_screen("items")
    desk.settle()
    assert desk.items._no_plan.isHidden()
    assert desk.items.item_key == (PLAN_ID, 1)


def test_moving_through_every_item_by_keys_shows_each_with_its_own_figures(desk: Desk, qtbot: QtBot) -> None:
    desk.open_item(1)
    for number in range(2, 22):
        alt(qtbot, desk.items.next_button)
        assert desk.items.item_key == (PLAN_ID, number)
        state = desk.items.form.find_field("state")  # type: ignore[union-attr]
        assert state is not None
        assert state.isAncestorOf(focus())
    assert all(desk.stored(number).state is None for number in (1, 10, 21))
