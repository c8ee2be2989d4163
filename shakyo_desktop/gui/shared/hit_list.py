"""What a search found, under headings; the place of the words is bold, underlined and on a ground."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF
from PySide6.QtGui import QColor, QFont, QPainter, QTextCharFormat, QTextLayout
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem

from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.search import Snippet
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.shared.theme import colours, look, ui_font
from shakyo_desktop.services.search_hits import Hit, HitGroup

_COLUMNS = (Column("場所", 330), Column("項目・欄", 240), Column("見つかった文"))
_TEXT = 2
_GROUND = "#fff3b0"


class HitList(RowList):
    """Enter opens a hit; its key is the hit."""

    def __init__(self) -> None:
        super().__init__(_COLUMNS, "見つかったもの")
        self.setItemDelegateForColumn(_TEXT, _SnippetDelegate(self))

    def show_groups(self, groups: Sequence[HitGroup]) -> None:
        """Show these under the names of their groups; the first hit is chosen."""
        rows: list[Row] = []
        for group in groups:
            first = f"はじめの{len(group.hits)}件（ほかにもあります）"
            count = first if group.more else f"{len(group.hits)}件"
            rows.append(Row(group.found_in.value, (f"{group.found_in.label}　{count}",), section=True))
            rows += [_row(hit) for hit in group.hits]
        self.set_rows(rows)
        if self.selected_key() is None and groups:
            self.select_key(groups[0].hits[0], silent=True)
        self.scrollToTop()

    def chosen_hit(self) -> Hit | None:
        """The hit of the chosen row."""
        key = self.selected_key()
        return key if isinstance(key, Hit) else None


def _row(hit: Hit) -> Row:
    year = fiscal_year_name(hit.fiscal_year) if hit.fiscal_year else ""
    place = "　".join(part for part in (hit.org_name, year, hit.when) if part)
    snippet = hit.snippet
    words = f"{snippet.before}【{snippet.hit}】{snippet.after}"
    return Row(hit, (place or hit.item_name, item_and_field(hit), words))


def item_and_field(hit: Hit) -> str:
    """Which field of which item a hit stands in."""
    item = f"{hit.item_number} {hit.item_name}" if hit.item_number and hit.item_name else ""
    return f"{hit.label}　{item}".strip("　")


class _SnippetDelegate(QStyledItemDelegate):
    """Draws the text with its hit marked; a screen reader is given it in 【】."""

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        """Draw one cell."""
        shown: Any = option
        view: Any = shown.widget
        key = view.rows()[index.row()].key
        if not isinstance(key, Hit):
            super().paint(painter, option, index)
            return
        painter.save()
        if shown.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(shown.rect, QColor(colours().chosen_ground))
        painter.setClipRect(shown.rect)
        layout = _laid_out(key.snippet)
        rect = shown.rect.adjusted(8, 0, -8, 0)
        above = (rect.height() - layout.boundingRect().height()) / 2
        layout.draw(painter, QPointF(rect.left(), rect.top() + above))
        painter.restore()


def _laid_out(snippet: Snippet) -> QTextLayout:
    layout = QTextLayout(f"{snippet.before}{snippet.hit}{snippet.after}", ui_font())
    plain, marked = QTextCharFormat(), QTextCharFormat()
    plain.setForeground(QColor(colours().text))
    marked.setForeground(QColor(colours().text))
    marked.setFontWeight(QFont.Weight.Bold)
    marked.setFontUnderline(True)
    if not look().high_contrast:
        marked.setBackground(QColor(_GROUND))
    whole, hit = QTextLayout.FormatRange(), QTextLayout.FormatRange()
    whole.start, whole.length, whole.format = 0, len(layout.text()), plain
    hit.start, hit.length, hit.format = len(snippet.before), len(snippet.hit), marked
    layout.setFormats([whole, hit])
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(100_000)
    line.setPosition(QPointF(0, 0))
    layout.endLayout()
    return layout
