"""Choices, the way of Enter and Tab, and the buttons: with real keys and the real wheel."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shakyo_desktop.domain.codes import ActivityKind, ImplementationState, SelfRating
from shakyo_desktop.domain.fields import FIELDS_OF, KIND_MEASURES, FieldKind
from shakyo_desktop.domain.plan import Item, Plan, RatingLevel
from shakyo_desktop.gui.shared.buttons import DangerButton, PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.fields import (
    Choice,
    ChoiceField,
    ChoicesField,
    Field,
    FlagField,
    Form,
    ItemField,
    ItemsField,
    MultilineField,
    NumberField,
    TextField,
    choices_of,
    field_for,
    rating_choices,
)
from shakyo_desktop.gui.shared.page import Page
from tests.gui.keys import focus, press, turn_wheel, type_text

Show = Callable[[QWidget], QWidget]
ITEMS = (Item(1, 1, "見守り"), Item(2, 1, "サロン"), Item(6, 2, "研修"))
SHIFT = Qt.KeyboardModifier.ShiftModifier
CONTROL = Qt.KeyboardModifier.ControlModifier


def small_plan() -> Plan:
    scale = (RatingLevel("excellent", "A", "とても進んだ"), RatingLevel("poor", "D", "進まなかった"))
    return Plan("p", "計画", "市", 2024, 2026, (), (), ITEMS, rating_scale=scale)


def a_page(shown: Show) -> tuple[Page, Form, list[str]]:
    """A page with every kind of input, and the buttons that Enter must or must not press."""
    page = Page("入力")
    form = Form()
    form.add(ChoiceField("state", "実施状況", choices_of(ImplementationState), clearable=True))
    form.add(NumberField("sessions", "開催回数", unit="回"))
    form.add(MultilineField("outcome", "成果", length=300))
    form.add(ChoicesField("needs", "必要な支援", [Choice("people", "人"), Choice("place", "場所")]))
    form.add(FlagField("consent", "同意"))
    form.add(ItemField("item_number", "取組項目", ITEMS))
    form.add(TextField("venue", "場所"))
    page.add(form)
    pressed: list[str] = []
    for button, words in (
        (DangerButton("消す"), "delete"),
        (SecondaryButton("前へ"), "back"),
        (PrimaryButton("次へ"), "next"),
    ):
        button.clicked.connect(lambda _checked=False, w=words: pressed.append(w))
        page.bar.add_right(button)
    page.resize(1000, 900)
    shown(page)
    return page, form, pressed


def name_of_focus() -> str:
    """Return the name of the field that has the keyboard, or the words of the button."""
    widget: QWidget | None = focus()
    while widget is not None and not isinstance(widget, Field):
        widget = widget.parentWidget()
    return widget.name if isinstance(widget, Field) else focus().accessibleName()


ORDER = ["state", "sessions", "outcome", "needs", "consent", "item_number", "venue"]


def test_enter_goes_through_every_field_and_then_to_the_main_button(shown: Show) -> None:
    _page, form, pressed = a_page(shown)
    form.focus_first()
    seen = [name_of_focus()]
    for _ in ORDER:
        if seen[-1] == "outcome":
            press(Qt.Key.Key_Return, CONTROL)
        else:
            press(Qt.Key.Key_Return)
        seen.append(name_of_focus())
    assert seen == [*ORDER, "次へ"]
    assert pressed == []
    press(Qt.Key.Key_Return)
    assert pressed == ["next"]


def test_shift_enter_goes_back(shown: Show) -> None:
    _page, form, _pressed = a_page(shown)
    form.focus_field("outcome")
    press(Qt.Key.Key_Return, CONTROL, SHIFT)
    assert name_of_focus() == "sessions"
    press(Qt.Key.Key_Return, SHIFT)
    assert name_of_focus() == "state"


def test_tab_and_shift_tab_go_through_every_field(shown: Show) -> None:
    _page, form, _pressed = a_page(shown)
    form.focus_first()
    seen = [name_of_focus()]
    while seen[-1] != "venue":
        press(Qt.Key.Key_Tab)
        if name_of_focus() != seen[-1]:
            seen.append(name_of_focus())
    assert seen == ORDER
    press(Qt.Key.Key_Backtab, SHIFT)
    assert name_of_focus() == "item_number"


def test_enter_in_an_area_is_a_new_line_and_tab_moves_on(shown: Show) -> None:
    _page, form, _pressed = a_page(shown)
    form.focus_field("outcome")
    type_text("a")
    press(Qt.Key.Key_Return)
    type_text("b")
    press(Qt.Key.Key_Tab)
    assert form.field("outcome").value() == "a\nb"
    assert name_of_focus() == "needs"


@pytest.mark.parametrize("number", range(1, 8))
def test_the_keys_1_to_7_choose_a_state(shown: Show, number: int) -> None:
    _page, form, _pressed = a_page(shown)
    heard: list[tuple[object, ...]] = []
    form.changed.connect(lambda *change: heard.append(change))
    form.focus_first()
    type_text(str(number))
    assert heard == [(None, "state", list(ImplementationState)[number - 1], "")]
    assert name_of_focus() == "state"
    type_text("9")
    assert len(heard) == 1, "there is no ninth state"


def test_arrows_choose_and_delete_clears_a_choice(shown: Show) -> None:
    _page, form, _pressed = a_page(shown)
    field = form.field("state")
    form.focus_first()
    press(Qt.Key.Key_Right)
    assert field.value() == ImplementationState.PREPARING
    press(Qt.Key.Key_Left)
    press(Qt.Key.Key_Left)
    assert field.value() == ImplementationState.NOT_APPLICABLE
    press(Qt.Key.Key_Delete)
    assert field.value() is None


def test_choices_are_radio_buttons_with_their_words_to_a_screen_reader(shown: Show) -> None:
    _page, form, _pressed = a_page(shown)
    field = form.field("state")
    assert isinstance(field, ChoiceField)
    form.focus_first()
    type_text("3")
    field.set_problem("理由を書いてください")
    reader = QAccessible.queryAccessibleInterface(field.segments()[2])
    assert reader.role() == QAccessible.Role.RadioButton
    assert reader.text(QAccessible.Text.Name) == "3 実施"
    assert reader.state().checked  # type: ignore[truthy-function]
    assert "理由を書いてください" in reader.text(QAccessible.Text.Description)


@pytest.mark.parametrize("name", ORDER)
def test_every_input_has_a_name_and_says_its_problem(shown: Show, name: str) -> None:
    _page, form, _pressed = a_page(shown)
    field = form.field(name)
    field.set_problem("足りません")
    assert field.input().accessibleName() or field.input().text()  # type: ignore[attr-defined]
    assert "足りません" in field.input().accessibleDescription()
    if name != "consent":
        assert field.label.buddy() is not None


@pytest.mark.parametrize("name", ["item_number", "sessions", "venue", "state"])
def test_the_wheel_changes_nothing_and_is_left_to_the_page(shown: Show, name: str) -> None:
    _page, form, _pressed = a_page(shown)
    form.show_record(1, {"item_number": 2, "sessions": 12, "venue": "集会所", "state": "running"})
    field = form.field(name)
    before = field.value()
    for focused in (False, True):
        if focused:
            field.focus_input()
        assert not turn_wheel(field.input())
        assert field.value() == before


def test_boxes_are_ticked_with_the_space_bar(shown: Show) -> None:
    _page, form, _pressed = a_page(shown)
    heard: list[tuple[object, ...]] = []
    form.changed.connect(lambda *change: heard.append(change))
    form.focus_field("needs")
    press(Qt.Key.Key_Tab)
    press(Qt.Key.Key_Space)
    form.focus_field("needs")
    press(Qt.Key.Key_Space)
    assert [change[2] for change in heard] == [("place",), ("people", "place")]


def test_codes_and_items_that_the_form_does_not_know_are_kept(qtbot: QtBot) -> None:
    several = ChoicesField("partners", "団体", [Choice("npo", "NPO")])
    items = ItemsField("related_items", "項目", ITEMS)
    item = ItemField("item_number", "項目", ITEMS)
    for field in (several, items, item):
        qtbot.addWidget(field)
    several.set_value(("npo", "old"))
    items.set_value((2, 99))
    item.set_value(99)
    assert (several.value(), items.value(), item.value()) == (("npo", "old"), (2, 99), 99)
    QTest.mouseClick(several.checks()[0], Qt.MouseButton.LeftButton)
    several.checks()[0].click()
    assert "old" in (several.value() or ())  # type: ignore[operator]


def test_no_button_is_a_default_button_and_enter_never_deletes(shown: Show) -> None:
    dialog = QDialog()
    column = QVBoxLayout(dialog)
    field = TextField("venue", "場所")
    danger = DangerButton("消す")
    pressed: list[bool] = []
    danger.clicked.connect(lambda: pressed.append(True))
    for widget in (field, danger):
        column.addWidget(widget)
    shown(dialog)
    field.focus_input()
    press(Qt.Key.Key_Return)
    danger.setFocus()
    press(Qt.Key.Key_Return)
    assert pressed == []
    assert not danger.isDefault()
    assert not danger.autoDefault()
    press(Qt.Key.Key_Space)
    assert pressed == [True]


def test_alt_and_its_letter_press_a_button(qtbot: QtBot, shown: Show) -> None:
    page = Page("項目")
    button = PrimaryButton("次の項目へ →", "N")
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    page.bar.add_right(button)
    field = TextField("venue", "場所")
    page.add(field)
    shown(page)
    field.focus_input()
    press(Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: pressed == [True])
    assert button.text() == "次の項目へ（&N）→"
    assert button.accessibleName() == "次の項目へ →"


def test_every_field_of_every_record_can_be_made(qtbot: QtBot) -> None:
    plan = small_plan()
    for table, specs in FIELDS_OF.items():
        for spec in specs:
            field = field_for(spec, plan, fiscal_year=2026)
            qtbot.addWidget(field)
            assert field.name == spec.name, table
            assert field.label_text == spec.label
    for kind in ActivityKind:
        for measure in KIND_MEASURES[kind]:
            field = field_for(measure, plan, name=f"measures.{measure.code}")
            qtbot.addWidget(field)
            assert field.name == f"measures.{measure.code}"
            assert (measure.kind is FieldKind.NUMBER) == isinstance(field, NumberField)


def test_the_plans_own_words_name_the_ratings() -> None:
    words = [choice.label for choice in rating_choices(small_plan(), SelfRating)]
    assert words == ["A とても進んだ", "D 進まなかった", "評価しない"]


@pytest.mark.parametrize("name", ["state", "needs", "consent", "item_numbers"])
def test_a_choice_made_without_a_click_is_kept_and_a_shown_one_is_not_a_change(
    shown: Show, name: str
) -> None:
    made: dict[str, tuple[Field, QWidget, object]] = {}
    field = ChoiceField("state", "実施状況", choices_of(ImplementationState))
    made["state"] = (field, field.segments()[2], choices_of(ImplementationState)[2].code)
    several = ChoicesField("needs", "必要な支援", [Choice("people", "人"), Choice("place", "場所")])
    made["needs"] = (several, several.checks()[1], ("place",))
    flag = FlagField("consent", "同意")
    made["consent"] = (flag, flag.input(), True)
    items = ItemsField("item_numbers", "ほかの取組項目", ITEMS)
    made["item_numbers"] = (items, items.checks()[2], (6,))
    chosen, button, value = made[name]
    shown(chosen)
    heard: list[object] = []
    chosen.changed.connect(lambda _name, what, _unread: heard.append(what))
    chosen.set_value(value)
    chosen.set_value(None)
    assert heard == []
    button.toggle()  # type: ignore[attr-defined]  # what a screen reader's Toggle does
    assert heard == [value]
