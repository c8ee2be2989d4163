"""Text fields: one line or several, repaired when read, with a counter instead of a limit."""

from collections.abc import Sequence

from PySide6.QtCore import QStringListModel, Qt
from PySide6.QtWidgets import QCompleter, QWidget

from shakyo_desktop.domain.records import FieldValue
from shakyo_desktop.domain.text import repair_text
from shakyo_desktop.gui.shared.fields.inputs import AreaInput, LineInput
from shakyo_desktop.gui.shared.fields.typed import TypedField
from shakyo_desktop.gui.shared.printable import unprintable
from shakyo_desktop.gui.shared.theme import size

AREA_HEIGHT = 120
_NEARLY_FULL = 5


class _WordsField(TypedField):
    """Text that will stand on paper: says when a character cannot be printed; the text itself stays."""

    def _left(self) -> None:
        super()._left()
        self._warn()

    def _show(self, value: FieldValue, unread: str) -> None:
        super()._show(value, unread)
        self._warn()

    def _replace(self, value: FieldValue, unread: str) -> None:
        super()._replace(value, unread)
        self._warn()

    def _warn(self) -> None:
        missing = unprintable(self.shown_text())
        self.remarks.set_line("glyphs", f"印刷すると「〓」になる文字があります: {missing}" if missing else "")


class TextField(_WordsField):
    """One line of text; `completions` are what was typed here before."""

    copy_words = "前年度の文を入れる"

    def __init__(
        self,
        name: str,
        label: str,
        *,
        length: int = 0,
        completions: Sequence[str] = (),
        hint: str = "",
        label_place: str = "left",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, hint=hint, label_place=label_place, parent=parent)
        self.length = length
        self._words = QStringListModel(self)
        line = LineInput()
        line.setCompleter(self._make_completer())
        self._take(line)
        line.textChanged.connect(self._count)
        self.set_completions(completions)

    def set_completions(self, words: Sequence[str]) -> None:
        """Offer these texts while somebody types."""
        self._words.setStringList(list(words))

    def _make_completer(self) -> QCompleter:
        completer = QCompleter(self._words, self)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        popup = completer.popup()
        if popup is not None:
            popup.setProperty("role", "completions")
        completer.activated.connect(self._text_edited)
        return completer

    def _parse(self, text: str) -> tuple[FieldValue, str]:
        repaired = repair_text(text, multiline=False)
        return (repaired if repaired or "." not in self.name else None), ""  # no empty entries in mappings

    def _format(self, value: FieldValue) -> str:
        return value if isinstance(value, str) else ""

    def _count(self) -> None:
        left = self.length - len(str(self.value() or ""))
        if self.length and left <= max(_NEARLY_FULL, self.length // 10):
            self.remarks.count(counter_words(left, self.length))
        elif self.length:
            self.remarks.set_line("hint", "")


class MultilineField(_WordsField):
    """Several lines of text with a counter; Ctrl+Enter leaves it."""

    copy_words = "前年度の文を入れる"

    def __init__(
        self,
        name: str,
        label: str,
        *,
        length: int = 0,
        height: int = AREA_HEIGHT,
        label_place: str = "left",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(name, label, label_place=label_place, parent=parent)
        self.length = length
        self._height = height
        area = AreaInput()
        self._take(area)
        area.textChanged.connect(self._count)
        self._count()

    def _parse(self, text: str) -> tuple[FieldValue, str]:
        return repair_text(text, multiline=True), ""

    def _format(self, value: FieldValue) -> str:
        return value if isinstance(value, str) else ""

    def _count(self) -> None:
        if self.length:
            left = self.length - len(str(self.value()))
            self.remarks.count(counter_words(left, self.length))

    def _fit(self) -> None:
        super()._fit()
        self._input.setFixedHeight(size(self._height))


def counter_words(left: int, length: int) -> str:
    """Return what the counter says; nothing is ever cut off."""
    if left >= 0:
        return f"あと{left}文字"
    return f"{-left}文字多いです（{length}文字まで）"
