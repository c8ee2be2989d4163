"""事務所へ提出: 1 確認, 2 USBに保存, 3 取り外し and the cover sheet."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QWidget

from shakyo_desktop.domain.checks import Problem
from shakyo_desktop.domain.codes import Assembly, ReportState, Stage
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.fiscal_year import last_day
from shakyo_desktop.domain.labels import item_name
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.submission import CorrectionRequest, Submission
from shakyo_desktop.gui.district.check_step import CheckStep
from shakyo_desktop.gui.district.earlier_list import EarlierList
from shakyo_desktop.gui.district.handover_step import HandoverStep
from shakyo_desktop.gui.district.routing import screen_of
from shakyo_desktop.gui.district.save_step import SaveStep
from shakyo_desktop.gui.shared.background import BackgroundWorker, Task
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import StepIndicator
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.printing import Printer
from shakyo_desktop.services.drives import Drive
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.submission import Readiness
from shakyo_desktop.services.verified_write import WrittenFile

CHECK, SAVE, HANDOVER = range(3)


@dataclass(frozen=True, slots=True)
class _Seen:
    readiness: Readiness
    submissions: tuple[Submission, ...]
    plans: tuple[Plan, ...]
    locked: bool


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
        self._services, self._worker, self._fiscal_year = services, worker, fiscal_year
        self._year = 0
        self._seen: _Seen | None = None
        self._current: Submission | None = None
        self._task: Task | None = None
        self.steps = StepIndicator(["確認", "USBに保存", "取り外しと送付票"])
        self.check = CheckStep()
        self.saving = SaveStep(self.messages)
        self.handover = HandoverStep(services, worker, printer, self.messages)
        self.earlier = EarlierList()
        for widget in (self.steps, self.check, self.saving, self.earlier):
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

    def step(self) -> int:
        """Return which step is shown."""
        return self._step

    # Parts.

    def _make_bar(self) -> None:
        self.back_button = SecondaryButton("確認に戻る", "B", "chevron-left")
        self.back_button.clicked.connect(lambda: self._show_step(CHECK))
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
        self.check.reason_given.connect(self._keep_reason)
        self.saving.refresh_requested.connect(self._look_for_drives)
        self.saving.save_requested.connect(self._write)
        self.saving.stop_requested.connect(self._stop)
        self.handover.eject_requested.connect(self._eject)
        self.earlier.paper_requested.connect(self._show_paper)
        self.earlier.save_requested.connect(self._save_again)

    def _show_step(self, step: int) -> None:
        self._step = step
        self.steps.set_current(step)
        widgets: tuple[QWidget, ...] = (self.check, self.saving, self.handover)
        for at, widget in enumerate(widgets):
            widget.setVisible(at == step)
        self.earlier.setVisible(step == CHECK)
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
        year, stage = self._year, self.check.chosen_stage()

        def work() -> _Seen:
            services = self._services
            readiness = services.submission.readiness(year, stage)
            view = services.recording.open_year(year)
            return _Seen(readiness, services.submission.submissions(year), view.plans, view.locked)

        def done(seen: _Seen) -> None:
            if year == self._year and stage == self.check.chosen_stage():
                self._show(seen)

        self._worker.run(
            work, done, lambda error: present(error, self.messages, "もう一度", self._read), owner=self
        )

    def _show(self, seen: _Seen) -> None:
        first = self._seen is None
        self._seen = seen
        last = seen.readiness.last
        if first and last is not None:
            final = Stage.FINAL in (last.stage, self.check.chosen_stage())
            stage = Stage.FINAL if final else Stage.INTERIM
            changed = stage is not self.check.chosen_stage()
            focused = self.check.stage.isAncestorOf(QApplication.focusWidget() or self)
            self.check.set_start(stage, last.assembly, last.chair_name)
            if focused:
                self.check.stage.focus_input()
            if changed:
                self._read()
                return
        self.check.show_readiness(seen.readiness, self._item_name, locked=seen.locked)
        self.earlier.set_submissions(seen.submissions)

    def _item_name(self, problem: Problem) -> str:
        if problem.item_number is None or self._seen is None:
            return ""
        plan = next((one for one in self._seen.plans if one.id == problem.plan_id), None)
        return item_name(problem.item_number, plan)

    def _open_problem(self, problem: Problem) -> None:
        self.screen_requested.emit(screen_of(problem.ref.table if problem.ref else ""), problem)

    def _open_request(self, request: CorrectionRequest) -> None:
        self.screen_requested.emit(screen_of(request.table), request)

    def _keep_reason(self, problem: Problem, reason: str) -> None:
        def done(_: None) -> None:
            self.records_changed.emit()
            self._read()

        self._worker.run(
            lambda: self._services.checking.answer(problem, reason),
            done,
            lambda error: present(error, self.messages),
            owner=self,
        )

    def make_file(self, _checked: bool = False, *, again: bool = False) -> None:
        """Freeze the year when nothing is open; what was typed a moment ago is stored before."""
        self.commit()
        self.messages.clear()
        year, stage = self._year, self.check.chosen_stage()
        assembly, chair = self.check.chosen_assembly(), self.check.chair_name()
        submission = self._services.submission

        def judged(readiness: Readiness) -> None:
            if readiness.ready and (readiness.changed_since_last or again):
                self._freeze(year, stage, assembly, chair)
            elif readiness.ready:
                self._offer_again(readiness)
            else:
                self._say_open(readiness)

        self._worker.run(
            lambda: submission.readiness(year, stage),
            judged,
            lambda error: present(error, self.messages),
            owner=self,
        )

    def _offer_again(self, readiness: Readiness) -> None:
        last = readiness.last
        locked = last is not None and last.state is ReportState.ACCEPTED
        self.messages.show_message(
            "info",
            "前に提出したときから、何も変わっていません。\n"
            "同じものを渡すときは「これまでの提出」からUSBに保存できます。",
            "" if locked else "それでも新しい版を作る",
            None if locked else (lambda: self.make_file(again=True)),
        )

    def _say_open(self, readiness: Readiness) -> None:
        hard, soft = len(readiness.hard), len(readiness.soft)
        self.messages.show_message(
            "problem",
            f"まだ提出できません（直すところ {hard}件、理由を書くところ {soft}件）。\n"
            "入力した内容はこのパソコンに残っています。\n"
            "下の一覧で「この欄を開く」を押して直すか、このままでよい理由を書いてください。",
        )
        self._read()

    def _freeze(self, year: int, stage: Stage, assembly: Assembly, chair: str) -> None:
        def done(submission: Submission) -> None:
            self._begin_saving(submission)
            self._read()

        self._worker.run(
            lambda: self._services.submission.freeze(year, stage, assembly, chair),
            done,
            lambda error: present(error, self.messages),
            owner=self,
        )

    # 2 USBに保存.

    def _begin_saving(self, submission: Submission) -> None:
        self._current = submission
        self.saving.show_submission(submission)
        self._show_step(SAVE)
        self._look_for_drives()

    def _save_again(self, submission: Submission) -> None:
        self.messages.clear()
        self._begin_saving(submission)

    def _look_for_drives(self) -> None:
        self._worker.start(
            lambda _task: self._services.drives.removable(),
            self.saving.set_drives,
            lambda error: present(error, self.messages),
            owner=self,
        )

    def _write(self, folder: Path) -> None:
        submission = self._current
        if submission is None:
            return
        services = self._services

        def work(task: Task) -> tuple[WrittenFile, Drive | None]:
            written = services.submission.write(submission.package_id, folder, task.report, task.is_cancelled)
            return written, services.drives.holding(written.path)

        def done(result: tuple[WrittenFile, Drive | None]) -> None:
            self.saving.set_working(False)
            self.handover.show_written(submission, *result)
            self._show_step(HANDOVER)
            self._read()

        def failed(error: ShakyoError) -> None:
            self.saving.set_working(False)
            stopped = error.code == "cancelled"
            present(error, self.messages, "" if stopped else "もう一度", lambda: self._write_again(folder))
            self._look_for_drives()

        self.saving.set_working(True)
        self._task = self._worker.start(
            work, done, failed, owner=self, on_progress=lambda now, of, _: self.saving.show_progress(now, of)
        )

    def _write_again(self, before: Path) -> None:
        """The same file, to the place that is chosen now: another stick may be in."""
        self._write(self.saving.picker.folder() or before)

    def _stop(self) -> None:
        if self._task is not None:
            self._task.cancel()

    # 3 取り外し.

    def _eject(self, drive: Drive | None) -> None:
        if drive is None:
            return

        def done(_: None) -> None:
            self.handover.show_ejected()
            self.messages.show_message(
                "saved",
                "取り外せます。USBメモリを抜いてください。\n"
                "送付票を印刷して、USBメモリといっしょに事務所へ渡してください。",
            )

        self._worker.start(
            lambda _task: self._services.drives.eject(drive),
            done,
            lambda error: present(error, self.messages, "もう一度", lambda: self._eject(drive)),
            owner=self,
        )

    def _show_paper(self, submission: Submission) -> None:
        self.messages.clear()
        self.handover.show_paper(submission)
        self._show_step(HANDOVER)

    def _finish(self) -> None:
        self._show_step(CHECK)
        self.screen_requested.emit("home", None)
