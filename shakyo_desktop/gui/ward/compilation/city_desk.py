"""What 市へ送る reads and does; the panel only shows it."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from shakyo_desktop.domain.compilation import WardCompilation
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.gui.shared.file_writing import FileWriting
from shakyo_desktop.gui.shared.messages import MessageBar, present
from shakyo_desktop.gui.ward.compilation.city_panel import CityPanel
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.services.drives import Drive
from shakyo_desktop.services.verified_write import WrittenFile
from shakyo_desktop.services.ward_report import CityOffice, SentReport

_Found = tuple[CityOffice | None, SentReport | None]


class CityDesk(QObject):
    """One version at a time: frozen once, written as often as it is asked for.

    Signals:
        frozen: the version was signed; from now on it stays as it is.
    """

    frozen = Signal()

    def __init__(self, desk: Desk, panel: CityPanel, messages: MessageBar) -> None:
        super().__init__(panel)
        self._desk, self._panel, self._messages = desk, panel, messages
        self._compilation: WardCompilation | None = None
        self._writing = FileWriting(desk.services.drives, desk.services.ward_report.write, desk.worker, self)
        panel.send_requested.connect(self.send)
        panel.refresh_requested.connect(self._writing.look_for_drives)
        panel.stop_requested.connect(self._writing.stop)
        panel.eject_requested.connect(self._writing.eject)
        self._writing.drives_found.connect(panel.picker.set_drives)
        self._writing.progressed.connect(panel.show_progress)
        self._writing.written.connect(self._written)
        self._writing.not_written.connect(self._not_written)
        self._writing.ejected.connect(panel.show_ejected)
        self._writing.not_ejected.connect(self._not_ejected)
        self._writing.failed.connect(self._failed)

    def show_version(self, compilation: WardCompilation) -> None:
        """Read what is known of the city and of this version."""
        self._compilation = compilation
        self._read(compilation)
        self._writing.look_for_drives()

    def send(self, folder: Path) -> None:
        """Freeze the version and write it; the same file again when it was frozen before."""
        compilation = self._compilation
        if compilation is None:
            return
        photos, report = self._panel.with_photos(), self._desk.services.ward_report
        self._panel.show_working(True)
        # The panel says before the button is pressed that a version without verification is sent on purpose.
        self._desk.worker.run(
            lambda: report.freeze(compilation.id, with_photos=photos, unverified=True),
            lambda frozen: self._frozen(compilation, frozen, folder),
            self._failed,
            self,
        )

    def _frozen(self, compilation: WardCompilation, frozen: Submission, folder: Path) -> None:
        self.frozen.emit()
        self._read(compilation, lambda: self._write(frozen, folder))

    def _write(self, frozen: Submission, folder: Path) -> None:
        self._panel.show_working(True)
        self._writing.write(frozen.package_id, folder)

    def _read(self, compilation: WardCompilation, then: Callable[[], None] | None = None) -> None:
        report = self._desk.services.ward_report

        def work() -> _Found:
            year = report.sent(compilation.fiscal_year)
            sent = next((one for one in year if one.compilation_id == compilation.id), None)
            return report.city(), sent

        def show(found: _Found) -> None:
            city, sent = found
            self._panel.show_version(city, compilation, sent)
            if then is not None:
                then()

        self._desk.worker.run(work, show, self._failed, self)

    def _written(self, written: WrittenFile, drive: Drive | None) -> None:
        self._panel.show_working(False)
        self._panel.show_written(written, drive)

    def _not_written(self, error: ShakyoError, folder: Path) -> None:
        self._panel.show_working(False)
        present(error, self._messages, "もう一度", lambda: self.send(folder))

    def _not_ejected(self, error: ShakyoError, drive: Drive) -> None:
        present(error, self._messages, "もう一度", lambda: self._writing.eject(drive))

    def _failed(self, error: ShakyoError) -> None:
        self._panel.show_working(False)
        present(error, self._messages)
