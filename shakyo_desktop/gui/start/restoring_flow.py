"""控えから戻す: choose the copy, type what opens it, choose how the restored store is locked."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.errors import CopyUnproven, ShakyoError
from shakyo_desktop.gui.shared.background import BackgroundWorker, Task
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.start.beginning import Clock
from shakyo_desktop.gui.start.compare_page import ComparePage
from shakyo_desktop.gui.start.file_page import FilePage
from shakyo_desktop.gui.start.lock_page import LockPage
from shakyo_desktop.gui.start.secret_page import copy_secret_page
from shakyo_desktop.gui.start.start_window import StartWindow
from shakyo_desktop.gui.start.step_page import StepPage
from shakyo_desktop.services.copy_facts import CopyFacts, look_at
from shakyo_desktop.services.locks import key_ring_works
from shakyo_desktop.services.replacing import restore_in_place
from shakyo_desktop.services.restoring import Restored

STEPS = ("控えを選ぶ", "開く文字", "データの守り方", "確かめる")


class RestoringFlow(QObject):
    """Leads through the steps; whatever lies in the folder is kept beside.

    Signals:
        finished: the folder can be opened.
        left: the person went back before the first page.
    """

    finished = Signal(object)
    left = Signal()

    def __init__(self, window: StartWindow, worker: BackgroundWorker, folder: Path, clock: Clock) -> None:
        super().__init__(window)
        self._window, self._worker = window, worker
        self._folder, self._clock = folder, clock
        self._file: Path | None = None
        self._asks = True  # False: this computer opens the copy by itself
        self._task: Task | None = None
        self.file_page = FilePage(
            "控えから戻す",
            "「控えを作る」で作ったファイル（名前の終わりが .hikae）を選んでください。",
            "ここに控えのファイルを置く または",
            "控えのファイルを選ぶ",
            "控え (*.hikae);;すべてのファイル (*)",
            "控えのファイルを選んでください。",
        )
        self.secret_page = copy_secret_page()
        self.lock_page = LockPage()
        self.done_page = StepPage("控えから戻しました", next_words="始める", back=False)
        self._pages: list[StepPage] = [self.file_page, self.secret_page, self.lock_page, self.done_page]
        self.file_page.file_chosen.connect(self.choose)
        self.compare_page = ComparePage()  # between locks and end, only for a copy that nothing proves
        self.compare_page.set_steps(STEPS, 2)
        self.compare_page.next_requested.connect(lambda: self._restore(self.compare_page.number))
        self.compare_page.back_requested.connect(lambda: self._window.show_page(self.lock_page))
        for waits in (self.lock_page, self.compare_page):
            waits.stop_requested.connect(self._stop)
        for at, (page, on) in enumerate(
            zip(
                self._pages,
                (self._forward, self._forward, lambda: self._restore(None), self._finish),
                strict=True,
            )
        ):
            page.set_steps(STEPS, at)
            page.next_requested.connect(on)
            page.back_requested.connect(self._back)

    def start(self, file: Path | None = None) -> None:
        """Show the first page; ``file`` is a copy that is chosen already."""
        self._worker.run(key_ring_works, self.lock_page.set_key_ring, owner=self)
        self._window.show_page(self.file_page)
        if file is not None:
            self.choose(file)

    def choose(self, path: Path) -> None:
        """Look at a copy before anything is asked: what is no copy, or damaged, is said at once."""

        def found(facts: CopyFacts) -> None:
            self.file_page.set_busy("")
            self._file, self._asks = path, not facts.opens_here
            self.file_page.show_found(path.name, f"{era_timestamp(facts.made_at)}に作られた控えです。")

        def failed(error: ShakyoError) -> None:
            self.file_page.set_busy("")
            self.file_page.show_found("", "")
            present(error, self.file_page.messages)

        self._file = None
        self.file_page.set_busy("控えを調べています")
        self._worker.start(lambda _task: look_at(path, self._folder), found, failed, owner=self)

    def _forward(self) -> None:
        self._window.show_page(self._pages[self._at() + (1 if self._asks or self._at() else 2)])

    def _back(self) -> None:
        at = self._at()
        if at == 0:
            self.left.emit()
        else:
            self._window.show_page(self._pages[at - (2 if at == 2 and not self._asks else 1)])

    def _at(self) -> int:
        page = self._window.current()
        assert isinstance(page, StepPage)
        return self._pages.index(page)

    def _finish(self) -> None:
        self.finished.emit(self._folder)

    def _restore(self, compared: str | None) -> None:
        file, locks = self._file, self.lock_page.choice()
        secret = self.secret_page.text() if self._asks else None
        assert file is not None
        page = self.lock_page if compared is None else self.compare_page

        def done(restored: Restored) -> None:
            page.set_busy("")
            self.done_page.set_title(f"{restored.name} の控えから戻しました")
            self.done_page.messages.show_message("saved", restored.message)
            self._window.show_page(self.done_page)

        def failed(error: ShakyoError) -> None:
            page.set_busy("")
            if isinstance(error, CopyUnproven):
                self.compare_page.show_copy(error.message, error.number)
                self._window.show_page(self.compare_page)
                return
            if error.code == "store.locked":
                self._asks = True
            elsewhere: dict[str, StepPage] = {"store.locked": self.secret_page}
            elsewhere |= dict.fromkeys(("file", "copy.forged"), self.file_page)
            back = elsewhere.get(error.code, page)
            self._window.show_page(back)
            present(error, back.messages)

        page.set_busy("控えを調べて、戻しています", can_stop=True)
        self._task = self._worker.start(
            lambda task: restore_in_place(
                file, self._folder, secret, locks, self._clock, task.stop_if_cancelled, compared
            ),
            done,
            failed,
            owner=self,
        )

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()
