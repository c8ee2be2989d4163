"""A label whose lines stand apart enough to be read (1.45 times the type); its text is never markup."""

import math

from PySide6.QtCore import QEvent, QPointF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

EXTRA_LEADING = 0.45
_LINE_BREAK = "\u2028"
_WIDEST_HINT = 720
_BELOW = 3  # this font draws "_" under its own descent


class TextLabel(QLabel):
    """Plain text that wraps. One line is as high as in any label; more lines get more room between them."""

    def __init__(self, text: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self._heights: dict[int, int] = {}
        self.setText(text)

    def setText(self, text: str) -> None:
        """Show another text."""
        self._heights = {}
        super().setText(text)

    def changeEvent(self, event: QEvent) -> None:
        """Measure anew when the type changes."""
        self._heights = {}
        super().changeEvent(event)

    def hasHeightForWidth(self) -> bool:
        """The height follows from the width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of the text at this width."""
        return max(self._text_height(width - self._beside()) + self._above(), self.minimumHeight())

    def sizeHint(self) -> QSize:
        """Prefer one line of every paragraph, up to a readable width."""
        longest = max(
            (self.fontMetrics().horizontalAdvance(line) for line in self.text().split("\n")), default=0
        )
        width = min(longest + 2, _WIDEST_HINT) + self._beside()
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Need a few characters' width; the height follows."""
        width = min(self.sizeHint().width(), self.fontMetrics().height() * 4 + self._beside())
        return QSize(width, self.fontMetrics().height() + self._above())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the frame, then the lines."""
        painter = QPainter(self)
        self.drawFrame(painter)
        area = self.contentsRect()
        height = self._text_height(area.width())
        top = area.top()
        if self.alignment() & Qt.AlignmentFlag.AlignVCenter:
            top += max(0, (area.height() - height) // 2)
        painter.setPen(QColor(self.palette().windowText().color()))
        layout = self._lay_out(area.width())
        layout.draw(painter, QPointF(area.left(), top))
        painter.end()

    def _lay_out(self, width: int) -> QTextLayout:
        layout = QTextLayout(self.text().replace("\n", _LINE_BREAK), self.font())
        option = QTextOption(self.alignment() & Qt.AlignmentFlag.AlignHorizontal_Mask)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        step = self.fontMetrics().height() * (1 + EXTRA_LEADING)
        layout.beginLayout()
        top = 0.0
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            line.setPosition(QPointF(0, top))
            top += step
        layout.endLayout()
        return layout

    def _text_height(self, width: int) -> int:
        if width not in self._heights:
            lines = max(self._lay_out(width).lineCount(), 1)
            height = self.fontMetrics().height()
            self._heights[width] = _BELOW + math.ceil(height + (lines - 1) * height * (1 + EXTRA_LEADING))
        return self._heights[width]

    def _beside(self) -> int:
        return self.width() - self.contentsRect().width()

    def _above(self) -> int:
        return self.height() - self.contentsRect().height()
