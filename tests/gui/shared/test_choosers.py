"""The choosers: Japanese words, a folder of papers to begin with, and names that keep their ending."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSettings, QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from shakyo_desktop.gui.shared import choosers


def _accept_with(name: str, seen: list[str]) -> None:
    dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog))
    seen.append(dialog.labelText(QFileDialog.DialogLabel.FileType))
    line = dialog.findChild(QLineEdit, "fileNameEdit")
    assert line is not None
    line.setText(name)
    dialog.accept()


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    """A window to ask from."""
    widget = QWidget()
    qtbot.addWidget(widget)
    return widget


@pytest.mark.parametrize(("typed", "name"), [("送付票", "送付票.pdf"), ("送付票.pdf", "送付票.pdf")])
def test_a_name_without_its_ending_gets_it(parent: QWidget, tmp_path: Path, typed: str, name: str) -> None:
    seen: list[str] = []
    QTimer.singleShot(0, lambda: _accept_with(str(tmp_path / typed), seen))
    assert (
        choosers.choose_save_path(parent, "PDFを保存する", "復旧シート.pdf", "PDF (*.pdf)") == tmp_path / name
    )
    assert seen == ["種類"]


def test_the_next_chooser_begins_where_the_last_one_ended(parent: QWidget, tmp_path: Path) -> None:
    (tmp_path / "usb").mkdir()
    there = tmp_path / "usb" / "setup-1.shakyo"
    there.write_bytes(b"x")
    QTimer.singleShot(0, lambda: _accept_with(str(there), []))
    assert choosers.choose_file(parent, "選ぶ", "設定ファイル (*.shakyo)") == there
    folders: list[str] = []

    def look() -> None:
        dialog = next(one for one in QApplication.topLevelWidgets() if isinstance(one, QFileDialog))
        folders.append(dialog.directory().absolutePath())
        dialog.reject()

    QTimer.singleShot(0, look)
    assert choosers.choose_folder(parent, "選ぶ") is None
    assert folders == [str(tmp_path / "usb")]


def test_the_folder_that_was_chosen_is_remembered_in_no_file(
    parent: QWidget, tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, str(tmp_path / "config"))
    settings = QSettings(QSettings.Scope.UserScope, "QtProject")
    settings.setValue("FileDialog/lastVisited", "file:///another/program")
    settings.sync()
    (tmp_path / "柿の木").mkdir()
    QTimer.singleShot(0, lambda: _accept_with(str(tmp_path / "柿の木" / "a"), []))
    assert choosers.choose_save_path(parent, "保存", "a.pdf", "PDF (*.pdf)") is not None
    qtbot.waitUntil(lambda: not parent.findChildren(QFileDialog))
    [file] = (tmp_path / "config").iterdir()
    assert "%E6%9F%BF" not in file.read_text()
    settings.sync()
    assert settings.value("FileDialog/lastVisited") == "file:///another/program"
    assert settings.value("FileDialog/history") is None
