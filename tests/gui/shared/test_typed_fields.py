"""Text, numbers and dates with real keys and a real input method: nothing typed is lost or refused."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QInputMethodQueryEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shakyo_desktop.gui.shared.fields import (
    DateField,
    Field,
    Form,
    MonthField,
    MultilineField,
    NumberField,
    TextField,
    TimeField,
)
from shakyo_desktop.gui.shared.fields import base as field_base
from tests.gui.keys import commit_composed, compose, focus, press, type_text

Show = Callable[[QWidget], QWidget]
Change = tuple[str, object, str]


def listen(field: Field) -> list[Change]:
    """Return the list in which the field's changes appear."""
    heard: list[Change] = []
    field.changed.connect(lambda *change: heard.append(change))
    return heard


def open_field(shown: Show, field: Field) -> list[Change]:
    """Show a field with the focus and a second one to go to."""
    holder = QWidget()
    column = QVBoxLayout(holder)
    column.addWidget(field)
    column.addWidget(TextField("other", "ほかの欄"))
    shown(holder)
    field.focus_input()
    return listen(field)


NUMBERS = {
    "half width": ("12", 12, "", "12"),
    "full width": ("１２", 12, "", "12"),
    "with a comma": ("1,200", 1200, "", "1,200"),
    "full width with a comma and a unit": ("１，２００人", 1200, "", "1,200"),
    "zero": ("0", 0, "", "0"),
    "blank": ("", None, "", ""),
    "words": ("たくさん", None, "たくさん", "たくさん"),
    "negative": ("-3", None, "-3", "-3"),
    "two numbers": ("12 3-4", None, "12 3-4", "12 3-4"),
    "too large": ("99999999999", None, "99999999999", "99999999999"),
}


@pytest.mark.parametrize(("typed", "value", "unread", "text"), NUMBERS.values(), ids=NUMBERS)
def test_a_number_is_read_when_the_field_is_left(
    shown: Show, typed: str, value: int | None, unread: str, text: str
) -> None:
    field = NumberField("sessions", "開催回数", unit="回")
    heard = open_field(shown, field)
    type_text(typed)
    press(Qt.Key.Key_Tab)
    assert (field.value(), field.unread(), field.shown_text()) == (value, unread, text)
    assert heard == ([("sessions", value, unread)] if typed else [])


def test_what_cannot_be_read_stays_and_is_marked(shown: Show) -> None:
    field = NumberField("n", "人数", unit="人")
    open_field(shown, field)
    type_text("20くらい")
    press(Qt.Key.Key_Return)
    assert field.shown_text() == "20くらい"
    assert "要確認" in field.input().accessibleDescription()
    assert field.input().property("problem") is True
    field.focus_input()
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    type_text("20")
    press(Qt.Key.Key_Return)
    assert "要確認" not in field.input().accessibleDescription()
    assert field.input().property("problem") is False


def test_a_number_field_turns_the_input_method_off(shown: Show) -> None:
    field = NumberField("n", "人数")
    open_field(shown, field)
    query = QInputMethodQueryEvent(Qt.InputMethodQuery.ImEnabled)
    QCoreApplication.sendEvent(field.input(), query)
    assert query.value(Qt.InputMethodQuery.ImEnabled) is False


DATES = {
    "month and day": ("0401", date(2026, 4, 1), "令和8年4月1日（水）"),
    "short era": ("R8.9.12", date(2026, 9, 12), "令和8年9月12日（土）"),
    "full width": ("２０２７／３／３１", date(2027, 3, 31), "令和9年3月31日（水）"),
}


@pytest.mark.parametrize(("typed", "day", "echo"), DATES.values(), ids=DATES)
def test_a_date_is_echoed_while_it_is_typed(shown: Show, typed: str, day: date, echo: str) -> None:
    field = DateField("held_on", "日付", fiscal_year=2026)
    heard = open_field(shown, field)
    type_text(typed)
    assert field.echo.text() == echo
    press(Qt.Key.Key_Return)
    assert heard == [("held_on", day, "")]
    assert echo in field.input().accessibleDescription()


