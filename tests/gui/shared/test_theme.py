"""The look: contrast, target sizes, text sizes, high contrast, icons."""

import pytest
from PySide6.QtGui import QColor, QPalette
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from shakyo_desktop.gui.shared.buttons import DangerButton, PrimaryButton, SecondaryButton, SubmitButton
from shakyo_desktop.gui.shared.colours import COLOURS, TEXT_PAIRS, contrast, from_palette
from shakyo_desktop.gui.shared.fields import (
    Choice,
    ChoiceField,
    DateField,
    FlagField,
    NumberField,
    TextField,
)
from shakyo_desktop.gui.shared.icons import icon, icon_names
from shakyo_desktop.gui.shared.labels import StateMark, plain_label
from shakyo_desktop.gui.shared.marks import all_marks
from shakyo_desktop.gui.shared.theme import UI_FAMILY, apply_theme, colours, size

TABLE = {
    # The table of the interface design: what was measured there must come out here.
    ("text", "white"): 17.4,
    ("text", "page"): 15.6,
    ("secondary", "white"): 8.5,
    ("border", "white"): 5.7,
    ("on_primary", "primary"): 11.1,
    ("on_primary", "primary_hover"): 14.2,
    ("on_primary", "primary_pressed"): 18.0,
    ("primary", "selection"): 9.8,
    ("problem", "white"): 5.8,
    ("saved", "saved_ground"): 7.3,
    ("warning", "warning_ground"): 6.4,
}


@pytest.mark.parametrize(("pair", "ratio"), TABLE.items(), ids=lambda value: str(value))
def test_a_colour_has_the_contrast_of_the_design(pair: tuple[str, str], ratio: float) -> None:
    ink, ground = pair
    assert contrast(getattr(COLOURS, ink), getattr(COLOURS, ground)) == pytest.approx(ratio, abs=0.1)


@pytest.mark.parametrize(("ink", "ground", "least"), TEXT_PAIRS)
def test_every_pair_in_use_has_enough_contrast(ink: str, ground: str, least: float) -> None:
    assert contrast(getattr(COLOURS, ink), getattr(COLOURS, ground)) >= least


@pytest.mark.parametrize("mark", all_marks(), ids=lambda mark: mark.words)
def test_every_state_is_told_apart_without_colour(mark: object) -> None:
    others = [other for other in all_marks() if other is not mark]
    assert contrast(mark.ink, mark.ground) >= 4.5  # type: ignore[attr-defined]
    signs = {(other.symbol, other.hatched) for other in others}
    assert (mark.symbol, mark.hatched) not in signs  # type: ignore[attr-defined]


@pytest.mark.parametrize("text_size", ["small", "standard", "large"])
def test_buttons_and_fields_are_large_enough_to_hit(qtbot: QtBot, qapp: QApplication, text_size: str) -> None:
    apply_theme(qapp, text_size, high_contrast=False)
    holder = QWidget()
    column = QVBoxLayout(holder)
    qtbot.addWidget(holder)
    fields = [
        TextField("a", "場所"),
        NumberField("b", "回数", unit="回"),
        DateField("c", "日付"),
        ChoiceField("d", "状況", [Choice("x", "実施")]),
        FlagField("e", "同意"),
    ]
    controls = [
        PrimaryButton("次"),
        SecondaryButton("前"),
        DangerButton("消す"),
        *(f.input() for f in fields),
    ]
    for widget in (*controls[:3], *fields):
        column.addWidget(widget)
    submit = SubmitButton("提出する")
    column.addWidget(submit)
    holder.show()
    assert [control for control in controls if control.height() < 44] == []
    assert submit.height() >= 56


def test_the_text_size_changes_what_is_already_shown(qtbot: QtBot, qapp: QApplication) -> None:
    field = NumberField("n", "開催回数", unit="回")
    heading = plain_label("見出し", "heading")
    qtbot.addWidget(field)
    qtbot.addWidget(heading)
    field.show()
    heading.show()
    before = (field.input().height(), field.label.width(), heading.font().pixelSize())
    apply_theme(qapp, "large", high_contrast=False)
    qapp.processEvents()
    after = (field.input().height(), field.label.width(), heading.font().pixelSize())
    assert all(new > old for new, old in zip(after, before, strict=True))
    assert field.label.font().pixelSize() == 22


@pytest.mark.parametrize("text_size", ["small", "standard", "large"])
def test_no_text_is_smaller_than_16_pixels(qtbot: QtBot, qapp: QApplication, text_size: str) -> None:
    apply_theme(qapp, text_size, high_contrast=False)
    for role in ("", "heading", "subheading", "small", "secondary", "problem", "chip-info"):
        label = plain_label("文字", role)
        qtbot.addWidget(label)
        label.show()
        assert label.font().pixelSize() >= 16


def test_high_contrast_uses_the_systems_colours_and_keeps_the_sizes(qtbot: QtBot, qapp: QApplication) -> None:
    apply_theme(qapp, "standard", high_contrast=True)
    assert COLOURS.primary not in qapp.styleSheet()
    assert colours().text == qapp.palette().windowText().color().name()
    mark = StateMark()
    button = PrimaryButton("次へ")
    for widget in (mark, button):
        qtbot.addWidget(widget)
        widget.show()
    assert "#00428c" not in mark.styleSheet()
    assert button.height() >= 44


def test_every_pair_stands_out_on_a_white_on_black_system() -> None:
    black = QPalette(QColor("#000000"))
    roles = QPalette.ColorRole
    for role in (roles.WindowText, roles.Text, roles.ButtonText, roles.HighlightedText):
        black.setColor(role, QColor("#ffffff"))
    for role in (roles.Window, roles.Base, roles.Button):
        black.setColor(role, QColor("#000000"))
    black.setColor(roles.Highlight, QColor("#1a1aff"))
    seen = from_palette(black)
    on_the_systems_bar = {("text", "progress")}  # drawn by Qt, in its own two colours
    weak = [
        (ink, ground)
        for ink, ground, least in TEXT_PAIRS
        if contrast(getattr(seen, ink), getattr(seen, ground)) < least
    ]
    assert set(weak) <= on_the_systems_bar


def test_only_the_bundled_fonts_are_used(qtbot: QtBot, qapp: QApplication) -> None:
    assert qapp.font().family() == UI_FAMILY
    label = QLabel("あ")
    qtbot.addWidget(label)
    assert label.fontInfo().family() == UI_FAMILY


def test_lengths_of_the_design_grow_and_never_shrink(qapp: QApplication) -> None:
    apply_theme(qapp, "small", high_contrast=False)
    assert size(44) == 44
    apply_theme(qapp, "large", high_contrast=False)
    assert size(44) == 54


def test_icons_are_tinted_and_unknown_names_are_empty(qapp: QApplication) -> None:
    assert "house" in icon_names() or "home" in icon_names()
    red = icon("calendar", "#ff0000").pixmap(24, 24).toImage()
    inks = {
        red.pixelColor(x, y).name()
        for x in range(24)
        for y in range(24)
        if red.pixelColor(x, y).alpha() == 255
    }
    assert inks == {"#ff0000"}
    assert icon("no-such-icon").isNull()
