"""The frame of a field: label, input and unit in a line, and what there is to say under it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.gui.shared.fields.remarks import Remarks
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.theme import size, theme_signals

LABEL_WIDTH = 184
LABEL_GAP = 12
_SAID, _ASKED = 180, 260
"""The least width of a remark, and of one with a button at its end."""
_TOP_LEFT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


class FieldFrame(QWidget):
    """What every field looks like and says; `Field` adds the value."""

    def __init__(
        self, name: str, label: str, *, unit: str, hint: str, label_place: str, parent: QWidget | None
    ) -> None:
        super().__init__(parent)
        self.setProperty("is_field", True)
        self.name = name
        self.label_text = label
        self.label_place = label_place
        self.unit = unit
        self.label = plain_label(label, wrap=label_place == "left")
        self.line = QHBoxLayout()
        self.line.setSpacing(8)
        self.remarks = Remarks()
        self._build(label_place)
        self.remarks.set_line("hint", hint)
        theme_signals().changed.connect(self._fit)

    def input(self) -> QWidget:
        """Return the widget that takes the focus."""
        raise AssertionError(f"{type(self).__name__} has no input")

    def focus_input(self) -> None:
        """Give the input the focus, as the Tab key would."""
        self.input().setFocus(Qt.FocusReason.TabFocusReason)

    def input_width_hint(self) -> int:
        """Return the width of label, input and unit, and of a few words on each line under them."""
        label = 0 if self.label_place == "above" or self.label.isHidden() else self.label.sizeHint().width()
        said = 0 if self.remarks.isHidden() else _ASKED if self.remarks.text("request") else _SAID
        return label + (LABEL_GAP if label else 0) + max(self.line.sizeHint().width(), size(said))

    def set_problem(self, text: str, level: str = "hard") -> None:
        """Say under the field what is wrong, also to a screen reader; empty takes it away."""
        self.remarks.set_line(
            "problem", f"⚠ {text}" if text else "", role="problem" if level == "hard" else "soft"
        )
        self._mark_problem()

    def set_request(self, text: str, button: str = "") -> None:
        """Show the office's question at the field, with a button that answers it; empty takes it away."""
        self.remarks.set_line("request", f"確認のお願い: {text}" if text else "", button=button)
        self._describe()

    def set_carried_over(self, carried: bool) -> None:
        """Mark the value as taken from last year and not yet confirmed."""
        text = "前年度から・要確認" if carried else ""
        self.remarks.set_line("carried_over", text, button="これでよい" if carried else "")
        self._describe()

    def set_note(self, text: str) -> None:
        """Show a small line under the input."""
        self.remarks.set_line("note", text)
        self._describe()

    def _mark_problem(self) -> None:
        wrong = bool(self.remarks.text("problem") or self.remarks.text("unread"))
        target = self.input()
        if bool(target.property("problem")) != wrong:
            target.setProperty("problem", wrong)
            target.style().unpolish(target)
            target.style().polish(target)
        self._describe()

    def _describe(self) -> None:
        self.input().setAccessibleDescription(self.remarks.spoken())

    def _build(self, label_place: str) -> None:
        self.body = body = QVBoxLayout()
        body.setSpacing(8)
        body.addLayout(self.line)
        body.addWidget(self.remarks)
        outer: QBoxLayout = QVBoxLayout(self) if label_place == "above" else QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8 if label_place == "above" else LABEL_GAP)
        outer.addWidget(self.label)
        outer.addLayout(body, 1)
        if label_place != "above":
            outer.setAlignment(self.label, _TOP_LEFT)
        self.label.setVisible(bool(self.label_text))

    def _set_input(self, *widgets: QWidget, stretch: bool = False) -> None:
        """Put the input (and what belongs to it) into the line; the unit and a space follow."""
        first = widgets[0]
        if self.label.text():
            self.label.setBuddy(first)
        first.setAccessibleName(f"{self.label_text}（{self.unit}）" if self.unit else self.label_text)
        for widget in widgets:
            self.line.addWidget(widget, 1 if stretch and widget is first else 0)
        if self.unit:
            self.line.addWidget(plain_label(self.unit, wrap=False))
        if not stretch:
            self.line.addStretch(1)
        self._fit()

    def _fit(self) -> None:
        """Follow the text size."""
        if self.label_place == "left":
            self.label.setFixedWidth(size(LABEL_WIDTH))
        if self.label_place != "above":
            self.label.setMinimumHeight(size(44))
