"""引継ぎ: what is open, the file for the successor, the papers, what comes afterwards."""

from pathlib import Path

from PySide6.QtCore import Signal

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.settings.handover_file_card import HandoverFileCard
from shakyo_desktop.gui.settings.handover_papers_card import HandoverPapersCard
from shakyo_desktop.gui.settings.open_work_card import OpenWorkCard
from shakyo_desktop.gui.settings.section import Section, SettingsDesk, button_row
from shakyo_desktop.gui.shared.background import Task
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card, StepIndicator
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.services.drives import Drive
from shakyo_desktop.services.handover import HandedOver

OPEN, FILE, PAPERS, AFTER = range(4)
STEPS = ("残っている仕事", "USBメモリ", "紙を印刷", "このあと")
_AFTER = (
    "● USBメモリと引継書を、次の担当者に渡します。\n"
    "● 「引継ぎの合い言葉」の紙は、USBメモリとは別に、手から手へ渡します。\n"
    "● 次の担当者は、はじめの画面の「前の担当者から引き継ぐ」で始めます。\n"
    "● 次の担当者が提出すると、事務所が確認番号を確かめて、前の登録（このパソコン）を終わります。\n"
    "　 そのあと、このパソコンから提出しても、事務所は受け取りません。"
)
_THIS_COMPUTER = (
    "次の担当者が事務所から最初の返事を受け取るまでは、何も消さずに残しておいてください。\n"
    "そのあとは、このパソコンの記録は要りません。消すときは、事務所か詳しい人といっしょに、\n"
    "「データの場所と診断」に出ているデータのフォルダーを消してください。記録は読めない形で入っています。\n"
    "これから書くことは、渡したファイルには入りません。書き足したときは、引継ぎのファイルをもう一度作ります。"
)
_NO_PLACE = (
    "引継ぎのファイルを入れる場所が選ばれていません。まだ何もしていません。\n"
    "USBメモリを差して「もう一度さがす」を押すか、「ほかの場所を選ぶ」を押してください。"
)
_NOT_PRINTED = (
    "「引継ぎの合い言葉」をまだ印刷していません。次へ進むと、合い言葉はもう出せません。\n"
    "印刷するか、画面の数字を紙に書き写してください。"
)


class HandoverSection(Section):
    """Four steps; the digits are in memory alone, and gone when one goes on.

    Signals:
        open_requested: a screen that shows what is open, and its target.
    """

    open_requested = Signal(str, object)

    def __init__(self, desk: SettingsDesk) -> None:
        super().__init__(desk)
        self._step = OPEN
        self._task: Task | None = None
        self.steps = StepIndicator(STEPS)
        self.open_work = OpenWorkCard()
        self.open_work.open_requested.connect(self.open_requested)
        self.file = HandoverFileCard()
        self.file.make_requested.connect(self._make)
        self.file.stop_requested.connect(self._stop)
        self.file.refresh_requested.connect(self._look_for_drives)
        self.papers = HandoverPapersCard(desk)
        self.papers.eject_requested.connect(self._eject)
        self.after = self._make_after()
        for widget in (self.steps, self.open_work, self.file, self.papers, self.after):
            self.column.addWidget(widget)
        self.back_button = SecondaryButton("戻る", "B", "chevron-left")
        self.back_button.clicked.connect(self._back)
        self.book_button = SecondaryButton("引継書だけを見る", "H", "printer")
        self.book_button.clicked.connect(self._book_alone)
        self.next_button = PrimaryButton("次へ →", "N")
        self.next_button.clicked.connect(self._next)
        self.column.addLayout(button_row(self.back_button, self.book_button, self.next_button))
        self.show_step(OPEN)

    def load(self) -> None:
        """Read what is open; a step that was left half-way is still there."""
        handover = self.desk.services.handover
        self.ask(handover.open_points, self._show_points)
        self.ask(handover.last, self.open_work.show_handover)
        self._look_for_drives()

    def step(self) -> int:
        """Return which step is shown."""
        return self._step

    def show_step(self, step: int) -> None:
        """Show one step."""
        self._step = step
        self.steps.set_current(step)
        for at, card in enumerate((self.open_work, self.file, self.papers, self.after)):
            card.setVisible(at == step)
        self.back_button.setVisible(step in (FILE, PAPERS))
        self.book_button.setVisible(step in (OPEN, AFTER))
        self.next_button.setVisible(step != FILE)
        self.next_button.set_words("「残っている仕事」に戻る" if step == AFTER else "次へ →")
        if not self.isVisible():
            return
        if step == PAPERS:
            self.papers.focus_first()
        else:
            (self.file.make_button if step == FILE else self.next_button).setFocus()

    def _show_points(self, points: object) -> None:
        year = self.desk.fiscal_year()
        self.open_work.show_points(points, year)  # type: ignore[arg-type]

    def _next(self) -> None:
        self.desk.messages.clear()
        if self._step == PAPERS and self.papers.waits_for_code():
            self.say(_NOT_PRINTED, "warning")
            self.desk.messages.show_message("warning", _NOT_PRINTED, "書き写しました", self._after)
            self.desk.messages.action_button.setFocus()
        elif self._step == PAPERS:
            self._after()
        elif self._step == AFTER:
            self.show_step(OPEN)
            self.load()
        else:
            self.show_step(FILE)

    def _after(self) -> None:
        self.papers.forget()
        self.show_step(AFTER)

    def _back(self) -> None:
        self.desk.messages.clear()
        if self._step == PAPERS and self.papers.waits_for_code():
            self._next()
            return
        self.papers.forget()
        self.show_step(OPEN)

    def _book_alone(self) -> None:
        self.papers.show_book()
        self.show_step(PAPERS)

    def _make(self, folder: Path | None) -> None:
        if folder is None:
            self.say(_NO_PLACE, "problem")
            self.file.picker.refresh_button.setFocus()
            return
        self.desk.messages.clear()
        services = self.desk.services

        def work(task: Task) -> tuple[HandedOver, Drive | None]:
            handed = services.handover.hand_over(folder, task.report, task.is_cancelled)
            return handed, services.drives.holding(handed.written.path)

        def done(result: tuple[HandedOver, Drive | None]) -> None:
            self.file.set_working(False)
            self.papers.show_handed(*result)
            self.show_step(PAPERS)

        def failed(error: ShakyoError) -> None:
            self.file.set_working(False)
            again = "" if error.code in ("cancelled", "handover.practice") else "もう一度"
            present(error, self.desk.messages, again, lambda: self._make(folder))

        self.file.set_working(True)
        self._task = self.desk.worker.start(
            work, done, failed, owner=self, on_progress=self.file.show_progress
        )

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def _eject(self, drive: Drive) -> None:
        def done(_: object) -> None:
            self.papers.show_ejected()
            self.say("取り外せます。USBメモリを抜いてください。")

        self.desk.worker.start(
            lambda _task: self.desk.services.drives.eject(drive), done, self.failed, owner=self
        )

    def _look_for_drives(self) -> None:
        self.desk.worker.start(
            lambda _task: self.desk.services.drives.removable(),
            self.file.picker.set_drives,
            self.failed,
            owner=self,
        )

    def _make_after(self) -> Card:
        card = Card("次の担当者に渡すもの")
        card.add(plain_label(_AFTER))
        card.add(plain_label("このパソコンの記録", "subheading"))
        card.add(plain_label(_THIS_COMPUTER))
        return card
