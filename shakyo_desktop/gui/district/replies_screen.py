"""返事: take in the office's answer, read it, go to what it asks, print its receipt."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QApplication, QHBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.domain.dates import short_era_date
from shakyo_desktop.domain.submission import CorrectionRequest, Reply, Submission
from shakyo_desktop.gui.district.record_names import item_names, request_place
from shakyo_desktop.gui.district.reply_detail import ReplyDetail
from shakyo_desktop.gui.district.routing import screen_of
from shakyo_desktop.gui.shared.background import BackgroundWorker, Task
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import EmptyState
from shakyo_desktop.gui.shared.document_panel import DocumentPanel
from shakyo_desktop.gui.shared.drop_area import DropArea
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.printing import Printer
from shakyo_desktop.gui.shared.row_list import RowList
from shakyo_desktop.gui.shared.row_model import Column, Row
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.verdicts import ACCEPTED, ALREADY_RECEIVED, Verdict

_EMPTY = (
    "この年度の返事は、まだ届いていません。\n"
    "事務所からUSBメモリなどで返事のファイルを受け取ったら、上の枠に置くか、ボタンで選んでください。"
)
_COLUMNS = (Column("返事の日", 102), Column("版", 72), Column("内容"))


@dataclass(frozen=True, slots=True)
class _Seen:
    replies: tuple[Reply, ...]
    submissions: Mapping[str, Submission]
    items: Mapping[str, str]
    office: str


class RepliesScreen(Page):
    """Signals: `received` after an answer or a setup was taken in; `counted` how many requests are open."""

    received = Signal()
    counted = Signal(int)
    help_key = "replies"

    def __init__(
        self, services: Services, worker: BackgroundWorker, fiscal_year: Callable[[], int], printer: Printer
    ) -> None:
        super().__init__("事務所からの返事")
        self._services, self._worker, self._year = services, worker, fiscal_year
        self._seen: _Seen | None = None
        self.drop = DropArea(
            "ここに返事のファイルを置く または",
            "返事のファイルを選ぶ",
            letter="O",
            pattern="返事 (*.shakyo)",
        )
        self.drop.paths_chosen.connect(self.receive)
        self.add(self.drop)
        self.list = RowList(_COLUMNS, "返事の一覧")
        self.list.setMinimumHeight(240)
        self.list.row_selected.connect(self._show_reply)
        self.detail = ReplyDetail()
        self.detail.request_opened.connect(self._open_request)
        self.detail.done_changed.connect(self._mark)
        self.detail.receipt_requested.connect(self._show_receipt)
        self.panel = DocumentPanel("受領証", worker, printer, self.messages)
        self.panel.setMinimumHeight(320)
        self.close_button = SecondaryButton("返事に戻る", "B", "chevron-left")
        self.close_button.clicked.connect(lambda: self._show_paper(False))
        self._empty = EmptyState("mail", _EMPTY)
        self._body = QWidget()
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        right = QVBoxLayout()
        right.addWidget(self.detail, 1)
        right.addWidget(self.panel, 1)
        row.addWidget(self.list, 2)
        row.addLayout(right, 3)
        self.add(self._body, 1)
        self.add(self._empty, 1)
        self.bar.add_left(self.close_button)
        self._show_paper(False)
        self._body.hide()

    def enter(self) -> None:
        """Read the answers anew."""
        year = self._year()
        self._worker.run(
            lambda: self._read(year),
            self._show,
            lambda error: present(error, self.messages, "もう一度", self.enter),
            owner=self,
        )

    def leave(self) -> None:
        """What was said about a file is old when one comes back."""
        self.messages.clear()

    def focus_first(self) -> None:
        """The first request to open, else the button that takes an answer in."""
        for row in self.detail.rows if self._body.isVisible() else []:
            if not row.request.done and row.request.table != "report":
                row.open_button.setFocus()
                return
        self.drop.button.setFocus()

    def receive(self, paths: list[Path]) -> None:
        """Take in what was dropped or chosen, each file on its own."""

        def work(task: Task) -> tuple[Verdict, ...]:
            return self._services.intake.receive(paths, task.report, task.is_cancelled)

        self.messages.show_message("info", "ファイルを調べています…")
        self._worker.start(work, self._received, lambda error: present(error, self.messages), owner=self)

    # Inside.

    def _read(self, year: int) -> _Seen:
        services = self._services
        office = services.settings.identity().office
        return _Seen(
            tuple(sorted(services.replies.replies(year), key=lambda one: one.created_at, reverse=True)),
            {one.package_id: one for one in services.submission.submissions(year)},
            item_names(services.recording.open_year(year)),
            office.name if office else "事務所",
        )

    def _show(self, seen: _Seen) -> None:
        focused = QApplication.focusWidget()
        inside = focused is not None and self.isAncestorOf(focused)
        self._fill(seen)
        now = QApplication.focusWidget()
        if inside and (now is None or not self.isAncestorOf(now)):
            self.focus_first()  # the row that had the keyboard was made anew

    def _fill(self, seen: _Seen) -> None:
        self._seen = seen
        self._body.setVisible(bool(seen.replies))
        self._empty.setVisible(not seen.replies)
        self.list.set_rows([self._row(reply) for reply in seen.replies])
        self.counted.emit(sum(1 for one in seen.replies[:1] for ask in one.requests if not ask.done))
        if not seen.replies:
            return
        key = self.list.selected_key() or seen.replies[0].answer_id
        self.list.select_key(key, silent=True)
        self._show_reply(key)

    def _row(self, reply: Reply) -> Row:
        submission = self._seen.submissions.get(reply.package_id) if self._seen else None
        left = sum(1 for one in reply.requests if not one.done)
        return Row(
            reply.answer_id,
            (
                short_era_date(reply.created_at.date()),
                f"第{submission.revision}版" if submission else "",
                f"お願い のこり{left}件" if left else reply.result.label,
            ),
            tone="warning" if left else "plain",
        )

    def _show_reply(self, key: object) -> None:
        reply = self._reply(key)
        if reply is None or self._seen is None:
            return
        submission = self._seen.submissions.get(reply.package_id)
        items = self._seen.items
        self.detail.show_reply(
            reply,
            self._seen.office,
            submission.revision if submission else 0,
            lambda request: request_place(request, items.get(request.record_id, "")),
        )
        self._show_paper(False)

    def _reply(self, key: object) -> Reply | None:
        return next((one for one in self._seen.replies if one.answer_id == key), None) if self._seen else None

    def _open_request(self, request: CorrectionRequest) -> None:
        self.screen_requested.emit(screen_of(request.table), request)

    def _mark(self, request: CorrectionRequest, done: bool) -> None:
        self._worker.run(
            lambda: self._services.replies.mark_done(request.id, done),
            lambda _: self.enter(),
            lambda error: present(error, self.messages),
            owner=self,
        )

    def _show_receipt(self, reply: Reply) -> None:
        self._show_paper(True)
        self.panel.show_document(
            lambda: self._services.replies.receipt(reply.answer_id), f"受領証-{reply.receipt_no}.pdf"
        )

    def _show_paper(self, paper: bool) -> None:
        self.panel.setVisible(paper)
        self.detail.setVisible(not paper)
        self.bar.setVisible(paper)

    def _received(self, verdicts: tuple[Verdict, ...]) -> None:
        if not verdicts:
            self.messages.show_message(
                "problem",
                "返事のファイルが見つかりませんでした。何も変わっていません。\n"
                "名前の終わりが「.shakyo」のファイルを選んでください。",
            )
            return
        good = [one for one in verdicts if one.verdict == ACCEPTED]
        kind = "saved" if good else "info" if all(_known(one) for one in verdicts) else "problem"
        self.messages.show_message(kind, "\n".join(_words(one) for one in verdicts))
        if good:
            self.list.clearSelection()
            self.received.emit()
        self.enter()


def _known(verdict: Verdict) -> bool:
    return verdict.verdict == ALREADY_RECEIVED


def _words(verdict: Verdict) -> str:
    sign = "✓" if verdict.verdict == ACCEPTED else "↺" if _known(verdict) else "×"
    lines = [f"{sign} {verdict.file.name}: {verdict.message}", *verdict.warnings]
    if verdict.next_action and verdict.next_action not in verdict.message:
        lines.append(verdict.next_action)
    return "\n".join(lines)
