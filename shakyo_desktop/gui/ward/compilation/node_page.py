"""The page of one node: its figures, the ward's own item, the ward's words, the council, the versions."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.domain.codes import Reporter
from shakyo_desktop.domain.compilation import Finding, FindingScope, ItemRollUp
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import ItemStatus
from shakyo_desktop.domain.roll_up import roll_up_together
from shakyo_desktop.gui.shared.buttons import PrimaryButton
from shakyo_desktop.gui.shared.cards import EmptyState
from shakyo_desktop.gui.shared.fields import Field
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.ward.compilation.city_panel import CityPanel
from shakyo_desktop.gui.ward.compilation.council_card import CouncilCard
from shakyo_desktop.gui.ward.compilation.drawn_texts import drawn_texts
from shakyo_desktop.gui.ward.compilation.figures_card import FiguresCard
from shakyo_desktop.gui.ward.compilation.node_rows import (
    CITY,
    COUNCIL,
    VERSIONS,
    WHOLE,
    Node,
    node_title,
    rolled_item,
)
from shakyo_desktop.gui.ward.compilation.own_item_form import OwnItemForm
from shakyo_desktop.gui.ward.compilation.shown import Shown
from shakyo_desktop.gui.ward.compilation.whole_cards import SourcesCard, StaleCard, VersionsCard
from shakyo_desktop.gui.ward.compilation.words_card import WordsCard

_NONE = "この年度の取りまとめは、まだ作っていません。\n作ると、ここに地区部会の数と文が出ます。"
_APART = (COUNCIL, VERSIONS, CITY)
_TEXTS = (
    ("outcome", "成果", "成果"),
    ("challenge", "課題", "課題"),
    ("approach", "進め方", "次年度に向けて"),
)


class NodePage(QWidget):
    """Shows one node of what was read. It says what was changed and stores nothing itself.

    Signals:
        finding_changed: (compilation, scope, number), field, text.
        council_changed: compilation, field, value, unread.
        own_changed: the record's ref, field, value, unread.
        city_wanted: the version whose page 市へ送る is shown.
    """

    finding_changed = Signal(object, str, str)
    council_changed = Signal(object, str, object, str)
    own_changed = Signal(object, str, object, str)
    city_wanted = Signal(object)

    def __init__(self, plan: Plan, city: CityPanel) -> None:
        super().__init__()
        self.plan, self.city = plan, city
        self.node: Node = WHOLE
        self.title = plain_label("", "subheading")
        self.compile_button = PrimaryButton("取りまとめを作る", "T", "file-plus")
        self.none = EmptyState("table-2", _NONE, self.compile_button)
        self.stale, self.sources, self.figures = StaleCard(), SourcesCard(), FiguresCard()
        self.own = OwnItemForm(plan)
        self.words = {name: WordsCard(name, title, source) for name, title, source in _TEXTS}
        self.council, self.versions = CouncilCard(), VersionsCard()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 8, 8)
        column.setSpacing(12)
        for part in (self.title, *self._parts()):
            column.addWidget(part)
        column.addStretch(1)
        self._connect()

    def show_node(self, shown: Shown, node: Node) -> None:
        """Show another node, with what is pending in the old one committed first."""
        self.commit()
        self.node = node
        self.title.setText(node_title(node, self.plan))
        compilation = shown.compilation
        scoped = node not in _APART
        self.none.setVisible(compilation is None and node != VERSIONS)
        self._show_whole(shown)
        self._show_figures(shown)
        self._show_own(shown)
        self._show_words(shown, visible=scoped and compilation is not None)
        self.council.setVisible(node == COUNCIL and compilation is not None)
        if compilation is not None:
            council = compilation.council
            self.council.show_council(compilation.id, council, compilation.fiscal_year, open_=shown.open_)
        self.versions.setVisible(node == VERSIONS)
        self.versions.show_versions(shown.versions, compilation.id if compilation else "")
        self.city.setVisible(node == CITY and compilation is not None)
        if node == CITY and compilation is not None:
            self.city_wanted.emit(compilation)

    def commit(self) -> None:
        """Emit everything that is pending in any field."""
        for form in (*self.own.forms(), *(card.form for card in self.words.values()), self.council.form):
            form.commit()

    def focus_first(self) -> None:
        """Go to the first field, or to what else takes the keyboard."""
        fields = [one for one in self.findChildren(Field) if one.isVisibleTo(self)]
        if fields:
            fields[0].focus_input()
            return
        lists = [one for one in (self.figures.sums, self.versions.list) if one.isVisibleTo(self)]
        for one in lists[:1]:
            one.setFocus(Qt.FocusReason.TabFocusReason)

    def own_id(self) -> str:
        """The id of the ward's own item that is shown, empty for none."""
        return str(getattr(self.own.state.key, "id", "")) if not self.own.isHidden() else ""

    def refresh_finding(self, finding: Finding) -> None:
        """Show newer words about the node that is shown."""
        for name, card in self.words.items():
            card.refresh_words(getattr(finding, name))

    def refresh_own(self, status: ItemStatus) -> None:
        """Show newer values of the ward's own item, when it is the one that is shown."""
        if self.own_id() == status.id:
            self.own.refresh_status(status)

    def _show_whole(self, shown: Shown) -> None:
        whole = self.node == WHOLE
        compilation = shown.compilation
        self.sources.setVisible(whole)
        self.sources.show_sources(
            compilation.sources if compilation else shown.sources, compiled=compilation is not None
        )
        self.stale.show_marks(shown.stale if whole else ())

    def _show_figures(self, shown: Shown) -> None:
        rolled = self._rolled(shown)
        self.figures.setVisible(rolled is not None)
        if rolled is not None:
            unit = "地区部会" if rolled.item_number else "地区部会ごとの項目"
            self.figures.show_figures(rolled, self.plan, unit=unit)

    def _rolled(self, shown: Shown) -> ItemRollUp | None:
        compilation, (kind, number) = shown.compilation, self.node
        if compilation is None or self.node in _APART:
            return None
        if kind == FindingScope.ITEM.value:
            rolled = rolled_item(compilation, number)
            wards = self._is_wards(number)
            return None if rolled is not None and wards and not (rolled.states or rolled.mapped) else rolled
        directions = {item.number: item.direction for item in self.plan.items}
        inside = [
            one
            for one in compilation.items
            if self.node == WHOLE or directions.get(one.item_number) == number
        ]
        return roll_up_together(inside, len(compilation.sources))

    def _show_own(self, shown: Shown) -> None:
        kind, number = self.node
        item, status = self.plan.item(number), shown.own.get(number)
        own = kind == FindingScope.ITEM.value and self._is_wards(number) and status is not None
        self.own.setVisible(own)
        if own and item is not None and status is not None:
            self.own.show_status(item, status, shown.own_before.get(number))

    def _show_words(self, shown: Shown, *, visible: bool) -> None:
        compilation = shown.compilation
        for name, card in self.words.items():
            card.setVisible(visible)
            if visible and compilation is not None:
                scope, number = FindingScope(self.node[0]), self.node[1]
                text = getattr(compilation.finding(scope, number), name)
                texts = drawn_texts(compilation, self.plan, self.node, name)
                card.show_words((compilation.id, scope, number), text, texts, open_=shown.open_)

    def _is_wards(self, number: int) -> bool:
        item = self.plan.item(number)
        return item is not None and item.reporter is Reporter.WARD_OFFICE

    def _parts(self) -> tuple[QWidget, ...]:
        return (
            *(self.stale, self.own, self.none, self.sources, self.figures),
            *self.words.values(),
            *(self.council, self.versions, self.city),
        )

    def _connect(self) -> None:
        """Typing that goes on for long is stored too, as far as the input method has committed it."""
        for card in self.words.values():
            card.changed.connect(self._finding_changed)
            card.typing.connect(self._finding_typing)
        self.council.changed.connect(self.council_changed)
        self.council.typing.connect(self._council_typing)
        self.own.changed.connect(self.own_changed)
        self.own.typing.connect(self._own_typing)

    def _finding_changed(self, key: object, field: str, value: object, _unread: str) -> None:
        self.finding_changed.emit(key, field, str(value or ""))

    def _finding_typing(self, key: object, field: str, _: str) -> None:
        self.finding_changed.emit(key, field, str(self.words[field].field.value() or ""))

    def _council_typing(self, key: object, name: str, _: str) -> None:
        field = self.council.form.field(name)
        self.council_changed.emit(key, name, field.value(), field.unread())

    def _own_typing(self, key: object, name: str, _: str) -> None:
        field = self.own.field(name)
        self.own_changed.emit(key, name, field.value(), field.unread())
