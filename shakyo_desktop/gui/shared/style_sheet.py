"""The style sheet: one text, filled with the colours and sizes that are applied.

Widgets choose a look with the dynamic property `role`. Everything here is the program's own text;
no data ever reaches it.
"""

from collections.abc import Callable
from string import Template

from shakyo_desktop.gui.shared.colours import Colours

_SHEET = Template(
    """
QMainWindow, QWidget[role="page"] { background: $page; }
QLabel { color: $text; background: transparent; }
QLabel[role="heading"] { font-size: ${f26}px; font-weight: bold; }
QLabel[role="subheading"] { font-size: ${f20}px; font-weight: bold; }
QLabel[role="strong"] { font-weight: bold; }
QLabel[role="small"], QLabel[role="secondary"] { font-size: ${f16}px; color: $secondary; }
QLabel[role="secondary"] { font-size: ${f18}px; }
QLabel[role="problem"] { font-size: ${f16}px; color: $problem; font-weight: bold; }
QLabel[role="request"] { font-size: ${f16}px; color: $warning; background: $warning_ground;
    border: 1px solid $warning; border-radius: 4px; padding: 4px 8px; }
QLabel[role="soft"] { font-size: ${f16}px; color: $warning; font-weight: bold; }
QLabel[role="digits"] { font-family: "$digits"; }
QLabel[role="number"] { font-family: "$digits"; font-size: ${f26}px; font-weight: bold; }

QPushButton { min-height: ${button}px; padding: 0 16px; border-radius: 8px; font-weight: bold;
    color: $primary; background: $white; border: 1px solid $primary; }
QPushButton:hover { background: $selection; color: $primary_hover; border-color: $primary_hover; }
QPushButton:pressed { background: $selection; color: $primary_pressed; border: 2px solid $primary_pressed; }
QPushButton[role="primary"], QPushButton[role="submit"] { color: $on_primary; background: $primary;
    border: 1px solid $primary; }
QPushButton[role="primary"]:hover, QPushButton[role="submit"]:hover { background: $primary_hover; }
QPushButton[role="primary"]:pressed, QPushButton[role="submit"]:pressed { background: $primary_pressed; }
QPushButton[role="submit"] { min-height: ${submit}px; padding: 0 24px; font-size: ${f20}px; }
QPushButton[role="danger"] { color: $problem; border-color: $problem; }
QPushButton[role="danger"]:hover { background: $white; border: 2px solid $problem; }
QPushButton[role="link"] { min-height: ${flat}px; border: none; background: transparent;
    text-decoration: underline; padding: 0 8px; font-weight: normal; }
QPushButton[role="link"]:hover { background: $selection; }
QPushButton[role="badge-link"] { min-height: ${badge_link}px; border: none; background: transparent;
    text-decoration: underline; padding: 0 8px; font-weight: normal; }
QPushButton[role="on-header"] { min-height: ${header_button}px; border: none; }
QPushButton[role="tile"] { text-align: left; min-height: ${tile}px; padding: 8px 16px; }
QPushButton[role="day"], QPushButton[role="day-chosen"] { padding: 0; }
QPushButton[role="day-chosen"] { color: $on_primary; background: $primary; }
QPushButton[role="square"] { padding: 0; min-width: ${button}px; max-width: ${button}px; }

QLineEdit, QTextEdit, QPlainTextEdit, QComboBox { color: $text; background: $white; border: 1px solid $border;
    border-radius: 8px; selection-background-color: $primary; selection-color: $on_primary; }
QLineEdit, QComboBox { min-height: ${field}px; padding: 0 12px; }
QTextEdit, QPlainTextEdit { padding: 6px 8px; }
QLineEdit[role="number"], QTextEdit[role="number"] { font-family: "$digits"; }
QLineEdit[problem="true"], QTextEdit[problem="true"],
QComboBox[problem="true"] { border: 2px solid $problem; }
QLineEdit[problem="true"], QComboBox[problem="true"] { min-height: ${field_problem}px; padding: 0 11px; }
QLineEdit:read-only { background: $page; }
QComboBox[role="earlier"] { color: $warning; background: $warning_ground; font-weight: bold; }
QComboBox { combobox-popup: 0; }
QComboBox QAbstractItemView { color: $text; background: $white; border: 1px solid $border; outline: none;
    selection-background-color: $chosen_ground; selection-color: $on_chosen; }
QComboBox QAbstractItemView::item { min-height: ${button}px; padding: 0 12px; }
QAbstractItemView[role="completions"] { background: $white; border: 1px solid $border; }
QAbstractItemView[role="completions"]::item { min-height: ${row}px; padding: 0 12px; }

QRadioButton[role="segment"] { min-height: ${segment}px; padding: 0 12px; spacing: 0;
    color: $text; background: $white; border: 1px solid $border; border-radius: 8px; }
QRadioButton[role="segment"]:hover { background: $selection; }
QRadioButton[role="segment"]:checked { color: $on_primary; background: $primary; border-color: $primary;
    font-weight: bold; }
QRadioButton[role="segment"]::indicator { width: 0; height: 0; border: none; background: transparent;
    image: none; }
QGroupBox { border: none; margin: 0; padding: 0; background: transparent; }
QCheckBox { min-height: ${flat}px; spacing: 8px; color: $text; background: transparent;
    padding-right: 8px; }
QCheckBox::indicator { width: ${mark}px; height: ${mark}px; }

QFrame[role="card"] { background: $white; border: 1px solid $quiet_border; border-radius: 8px; }
QFrame[role="drop"] { background: $white; border: 2px dashed $primary; border-radius: 8px; }
QFrame[role="drop-active"] { background: $selection; border: 2px solid $primary; border-radius: 8px; }
QWidget[role="button-bar"] { background: $page; border-top: 1px solid $quiet_border; }
QScrollArea { background: transparent; border: none; }
QScrollArea > QWidget > QWidget[role="page"] { background: $page; }
QWidget[role="header"] { background: $header; }
QWidget[role="header"] QLabel { color: $on_primary; }
QWidget[role="practice"] { background: $warning_ground; border-bottom: 2px solid $warning; }
QWidget[role="practice"] QLabel { color: $warning; font-weight: bold; }
QWidget[role="navigation-body"] { background: $white; }
QWidget[role="navigation"] { background: $white; border-right: 1px solid $quiet_border; }
QToolButton[role="navigation-row"], QToolButton[role="navigation-folded"] { color: $text; background: $white;
    border: none; border-left: 6px solid $white; border-radius: 0; text-align: left; }
QToolButton[role="navigation-row"] { padding-left: 8px; }
QToolButton[role="navigation-folded"] { font-size: 16px; border-left-width: 4px; padding: 0; }
QToolButton[role="navigation-row"]:hover, QToolButton[role="navigation-folded"]:hover { background: $page; }
QToolButton[role="navigation-row"][current="true"], QToolButton[role="navigation-folded"][current="true"] {
    background: $chosen_ground; color: $on_chosen; border-left-color: $primary; font-weight: bold; }
QWidget[role="help"] { background: $white; border-left: 1px solid $quiet_border; }
QTextBrowser { border: none; border-radius: 0; }

QFrame[role="message-info"] { background: $selection; border: 1px solid $primary; border-radius: 8px; }
QFrame[role="message-info"] QLabel { color: $primary; }
QFrame[role="message-saved"] { background: $saved_ground; border: 1px solid $saved; border-radius: 8px; }
QFrame[role="message-saved"] QLabel { color: $saved; }
QFrame[role="message-warning"], QFrame[role="message-undo"] {
    background: $warning_ground; border: 1px solid $warning;
    border-radius: 8px; }
QFrame[role="message-warning"] QLabel, QFrame[role="message-undo"] QLabel { color: $warning; }
QFrame[role="message-problem"] { background: $problem_ground; border: 2px solid $problem;
    border-radius: 8px; }
QFrame[role="message-problem"] QLabel { color: $problem; }
MessageBar QFrame[role] QLabel { color: $text; }
QLabel[role="chip-plain"], QLabel[role="chip-info"], QLabel[role="chip-saved"], QLabel[role="chip-warning"],
QLabel[role="chip-problem"] { font-size: ${f16}px; border-radius: 4px; padding: 4px 8px; }
QLabel[role="chip-plain"] { color: $text; background: $white; border: 1px solid $quiet_border; }
QLabel[role="chip-info"] { color: $primary; background: $selection; border: 1px solid $primary; }
QLabel[role="chip-saved"] { color: $saved; background: $saved_ground; border: 1px solid $saved; }
QLabel[role="chip-warning"] { color: $warning; background: $warning_ground; border: 1px solid $warning; }
QLabel[role="chip-problem"] { color: $problem; background: $white; border: 1px solid $problem; }

QTableView { background: $white; border: 1px solid $quiet_border; border-radius: 8px; gridline-color: $page;
    selection-background-color: $chosen_ground; selection-color: $on_chosen; outline: none; }
QHeaderView { background: $page; }
QHeaderView::section { background: $page; color: $text; border: none; border-bottom: 1px solid $quiet_border;
    padding: 4px 8px; min-height: ${row_head}px; font-weight: bold; font-size: ${f16}px; }
QProgressBar { min-height: 28px; border: 1px solid $border; border-radius: 4px; background: $white;
    color: $text; text-align: center; }
QProgressBar::chunk { background: $progress; border-radius: 3px; }
QScrollBar:vertical { width: 16px; background: $page; }
QScrollBar:horizontal { height: 16px; background: $page; }
QScrollBar::handle { background: $quiet_border; border-radius: 6px; margin: 2px; }
QScrollBar::handle:hover { background: $border; }
QScrollBar::handle:vertical { min-height: 40px; }
QScrollBar::handle:horizontal { min-width: 40px; }
QScrollBar::add-line, QScrollBar::sub-line { width: 0; height: 0; }
QToolTip { color: $text; background: $white; border: 1px solid $border; padding: 4px 8px; }
"""
)

