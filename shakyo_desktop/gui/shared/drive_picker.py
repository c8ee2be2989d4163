"""Where to save: the sticks that are plugged in, by name, letter and free space, or another folder."""

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.fields.choice import Segment, group_box
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import plain_label

_NOTHING = "USBメモリが見つかりません。差しこんでから「もう一度さがす」を押してください。"
_UNITS = (("GB", 2**30), ("MB", 2**20))


class PlugIn(Protocol):
    """What the picker shows of a drive."""

    @property
    def id(self) -> str: ...
    @property
    def name(self) -> str: ...
    @property
    def letter(self) -> str: ...
    @property
    def path(self) -> Path: ...
    @property
    def free(self) -> int: ...


class DrivePicker(QWidget):
    """Choose one drive or folder; nothing is chosen for the person when there are several.

    Signals:
        refresh_requested: the person plugged something in; answer with `set_drives`.
        chosen: the folder that is chosen now.
    """

    refresh_requested = Signal()
    chosen = Signal(object)

    def __init__(self, label: str = "保存する場所", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._places: list[Path] = []
        self._other: Path | None = None
        self._group = QButtonGroup(self)
        self._group.idToggled.connect(self._toggled)  # a screen reader chooses without a click
        self._box, self._flow = group_box(label)
        self._note = plain_label("", "small")
        self.refresh_button = SecondaryButton("もう一度さがす", icon_name="rotate-cw")
        self.refresh_button.clicked.connect(self.refresh_requested)
        self.folder_button = SecondaryButton("ほかの場所を選ぶ", icon_name="folder-open")
        self.folder_button.clicked.connect(self._choose_folder)
        buttons = FlowBox()
        buttons.add(self.refresh_button)
        buttons.add(self.folder_button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        for widget in (plain_label(label, "strong"), self._box, self._note, buttons):
            column.addWidget(widget)
        self.set_drives(())

    def set_drives(self, drives: Sequence[PlugIn]) -> None:
        """Show these drives; one that was chosen and is still there stays chosen, a single one is chosen."""
        before = self.folder()
        self._clear()
        for drive in drives:
            self._add(drive_words(drive.name, drive.letter, drive.free), drive.path)
        if self._other is not None and self._other not in self._places:
            self._add(f"フォルダー {self._other}", self._other)
        self._note.setText("" if self._places else _NOTHING)
        self._note.setVisible(not self._places)
        self._box.setVisible(bool(self._places))
        if before in self._places:
            self.select(before)
        elif len(self._places) == 1:
            self.select(self._places[0])

    def folder(self) -> Path | None:
        """Return what is chosen, or None."""
        at = self._group.checkedId()
        return self._places[at] if 0 <= at < len(self._places) else None

    def select(self, place: Path) -> None:
        """Choose a place that is shown."""
        button = self._group.button(self._places.index(place))
        if button.isChecked():
            self.chosen.emit(place)
        button.setChecked(True)

    def choices(self) -> list[QRadioButton]:
        """Return the buttons of the places, in order."""
        return [button for button in self._group.buttons() if isinstance(button, QRadioButton)]

    def _toggled(self, _at: int, on: bool) -> None:
        if on:
            self.chosen.emit(self.folder())

    def _choose_folder(self) -> None:
        found = choosers.choose_folder(self, self.folder_button.words())
        if found is None:
            return
        if found not in self._places:
            self._other = found
            self._add(f"フォルダー {found}", found)
            self._note.hide()
            self._box.show()
        self.select(found)

    def _add(self, words: str, place: Path) -> None:
        segment = Segment(0, words)
        segment.stepped.connect(self._step)
        self._group.addButton(segment, len(self._places))
        self._places.append(place)
        self._flow.add(segment)

    def _step(self, by: int) -> None:
        at = (self._group.checkedId() + by) % len(self._places)
        button = self._group.button(at)
        button.setChecked(True)
        button.setFocus()

    def _clear(self) -> None:
        for button in self._group.buttons():
            self._group.removeButton(button)
            self._flow.remove(button)
            button.deleteLater()
        self._places = []


def drive_words(name: str, letter: str, free: int) -> str:
    """Return 「USBメモリ（E:）　あき 3.2GB」."""
    named = f"{name}（{letter}）" if letter else name
    return f"{named}　あき {free_words(free)}"


def free_words(free: int) -> str:
    """Return free space in words a person compares; below 1 MB in KB."""
    for unit, scale in _UNITS:
        if free >= scale:
            return f"{free / scale:.1f}{unit}"
    return f"{free // 1024}KB"
