"""One form for every district of the roster: printed one after another, or saved into a folder."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.paper.paper_desk import PaperDesk
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.background import Task
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card, ProgressLine
from shakyo_desktop.gui.shared.messages import MessageBar, present
from shakyo_desktop.services.forms import FormWish, PrintedForm
from shakyo_desktop.services.printing import PrintingService
from shakyo_desktop.services.verified_write import write_verified

_PRINT_WIDTH = 1654  # A4 at 200 dpi
_Made = tuple[tuple[str, PrintedForm], ...]


class AllDistricts(Card):
    """Two ways out for all districts at once, with progress; stopping leaves what is out already."""

    def __init__(self, desk: PaperDesk, messages: MessageBar) -> None:
        super().__init__("すべての地区部会")
        self._desk, self._messages = desk, messages
        self._printing = PrintingService()
        self._task: Task | None = None
        self._stopped = False
        self._wish: Callable[[], FormWish] | None = None
        self.print_button = SecondaryButton("まとめて印刷する", "A", "printer")
        self.print_button.clicked.connect(self._print_all)
        self.save_button = SecondaryButton("フォルダに保存する", "V", "folder-open")
        self.save_button.clicked.connect(self._save_all)
        self._progress = ProgressLine()
        self.stop_button = SecondaryButton("中止する", icon_name="x")
        self.stop_button.clicked.connect(self._stop)
        for widget in (self.print_button, self.save_button, self._progress, self.stop_button):
            self.add(widget)
        self._show_working(False)

    def wish_of(self, wish: Callable[[], FormWish]) -> None:
        """Ask this for the form that is wanted."""
        self._wish = wish

    def set_count(self, count: int) -> None:
        """Say how many districts there are."""
        self.set_title(f"すべての地区部会（{count}）")

    def _print_all(self) -> None:
        self._make(self._print_each)

    def _save_all(self) -> None:
        folder = choosers.choose_folder(self, "用紙を保存するフォルダ")
        if folder is not None:
            self._make(lambda wish, made: self._write(folder, wish, made))

    def _make(self, then: Callable[[FormWish, _Made], None]) -> None:
        if self._wish is None or self._task is not None:
            return
        wish, forms = self._wish(), self._desk.services.forms
        self._stopped = False
        self._show_working(True)
        self._progress.set_progress(0, 0, "用紙を作っています…")

        def done(made: object) -> None:
            self._task = None
            assert isinstance(made, tuple)
            then(wish, made)

        self._task = self._desk.worker.start(
            lambda task: forms.print_for_all(
                wish, progress=lambda count, total: task.report(count, total), cancelled=task.is_cancelled
            ),
            done,
            self._failed,
            self,
            lambda count, total, _text: self._progress.set_progress(
                count, total, f"{count}/{total} 用紙を作っています…"
            ),
        )

    def _print_each(self, wish: FormWish, made: _Made) -> None:
        rest = iter(made)
        self._print_next(rest, 0, len(made), wish)

    def _print_next(
        self, rest: Iterator[tuple[str, PrintedForm]], done: int, total: int, wish: FormWish
    ) -> None:
        """One district's pages at a time, so that memory stays small and stopping works between them."""
        following = next(rest, None)
        if following is None or self._stopped:
            self._show_working(False)
            words = f"{done}地区ぶんをプリンターに送りました。"
            more = f"\n中止したので、残りの{total - done}地区ぶんは送っていません。" if done < total else ""
            self._messages.show_message("info" if more else "saved", words + more)
            return
        self._progress.set_progress(done, total, f"{done + 1}/{total} 印刷しています…")
        org, printed = following

        def send(pages: Sequence[bytes]) -> None:
            try:
                self._desk.printer.print_pages(pages, f"{wish.form.label} {org}")
            except ShakyoError as error:
                self._failed(error)
                return
            self._print_next(rest, done + 1, total, wish)

        self._desk.worker.run(
            lambda: self._printing.pages(printed.pdf, _PRINT_WIDTH), send, self._failed, self
        )

    def _write(self, folder: Path, wish: FormWish, made: _Made) -> None:
        def work(task: Task) -> int:
            for count, (org, printed) in enumerate(made):
                task.stop_if_cancelled()
                name = f"{wish.form.value}-{org}-{wish.fiscal_year}.pdf"
                write_verified(folder, name, lambda out, pdf=printed.pdf: out.write(pdf))  # type: ignore[misc]
                task.report(count + 1, len(made))
            return len(made)

        def done(count: object) -> None:
            self._task = None
            self._show_working(False)
            self._messages.show_message("saved", f"{count}地区ぶんを保存しました。\n{folder}")

        self._task = self._desk.worker.start(
            work,
            done,
            self._failed,
            self,
            lambda count, total, _text: self._progress.set_progress(
                count, total, f"{count}/{total} 保存しています…"
            ),
        )

    def _stop(self) -> None:
        self._stopped = True
        if self._task is not None:
            self._task.cancel()

    def _failed(self, error: ShakyoError) -> None:
        self._task = None
        self._show_working(False)
        present(error, self._messages)

    def _show_working(self, working: bool) -> None:
        self._progress.setVisible(working)
        self.stop_button.setVisible(working)
        self.print_button.setVisible(not working)
        self.save_button.setVisible(not working)
