"""The only dialogs of the program: choosing files and folders. Tests and scripts replace these functions."""

import re
from pathlib import Path

from PySide6.QtCore import QSettings, QStandardPaths
from PySide6.QtWidgets import QFileDialog, QWidget

_FOLDERS = ("FileDialog/history", "FileDialog/lastVisited")
_ENDING = re.compile(r"\*(\.[A-Za-z0-9]+)")
_WORDS = {QFileDialog.DialogLabel.LookIn: "場所", QFileDialog.DialogLabel.FileType: "種類"}
"""What Qt's own Japanese lacks; the dialogs of Windows and macOS have words of their own."""


class _LastFolder:
    """Where the last choice was made. A program's own folder, Qt's beginning, is no place for papers."""

    path = ""


def choose_file(parent: QWidget, title: str, pattern: str = "", folder: str = "") -> Path | None:
    """Ask for one existing file; `pattern` as Qt writes it, 「提出ファイル (*.shakyo)」."""
    found = _ask(_dialog(parent, title, pattern, folder))
    return found[0] if found else None


def choose_files(parent: QWidget, title: str, pattern: str = "", folder: str = "") -> list[Path]:
    """Ask for existing files."""
    dialog = _dialog(parent, title, pattern, folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    return _ask(dialog)


def choose_folder(parent: QWidget, title: str, folder: str = "") -> Path | None:
    """Ask for a folder."""
    dialog = _dialog(parent, title, "", folder)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    found = _ask(dialog)
    return found[0] if found else None


def choose_save_path(parent: QWidget, title: str, name: str, pattern: str = "") -> Path | None:
    """Ask where to write a file; the dialog asks before it replaces one.

    A name that was typed without its ending gets it: without one Windows opens nothing.
    """
    dialog = _dialog(parent, title, pattern, "")
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setFileMode(QFileDialog.FileMode.AnyFile)
    ending = _ENDING.search(pattern)
    if ending is not None:
        dialog.setDefaultSuffix(ending[1])
    dialog.selectFile(name)
    found = _ask(dialog)
    return found[0] if found else None


def _dialog(parent: QWidget, title: str, pattern: str, folder: str) -> QFileDialog:
    documents = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation)
    dialog = QFileDialog(parent, title, folder or _LastFolder.path or documents, pattern)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    before = _remembered()
    dialog.destroyed.connect(lambda: _put_back(before))
    for label, words in _WORDS.items():
        dialog.setLabelText(label, words)
    return dialog


def _remembered() -> dict[str, object]:
    """The folders that Qt's dialogs of any program of this person remember, in clear."""
    settings = QSettings(QSettings.Scope.UserScope, "QtProject")
    return {key: settings.value(key) for key in _FOLDERS}


def _put_back(before: dict[str, object]) -> None:
    """Forget the folder that was chosen: its name may be a person's."""
    settings = QSettings(QSettings.Scope.UserScope, "QtProject")
    for key, value in before.items():
        if value is None:
            settings.remove(key)
        else:
            settings.setValue(key, value)
    settings.sync()


def _ask(dialog: QFileDialog) -> list[Path]:
    try:
        if not dialog.exec():
            return []
        found = [Path(name) for name in dialog.selectedFiles()]
        whole = dialog.fileMode() is QFileDialog.FileMode.Directory
        _LastFolder.path = str(found[0] if whole else found[0].parent) if found else ""
        return found
    finally:
        dialog.deleteLater()
