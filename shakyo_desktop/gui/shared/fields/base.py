"""One field: label, input, unit, and what there is to say about it.

A field shows values and says what a person changed; it knows no record and no service. It emits `changed`
when it is left, 800 ms after typing stops, and on `commit`; never twice for the same content.
"""

from typing import ClassVar

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QWidget

from shakyo_desktop.domain.records import FieldValue
from shakyo_desktop.gui.shared.fields.frame import FieldFrame

PAUSE_MS = 800
DRAFT_MS = 2500


class Field(FieldFrame):
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
        super().__init__(name, label, unit=unit, hint=hint, label_place=label_place, parent=parent)
        self.copied_by_screen = False
        """True: 前年度 shows last year's value and only asks; the screen stores value and mark together."""
        self._last_year_value: FieldValue = None
        self._known: tuple[FieldValue, str] = (None, "")
        self._pending = False
        self._pause = QTimer(self, singleShot=True, interval=PAUSE_MS)
        self._pause.timeout.connect(self._emit_if_new)
        self._draft = QTimer(self, interval=DRAFT_MS)
        self._draft.timeout.connect(self._draft_due)
        self.remarks.pressed.connect(self._remark_pressed)

    # What a kind of field answers.

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

    def set_value(self, value: FieldValue, unread: str = "") -> None:
        """Show the value of another record; what is pending is emitted first, undo starts anew."""
        self.commit()
        self._show(value, unread)
        self._settle()
        self.set_problem("")

    def refresh_value(self, value: FieldValue, unread: str = "") -> None:
        """Show a newer value of the same record, unless somebody is typing here just now."""
        if self._goes_on() or (value, unread) == self._read():
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

    def set_last_year(self, text: str, value: FieldValue = None, *, copyable: bool = False) -> None:
        """Show last year's value beside the field, with a button that puts `value` in."""
        self._last_year_value = value
        words = self.copy_words if copyable and text else ""
        self.remarks.set_line("last_year", f"前年度: {text}" if text else "", button=words)
        self._describe()

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

    def _set_input(self, *widgets: QWidget, stretch: bool = False) -> None:
        super()._set_input(*widgets, stretch=stretch)
        self._settle()
