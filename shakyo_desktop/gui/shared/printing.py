"""Printing page images on a printer of the system, behind a face that tests replace."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import QMarginsF, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo

from shakyo_desktop.domain.errors import DocumentFailed


class Printer(Protocol):
    """What screens need of a printer."""

    def names(self) -> list[str]:
        """Return the printers of this computer, the usual one first."""

    def print_pages(self, pages: Sequence[bytes], title: str, printer: str = "") -> None:
        """Print A4 pages (PNG each) on a printer, or on the usual one.

        Raises:
            DocumentFailed: there is no printer, or it refused.
        """


class QtPrinter:
    """The printers of the system."""

    def names(self) -> list[str]:
        """Return the printers of this computer, the usual one first."""
        usual = QPrinterInfo.defaultPrinterName()
        names = QPrinterInfo.availablePrinterNames()
        return sorted(names, key=lambda name: (name != usual, name))

    def print_pages(self, pages: Sequence[bytes], title: str, printer: str = "") -> None:
        """Print A4 pages, each filling its sheet.

        Raises:
            DocumentFailed: there is no printer, or it refused.
        """
        names = self.names()
        if not names or (printer and printer not in names):
            raise DocumentFailed(
                "プリンターが見つかりません。\n書類はまだ印刷されていません。\n"
                "プリンターの電源を入れるか、「PDFを保存する」を押してください。"
            )
        target = QPrinter(QPrinter.PrinterMode.HighResolution)
        target.setDocName(title)
        target.setPrinterName(printer or names[0])
        paint_pages(target, pages)


def paint_pages(target: QPrinter, pages: Sequence[bytes]) -> None:
    """Paint page images on A4 sheets of a printer (or of a PDF file that Qt writes).

    Raises:
        DocumentFailed: the printer did not start.
    """
    target.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    target.setPageMargins(QMarginsF(0, 0, 0, 0), QPageLayout.Unit.Millimeter)
    target.setFullPage(True)
    painter = QPainter()
    if not painter.begin(target):
        raise DocumentFailed(
            "印刷できませんでした。\n入力した内容は保存されています。\n"
            "プリンターを確かめて、もう一度「印刷する」を押してください。"
        )
    for number, page in enumerate(pages):
        if number:
            target.newPage()
        image = QImage.fromData(page)
        sheet = painter.viewport()
        painter.drawImage(_inside(sheet, image.size()), image)
    painter.end()


def _inside(sheet: QRect, picture: QSize) -> QRect:
    place = QRect(sheet.topLeft(), picture.scaled(sheet.size(), Qt.AspectRatioMode.KeepAspectRatio))
    place.moveCenter(sheet.center())
    return place


@dataclass
class RecordingPrinter:
    """Remembers what would have been printed."""

    printers: list[str] = field(default_factory=lambda: ["みほんプリンター"])
    printed: list[tuple[str, int, str]] = field(default_factory=list)

    def names(self) -> list[str]:
        """Return the printers it was made with."""
        return list(self.printers)

    def print_pages(self, pages: Sequence[bytes], title: str, printer: str = "") -> None:
        """Remember title, number of pages and printer."""
        self.printed.append((title, len(pages), printer))
