"""さがす: type a part of a word, see every place it stands in, Enter opens the place."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.shared.announcements import announce
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.buttons import PrimaryButton
from shakyo_desktop.gui.shared.fields.inputs import LineInput, flush_input_method
from shakyo_desktop.gui.shared.hit_list import HitList, item_and_field
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.theme import size
from shakyo_desktop.services.search import SearchService
from shakyo_desktop.services.search_hits import Hit, SearchResults

_HINT = (
    "さがす言葉を上の欄に入れてください。言葉の一部でも、1文字でもさがせます。\n"
    "空白で区切ると、どの言葉もある記録が見つかります。"
)
_NOTHING = (
    "「{}」は見つかりませんでした。\n言葉を短くするか、ひらがな・漢字を変えて、もう一度さがしてください。"
)
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_NARROW = 1040

Place = Callable[[Hit], tuple[str, object] | str]
"""Where a hit is opened: the screen's key and its target, or words that say why it is not."""


class SearchInput(LineInput):
    """``list_wanted``: Enter or the arrow down."""

    list_wanted = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and the arrow down go to what was found."""
        if event.key() in (*_ENTER, Qt.Key.Key_Down):
            event.accept()
            flush_input_method(self)
            self.list_wanted.emit()
            return
        super().keyPressEvent(event)


class SearchScreen(Page):
    """Searches beside the other work, the newest question last: typing never waits for it."""

    help_key = "search"

    def __init__(self, search: SearchService, worker: BackgroundWorker, place_of: Place) -> None:
        super().__init__("さがす", scrolling=False)
        self._search, self._worker, self._place_of = search, worker, place_of
        self._busy = False
        self._shown = SearchResults("")
        self.input = SearchInput()
        self.input.setAccessibleName("さがす言葉")
        self.input.textChanged.connect(self._ask)
        self.input.list_wanted.connect(self._go_to_list)
        label = plain_label("さがす言葉", wrap=False)
        label.setBuddy(self.input)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(label)
        row.addWidget(self.input, 1)
        self.said = plain_label("", "small")
        self.list = HitList()
        self.list.set_empty_text(_HINT)
        self.list.row_activated.connect(lambda _key: self._open())
        self.list.row_selected.connect(lambda _key: self._name_chosen())
        self.add_layout(row)
        self.add(self.said)
        self.add(self.list, 1)
        self.open_button = PrimaryButton("この場所を開く", "E", "chevron-right")
        self.open_button.clicked.connect(self._open)
        self.bar.add_right(self.open_button)
        self.bar.set_hint("Enter=見つかったものへ・場所を開く　Ctrl+F=さがす言葉に戻る")

    def enter(self) -> None:
        """Look at what is new since the last search, then ask again."""
        self._busy = True
        prepare = self._search.prepare
        self._worker.start(lambda _task: prepare(), lambda _none: self._go_on(), self._failed, self)

    def leave(self) -> None:
        """What was said about a place is old when one comes back."""
        self.messages.clear()

    def focus_first(self) -> None:
        """The question takes the keyboard; typing replaces it."""
        self.input.setFocus()
        self.input.selectAll()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Item and field step aside in narrow windows."""
        super().resizeEvent(event)
        self.list.setColumnHidden(1, self.width() < size(_NARROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back to the question."""
        if event.key() == Qt.Key.Key_Escape:
            self.focus_first()
            return
        super().keyPressEvent(event)

    def _ask(self) -> None:
        if not self._busy:
            self._go_on()

    def _go_on(self) -> None:
        """Ask what stands in the field now; what is typed meanwhile is asked afterwards."""
        asked = self.input.text()
        self._busy = True

        def done(results: SearchResults) -> None:
            self._busy = False
            if self.input.text() == asked:
                self._show(results)
            else:
                self._go_on()

        self._worker.start(lambda _task: self._search.find(asked), done, self._failed, self)

    def _show(self, results: SearchResults) -> None:
        self._shown = results
        asked = results.asked.strip()
        self.list.set_empty_text(_NOTHING.format(asked) if asked else _HINT)
        self.list.show_groups(results.groups)
        self.open_button.setVisible(bool(results.groups))
        self._name_chosen()
        self.said.setText(_said(results))
        if asked:
            announce(self, self.said.text(), urgent=False)

    def _name_chosen(self) -> None:
        """Item and field of the chosen hit, which a narrow window has no column for."""
        hit = self.list.chosen_hit()
        self.set_title_note(item_and_field(hit) if hit and self.list.isColumnHidden(1) else "")

    def _go_to_list(self) -> None:
        if self.list.chosen_hit() is not None:
            self.list.setFocus()

    def _open(self) -> None:
        hit = self.list.chosen_hit()
        if hit is None:
            self.messages.show_message("info", "開くものを一覧から選んでください。")
            return
        place = self._place_of(hit)
        if isinstance(place, str):
            self.messages.show_message("info", place)
        else:
            self.screen_requested.emit(*place)

    def _failed(self, error: ShakyoError) -> None:
        self._busy = False
        present(error, self.messages)


def _said(results: SearchResults) -> str:
    if not results.asked.strip():
        return ""
    if not results.groups:
        return "見つかりませんでした。"
    kinds = []
    for group in results.groups:
        more = "以上" if group.more else ""
        kinds.append(f"{group.found_in.label} {len(group.hits)}件{more}")
    return f"見つかったもの: {'、'.join(kinds)}"
