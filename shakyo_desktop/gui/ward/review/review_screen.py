"""確認する: read a report item by item, write requests, accept it or ask."""

from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.errors import NotFound, ShakyoError
from shakyo_desktop.domain.records import Photo, RecordRef
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.ward.counting import tell_counts
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.review.decision_desk import DecisionDesk
from shakyo_desktop.gui.ward.review.item_rows import LEGEND
from shakyo_desktop.gui.ward.review.reopen_card import ReopenCard
from shakyo_desktop.gui.ward.review.report_pages import ItemKey
from shakyo_desktop.gui.ward.review.report_reader import ReportReader
from shakyo_desktop.gui.ward.review.request_desk import RequestDesk
from shakyo_desktop.gui.ward.review.review_buttons import ReviewButtons
from shakyo_desktop.gui.ward.review.second_card import SecondCard
from shakyo_desktop.gui.ward.review.waiting_list import WaitingList
from shakyo_desktop.gui.ward.targets import DistrictOf, JoinedReport, ReportOf
from shakyo_desktop.gui.ward.words import revision_words
from shakyo_desktop.services.overview import DistrictRow
from shakyo_desktop.services.review import ReportView

_LIST_TITLE = "確認を待っている報告"


@dataclass(frozen=True, slots=True)
class _Read:
    view: ReportView
    revisions: tuple[Submission, ...]

    @property
    def is_newest(self) -> bool:
        """Whether no later revision counts."""
        newest = next((one for one in self.revisions if one.state is not ReportState.WITHDRAWN), None)
        return newest is not None and newest.package_id == self.view.submission.package_id


@dataclass(frozen=True, slots=True)
class _Listed:
    waiting: tuple[Submission, ...]
    names: dict[str, str]
    districts: tuple[DistrictRow, ...]


