"""ほかの地区の成果事例: what the office shares, to be read in comfort."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card, EmptyState
from shakyo_desktop.gui.shared.fields.items import QuietComboBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.reading_text import ReadingText
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.shared_lines import ReceivedPractice, ReceivedPractices

_EMPTY = (
    "ほかの地区の成果事例は、まだ届いていません。\n"
    "事務所の返事を「返事」で受け取ると、いっしょに届いた事例をここで読めます。"
)
_COLUMNS = (Column("題名"), Column("地区部会", 168))
_SIZES = (16, 18, 22, 28, 34)
_ALL = "すべての取組項目"


class SharedPracticesScreen(Page):
    """A list of stories and the chosen one beside it, in the size of type that one likes."""

    help_key = "shared-practices"

    def __init__(self, services: Services, worker: BackgroundWorker) -> None:
        super().__init__("ほかの地区の成果事例", scrolling=False)
        self._services, self._worker = services, worker
        self._received = ReceivedPractices((), 0)
        self._size = 1
        self.text = ReadingText("成果事例の内容")
        self.items = QuietComboBox("取組項目で選ぶ")
        self.items.activated.connect(lambda _index: self._show_list())
        self.list = RowList(_COLUMNS, "ほかの地区の成果事例の一覧")
        self.list.row_selected.connect(lambda _key: self._show_story())
        self.list.row_activated.connect(lambda _key: self.text.setFocus())
        self.place = plain_label("", "small")
        self.larger_button = SecondaryButton("文字を大きく", "L", "plus")
        self.larger_button.clicked.connect(lambda: self._resize_text(1))
        self.smaller_button = SecondaryButton("文字を小さく", "S")
        self.smaller_button.clicked.connect(lambda: self._resize_text(-1))
        self.note = plain_label("", "small")
        self._empty = EmptyState("star", _EMPTY)
        self._body = self._make_reading()
        self.add(self._body, 1)
        self.add(self._empty, 1)
        self.add(self.note)
        self._show(ReceivedPractices((), 0))

    def enter(self) -> None:
        """Read what has come."""
        replies = self._services.replies
        self._worker.run(
            replies.shared_practices,
            self._show,
            lambda error: present(error, self.messages, "もう一度", self.enter),
            owner=self,
        )

    def focus_first(self) -> None:
        """The list takes the keyboard."""
        self.list.setFocus()

    def _make_reading(self) -> QWidget:
        body = QWidget()
        row = QHBoxLayout(body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        left = QVBoxLayout()
        left.setSpacing(12)
        left.addWidget(self.items)
        left.addWidget(self.list, 1)
        card = Card()
        self.title_label = plain_label("", "subheading")
        card.add(self.title_label)
        card.add(self.place)
        card.add(self.text, 1)
        sizes = QHBoxLayout()
        sizes.setSpacing(12)
        sizes.addWidget(self.smaller_button, 0, Qt.AlignmentFlag.AlignLeft)
        sizes.addWidget(self.larger_button, 0, Qt.AlignmentFlag.AlignLeft)
        sizes.addStretch(1)
        card.add_layout(sizes)
        row.addLayout(left, 2)
        row.addWidget(card, 3)
        return body

    def _show(self, received: ReceivedPractices) -> None:
        self._received = received
        self._body.setVisible(bool(received.shown))
        self._empty.setVisible(not received.shown)
        self.note.setText(_note(received.no_longer))
        self.note.setVisible(bool(received.no_longer))
        self.set_title_note(f"{len(received.shown)}件" if received.shown else "")
        chosen = self.items.currentData()
        self.items.clear()
        self.items.addItem(_ALL, None)
        for number, name in sorted({one.item_number: one.item_name for one in received.shown}.items()):
            self.items.addItem(f"{number} {name}", number)
        self.items.setCurrentIndex(max(0, self.items.findData(chosen)))
        self._show_list()

    def _fitting(self) -> Sequence[ReceivedPractice]:
        wanted = self.items.currentData()
        return [one for one in self._received.shown if wanted is None or one.item_number == wanted]

    def _show_list(self) -> None:
        stories = self._fitting()
        self.list.set_rows([Row(one.id, (one.title, one.org_name)) for one in stories])
        if self.list.selected_key() is None and stories:
            self.list.select_key(stories[0].id, silent=True)
        self._show_story()

    def _show_story(self) -> None:
        story = next((one for one in self._fitting() if one.id == self.list.selected_key()), None)
        self.title_label.setText(story.title if story else "")
        self.place.setText(_place(story) if story else "")
        self.text.set_text(story.story if story else "")

    def _resize_text(self, step: int) -> None:
        self._size = min(max(self._size + step, 0), len(_SIZES) - 1)
        self.text.set_pixels(_SIZES[self._size])


def _place(story: ReceivedPractice) -> str:
    year = fiscal_year_name(story.fiscal_year) if story.fiscal_year else ""
    parts = (story.org_name, year, f"{story.item_number} {story.item_name}".strip())
    return "　".join(part for part in parts if part)


def _note(no_longer: int) -> str:
    return f"前に届いた事例のうち{no_longer}件は、事務所がいまは紹介していないので、出していません。"
