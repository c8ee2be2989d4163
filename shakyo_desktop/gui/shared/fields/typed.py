"""Fields into which a person types: read on a pause, tidied when they are left, never refused."""

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from shakyo_desktop.domain.records import FieldValue
from shakyo_desktop.gui.shared.fields.base import Field
from shakyo_desktop.gui.shared.fields.inputs import AreaInput, LineInput, flush_input_method
from shakyo_desktop.gui.shared.theme import size


class TypedField(Field):
    """A field whose text is parsed; what cannot be read stays as it was typed, marked 要確認."""

    example: ClassVar[str] = ""
    input_width: ClassVar[int] = 0

    _input: LineInput | AreaInput

    def input(self) -> QWidget:
        """Return the line or area."""
        return self._input

    def shown_text(self) -> str:
        """Return the text exactly as it stands in the input."""
        return self._input.text()

    def _parse(self, text: str) -> tuple[FieldValue, str]:
        raise AssertionError(f"{type(self).__name__} cannot parse")

    def _format(self, value: FieldValue) -> str:
        raise AssertionError(f"{type(self).__name__} cannot format")

    def _take(self, widget: LineInput | AreaInput, *beside: QWidget) -> None:
        """Use this input, with other widgets beside it."""
        self._input = widget
        self._programmed = False
        if isinstance(widget, LineInput):
            widget.textEdited.connect(self._text_edited)
        else:
            widget.textChanged.connect(self._text_edited)
        widget.left.connect(self._left)
        widget.composing.connect(self._composing)
        self._set_input(widget, *beside, stretch=not self.input_width)

    def _text_edited(self) -> None:
        if not self._programmed:
            self._edited()

    def _left(self) -> None:
        """Tidy what can be read (so that １２ becomes 12), then emit."""
        value, unread = self._read()
        if not unread:
            self._put_text(self._format(value), undoable=True)
        self.commit()

    def _read(self) -> tuple[FieldValue, str]:
        return self._parse(self._input.text())

    def _show(self, value: FieldValue, unread: str) -> None:
        self._put_text(unread or self._format(value), undoable=False)

    def _replace(self, value: FieldValue, unread: str) -> None:
        self._put_text(unread or self._format(value), undoable=True)

    def _put_text(self, text: str, *, undoable: bool) -> None:
        self._programmed = True
        if undoable:
            self._input.replace_text(text)
        elif isinstance(self._input, AreaInput):
            self._input.setPlainText(text)
        else:
            self._input.setText(text)
        self._programmed = False

    def _flush(self) -> None:
        flush_input_method(self._input)

    def _text_in_progress(self) -> str:
        return self._input.text_in_progress()

    def _goes_on(self) -> bool:
        return self._pending or bool(self._input.preedit)

    def _unread_words(self) -> str:
        return f"⚠ 要確認 読み取れません。{self.example}".strip()

    def _fit(self) -> None:
        super()._fit()
        if self.input_width:
            self._input.setFixedWidth(size(self.input_width))
