"""The look of the whole program: sizes, fonts, palette and style sheet, changed live.

Sizes are written as in the interface design (18 px body); `size` scales them to the chosen 文字の大きさ.
"""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFont, QFontDatabase
from PySide6.QtWidgets import QApplication, QStyleFactory, QWidget

from shakyo_desktop import paths
from shakyo_desktop.gui.shared.colours import COLOURS, Colours, from_palette, to_palette
from shakyo_desktop.gui.shared.language import speak_japanese
from shakyo_desktop.gui.shared.style_sheet import style_sheet

UI_FAMILY = "BIZ UDPGothic"
DIGITS_FAMILY = "BIZ UDGothic"
SUPPLEMENTS = ("Noto Sans JP Supplement", "Shakyo Symbols")
"""What BIZ UD has not: rare kanji and ⚠, and ↺. No system's own fonts are needed for any sign of ours."""
BODY = 18
SMALLEST = 16


class TextSize(StrEnum):
    """文字の大きさ."""

    SMALL = "small"
    STANDARD = "standard"
    LARGE = "large"

    @property
    def label(self) -> str:
        """The word a person reads."""
        return {"small": "小", "standard": "標準", "large": "大"}[self.value]

    @property
    def body(self) -> int:
        """Pixels of body text."""
        return {"small": 16, "standard": BODY, "large": 22}[self.value]


@dataclass(frozen=True, slots=True)
class Look:
    """What is applied now."""

    text_size: TextSize = TextSize.STANDARD
    high_contrast: bool = False
    colours: Colours = COLOURS


class ThemeSignals(QObject):
    """`changed` after the look changed: widgets that paint or measure themselves listen."""

    changed = Signal()


class _Theme:
    """The one look of this process; Qt's application style is as global."""

    def __init__(self) -> None:
        self.look = Look()
        self.signals: ThemeSignals | None = None
        self.fonts_loaded = False


_theme = _Theme()


def theme_signals() -> ThemeSignals:
    """Return the object whose `changed` follows every `apply_theme`."""
    if _theme.signals is None:
        _theme.signals = ThemeSignals()
    return _theme.signals


def look() -> Look:
    """Return what is applied now."""
    return _theme.look


def colours() -> Colours:
    """Return the colours that are applied now: the design's, or the system's in high contrast."""
    return _theme.look.colours


def size(pixels: int) -> int:
    """Scale a length of the design to the chosen text size; it never gets smaller than designed."""
    return max(pixels, round(pixels * _theme.look.text_size.body / BODY))


def font_size(pixels: int) -> int:
    """Scale a size of type; nothing is under 16 px."""
    return max(SMALLEST, round(pixels * _theme.look.text_size.body / BODY))


def load_fonts() -> None:
    """Make the bundled fonts known to Qt, once.

    Raises:
        FileNotFoundError: when the program was installed without its fonts.
    """
    if _theme.fonts_loaded:
        return
    files = sorted(paths.fonts_dir().glob("*.ttf"))
    if not files:
        raise FileNotFoundError(Path(paths.fonts_dir()) / "*.ttf")
    for file in files:
        QFontDatabase.addApplicationFont(str(file))
    _theme.fonts_loaded = True


def ui_font(pixels: int = BODY, *, bold: bool = False, digits: bool = False) -> QFont:
    """Return a bundled font at a size of the design, scaled."""
    font = QFont()
    font.setFamilies([DIGITS_FAMILY if digits else UI_FAMILY, *SUPPLEMENTS])
    font.setPixelSize(font_size(pixels))
    font.setBold(bold)
    return font


def apply_theme(
    app: QApplication, text_size: TextSize | str = TextSize.STANDARD, *, high_contrast: bool | None = None
) -> None:
    """Give the whole program its look, at once and at any time.

    Args:
        high_contrast: None asks the system.
    """
    load_fonts()
    speak_japanese(app)
    wanted = system_wants_contrast(app) if high_contrast is None else high_contrast
    style = QStyleFactory.create("Fusion")
    if not wanted:
        app.styleHints().setColorScheme(Qt.ColorScheme.Light)
    palette = style.standardPalette() if wanted else to_palette(COLOURS)
    _theme.look = Look(TextSize(text_size), wanted, from_palette(palette) if wanted else COLOURS)
    app.setStyle(style)
    app.setPalette(palette)
    app.setFont(ui_font())
    icons = "" if wanted else paths.icons_dir().as_posix()
    digits = '", "'.join((DIGITS_FAMILY, *SUPPLEMENTS))  # the sheet puts the outer quotes
    app.setStyleSheet(style_sheet(colours(), size, font_size, digits=digits, icons=icons))
    theme_signals().changed.emit()


def system_wants_contrast(app: QApplication) -> bool:
    """Return whether the system asks for high contrast."""
    hints = app.styleHints()
    accessibility = hints.accessibility()
    return accessibility.contrastPreference() == Qt.ContrastPreference.HighContrast


def follow_system_contrast(app: QApplication) -> None:
    """Change the look by itself when the person turns the system's high contrast on or off."""
    hints = app.styleHints()
    hints.accessibility().contrastPreferenceChanged.connect(lambda _wish: apply_theme(app, look().text_size))


def set_role(widget: QWidget, role: str) -> None:
    """Give a widget one of the style sheet's looks, at any time of its life."""
    if widget.property("role") == role:
        return
    widget.setProperty("role", role)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
