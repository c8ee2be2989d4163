"""取りまとめ: what the districts reported, put together, and the ward's and its council's words about it."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QWidget

from shakyo_desktop.domain.compilation import CouncilVerification, Finding, WardCompilation
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.errors import UnconfirmedReports
from shakyo_desktop.domain.records import ItemStatus
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import EmptyState
from shakyo_desktop.gui.shared.messages import MessageBar, present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.shared.row_list import RowList
from shakyo_desktop.gui.shared.theme import size
from shakyo_desktop.gui.ward.compilation import node_rows
from shakyo_desktop.gui.ward.compilation.city_desk import CityDesk
from shakyo_desktop.gui.ward.compilation.city_panel import CityPanel
from shakyo_desktop.gui.ward.compilation.compiling_desk import CompilingDesk
from shakyo_desktop.gui.ward.compilation.facts_bar import FactsBar
from shakyo_desktop.gui.ward.compilation.node_page import NodePage
from shakyo_desktop.gui.ward.compilation.node_rows import CITY, WHOLE, Node
from shakyo_desktop.gui.ward.compilation.papers_panel import PapersPanel
from shakyo_desktop.gui.ward.compilation.shown import Shown
from shakyo_desktop.gui.ward.compilation.whole_cards import coverage_words
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.targets import DistrictOf, NodeOf, PapersOf

_TITLE = "取りまとめ"
_NO_PLAN = "この年度の計画がありません。\n「区の設定」の「計画」で、計画を入れてください。"
_LIST_WIDTH, _NARROW_LIST, _TIGHT_LIST = 352, 332, 236
_ROOMY, _NARROW, _COVERAGE = 1040, 880, 2
_SURE = (
    "検証済みにすると、この版の文と開催日は書きかえられなくなります。\n"
    "内容はそのまま残ります。よければ「検証済みにする」を押してください。"
)
_UNSAVED = (
    "まだ保存できていない入力があります。\nほかの入力は保存されています。\n"
    "ディスクの空きなどを確かめて、画面の上の「もう一度」を押してから、やり直してください。"
)
_NOTHING = "この画面で元に戻せる変更はありません。\n書いた内容はそのままです。"
_WENT_BACK = "1つ前に戻しました。戻す前の内容も記録に残っています。"


class CompilationScreen(Page):
    """A tree of the whole, its directions and items on the left, the page of the chosen one on the right."""

    help_key = "ward-compilation"

    def __init__(self, desk: Desk) -> None:
        super().__init__(_TITLE, scrolling=False)
        self._ward, self._desk = desk, CompilingDesk(desk, self)
        self._pages: dict[str, NodePage] = {}
        self._sent = False
        self.facts = FactsBar()
        self.stale_bar = MessageBar()
        self.list = RowList(node_rows.COLUMNS, "取りまとめの項目", row_height=node_rows.ROW_HEIGHT)
        self.list.setWordWrap(True)
        self.area = QScrollArea()
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setWidgetResizable(True)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setAccessibleName("取りまとめの内容")
        self.none = EmptyState("list-checks", _NO_PLAN)
        self.papers = PapersPanel(desk, self.messages)
        self._build()
        self._connect()

    def compilation(self) -> WardCompilation | None:
        """The version that is shown, for its documents; None while none was made."""
        return self._desk.compilation()

    def page(self) -> NodePage | None:
        """The page on the right."""
        return self._pages.get(self._desk.shown.plan.id) if self._desk.shown else None

    def enter(self) -> None:
        """Read again what is shown: reports may have come meanwhile."""
        self._show_papers(False)
        self._desk.open_again()

    def show_target(self, target: object) -> None:
        """Choose a node, or show the documents."""
        if isinstance(target, PapersOf):
            self._show_papers(True)
            return
        if isinstance(target, NodeOf):
            self.list.select_key((target.kind, target.number))
        self.focus_first()

    def focus_first(self) -> None:
        """The tree takes the keyboard."""
        self.list.setFocus()

    def step(self, by: int) -> None:
        """Go to the next node or the one before; the ends are ends."""
        keys = [row.key for row in self.list.rows()]
        at = keys.index(self.list.selected_key()) + by if self.list.selected_key() in keys else 0
        if 0 <= at < len(keys):
            self.list.select_key(keys[at])

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the page more room in narrow windows."""
        super().resizeEvent(event)
        tight = self.width() < size(_NARROW)
        wide = _LIST_WIDTH if self.width() >= size(_ROOMY) else _NARROW_LIST
        self.list.setFixedWidth(size(_TIGHT_LIST if tight else wide))
        self.list.setColumnHidden(_COVERAGE, tight)  # the page says it too

    def _show(self) -> None:
        shown = self._desk.shown
        self._hide_papers()
        self.none.setVisible(shown is None)
        for widget in (self._body, self.bar):
            widget.setVisible(shown is not None)
        if shown is None:
            self.facts.hide()
            self.stale_bar.clear()
            self.set_title(_TITLE)
            self.set_title_note("")
            return
        self.facts.show_facts(shown)
        self._show_version(shown)
        self._show_stale()
        self._use_page(shown)
        self._show_rows()
        if self.list.selected_key() is None:
            self.list.select_key(WHOLE, silent=True)
        self._show_node(self.list.selected_key())

    def _show_version(self, shown: Shown) -> None:
        compilation = shown.compilation
        sources = compilation.sources if compilation else shown.sources
        self.set_title(f"{_TITLE}　{coverage_words(sources)}")
        for button in (self.compile_button, self.papers_button):
            button.setVisible(compilation is not None)  # the first time the page offers it
        if compilation is None:
            self.set_title_note("まだ作っていません")
            return
        made = era_timestamp(compilation.compiled_at)
        self.set_title_note(f"第{compilation.version}版　{made}　{compilation.compiled_by}")

    def _show_stale(self) -> None:
        stale = self._desk.shown.stale if self._desk.shown else ()
        if not stale:
            self.stale_bar.clear()
            return
        more = f"\nほか{len(stale) - 1}件は「全体」に出ています。" if len(stale) > 1 else ""
        words = f"取りまとめのあとで変わりました。{stale[0].name}：{stale[0].words}{more}"
        self.stale_bar.show_message("warning", words, "作り直す", self._compile)

    def _use_page(self, shown: Shown) -> None:
        """The page of a plan, made when the plan is first shown or was changed."""
        known = self._pages.get(shown.plan.id)
        if known is None or known.plan != shown.plan:
            known = self._pages[shown.plan.id] = self._make_page(shown)
        if self.area.widget() is not known:
            old = self.area.takeWidget()
            if isinstance(old, NodePage) and old not in self._pages.values():
                old.deleteLater()
            self.area.setWidget(known)

    def _make_page(self, shown: Shown) -> NodePage:
        city = CityPanel(self._ward, self.messages)
        page = NodePage(shown.plan, city)
        sending = CityDesk(self._ward, city, self.messages)
        sending.frozen.connect(self._was_sent)
        city.paper_shown.connect(lambda: self.area.ensureWidgetVisible(city.paper, 0, 0))
        page.city_wanted.connect(sending.show_version)
        city.setting_wanted.connect(lambda: self.screen_requested.emit("office", "city"))
        page.finding_changed.connect(self._desk.keep_finding)
        page.council_changed.connect(self._desk.keep_council)
        page.own_changed.connect(self._desk.keep_own)
        page.own.last_year_requested.connect(self._desk.copy_last_year)
        page.own.carried_over_confirmed.connect(self._desk.confirm_last_year)
        page.sources.missing_wanted.connect(
            lambda org: self.screen_requested.emit("overview", DistrictOf(org))
        )
        page.compile_button.clicked.connect(self._compile)
        page.council.approve_requested.connect(self._ask_to_approve)
        page.versions.version_wanted.connect(self._open_version)
        return page

    def _show_rows(self) -> None:
        """Show the tree; where only marks changed it stays where it was scrolled to."""
        rows = node_rows.node_rows(self._desk.shown) if self._desk.shown is not None else []
        if [row.key for row in rows] != [row.key for row in self.list.rows()]:
            self.list.set_rows(rows)
        for row in rows:
            self.list.update_row(row)

    def _show_node(self, key: object) -> None:
        page, shown = self.page(), self._desk.shown
        if shown is None or page is None or not isinstance(key, tuple):
            return
        page.commit()
        if self._sent and key != CITY:  # what was signed can no longer be written in
            self._sent = False
            self._desk.open_again()
            return
        page.show_node(self._desk.shown or shown, (str(key[0]), int(key[1])))
        self.area.verticalScrollBar().setValue(0)
        self._desk.read_stale()

    def _was_sent(self) -> None:
        self._sent = True

    def _changed(self) -> None:
        """Words were written: the tree says so, and fields appear that fit what was chosen."""
        self._show_rows()
        page = self.page()
        status = self._desk.own_status(page.own_id()) if page is not None else None
        if page is not None and status is not None:
            page.refresh_own(status)

    def _show_papers(self, wanted: bool) -> None:
        """Show the documents of the version in the place of its words, or the words again."""
        self.commit()
        compilation = self.compilation()
        if not wanted or compilation is None:
            self._hide_papers()
            return
        self.messages.clear()
        for widget in (self._body, self.facts, self.bar):
            widget.hide()
        self.papers.show()
        self.back_button.show()
        self.papers.show_version(compilation)
        self.papers.focus_first()

    def _hide_papers(self) -> None:
        if self.papers.isHidden():
            return
        self.papers.hide()
        self.back_button.hide()
        self.papers.leave()
        for widget in (self._body, self.facts, self.bar):
            widget.setVisible(self._desk.shown is not None)
        self.list.setFocus()

    def _undo(self) -> None:
        """Take back the newest change on the page that is shown."""
        self.commit()
        page = self.page()
        if page is not None:
            self._desk.undo(page.node)

    def _undone(self, node: Node, undone: object) -> None:
        page = self.page()
        if undone is None or page is None:
            self.messages.show_message("info", _NOTHING)
            return
        if isinstance(undone, ItemStatus):
            page.refresh_own(undone)
        elif isinstance(undone, Finding) and page.node == node:
            page.refresh_finding(undone)
        elif isinstance(undone, CouncilVerification):
            page.council.refresh_council(undone)
        self._show_rows()
        self.messages.show_message("undo", _WENT_BACK)

    def _compile(self) -> None:
        self.commit()
        self._desk.compile()

    def _compile_all(self) -> None:
        self.commit()
        self._desk.compile(include_unconfirmed=True)

    def _compiled(self, compilation: WardCompilation) -> None:
        covered = coverage_words(compilation.sources)
        words = f"第{compilation.version}版を作りました。{covered}の報告が入っています。"
        self.messages.show_message("saved", words)
        self._desk.open(compilation.plan_id)

    def _unconfirmed(self, error: UnconfirmedReports) -> None:
        present(error, self.messages, "未確定の報告も入れて作る", self._compile_all)

    def _ask_to_approve(self) -> None:
        self.commit()
        self.messages.show_message("warning", _SURE, "検証済みにする", self._desk.approve)

    def _approved(self) -> None:
        self.messages.show_message("saved", "検証済みにしました。この版はこのまま残ります。")
        self._desk.open_again()

    def _open_plan(self, plan_id: str) -> None:
        self.commit()
        self._desk.open(plan_id)

    def _open_version(self, compilation_id: str) -> None:
        self.commit()
        self.list.select_key(WHOLE, silent=True)
        self._desk.open(self._desk.shown.plan.id if self._desk.shown else "", compilation_id)

    def _focus_page(self) -> None:
        """Enter in the tree goes to the first control of the page."""
        page = self.page()
        if page is not None:
            page.focus_first()

    def _build(self) -> None:
        self._body = QWidget()
        row = QHBoxLayout(self._body)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(self.list)
        row.addWidget(self.area, 1)
        self.add(self.facts)
        self.add(self.stale_bar)
        self.add(self.none, 1)
        self.add(self._body, 1)
        self.add(self.papers, 1)
        self.none.hide()
        self.papers.hide()
        self.back_button = SecondaryButton("取りまとめに戻る", "T", "chevron-left")
        self.back_button.clicked.connect(lambda: self._show_papers(False))
        self.header_row.addWidget(self.back_button)
        self.back_button.hide()
        self.previous_button = SecondaryButton("← 前", "P")
        self.previous_button.clicked.connect(lambda: self.step(-1))
        self.undo_button = SecondaryButton("元に戻す", "Z", "undo-2")
        self.undo_button.clicked.connect(self._undo)
        self.compile_button = SecondaryButton("作り直す", "M", "file-plus")
        self.compile_button.clicked.connect(self._compile)
        self.papers_button = SecondaryButton("書類を作る", "D", "printer")
        self.papers_button.clicked.connect(lambda: self._show_papers(True))
        self.next_button = PrimaryButton("次へ →", "N")
        self.next_button.clicked.connect(lambda: self.step(1))
        for button in (self.previous_button, self.undo_button, self.compile_button, self.papers_button):
            self.bar.add_left(button)
        self.bar.add_right(self.next_button)

    def _connect(self) -> None:
        self.facts.plan_chosen.connect(self._open_plan)
        self.list.row_selected.connect(self._show_node)
        self.list.row_activated.connect(lambda _key: self._focus_page())
        desk = self._desk
        desk.opened.connect(self._show)
        desk.changed.connect(self._changed)
        desk.stale_read.connect(self._show_stale)
        desk.undone.connect(self._undone)
        desk.compiled.connect(self._compiled)
        desk.unconfirmed.connect(self._unconfirmed)
        desk.unsaved.connect(lambda: self.messages.show_message("problem", _UNSAVED))
        desk.approved.connect(self._approved)
        desk.failed.connect(lambda error: present(error, self.messages))
