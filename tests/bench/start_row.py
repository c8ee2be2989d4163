"""The start: from the process to a window that takes input, against a bare PySide6 main window."""

import os
import subprocess
import sys
from pathlib import Path

from tests.bench.measuring import Row, compare

REPEATS = 5
_BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QLabel("ready"))
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
"""


def start_row(data_dir: Path, note: str) -> Row:
    """Whole processes, from their start to their end right after the window takes input."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}

    def ours() -> None:
        command = [sys.executable, "-m", "shakyo_desktop", "--exit-when-ready", "--data", str(data_dir)]
        subprocess.run(command, check=True, capture_output=True, env=environment)

    def bare() -> None:
        subprocess.run([sys.executable, "-c", _BARE], check=True, capture_output=True, env=environment)

    ours()
    ours_ms, bare_ms = compare(ours, bare, REPEATS)
    return Row("start to a window that takes input", "bare PySide6 main window", ours_ms, bare_ms, 2.0, note)
