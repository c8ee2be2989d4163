"""One place where both versions say something else: the two values side by side, one to be chosen."""

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QHBoxLayout, QSizePolicy, QWidget

from shakyo_desktop.domain.joining_years import Side
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields.choice import Segment
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.services.join_lines import JoinLine

SIDES = (Side.HERE, Side.OTHER)
_EMPTY = "（なし）"
_TOP = Qt.AlignmentFlag.AlignTop


class ConflictCard(Card):
    """1 and 2 or the arrows choose, Delete takes the choice back, Enter goes on to the next card.

    Signals:
        chosen: the key of the conflict and the side, None when the choice was taken back.
    """

    chosen = Signal(str, object)

    def __init__(self, line: JoinLine, names: tuple[str, str], *, clearable: bool) -> None:
        super().__init__()
        self.setProperty("is_field", True)  # Enter goes from card to card as from field to field
        self.line = line
        self._clearable = clearable
        self._group = QButtonGroup(self)
        self._names = names
        self.segments = [self._make_segment(at, name) for at, name in enumerate(names)]
        where = "　".join(part for part in (line.item, line.record) if part)
        self.setAccessibleName(f"{where}　{line.label}")
        self._chip = Chip()
        head = QHBoxLayout()
        head.setSpacing(12)
        head.addWidget(plain_label(f"{where}\n{line.label}" if where else line.label, "strong"), 1)
        head.addWidget(self._chip, 0, _TOP)
        self.add_layout(head)
        self.add_layout(self._make_sides())
        self._decided_by = plain_label("", "small")
        self.add(self._decided_by)
        self.show_choice(line.chosen, line.decided_by)

    def choice(self) -> Side | None:
        """Return the side that is chosen."""
        at = self._group.checkedId()
        return SIDES[at] if at >= 0 else None

    def show_choice(self, side: Side | None, decided_by: str = "") -> None:
        """Show a choice without telling anybody."""
        self._group.setExclusive(False)
        for one, segment in zip(SIDES, self.segments, strict=True):
            with QSignalBlocker(segment):
                segment.setChecked(one is side)
        self._group.setExclusive(True)
        self._decided_by.setText(f"選んだ人　{decided_by}" if decided_by else "")
        self._decided_by.setVisible(bool(decided_by))
        self._mark()

    def focus_input(self) -> None:
        """Give the chosen side the keyboard, or the first one."""
        self.segments[max(self._group.checkedId(), 0)].setFocus(Qt.FocusReason.TabFocusReason)

    def _make_segment(self, at: int, name: str) -> Segment:
        segment = Segment(at + 1, name)
        line = self.line
        value, by = (line.here, line.here_by) if SIDES[at] is Side.HERE else (line.other, line.other_by)
        where = "　".join(part for part in (line.item, line.record, line.label) if part)
        segment.setAccessibleName(f"{name}　{value or _EMPTY}")
        segment.setAccessibleDescription(f"{where}　{by}")
        segment.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._group.addButton(segment, at)
        segment.toggled.connect(self._toggled)
        segment.numbered.connect(lambda number: self._choose(number - 1))
        segment.stepped.connect(lambda step: self._choose((at + step) % len(SIDES)))
        segment.cleared.connect(self._clear)
        return segment

    def _make_sides(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(8)
        values = ((self.line.here, self.line.here_by), (self.line.other, self.line.other_by))
        for column, (value, by) in enumerate(values):
            grid.setColumnStretch(column, 1)
            grid.addWidget(self.segments[column], 0, column)
            grid.addWidget(_quiet(value or _EMPTY, ""), 1, column, _TOP)
            grid.addWidget(_quiet(by, "small"), 2, column, _TOP)
        return grid

    def _choose(self, at: int) -> None:
        if 0 <= at < len(SIDES):
            self.segments[at].setChecked(True)
            self.segments[at].setFocus(Qt.FocusReason.TabFocusReason)

    def _clear(self) -> None:
        if self._clearable and self.choice() is not None:
            self.show_choice(None)
            self.focus_input()
            self.chosen.emit(self.line.key, None)

    def _toggled(self, on: bool) -> None:
        if on:
            self._mark()
            self.chosen.emit(self.line.key, self.choice())

    def _mark(self) -> None:
        decided = self.choice() is not None
        self._chip.set_chip(*(("✓ 選びました", "saved") if decided else ("▲ まだです", "warning")))
        stop = max(self._group.checkedId(), 0)  # one stop for Tab, as radio buttons have
        for at, segment in enumerate(self.segments):
            policy = Qt.FocusPolicy.StrongFocus if at == stop else Qt.FocusPolicy.ClickFocus
            segment.setFocusPolicy(policy)
            sign = "✓ " if segment.isChecked() else ""  # never by colour alone
            segment.setText(f"{sign}{at + 1} {self._names[at]}")


def _quiet(words: str, role: str) -> QWidget:
    label = plain_label(words, role)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
    return label
