"""The settings of a canvas: reportlab writes each one it is given again, which costs more than drawing."""

from functools import cache
from typing import Any

DASHED, SOLID = (1.2, 1.8), ()


class Pen:
    """Passes on what differs from what was set on this page; a new page begins with nothing set."""

    def __init__(self, canvas: Any) -> None:
        self._canvas = canvas
        self._now: dict[str, object] = {}

    def begin_page(self) -> None:
        """Forget what was set: a page of a PDF stands alone."""
        self._now.clear()

    def fill(self, ink: str | float) -> None:
        """Fill with a colour (#rrggbb) or a grey, 0 black to 1 white."""
        if self._is_new("fill", ink):
            if isinstance(ink, str):
                self._canvas.setFillColor(_colour(ink))
            else:
                self._canvas.setFillGray(ink)

    def stroke(self, ink: str, weight: float, dash: tuple[float, ...] = SOLID) -> None:
        """Draw lines in a colour, ``weight`` points thick."""
        if self._is_new("stroke", ink):
            self._canvas.setStrokeColor(_colour(ink))
        if self._is_new("weight", weight):
            self._canvas.setLineWidth(weight)
        if self._is_new("dash", dash):
            self._canvas.setDash(list(dash))

    def _is_new(self, what: str, value: object) -> bool:
        if self._now.get(what) == value:
            return False
        self._now[what] = value
        return True


@cache
def _colour(ink: str) -> Any:
    from reportlab.lib.colors import HexColor

    return HexColor(ink)
