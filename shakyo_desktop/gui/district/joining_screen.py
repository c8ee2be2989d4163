"""ほかの人が書いた分を合わせる: open a colleague's 控え, choose where both differ, join."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.joining_years import Side
from shakyo_desktop.gui.district.colleague_card import ColleagueCard
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import ProgressLine
from shakyo_desktop.gui.shared.joining.join_board import JoinBoard
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.services.colleagues import ColleagueFile, Joined
from shakyo_desktop.services.join_lines import JoinView
from shakyo_desktop.services.registry import Services

_TITLE = "ほかの人が書いた分を合わせる"
_AGAIN = (
    "相手のパソコンにも、同じように、このパソコンの控えを合わせてもらえます。"
    "事務所へは、どちらか1台から提出します。"
)
_SAME = "相手の控えにあることは、もう全部このパソコンにあります。合わせるところはありません。"


class JoiningScreen(Page):
    """The copy is read beside our store and never replaces it.

    Signals:
        records_changed: something came into the year.
    """

    records_changed = Signal()
    help_key = "joining"

    def __init__(self, services: Services, worker: BackgroundWorker, fiscal_year: Callable[[], int]) -> None:
        super().__init__(_TITLE)
        self._services, self._worker, self._fiscal_year = services, worker, fiscal_year
        self._file: ColleagueFile | None = None
        self._view: JoinView | None = None
        self.card = ColleagueCard()
        self.card.opened.connect(self._open)
        self.card.incomplete.connect(lambda words: self.messages.show_message("problem", words))
        self.board = JoinBoard()
        self.board.chosen.connect(self._keep)
        self.progress = ProgressLine()
        for widget in (self.progress, self.card, self.board):
            self.add(widget)
        self.add_stretch()
        self.back_button = SecondaryButton("提出に戻る", "B", "chevron-left")
        self.back_button.clicked.connect(lambda: self.screen_requested.emit("submit", None))
        self.other_button = SecondaryButton("別の控えを選ぶ")
        self.other_button.clicked.connect(self._start_anew)
        self.join_button = PrimaryButton("合わせる", "N")
        self.join_button.clicked.connect(self._finish)
        self.bar.add_left(self.back_button)
        self.bar.add_right(self.other_button)
        self.bar.add_right(self.join_button)
        self.board.onward = [self.back_button, self.other_button, self.join_button]
        self._show(None)

    def enter(self) -> None:
        """Begin anew when another year was chosen; else what was opened is still there."""
        self.messages.clear()
        if self._file is not None and self._file.fiscal_year != self._fiscal_year():
            self._start_anew()
        self._show_title()

    def focus_first(self) -> None:
        """The file, or the first place to choose."""
        if self._view is None:
            self.card.focus_first()
        elif not self.board.focus_first():
            self.join_button.setFocus()

    def _show_title(self) -> None:
        self.set_title(f"{_TITLE}　{fiscal_year_name(self._fiscal_year())}")

    def _show(self, view: JoinView | None) -> None:
        self._view = view
        self.progress.hide()
        self.card.setVisible(view is None)
        self.board.setVisible(view is not None)
        self.join_button.setVisible(view is not None)
        self.other_button.setVisible(view is not None)
        if view is not None:
            self.board.show_view(view)

    def _start_anew(self) -> None:
        self._file = None
        self.card.forget()
        self.messages.clear()
        self._show(None)
        self.card.focus_first()

    def _set_busy(self, words: str) -> None:
        self.progress.set_progress(0, 0, words)
        self.progress.setVisible(bool(words))

    def _open(self, path: Path, secret: str) -> None:
        file = ColleagueFile(path, secret, self._fiscal_year())
        self.messages.clear()
        self._set_busy("相手の控えを開いています")

        def opened(view: JoinView) -> None:
            if file.fiscal_year != self._fiscal_year():
                return
            self._file = file
            self._show(view)
            if not view.lines and not view.brought:
                self.messages.show_message("info", _SAME)
            self.focus_first()
            self.scroll_to_top()

        def failed(error: ShakyoError) -> None:
            self.progress.hide()
            present(error, self.messages)
            self.card.focus_first()

        self._worker.start(lambda _task: self._services.colleagues.look(file), opened, failed, self)

    def _keep(self, choices: dict[str, Side | None]) -> None:
        file = self._file
        if file is not None:
            self._worker.run(
                lambda: self._services.colleagues.choose(file, choices), None, self._failed, self
            )

    def _finish(self) -> None:
        file = self._file
        if file is None or not self.progress.isHidden():
            return
        if self.board.undecided():  # said by the service, which names the first one
            self.messages.clear()
        self._set_busy("合わせています")

        def done(joined: Joined) -> None:
            self._start_anew()
            self.records_changed.emit()
            self.messages.show_message(
                "saved",
                f"合わせました。相手の控えから{joined.brought}か所が入り、{joined.decided}か所は選んだほうになりました。\n"
                f"選ばなかったほうは「変更の記録」に残っています。\n{_AGAIN}",
                "提出へ",
                lambda: self.screen_requested.emit("submit", None),
            )
            self.messages.action_button.setFocus()
            self.scroll_to_top()

        def failed(error: ShakyoError) -> None:
            self.progress.hide()
            self._failed(error)
            if error.code == "joining.undecided":
                self.board.focus_first()

        # In the order of what was typed: choices and fields are stored before.
        self._worker.run(lambda: self._services.colleagues.finish(file), done, failed, self)

    def _failed(self, error: ShakyoError) -> None:
        present(error, self.messages)
