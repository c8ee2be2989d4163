"""Something to look at while the program loads: painted before the store's libraries are there.

On an old laptop loading takes seconds; without a sign people start the program a second time. This module
imports nothing of the program but paths, so that it costs no more than a bare window.
"""

import sys

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel

from shakyo_desktop import paths

_SIZE = (440, 120)
_LOOK = (
    "QLabel { background: #ffffff; color: #1a1a1a; border: 3px solid #00118f;"
    " font-family: 'BIZ UDPGothic'; font-size: 20px; }"
)


def show_opening_sign() -> QLabel:
    """Make the application, show 「開いています」 in the middle of the screen and return it, painted."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    QFontDatabase.addApplicationFont(str(paths.fonts_dir() / "BIZUDPGothic-Regular.ttf"))
    sign = QLabel("社協 地区部会の取組報告\n\n開いています…")
    sign.setTextFormat(Qt.TextFormat.PlainText)
    sign.setWindowFlag(Qt.WindowType.SplashScreen)
    sign.setAlignment(Qt.AlignmentFlag.AlignCenter)
    sign.setStyleSheet(_LOOK)
    sign.resize(*_SIZE)
    screen = QGuiApplication.primaryScreen()
    if screen is not None:
        sign.move(screen.availableGeometry().center() - sign.rect().center())
    sign.show()
    app.processEvents()
    return sign
