"""Text found after the program ended in the middle of typing: said, and both texts kept."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.theme import set_role
from shakyo_desktop.services.found_drafts import FoundDraft

_ABOUT = (
    "前回、保存する前に終わった書きかけが見つかりました。\n"
    "どちらの文も「変更の記録」に残ります。使うほうを選んでください。"
)
_BLANK = "（空）"


class DraftsPanel(QWidget):
    """One card per text; the choice is made with two buttons."""

    use_requested = Signal(object)
    drop_requested = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._drafts: tuple[tuple[FoundDraft, str], ...] = ()
        self.cards: list[DraftCard] = []
        self.hide()

    def show_drafts(self, drafts: Sequence[tuple[FoundDraft, str]]) -> None:
        """Show these texts, each with the words that name its record."""
        if tuple(drafts) == self._drafts:
            return
        self._drafts = tuple(drafts)
        for card in self.cards:
            self._column.removeWidget(card)
            card.hide()
            card.deleteLater()
        self.cards = [DraftCard(draft, title, self) for draft, title in drafts[:1]]
        for card in self.cards:
            self._column.addWidget(card)
            card.set_count(len(drafts))
        self.setVisible(bool(drafts))


class DraftCard(Card):
    """One text that was found."""

    def __init__(self, draft: FoundDraft, title: str, panel: DraftsPanel) -> None:
        super().__init__()
        set_role(self, "message-warning")
        self._count = plain_label("", "small")
        where = f"{title}　{draft.label}" if title else draft.label
        self.add(plain_label(_ABOUT, "strong"))
        self.add(plain_label(f"{where}　（{era_timestamp(draft.at)}）"))
        self.add(plain_label(f"今の内容: {draft.old_text or _BLANK}"))
        self.add(plain_label(f"書きかけ: {draft.new_text or _BLANK}"))
        self.use_button = PrimaryButton("書きかけを使う")
        self.use_button.clicked.connect(lambda: panel.use_requested.emit(draft))
        self.drop_button = SecondaryButton("今のままにする")
        self.drop_button.clicked.connect(lambda: panel.drop_requested.emit(draft))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self.use_button)
        row.addWidget(self.drop_button)
        row.addWidget(self._count)
        row.addStretch(1)
        self.add_layout(row)

    def set_count(self, count: int) -> None:
        """Say how many texts wait in all."""
        self._count.setText(f"全部で{count}件あります" if count > 1 else "")
