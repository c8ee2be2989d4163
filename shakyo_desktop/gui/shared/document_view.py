"""A document as it will be printed, with the buttons 印刷する and PDFを保存する."""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QPixmap
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QScrollArea, QVBoxLayout, QWidget

from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.fields.items import QuietComboBox
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.theme import set_role

_GAP = 12
_WIDEST = 900


def _all_of(shown: int, count: int) -> str:
    """What is said above the first pages of a long document; empty when all of it is shown."""
    if count <= shown:
        return ""
    return (
        f"はじめの{shown}ページを表示しています（全{count}ページ）。印刷とPDFには、すべてのページが入ります。"
    )


class DocumentView(QWidget):
    """Page images below each other, as wide as there is room for.

    Signals:
        print_requested: the name of the chosen printer, empty for the usual one.
        save_requested: the person wants the PDF as a file.
        choice_requested: the person wants to choose printer, pages and copies.
    """

    print_requested = Signal(str)
    save_requested = Signal()
    choice_requested = Signal()

    def __init__(self, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._title = title
        self._pixmaps: list[QPixmap] = []
        self._pages: list[QLabel] = []
        self._status = plain_label("", "secondary")
        self._status.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._sheet = QWidget()
        set_role(self._sheet, "page")
        self._column = QVBoxLayout(self._sheet)
        self._column.setSpacing(_GAP)
        self._column.addWidget(self._status)
        self._column.addStretch(1)
        self._scroll = QScrollArea()
        self._scroll.setFrameShape(QFrame.Shape.StyledPanel)
        self._scroll.setWidgetResizable(True)
        self._scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._scroll.setAccessibleName(title)
        self._scroll.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._scroll.setWidget(self._sheet)
        self._scroll.viewport().installEventFilter(self)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(_GAP)
        column.addWidget(self._scroll, 1)
        column.addLayout(self._make_buttons())
        self.set_printers([])

    def set_pages(self, pages: Sequence[bytes], count: int = 0) -> None:
        """Show these pages (PNG each), the first ones of ``count`` when that is more."""
        for label in self._pages:
            self._column.removeWidget(label)
            label.deleteLater()
        self._pixmaps, self._pages = [], []
        for number, page in enumerate(pages, start=1):
            picture = QPixmap()
            picture.loadFromData(page)
            label = QLabel()
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            label.setAccessibleName(f"{self._title} {number} / {max(count, len(pages))}ページ")
            self._pixmaps.append(picture)
            self._pages.append(label)
            self._column.insertWidget(number, label)
        self._say(_all_of(len(pages), count) if pages else "表示する書類がありません。")
        self._scale()

    def page_count(self) -> int:
        """Return how many pages are shown."""
        return len(self._pages)

    def set_busy(self, text: str) -> None:
        """Say that the document is being made."""
        self.set_pages([])
        self._say(text)

    def set_printers(self, names: Sequence[str]) -> None:
        """Offer these printers; without any, printing says what is missing when it is tried."""
        self._printers.clear()
        self._printers.addItems(list(names))
        self._printers.setVisible(len(names) > 1)
        self._printer_label.setVisible(len(names) > 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the width."""
        if event.type() == QEvent.Type.Resize:
            self._scale()
        return False

    def _make_buttons(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(_GAP)
        self._printers = QuietComboBox("プリンター")
        self._printer_label = plain_label("プリンター", wrap=False)
        self._printer_label.setBuddy(self._printers)
        self.save_button = SecondaryButton("PDFを保存する", "F", "save")
        self.save_button.clicked.connect(self.save_requested)
        self.choice_button = SecondaryButton("部数などを選ぶ", "Q")
        self.choice_button.clicked.connect(self.choice_requested)
        self.print_button = PrimaryButton("印刷する", "R", "printer")
        self.print_button.clicked.connect(lambda: self.print_requested.emit(self._printers.currentText()))
        buttons = FlowBox()
        for button in (self.save_button, self.choice_button, self.print_button):
            buttons.add(button)
        row.addWidget(self._printer_label)
        row.addWidget(self._printers, 1)
        row.addWidget(buttons, 2)
        return row

    def _say(self, text: str) -> None:
        self._status.setText(text)
        self._status.setVisible(bool(text))

    def _scale(self) -> None:
        width = min(self._scroll.viewport().width() - 3 * _GAP, _WIDEST)
        if width <= 0:
            return
        ratio = self.devicePixelRatioF()
        for label, picture in zip(self._pages, self._pixmaps, strict=True):
            if picture.isNull():
                continue
            height = round(width * picture.height() / picture.width())
            shown = picture.scaled(
                QSize(round(width * ratio), round(height * ratio)),
                Qt.AspectRatioMode.KeepAspectRatio,
                Qt.TransformationMode.SmoothTransformation,
            )
            shown.setDevicePixelRatio(ratio)
            label.setPixmap(shown)
