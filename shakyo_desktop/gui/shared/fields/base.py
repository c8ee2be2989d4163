"""One field: label, input, unit, and what there is to say about it.

A field shows values and says what a person changed; it knows no record and no service. It emits `changed`
when it is left, 800 ms after typing stops, and on `commit`; never twice for the same content.
"""

from typing import ClassVar

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.domain.records import FieldValue
from shakyo_desktop.gui.shared.fields.remarks import Remarks
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.theme import size, theme_signals

PAUSE_MS = 800
DRAFT_MS = 2500
LABEL_WIDTH = 184
_TOP_LEFT = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft


class Field(QWidget):
    """The base of every kind of field.

    Signals:
        changed: name, value, unread text; what a person typed or chose.
        typing: name, text as it stands, at least every 3 s while somebody types on; for a draft.
        last_year_requested: after last year's value was put in.
        carried_over_confirmed: a value from last year was confirmed as it is.
        request_answered: 直しました was pressed at the office's question.
    """

    changed = Signal(str, object, str)
    typing = Signal(str, str)
    last_year_requested = Signal(str)
    carried_over_confirmed = Signal(str)
    request_answered = Signal(str)

    copy_words: ClassVar[str] = "前年度と同じにする"

    def __init__(
        self,
        name: str,
        label: str,
        *,
        unit: str = "",
        hint: str = "",
        label_place: str = "left",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("is_field", True)
        self.name = name
        self.label_text = label
        self.unit = unit
        self.copied_by_screen = False
        """True: 前年度 shows last year's value and only asks; the screen stores value and mark together."""
        self._last_year_value: FieldValue = None
        self._known: tuple[FieldValue, str] = (None, "")
        self._pending = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._emit_if_new)
        self._draft = QTimer(self, interval=DRAFT_MS)
        self._draft.timeout.connect(self._draft_due)
        self.label = plain_label(label, wrap=label_place == "left")
        self.line = QHBoxLayout()
        self.line.setSpacing(8)
        self.remarks = Remarks()
        self.remarks.pressed.connect(self._remark_pressed)
        self._build(label_place)
        self.remarks.set_line("hint", hint)
        theme_signals().changed.connect(self._fit)

    # What a kind of field answers.

    def input(self) -> QWidget:
        """Return the widget that takes the focus."""
        raise AssertionError(f"{type(self).__name__} has no input")

    def _read(self) -> tuple[FieldValue, str]:
        """Return the value and the unread text of what is shown."""
        raise AssertionError(f"{type(self).__name__} cannot be read")

    def _show(self, value: FieldValue, unread: str) -> None:
        """Show a value and forget what could be undone."""
        raise AssertionError(f"{type(self).__name__} cannot show")

    def _replace(self, value: FieldValue, unread: str) -> None:
        """Show a value so that Ctrl+Z brings the old one back."""
        self._show(value, unread)

    def _flush(self) -> None:
        """Finish what an input method is composing."""

    def _text_in_progress(self) -> str:
        return self._read()[1]

    def _goes_on(self) -> bool:
        """Return whether somebody is in the middle of typing."""
        return self._pending

    # What screens use.

    def value(self) -> FieldValue:
        """Return what is shown, None when it is empty or cannot be read."""
        return self._read()[0]

    def unread(self) -> str:
        """Return the text that cannot be read, or an empty text."""
        return self._read()[1]

    def has_pending(self) -> bool:
        """Return whether something was typed that was not yet emitted."""
        return self._pending

    def set_value(self, value: FieldValue, unread: str = "") -> None:
        """Show the value of another record; what is pending is emitted first, undo starts anew."""
        self.commit()
        self._show(value, unread)
        self._settle()
        self.set_problem("")

    def refresh_value(self, value: FieldValue, unread: str = "") -> None:
        """Show a newer value of the same record, unless somebody is typing here just now."""
        if self._pending or (value, unread) == self._read():
            return
        self._replace(value, unread)
        self._settle()

    def put_value(self, value: FieldValue) -> None:
        """Put a value in as if it were typed: it can be undone and is emitted at once."""
        self.commit()
        self._replace(value, "")
        self._emit_if_new()

    def commit(self) -> None:
        """Flush the input method and emit what is pending."""
        self._flush()
        if self._pending:
            self._emit_if_new()

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

    def set_last_year(self, text: str, value: FieldValue = None, *, copyable: bool = False) -> None:
        """Show last year's value beside the field, with a button that puts `value` in."""
        self._last_year_value = value
        words = self.copy_words if copyable and text else ""
        self.remarks.set_line("last_year", f"前年度: {text}" if text else "", button=words)
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

    def focus_input(self) -> None:
        """Give the input the focus, as the Tab key would."""
        self.input().setFocus(Qt.FocusReason.TabFocusReason)

    def set_fiscal_year(self, fiscal_year: int) -> None:
        """Tell fields of dates which year an entry without a year belongs to."""

    # Inside.

    def _edited(self) -> None:
        """Remember that a person changed something; it is emitted soon."""
        self._pending = True
        self._pause.start()
        self._composing()

    def _composing(self) -> None:
        if not self._draft.isActive():
            self._draft.start()

    def _chosen(self) -> None:
        """Emit at once: a choice is complete when it is made."""
        self._pending = True
        self._emit_if_new()

    def _settle(self) -> None:
        self._pause.stop()
        self._pending = False
        self._known = self._read()
        self._show_unread()

    def _emit_if_new(self) -> None:
        before = self._known
        self._settle()
        if self._known != before:
            self.changed.emit(self.name, *self._known)

    def _draft_due(self) -> None:
        if self._goes_on():
            self.typing.emit(self.name, self._text_in_progress())
        else:
            self._draft.stop()

    def _show_unread(self) -> None:
        self.remarks.set_line("unread", self._unread_words() if self._known[1] else "")
        self._mark_problem()

    def _unread_words(self) -> str:
        return "⚠ 要確認 読み取れません。"

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

    def _remark_pressed(self, key: str) -> None:
        if key == "last_year":
            if self.copied_by_screen:
                self.commit()
                self._replace(self._last_year_value, "")
                self._settle()
            else:
                self.put_value(self._last_year_value)
            self.last_year_requested.emit(self.name)
        elif key == "request":
            self.request_answered.emit(self.name)
        elif key == "carried_over":
            self.carried_over_confirmed.emit(self.name)

    def _build(self, label_place: str) -> None:
        self._label_place = label_place
        self.body = body = QVBoxLayout()
        body.setSpacing(8)
        body.addLayout(self.line)
        body.addWidget(self.remarks)
        outer: QBoxLayout = QVBoxLayout(self) if label_place == "above" else QHBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(8 if label_place == "above" else 12)
        outer.addWidget(self.label)
        outer.addLayout(body, 1)
        if label_place != "above":
            outer.setAlignment(self.label, _TOP_LEFT)
        self.label.setVisible(bool(self.label_text))

    def _set_input(self, *widgets: QWidget, stretch: bool = False) -> None:
        """Put the input (and what belongs to it) into the line; the unit and a space follow."""
        first = widgets[0]
        self.label.setBuddy(first)
        first.setAccessibleName(f"{self.label_text}（{self.unit}）" if self.unit else self.label_text)
        for widget in widgets:
            self.line.addWidget(widget, 1 if stretch and widget is first else 0)
        if self.unit:
            self.line.addWidget(plain_label(self.unit, wrap=False))
        if not stretch:
            self.line.addStretch(1)
        self._fit()
        self._settle()

    def _fit(self) -> None:
        """Follow the text size."""
        if self._label_place == "left":
            self.label.setFixedWidth(size(LABEL_WIDTH))
        if self._label_place != "above":
            self.label.setMinimumHeight(size(44))
