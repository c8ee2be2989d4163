"""提出の3 取り外し: let go of the stick, print the cover sheet, carry both to the office."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.buttons import PrimaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.document_panel import DocumentPanel
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.gui.shared.messages import MessageBar
from shakyo_desktop.gui.shared.printing import Printer
from shakyo_desktop.services.drives import Drive
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.verified_write import WrittenFile

_PAPER = (
    "送付票を印刷して部会長に見てもらい、USBメモリといっしょに事務所へ渡してください。\n"
    "送付票には、事務所が登録を確かめるための確認番号が入っています。"
)


class HandoverStep(QWidget):
    """Signals:
    eject_requested: the drive to let go of.
    """

    eject_requested = Signal(object)

    def __init__(
        self, services: Services, worker: BackgroundWorker, printer: Printer, messages: MessageBar
    ) -> None:
        super().__init__()
        self._services = services
        self._drive: Drive | None = None
        self.panel = DocumentPanel("送付票", worker, printer, messages)
        self.panel.setMinimumHeight(280)
        self.eject_button = PrimaryButton("USBメモリを取り外す", "E", "usb")
        self.eject_button.clicked.connect(lambda: self.eject_requested.emit(self._drive))
        self._saved = Chip("", "saved")
        self._where = plain_label("")
        self._safe = Chip("✓ 取り外せます", "saved")
        stick = Card("USBメモリ")
        for widget in (self._saved, self._where, self.eject_button, self._safe, plain_label(_PAPER)):
            stick.add(widget)
        stick.body.addStretch(1)
        paper = Card()
        paper.add(self.panel, 1)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(stick, 2)
        row.addWidget(paper, 5)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(row, 1)

    def show_written(self, submission: Submission, written: WrittenFile, drive: Drive | None) -> None:
        """Say what lies where; a folder of this computer needs no ejecting."""
        self._drive = drive
        self._saved.set_chip("✓ 保存して、読み直して確かめました", "saved")
        self._saved.show()
        place = f"{drive.name}（{drive.letter}）" if drive and drive.letter else drive.name if drive else ""
        self._where.setText(f"{place or written.path.parent}\n{written.path.name}")
        self.eject_button.setVisible(drive is not None)
        self._safe.hide()
        self._show_sheet(submission)

    def show_paper(self, submission: Submission) -> None:
        """Show the cover sheet of an earlier revision."""
        self._show_only_paper(f"第{submission.revision}版の送付票です。\n{submission.file_name}")
        self._show_sheet(submission)

    def show_copy(self, submission: Submission) -> None:
        """Show an earlier revision in full, as it would be printed."""
        self._show_only_paper(
            f"第{submission.revision}版の写しです。部会長が読んだり、控えにしたりできます。"
        )
        name = f"報告の写し-{submission.file_name.removesuffix('.shakyo')}.pdf"
        self.panel.show_document(lambda: self._services.submission.report_copy(submission.package_id), name)

    def _show_only_paper(self, text: str) -> None:
        self._drive = None
        self._saved.hide()
        self._safe.hide()
        self.eject_button.hide()
        self._where.setText(text)

    def is_done(self) -> bool:
        """Return whether no stick waits to be let go."""
        return self._drive is None

    def show_ejected(self) -> None:
        """Only now it is true that the stick may be pulled."""
        self._drive = None
        self.eject_button.hide()
        self._safe.show()

    def _show_sheet(self, submission: Submission) -> None:
        name = f"送付票-{submission.file_name.removesuffix('.shakyo')}.pdf"
        self.panel.show_document(lambda: self._services.submission.cover_sheet(submission.package_id), name)
