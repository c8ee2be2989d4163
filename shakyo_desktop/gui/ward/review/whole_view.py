"""A report as a whole: where it comes from, what the checks found, the office's remarks, its revisions."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.compare import record_title
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.labels import field_label
from shakyo_desktop.domain.problems import Problem
from shakyo_desktop.domain.records import Photo, Record
from shakyo_desktop.domain.submission import CorrectionRequest, Submission
from shakyo_desktop.gui.shared.buttons import LinkButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.ward.review.field_row import problem_line
from shakyo_desktop.gui.ward.review.life_list import LifeList
from shakyo_desktop.gui.ward.review.report_pages import open_problems
from shakyo_desktop.gui.ward.review.request_draft import Place
from shakyo_desktop.gui.ward.review.request_editor import RequestEditor
from shakyo_desktop.gui.ward.review.request_note import RequestNote
from shakyo_desktop.gui.ward.review.revision_list import RevisionList
from shakyo_desktop.services.review import ReportView

REPORT: Place = ("report", "", "")


class WholeView(QWidget):
    """Signals: ``ask``, ``change`` as `ItemView`; ``item_wanted`` plan and number; ``revision_wanted``
    a package_id; ``undo_wanted`` nothing: take the import back; ``joining_wanted`` nothing: see what was
    joined.
    """

    ask = Signal(object, str, str)
    change = Signal(object)
    item_wanted = Signal(object)
    revision_wanted = Signal(str)
    undo_wanted = Signal()
    uncheck_wanted = Signal()
    joining_wanted = Signal()

    def __init__(self, view: ReportView, revisions: Sequence[Submission], *, open_: bool) -> None:
        super().__init__()
        self._view, self._open = view, open_
        self._titles = _titles(view)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 8)
        column.setSpacing(12)
        self.remarks = self._make_requests()
        self.problems = self._make_problems()
        joined = [one.package_id for one in view.versions[1:]]
        self.revisions = RevisionList(revisions, view.submission.package_id, joined)
        self.revisions.row_activated.connect(lambda key: self.revision_wanted.emit(str(key)))
        read = (self._make_facts(), self.problems, self.remarks)
        for card in (*read, self._make_revisions(), self._make_life()):
            column.addWidget(card)
        column.addStretch(1)

    def open_editor(self, editor: RequestEditor) -> None:
        """Show the editor of a remark about the whole report, or of any request chosen here."""
        for note in self.findChildren(RequestNote):
            note.setVisible(note.request.id != editor.draft.comment_id)
        self.remarks.add(editor)

    def where(self, request: CorrectionRequest) -> str:
        """What a request is about, in words."""
        if request.table == "report":
            return "報告全体"
        title = self._titles.get(request.record_id, "")
        label = field_label(request.table, request.field) if request.field else ""
        return "　".join(part for part in (title, label) if part)

    def _make_facts(self) -> Card:
        submission = self._view.submission
        lines = [
            f"受け取った日時　{_time(submission)}",
            f"地区で作った日時　{era_timestamp(submission.frozen_at)}（{submission.assembly.label}）",
        ]
        if submission.is_proxy:
            lines[1] = f"代行入力　紙の受付番号 {submission.paper_no}（事務所が紙から入力し、印を付けました）"
        if submission.chair_name:
            lines.append(f"部会長　{submission.chair_name}")
        if self._view.checked is not None:
            lines.append(f"確認　{self._view.checked.by}さん（{era_timestamp(self._view.checked.at)}）")
        if submission.receipt_no:
            lines.append(f"受付番号　{submission.receipt_no}")
        if self._view.differences:
            lines.append(f"前の版から変わったところ　{len(self._view.differences)}か所")
        lines += [f"※ {warning}" for warning in submission.warnings]
        card = Card("この報告について")
        card.add(plain_label("\n".join(lines)))
        self.uncheck_button = LinkButton("確認を取り消す")
        self.uncheck_button.clicked.connect(self.uncheck_wanted)
        card.body.addWidget(self.uncheck_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.uncheck_button.setVisible(self._open and self._view.checked is not None)
        if len(self._view.versions) > 1:
            self._add_joining(card)
        return card

    def _add_joining(self, card: Card) -> None:
        versions = "\n".join(
            f"　第{one.revision}版　{era_timestamp(one.frozen_at)} に作成　{one.file_name}"
            for one in self._view.versions
        )
        card.add(plain_label(f"{len(self._view.versions)}つの版を合わせた報告です。\n{versions}"))
        self.joining_button = SecondaryButton("合わせた内容を見る", icon_name="list-checks")
        self.joining_button.clicked.connect(self.joining_wanted)
        row = QHBoxLayout()
        row.addWidget(self.joining_button)
        row.addStretch(1)
        card.add_layout(row)

    def _make_problems(self) -> Card:
        found = open_problems(self._view.problems)
        waiting = [one for one in found if not one.answered]
        explained = len(self._view.problems) - len(waiting)
        also = f"　地区の説明があるもの（{explained}件）" if explained else ""
        card = Card(f"気になる点（{len(waiting)}件）{also}")
        if not found:
            card.add(plain_label("気になる点はありません。", "secondary"))
        card.body.setSpacing(8)
        for problem in found:
            row = QHBoxLayout()
            row.setSpacing(12)
            row.addWidget(self._make_problem(problem), 1)
            if problem.item_number is not None and problem.plan_id is not None:
                button = LinkButton(f"項目{problem.item_number}を開く")
                key = (problem.plan_id, problem.item_number)
                button.clicked.connect(lambda _on=False, wanted=key: self.item_wanted.emit(wanted))
                row.addWidget(button)
            card.add_layout(row)
        return card

    def _make_problem(self, problem: Problem) -> QWidget:
        place = (problem.ref.table, problem.ref.id, problem.field) if problem.ref else REPORT
        prefix = f"取組項目{problem.item_number}：" if not problem.ref and problem.item_number else ""

        def ask(words: str) -> None:
            self.ask.emit(place, "気になる点", f"{prefix}{words}")

        return problem_line(problem, ask if self._open else None)

    def _make_requests(self) -> Card:
        comments = self._view.comments
        card = Card(f"確認のお願い（{len(comments)}件）")
        if not comments:
            words = "まだ書いていません。欄ごとの「お願い」か、下のボタンで書けます。"
            card.add(plain_label(words if self._open else "確認のお願いはありません。", "secondary"))
        for request in comments:
            note = RequestNote(request, changeable=self._open, where=self.where(request))
            note.change_requested.connect(self.change)
            card.add(note)
        self.ask_button = SecondaryButton("報告全体へのお願いを書く", icon_name="pencil")
        self.ask_button.clicked.connect(lambda: self.ask.emit(REPORT, "報告全体", ""))
        card.body.addWidget(self.ask_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.ask_button.setVisible(self._open)
        return card

    def _make_revisions(self) -> Card:
        card = Card("これまでの版")
        card.add(plain_label("選んで Enter を押すと、その版を読めます。", "small"))
        card.add(self.revisions)
        self.undo_button = LinkButton("この版の受け取りを取り消す")
        self.undo_button.clicked.connect(self.undo_wanted)
        card.body.addWidget(self.undo_button, 0, Qt.AlignmentFlag.AlignLeft)
        self.undo_button.setVisible(self._open)
        return card

    def _make_life(self) -> Card:
        card = Card("この報告のこれまで")
        self.life = LifeList(self._view.life)
        card.add(self.life)
        return card


def _time(submission: Submission) -> str:
    return era_timestamp(submission.received_at) if submission.received_at else ""


def _titles(view: ReportView) -> Mapping[str, str]:
    plans = {plan.id: plan for plan in view.plans}
    records: list[Record] = [
        *view.records.item_statuses,
        *view.records.activities,
        *view.records.good_practices,
        *view.records.photos,
    ]
    return {
        ref_of(one).id: record_title(one, None if isinstance(one, Photo) else plans.get(one.plan_id))
        for one in records
    }


def is_open(submission: Submission) -> bool:
    """Whether requests can be written and a decision made."""
    return submission.state is ReportState.RECEIVED
