"""確認する: read a report item by item, write requests, accept it or ask."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QStackedWidget

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.errors import NotFound, ShakyoError
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.records import Photo
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.review.reopen_card import ReopenCard
from shakyo_desktop.gui.ward.review.report_reader import ReportReader
from shakyo_desktop.gui.ward.review.request_desk import RequestDesk
from shakyo_desktop.gui.ward.review.waiting_list import WaitingList
from shakyo_desktop.gui.ward.targets import DistrictOf, ReportOf
from shakyo_desktop.gui.ward.words import revision_words
from shakyo_desktop.services.review import ReportView

_LIST_TITLE = "確認を待っている報告"
_DECIDED = (ReportState.ACCEPTED, ReportState.REQUESTED)


@dataclass(frozen=True, slots=True)
class _Read:
    view: ReportView
    revisions: tuple[Submission, ...]

    @property
    def is_newest(self) -> bool:
        """Whether no later revision counts."""
        newest = next((one for one in self.revisions if one.state is not ReportState.WITHDRAWN), None)
        return newest is not None and newest.package_id == self.view.submission.package_id


class ReviewScreen(Page):
    """Shows what waits until a report is chosen here or on another screen."""

    help_key = "ward-review"

    def __init__(self, desk: Desk) -> None:
        super().__init__(_LIST_TITLE, scrolling=False)
        self._desk = desk
        self._read: _Read | None = None
        self._stale = False
        self._requests = RequestDesk(desk, self._failed, self)
        self.waiting = WaitingList()
        self.waiting.row_activated.connect(lambda key: self.open(str(key)))
        self.reader = ReportReader()
        self._connect_reader()
        self.reopen_card = ReopenCard()
        self.reopen_card.reopen_requested.connect(self._reopen)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.waiting)
        self._stack.addWidget(self.reader)
        self.add(self.reopen_card)
        self.add(self._stack, 1)
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
            self.open(target.package_id)
        elif isinstance(target, DistrictOf):
            self._open_newest(target.org)

    def focus_first(self) -> None:
        """The list that is shown takes the keyboard."""
        (self.waiting if self._read is None else self.reader.list).setFocus()

    def open(self, package_id: str) -> None:
        """Read a revision."""
        review = self._desk.services.review

        def read() -> _Read:
            view = review.report(package_id)
            return _Read(view, review.revisions(view.submission.org, view.submission.fiscal_year))

        self._desk.worker.run(read, self._show, self._failed, self)

    def show_list(self) -> None:
        """Leave the report and show what waits."""
        self.reader.close_editor()
        self._read = None
        self.set_title(_LIST_TITLE)
        self.set_title_note("")
        self._stack.setCurrentWidget(self.waiting)
        self._show_buttons()
        services = self._desk.services

        def read() -> tuple[tuple[Submission, ...], tuple[Organisation, ...]]:
            return services.review.undecided(), services.roster.organisations()

        def show(found: tuple[tuple[Submission, ...], tuple[Organisation, ...]]) -> None:
            self._desk.count("review", len(found[0]))
            self.waiting.show_waiting(found[0], {org.code: org.name for org in found[1]})

        self._desk.worker.run(read, show, self._failed, self)

    def _connect_reader(self) -> None:
        reader = self.reader
        reader.written.connect(lambda editor: self._requests.keep(self._package_id(), editor))
        reader.removed.connect(self._requests.remove)
        reader.photos_wanted.connect(self._read_photos)
        reader.revision_wanted.connect(self.open)
        reader.undo_wanted.connect(self._undo)
        self._requests.kept.connect(reader.put_request)
        self._requests.removed.connect(reader.drop_request)
        self._requests.kept.connect(lambda _request: self._show_buttons())
        self._requests.removed.connect(lambda _id: self._show_buttons())

    def _make_buttons(self) -> None:
        self.list_button = SecondaryButton("一覧に戻る", "B", "chevron-left")
        self.list_button.clicked.connect(self.show_list)
        self.back_button = SecondaryButton("前の項目", "P")
        self.back_button.clicked.connect(lambda: self.reader.step(-1))
        self.next_button = SecondaryButton("次の項目", "N")
        self.next_button.clicked.connect(lambda: self.reader.step(1))
        self.open_button = PrimaryButton("読む", "K")
        self.open_button.clicked.connect(self._open_chosen)
        self.ask_button = SecondaryButton("確認をお願いする", "R")
        self.ask_button.clicked.connect(lambda: self._decide(accept=False))
        self.accept_button = PrimaryButton("確定する", "K")
        self.accept_button.clicked.connect(lambda: self._decide(accept=True))
        self.reopen_button = SecondaryButton("もう一度確認する", "R", "undo-2")
        self.reopen_button.clicked.connect(lambda: self.reopen_card.ask())
        self.answer_button = PrimaryButton("返事を渡す", "K")
        self.answer_button.clicked.connect(lambda: self.screen_requested.emit("answers", None))
        self.header_row.addWidget(self.list_button)
        self.bar.add_left(self.back_button)
        self.bar.add_left(self.next_button)
        for button in (
            self.reopen_button,
            self.ask_button,
            self.open_button,
            self.answer_button,
            self.accept_button,
        ):
            self.bar.add_right(button)

    def _show_buttons(self) -> None:
        read = self._read
        state = read.view.submission.state if read else None
        newest = read is not None and read.is_newest
        undecided = newest and state is ReportState.RECEIVED
        decided = newest and state in _DECIDED
        for button, visible in (
            (self.list_button, read is not None),
            (self.back_button, read is not None),
            (self.next_button, read is not None),
            (self.open_button, read is None),
            (self.ask_button, undecided),
            (self.accept_button, undecided),
            (self.reopen_button, decided),
            (self.answer_button, decided),
        ):
            button.setVisible(bool(visible))
        view = self.reader.view()
        count = len(view.comments) if view else 0
        self.ask_button.set_words(f"確認をお願いする {count}件" if count else "確認をお願いする")

    def _show(self, read: _Read) -> None:
        self._read = read
        submission = read.view.submission
        self.reopen_card.hide()
        self.set_title(f"{read.view.org.name}　{revision_words(submission.revision, submission.stage)}")
        newer = "" if read.is_newest else "（新しい版があります）"
        self.set_title_note(f"{submission.state.label}{newer}")
        undecided = read.is_newest and submission.state is ReportState.RECEIVED
        self.reader.show_report(read.view, read.revisions, open_=undecided)
        self._stack.setCurrentWidget(self.reader)
        self._show_buttons()
        if self.isVisible():
            self.reader.list.setFocus()

    def _open_chosen(self) -> None:
        key = self.waiting.selected_key()
        if key is None:
            self.messages.show_message("info", "確認を待っている報告はありません。何もする必要はありません。")
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
        review, package_id = self._desk.services.review, self._package_id()
        work = review.accept if accept else review.send_back
        done = "確定しました。" if accept else "確認のお願いをまとめました。"
        self._change(lambda: work(package_id), done)

    def _change(self, work: Callable[[], Submission], words: str) -> None:
        def done(submission: Submission) -> None:
            self.messages.show_message(
                "saved",
                f"{words}受付番号は {submission.receipt_no} です。\n"
                "返事のファイルをUSBメモリに保存して、渡してください。",
                "返事を渡す",
                lambda: self.screen_requested.emit("answers", None),
            )
            self.open(submission.package_id)

        self._desk.worker.run(work, done, self._failed, self)

    def _reopen(self, reason: str) -> None:
        review, package_id = self._desk.services.review, self._package_id()

        def done(submission: Submission) -> None:
            self.messages.show_message(
                "saved", "もう一度確認できます。渡した受領証の受付番号は変わりません。"
            )
            self.open(submission.package_id)

        self._desk.worker.run(lambda: review.reopen(package_id, reason), done, self._failed, self)

    def _undo(self) -> None:
        package_id = self._package_id()

        def done(_none: None) -> None:
            self.messages.show_message(
                "info",
                "この版の受け取りを取り消しました。前の版があれば、その内容に戻っています。\n"
                "同じファイルをもう一度受け取れば、元に戻せます。",
            )
            self.show_list()

        self._desk.worker.run(lambda: self._desk.services.intake.undo(package_id), done, self._failed, self)

    def _failed(self, error: ShakyoError) -> None:
        present(error, self.messages)