class ReviewScreen(Page):
    """Shows what waits until a report is chosen here or on another screen."""

    help_key = "ward-review"

    def __init__(self, desk: Desk) -> None:
        super().__init__(_LIST_TITLE, scrolling=False)
        self._desk = desk
        self._read: _Read | None = None
        self._stale = False
        self._requests = RequestDesk(desk, self._failed, self)
        self._decisions = DecisionDesk(desk, self._failed, self)
        self._decisions.decided.connect(self._decided)
        self._decisions.reopened.connect(self._reopened)
        self._decisions.undone.connect(self._undone)
        self.waiting = WaitingList()
        self.waiting.row_activated.connect(lambda key: self.open(str(key)))
        self.reader = ReportReader()
        self._connect_reader()
        self.reopen_card = ReopenCard()
        self.reopen_card.reopen_requested.connect(
            lambda reason: self._decisions.reopen(self._package_id(), reason)
        )
        self.second_card = SecondCard()
        self.second_card.accept_requested.connect(self._accept_as)
        for card in (self.reopen_card, self.second_card):
            card.leave_button.clicked.connect(self._leave_cards)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.waiting)
        self._stack.addWidget(self.reader)
        self.add(self.reopen_card)
        self.add(self.second_card)
        self.add(self._stack, 1)
        self.content.addStretch(0)
        self._make_buttons()
        self._show_buttons()

    def enter(self) -> None:
        """Read again what is shown: files may have come meanwhile."""
        self._stale = True
        QTimer.singleShot(0, self, self._refresh)

    def _refresh(self) -> None:
        """Not when another report was asked for meanwhile: reports can be large."""
        if not self._stale:
            return
        self._stale = False
        if self._read is not None:
            self.open(self._read.view.submission.package_id)
        else:
            self.show_list()

    def commit(self) -> None:
        """Keep what is being typed."""
        self.reader.commit()
        super().commit()

    def show_target(self, target: object) -> None:
        """Open a report, or a district's newest."""
        self._stale = False
        if isinstance(target, ReportOf):
            self.open(target.package_id, target.item)
        elif isinstance(target, DistrictOf):
            self._open_newest(target.org)

    def focus_first(self) -> None:
        """The list that is shown takes the keyboard."""
        (self.waiting if self._read is None else self.reader.list).setFocus()

    def open(self, package_id: str, item: ItemKey | None = None) -> None:
        """Read a revision, beginning with the whole of it or with one item."""
        review = self._desk.services.review

        def read() -> _Read:
            view = review.report(package_id)
            return _Read(view, review.revisions(view.submission.org, view.submission.fiscal_year))

        def show(found: _Read) -> None:
            self._show(found)
            if item is not None:
                self.reader.list.select_key(item)

        self._desk.worker.run(read, show, self._failed, self)

    def show_list(self) -> None:
        """Leave the report and show what waits."""
        self.reader.close_editor()
        self._leave_cards()
        self._read = None
        self.set_title(_LIST_TITLE)
        self.set_title_note("")
        self.bar.set_hint("")
        self._stack.setCurrentWidget(self.waiting)
        self._show_buttons()
        services, year = self._desk.services, self._desk.fiscal_year()

        def read() -> _Listed:
            names = {org.code: org.name for org in services.roster.organisations()}
            return _Listed(services.review.undecided(), names, services.review.overview(year))

        def show(found: _Listed) -> None:
            self._desk.count("review", len(found.waiting))
            self.waiting.show_reports(found.waiting, found.names, year, found.districts)

        self._desk.worker.run(read, show, self._failed, self)

    def _connect_reader(self) -> None:
        reader = self.reader
        reader.written.connect(self._requests.keep)
        reader.removed.connect(self._requests.remove)
        reader.photos_wanted.connect(self._read_photos)
        reader.looked_at.connect(self._looked_at)
        reader.uncheck_wanted.connect(lambda: self._decisions.uncheck(self._package_id()))
        reader.revision_wanted.connect(self.open)
        reader.undo_wanted.connect(lambda: self._decisions.undo(self._package_id()))
        reader.joining_wanted.connect(
            lambda: self.screen_requested.emit("joining", JoinedReport(self._package_id()))
        )
        self._requests.kept.connect(reader.put_request)
        self._requests.removed.connect(reader.drop_request)
        self._requests.kept.connect(lambda _request: self._show_buttons())
        self._requests.removed.connect(lambda _id: self._show_buttons())

    def _make_buttons(self) -> None:
        self.buttons = ReviewButtons(self.bar, self.header_row)
        for button, action in (
            (self.buttons.list, self.show_list),
            (self.buttons.back, lambda: self.reader.step(-1)),
            (self.buttons.forward, lambda: self.reader.step(1)),
            (self.buttons.open, self._open_chosen),
            (self.buttons.ask, lambda: self._decide(accept=False)),
            (self.buttons.accept, lambda: self._decide(accept=True)),
            (self.buttons.check, self._check),
            (self.buttons.reopen, self._ask_why),
            (self.buttons.answer, lambda: self.screen_requested.emit("answers", None)),
        ):
            button.clicked.connect(action)

    def _show_buttons(self) -> None:
        read, view = self._read, self.reader.view()
        state = read.view.submission.state if read else None
        self.buttons.show_for(
            state,
            newest=read is not None and read.is_newest,
            requests=len(view.comments) if view else 0,
            two_steps=read is not None and read.view.two_steps,
            checked=read is not None and read.view.checked is not None,
        )

    def _show(self, read: _Read) -> None:
        self._read = read
        submission = read.view.submission
        self._leave_cards()
        self.set_title(f"{read.view.org.name}　{revision_words(submission.revision, submission.stage)}")
        newer = "" if read.is_newest else "（新しい版があります）"
        self.set_title_note(f"{submission.state.label}{newer}")
        undecided = read.is_newest and submission.state is ReportState.RECEIVED
        self.reader.show_report(read.view, read.revisions, open_=undecided)
        self._stack.setCurrentWidget(self.reader)
        self.bar.set_hint(LEGEND)
        self._show_buttons()
        if self.isVisible():
            self.reader.list.setFocus()

    def _open_chosen(self) -> None:
        key = self.waiting.selected_key()
        if key is None:
            self.messages.show_message(
                "info", "読める報告は、まだありません。「ファイル受取」で提出ファイルを受け取ると読めます。"
            )
        else:
            self.open(str(key))

    def _open_newest(self, org: str) -> None:
        services, year = self._desk.services, self._desk.fiscal_year()

        def read() -> str:
            row = next((one for one in services.review.overview(year) if one.org == org), None)
            if row is None or row.package_id is None:
                raise NotFound("この地区部会の報告は、まだ届いていません。")
            return row.package_id

        self._desk.worker.run(read, self.open, self._failed, self)

    def _package_id(self) -> str:
        return self._read.view.submission.package_id if self._read else ""

    def _read_photos(self, photos: list[Photo]) -> None:
        review, package_id = self._desk.services.review, self._package_id()
        self._desk.worker.run(
            lambda: [(photo, review.photo(package_id, photo.id)) for photo in photos],
            self.reader.show_photos,
            self._failed,
            self,
        )

    def _decide(self, *, accept: bool) -> None:
        self.reader.close_editor()
        view = self._read.view if self._read else None
        if not accept:
            self._decisions.send_back(self._package_id())
        elif view is not None and view.two_steps and view.checked is not None:
            self._show_only_question()
            self.second_card.ask(view.checked.by)
        else:
            self._decisions.accept(self._package_id())

    def _ask_why(self) -> None:
        self._show_only_question()
        self.reopen_card.ask()

    def _show_only_question(self) -> None:
        """In a low window there is no room for the report as well."""
        self._stack.hide()
        self.bar.hide()

    def _leave_cards(self) -> None:
        """Show the report again instead of a question."""
        self.reopen_card.hide()
        self.second_card.hide()
        self._stack.show()
        self.bar.show()

    def _accept_as(self, name: str) -> None:
        self._decisions.accept(self._package_id(), name)

    def _check(self) -> None:
        self.reader.close_editor()
        self._decisions.check(self._package_id())

    def _looked_at(self, ref: RecordRef) -> None:
        review, package_id = self._desk.services.review, self._package_id()
        self._desk.worker.run(
            lambda: review.looked_at(package_id, ref), lambda _none: None, self._failed, self
        )

    def _decided(self, submission: Submission, words: str) -> None:
        self.messages.show_message(
            "saved", words, "返事を渡す", lambda: self.screen_requested.emit("answers", None)
        )
        self.open(submission.package_id)
        tell_counts(self._desk, self._failed, self)

    def _reopened(self, submission: Submission, words: str) -> None:
        self.messages.show_message("saved", words)
        self.open(submission.package_id)
        tell_counts(self._desk, self._failed, self)

    def _undone(self, words: str) -> None:
        self.messages.show_message("info", words)
        self.show_list()

    def _failed(self, error: ShakyoError) -> None:
        present(error, self.messages)
