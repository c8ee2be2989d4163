"""A sheet of paper on the screen: the same rows under the same numbers, keyed from left to right."""

from collections.abc import Iterable, Mapping

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QCheckBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from shakyo_desktop.domain.forms.keyed import COUNTED
from shakyo_desktop.domain.forms.layout import Box, BoxKind, FormCode, Row
from shakyo_desktop.domain.forms.shortcuts import OFFERED, cannot_apply, with_month_above, words_of_number
from shakyo_desktop.gui.paper.key_line import FigureLine, WordsLine, line_for
from shakyo_desktop.gui.shared.fields.inputs import flush_input_method
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.theme import set_role, size
from shakyo_desktop.services.keying_sheet import KeyingSheet

_PAUSE_MS = 800
_TITLE_WIDTH = 190
_DIGIT_WIDTH = 120
_CODE = "SHAKYO/"
KeyLine = WordsLine | FigureLine


class SheetView(QScrollArea):
    """Signals:
    keyed: a box's number and what was typed, once for every new content.
    reached: the number of the box that has the keyboard now.
    voided: a row's number and whether it is struck out.
    scanned: the text of a sheet's QR code, typed by a hand scanner into whatever box it was.
    finished: Enter was pressed in the last box.
    """

    keyed = Signal(str, str)
    reached = Signal(str)
    voided = Signal(str, bool)
    scanned = Signal(str)
    finished = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self._lines: dict[str, KeyLine] = {}
        self._order: list[str] = []
        self._known: dict[str, str] = {}
        self._rows: dict[str, str] = {}
        self._signs: dict[str, QLabel] = {}
        self._remarks: dict[str, str] = {}
        self._grid: list[Row] = []
        self._sheet: KeyingSheet | None = None
        self._year = 0
        self._jumped = ""
        self._current = ""
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MS)
        self._pause.timeout.connect(self.commit)

    def show_sheet(self, sheet: KeyingSheet, second: Iterable[str] | None = None) -> None:
        """Show a sheet; with ``second`` only the figures of those rows, empty, to be keyed again blind."""
        self._pause.stop()
        self._lines, self._known, self._signs, self._remarks, self._rows = {}, {}, {}, {}, {}
        self._current = ""
        self._sheet, self._year, self._jumped = sheet, sheet.key.fiscal_year, ""
        wanted = None if second is None else set(second)
        body = QWidget()
        set_role(body, "page")
        column = QVBoxLayout(body)
        column.setContentsMargins(0, 0, 12, 0)
        column.setSpacing(8)
        self._grid = [row for row in sheet.page.rows if wanted is None or _asked(row, wanted)]
        boxes = [box for row in self._grid for box in row.boxes if wanted is None or box.kind in COUNTED]
        for box in boxes:
            line = self._make_line(box)
            line.numbers = [item.number for item in sheet.plan.items]
            text = sheet.text(box.number) if wanted is None else ""
            line.put(text)
            self._known[box.number] = text
        self._order = [box.number for box in boxes]
        if sheet.key.form is FormCode.F4 or len({len(row.boxes) for row in self._grid}) > 1:
            self._lay_out_blocks(column)
        else:
            self._lay_out_table(column, sheet, void=sheet.key.form is FormCode.F1 and wanted is None)
        column.addStretch(1)
        self.setWidget(body)

    def focus_box(self, number: str = "") -> None:
        """Give a box the keyboard; the first one that is still empty when none is named."""
        useless = cannot_apply(self._grid, self.texts(), self._year)
        free = (name for name in self._order if name not in useless)
        empty = next((name for name in free if not self._lines[name].text()), None)
        target = number if number in self._lines else empty or (self._order[0] if self._order else "")
        if target:
            self._lines[target].setFocus(Qt.FocusReason.TabFocusReason)

    def line(self, number: str) -> KeyLine:
        """The line of a box."""
        return self._lines[number]

    def current(self) -> str:
        """The box that has the keyboard, "" before any had it."""
        return self._current

    def numbers(self) -> list[str]:
        """The boxes that are keyed here, in their order."""
        return list(self._order)

    def following(self, number: str) -> str:
        """The box that is keyed after this one, itself when it is the last."""
        return self._next(number) or number

    def set_remark(self, number: str, remark: str) -> None:
        """Say what is to be looked at in a box."""
        self._remarks[number] = remark
        if number in self._lines:
            self._lines[number].set_remark(remark)
            self._show_sign(self._rows[number])

    def clear_remark(self, row: Row, remark: str) -> None:
        """Take a remark back in every box of a row, once there is no more reason for it."""
        for box in row.boxes:
            if self._remarks.get(box.number) == remark:
                self.set_remark(box.number, "")

    def set_text(self, number: str, text: str) -> None:
        """Show what a box holds now."""
        self._lines[number].put(text)
        self._known[number] = text

    def commit(self) -> None:
        """Hand over what stands in the box that has the keyboard, finished or not."""
        line = self._lines.get(self._current)
        if line is not None:
            flush_input_method(line)
            self._hand_over(self._current)

    def texts(self) -> Mapping[str, str]:
        """What stands in every box."""
        return {number: line.text() for number, line in self._lines.items()}

    def _make_line(self, box: Box) -> KeyLine:
        line, number = line_for(box), box.number
        line.went_on.connect(lambda step: self._enter(number, step))
        line.completed.connect(lambda: self._go_by_itself(number))
        line.ditto_requested.connect(lambda: self._ditto(number))
        line.entered.connect(lambda: self._entered(number))
        line.left.connect(lambda: self._leave(number))
        line.textEdited.connect(lambda _text: self._pause.start())
        self._lines[number] = line
        return line

    def _entered(self, number: str) -> None:
        self._current = number
        self.ensureWidgetVisible(self._lines[number], 0, size(60))
        self.reached.emit(number)

    def _leave(self, number: str) -> None:
        """A box is finished: what was typed short is written out, so that it can be read beside the paper."""
        line = self._lines.get(number)
        if line is not None:
            line.put(self._written_out(line.box, line.text()))
        self._hand_over(number)

    def _written_out(self, box: Box, text: str) -> str:
        if text == self._known[box.number]:
            return text
        if box.kind is BoxKind.DATE:
            column = self._column(box.number)
            before = [self._lines[one].text() for one in column[: column.index(box.number)]]
            above = next((one for one in reversed(before) if one), "")
            return with_month_above(text, above, self._year)
        return words_of_number(text, self.offered(box.number))

    def offered(self, number: str) -> tuple[str, ...]:
        """The known words a digit stands for in a box: places, or what an item's activities were about.

        Those of the diary come first, then what was keyed on this sheet, so that no number changes while
        the sheet is open.
        """
        field = self._lines[number].box.field
        if self._sheet is None or field not in ("venue", "content"):
            return ()
        column = self._column(number)
        known: list[str] = list(self._sheet.places)
        if field == "content":
            items = {one: self._item_beside(one) for one in column}
            known = list(self._sheet.words.get(items[number], ()))
            column = [one for one in column if items[one] == items[number]]
        keyed = (self._lines[one].text() for one in column if one != number)
        return tuple(dict.fromkeys([*known, *(text for text in keyed if len(text) > 1)]))[:OFFERED]

    def _item_beside(self, number: str) -> int:
        """The item of the row a box stands in, 0 for none."""
        row = next(row for row in self._grid if any(box.number == number for box in row.boxes))
        text = next((self._lines[box.number].text() for box in row.boxes if box.field == "item_number"), "")
        return int(text) if text.isdecimal() else 0

    def _hand_over(self, number: str) -> None:
        self._pause.stop()
        line = self._lines.get(number)
        if line is None:
            return
        text = line.text()
        if text.upper().startswith(_CODE):
            line.put(self._known[number])
            self.scanned.emit(text)
            return
        if text != self._known[number]:
            self._known[number] = text
            self.keyed.emit(number, text)

    def _go_by_itself(self, number: str) -> None:
        self._go(number, 1)
        self._jumped = self._current if self._current != number else ""

    def _enter(self, number: str, step: int) -> None:
        """Enter by habit after a box that went on by itself must not pass over the next one."""
        by_habit = step > 0 and number == self._jumped and not self._lines[number].text()
        self._jumped = ""
        if not by_habit:
            self._go(number, step)

    def _go(self, number: str, step: int) -> None:
        text = self._lines[number].text()
        self._leave(number)
        if text.upper().startswith(_CODE):
            return
        at = self._order.index(number)
        target = self._next(number) if step > 0 else (self._order[at - 1] if at else number)
        if target:
            self._lines[target].setFocus(Qt.FocusReason.TabFocusReason)
        else:
            self.finished.emit()

    def _next(self, number: str) -> str:
        """The box Enter leads to; empty boxes that cannot apply are passed over. "" after the last one."""
        useless = cannot_apply(self._grid, self.texts(), self._year)
        rest = self._order[self._order.index(number) + 1 :]
        return next((one for one in rest if one not in useless or self._lines[one].text()), "")

    def _column(self, number: str) -> list[str]:
        field = self._lines[number].box.field
        return [box.number for row in self._grid for box in row.boxes if box.field == field]

    def _ditto(self, number: str) -> None:
        """What stands in the same column one row above; nothing above, nothing taken."""
        above = self._column(number)
        at = above.index(number)
        self._lines[number].put(self._lines[above[at - 1]].text() if at else "")
        if at:
            self._go_by_itself(number)

    def _lay_out_table(self, column: QVBoxLayout, sheet: KeyingSheet, *, void: bool) -> None:
        table = QWidget()
        grid = QGridLayout(table)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(4)
        grid.setVerticalSpacing(6)
        shown = [[box for box in row.boxes if box.number in self._lines] for row in self._grid]
        for place, box in enumerate(shown[0] if shown else []):
            head = plain_label(_heading(sheet.key.form, box), "small")
            head.setAlignment(Qt.AlignmentFlag.AlignCenter)
            grid.addWidget(head, 0, place + 1)
            grid.setColumnStretch(place + 1, max(1, round(box.width)))
        for at, (row, boxes) in enumerate(zip(self._grid, shown, strict=True), start=1):
            title = plain_label(f"{row.number}　{row.title}".strip(), "small")
            title.setMaximumWidth(size(_TITLE_WIDTH))
            grid.addWidget(title, at, 0)
            for place, box in enumerate(boxes):
                grid.addWidget(self._lines[box.number], at, place + 1)
                self._rows[box.number] = row.number
            grid.addWidget(self._sign(row.number), at, len(boxes) + 1)
            if void:
                grid.addWidget(self._void_box(row.number, row.number in sheet.void_rows), at, len(boxes) + 2)
        column.addWidget(table)

    def _lay_out_blocks(self, column: QVBoxLayout) -> None:
        """Rows of different boxes, as F4's: every box under its own label."""
        before = ""
        for row in self._grid:
            boxes = [box for box in row.boxes if box.number in self._lines]
            if not boxes:
                continue
            if row.number != before:
                column.addWidget(
                    plain_label(f"取組項目 {row.number}" if row.number.isdecimal() else row.number, "strong")
                )
                before = row.number
            line = QHBoxLayout()
            line.setSpacing(8)
            for box in boxes:
                cell = QVBoxLayout()
                cell.setSpacing(2)
                label = plain_label(_label(box), "small")
                label.setBuddy(self._lines[box.number])
                cell.addWidget(label)
                if box.kind is BoxKind.CHOICE:
                    self._lines[box.number].setFixedWidth(size(_DIGIT_WIDTH))
                    cell.addWidget(self._lines[box.number], 0, Qt.AlignmentFlag.AlignLeft)
                else:
                    cell.addWidget(self._lines[box.number])
                line.addLayout(cell, max(1, round(box.width)))
                self._rows[box.number] = f"{row.number}/{row.title}"
            line.addWidget(self._sign(f"{row.number}/{row.title}"), 0, Qt.AlignmentFlag.AlignBottom)
            column.addLayout(line)

    def _sign(self, row: str) -> QLabel:
        sign = plain_label("", "small", wrap=False)
        sign.setMinimumWidth(size(28))
        self._signs[row] = sign
        self._show_sign(row)
        return sign

    def _show_sign(self, row: str) -> None:
        """✓ where everything of a row is filled in and well, ⚠ where something is to be looked at."""
        numbers = [number for number, name in self._rows.items() if name == row]
        wrong = sum(1 for number in numbers if self._remarks.get(number))
        filled = any(self._lines[number].text() for number in numbers)
        if row in self._signs:
            self._signs[row].setText(f"⚠{wrong}" if wrong else ("✓" if filled else ""))

    def _void_box(self, row: str, void: bool) -> QCheckBox:
        box = QCheckBox("無効")
        box.setChecked(void)
        box.setAccessibleName(f"{row}行目は二重線で消してある（無効）")
        box.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        box.toggled.connect(lambda on: self.voided.emit(row, on))
        return box


def _asked(row: Row, wanted: set[str]) -> bool:
    return row.number in wanted and any(box.kind in COUNTED for box in row.boxes)


def _heading(form: FormCode, box: Box) -> str:
    """The words above a column; a month's figure says the month in F2 and the figure in F3."""
    words = box.label.split(" ")
    if form is FormCode.F2:
        return words[0] if words[0].endswith("月") else "計"
    return words[-1] if form is FormCode.F3 else f"{box.number.rpartition('-')[2]} {box.label}"


def _label(box: Box) -> str:
    """A box's number, words and unit; the digits of its choices behind them."""
    unit = f"（{box.unit}）" if box.unit else ""
    digits = "　" + " ".join(f"{one.digit}{one.words}" for one in box.choices) if box.choices else ""
    return f"{box.number} {box.label}{unit}{digits}"
