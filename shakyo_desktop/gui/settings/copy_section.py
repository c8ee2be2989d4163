"""控えを作る: a complete copy on a stick or in a folder, read back; and restoring one."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from PySide6.QtCore import Signal

from shakyo_desktop.domain.copies import CopyReason
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.settings.generations_card import GenerationsCard
from shakyo_desktop.gui.settings.section import Section, SettingsDesk, button_row
from shakyo_desktop.gui.shared.background import Task
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card, WorkRow
from shakyo_desktop.gui.shared.drive_picker import DrivePicker
from shakyo_desktop.gui.shared.fields import TextField
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.services.backup import SeenCopy
from shakyo_desktop.services.copy_place import CopyPlace
from shakyo_desktop.services.copy_rounds import CopiesStatus
from shakyo_desktop.services.verified_write import WrittenFile

T = TypeVar("T")

_LEAD = (
    "このパソコンがこわれても続けられるように、すべての記録を1つのファイルに写します。\n"
    "控えも読めない形になっています。開くには、合い言葉か復旧シートの文字が要ります。"
)


_NO_PLACE = (
    "まだ決めていません。上で場所を選び「いつもここにも控える」を押すと、差してあるときに自動で新しくします。"
)
_SAME_DISK = "（このパソコンと同じディスクです。パソコンがこわれると、いっしょに失われます）"


class CopySection(Section):
    """Signals: `restore_requested` when the person wants to go back to a copy, with its file or None."""

    restore_requested = Signal(object)

    def __init__(self, desk: SettingsDesk) -> None:
        super().__init__(desk)
        self._task: Task | None = None
        self.generations = GenerationsCard(desk)
        self.generations.restore_requested.connect(self.restore_requested)
        self.generations.made.connect(self._read)
        self.column.addWidget(self.generations)
        card = Card("パソコンの外に控えを作る")
        self._last = plain_label("", "strong")
        self.picker = DrivePicker("控えを入れる場所")
        self.picker.refresh_requested.connect(self._look_for_drives)
        self.handover = TextField(
            "handover",
            "相手に渡す合い言葉",
            hint="いっしょに書いている人に渡す控えのときだけ書きます（8文字以上）。担当者の引継ぎは「引継ぎ」で行います。",
        )
        self.copy_button = PrimaryButton("控えを作る", "K", "save")
        self.copy_button.clicked.connect(self.make_copy)
        self._work = WorkRow("X")
        self._progress, self.stop_button = self._work.progress, self._work.stop_button
        self.stop_button.clicked.connect(self._stop)
        self._place = plain_label("")
        self.always_button = SecondaryButton("いつもここにも控える", "L", "save")
        self.always_button.clicked.connect(self.choose_place)
        self.never_button = SecondaryButton("いつも控えるのをやめる")
        self.never_button.clicked.connect(self.forget_place)
        for widget in (plain_label(_LEAD), self._last, self.picker, self.handover):
            card.add(widget)
        card.add_layout(button_row(self.copy_button, self.always_button))
        card.add(self._work)
        card.add(plain_label("いつも控える場所", "strong"))
        card.add(self._place)
        card.add_layout(button_row(self.never_button))
        self.column.addWidget(card)
        back = Card("控えから戻す")
        back.add(
            plain_label(
                "USBメモリなどにある控えのファイルを選びます。いまのデータは消さずに、別の場所に残してから戻します。"
            )
        )
        self.restore_button = SecondaryButton("控えから戻す", icon_name="download")
        self.restore_button.clicked.connect(lambda: self.restore_requested.emit(None))
        back.add_layout(button_row(self.restore_button))
        self.column.addWidget(back)

    def load(self) -> None:
        """Read when the last copy was made, and look for sticks."""
        self._read()
        self._look_for_drives()

    def choose_place(self) -> None:
        """Keep automatic copies in the place that is chosen too, and bring the newest there at once."""
        folder = self._chosen_folder()
        if folder is None:
            return
        copies = self.desk.services.copies

        def work(task: Task) -> CopyPlace:
            copies.place.choose(folder)
            if copies.generations.newest_good() is None:
                copies.generations.make(CopyReason.ASKED, task.report, task.is_cancelled)
            copies.place.catch_up(task.report, task.is_cancelled)
            place = copies.place.place()
            assert place is not None
            return place

        def done(place: CopyPlace) -> None:
            self._set_working(False)
            self.say(f"これからは、この場所にも自動で控えます。いまの控えも入れました。\n{place.folder}")
            self._read()

        self._start(work, done, self.choose_place)

    def forget_place(self) -> None:
        """Keep no further copies elsewhere."""
        self.ask(self.desk.services.copies.place.forget, lambda _none: self._forgotten())

    def _forgotten(self) -> None:
        self.say("自動で控えるのは、このパソコンの中だけになりました。あちらにある控えはそのままです。")
        self._read()
        self.always_button.setFocus()

    def _read(self) -> None:
        self.ask(self.desk.services.backup.last, self._show_last)
        self.ask(self.desk.services.copies.status, self._show_status)

    def make_copy(self) -> None:
        """Write a copy to the place that is chosen."""
        folder = self._chosen_folder()
        if folder is None:
            return
        self.handover.commit()
        passphrase = str(self.handover.value() or "").strip() or None
        backup = self.desk.services.backup

        def work(task: Task) -> WrittenFile:
            return backup.backup(
                Path(folder) / backup.suggested_name(), passphrase, task.report, task.is_cancelled
            )

        self._start(work, self._written, self.make_copy)

    def _chosen_folder(self) -> Path | None:
        folder = self.picker.folder()
        if folder is None:
            self.say(
                "控えを入れる場所が選ばれていません。まだ何もしていません。\n"
                "USBメモリを差して「もう一度さがす」を押すか、「ほかの場所を選ぶ」を押してください。",
                "problem",
            )
        return folder

    def _start(self, work: Callable[[Task], T], done: Callable[[T], None], again: Callable[[], None]) -> None:
        self._set_working(True)
        self._task = self.desk.worker.start(
            work,
            done,
            lambda error: self._not_written(error, again),
            owner=self,
            on_progress=self._show_progress,
        )

    def _written(self, written: WrittenFile) -> None:
        self._set_working(False)
        self.handover.set_value("")
        self.say(
            f"控えを作り、読み直して確かめました。\n{written.path}\nパソコンとは別の場所にしまってください。"
        )
        self._read()

    def _not_written(self, error: ShakyoError, again: Callable[[], None]) -> None:
        self._set_working(False)
        stopped = error.code == "cancelled"
        present(error, self.desk.messages, "" if stopped else "もう一度", again)
        self._read()

    def _show_progress(self, done: int, total: int, _text: str) -> None:
        percent = round(100 * done / total) if total else 0
        self._progress.set_progress(
            percent, 100 if total else 0, "読み直しています" if total else "書いています"
        )

    def _set_working(self, working: bool) -> None:
        self._work.setVisible(working)
        self.copy_button.setVisible(not working)
        self.always_button.setVisible(not working)
        if working:
            self._progress.set_progress(0, 0, "書いています")
            self.stop_button.setFocus()

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _look_for_drives(self) -> None:
        self.desk.worker.start(
            lambda _task: self.desk.services.drives.removable(),
            self.picker.set_drives,
            self.failed,
            owner=self,
        )

    def _show_last(self, last: SeenCopy | None) -> None:
        self._last.setText(
            f"「控えを作る」で作った、いちばん新しいもの: {era_timestamp(last.at)}　{last.file_name}"
            if last
            else "「控えを作る」で作った控えは、まだありません。"
        )

    def _show_status(self, status: CopiesStatus) -> None:
        self.generations.show_status(status)
        self._place.setText(_place_words(status.place))
        self.never_button.setVisible(status.place is not None)


def _place_words(place: CopyPlace | None) -> str:
    if place is None:
        return _NO_PLACE
    name = f"{place.name}　{place.folder}" if place.name else str(place.folder)
    newest = f"いちばん新しい控えは{era_timestamp(place.copied_at)}のものです。" if place.copied_at else ""
    if place.here:
        return f"{name}\n{newest}{_SAME_DISK if place.same_disk else ''}"
    seen = era_timestamp(place.seen_at)
    return f"{name}\n今は見つかりません（{seen}に見たのが最後です）。差すと、自動で新しくします。{newest}"
