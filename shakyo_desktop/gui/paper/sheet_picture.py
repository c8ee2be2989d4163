"""The picture of a sheet beside its boxes; the row that is being keyed is framed and kept in sight."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPixmap
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from shakyo_desktop.domain.forms.layout import Row
from shakyo_desktop.domain.forms.paper import SHEET_PIXELS, SHEET_SIZE, PaperScan
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.theme import colours, size

_ZOOMS = (1.0, 1.5, 2.0, 3.0)
_AROUND = 1.5
"""Millimetres between a row and its frame."""


class _Canvas(QWidget):
    """The picture, scaled, with a frame around a place of the sheet."""

    def __init__(self) -> None:
        super().__init__()
        self._picture = QPixmap()
        self._frame: QRectF | None = None
        self.setAccessibleName("用紙の写真")

    def show_picture(self, picture: QPixmap) -> None:
        """Show another picture, without a frame."""
        self._picture, self._frame = picture, None
        self.update()

    def fit(self, width: int, zoom: float) -> None:
        """Take the width there is, times the zoom."""
        if not self._picture.isNull():
            wide = round(width * zoom)
            self.setFixedSize(QSize(wide, round(wide * self._picture.height() / self._picture.width())))

    def is_upright(self) -> bool:
        """Whether the picture was straightened, so that places of the sheet are places of the picture."""
        return (self._picture.width(), self._picture.height()) == SHEET_PIXELS

    def frame(self, place: QRectF | None) -> QRectF | None:
        """Frame a place (mm of the sheet); return it in pixels of this widget, None where that is unknown."""
        if place is None or not self.is_upright():
            self._frame = None
        else:
            scale = self.width() / SHEET_SIZE[0]
            self._frame = QRectF(
                place.x() * scale, place.y() * scale, place.width() * scale, place.height() * scale
            )
        self.update()
        return self._frame

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the picture and, twice for every ground, the frame."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        painter.drawPixmap(self.rect(), self._picture)
        if self._frame is not None:
            for colour, width in ((colours().focus_outer, 6), (colours().focus_inner, 3)):
                painter.setPen(QPen(QColor(colour), width))
                painter.drawRect(self._frame)
        painter.end()


class SheetPicture(QFrame):
    """Hidden while the sheet has no picture.

    Signals:
        wanted: the ``PaperScan`` whose bytes are to be shown.
        removal_wanted: a picture that belongs somewhere else.
    """

    wanted = Signal(object)
    removal_wanted = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._scans: tuple[PaperScan, ...] = ()
        self._at, self._zoom, self._hidden = 0, 0, False
        self._place: QRectF | None = None
        self._canvas = _Canvas()
        self._scroll = QScrollArea()
        self._scroll.setWidget(self._canvas)
        self._scroll.setAccessibleName("用紙の写真")
        self._scroll.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self._scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)  # else the width swings
        self._scroll.viewport().installEventFilter(self)
        self.larger_button = self._button("大きく", lambda: self._zoom_by(1))
        self.smaller_button = self._button("小さく", lambda: self._zoom_by(-1))
        self.other_button = self._button("ほかの写真", self._turn)
        self.hide_button = self._button("写真を隠す", self._toggle)
        self.remove_button = self._button("写真を外す", self._remove)
        buttons = FlowBox(gap=8, row_gap=8)
        every = (
            self.larger_button,
            self.smaller_button,
            self.other_button,
            self.hide_button,
            self.remove_button,
        )
        for button in every:
            buttons.add(button)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(buttons)
        column.addWidget(self._scroll, 1)
        self.hide()

    def show_scans(self, scans: Sequence[PaperScan]) -> None:
        """Offer the pictures of a sheet, newest first; the bytes come with ``show_jpeg``."""
        self._scans, self._at = tuple(scans), 0
        self._place = None
        self.setVisible(bool(scans))
        self.other_button.setVisible(len(scans) > 1)
        if scans:
            self.wanted.emit(self._scans[0])

    def show_jpeg(self, scan: PaperScan, jpeg: bytes) -> None:
        """Show a picture that was asked for, unless another one is wanted by now."""
        if not self._scans or self._scans[self._at] != scan:
            return
        picture = QPixmap()
        picture.loadFromData(jpeg)
        self._canvas.show_picture(picture)
        self._fit()

    def show_row(self, row: Row) -> None:
        """Frame a row of boxes and bring it into sight."""
        left = min(box.x for box in row.boxes)
        top = min(box.y for box in row.boxes)
        right = max(box.x + box.width for box in row.boxes)
        bottom = max(box.y + box.height for box in row.boxes)
        self._place = QRectF(left, top, right - left, bottom - top).adjusted(
            -_AROUND, -_AROUND, _AROUND, _AROUND
        )
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the room there is."""
        if event.type() == QEvent.Type.Resize:
            self._fit()
        return False

    def _button(self, words: str, act: Callable[[], None]) -> SecondaryButton:
        button = SecondaryButton(words)
        button.clicked.connect(act)
        return button

    def _fit(self) -> None:
        room = self._scroll.viewport().width()
        if room > 0:
            self._canvas.fit(room, _ZOOMS[self._zoom])
            self._follow()

    def _follow(self) -> None:
        framed = self._canvas.frame(self._place)
        number = f"{self._at + 1}/{len(self._scans)}" if self._scans else ""
        name = self._scans[self._at].name if self._scans else ""
        self._canvas.setAccessibleName(f"用紙の写真 {number} {name}")
        if framed is not None:
            middle = framed.center()
            self._scroll.ensureVisible(
                round(middle.x()),
                round(middle.y()),
                round(framed.width() / 2),
                min(round(framed.height() / 2) + size(30), self._scroll.viewport().height() // 2),
            )

    def _zoom_by(self, step: int) -> None:
        self._zoom = min(max(self._zoom + step, 0), len(_ZOOMS) - 1)
        self._fit()

    def _turn(self) -> None:
        if self._scans:
            self._at = (self._at + 1) % len(self._scans)
            self.wanted.emit(self._scans[self._at])

    def _toggle(self) -> None:
        self._hidden = not self._hidden
        self._scroll.setVisible(not self._hidden)
        self.hide_button.set_words("写真を見る" if self._hidden else "写真を隠す")

    def _remove(self) -> None:
        if self._scans:
            self.removal_wanted.emit(self._scans[self._at])
