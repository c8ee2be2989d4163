"""写真・スキャンした用紙を読む: files go in, every picture goes to its own sheet or says why not."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.paper.paper_desk import PaperDesk
from shakyo_desktop.gui.shared.background import Task
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card, ProgressLine
from shakyo_desktop.gui.shared.drop_area import DropArea
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.services.scans import ScanOutcome, ScanService, ScanVerdict

_PATTERN = "写真・PDF (*.jpg *.jpeg *.png *.pdf *.tif *.tiff *.webp *.bmp)"
_SIGNS = {
    ScanOutcome.ATTACHED: "✓",
    ScanOutcome.KNOWN: "↺",
    ScanOutcome.NO_CODE: "△",
    ScanOutcome.REFUSED: "×",
}
_MOST_SHOWN = 40


class ScanCard(Card):
    """Signals:
    sheet_wanted: the ``SheetKey`` of a picture that was attached.
    by_hand: a verdict without a code; the person says which sheet it shows.
    failed: a ShakyoError.
    """

    sheet_wanted = Signal(object)
    by_hand = Signal(object)
    failed = Signal(object)

    def __init__(self, desk: PaperDesk) -> None:
        super().__init__("写真・スキャンした用紙を読む")
        self._desk = desk
        self._task: Task | None = None
        self._service: Callable[[], ScanService] | None = None
        self.drop = DropArea(
            "ここに、用紙を写した写真やPDFを置く", "写真を選ぶ", letter="Y", pattern=_PATTERN, primary=False
        )
        self.drop.paths_chosen.connect(self._read)
        self._progress = ProgressLine()
        self.stop_button = SecondaryButton("中止する", icon_name="x")
        self.stop_button.clicked.connect(self._stop)
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self._said = plain_label("", "small")
        for widget in (self.drop, self._progress, self.stop_button, self._said):
            self.add(widget)
        self.add_layout(self._rows)
        self._show_working(False)

    def service_of(self, service: Callable[[], ScanService]) -> None:
        """Ask this whose pictures are read."""
        self._service = service

    def show_verdicts(self, verdicts: tuple[ScanVerdict, ...]) -> None:
        """One row for every picture, with the one thing to do next."""
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for verdict in verdicts[:_MOST_SHOWN]:
            row = self._row(verdict)
            self._rows.addWidget(row)
            row.show()
        attached = sum(1 for one in verdicts if one.outcome is ScanOutcome.ATTACHED)
        self._said.setText(f"{len(verdicts)}枚を読み、{attached}枚を用紙に付けました。" if verdicts else "")
        self._said.setVisible(bool(verdicts))

    def _read(self, paths: object) -> None:
        if self._service is None or self._task is not None or not isinstance(paths, list):
            return
        scans, files = self._service(), [path for path in paths if isinstance(path, Path)]
        self._show_working(True)
        self._progress.set_progress(0, len(files), "写真を読んでいます…")
        self._task = self._desk.worker.start(
            lambda task: scans.take_in(
                files, lambda done, total: task.report(done, total), task.is_cancelled
            ),
            self._done,
            self._not_done,
            self,
            lambda done, total, _text: self._progress.set_progress(
                done, total, f"{done}/{total} 写真を読んでいます…"
            ),
        )

    def _done(self, verdicts: tuple[ScanVerdict, ...]) -> None:
        self._task = None
        self._show_working(False)
        self.show_verdicts(verdicts)

    def _not_done(self, error: ShakyoError) -> None:
        self._task = None
        self._show_working(False)
        self.failed.emit(error)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _row(self, verdict: ScanVerdict) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        words = f"{_SIGNS[verdict.outcome]} {verdict.name}（{verdict.number}枚目）　{verdict.words}"
        line.addWidget(plain_label(words, "small"), 1)
        button = self._action(verdict)
        if button is not None:
            button.setAccessibleName(f"{button.words()} {verdict.name} {verdict.number}枚目")
            line.addWidget(button)
        return row

    def _action(self, verdict: ScanVerdict) -> SecondaryButton | None:
        if verdict.sheet is not None:
            button = SecondaryButton("この用紙を入力する")
            button.clicked.connect(lambda: self.sheet_wanted.emit(verdict.sheet))
            return button
        if verdict.outcome is ScanOutcome.NO_CODE:
            button = SecondaryButton("上で選んだ用紙に付ける")
            button.clicked.connect(lambda: self.by_hand.emit(verdict))
            return button
        return None

    def _show_working(self, working: bool) -> None:
        self._progress.setVisible(working)
        self.stop_button.setVisible(working)
        self.drop.setVisible(not working)
