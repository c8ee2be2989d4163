"""前の担当者から引き継ぐ: the file on the stick, the digits on paper, then as at any first start."""

from collections.abc import Sequence
from pathlib import Path

from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.printing import Printer
from shakyo_desktop.gui.start.beginning import Clock, TakingOver
from shakyo_desktop.gui.start.code_page import CodePage
from shakyo_desktop.gui.start.file_page import FilePage
from shakyo_desktop.gui.start.founding_flow import FoundingFlow
from shakyo_desktop.gui.start.start_window import StartWindow
from shakyo_desktop.services.drives import DriveService
from shakyo_desktop.services.taking_over import FoundHandover, check_code, find_handovers, read_handover

STEPS = ("引継ぎのファイル", "合い言葉", "お名前", "データの守り方", "復旧シート")
_NOTHING = (
    "引継ぎのファイルがあるUSBメモリは、まだ見つかりません。\n"
    "差してから「もう一度さがす」を押すか、ファイルを選んでください。"
)


class TakingOverFlow(FoundingFlow):
    """A first start whose answers come from a predecessor's copy."""

    def __init__(
        self, window: StartWindow, worker: BackgroundWorker, printer: Printer, folder: Path, clock: Clock
    ) -> None:
        super().__init__(window, worker, printer, folder, clock)
        self.taking = TakingOver(folder, clock)
        self.beginning = self.taking
        self._drives = DriveService()
        self.code_page = CodePage()
        self.file_page = FilePage(
            "前の担当者から受け取ったファイル",
            "前の担当者のUSBメモリを差してください。名前に「hikitsugi」が入ったファイルをさがします。",
            "ここに引継ぎのファイルを置く または",
            "ファイルを選ぶ",
            "引継ぎのファイル (*.hikae);;すべてのファイル (*)",
            "引継ぎのファイルを選んでください。\n前の担当者が「設定・控え」の「引継ぎ」で作ったファイルです。",
        )
        self.again_button = SecondaryButton("もう一度さがす", "R", "rotate-cw")
        self.again_button.clicked.connect(self.look)
        self.file_page.bar.add_left(self.again_button)
        self.file_page.file_chosen.connect(self.choose)

    def start(self, drives: DriveService) -> None:
        """Show the first page and look for the file on the sticks."""
        self._drives = drives
        self.begin(
            STEPS,
            [
                (self.file_page, self.forward),
                (self.code_page, self._check),
                (self.name_page, self.forward),
                (self.lock_page, self.make),
                (self.sheet_page, self.confirm),
            ],
        )
        self.look()

    def look(self) -> None:
        """Look for a handover file on every stick; the newest one is chosen."""
        drives = self._drives

        def done(found: Sequence[FoundHandover]) -> None:
            if found:
                self._show_found(found[0], len(found))
            else:
                self.file_page.messages.show_message("info", _NOTHING)

        self._worker.run(
            lambda: find_handovers([drive.path for drive in drives.removable()]),
            done,
            lambda error: present(error, self.file_page.messages),
            owner=self,
        )

    def choose(self, path: Path) -> None:
        """Take a file that was chosen by hand, when it is one for a handover."""

        def failed(error: ShakyoError) -> None:
            self.file_page.show_found("", "")
            present(error, self.file_page.messages)

        self._worker.run(
            lambda: read_handover(path), lambda found: self._show_found(found, 1), failed, owner=self
        )

    def _show_found(self, found: FoundHandover, count: int) -> None:
        self.taking.file = found.path
        words = f"{era_timestamp(found.made_at)}に作られた引継ぎのファイルです。"
        if count > 1:
            words += f"\n引継ぎのファイルが{count}個あり、いちばん新しいものを選びました。"
        self.file_page.show_found(found.path.name, words)

    def _check(self) -> None:
        page, taking = self.code_page, self.taking
        taking.code = page.text()

        def done(_: object) -> None:
            page.set_busy("")
            if self.here() is page:
                self.forward()

        def failed(error: ShakyoError) -> None:
            self.say(page, error)
            page.code.focus_input()

        page.set_busy("合い言葉を確かめています")
        self._worker.start(
            lambda _task: check_code(taking.file, taking.code, taking.folder), done, failed, owner=self
        )
