"""The colours of the program, and the palette that takes their place when the system asks for high contrast.

The values and their contrast are the table of the interface design; `contrast` computes them again in a test.
"""

from dataclasses import dataclass, fields

from PySide6.QtGui import QColor, QPalette


@dataclass(frozen=True, slots=True)
class Colours:
    """One colour per purpose, as `#rrggbb`."""

    text: str = "#1a1a1a"
    secondary: str = "#4d4d4d"
    page: str = "#f2f2f2"
    white: str = "#ffffff"
    border: str = "#666666"
    quiet_border: str = "#949494"
    primary: str = "#0017c1"
    primary_hover: str = "#00118f"
    primary_pressed: str = "#000060"
    on_primary: str = "#ffffff"
    selection: str = "#e8f1fe"
    chosen_ground: str = "#e8f1fe"
    on_chosen: str = "#0017c1"
    problem: str = "#ce0000"
    problem_ground: str = "#ffffff"
    saved: str = "#115a36"
    saved_ground: str = "#e6f5ec"
    warning: str = "#6e5600"
    warning_ground: str = "#fbf5e0"
    focus_outer: str = "#000000"
    focus_inner: str = "#ffd43d"
    header: str = "#00118f"
    progress: str = "#97d3ff"


COLOURS = Colours()

# What is not named here is WindowText: everything stands out from the Base it is drawn on.
_PALETTE_ROLES = {
    "white": "Base",
    "page": "Window",
    "problem_ground": "Base",
    "saved_ground": "Base",
    "warning_ground": "Base",
    "on_primary": "Base",
    "selection": "Base",
    "chosen_ground": "Highlight",
    "on_chosen": "HighlightedText",
    "focus_inner": "Base",
    "progress": "Highlight",
}

TEXT_PAIRS: tuple[tuple[str, str, float], ...] = (
    ("text", "white", 7.0),
    ("text", "page", 7.0),
    ("secondary", "white", 7.0),
    ("secondary", "page", 7.0),
    ("border", "white", 3.0),
    ("quiet_border", "white", 3.0),
    ("on_primary", "primary", 7.0),
    ("on_primary", "primary_hover", 7.0),
    ("on_primary", "primary_pressed", 7.0),
    ("on_primary", "header", 7.0),
    ("primary", "selection", 7.0),
    ("on_chosen", "chosen_ground", 7.0),
    ("primary", "white", 7.0),
    ("problem", "white", 4.5),
    ("saved", "saved_ground", 4.5),
    ("warning", "warning_ground", 4.5),
    ("focus_inner", "focus_outer", 3.0),
    ("text", "progress", 7.0),
)
"""Which colour stands on which, and the least contrast it must have (WCAG 2.2, 1.4.3, 1.4.6 and 1.4.11)."""


def contrast(ink: str, ground: str) -> float:
    """Return the contrast ratio of two colours, 1 to 21 (WCAG 2.2, relative luminance)."""
    light, dark = sorted((_luminance(QColor(ink)), _luminance(QColor(ground))), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def from_palette(palette: QPalette) -> Colours:
    """Return the colours of a system palette for every purpose: what high contrast shows."""
    values = {}
    for item in fields(Colours):
        role = QPalette.ColorRole[_PALETTE_ROLES.get(item.name, "WindowText")]
        values[item.name] = palette.color(QPalette.ColorGroup.Active, role).name()
    return Colours(**values)


def to_palette(colours: Colours) -> QPalette:
    """Return the light palette of the program for what Qt draws by itself."""
    palette = QPalette()
    roles = QPalette.ColorRole
    for role, name in (
        (roles.Window, "page"),
        (roles.WindowText, "text"),
        (roles.Base, "white"),
        (roles.AlternateBase, "page"),
        (roles.Text, "text"),
        (roles.Button, "white"),
        (roles.ButtonText, "text"),
        (roles.ToolTipBase, "white"),
        (roles.ToolTipText, "text"),
        (roles.Highlight, "primary"),
        (roles.HighlightedText, "on_primary"),
        (roles.Link, "primary"),
        (roles.LinkVisited, "primary"),
        (roles.PlaceholderText, "secondary"),
    ):
        palette.setColor(role, QColor(getattr(colours, name)))
    return palette


def _luminance(colour: QColor) -> float:
    return sum(
        weight * (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
        for weight, part in zip(
            (0.2126, 0.7152, 0.0722), (colour.redF(), colour.greenF(), colour.blueF()), strict=True
        )
    )
