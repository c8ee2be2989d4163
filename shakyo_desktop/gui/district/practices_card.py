"""成果事例 of one item: stories to share, each with its consent and photos."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.domain.field_values import get_field, ref_of
from shakyo_desktop.domain.fields import PRACTICE_FIELDS
from shakyo_desktop.domain.records import GoodPractice, RecordRef
from shakyo_desktop.gui.district.photos_field import PhotosField
from shakyo_desktop.gui.district.record_form import RecordForm
from shakyo_desktop.gui.shared.buttons import DangerButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields import Form, field_for
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.photo_strip import PhotoTile

_SHOWN = ("title", "story", "consent")
_ABOUT = "うまくいったことを、ほかの地区にも紹介できます。書かなくてもかまいません。"


class PracticeForm(RecordForm):
    """One story."""

    delete_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        form = Form()
        for spec in PRACTICE_FIELDS:
            if spec.name in _SHOWN:
                form.add(field_for(spec))
        self.photos = PhotosField("photo_ids", "写真")
        form.add(self.photos)
        self.column.addWidget(self.use(form))
        self.delete_button = DangerButton("この成果事例を消す", icon_name="trash-2")
        self.delete_button.clicked.connect(lambda: self.delete_requested.emit(self.ref))
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self.delete_button)
        self.column.addLayout(row)

    def show_practice(self, practice: GoodPractice) -> None:
        """Show this story, or newer values of it."""
        values = {name: get_field(practice, name) for name in (*_SHOWN, "photo_ids")}
        if self.ref == ref_of(practice):
            self.refresh_values(values, practice.unread)
        else:
            self.show_values(ref_of(practice), values, practice.unread)


class PracticesCard(Card):
    """All stories of an item and a button for one more. Forms are kept and used again."""

    new_requested = Signal()
    delete_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("成果事例", parent)
        self._about = plain_label(_ABOUT, "secondary")
        self.new_button = SecondaryButton("成果事例を書く", icon_name="star")
        self.new_button.clicked.connect(self.new_requested)
        self._forms: list[PracticeForm] = []
        self._column = QVBoxLayout()
        self._column.setSpacing(16)
        row = QHBoxLayout()
        row.addWidget(self.new_button)
        row.addStretch(1)
        self.add(self._about)
        self.add_layout(self._column)
        self.add_layout(row)

    def forms(self) -> list[PracticeForm]:
        """Return the forms that show a story."""
        return [form for form in self._forms if form.ref is not None]

    def form_of(self, ref: RecordRef) -> PracticeForm | None:
        """Return the form of one story."""
        return next((form for form in self._forms if form.ref == ref), None)

    def prepare(self, count: int) -> list[PracticeForm]:
        """Make sure there are so many forms and return those that are new, for their signals."""
        added = []
        while len(self._forms) < count:
            form = PracticeForm()
            form.delete_requested.connect(self.delete_requested)
            self._forms.append(form)
            self._column.addWidget(form)
            added.append(form)
        return added

    def show_practices(self, practices: Sequence[GoodPractice], photos: Sequence[PhotoTile]) -> None:
        """Show these stories; `prepare` was called for as many."""
        for form, practice in zip(self._forms, practices, strict=False):
            form.photos.set_photos(photos)
            form.show_practice(practice)
            form.show()
        for form in self._forms[len(practices) :]:
            form.commit()
            form.ref = None
            form.hide()
        self._about.setVisible(not practices)
        self.new_button.set_words("もう1つ書く" if practices else "成果事例を書く")

    def commit(self) -> None:
        """Emit everything that is pending."""
        for form in self._forms:
            form.commit()
