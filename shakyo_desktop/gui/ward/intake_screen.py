"""ファイル受取: give files, see what became of each, take an import back."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtWidgets import QHBoxLayout

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.keeping import IntakeLogEntry
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.submission import KeyRegistration
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.document_panel import DocumentPanel
from shakyo_desktop.gui.shared.drop_area import DropArea
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.ending_notice import EndingNotice
from shakyo_desktop.gui.ward.intake_log import IntakeLog
from shakyo_desktop.gui.ward.intake_results import IntakeResults
from shakyo_desktop.gui.ward.intake_run import IntakeRun
from shakyo_desktop.gui.ward.members import DISTRICTS
from shakyo_desktop.gui.ward.overview_rows import counts
from shakyo_desktop.gui.ward.tab_order import put_after
from shakyo_desktop.gui.ward.targets import DistrictOf, FilesToReceive, ReportOf
from shakyo_desktop.gui.ward.undo_card import UndoCard, undone_words
from shakyo_desktop.gui.ward.verdict_row import APPROVE, CALL, DECIDE, NOTICE, READ
from shakyo_desktop.services.newer_revisions import NEWER
from shakyo_desktop.services.overview import DistrictRow
from shakyo_desktop.services.verdicts import ACCEPTED, ALREADY_RECEIVED, PENDING_APPROVAL, Verdict
from shakyo_desktop.services.whole_imports import ImportPreview

_NOTICE_HEIGHT = 420
_PATTERN = "提出ファイル (*.shakyo)"
_CHOOSE = "下の一覧から、取り消したい受け取りを選んでください。"
_BUSY = "今のファイルを受け取っています。終わるか「中止する」を押してから、次のファイルを置いてください。"


@dataclass(frozen=True, slots=True)
class _State:
    log: tuple[IntakeLogEntry, ...]
    organisations: tuple[Organisation, ...]
    districts: tuple[DistrictRow, ...]
    waiting: frozenset[str]
    ending: tuple[KeyRegistration, ...]


class IntakeScreen(Page):
    """Every file has a row of its own; one bad file never stops the others."""

    help_key = "ward-intake"

    def __init__(self, desk: Desk) -> None:
        super().__init__("ファイル受取")
        self._desk = desk
        self._ending = EndingNotice(self)
        self._import = ""
        self._undoing: IntakeLogEntry | None = None
        self.drop = DropArea(
            "ここに提出ファイルやフォルダーを置く",
            "ファイルを選ぶ",
            letter="O",
            pattern=_PATTERN,
            folder_button="フォルダーを選ぶ",
        )
        self.drop.paths_chosen.connect(lambda paths: self.receive(list(paths)))
        self.add(self.drop)
        self.run = IntakeRun(desk)
        self.run.received.connect(self._received)
        self.run.failed.connect(self._failed)
        self.add(self.run)
        self.results = IntakeResults(desk)
        self.results.acted.connect(self._act)
        self.results.taken.connect(self.take)
        self.results.left.connect(self._left)
        self.results.undo_requested.connect(self._undo)
        self.results.failed.connect(self._failed)
        self.add(self.results)
        self.notice = DocumentPanel(
            "受け取れなかったファイルのお知らせ", desk.worker, desk.printer, self.messages
        )
        self.notice.setMinimumHeight(_NOTICE_HEIGHT)
        self.notice.hide()
        self.add(self.notice)
        self.log = IntakeLog(desk.members)
        self.log.row_activated.connect(lambda _key: self._ask_undo())
        self.undo_button = SecondaryButton("選んだ受け取りを取り消す", "U", "undo-2")
        self.undo_button.clicked.connect(self._ask_undo)
        self.undo_card = UndoCard()
        self.undo_card.one_wanted.connect(lambda: self._undo_import(whole=False))
        self.undo_card.all_wanted.connect(lambda: self._undo_import(whole=True))
        heading = QHBoxLayout()
        heading.addWidget(plain_label("これまでに受け取ったファイル", "subheading"), 1)
        heading.addWidget(self.undo_button)
        self.add_layout(heading)
        self.add(self.undo_card)
        self.add(self.log)
        self.add_stretch()

    def enter(self) -> None:
        """Read the log."""
        self._read_log()

    def show_target(self, target: object) -> None:
        """Receive what was dropped on another screen."""
        if isinstance(target, FilesToReceive):
            self.receive(list(target.paths))

    def receive(self, paths: Sequence[Path]) -> None:
        """Take files and folders in, each on its own; a newer revision waits for a person's word."""
        if self._is_free():
            self.results.clear()
            self.notice.hide()
            self._import = self._desk.services.intake.new_run()
            self.run.begin(paths, run=self._import)

    def take(self, paths: Sequence[Path]) -> None:
        """Take these in without a question; the rows of the other files stay."""
        if self._is_free():
            self.run.begin(paths, ask=False, run=self._import)

    def _is_free(self) -> bool:
        if not self.run.isHidden():
            self.messages.show_message("warning", _BUSY)
            return False
        self.messages.clear()
        return True

    def _received(self, verdicts: tuple[Verdict, ...], total: int) -> None:
        self.results.show_verdicts(verdicts)
        put_after(self.drop.button, self.results.newer, *self.results.rows)
        if not verdicts:
            self.messages.show_message(
                "info",
                "提出ファイル（.shakyo）がありませんでした。\n何も変わっていません。\n"
                "USBメモリの中のファイルを確かめて、もう一度選んでください。",
            )
        elif len(verdicts) < total:
            left = total - len(verdicts)
            self.messages.show_message(
                "info",
                f"中止しました。{len(verdicts)}件の結果は下のとおりです。"
                f"残りの{left}件については何も変わっていません。",
            )
        else:
            self.messages.show_message(_tone(verdicts), summary(verdicts))
        self._read_log()

    def _failed(self, error: ShakyoError) -> None:
        present(error, self.messages)

    def _act(self, verdict: Verdict, action: str) -> None:
        if action == READ:
            self.screen_requested.emit("review", ReportOf(str(verdict.package_id)))
        elif action in (APPROVE, DECIDE):
            self.screen_requested.emit("registrations", DistrictOf(str(verdict.sender)))
        elif action == CALL:
            self._show_sender(str(verdict.sender))
        elif action == NOTICE:
            self._show_notice(verdict)
        else:
            self.drop.button.click()

    def _show_notice(self, verdict: Verdict) -> None:
        """The paper that goes back with the stick."""
        papers = self._desk.services.review.papers
        name = f"お知らせ-{verdict.file.stem}.pdf"
        self.notice.show()
        self.notice.show_document(lambda: papers.refusal_notice(verdict), name)
        self.ensure_visible(self.notice)
        self.notice.view.print_button.setFocus()

    def _show_sender(self, org: str) -> None:
        """The telephone number: a ward's on 受付状況, a city's in its roster."""
        if self._desk.members is DISTRICTS:
            self.screen_requested.emit("overview", DistrictOf(org))
        else:
            self.screen_requested.emit("office", "roster")

    def _undo(self, verdict: Verdict) -> None:
        package_id = str(verdict.package_id)
        self._desk.worker.run(
            lambda: self._desk.services.intake.undo(package_id),
            lambda _none: self._undone(verdict),
            lambda error: present(error, self.messages),
            self,
        )

    def _undone(self, verdict: Verdict) -> None:
        again = [verdict.file]
        self.results.remove(verdict)
        self.messages.show_message(
            "undo",
            f"{verdict.file.name} の受け取りを取り消しました。前の版があれば、その内容に戻っています。",
            "もう一度受け取る",
            lambda: self.take(again),
        )

    def _left(self, verdict: Verdict) -> None:
        again = [verdict.file]
        self.messages.show_message(
            "info",
            f"{verdict.sender_name} 第{verdict.revision}版は受け取っていません。"
            "今ある版が、そのまま使われます。\n"
            "ファイルは消していません。あとで同じファイルを置けば、受け取れます。",
            "やはり見る",
            lambda: self.receive(again),
        )

    def _ask_undo(self) -> None:
        entry = self.log.chosen()
        if entry is None:
            self.messages.show_message("info", _CHOOSE)
            return
        self.undo_card.hide()
        self._undoing, imports = entry, self._desk.services.intake.imports

        def read() -> tuple[ImportPreview, ImportPreview | None]:
            one = imports.preview(entry.run, entry.manifest)
            return one, imports.preview(entry.run) if entry.run else None

        def show(found: tuple[ImportPreview, ImportPreview | None]) -> None:
            self.messages.clear()
            self.undo_card.show_previews(*found)
            self.ensure_visible(self.undo_card)

        self._desk.worker.run(read, show, self._failed, self)

    def _undo_import(self, *, whole: bool) -> None:
        entry, imports = self._undoing, self._desk.services.intake.imports
        if entry is None:
            return

        def done(found: ImportPreview) -> None:
            self.undo_card.hide()
            self.results.clear()
            self.messages.show_message("undo", undone_words(found))
            self.scroll_to_top()
            self._read_log()

        manifest = None if whole else entry.manifest
        self._desk.worker.run(lambda: imports.undo(entry.run, manifest), done, self._failed, self)

    def _read_log(self) -> None:
        services, year = self._desk.services, self._desk.fiscal_year()

        def read() -> _State:
            return _State(
                services.intake.log(),
                services.roster.organisations(),
                services.review.overview(year),
                frozenset(one.org for one in services.registrations.pending())
                | frozenset(one.manifest for one in services.registrations.waiting_decisions()),
                services.registrations.ending(),
            )

        self._desk.worker.run(read, self._show_state, lambda error: present(error, self.messages), self)

    def _show_state(self, state: _State) -> None:
        self.log.show_entries(state.log, state.organisations)
        self.results.forget_decided(state.waiting)
        for key, number in counts(state.districts).items():
            self._desk.count(key, number)
        if self._desk.members is not DISTRICTS:  # the first screen of a city; a ward's is 受付状況
            self._ending.tell(state.ending, {one.code: one.name for one in state.organisations})


def summary(verdicts: Sequence[Verdict]) -> str:
    """How many files went which way, in one line."""
    counted = {
        "受け取りました": sum(1 for one in verdicts if one.verdict == ACCEPTED),
        "受領済み": sum(1 for one in verdicts if one.verdict == ALREADY_RECEIVED),
        "新しい版": sum(1 for one in verdicts if one.code == NEWER),
        "人の確認を待っています": sum(
            1 for one in verdicts if one.verdict == PENDING_APPROVAL and one.code != NEWER
        ),
        "読めません": sum(1 for one in verdicts if one.verdict == "refused"),
    }
    parts = [f"{words} {count}件" for words, count in counted.items() if count]
    return f"{len(verdicts)}件のファイルを調べました。" + "　".join(parts)


def _tone(verdicts: Sequence[Verdict]) -> str:
    kinds = {one.verdict for one in verdicts}
    if "refused" in kinds:
        return "warning"
    return "saved" if kinds == {ACCEPTED} else "info"
