"""設定ファイル: what a district starts with, and the slips that prove it on paper."""

from pathlib import Path

from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.shared.background import Task
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card, ProgressLine
from shakyo_desktop.gui.shared.document_panel import DocumentPanel
from shakyo_desktop.gui.shared.drive_picker import DrivePicker
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.settings.slip_list import ALL, SlipList
from shakyo_desktop.services.drives import Drive
from shakyo_desktop.services.setups import SetupInfo
from shakyo_desktop.services.verified_write import WrittenFile

_NONE = "まだ設定ファイルがありません。名簿・計画・期限がそろったら、作ってください。"
_HOW = (
    "設定ファイルはどの{0}にも同じものを渡します。控え（紙）は{0}ごとに番号が違います。"
    "ファイルはUSBメモリで、控えは手渡しで渡してください。"
)


class SetupsPage(Page):
    """Issue, write to a stick, print the slips."""

    def __init__(self, desk: Desk) -> None:
        super().__init__("設定ファイルと控え")
        self._desk = desk
        self._task: Task | None = None
        self._whole = [self._make_state(), self._make_writing(), self._make_slips()]
        for card in self._whole:
            self.add(card)
        self.document = DocumentPanel("設定の控え", desk.worker, desk.printer, self.messages)
        self.document.setMinimumHeight(420)
        self.document.hide()
        self.add(self.document, 100)
        self.back_button = SecondaryButton("設定ファイルに戻る", "B", "chevron-left")
        self.back_button.clicked.connect(lambda: self._show_document(False))
        self.back_button.hide()
        self.header_row.addWidget(self.back_button)
        self.add_stretch()

    def enter(self) -> None:
        """Read the current setup, the roster and the sticks."""
        self._show_document(False)
        self.reload()
        self._find_drives()

    def reload(self) -> None:
        """Show what the store says now."""
        services = self._desk.services
        self._desk.worker.run(services.setups.current, self._show, self._failed, self)
        self._desk.worker.run(services.roster.districts, self.list.show_districts, self._failed, self)

    def _make_state(self) -> Card:
        card = Card("今の設定ファイル")
        self.state = Chip()
        self.facts = plain_label("")
        card.body.addWidget(self.state)
        card.add(self.facts)
        card.add(plain_label(_HOW.format(self._desk.members.one), "small"))
        self.issue_button = PrimaryButton("設定ファイルを作る", "M", "file-plus")
        self.issue_button.clicked.connect(self._issue)
        row = FlowBox()
        row.add(self.issue_button)
        card.add(row)
        return card

    def _make_writing(self) -> Card:
        card = Card("設定ファイルを保存する")
        self.picker = DrivePicker()
        self.picker.refresh_requested.connect(self._find_drives)
        self.write_button = SecondaryButton("設定ファイルを保存する", "W", "usb")
        self.write_button.clicked.connect(self._write)
        row = FlowBox()
        row.add(self.write_button)
        card.add(self.picker)
        card.add(row)
        return card

    def _make_slips(self) -> Card:
        card = Card("控え（番号とQRコード）を印刷する")
        self.list = SlipList(self._desk.members)
        self.list.row_activated.connect(lambda _key: self._make_slip_numbers())
        self.slips_button = SecondaryButton("選んだ控えを見る", "J", "printer")
        self.slips_button.clicked.connect(self._make_slip_numbers)
        self.progress = ProgressLine()
        self.cancel_button = SecondaryButton("中止する", icon_name="x")
        self.cancel_button.clicked.connect(lambda: self._task.cancel() if self._task else None)
        row = FlowBox()
        row.add(self.slips_button)
        row.add(self.cancel_button)
        for widget in (self.list, self.progress, row):
            card.add(widget)
        self.progress.hide()
        self.cancel_button.hide()
        return card

    def _show(self, info: SetupInfo | None) -> None:
        if info is None:
            self.state.set_chip("まだありません", "warning")
            self.facts.setText(_NONE)
            return
        if info.up_to_date:
            self.state.set_chip("✓ 今の名簿・計画・期限と同じです", "saved")
        else:
            self.state.set_chip("△ 名簿・計画・期限が、作ったあとで変わりました", "warning")
        self.facts.setText(f"第{info.serial}号　{era_timestamp(info.created_at)}　{info.file_name}")

    def _issue(self) -> None:
        def done(info: SetupInfo) -> None:
            self.messages.show_message(
                "saved",
                f"第{info.serial}号の設定ファイルができています。\n保存して、{self._desk.members.one}に渡してください。",
            )
            self.reload()

        self._desk.worker.run(self._desk.services.setups.issue, done, self._failed, self)

    def _find_drives(self) -> None:
        def show(found: tuple[Drive, ...]) -> None:
            self.picker.set_drives(found)

        drives = self._desk.services.drives
        self._desk.worker.start(lambda _task: drives.removable(), show, self._failed, self)

    def _write(self) -> None:
        folder = self.picker.folder()
        if folder is None:
            self.messages.show_message(
                "warning", "保存する場所がまだ選ばれていません。\nUSBメモリを差しこんで選んでください。"
            )
            return
        self._write_to(folder)

    def _write_to(self, folder: Path) -> None:
        setups = self._desk.services.setups

        def done(written: WrittenFile) -> None:
            self.messages.show_message(
                "saved", f"{written.path.name} を保存し、読み直して同じであることを確かめました。\n{folder}"
            )

        def failed(error: ShakyoError) -> None:
            present(error, self.messages, "もう一度", self._write)

        self._desk.worker.run(lambda: setups.write(folder), done, failed, self)

    def _make_slip_numbers(self) -> None:
        """The numbers take 0.3 s each the first time: they are worked out beside everything else."""
        key = self.list.selected_key()
        orgs = None if key in (ALL, None) else [str(key)]
        setups = self._desk.services.setups
        self._wait(True)
        self._task = self._desk.worker.start(
            lambda task: setups.slip_numbers(orgs, task.report, task.is_cancelled),
            lambda _numbers: self._show_slips(orgs),
            self._slips_failed,
            self,
            lambda done, total, _text: self.progress.set_progress(done, total, "番号を計算しています"),
        )

    def _show_slips(self, orgs: list[str] | None) -> None:
        self._wait(False)
        setups = self._desk.services.setups
        self._show_document(True)
        self.document.show_document(lambda: setups.slips(orgs), "設定の控え.pdf")

    def _slips_failed(self, error: ShakyoError) -> None:
        self._wait(False)
        self._failed(error)

    def _wait(self, on: bool) -> None:
        self.progress.set_progress(0, 0, "番号を計算しています")
        for widget, visible in ((self.progress, on), (self.cancel_button, on), (self.slips_button, not on)):
            widget.setVisible(visible)

    def _show_document(self, on: bool) -> None:
        for card in self._whole:
            card.setVisible(not on)
        self.document.setVisible(on)
        self.back_button.setVisible(on)
        self.scroll_to_top()

    def _failed(self, error: ShakyoError) -> None:
        present(error, self.messages)
        self.scroll_to_top()
