"""What a newer revision changes, as a list of fields with their old and new words, nothing cut off."""

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from shakyo_desktop.domain.compare import FieldDifference
from shakyo_desktop.gui.shared.labels import plain_label

_NONE = "違うところはありません。"
_MORE = "受け取ったあと「確認する」で、項目ごとに読めます。"
_MOST = 20
_TOP = Qt.AlignmentFlag.AlignTop
_WIDTHS = (0, 2, 4, 4)


class DifferencesList(QWidget):
    """Read-only; long texts wrap. The first ones are shown, the others counted and read in 確認する."""

    def __init__(
        self, old: str = "前の版", new: str = "今回の版", *, none: str = _NONE, more: str = _MORE
    ) -> None:
        """``more`` says where the rest is read, ``none`` that there is nothing."""
        super().__init__()
        self._sides = (old, new)
        self._none, self._more = none, more
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(16)
        self._grid.setVerticalSpacing(8)
        for column, stretch in enumerate(_WIDTHS):
            self._grid.setColumnStretch(column, stretch)

    def show_differences(self, found: Sequence[FieldDifference]) -> None:
        """Show these, in the order given; once."""
        self.setAccessibleName(f"違うところ {len(found)}件")
        if not found:
            self._put(0, (self._none,), "")
            return
        self._put(0, ("項目", "欄", *self._sides), "small")
        for at, one in enumerate(found[:_MOST], start=1):
            number = str(one.item_number) if one.item_number is not None else ""
            self._put(at, (number, one.label, one.old_text or "（なし）", one.new_text or "（なし）"), "")
        if len(found) > _MOST:
            words = f"ほかに{len(found) - _MOST}か所あります。{self._more}"
            self._put(_MOST + 1, (words,), "small")

    def _put(self, row: int, cells: Sequence[str], look: str) -> None:
        for column, words in enumerate(cells):
            span = 1 if len(cells) > 1 else len(_WIDTHS)
            label = plain_label(words, look)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
            self._grid.addWidget(label, row, column, 1, span, _TOP)
