"""報告にする: what was keyed from a district's paper becomes its report, signed by the office (代行入力)."""

from collections.abc import Callable

from shakyo_desktop.domain.checks import Level, Problem, to_settle
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.labels import item_name
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.gui.paper.paper_desk import PaperDesk
from shakyo_desktop.gui.paper.proxy_parts import ChairsPaper, WhoseReport, standing_words
from shakyo_desktop.gui.paper.targets import BoxOf, KeyedYearOf
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.problem_rows import ProblemRows
from shakyo_desktop.services.proxy_reports import ProxyReportService, ProxyState

_NO_ROSTER = "名簿に地区部会がまだありません。\n「区の設定」で名簿を作ると、紙の報告を入力できます。"
_NOTHING = "まだ紙から入力していません。「紙から入力」で用紙を入力すると、ここで報告にできます。"
_MADE = (
    "{name}の第{revision}版を、代行入力の報告として受け取りました（紙の受付番号 {number}）。\n"
    "この事務所の印で、書きかえられないようにしてあります。次は「確認する」の画面で読んでください。"
)
_UNDONE = (
    "報告を取り消しました。入力した内容は、全部残っています。\n"
    "直してから、もう一度「報告にする」を押してください。"
)
_NO_BOX = "この内容は用紙の欄から入力したものではありません。\n「紙から入力」で用紙を開いて直してください。"


