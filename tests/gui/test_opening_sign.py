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
