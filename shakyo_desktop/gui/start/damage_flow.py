"""こわれたデータをなおす: see what is readable, compare it with the newest 控え, choose."""

from pathlib import Path

from PySide6.QtCore import QObject, Signal

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.background import BackgroundWorker, Task
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.start.beginning import Clock
from shakyo_desktop.gui.start.damage_pages import DamagePage, DonePage, ResultPage
from shakyo_desktop.gui.start.secret_page import SecretPage
from shakyo_desktop.gui.start.start_window import StartWindow
from shakyo_desktop.gui.start.step_page import StepPage
from shakyo_desktop.services.salvaging import Salvaged, drop, newest_copies, salvage_beside, use
from shakyo_desktop.services.support_bundle import BUNDLE_NAME, save_closed_bundle

_ASK = (
    "こわれたデータを読むのにも、合い言葉か復旧シート（紙）の文字が要ります。\n"
    "入力すると、読めるものを調べます。何も変わりません。"
)
STEPS = ("調べる", "選ぶ", "確かめる")


class DamageFlow(QObject):
    """Leads from a damaged store to one that works.

    Signals:
        finished: the folder can be opened.
        restore_requested: the person wants a copy instead; the file to begin with, or None.
        again_requested: the person wants to try to open the store once more.
    """

    finished = Signal(object)
    restore_requested = Signal(object)
    again_requested = Signal()

    def __init__(
        self,
        window: StartWindow,
        worker: BackgroundWorker,
        folder: Path,
        clock: Clock,
        message: str,
        secret: str | None = None,
    ) -> None:
        super().__init__(window)
        self._window, self._worker = window, worker
        self._folder, self._clock, self._secret = folder, clock, secret
        self._task: Task | None = None
        self._salvaged: Salvaged | None = None
        self._copies = newest_copies(folder)
        self.damage_page = DamagePage(message, self._copies)
        self.secret_page = SecretPage("データを読む文字", _ASK, next_words="読めるものを調べる", back=True)
        self.result_page = ResultPage()
        self.done_page = DonePage()
        for at, page in enumerate((self.damage_page, self.result_page, self.done_page)):
            page.set_steps(STEPS, at)
        self.damage_page.next_requested.connect(self._look)
        self.damage_page.stop_requested.connect(self._stop)
        self.damage_page.chosen.connect(self._go)
        self.secret_page.next_requested.connect(self._try_secret)
        self.secret_page.back_requested.connect(self.start)
        self.result_page.next_requested.connect(self._use)
        self.result_page.back_requested.connect(self._give_up)
        self.result_page.restore_button.clicked.connect(self._restore)
        self.done_page.next_requested.connect(lambda: self.finished.emit(self._folder))

    def start(self) -> None:
        """Show the first page."""
        self._window.show_page(self.damage_page)

    def secret(self) -> str | None:
        """Return what was typed to open the store, None when nobody was asked."""
        return self._secret

    def _go(self, way: str) -> None:
        {"again": self.again_requested.emit, "restore": self._restore, "notes": self._save_notes}[way]()

    def _restore(self) -> None:
        self._forget()
        self.restore_requested.emit(self._copies[0].path if self._copies else None)

    def _look(self) -> None:
        """Save what is readable into a folder beside the damaged files, and show what that is."""
        page = self.damage_page
        self._forget()

        def work(task: Task) -> Salvaged:
            return salvage_beside(
                self._folder,
                self._secret,
                self._clock,
                lambda words, done, total: task.report(done, total, f"読んでいます: {words}"),
                task.stop_if_cancelled,
            )

        page.set_busy("こわれていないところを読んでいます", can_stop=True)
        self._task = self._worker.start(
            work,
            self._found,
            self._not_found,
            owner=self,
            on_progress=lambda done, total, text: page.set_busy(text, done, total, can_stop=True),
        )

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _found(self, salvaged: Salvaged) -> None:
        self.damage_page.set_busy("")
        self._salvaged = salvaged
        self.result_page.show_result(salvaged, self._copies)
        self._window.show_page(self.result_page)

    def _not_found(self, error: ShakyoError) -> None:
        self.damage_page.set_busy("")
        if error.code == "store.locked":
            tried = self._secret is not None
            self._window.show_page(self.secret_page)
            if tried:
                present(error, self.secret_page.messages)
            return
        self._window.show_page(self.damage_page)
        present(error, self.damage_page.messages)

    def _try_secret(self) -> None:
        self._secret = self.secret_page.text()
        self._window.show_page(self.damage_page)
        self._look()

    def _use(self) -> None:
        salvaged = self._salvaged
        assert salvaged is not None
        page = self.result_page

        def done(aside: Path) -> None:
            page.set_busy("")
            self._salvaged = None
            self.done_page.show_done(salvaged, aside)
            self._window.show_page(self.done_page)

        page.set_busy("置きかえています")
        self._worker.start(
            lambda _task: use(salvaged), done, lambda error: self._failed(page, error), owner=self
        )

    def _give_up(self) -> None:
        self._forget()
        self._window.show_page(self.damage_page)

    def _forget(self) -> None:
        """Take away what was salvaged before; the damaged files and the copies are as they were."""
        salvaged, self._salvaged = self._salvaged, None
        if salvaged is not None:
            self._worker.run(lambda: drop(salvaged.folder), owner=self)

    def _save_notes(self) -> None:
        page = self.damage_page
        path = choosers.choose_save_path(page, "診断の記録を保存する", BUNDLE_NAME, "ZIP (*.zip)")
        if path is None:
            return
        said = f"診断の記録を保存しました。プログラムの担当者に渡してください。\n{path}"
        self._worker.start(
            lambda _task: save_closed_bundle(self._folder, path),
            lambda _: page.messages.show_message("saved", said),
            lambda error: self._failed(page, error),
            owner=self,
        )

    def _failed(self, page: StepPage, error: ShakyoError) -> None:
        page.set_busy("")
        present(error, page.messages)
