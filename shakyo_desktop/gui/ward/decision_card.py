"""Two versions of one report: what waits, why, and the choice that only a person can make."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.submission import HeldPackage
from shakyo_desktop.gui.shared.buttons import DangerButton, PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.differences_list import DifferencesList
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.ward.words import revision_words
from shakyo_desktop.services.registrations import HeldComparison

_WHY: Mapping[str, str] = {
    "report.fork": (
        "同じ年度の報告が、二つのパソコンから別々に出されています。\n"
        "今使っている報告も、ここで待っている報告も、どちらも残っています。"
    ),
    "seq.fork": (
        "同じ登録から、番号の同じ別の報告が届いています。パソコンの中身が写された心配があります。\n"
        "先に、名簿の電話番号へ電話をして、二つとも地区で作ったものかどうか確かめてください。"
    ),
    "report.after_final": (
        "年度の報告を確定したあとに、途中の報告が届きました。\n確定した報告はそのまま残っています。"
    ),
    "report.city": "市へ送ったあとに、新しい報告が届きました。\n市へ送った内容はそのまま残っています。",
}
_OTHER = "この報告は、人が決めるまで待っています。今使っている報告はそのまま残っています。"
_DISCARD = (
    "今使っている報告は変わりません。届いた版は、使わなかった版として残ります。\n"
    "今使っている報告を入れた返事ができます。地区部会は、届いた版に書いたことと合わせて、続きから書けます。"
)


class DecisionCard(Card):
    """Signals carry the manifest of the package that waits."""

    use_requested = Signal(str)
    join_requested = Signal(str)
    discard_requested = Signal(str)
    compare_requested = Signal(str)

    def __init__(self, held: HeldPackage, name: str, telephone: str) -> None:
        super().__init__(name)
        self.held = held
        facts = [
            f"{held.file_name}　届いた日時 {era_timestamp(held.received_at)}",
            _WHY.get(held.code, _OTHER),
            f"名簿の電話番号 {telephone or '（名簿に電話番号がありません）'}",
        ]
        self.add(plain_label("\n".join(facts)))
        self.use_button = SecondaryButton("届いた版を使う")
        self.use_button.clicked.connect(lambda: self.use_requested.emit(held.manifest))
        self.discard_button = DangerButton("届いた版を使わない")
        self.discard_button.clicked.connect(lambda: self._ask(True))
        self.compare_button = SecondaryButton("二つを見くらべる", icon_name="eye")
        self._comparison: DifferencesList | None = None
        self.compare_button.clicked.connect(self._compare)
        self.join_button = PrimaryButton("2つの版を合わせる", icon_name="list-checks")
        self.join_button.clicked.connect(lambda: self.join_requested.emit(held.manifest))
        buttons = FlowBox()
        for button in (self.join_button, self.compare_button, self.use_button, self.discard_button):
            buttons.add(button)
        self.add(buttons)
        self.add(self._make_question())

    def show_comparison(self, found: HeldComparison) -> None:
        """Say which versions these are, and every field in which they differ."""
        counting = found.counting
        here = (
            f"今使っている報告　{revision_words(counting.revision, counting.stage)}　"
            f"{era_timestamp(counting.frozen_at)} に作られました。"
            if counting
            else "今使っている報告はありません。"
        )
        came = (
            f"届いた報告　{fiscal_year_name(found.fiscal_year)} "
            f"{revision_words(found.revision, found.stage)}　"
            f"{era_timestamp(found.created_at)} に作られました。"
        )
        if self._comparison is not None:
            return
        self.add(plain_label(f"{here}\n{came}"))
        self._comparison = DifferencesList("今使っている報告", "届いた報告")
        self._comparison.show_differences(found.differences)
        self.add(self._comparison)

    def _compare(self) -> None:
        if self._comparison is None:
            self.compare_requested.emit(self.held.manifest)
        else:
            self._comparison.setVisible(self._comparison.isHidden())

    def _make_question(self) -> QWidget:
        self._question = QWidget()
        column = QVBoxLayout(self._question)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(plain_label(_DISCARD))
        self.delete_button = DangerButton("使わないで、返事を作る")
        self.delete_button.clicked.connect(lambda: self.discard_requested.emit(self.held.manifest))
        self.keep_button = SecondaryButton("まだ決めない")
        self.keep_button.clicked.connect(lambda: self._ask(False))
        buttons = FlowBox()
        buttons.add(self.keep_button)
        buttons.add(self.delete_button)
        column.addWidget(buttons)
        self._question.hide()
        return self._question

    def _ask(self, on: bool) -> None:
        self._question.setVisible(on)
        (self.keep_button if on else self.discard_button).setFocus()
