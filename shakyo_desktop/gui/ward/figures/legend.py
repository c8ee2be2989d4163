"""What the marks of the grid mean, painted as the cells are."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from shakyo_desktop.charts.frames import GAP, LEADING, TYPE, legend_shapes
from shakyo_desktop.charts.measuring import text_width
from shakyo_desktop.charts.picture import Shape, Words
from shakyo_desktop.gui.shared.chart_painting import paint_shape, unit_pixels
from shakyo_desktop.gui.shared.marks import all_marks
from shakyo_desktop.gui.shared.theme import theme_signals

_SIGNS = ("↑ 進んだ", "↓ 戻った", "＝ 同じ", "変 休止などとの間で変わった", "新 前年度は報告なし")


class Legend(QWidget):
    """The marks with their words; the signs of the difference to last year when they are shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._signs: tuple[str, ...] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme_signals().changed.connect(self.updateGeometry)
        self.set_signs(shown=False)

    def set_signs(self, *, shown: bool) -> None:
        """Explain the signs of the difference to last year too, or not."""
        self._signs = _SIGNS if shown else ()
        words = [f"{mark.symbol} {mark.words}".strip() for mark in all_marks()]
        self.setAccessibleName(f"しるし　{'、'.join([*words, *self._signs])}")
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """The marks wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Return the height of all lines at this width."""
        return round(self._shapes(width)[1] * unit_pixels())

    def sizeHint(self) -> QSize:
        """Prefer one line."""
        return QSize(900, self.heightForWidth(900))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the marks."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(unit_pixels(), unit_pixels())
        for shape in self._shapes(self.width())[0]:
            paint_shape(painter, shape)
        painter.end()

    def _shapes(self, width: int) -> tuple[list[Shape], float]:
        units = width / unit_pixels()
        shapes, y = legend_shapes(all_marks(), units, 1)
        x = 0.0
        for words in self._signs:
            room = text_width(words, TYPE) + 20
            if x and x + room > units:
                x, y = 0.0, y + LEADING
            shapes.append(Words(x, y + LEADING / 2, words))
            x += room
        return shapes, y + (LEADING if self._signs else 2 - GAP)
