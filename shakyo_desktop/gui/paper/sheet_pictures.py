"""The pictures of the sheet that is open: read from the store, shown, taken off."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.forms.keyed import SheetKey
from shakyo_desktop.domain.forms.paper import PaperScan
from shakyo_desktop.gui.paper.paper_desk import PaperDesk
from shakyo_desktop.gui.paper.sheet_picture import SheetPicture
from shakyo_desktop.services.keying_sheet import KeyingSheet
from shakyo_desktop.services.scans import ScanService


class SheetPictures(QObject):
    """Signals:
    shown: a picture is there; the row that is keyed can be framed.
    removed: a picture was taken off its sheet.
    failed: a ShakyoError.
    """

    shown = Signal()
    removed = Signal()
    failed = Signal(object)

    def __init__(self, desk: PaperDesk, service: Callable[[], ScanService], parent: QObject) -> None:
        super().__init__(parent)
        self._desk, self._service = desk, service
        self._key: SheetKey | None = None
        self.view = SheetPicture()
        self.view.wanted.connect(self._fetch)
        self.view.removal_wanted.connect(self._remove)

    def show(self, key: SheetKey) -> None:
        """Show the pictures of a sheet, or nothing where it has none."""
        self._key = key
        scans = self._service()
        self._run(lambda: scans.pictures(key), self.view.show_scans)

    def frame(self, sheet: KeyingSheet, number: str) -> None:
        """Frame the row of a box on the picture."""
        if number and not self.view.isHidden():
            self.view.show_row(sheet.row_of(number))

    def _fetch(self, scan: PaperScan) -> None:
        scans = self._service()

        def show(jpeg: bytes) -> None:
            self.view.show_jpeg(scan, jpeg)
            self.shown.emit()

        self._run(lambda: scans.jpeg(scan), show)

    def _remove(self, scan: PaperScan) -> None:
        scans, key = self._service(), self._key

        def done(_: object) -> None:
            if key is not None:
                self.show(key)
            self.removed.emit()

        self._run(lambda: scans.remove(scan), done)

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        def failed(error: ShakyoError) -> None:
            self.failed.emit(error)

        self._desk.worker.run(work, done, failed, self)
