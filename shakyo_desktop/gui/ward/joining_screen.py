"""2つの版を合わせる: a held report and the one that counts become one, field by field."""

from PySide6.QtWidgets import QWidget

from shakyo_desktop.domain.errors import NotFound, ShakyoError
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.joining_years import Side
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.gui.shared.buttons import DangerButton, PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.joining.join_board import JoinBoard
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.ward.counting import tell_counts
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.targets import JoinedReport, ReportOf, VersionToJoin
from shakyo_desktop.services.join_lines import JoinView

_TITLE = "2つの版を合わせる"
_JOINED = (
    "2つの版を合わせました。どちらの提出ファイルも、受け取ったまま残っています。\n"
    "この報告を確認して返事を作ると、両方のパソコンへの返事ができます。"
)
_CHANGED = "採る内容を変えました。前の内容も残っています。"
_UNDONE = (
    "合わせたことを取り消しました。2つの版は、受け取ったまま残っています。\n"
    "あとから届いた版は「登録の確認」で待っています。選んだ内容も残っています。"
)
_SURE = (
    "合わせたことを取り消しますか。先に受け取った版だけを使うように戻ります。\n"
    "2つの提出ファイルも、選んだ内容も残ります。"
)
_NOTHING = (
    "合わせる報告が選ばれていません。\n"
    "「登録の確認」の「二つある報告」で「2つの版を合わせる」を押してください。"
)


class JoiningScreen(Page):
    """Opened from 登録の確認 for a report that waits, from 確認する for one that was joined."""

    help_key = "ward-joining"

    def __init__(self, desk: Desk) -> None:
        super().__init__(_TITLE)
        self._desk = desk
        self._target: VersionToJoin | JoinedReport | None = None
        self._view: JoinView | None = None
        self.board = JoinBoard()
        self.board.chosen.connect(self._keep)
        self.add(self.board)
        self.add_stretch()
        self.back_button = SecondaryButton("戻る", "B", "chevron-left")
        self.back_button.clicked.connect(self._back)
        self.undo_button = DangerButton("合わせたことを取り消す")
        self.undo_button.clicked.connect(self._ask_undo)
        self.join_button = PrimaryButton("合わせる", "N")
        self.join_button.clicked.connect(self._finish)
        self.review_button = PrimaryButton("確認する →", "N")
        self.review_button.clicked.connect(self._review)
        self.bar.add_left(self.back_button)
        self.bar.add_right(self.undo_button)
        self.bar.add_right(self.review_button)
        self.bar.add_right(self.join_button)
        self.board.onward = [self.back_button, self.undo_button, self.review_button, self.join_button]
        self._show_buttons()

    def enter(self) -> None:
        """Read anew what is shown, files may have come meanwhile."""
        self.messages.clear()
        if self._target is not None:
            self._read()

    def show_target(self, target: object) -> None:
        """Open a version that waits, or a joining that was made."""
        if isinstance(target, VersionToJoin | JoinedReport):
            self._target, self._view = target, None
            self.scroll_to_top()
            self._read(focus=True)

    def focus_first(self) -> None:
        """The first place to choose, or the main button."""
        if self._target is None:
            self.messages.show_message("info", _NOTHING)
            self.back_button.setFocus()
        elif not self.board.focus_first():
            self._main_button().setFocus()

    def _read(self, *, focus: bool = False) -> None:
        target, joining = self._target, self._desk.services.joining

        def read() -> JoinView:
            if isinstance(target, JoinedReport):
                return joining.look_again(target.package_id)
            if target is None:
                raise NotFound(_NOTHING)
            return joining.look(target.manifest)

        def show(view: JoinView) -> None:
            self._show(view)
            if focus and self.isVisible():
                self.focus_first()
                self.scroll_to_top()

        self._desk.worker.start(lambda _task: read(), show, self._not_read, self)

    def _show(self, view: JoinView) -> None:
        self._view = view
        title = "合わせた報告" if view.finished else _TITLE
        self.set_title(f"{title}　{view.title}　{fiscal_year_name(view.fiscal_year)}")
        self.board.show()
        self.board.show_view(view)
        self._show_buttons()

    def _not_read(self, error: ShakyoError) -> None:
        self._view = None
        self.board.hide()
        self._show_buttons()
        present(error, self.messages)
        self.back_button.setFocus()

    def _show_buttons(self) -> None:
        view = self._view
        self.join_button.setVisible(view is not None and not view.finished)
        self.review_button.setVisible(view is not None and view.finished)
        self.undo_button.setVisible(view is not None and view.finished and view.open)

    def _main_button(self) -> QWidget:
        found = (self.join_button, self.review_button)
        return next((one for one in found if not one.isHidden()), self.back_button)

    def _keep(self, choices: dict[str, Side | None]) -> None:
        target, joining = self._target, self._desk.services.joining
        if isinstance(target, VersionToJoin):
            manifest = target.manifest
            self._desk.worker.run(lambda: joining.choose(manifest, choices), None, self._failed, self)
        elif isinstance(target, JoinedReport):
            package_id = target.package_id
            sides = {key: side for key, side in choices.items() if side is not None}

            def done(_submission: Submission) -> None:
                self.messages.show_message("saved", _CHANGED)

            def failed(error: ShakyoError) -> None:
                self._failed(error)
                self._read()

            self._desk.worker.run(lambda: joining.change(package_id, sides), done, failed, self)

    def _finish(self) -> None:
        target, joining = self._target, self._desk.services.joining
        if not isinstance(target, VersionToJoin):
            return
        manifest = target.manifest

        def done(submission: Submission) -> None:
            self._target = JoinedReport(submission.package_id)
            self._read()
            self.messages.show_message("saved", _JOINED)
            self.scroll_to_top()
            self.review_button.setFocus()
            tell_counts(self._desk, self._failed, self)

        def failed(error: ShakyoError) -> None:
            self._failed(error)
            if error.code == "joining.undecided":
                self.board.focus_first()

        self._desk.worker.run(lambda: joining.finish(manifest), done, failed, self)

    def _ask_undo(self) -> None:
        self.messages.show_message("warning", _SURE, "取り消す", self._undo)
        self.messages.action_button.setFocus()

    def _undo(self) -> None:
        target, joining = self._target, self._desk.services.joining
        if not isinstance(target, JoinedReport):
            return
        package_id = target.package_id

        def done(_submission: Submission) -> None:
            self._target = self._view = None
            self.board.hide()
            self._show_buttons()
            self.set_title(_TITLE)
            self.messages.show_message(
                "saved",
                _UNDONE,
                "登録の確認へ",
                lambda: self.screen_requested.emit("registrations", None),
            )
            self.messages.action_button.setFocus()
            tell_counts(self._desk, self._failed, self)

        self._desk.worker.run(lambda: joining.undo(package_id), done, self._failed, self)

    def _review(self) -> None:
        if isinstance(self._target, JoinedReport):
            self.screen_requested.emit("review", ReportOf(self._target.package_id))

    def _back(self) -> None:
        if isinstance(self._target, JoinedReport):
            self._review()
        else:
            self.screen_requested.emit("registrations", None)

    def _failed(self, error: ShakyoError) -> None:
        present(error, self.messages)
