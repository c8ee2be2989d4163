"""One story: the office's wording on one side, the district's own words on the other."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QScrollArea, QVBoxLayout, QWidget

from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.records import Photo
from shakyo_desktop.domain.sharing import STORY_LENGTH, TITLE_LENGTH
from shakyo_desktop.gui.shared.buttons import LinkButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields.text import MultilineField, TextField
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.gui.shared.theme import size
from shakyo_desktop.gui.ward.practices.standing_words import MARKS, TONES, place_words, sentence
from shakyo_desktop.gui.ward.practices.story_photos import StoryPhotos
from shakyo_desktop.services.practice_rows import PracticeRow
from shakyo_desktop.services.sharing import Edition

_SIDE_BY_SIDE = 1000
_HEIGHT = 230
_NONE = "（この事例は、いまの報告にありません）"


class StoryPage(QScrollArea):
    """Shows and takes what is typed; stores nothing itself.

    Signals:
        edited: the field's name and what was typed or chosen (``title``, ``story``, ``photo_ids``).
        editions_wanted: the person wants to see what was changed so far.
    """

    edited = Signal(str, object)
    editions_wanted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.chip = Chip("", "plain")
        self.place = plain_label("", "strong")
        self.advice = plain_label("")
        self.title_field = TextField("title", "題名", length=TITLE_LENGTH, label_place="above")
        self.story_field = MultilineField(
            "story", "内容", length=STORY_LENGTH, height=_HEIGHT, label_place="above"
        )
        for field in (self.title_field, self.story_field):
            field.changed.connect(lambda name, value, _unread: self.edited.emit(name, value))
            field.typing.connect(lambda name, text: self.edited.emit(name, text))
        self.photos = StoryPhotos()
        self.photos.changed.connect(lambda ids: self.edited.emit("photo_ids", ids))
        self.original_title = plain_label("", "strong")
        self.original_story = plain_label("")
        self.editions_button = LinkButton("直した記録を見る")
        self.editions_button.clicked.connect(self.editions_wanted)
        self.editions = plain_label("", "small")
        self.setWidget(self._make_body())

    def show_row(self, row: PracticeRow, photos: Sequence[tuple[Photo, bytes]], *, fresh: bool) -> None:
        """Show a story; ``fresh`` is another one than before, else what is being typed stays."""
        mark = MARKS[row.standing]
        self.chip.set_chip(f"{mark.symbol} {row.standing.label}", TONES[row.standing])
        self.place.setText(place_words(row))
        self.advice.setText(sentence(row))
        for field, value in ((self.title_field, row.wording.title), (self.story_field, row.wording.story)):
            (field.set_value if fresh else field.refresh_value)(value)
        self.photos.show_photos(photos, row.wording.photo_ids, row.without_consent)
        self.original_title.setText(row.practice.title if row.practice else _NONE)
        self.original_story.setText(row.practice.story if row.practice else "")
        if fresh:
            self.editions.hide()
            self.editions_button.show()
            self.verticalScrollBar().setValue(0)

    def show_editions(self, editions: Sequence[Edition]) -> None:
        """List what was changed, newest first."""
        self.editions.setText("\n".join(map(_edition_words, editions)) or "まだ何も直していません。")
        self.editions.show()
        self.editions_button.hide()

    def commit(self) -> None:
        """Emit what is pending."""
        self.title_field.commit()
        self.story_field.commit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the two texts below each other where there is no room beside."""
        super().resizeEvent(event)
        wide = self.viewport().width() >= size(_SIDE_BY_SIDE)
        way = QBoxLayout.Direction
        self._pair.setDirection(way.LeftToRight if wide else way.TopToBottom)

    def _make_body(self) -> QWidget:
        body = QWidget()
        body.setProperty("role", "page")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(12)
        head = Card()
        for widget in (self.chip, self.place, self.advice):
            head.add(widget)
        own = Card("紹介する文（区がととのえる文）")
        own.add(self.title_field)
        own.add(self.story_field)
        original = Card("地区部会が書いた文（このまま残ります）")
        original.add(self.original_title)
        original.add(self.original_story)
        original.body.addStretch(1)
        pictures = Card("写真")
        pictures.add(self.photos)
        changes = Card()
        changes.add(self.editions_button)
        changes.body.setAlignment(self.editions_button, Qt.AlignmentFlag.AlignLeft)
        changes.add(self.editions)
        self._pair = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._pair.setSpacing(12)
        self._pair.addWidget(own, 3)
        self._pair.addWidget(original, 2)
        column.addWidget(head)
        column.addLayout(self._pair)
        column.addWidget(pictures)
        column.addWidget(changes)
        column.addStretch(1)
        return body


def _edition_words(one: Edition) -> str:
    undone = "（元に戻しました）" if one.undone else ""
    text = one.text.replace("\n", "　")
    shown = f"{text[:60]}…" if len(text) > 60 else text
    who = f"　{one.who}" if one.who else ""
    return f"{era_timestamp(one.at)}{who}　{one.label}（{one.source}）{undone}: {shown}"