_PICTURES = Template(
    """
QCheckBox::indicator { border: 1px solid $border; border-radius: 4px; background: $white; }
QCheckBox::indicator:hover { background: $selection; }
QCheckBox::indicator:checked { image: url("$icons/check-on-primary.svg"); background: $primary;
    border-color: $primary; }
QComboBox::drop-down { width: 40px; border: none; }
QComboBox::down-arrow { image: url("$icons/chevron-down.svg"); width: 20px; height: 20px; }
"""
)


def style_sheet(
    colours: Colours,
    size: Callable[[int], int],
    font_size: Callable[[int], int],
    *,
    digits: str,
    icons: str = "",
) -> str:
    """Return the style sheet for these colours and scales.

    Args:
        digits: the family of figures.
        icons: the folder of pictures with fixed colours; empty leaves the marks to Qt, which follows
            the system's palette.
    """
    values = {name: getattr(colours, name) for name in colours.__dataclass_fields__}
    values |= {f"f{pixels}": str(font_size(pixels)) for pixels in (16, 18, 20, 26)}
    border = 2  # a style sheet's height leaves the border out
    values |= {
        "digits": digits,
        "button": str(size(44) - border),
        "submit": str(size(56) - border),
        "header_button": str(size(44)),
        "badge_link": str(size(44)),
        "flat": str(size(44)),
        "field": str(size(44) - border),
        "field_problem": str(size(44) - 2 * border),
        "segment": str(size(44) - border),
        "tile": str(size(72)),
        "row": str(size(44)),
        "row_head": str(size(32)),
        "mark": str(size(24)),
        "icons": icons,
    }
    return _SHEET.substitute(values) + (_PICTURES.substitute(values) if icons else "")
