"""Printing page images on a printer of the system, behind a face that tests replace."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Protocol

from PySide6.QtCore import QMarginsF, QRect, QSize, Qt
from PySide6.QtGui import QImage, QPageLayout, QPageSize, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from shakyo_desktop.domain.errors import DocumentFailed


@dataclass(frozen=True, slots=True)
class PrintOrder:
    """What a person chose in the system's printer dialog; ``pages`` counts from 1, first and last."""

    printer: str
    copies: int
    pages: tuple[int, int]


class Printer(Protocol):
    """What screens need of a printer."""

    def ask(self, parent: QWidget, count: int) -> PrintOrder | None:
        """Show the system's dialog for ``count`` pages; None when the person went back.

        Raises:
            DocumentFailed: there is no printer.
        """

    def names(self) -> list[str]:
        """Return the printers of this computer, the usual one first."""

    def print_pages(self, pages: Sequence[bytes], title: str, printer: str = "", copies: int = 1) -> None:
        """Print A4 pages (PNG each) on a printer, or on the usual one; ``copies`` of the whole.

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

    def ask(self, parent: QWidget, count: int) -> PrintOrder | None:
        """Show the system's dialog; it offers the pages and the number of copies.

        Raises:
            DocumentFailed: there is no printer.
        """
        target = self._target("")
        target.setFromTo(1, count)
        dialog = QPrintDialog(target, parent)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintToFile, False)
        dialog.setMinMax(1, count)
        dialog.setFromTo(1, count)
        if dialog.exec() != QPrintDialog.DialogCode.Accepted:
            return None
        some = target.printRange() == QPrinter.PrintRange.PageRange
        pages = (target.fromPage(), target.toPage()) if some else (1, count)
        return PrintOrder(target.printerName(), target.copyCount(), pages)

    def print_pages(self, pages: Sequence[bytes], title: str, printer: str = "", copies: int = 1) -> None:
        """Print A4 pages, each filling its sheet; the whole again for every copy.

        Raises:
            DocumentFailed: there is no printer, or it refused.
        """
        target = self._target(printer)
        target.setDocName(title)
        paint_pages(target, [page for _ in range(copies) for page in pages])

    def _target(self, printer: str) -> QPrinter:
        names = self.names()
        if not names or (printer and printer not in names):
            raise DocumentFailed(
                "プリンターが見つかりません。\n書類はまだ印刷されていません。\n"
                "プリンターの電源を入れるか、「PDFを保存する」を押してください。"
            )
        target = QPrinter(QPrinter.PrinterMode.HighResolution)
        target.setPrinterName(printer or names[0])
        return target


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
    order: PrintOrder | None = None

    def names(self) -> list[str]:
        """Return the printers it was made with."""
        return list(self.printers)

    def ask(self, parent: QWidget, count: int) -> PrintOrder | None:
        """Answer with the order it was given."""
        return self.order

    def print_pages(self, pages: Sequence[bytes], title: str, printer: str = "", copies: int = 1) -> None:
        """Remember title, number of sheets and printer."""
        self.printed.append((title, len(pages) * copies, printer))