def test_an_impossible_date_stays_as_typed(shown: Show) -> None:
    field = DateField("held_on", "日付", fiscal_year=2026)
    heard = open_field(shown, field)
    type_text("R8.13.1")
    press(Qt.Key.Key_Return)
    assert heard == [("held_on", None, "R8.13.1")]
    assert field.shown_text() == "R8.13.1"
    assert "例" in field.remarks.text("unread")


def test_a_date_can_be_emptied(shown: Show) -> None:
    field = DateField("held_on", "日付", fiscal_year=2026)
    field.set_value(date(2026, 4, 1))
    heard = open_field(shown, field)
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    press(Qt.Key.Key_Delete)
    press(Qt.Key.Key_Return)
    assert heard == [("held_on", None, "")]


@pytest.mark.parametrize(
    ("kind", "typed", "value"),
    [(MonthField, "9", "2026-09"), (TimeField, "１３：３０", "13:30")],
    ids=["month", "time"],
)
def test_months_and_times_are_read_as_people_write_them(
    shown: Show, kind: type[MonthField] | type[TimeField], typed: str, value: str
) -> None:
    field = kind("at", "いつ", fiscal_year=2026)
    heard = open_field(shown, field)
    type_text(typed)
    press(Qt.Key.Key_Return)
    assert heard == [(field.name, value, "")]


def test_a_pause_of_800_ms_commits_without_rewriting(qtbot: QtBot, shown: Show) -> None:
    field = NumberField("n", "人数")
    heard = open_field(shown, field)
    assert field_base.PAUSE_MS == 800
    type_text("１２")
    assert heard == []
    with qtbot.waitSignal(field.changed, timeout=5000):
        pass
    assert heard == [("n", 12, "")]
    assert field.shown_text() == "１２"
    press(Qt.Key.Key_Return)
    assert heard == [("n", 12, "")], "the same content is not emitted twice"


def test_composed_text_is_not_lost_on_commit(shown: Show) -> None:
    field = TextField("venue", "場所", length=60)
    heard = open_field(shown, field)
    commit_composed("みほん")
    compose("じちかいかん")
    field.commit()
    assert heard == [("venue", "みほんじちかいかん", "")]


@pytest.mark.parametrize("kind", [TextField, MultilineField])
def test_composed_text_is_not_lost_when_the_field_is_left(
    shown: Show, kind: type[TextField] | type[MultilineField]
) -> None:
    field = kind("content", "内容", length=200)
    heard = open_field(shown, field)
    compose("見守り")
    focus().clearFocus()
    assert heard == [("content", "見守り", "")]


def test_composed_text_is_not_lost_when_another_record_is_shown(shown: Show) -> None:
    form = Form()
    form.add(TextField("venue", "場所"))
    shown(form)
    heard: list[tuple[object, str, object, str]] = []
    form.changed.connect(lambda *change: heard.append(change))
    form.show_record("first", {"venue": ""})
    form.focus_field("venue")
    compose("集会所")
    form.show_record("second", {"venue": "公民館"})
    assert heard == [("first", "venue", "集会所", "")]
    assert form.field("venue").value() == "公民館"


def test_composing_alone_is_drafted(qtbot: QtBot, shown: Show) -> None:
    field = MultilineField("content", "内容", length=200)
    heard = open_field(shown, field)
    commit_composed("会食を")
    field.commit()
    compose("ひらいた")
    assert field_base.DRAFT_MS <= 3000
    with qtbot.waitSignal(field.typing, timeout=field_base.DRAFT_MS + 3000) as drafted:
        pass
    assert drafted.args == ["content", "会食をひらいた"]
    assert heard == [("content", "会食を", "")], "a draft does not disturb what is being composed"


def test_the_counter_counts_and_nothing_is_cut(shown: Show) -> None:
    field = MultilineField("content", "内容", length=10)
    heard = open_field(shown, field)
    commit_composed("あいうえお")
    assert field.remarks.text("hint") == "あと5文字"
    commit_composed("かきくけこさし")
    assert field.remarks.text("hint") == "2文字多いです（10文字まで）"
    press(Qt.Key.Key_Tab)
    assert heard == [("content", "あいうえおかきくけこさし", "")]


