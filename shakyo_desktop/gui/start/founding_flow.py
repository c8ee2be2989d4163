"""The first start of a district or of an office: pages one after the other, back and forth."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from shakyo_desktop.domain.dates import era_date
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.gui.shared.background import BackgroundWorker, Task
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.printing import Printer
from shakyo_desktop.gui.shared.secret_field import with_prefix
from shakyo_desktop.gui.start.beginning import Beginning, Clock
from shakyo_desktop.gui.start.file_page import FilePage
from shakyo_desktop.gui.start.lock_page import LockPage
from shakyo_desktop.gui.start.name_page import NamePage
from shakyo_desktop.gui.start.number_page import NumberPage
from shakyo_desktop.gui.start.office_page import OfficePage
from shakyo_desktop.gui.start.sheet_page import SheetPage
from shakyo_desktop.gui.start.start_window import StartWindow
from shakyo_desktop.gui.start.step_page import StepPage
from shakyo_desktop.services.founding import SetupPreview, confirm_recovery, known_organisations, read_setup
from shakyo_desktop.services.locks import key_ring_works
from shakyo_desktop.services.setup_files import read_setup_file

DISTRICT_STEPS = ("設定ファイル", "確認番号", "お名前", "データの守り方", "復旧シート")
OFFICE_STEPS = ("事務所", "お名前", "データの守り方", "復旧シート")
_WRONG_TEXT = (
    "その文字では開きません。データは保存されています。\n"
    "紙と1字ずつ見くらべて、もう一度入力してください。入力した文字は残っています。"
)


class FoundingFlow(QObject):
    """Leads through the steps and makes the store.

    Signals:
        finished: the set-up has ended; the folder can be opened.
        left: the person went back before the first page.
    """

    finished = Signal(object)
    left = Signal()

    def __init__(
        self, window: StartWindow, worker: BackgroundWorker, printer: Printer, folder: Path, clock: Clock
    ) -> None:
        super().__init__(window)
        self._window, self._worker, self._printer = window, worker, printer
        self._clock = clock
        self.beginning = Beginning(folder, clock)
        self._task: Task | None = None
        self.name_page, self.lock_page = NamePage(), LockPage()
        self.sheet_page = SheetPage(worker, printer)
        self._pages: list[StepPage] = []

    # The two ways in.

    def start_district(self) -> None:
        """Begin with the office's setup file."""
        self.file_page = FilePage(
            "事務所から受け取った設定ファイル",
            "事務所のUSBメモリなどに入っている、名前が「setup-」で始まるファイルを選んでください。",
            "ここに設定ファイルを置く または",
            "設定ファイルを選ぶ",
            "設定ファイル (*.shakyo)",
            "設定ファイルを選んでください。\nファイルがないときは、事務所に「はじめの設定ファイル」をもらってください。",
        )
        self.file_page.file_chosen.connect(self.read_file)
        self.number_page = NumberPage()
        self.begin(
            DISTRICT_STEPS,
            [
                (self.file_page, self.forward),
                (self.number_page, self._compare),
                (self.name_page, self.forward),
                (self.lock_page, self.make),
                (self.sheet_page, self.confirm),
            ],
        )

    def start_office(self) -> None:
        """Begin with the office itself."""
        self.office_page = OfficePage(known_organisations())
        self.begin(
            OFFICE_STEPS,
            [
                (self.office_page, self._take_office),
                (self.name_page, self.forward),
                (self.lock_page, self.make),
                (self.sheet_page, self.confirm),
            ],
        )

    def resume(self, make_sheet: Callable[[], bytes]) -> None:
        """A set-up that was left before the sheet's text was typed back ends here."""
        self.begin(("復旧シート",), [(self.sheet_page, self.confirm)])
        self.sheet_page.show_sheet(make_sheet, optional=False)

    def begin(self, steps: tuple[str, ...], pages: list[tuple[StepPage, Callable[[], None]]]) -> None:
        """Show the first of these pages; each has what follows when everything on it is there."""
        self._pages = [page for page, _ in pages]
        for at, (page, on) in enumerate(pages):
            page.set_steps(steps, at)
            page.next_requested.connect(on)
            page.back_requested.connect(self._back)
            page.stop_requested.connect(self._stop)
        self._worker.run(key_ring_works, self.lock_page.set_key_ring, owner=self)
        self._window.show_page(self._pages[0])

    def forward(self) -> None:
        """Show the next page."""
        at = self._pages.index(self.here())
        self._window.show_page(self._pages[at + 1])

    def _back(self) -> None:
        at = self._pages.index(self.here())
        if at == 0:
            self.left.emit()
        else:
            self._window.show_page(self._pages[at - 1])

    def here(self) -> StepPage:
        """Return the page that is shown."""
        page = self._window.current()
        assert isinstance(page, StepPage)
        return page

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    def say(self, page: StepPage, error: ShakyoError) -> None:
        """Tell a failure on a page and let it go on."""
        page.set_busy("")
        present(error, page.messages)

    # District.

    def read_file(self, path: Path) -> None:
        """Read a setup file that was chosen and say whose it seems to be."""

        def work() -> tuple[bytes, SetupPreview]:
            data = read_setup_file(path)
            return data, read_setup(data, self._clock)

        def done(found: tuple[bytes, SetupPreview]) -> None:
            self.beginning.setup, self.beginning.preview = found
            self.beginning.organisation = None
            seen = found[1]
            self.file_page.show_found(
                path.name,
                f"{seen.office} の設定ファイル（{era_date(seen.created_at.date())}に作られたもの、"
                f"{len(seen.districts)}地区部会）のようです。\n本物かどうかは、次の確認番号で確かめます。",
            )

        def failed(error: ShakyoError) -> None:
            self.file_page.show_found("", "")
            present(error, self.file_page.messages)

        self._worker.run(work, done, failed, owner=self)

    def _compare(self) -> None:
        page, beginning = self.number_page, self.beginning
        if beginning.organisation is not None and beginning.number == page.digits():
            self.forward()
            return
        beginning.number = page.digits()

        def done(own: Organisation) -> None:
            page.set_busy("")
            beginning.organisation = own
            page.show_district(own.name)
            self.name_page.set_organisation(own.name)
            if self._window.current() is page:
                self.forward()

        page.set_busy("番号を確かめています", can_stop=True)
        self._task = self._worker.start(
            beginning.find_district,
            done,
            lambda error: self.say(page, error),
            owner=self,
            on_progress=lambda now, of, text: page.set_busy(text, now, of, can_stop=True),
        )

    # Office.

    def _take_office(self) -> None:
        own = self.office_page.organisation()
        assert own is not None
        self.beginning.organisation = own
        self.name_page.set_organisation(own.name)
        self.forward()

    # Both.

    def make(self) -> None:
        """Make the store from the answers, then show its recovery sheet."""
        page, beginning = self.lock_page, self.beginning
        beginning.person_name, beginning.locks = self.name_page.text(), page.choice()

        def done(pdf: bytes) -> None:
            page.set_busy("")
            optional = "passphrase" in beginning.locks.kinds
            self.sheet_page.show_sheet(lambda: pdf, optional=optional)
            self._window.show_page(self.sheet_page)

        page.set_busy("データを入れる場所を作っています")
        self._worker.start(
            lambda _task: beginning.make(), done, lambda error: self.say(page, error), owner=self
        )

    def confirm(self) -> None:
        """End when the text typed from the sheet is right, or may wait."""
        page = self.sheet_page
        typed = with_prefix(page.text.text())
        folder = self.beginning.folder
        if not typed:
            self.finished.emit(folder)
            return

        def done(right: bool) -> None:
            page.set_busy("")
            if right:
                self.finished.emit(folder)
            else:
                page.messages.show_message("problem", _WRONG_TEXT)
                page.text.focus_input()

        page.set_busy("確かめています")
        self._worker.start(
            lambda _task: confirm_recovery(folder, typed, self._clock),
            done,
            lambda error: self.say(page, error),
            owner=self,
        )
