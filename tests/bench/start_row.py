"""The start: from the process to a window that takes input, against a bare PySide6 main window."""

import json
import os
import subprocess
import sys
from pathlib import Path

from tests.bench.measuring import Row, median_pair

REPEATS = 7
_BARE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(QLabel("ready"))
window.resize(1366, 688)
window.show()
QTimer.singleShot(0, app.quit)
app.exec()
from shakyo_desktop.gui.readiness import process_age_ms
print('{"ready_ms": %.1f}' % process_age_ms())
"""


def start_row(data_dir: Path, note: str) -> Row:
    """From the start of the process until the window takes input, as each process tells itself."""
    environment = {**os.environ, "QT_QPA_PLATFORM": os.environ.get("QT_QPA_PLATFORM", "offscreen")}

    def age(*arguments: str) -> float:
        command = [sys.executable, *arguments]
        done = subprocess.run(command, check=True, capture_output=True, env=environment)
        return float(json.loads(done.stdout)["ready_ms"])

    def pair() -> tuple[float, float]:
        ours = age("-m", "shakyo_desktop", "--exit-when-ready", "--data", str(data_dir))
        return ours, age("-c", _BARE)

    pair()  # the first one reads the files from the disk
    ours_ms, bare_ms = median_pair([pair() for _ in range(REPEATS)])
    return Row("start to a window that takes input", "bare PySide6 main window", ours_ms, bare_ms, 2.0, note)
