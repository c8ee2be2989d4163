"""事務所へ提出: 1 確認, 2 USBに保存, 3 取り外し and the cover sheet."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QWidget

from shakyo_desktop.domain.checks import Problem
from shakyo_desktop.domain.codes import Assembly, ReportState, Stage
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.fiscal_year import last_day
from shakyo_desktop.domain.submission import CorrectionRequest, Submission
from shakyo_desktop.gui.district.check_step import CheckStep
from shakyo_desktop.gui.district.earlier_list import EarlierList
from shakyo_desktop.gui.district.handover_step import HandoverStep
from shakyo_desktop.gui.district.report_making import ReportChoice, ReportMaking, SeenYear
from shakyo_desktop.gui.district.routing import screen_of
from shakyo_desktop.gui.district.save_step import SaveStep
from shakyo_desktop.gui.district.tab_order import set_tab_order
from shakyo_desktop.gui.district.together_card import TogetherCard
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import StepIndicator
from shakyo_desktop.gui.shared.file_writing import FileWriting
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.printing import Printer
from shakyo_desktop.services.drives import Drive
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.submission import Readiness
from shakyo_desktop.services.verified_write import WrittenFile

CHECK, SAVE, HANDOVER = range(3)
_PULL = (
    "取り外せます。USBメモリを抜いてください。\n"
    "送付票を印刷して、USBメモリといっしょに事務所へ渡してください。"
)
_SAME = (
    "前に提出したときから、何も変わっていません。\n"
    "同じものを渡すときは「これまでの提出」からUSBに保存できます。"
)

_AS_IT_IS = (
    "前に第{}版の提出ファイルを作ってから、何も変わっていません。\n"
    "新しく作らずに、その提出ファイルをUSBメモリに保存します。"
)


class SubmitScreen(Page):
    """Three steps; the file is frozen once and written as often as it takes.

    Signals:
        records_changed: a reason was kept in a record of the year.
    """

    records_changed = Signal()
    help_key = "submit"

    def __init__(
        self, services: Services, worker: BackgroundWorker, fiscal_year: Callable[[], int], printer: Printer
    ) -> None:
        super().__init__("事務所へ提出")
        self._services, self._fiscal_year = services, fiscal_year
        self._year = 0
        self._seen: SeenYear | None = None
        self._current: Submission | None = None
        self._tab_order: tuple[int, ...] = ()
        self._writing = FileWriting(services.drives, self._write_file, worker, self)
        self._making = ReportMaking(services, worker, self)
        self.steps = StepIndicator(["確認", "USBに保存", "取り外しと送付票"])
        self.check = CheckStep()
        self.saving = SaveStep(self.messages)
        self.handover = HandoverStep(services, worker, printer, self.messages)
        self.earlier = EarlierList()
        self.together = TogetherCard()
        self.together.joining_requested.connect(lambda: self.screen_requested.emit("joining", None))
        for widget in (self.steps, self.check, self.saving, self.earlier, self.together):
            self.add(widget)
        self.add(self.handover, 50)
        self.add_stretch()
        self._make_bar()
        self._connect()
        self._show_step(CHECK)

    def enter(self) -> None:
        """Read the year anew; a step that was left half-way is still there."""
        year = self._fiscal_year()
        if year != self._year:
            self._year, self._seen = year, None
            self._start_year()
        elif self._step == HANDOVER and self.handover.is_done():
            self._show_step(CHECK)
        elif self._step == CHECK:  # what was open then may be put right by now
            self.messages.clear()
            self.scroll_to_top()
        self._read()

    def focus_first(self) -> None:
        """The main button of the step that is shown."""
        if self._step == SAVE:
            self.saving.save_button.setFocus()
        elif self._step == HANDOVER:
            (
                self.handover.eject_button if self.handover.eject_button.isVisible() else self.done_button
            ).setFocus()
        else:
            self.check.stage.focus_input()

    def show_target(self, target: object) -> None:
        """Write a revision that was frozen before: its file never reached a stick."""
        if isinstance(target, Submission):
            self._save_again(target)

    def step(self) -> int:
        """Return which step is shown."""
        return self._step

    # Parts.

    def _make_bar(self) -> None:
        self.back_button = SecondaryButton("確認に戻る", "B", "chevron-left")
        self.back_button.clicked.connect(self._back)
        self.next_button = PrimaryButton("提出ファイルを作る →", "N")
        self.next_button.clicked.connect(self.make_file)
        self.done_button = SecondaryButton("ホームへ", "H", "home")
        self.done_button.clicked.connect(self._finish)
        self.bar.add_left(self.back_button)
        self.bar.add_right(self.done_button)
        self.bar.add_right(self.next_button)

    def _connect(self) -> None:
        self.check.stage_changed.connect(self._read)
        self.check.problem_opened.connect(self._open_problem)
        self.check.request_opened.connect(self._open_request)
        self.check.reason_given.connect(self._making.keep_reason)
        self._making.seen.connect(self._show)
        self._making.reason_kept.connect(self._reason_kept)
        self._making.still_open.connect(self._say_open)
        self._making.unchanged.connect(self._offer_again)
        self._making.frozen.connect(self._frozen)
        self._making.failed.connect(lambda error: present(error, self.messages))
        self.saving.save_requested.connect(self._write)
        self.saving.refresh_requested.connect(self._writing.look_for_drives)
        self.saving.stop_requested.connect(self._writing.stop)
        self.handover.eject_requested.connect(self._writing.eject)
        self._writing.drives_found.connect(self.saving.set_drives)
        self._writing.progressed.connect(self.saving.show_progress)
        self._writing.written.connect(self._written)
        self._writing.not_written.connect(self._not_written)
        self._writing.ejected.connect(self._ejected)
        self._writing.not_ejected.connect(self._not_ejected)
        self._writing.failed.connect(lambda error: present(error, self.messages))
        self.earlier.paper_requested.connect(self._show_paper)
        self.earlier.copy_requested.connect(self._show_copy)
        self.earlier.save_requested.connect(self._save_again)

    def _back(self) -> None:
        self.messages.clear()
        self._show_step(CHECK)

    def _show_step(self, step: int) -> None:
        self._step = step
        self.steps.set_current(step)
        widgets: tuple[QWidget, ...] = (self.check, self.saving, self.handover)
        for at, widget in enumerate(widgets):
            widget.setVisible(at == step)
        self.earlier.setVisible(step == CHECK)
        self.together.setVisible(step == CHECK)
        self.back_button.setVisible(step != CHECK)
        self.next_button.setVisible(step == CHECK)
        self.done_button.setVisible(step == HANDOVER)
        self.scroll_to_top()
        if self.isVisible():
            self.focus_first()

    # 1 確認.

    def _start_year(self) -> None:
        over = self._services.context.today() > last_day(self._year)
        self.check.set_start(Stage.FINAL if over else Stage.INTERIM, Assembly.NONE, "")
        self._current = None
        self._show_step(CHECK)

    def _read(self) -> None:
        self._making.read(self._year, self.check.chosen_stage())

    def _show(self, seen: SeenYear) -> None:
        if (seen.fiscal_year, seen.stage) != (self._year, self.check.chosen_stage()):
            return
        first, self._seen = self._seen is None, seen
        if first and self._begin_as_last(seen):
            self._read()
            return
        self.check.show_readiness(seen.readiness, seen.item_name, locked=seen.locked)
        self.earlier.set_submissions(seen.submissions)
        self._tab_order = set_tab_order(
            [*self.check.stops(), self.earlier, self.together, self.bar], self._tab_order
        )

    def _begin_as_last(self, seen: SeenYear) -> bool:
        """Choose what the last revision said; True when another kind of report is to be checked by it."""
        last = seen.readiness.last
        if last is None:
            return False
        stage = Stage.FINAL if Stage.FINAL in (last.stage, seen.stage) else Stage.INTERIM
        focused = self.check.stage.isAncestorOf(QApplication.focusWidget() or self)
        self.check.set_start(stage, last.assembly, last.chair_name)
        if focused:
            self.check.stage.focus_input()
        return stage is not seen.stage

    def _open_problem(self, problem: Problem) -> None:
        self.screen_requested.emit(screen_of(problem.ref.table if problem.ref else ""), problem)

    def _open_request(self, request: CorrectionRequest) -> None:
        self.screen_requested.emit(screen_of(request.table), request)

    def _reason_kept(self) -> None:
        self.records_changed.emit()
        self._read()

    def make_file(self, _checked: bool = False, *, again: bool = False) -> None:
        """Freeze the year when nothing is open; what was typed a moment ago is stored before."""
        self.commit()
        self.messages.show_message("info", "提出ファイルを作っています…")
        check = self.check
        choice = ReportChoice(self._year, check.chosen_stage(), check.chosen_assembly(), check.chair_name())
        self._making.make(choice, even_unchanged=again)

    def _offer_again(self) -> None:
        locked = self._seen is not None and self._seen.locked
        last = self._seen.readiness.last if self._seen is not None else None
        if last is not None and last.state is ReportState.EXPORTED and self._says_the_same(last):
            self._save_again(last)
            self.messages.show_message("info", _AS_IT_IS.format(last.revision))
            return
        self.messages.show_message(
            "info",
            _SAME,
            "" if locked else "それでも新しい版を作る",
            None if locked else (lambda: self.make_file(again=True)),
        )

    def _says_the_same(self, last: Submission) -> bool:
        check = self.check
        chosen = (check.chosen_stage(), check.chosen_assembly(), check.chair_name())
        return (last.stage, last.assembly, last.chair_name) == chosen

    def _say_open(self, readiness: Readiness) -> None:
        hard, soft = len(readiness.hard), len(readiness.soft)
        self.messages.show_message(
            "problem",
            f"まだ提出できません（直すところ {hard}件、理由を書くところ {soft}件）。\n"
            "入力した内容はこのパソコンに残っています。\n"
            "下の一覧で「この欄を開く」を押して直すか、このままでよい理由を書いてください。",
        )
        row = self.check.problems.first_open()
        if row is not None:
            row.open_button.setFocus(Qt.FocusReason.TabFocusReason)
            self.ensure_visible(row)
        self._read()

    def _frozen(self, submission: Submission) -> None:
        self.messages.clear()
        self._begin_saving(submission)
        self._read()

    # 2 USBに保存.

    def _begin_saving(self, submission: Submission) -> None:
        self._current = submission
        self.saving.show_submission(submission)
        self._show_step(SAVE)
        self._writing.look_for_drives()

    def _save_again(self, submission: Submission) -> None:
        self.messages.clear()
        self._begin_saving(submission)

    def _write_file(self, package_id: str, folder: Path, *watched: Any) -> WrittenFile:
        return self._services.submission.write(package_id, folder, *watched)

    def _write(self, folder: Path) -> None:
        if self._current is not None:
            self.saving.set_working(True)
            self._writing.write(self._current.package_id, folder)

    def _written(self, written: WrittenFile, drive: Drive | None) -> None:
        self.saving.set_working(False)
        if self._current is not None:
            self.handover.show_written(self._current, written, drive)
        self._show_step(HANDOVER)
        self._read()

    def _not_written(self, error: ShakyoError, folder: Path) -> None:
        """Offer the same file again, to the place that is chosen then: another stick may be in."""
        self.saving.set_working(False)
        again = "" if error.code == "cancelled" else "もう一度"
        present(error, self.messages, again, lambda: self._write(self.saving.picker.folder() or folder))
        self.saving.save_button.setFocus()  # 中止する had it; 確認に戻る would be the next in the row
        self._writing.look_for_drives()

    # 3 取り外し.

    def _ejected(self) -> None:
        self.handover.show_ejected()
        self.messages.show_message("saved", _PULL)

    def _not_ejected(self, error: ShakyoError, drive: Drive) -> None:
        present(error, self.messages, "もう一度", lambda: self._writing.eject(drive))

    def _show_paper(self, submission: Submission) -> None:
        self.messages.clear()
        self.handover.show_paper(submission)
        self._show_step(HANDOVER)

    def _show_copy(self, submission: Submission) -> None:
        self.messages.clear()
        self.handover.show_copy(submission)
        self._show_step(HANDOVER)

    def _finish(self) -> None:
        self._show_step(CHECK)
        self.screen_requested.emit("home", None)
