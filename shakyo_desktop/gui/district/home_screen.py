"""ホーム: how far the year is, until when, what the office asks, and one button to go on with."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from shakyo_desktop.domain.dates import era_date
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.gui.district.home_data import (
    HomeData,
    due_words,
    read_home,
    registration_words,
    state_words,
)
from shakyo_desktop.gui.district.home_handover import handover_notice
from shakyo_desktop.gui.district.item_squares import ItemSquares
from shakyo_desktop.gui.district.routing import DIARY_SCREEN, screen_of
from shakyo_desktop.gui.district.targets import NewActivity
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card, ProgressLine, Tile
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.gui.shared.last_end_message import DISTRICT_PLACES, show_last_end
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.services.last_end import News
from shakyo_desktop.services.registry import Services

_SHOWN_REQUESTS = 3


class HomeScreen(Page):
    """Reads the year every time it is shown.

    Signals:
        loaded: the year's facts are shown.
        counted: how many requests of the office are open.
    """

    loaded = Signal()
    counted = Signal(int)
    help_key = "home"

    def __init__(self, services: Services, worker: BackgroundWorker, fiscal_year: Callable[[], int]) -> None:
        super().__init__("")
        self._services, self._worker, self._year = services, worker, fiscal_year
        self._data: HomeData | None = None
        self.go_on_button = PrimaryButton("続きから入力する", "C", "pencil")
        self.go_on_button.clicked.connect(self._go_on)
        self.add(self._make_progress())
        self.requests_card = Card("事務所からの確認のお願い")
        self.add(self.requests_card)
        self.requests_card.hide()
        self.add(self._make_tiles())
        self.add_stretch()

    def enter(self) -> None:
        """Read the year anew."""
        year = self._year()
        self.set_title(f"{fiscal_year_name(year)}の入力")
        self._worker.run(
            lambda: read_home(self._services, year),
            self._show,
            lambda error: present(error, self.messages, "もう一度", self.enter),
            owner=self,
        )

    def focus_first(self) -> None:
        """The one main button."""
        self.go_on_button.setFocus(Qt.FocusReason.OtherFocusReason)

    # Parts.

    def _make_progress(self) -> QWidget:
        card = Card()
        self.progress = ProgressLine()
        self.squares = ItemSquares()
        self.squares.item_opened.connect(lambda target: self.screen_requested.emit("items", target))
        self._left = plain_label("", "secondary")
        self._due = Chip("", "info")
        self._state = plain_label("", "secondary")
        top = QHBoxLayout()
        top.setSpacing(12)
        top.addWidget(self.progress, 1)
        top.addWidget(self.go_on_button)
        below = QHBoxLayout()
        below.setSpacing(12)
        below.addWidget(self._due, 0, Qt.AlignmentFlag.AlignTop)
        below.addWidget(self._state, 1)
        card.add_layout(top)
        card.add(self.squares)
        card.add(self._left)
        card.add_layout(below)
        return card

    def _make_tiles(self) -> QWidget:
        box = QWidget()
        grid = QGridLayout(box)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(12)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)
        self.diary = Tile("活動記録を書く", "", "notebook-pen", "D")
        self.diary.clicked.connect(lambda: self.screen_requested.emit(DIARY_SCREEN, NewActivity()))
        self.items = Tile("取組項目を見る", "21の取組項目の実施状況を書きます", "list-checks", "T")
        self.items.clicked.connect(lambda: self.screen_requested.emit("items", None))
        self.submit = Tile("事務所へ提出する", "", "usb", "S")
        self.submit.clicked.connect(lambda: self.screen_requested.emit("submit", None))
        self.replies = Tile("事務所からの返事", "", "mail", "R")
        self.replies.clicked.connect(lambda: self.screen_requested.emit("replies", None))
        for at, tile in enumerate((self.diary, self.items, self.submit, self.replies)):
            grid.addWidget(tile, at // 2, at % 2)
        return box

    # Showing.

    def _show(self, data: HomeData) -> None:
        if data.fiscal_year != self._year():
            return
        self._data = data
        self.progress.set_progress(
            data.written, data.total, f"{data.total}項目のうち {data.written}項目 入力済み"
        )
        left = data.expected - data.entered
        mine = f"あと{left}項目です" if left else "すべて入力済みです"
        others = data.total - data.expected
        whose = f"（{others}項目は区事務所が書きます）" if others else ""
        self._left.setText(f"地区部会が書く項目は、{mine}{whose}")
        self.squares.set_items(data.items)
        tone = "problem" if data.late else "warning" if (data.days_left or 99) <= 14 else "info"
        self._due.set_chip(due_words(data), tone if data.due else "plain")
        self._state.setText(state_words(data.last))
        self._show_requests(data)
        self._show_tiles(data)
        self._tell(data)
        self.counted.emit(len(data.requests))
        self.loaded.emit()

    def _show_requests(self, data: HomeData) -> None:
        card = self.requests_card
        while card.body.count() > 1:
            taken = card.body.takeAt(1)
            widget = taken.widget() if taken else None
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        for request, where in list(zip(data.requests, data.places, strict=True))[:_SHOWN_REQUESTS]:
            card.add(self._request_row(request, where))
        more = len(data.requests) - _SHOWN_REQUESTS
        if more > 0:
            button = SecondaryButton(f"ほか{more}件を見る", icon_name="mail")
            button.clicked.connect(lambda: self.screen_requested.emit("replies", None))
            card.add(button)
        card.setVisible(bool(data.requests))

    def _request_row(self, request: CorrectionRequest, where: str) -> QWidget:
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(0, 0, 0, 0)
        line.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(4)
        due = f"　{era_date(request.due)} までに" if request.due else ""
        words.addWidget(plain_label(f"{where}{due}", "small"))
        words.addWidget(plain_label(request.text))
        line.addLayout(words, 1)
        button = SecondaryButton("この欄を開く", icon_name="chevron-right")
        button.setAccessibleName(f"この欄を開く {where} {request.text}")
        button.clicked.connect(lambda: self.screen_requested.emit(screen_of(request.table), request))
        line.addWidget(button)
        return row

    def _show_tiles(self, data: HomeData) -> None:
        newest = data.newest_activity
        last = f"　いちばん新しい記録 {era_date(newest.held_on)}" if newest and newest.held_on else ""
        self.diary.set_note(f"今年度 {data.activities}件{last}")
        self.submit.set_note(state_words(data.last))
        if data.reply is None:
            self.replies.set_note("まだ返事は届いていません")
        else:
            when = era_date(data.reply.created_at.date())
            self.replies.set_note(f"{when} {data.reply.result.label}（受付番号 {data.reply.receipt_no}）")

    def _tell(self, data: HomeData) -> None:
        if data.news is not None:
            self._tell_last_end(data.news)
        elif data.drafts:
            draft = data.drafts[0]
            self.messages.show_message(
                "warning",
                f"前に書きかけのまま終わった入力が{len(data.drafts)}件見つかりました（{draft.label}）。\n"
                "保存されている内容も、書きかけの内容も残っています。開いて、どちらを使うか選んでください。",
                "開いて選ぶ",
                lambda: self.screen_requested.emit(screen_of(draft.ref.table), draft.ref),
            )
        elif about := handover_notice(data):
            action = "引継ぎを開く" if about.to_wizard else ""
            self.messages.show_message(
                "info", about.words, action, lambda: self.screen_requested.emit("settings", "handover")
            )
        elif data.registration_ends is not None:
            self.messages.show_message("info", registration_words(data.registration_ends, data.today))
        else:
            self.messages.clear()

    def _tell_last_end(self, news: News) -> None:
        """Said once; a draft comes before a file that was not written."""
        self._services.last_end.told()
        draft, submission = news.draft, news.submission
        if draft is not None:
            self.messages.show_message(
                "warning",
                news.text,
                "開いて選ぶ",
                lambda: self.screen_requested.emit(screen_of(draft.ref.table), draft.ref),
            )
        elif submission is not None:
            self.messages.show_message(
                "warning",
                news.text,
                "提出ファイルを保存する",
                lambda: self.screen_requested.emit("submit", submission),
            )
        else:
            show_last_end(
                self.messages, news, DISTRICT_PLACES, lambda key: self.screen_requested.emit(key, None)
            )

    def _go_on(self) -> None:
        self.screen_requested.emit("items", self._data.goes_on_at if self._data else None)
