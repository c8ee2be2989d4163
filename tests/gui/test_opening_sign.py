"""The sign at the start is there before anything heavy is loaded, and goes when the window is ready."""

import subprocess
import sys


def test_the_sign_needs_nothing_but_the_bare_window():
    script = (
        "import sys; from shakyo_desktop.gui.opening_sign import show_opening_sign\n"
        "sign = show_opening_sign()\n"
        "print(sign.isVisible(), sorted({'sqlalchemy', 'cryptography', 'msgspec', 'PIL'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "True []"


def test_the_sign_is_readable(qtbot):
    from shakyo_desktop.gui.opening_sign import show_opening_sign

    sign = show_opening_sign()
    qtbot.addWidget(sign)
    assert "開いています" in sign.text()
    wanted = sign.fontMetrics().boundingRect(0, 0, 1000, 1000, 0, sign.text())
    assert wanted.width() < sign.width()
    assert wanted.height() < sign.height()


def test_a_crash_before_the_first_window_is_shown_and_the_sign_goes(tmp_path):
    script = (
        "import sys, argparse\n"
        "from pathlib import Path\n"
        "from PySide6.QtCore import QTimer\n"
        "from PySide6.QtWidgets import QApplication\n"
        "from shakyo_desktop.gui.opening_sign import show_opening_sign\n"
        "sign = show_opening_sign()\n"
        "from shakyo_desktop.gui import application\n"
        "def broken(self): raise RuntimeError('broken')\n"
        "application.Application.begin = lambda self: QTimer.singleShot(0, lambda: broken(self))\n"
        "def look():\n"
        "    if sign.isVisible(): return\n"
        "    print([type(w).__name__ for w in QApplication.topLevelWidgets() if w.isVisible()])\n"
        "    QApplication.quit()\n"
        "timer = QTimer(); timer.timeout.connect(look); timer.start(10)\n"
        f"args = argparse.Namespace(data=Path({str(tmp_path)!r}), practice=False, exit_when_ready=False)\n"
        "application.run_window(args, None, sign)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", script], capture_output=True, text=True, timeout=60, check=True
    )
    assert "StartWindow" in done.stdout
