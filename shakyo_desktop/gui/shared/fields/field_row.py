"""Short fields side by side: what is said under one of them pushes no other into another row."""

from PySide6.QtWidgets import QWidget

from shakyo_desktop.gui.shared.fields.frame import LABEL_GAP, LABEL_WIDTH, FieldFrame
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.theme import size


class FieldRow(FlowBox):
    """A field gets what its input needs; the lines under it wrap in what the row has left."""

    def widths(self, widgets: list[QWidget], room: int) -> list[int]:
        """Share the room when the inputs fit side by side and only the words under them do not."""
        preferred = super().widths(widgets, room)
        needed = [_needed(widget, width) for widget, width in zip(widgets, preferred, strict=True)]
        gaps = self._gap * max(0, len(widgets) - 1)
        if sum(preferred) + gaps <= room or sum(needed) + gaps > room:
            return preferred
        shares, spare = list(needed), room - gaps - sum(needed)
        for at, width in enumerate(preferred):
            more = min(width - shares[at], spare)
            shares[at] += more
            spare -= more
        return shares

    def indent(self, widget: QWidget, width: int, room: int) -> int:
        """What goes on in another row stands under the inputs, not under the labels."""
        left = size(LABEL_WIDTH) + LABEL_GAP
        beside = isinstance(widget, FieldFrame) and widget.label_place == "left"
        return 0 if beside or left + width > room else left


def _needed(widget: QWidget, preferred: int) -> int:
    if not isinstance(widget, FieldFrame):
        return preferred
    return max(widget.input_width_hint(), widget.minimumSizeHint().width())
