"""A place to drop files or a folder on, with a button that does the same."""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QMimeData, Signal
from PySide6.QtGui import QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QWidget

from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.theme import set_role, size, theme_signals

HEIGHT = 72


class DropArea(QFrame):
    """Takes files and folders from outside the program.

    Signals:
        paths_chosen: list of `Path`, as dropped or chosen; folders are not unfolded here.
    """

    paths_chosen = Signal(object)

    def __init__(
        self,
        text: str,
        button_text: str,
        *,
        letter: str = "",
        pattern: str = "",
        multiple: bool = True,
        primary: bool = True,
        folder_button: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        set_role(self, "drop")
        self.setAcceptDrops(True)
        self.setAccessibleName(text)
        self._pattern = pattern
        self._multiple = multiple
        self._title = button_text
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(12)
        row.addWidget(plain_label(text), 1)
        if folder_button:
            self.folder_button = SecondaryButton(folder_button, icon_name="folder-open")
            self.folder_button.clicked.connect(self._choose_folder)
            row.addWidget(self.folder_button)
        kind = PrimaryButton if primary else SecondaryButton
        self.button = kind(button_text, letter, "file-plus")
        self.button.clicked.connect(self._choose)
        row.addWidget(self.button)
        theme_signals().changed.connect(self._fit)
        self._fit()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Show that files may be dropped here."""
        if _paths(event.mimeData()):
            set_role(self, "drop-active")
            event.acceptProposedAction()

    def dragLeaveEvent(self, event: QDragLeaveEvent) -> None:
        """Show the usual look again."""
        set_role(self, "drop")

    def dropEvent(self, event: QDropEvent) -> None:
        """Take what was dropped; the files stay where they are."""
        set_role(self, "drop")
        event.acceptProposedAction()
        self._take(_paths(event.mimeData()))

    def _choose(self) -> None:
        if self._multiple:
            self._take(choosers.choose_files(self, self._title, self._pattern))
        else:
            self._take(filter(None, [choosers.choose_file(self, self._title, self._pattern)]))

    def _choose_folder(self) -> None:
        self._take(filter(None, [choosers.choose_folder(self, self.folder_button.words())]))

    def _take(self, paths: Iterable[Path]) -> None:
        found = list(paths)
        if found:
            self.paths_chosen.emit(found if self._multiple else found[:1])

    def _fit(self) -> None:
        self.setMinimumHeight(size(HEIGHT))


def _paths(data: QMimeData) -> list[Path]:
    return [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