class ProxyScreen(Page):
    """One page: whose report, what is open, the 部会長's paper.

    ``review_target`` makes of a package id what 確認する opens.
    """

    help_key = "proxy"

    def __init__(self, desk: PaperDesk, review_target: Callable[[str], object]) -> None:
        super().__init__("報告にする（代行入力）")
        self._desk, self._review_target = desk, review_target
        self._service = ProxyReportService(desk.services.context)
        self._state: ProxyState | None = None
        self.whose = WhoseReport()
        self.whose.changed.connect(self._read)
        self.standing = plain_label()
        self.whose.add(self.standing)
        self._open = Card("報告の前に")
        self.summary = Chip("", "plain")
        self._open.add(self.summary)
        self.problems = ProblemRows()
        self.problems.open_requested.connect(self._open_box)
        self.problems.answered.connect(self._answer)
        self._open.add(self.problems)
        self.paper = ChairsPaper()
        for card in (self.whose, self._open, self.paper):
            self.add(card)
        self.add_stretch()
        self._make_bar()
        self._show_parts(None)

    def enter(self) -> None:
        """Read the roster, then the year of the district that is chosen."""
        services = self._desk.services
        self._run(services.roster.districts, self._offer)

    def focus_first(self) -> None:
        """The choice of the district takes the keyboard."""
        self.whose.district.setFocus()

    def show_target(self, target: object) -> None:
        """Begin with the district that was keyed last."""
        if isinstance(target, KeyedYearOf):
            self.whose.choose(target.org)
            self._read()
        self.focus_first()

    def _offer(self, districts: tuple[Organisation, ...]) -> None:
        self.whose.set_districts(districts)
        if not districts:
            self._show_parts(None)
            self.messages.show_message("info", _NO_ROSTER)
            return
        self._read()

    def _read(self) -> None:
        self.messages.clear()
        self._reread()

    def _reread(self) -> None:
        """The same year again, as after a reason was written; what is said above stays."""
        org, year, stage = self.whose.org(), self._desk.fiscal_year(), self.whose.chosen_stage()
        if org:
            self._run(lambda: self._service.state(org, year, stage), self._show)

    def _show(self, state: ProxyState) -> None:
        other = self._state is None or self._state.org != state.org
        self._state = state
        if other:
            self.paper.begin(state.last.chair_name if state.last else "")
        self.standing.setText(standing_words(state))
        self._show_summary(state)
        every = (*to_settle(state.problems), *(p for p in state.problems if p.answered and p.asks_reason))
        self.problems.set_problems(() if state.locked or not state.keyed else every, self._place_of)
        self._show_parts(state)
        if state.locked and not self.messages.text():
            self.messages.show_message("info" if state.undoable else "warning", state.locked)

    def _show_summary(self, state: ProxyState) -> None:
        hard = sum(1 for one in state.open if one.level is Level.HARD)
        soft = len(state.open) - hard
        if state.locked and state.last is not None:
            self.summary.set_chip(f"✓ 第{state.last.revision}版があります", "saved")
        elif not state.keyed:
            self.summary.set_chip(_NOTHING, "plain")
        elif not state.open:
            self.summary.set_chip("✓ 報告にできます", "saved")
        else:
            parts = [f"直すところ {hard}件"] if hard else []
            parts += [f"理由を書くところ {soft}件"] if soft else []
            self.summary.set_chip("、".join(parts), "problem" if hard else "warning")

    def _place_of(self, problem: Problem) -> str:
        """The item, and the box as it stands on the paper."""
        state = self._state
        if state is None:
            return ""
        plan = next((one for one in state.plans if one.id == problem.plan_id), None)
        item = item_name(problem.item_number, plan) if problem.item_number is not None else ""
        place = state.places.get(problem)
        return "　".join(part for part in (item, f"［{place.words}］" if place else "") if part)

    def _open_box(self, problem: object) -> None:
        place = self._state.places.get(problem) if self._state and isinstance(problem, Problem) else None
        if place is not None:
            self.screen_requested.emit("keying", BoxOf(place.sheet, place.box))
        else:
            self.messages.show_message("info", _NO_BOX)

    def _answer(self, problem: object, reason: str) -> None:
        state = self._state
        if state is None or not isinstance(problem, Problem):
            return
        org, service = state.org, self._service
        self._desk.keeper.keep(
            ("proxy reason", problem.ref, problem.reason_key),
            lambda: service.answer(org, problem, reason),
            lambda _: self._reread(),
        )

    def _report(self) -> None:
        state = self._state
        if state is None:
            return
        self.commit()
        year, stage, assembly = (
            self._desk.fiscal_year(),
            self.whose.chosen_stage(),
            self.whose.chosen_assembly(),
        )
        chair, number = self.paper.typed()
        self._run(lambda: self._service.report(state.org, year, stage, assembly, chair, number), self._made)

    def _made(self, made: Submission) -> None:
        name = self._state.name if self._state else made.org
        words = _MADE.format(name=name, revision=made.revision, number=made.paper_no)
        self.messages.show_message("saved", words)
        self.paper.number.set_value("")
        self._desk.records_changed()
        self._reread()
        self.review_button.setFocus()

    def _undo(self) -> None:
        last = self._state.last if self._state else None
        if last is not None:
            self._run(lambda: self._service.undo(last.package_id), lambda _: self._undone())

    def _undone(self) -> None:
        self.messages.show_message("saved", _UNDONE)
        self._desk.records_changed()
        self._reread()
        self.back_button.setFocus()

    def _review(self) -> None:
        if self._state is not None and self._state.last is not None:
            self.screen_requested.emit("review", self._review_target(self._state.last.package_id))

    def _make_bar(self) -> None:
        self.back_button = SecondaryButton("紙から入力に戻る", "B", "chevron-left")
        self.back_button.clicked.connect(lambda: self.screen_requested.emit("keying", None))
        self.undo_button = SecondaryButton("報告を取り消して直す", "Z", "undo-2")
        self.undo_button.clicked.connect(self._undo)
        self.review_button = SecondaryButton("「確認する」を開く", "E", "eye")
        self.review_button.clicked.connect(self._review)
        self.report_button = PrimaryButton("報告にする", "N")
        self.report_button.clicked.connect(self._report)
        self.bar.add_left(self.back_button)
        self.bar.add_left(self.undo_button)
        self.bar.add_right(self.review_button)
        self.bar.add_right(self.report_button)

    def _show_parts(self, state: ProxyState | None) -> None:
        """Only what can be done now is there to be pressed."""
        free = state is not None and not state.locked and state.keyed > 0
        self._open.setVisible(state is not None)
        self.paper.setVisible(free)
        self.report_button.setVisible(free)
        self.undo_button.setVisible(state is not None and state.undoable)
        self.review_button.setVisible(state is not None and state.last is not None)

    def _run(self, work: Callable[[], object], done: Callable[..., None]) -> None:
        self._desk.worker.run(work, done, lambda error: self._failed(error), self)

    def _failed(self, error: ShakyoError) -> None:
        present(error, self.messages)
