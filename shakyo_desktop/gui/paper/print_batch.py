"""Many forms at once, printed one after another or saved into a folder: all districts, or one's whole set."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.paper.paper_desk import PaperDesk
from shakyo_desktop.gui.shared import choosers
from shakyo_desktop.gui.shared.background import Task
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card, ProgressLine
from shakyo_desktop.gui.shared.messages import MessageBar, present
from shakyo_desktop.services.forms import FormService, FormWish, PrintedForm
from shakyo_desktop.services.printing import PrintingService
from shakyo_desktop.services.verified_write import write_verified

_PRINT_WIDTH = 1654  # A4 at 200 dpi


@dataclass(frozen=True, slots=True)
class OneForm:
    """A form that was made, and what it was made for."""

    wish: FormWish
    printed: PrintedForm

    @property
    def file_name(self) -> str:
        """F4-999999-01-2026.pdf; a district's own set needs no code."""
        parts = (self.wish.form.value, self.wish.org or "", str(self.wish.fiscal_year))
        return "-".join(part for part in parts if part) + ".pdf"


_Made = tuple[OneForm, ...]
Prepare = Callable[[FormService, FormWish, Task], _Made]


def all_districts(forms: FormService, wish: FormWish, task: Task) -> _Made:
    """The chosen form for every district of the roster."""
    made = forms.print_for_all(wish, progress=task.report, cancelled=task.is_cancelled)
    return tuple(OneForm(replace(wish, org=org), printed) for org, printed in made)


def whole_set(forms: FormService, wish: FormWish, task: Task) -> _Made:
    """F1 to F4 of the district that is chosen."""
    made = forms.print_set(wish, progress=task.report, cancelled=task.is_cancelled)
    return tuple(OneForm(replace(wish, form=form, large=False), printed) for form, printed in made)


class PrintBatch(Card):
    """Two ways out with progress; stopping leaves what is out already.

    ``unit`` counts what is printed (12地区ぶん, 4種類); ``letters`` are those of the two buttons.
    """

    def __init__(
        self,
        desk: PaperDesk,
        messages: MessageBar,
        title: str,
        unit: str,
        letters: tuple[str, str],
        prepare: Prepare,
    ) -> None:
        super().__init__(title)
        self._desk, self._messages = desk, messages
        self._unit, self._prepare = unit, prepare
        self._printing = PrintingService()
        self._task: Task | None = None
        self._stopped = False
        self._wish: Callable[[], FormWish] | None = None
        self.print_button = SecondaryButton("まとめて印刷する", letters[0], "printer")
        self.print_button.clicked.connect(self._print_all)
        self.save_button = SecondaryButton("フォルダーに保存する", letters[1], "folder-open")
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

    def _print_all(self) -> None:
        self._make(self._print_each)

    def _save_all(self) -> None:
        folder = choosers.choose_folder(self, "用紙を保存するフォルダー")
        if folder is not None:
            self._make(lambda made: self._write(folder, made))

    def _make(self, then: Callable[[_Made], None]) -> None:
        if self._wish is None or self._working:
            return
        wish, forms = self._wish(), self._desk.services.forms
        self._stopped = False
        self._show_working(True)
        self._progress.set_progress(0, 0, "用紙を作っています…")

        def done(made: object) -> None:
            self._task = None
            assert isinstance(made, tuple)
            then(made)

        self._task = self._desk.worker.start(
            lambda task: self._prepare(forms, wish, task),
            done,
            self._failed,
            self,
            lambda count, total, _text: self._progress.set_progress(
                count, total, f"{count}/{total} 用紙を作っています…"
            ),
        )

    def _print_each(self, made: _Made) -> None:
        self._print_next(iter(made), 0, len(made))

    def _print_next(self, rest: Iterator[OneForm], done: int, total: int) -> None:
        """One form's pages at a time, so that memory stays small and stopping works between them."""
        following = next(rest, None)
        if following is None or self._stopped:
            self._show_working(False)
            words = f"{done}{self._unit}をプリンターに送りました。"
            more = (
                f"\n中止したので、残りの{total - done}{self._unit}は送っていません。" if done < total else ""
            )
            self._messages.show_message("info" if more else "saved", words + more)
            return
        self._progress.set_progress(done, total, f"{done + 1}/{total} 印刷しています…")
        forms = self._desk.services.forms

        def send(pages: Sequence[bytes]) -> None:
            try:
                title = f"{following.wish.form.label} {following.wish.org or ''}".strip()
                self._desk.printer.print_pages(pages, title)
            except ShakyoError as error:
                self._failed(error)
                return
            self._desk.worker.run(lambda: forms.note_printed(following.wish), owner=self)
            self._print_next(rest, done + 1, total)

        self._desk.worker.run(
            lambda: self._printing.pages(following.printed.pdf, _PRINT_WIDTH), send, self._failed, self
        )

    def _write(self, folder: Path, made: _Made) -> None:
        forms = self._desk.services.forms

        def work(task: Task) -> int:
            for count, one in enumerate(made):
                task.stop_if_cancelled()
                pdf = one.printed.pdf
                write_verified(folder, one.file_name, lambda out, pdf=pdf: out.write(pdf))  # type: ignore[misc]
                forms.note_printed(one.wish)
                task.report(count + 1, len(made))
            return len(made)

        def done(count: object) -> None:
            self._task = None
            self._show_working(False)
            self._messages.show_message("saved", f"{count}{self._unit}を保存しました。\n{folder}")

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
        self._working = working
        self._progress.setVisible(working)
        self.stop_button.setVisible(working)
        self.print_button.setVisible(not working)
        self.save_button.setVisible(not working)
