"""Everything about two versions that are joined: which they are, what comes in by itself, what to choose."""

from collections.abc import Mapping
from itertools import pairwise

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from shakyo_desktop.domain.joining_years import Side
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.differences_list import DifferencesList
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.joining.conflict_card import SIDES, ConflictCard
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.services.join_lines import JoinView

_MOST = 20
"""Cards at a time: more of them are asked for by a button, so that a long list is there at once."""
_NO_CONFLICT = "両方が違うことを書いたところは、ありません。「合わせる」を押すと、1つになります。"
_HOW = (
    "左と右を見て、正しいほうを選んでください。1と2の数字でも選べます。Enterで次へ進みます。\n"
    "選ばなかったほうも残り、あとで戻せます。"
)


class JoinBoard(QWidget):
    """``onward`` are the page's buttons, where Tab and Enter go after the last card.

    Signals: ``chosen`` choices by the key of a conflict; None takes one back.
    """

    chosen = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.cards: list[ConflictCard] = []
        self.onward: list[QWidget] = []
        self._view: JoinView | None = None
        self._choices: dict[str, Side | None] = {}
        self._shown = _MOST
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._parts: list[QWidget] = []
        self.progress = Chip()
        self.more_button = SecondaryButton("続きを出す")
        self.more_button.clicked.connect(self._show_more)
        self.brought_button = SecondaryButton("そのまま入るところを見る", icon_name="eye")
        self.all_buttons: list[SecondaryButton] = []

    def show_view(self, view: JoinView) -> None:
        """Show two versions, in place of those shown before."""
        same = self._view is not None and [one.key for one in self._view.lines] == [
            one.key for one in view.lines
        ]
        self._view = view
        self._choices = {line.key: line.chosen for line in view.lines}
        self._shown = self._shown if same else _MOST
        self._clear()
        self._put(self._make_summary(view))
        if view.lines:
            self._put(self._make_rules(view))
            self._put_cards(view, 0)
        self._order_stops()
        self._show_progress()

    def undecided(self) -> int:
        """How many conflicts are not chosen yet."""
        return sum(1 for side in self._choices.values() if side is None)

    def focus_first(self) -> bool:
        """Go to the first conflict that waits, else to the first one; False when there is none."""
        view = self._view
        if view is None or not view.lines:
            return False
        wanted = next((at for at, line in enumerate(view.lines) if self._choices[line.key] is None), 0)
        while wanted >= len(self.cards):
            self._show_more()
        self.cards[wanted].focus_input()
        return True

    def show_choices(self, choices: Mapping[str, Side | None]) -> None:
        """Show choices that were made elsewhere."""
        self._choices.update(choices)
        for card in self.cards:
            if card.line.key in choices:
                card.show_choice(choices[card.line.key])
        self._show_progress()

    def _make_summary(self, view: JoinView) -> Card:
        card = Card("2つの版")
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        for column, side in enumerate((view.here, view.other)):
            grid.setColumnStretch(column, 1)
            grid.addWidget(plain_label(f"{column + 1} {side.name}", "strong"), 0, column)
            grid.addWidget(plain_label(side.facts), 1, column)
        card.add_layout(grid)
        card.add(plain_label(_summary(view)))
        self.brought_button = SecondaryButton("そのまま入るところを見る", icon_name="eye")
        buttons = FlowBox()
        buttons.add(self.brought_button)
        card.add(buttons)
        buttons.setHidden(not view.brought)
        brought = DifferencesList(
            view.here.name, "入る内容", more="合わせたあとに、画面で項目ごとに読めます。"
        )
        brought.show_differences(view.brought)
        brought.hide()
        self.brought_button.clicked.connect(lambda: brought.setVisible(brought.isHidden()))
        card.add(brought)
        return card

    def _make_rules(self, view: JoinView) -> Card:
        card = Card(f"両方が違うことを書いたところ（{len(view.lines)}か所）")
        card.add(plain_label(_HOW))
        row = FlowBox()
        self.progress = Chip()
        row.add(self.progress)
        self.all_buttons = []
        for side, name in zip(SIDES, (view.here.name, view.other.name), strict=True):
            button = SecondaryButton(f"残りは全部「{name}」にする")
            button.clicked.connect(lambda _on=False, side=side: self._choose_rest(side))
            self.all_buttons.append(button)
            row.add(button)
        card.add(row)
        return card

    def _put_cards(self, view: JoinView, start: int) -> None:
        names = (view.here.name, view.other.name)
        for line in view.lines[start : self._shown]:
            card = ConflictCard(line, names, clearable=not view.finished)
            if self._choices[line.key] is not line.chosen:
                card.show_choice(self._choices[line.key])
            card.chosen.connect(self._chosen)
            self.cards.append(card)
            self._put(card)
        rest = len(view.lines) - len(self.cards)
        self.more_button = SecondaryButton(f"続きを出す（あと{rest}か所）")
        self.more_button.clicked.connect(self._show_more)
        self._put(self.more_button)
        self.more_button.setVisible(rest > 0)

    def _show_more(self) -> None:
        if self._view is None:
            return
        start = len(self.cards)
        self._take_away(self.more_button)
        self._shown = start + _MOST
        self._put_cards(self._view, start)
        self._order_stops()
        if start < len(self.cards):
            self.cards[start].focus_input()

    def _order_stops(self) -> None:
        """What was made just now comes before the buttons at the bottom, as the eye goes."""
        segments = [segment for card in self.cards for segment in card.segments]
        stops = [self.brought_button, *self.all_buttons, *segments, self.more_button, *self.onward]
        for first, second in pairwise(stop for stop in stops if self.window().isAncestorOf(stop)):
            QWidget.setTabOrder(first, second)

    def _chosen(self, key: str, side: Side | None) -> None:
        self._choices[key] = side
        self._show_progress()
        self.chosen.emit({key: side})

    def _choose_rest(self, side: Side) -> None:
        choices: dict[str, Side | None] = {key: side for key, one in self._choices.items() if one is None}
        if choices:
            self.show_choices(choices)
            self.chosen.emit(choices)

    def _show_progress(self) -> None:
        left = self.undecided()
        words = (f"あと{left}か所", "warning") if left else ("✓ 全部選びました", "saved")
        self.progress.set_chip(*words)
        for button in self.all_buttons:
            button.setHidden(not left)

    def _put(self, widget: QWidget) -> None:
        self._parts.append(widget)
        self._column.addWidget(widget)
        if self.isVisible():
            widget.show()  # at once, so that it can take the keyboard

    def _take_away(self, widget: QWidget) -> None:
        self._parts.remove(widget)
        self._column.removeWidget(widget)
        widget.hide()
        widget.deleteLater()

    def _clear(self) -> None:
        for part in tuple(self._parts):
            self._take_away(part)
        self.cards, self.all_buttons = [], []


def _summary(view: JoinView) -> str:
    here, other = view.here.name, view.other.name
    done = "入りました" if view.finished else "入ります"
    lines = [
        f"「{other}」だけが書いたところ {len(view.brought)}か所　→　そのまま{done}。",
        f"「{here}」だけが書いたところ {view.kept}か所　→　そのまま残ります。",
    ]
    if not view.lines and not view.finished:
        lines.append(_NO_CONFLICT)
    return "\n".join(lines)
