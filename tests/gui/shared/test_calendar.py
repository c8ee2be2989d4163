"""The small calendar: by keyboard and mouse, inside the fiscal year, and it never writes by itself."""

from collections.abc import Callable
from datetime import date

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from shakyo_desktop.gui.shared.fields import DateField
from shakyo_desktop.gui.shared.fields.calendar_popup import CalendarPopup

Show = Callable[[QWidget], QWidget]

WAYS = {
    "right": ([Qt.Key.Key_Right], date(2026, 9, 13)),
    "a week on": ([Qt.Key.Key_Down], date(2026, 9, 19)),
    "over the end of the month": ([Qt.Key.Key_Down] * 3, date(2026, 10, 3)),
    "next month": ([Qt.Key.Key_PageDown], date(2026, 10, 12)),
    "to a shorter month": ([Qt.Key.Key_Left] * 12 + [Qt.Key.Key_PageDown], date(2026, 9, 30)),
    "not before the fiscal year": ([Qt.Key.Key_PageUp] * 9, date(2026, 4, 1)),
    "not after the fiscal year": ([Qt.Key.Key_PageDown] * 9, date(2027, 3, 31)),
}


def open_calendar(shown: Show, day: date) -> tuple[DateField, CalendarPopup]:
    field = DateField("held_on", "日付", fiscal_year=2026)
    field.set_value(day)
    shown(field)
    field.calendar_button.click()
    popup = field.findChild(CalendarPopup)
    assert isinstance(popup, CalendarPopup)
    return field, popup


def press_in(popup: CalendarPopup, key: Qt.Key) -> None:
    target = popup.focusWidget()
    assert target is not None
    QTest.keyClick(target, key)


@pytest.mark.parametrize(("keys", "day"), WAYS.values(), ids=WAYS)
def test_keys_go_from_day_to_day(shown: Show, keys: list[Qt.Key], day: date) -> None:
    field, popup = open_calendar(shown, date(2026, 9, 12))
    for key in keys:
        press_in(popup, key)
    press_in(popup, Qt.Key.Key_Return)
    assert field.value() == day


def test_escape_closes_and_changes_nothing(shown: Show, qtbot: QtBot) -> None:
    field, popup = open_calendar(shown, date(2026, 9, 12))
    heard: list[object] = []
    field.changed.connect(lambda *change: heard.append(change))
    press_in(popup, Qt.Key.Key_Right)
    with qtbot.waitSignal(popup.destroyed):
        press_in(popup, Qt.Key.Key_Escape)
    assert (field.value(), heard) == (date(2026, 9, 12), [])


def test_a_chosen_day_is_emitted_once_and_can_be_undone(shown: Show) -> None:
    field, popup = open_calendar(shown, date(2026, 9, 12))
    heard: list[object] = []
    field.changed.connect(lambda _name, value, _unread: heard.append(value))
    press_in(popup, Qt.Key.Key_Left)
    press_in(popup, Qt.Key.Key_Return)
    assert heard == [date(2026, 9, 11)]
    QTest.keyClick(field.input(), Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.value() == date(2026, 9, 12)
