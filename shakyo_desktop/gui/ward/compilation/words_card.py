"""One of the ward's texts about a node, with what the districts wrote beside it."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields import Form, MultilineField
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.theme import size, theme_signals
from shakyo_desktop.gui.ward.compilation.texts_list import Said, TextsList

LENGTH = 2000
_HEIGHT, _BESIDE = 176, 640
_NOBODY = "地区部会の文はありません。"


class WordsCard(Card):
    """Signals: ``changed`` key, field, value, unread; ``typing`` key, field, text, as `Form`."""

    changed = Signal(object, str, object, str)
    typing = Signal(object, str, str)

    def __init__(self, name: str, title: str, source: str) -> None:
        """``source`` is what the districts' texts are called."""
        super().__init__(f"取りまとめの{title}")
        self.form = Form()
        self.field = MultilineField(name, f"区の{title}", length=LENGTH, height=_HEIGHT, label_place="above")
        self.form.add(self.field)
        self.form.changed.connect(self.changed)
        self.form.typing.connect(self.typing)
        self.reading = plain_label()
        self.texts = TextsList(f"地区部会の{source}")
        self.texts.taken.connect(self._take)
        self.take_button = SecondaryButton("この文を入れる", icon_name="copy")
        self.take_button.setAccessibleName(f"区の{title}に、選んだ地区部会の文を入れる")
        self.take_button.clicked.connect(self._take_chosen)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._row.setSpacing(16)
        self.drawn = self._make_drawn(source)
        self._row.addWidget(self._make_own(), 1)
        self._row.addWidget(self.drawn, 1)
        self.add_layout(self._row)
        self.nobody = plain_label(_NOBODY, "small")
        self.add(self.nobody)
        theme_signals().changed.connect(self._fit)
        self._fit()

    def show_words(self, key: object, text: str, texts: Sequence[Said], *, open_: bool) -> None:
        """Show the text about a node; one that cannot be written in is only read."""
        self.form.show_record(key, {self.field.name: text})
        self.form.setVisible(open_)
        self.reading.setText(text or "（書いてありません）")
        self.reading.setVisible(not open_)
        self.texts.set_texts(texts)
        self.drawn.setVisible(bool(texts))
        self.nobody.setVisible(not texts)
        self.take_button.setVisible(open_)

    def refresh_words(self, text: str) -> None:
        """Show a newer text of the same node."""
        self.form.refresh({self.field.name: text})
        self.reading.setText(text or "（書いてありません）")

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Beside each other where there is room, else below."""
        super().resizeEvent(event)
        wide = event.size().width() >= size(_BESIDE)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        if self._row.direction() != way:
            self._row.setDirection(way)

    def _take_chosen(self) -> None:
        chosen = self.texts.chosen()
        if chosen is not None:
            self._take(chosen)

    def _take(self, said: Said) -> None:
        """Put a district's sentence with its name at the end; Ctrl+Z takes it out again."""
        if self.form.isHidden():
            return
        self.field.commit()
        text = str(self.field.value() or "")
        gap = "" if not text or text.endswith("\n") else "\n"
        self.field.put_value(f"{text}{gap}{said.sentence()}")

    def _make_own(self) -> QWidget:
        own = QWidget()
        column = QVBoxLayout(own)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.form)
        column.addWidget(self.reading)
        column.addStretch(1)
        return own

    def _make_drawn(self, source: str) -> QWidget:
        drawn = QWidget()
        column = QVBoxLayout(drawn)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        label = plain_label(f"地区部会の{source}", wrap=False)
        label.setBuddy(self.texts)
        column.addWidget(label)
        column.addWidget(self.texts)
        column.addWidget(self.take_button, 0, Qt.AlignmentFlag.AlignLeft)
        column.addStretch(1)
        return drawn

    def _fit(self) -> None:
        self.texts.setFixedHeight(size(_HEIGHT))
