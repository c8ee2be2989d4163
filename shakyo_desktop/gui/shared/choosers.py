"""The only dialogs of the program: choosing files and folders. Tests and scripts replace these functions."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget


def choose_file(parent: QWidget, title: str, pattern: str = "", folder: str = "") -> Path | None:
    """Ask for one existing file; `pattern` as Qt writes it, 「提出ファイル (*.shakyo)」."""
    name, _kind = QFileDialog.getOpenFileName(parent, title, folder, pattern)
    return Path(name) if name else None


def choose_files(parent: QWidget, title: str, pattern: str = "", folder: str = "") -> list[Path]:
    """Ask for existing files."""
    names, _kind = QFileDialog.getOpenFileNames(parent, title, folder, pattern)
    return [Path(name) for name in names]


def choose_folder(parent: QWidget, title: str, folder: str = "") -> Path | None:
    """Ask for a folder."""
    name = QFileDialog.getExistingDirectory(parent, title, folder)
    return Path(name) if name else None


def choose_save_path(parent: QWidget, title: str, name: str, pattern: str = "") -> Path | None:
    """Ask where to write a file; the dialog asks before it replaces one."""
    chosen, _kind = QFileDialog.getSaveFileName(parent, title, name, pattern)
    return Path(chosen) if chosen else None
