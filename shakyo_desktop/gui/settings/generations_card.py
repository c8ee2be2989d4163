"""自動の控え: what was copied by itself, where it lies, and going back to one of it."""

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import Signal

from shakyo_desktop.domain.copies import CopyState, Generation
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.settings.section import SettingsDesk, button_row
from shakyo_desktop.gui.shared.background import Task
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card, WorkRow
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.services.copy_rounds import CopiesStatus

_LEAD = (
    "書いた内容が変わると、自動で控えを作り、中まで読み直して確かめます。\n"
    "新しいものから10個、その前は1日に1つ（14日分）、さらに前は1週間に1つ（12週分）を残します。"
)
_EMPTY = "自動の控えは、まだありません。\nはじめの控えは、開いてから5分ほどで作ります。"
_COLUMNS = (Column("作った日時", 224), Column("ある場所"), Column("きっかけ", 196), Column("状態", 200))
_HERE, _THERE = "このパソコン", "外の場所"
_ROWS = 6
_TONES = {CopyState.GOOD: "plain", CopyState.BAD: "problem", CopyState.UNCHECKED: "warning"}
_SIGNS = {CopyState.GOOD: "✓ ", CopyState.BAD: "× ", CopyState.UNCHECKED: ""}


class GenerationsCard(Card):
    """Signals: `restore_requested` with the file to go back to; `made` when there is a new copy."""

    restore_requested = Signal(object)
    made = Signal()

    def __init__(self, desk: SettingsDesk) -> None:
        super().__init__("自動の控え")
        self._desk = desk
        self._task: Task | None = None
        self._newest = plain_label("", "strong")
        self._notes = plain_label("")
        self.list = RowList(_COLUMNS, "自動の控え")
        self.list.set_empty_text(_EMPTY)
        self.list.row_activated.connect(lambda _key: self._restore())
        self.make_button = SecondaryButton("いま控えておく", "N", "save")
        self.make_button.clicked.connect(self.make_now)
        self.restore_button = SecondaryButton("選んだ控えから戻す", "R", "download")
        self.restore_button.clicked.connect(self._restore)
        self._work = WorkRow()
        self._progress, self.stop_button = self._work.progress, self._work.stop_button
        self.stop_button.clicked.connect(self._stop)
        for widget in (plain_label(_LEAD), self._newest, self._notes, self.list):
            self.add(widget)
        self.add_layout(button_row(self.make_button, self.restore_button))
        self.add(self._work)

    def show_status(self, status: CopiesStatus) -> None:
        """Show what there is."""
        rows = [_row(together) for together in status.by_number()]
        self.list.set_rows(rows)
        head = self.list.horizontalHeader().sizeHint().height()
        per_row = self.list.verticalHeader().defaultSectionSize()
        self.list.setFixedHeight(head + per_row * max(2, min(_ROWS, len(rows))) + 4)
        self.restore_button.setVisible(bool(rows))
        good = next((one for one in status.generations if one.is_good), None)
        self._newest.setText(f"いちばん新しい控え: {era_timestamp(good.at)}" if good else "")
        self._newest.setVisible(good is not None)
        notes = _notes(status)
        self._notes.setText("\n".join(notes))
        self._notes.setVisible(bool(notes))

    def make_now(self) -> None:
        """Make a copy without waiting for the next round."""
        copies = self._desk.services.copies

        def done(made: Generation) -> None:
            self._set_working(False)
            self._desk.messages.show_message(
                "saved", f"控えを作り、確かめました（{era_timestamp(made.at)}）。"
            )
            self.made.emit()

        def failed(error: ShakyoError) -> None:
            self._set_working(False)
            present(error, self._desk.messages)
            self.made.emit()

        self._set_working(True)
        self._task = self._desk.worker.start(
            lambda task: copies.make_now(task.report, task.is_cancelled),
            done,
            failed,
            owner=self,
            on_progress=self._show_progress,
        )

    def _show_progress(self, done: int, total: int, _text: str) -> None:
        percent = round(100 * done / total) if total else 0
        self._progress.set_progress(
            percent, 100 if total else 0, "読み直しています" if total else "書いています"
        )

    def _set_working(self, working: bool) -> None:
        self._work.setVisible(working)
        self.make_button.setVisible(not working)
        if working:
            self._progress.set_progress(0, 0, "書いています")
            self.stop_button.setFocus()
        elif self.stop_button.hasFocus():
            self.make_button.setFocus()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _restore(self) -> None:
        chosen = self.list.selected_key()
        if isinstance(chosen, Path):
            self.restore_requested.emit(chosen)
        else:
            self._desk.messages.show_message(
                "info", "戻したい控えを、一覧から選んでください。まだ何も変えていません。"
            )
            self.list.setFocus()


def _row(together: Sequence[Generation]) -> Row:
    """One copy, which may lie in two places; the good one of them is the one to go back to."""
    best = next((one for one in together if one.is_good), together[0])
    places = "、".join(dict.fromkeys(_THERE if one.elsewhere else _HERE for one in together))
    return Row(
        best.path,
        (
            era_timestamp(best.at),
            places,
            best.reason.label if best.mark is not None else "",
            _SIGNS[best.state] + best.state.label,
        ),
        _TONES[best.state],
    )


def _notes(status: CopiesStatus) -> list[str]:
    """What a person should know besides, calm and one line each."""
    notes = []
    if status.changed and status.generations:
        notes.append(
            "そのあとに書いた分は、1時間以内か、閉じるときに控えます。写真が多いときは、次に開いたときに控えます。"
        )
    if status.kept_fewer:
        notes.append("ディスクの空きが少ないので、古い控えを少なめにしています。")
    if status.trouble:
        notes.append(f"前の自動の控えは作れませんでした。{status.trouble.splitlines()[0]}")
    return notes
