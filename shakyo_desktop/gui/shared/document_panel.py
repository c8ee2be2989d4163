"""A document from its making to paper: shown, printed, or saved as a file."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.document_view import DocumentView
from shakyo_desktop.gui.shared.messages import MessageBar, present
from shakyo_desktop.gui.shared.printing import Printer
from shakyo_desktop.services.printing import PrintingService
from shakyo_desktop.services.verified_write import write_verified

_PRINT_WIDTH = 1654  # A4 at 200 dpi
MOST_SHOWN = 40
"""Pages of a long document that are shown; a picture of one takes some megabytes. All of them are printed."""

_WAIT = "書類を作っています。もう少し待ってから押してください。"


@dataclass(frozen=True, slots=True)
class _Shown:
    pdf: bytes
    pages: tuple[bytes, ...]
    count: int


class DocumentPanel(QWidget):
    """Makes a PDF off the window's thread, shows its pages, prints and saves it.

    Signals:
        handed_over: the document was printed or saved; the argument says which ("printed", "saved").
    """

    handed_over = Signal(str)

    def __init__(
        self,
        title: str,
        worker: BackgroundWorker,
        printer: Printer,
        messages: MessageBar,
        parent: QWidget | None = None,
        *,
        may_save: bool = True,
    ) -> None:
        """``may_save`` is False for a paper that must never be a file."""
        super().__init__(parent)
        self._title, self._name = title, f"{title}.pdf"
        self._worker, self._printer, self._messages = worker, printer, messages
        self._printing = PrintingService()
        self._shown: _Shown | None = None
        self._asked = 0
        self.view = DocumentView(title)
        self.view.print_requested.connect(lambda printer: self._print(printer))
        self.view.save_requested.connect(self._save)
        self.view.save_button.setVisible(may_save)
        self.view.choice_requested.connect(self._choose)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.view, 1)

    def show_document(self, make: Callable[[], bytes], file_name: str = "") -> None:
        """Make a PDF in the background and show it; a document asked for earlier is forgotten."""
        self._asked += 1
        asked = self._asked
        self._shown = None
        self._name = file_name or f"{self._title}.pdf"
        self.view.set_busy("書類を作っています…")

        def work() -> _Shown:
            pdf = make()
            first = tuple(self._printing.pages(pdf, pages=range(MOST_SHOWN)))
            return _Shown(pdf, first, self._printing.count(pdf))

        def done(shown: _Shown) -> None:
            if asked == self._asked:
                self._show(shown)

        def failed(error: ShakyoError) -> None:
            if asked == self._asked:
                self.view.set_pages(())
                present(error, self._messages, "もう一度", lambda: self.show_document(make, file_name))

        self._worker.run(work, done, failed, owner=self)

    def clear(self) -> None:
        """Show nothing."""
        self._asked += 1
        self._shown = None
        self.view.set_pages(())

    def _show(self, shown: _Shown) -> None:
        self._shown = shown
        self.view.set_printers(self._printer.names())
        self.view.set_pages(shown.pages, shown.count)

    def _choose(self) -> None:
        """Printer, pages and copies in the system's own dialog."""
        if self._shown is None:
            self._messages.show_message("info", _WAIT)
            return
        count = self._shown.count
        try:
            order = self._printer.ask(self, count)
        except ShakyoError as error:
            present(error, self._messages)
            return
        if order is not None:
            self._print(order.printer, range(order.pages[0] - 1, order.pages[1]), order.copies)

    def _print(self, printer: str, pages: range | None = None, copies: int = 1) -> None:
        if self._shown is None:
            self._messages.show_message("info", _WAIT)
            return
        pdf = self._shown.pdf
        self._worker.run(
            lambda: self._printing.pages(pdf, _PRINT_WIDTH, pages),
            lambda made: self._send(made, printer, copies),
            lambda error: present(error, self._messages),
            owner=self,
        )

    def _send(self, pages: Sequence[bytes], printer: str, copies: int) -> None:
        try:
            self._printer.print_pages(pages, self._title, printer, copies)
        except ShakyoError as error:
            present(error, self._messages)
            return
        self._messages.show_message(
            "saved", f"{self._title}をプリンターに送りました。\n紙が出てくるのを待ってください。"
        )
        self.handed_over.emit("printed")

    def _save(self) -> None:
        if self._shown is None:
            self._messages.show_message("info", _WAIT)
            return
        pdf = self._shown.pdf
        path = choosers.choose_save_path(self, "PDFを保存する", self._name, "PDF (*.pdf)")
        if path is None:
            return

        def done(_: object) -> None:
            self._messages.show_message("saved", f"{self._title}を保存しました。\n{path}")
            self.handed_over.emit("saved")

        self._worker.run(
            lambda: write_verified(path.parent, path.name, lambda out: out.write(pdf)),
            done,
            lambda error: present(error, self._messages),
            owner=self,
        )