def test_undo_survives_tidying_refreshing_and_copying(shown: Show) -> None:
    field = TextField("venue", "場所")
    field.set_value("公民館")
    open_field(shown, field)
    press(Qt.Key.Key_End)
    type_text("A")
    field.refresh_value("集会所")
    assert field.value() == "公民館A", "a refresh does not touch what is being typed"
    field.commit()
    field.put_value("前年度の会場")
    assert field.value() == "前年度の会場"
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.value() == "公民館A"


def test_a_refresh_leaves_what_is_being_composed_alone(shown: Show) -> None:
    field = TextField("venue", "場所")
    heard = open_field(shown, field)
    compose("しゅうかい")
    field.refresh_value("公民館")
    press(Qt.Key.Key_Return)
    assert heard == [("venue", "しゅうかい", "")]


def test_undo_does_not_reach_into_another_record(shown: Show) -> None:
    field = TextField("venue", "場所")
    open_field(shown, field)
    type_text("abc")
    press(Qt.Key.Key_Return)
    field.set_value("公民館")
    field.focus_input()
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.value() == "公民館"


def test_undo_of_a_multiline_field_survives_a_copy(shown: Show) -> None:
    field = MultilineField("outcome", "成果", length=300)
    field.set_value("")
    heard = open_field(shown, field)
    type_text("abc")
    field.put_value("前年度の文")
    press(Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    field.commit()
    assert heard == [("outcome", "abc", ""), ("outcome", "前年度の文", ""), ("outcome", "abc", "")]


def test_text_is_repaired_when_it_is_read(shown: Show) -> None:
    field = TextField("venue", "場所")
    field.set_value("")
    heard = open_field(shown, field)
    commit_composed("か\u3099くどう\x07")
    press(Qt.Key.Key_Return)
    assert heard == [("venue", "がくどう", "")]


def test_last_years_text_is_copied_by_a_button(shown: Show) -> None:
    field = MultilineField("outcome", "成果", length=300)
    heard = open_field(shown, field)
    asked: list[str] = []
    field.last_year_requested.connect(asked.append)
    field.set_last_year("去年の文", "去年の文", copyable=True)
    field.remarks.pressed.emit("last_year")
    assert heard == [("outcome", "去年の文", "")]
    assert asked == ["outcome"]


def test_escape_never_discards(shown: Show) -> None:
    field = TextField("venue", "場所")
    heard = open_field(shown, field)
    type_text("abc")
    press(Qt.Key.Key_Escape)
    assert field.shown_text() == "abc"
    field.commit()
    assert heard == [("venue", "abc", "")]


def test_data_is_never_markup(qtbot: QtBot) -> None:
    field = TextField("venue", "場所")
    qtbot.addWidget(field)
    field.set_problem("<b>x</b>")
    field.set_request("<img src=x>")
    labels = [child for child in field.findChildren(QWidget) if hasattr(child, "textFormat")]
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}


def test_completions_come_from_what_was_typed_before(qtbot: QtBot, shown: Show) -> None:
    field = TextField("venue", "場所", completions=["mihon hall", "other"])
    heard = open_field(shown, field)
    type_text("hall")
    popup = field.input().completer().popup()
    qtbot.waitUntil(popup.isVisible)
    QTest.keyClick(popup, Qt.Key.Key_Down)
    QTest.keyClick(popup, Qt.Key.Key_Return)
    press(Qt.Key.Key_Return)
    assert heard[-1] == ("venue", "mihon hall", "")


@pytest.mark.parametrize(
    ("text", "missing"),
    [("葛󠄀飾区の髙﨑さんと𠮷田さん", ""), ("ｻﾛﾝ㈱①☎", ""), ("ꙮの会", "ꙮ"), ("abc", "")],
    ids=["names that are printed", "signs that are printed", "a letter no font has", "ascii"],
)
def test_a_field_warns_of_characters_that_paper_cannot_show(shown: Show, text: str, missing: str) -> None:
    field = TextField("venue", "場所", length=60)
    open_field(shown, field)
    commit_composed(text)
    press(Qt.Key.Key_Return)
    assert field.value() == text
    said = field.remarks.text("glyphs")
    assert (missing in said and "〓" in said) if missing else not said
