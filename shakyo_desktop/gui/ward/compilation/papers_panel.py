"""書類を作る: the documents of the version that is shown, looked at, printed, saved into a folder."""

from pathlib import Path

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from shakyo_desktop.domain.compilation import WardCompilation
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.background import Task
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card, ProgressLine
from shakyo_desktop.gui.shared.document_panel import DocumentPanel
from shakyo_desktop.gui.shared.messages import MessageBar, present
from shakyo_desktop.gui.shared.theme import size
from shakyo_desktop.gui.ward.compilation.paper_choice import PaperChoice
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.services.compilation_papers import PRINTED, CompiledPaper, WrittenPaper

_NONE_CHOSEN = "保存する書類を選んでください。\n四角にしるしを付けてから、もう一度押してください。"
_BUSY = "今、書類を保存しています。終わるまで待つか、「中止する」を押してください。"
_NOT_OPENED = "フォルダーの画面を開けませんでした。\n書類は保存してあります。\n次の場所を開いてください。"
_CHOICE_WIDTH, _NARROW_CHOICE, _NARROW = 400, 330, 980
_MOST_NAMED = 5


class PapersPanel(QWidget):
    """The choice on the left, the document as it will be printed on the right."""

    def __init__(self, desk: Desk, messages: MessageBar, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._desk, self._messages = desk, messages
        self._compilation: WardCompilation | None = None
        self._task: Task | None = None
        self.choice = PaperChoice()
        self.choice.looked_at.connect(self.look_at)
        self.choice.save_requested.connect(self.save)
        self.document = DocumentPanel("取りまとめの書類", desk.worker, desk.printer, messages)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setAccessibleName("書類の選択")
        self._area.setWidget(self.choice)
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(self._area)
        row.addWidget(self.document, 1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(self._make_progress())
        column.addLayout(row, 1)
        self._progress_card.hide()

    def show_version(self, compilation: WardCompilation) -> None:
        """Show the documents of a version, 区取りまとめ表 first."""
        self._compilation = compilation
        self.look_at(PRINTED[0])

    def leave(self) -> None:
        """Forget the pages; a saving that is under way goes on."""
        self._compilation = None
        self.document.clear()

    def focus_first(self) -> None:
        """The first box takes the keyboard."""
        self.choice.checks[CompiledPaper.SUMMARY_TABLE].setFocus()

    def look_at(self, paper: CompiledPaper) -> None:
        """Show a document as it will be printed."""
        compilation, services = self._compilation, self._desk.services
        if compilation is None:
            return
        name = services.compilation_papers.file_name(compilation, paper)
        self.document.show_document(
            lambda: services.compilation_papers.pdf(services.compilation.get(compilation.id), paper), name
        )

    def save(self) -> None:
        """Ask for a folder and write the chosen documents there."""
        chosen = self.choice.chosen()
        if self._task is not None:
            self._messages.show_message("info", _BUSY)
        elif not chosen:
            self._messages.show_message("info", _NONE_CHOSEN)
        elif (folder := choosers.choose_folder(self, "書類を保存するフォルダー")) is not None:
            self._write(chosen, folder)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the document more room in narrow windows."""
        super().resizeEvent(event)
        self._area.setFixedWidth(size(_NARROW_CHOICE if self.width() < size(_NARROW) else _CHOICE_WIDTH))

    def _write(self, chosen: tuple[CompiledPaper, ...], folder: Path) -> None:
        compilation, services = self._compilation, self._desk.services
        if compilation is None:
            return
        cp932 = self.choice.cp932.isChecked()
        self._messages.clear()
        self._progress.set_progress(0, 2 * len(chosen), "書類を作っています…")
        self._progress_card.show()

        def work(task: Task) -> tuple[WrittenPaper, ...]:
            newest = services.compilation.get(compilation.id)  # with the words that were just stored
            write = services.compilation_papers.write
            return write(
                newest, chosen, folder, cp932=cp932, progress=task.report, cancelled=task.is_cancelled
            )

        def failed(error: ShakyoError) -> None:
            self._end()
            present(error, self._messages, "もう一度", lambda: self._write(chosen, folder))

        def done(written: tuple[WrittenPaper, ...]) -> None:
            self._end()
            self._messages.show_message(
                "saved", _saved_words(written, folder), "フォルダーを開く", lambda: self._open(folder)
            )

        self._task = self._desk.worker.start(work, done, failed, self, self._progress.set_progress)

    def _end(self) -> None:
        self._task = None
        self._progress_card.hide()

    def _open(self, folder: Path) -> None:
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(folder))):
            self._messages.show_message("problem", f"{_NOT_OPENED}\n{folder}")

    def _make_progress(self) -> Card:
        self._progress_card = Card()
        self._progress = ProgressLine()
        self.cancel_button = SecondaryButton("中止する", icon_name="x")
        self.cancel_button.clicked.connect(lambda: self._task.cancel() if self._task else None)
        row = QHBoxLayout()
        row.addWidget(self._progress, 1)
        row.addWidget(self.cancel_button)
        self._progress_card.add_layout(row)
        return self._progress_card


def _saved_words(written: tuple[WrittenPaper, ...], folder: Path) -> str:
    """How many files, where, and which characters stand there as another one."""
    lines = [f"書類{len(written)}件を保存し、読み直して同じであることを確かめました。", str(folder)]
    changed = tuple(dict.fromkeys(words for one in written for words in one.changed))
    if changed:
        more = f"、ほか{len(changed) - _MOST_NAMED}件" if len(changed) > _MOST_NAMED else ""
        lines.append(f"ほかの字で書いた文字があります：{'、'.join(changed[:_MOST_NAMED])}{more}")
    return "\n".join(lines)
