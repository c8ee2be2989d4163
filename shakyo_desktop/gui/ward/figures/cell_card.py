"""What stands behind the chosen cell: the record in short, and the signed report it comes from."""

from PySide6.QtWidgets import QWidget

from shakyo_desktop.domain.compilation import SourceReport
from shakyo_desktop.domain.labels import rating_words
from shakyo_desktop.domain.numbers import show_number
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import ItemStatus
from shakyo_desktop.domain.totals import effective_totals, total_specs
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.ward.words import number_groups, one_line, revision_words, short_day

_LONGEST = 36
_FROM_TABLE = "報告　届いていません。前の年度の表から入れた値です。"


class CellCard(Card):
    """Three lines: what is chosen, what its record holds, what it was signed in."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("", parent)
        self.body.setContentsMargins(16, 8, 16, 8)
        self.body.setSpacing(2)
        self.name = plain_label("", "strong")
        self.about = plain_label("", "small")
        self.source = plain_label("", "small")
        for label in (self.name, self.about, self.source):
            self.add(label)

    def set_low(self, low: bool) -> None:
        """Do without the record's line in a low window: Enter opens all of it."""
        self.about.setVisible(not low)

    def show_cell(self, words: str, source: SourceReport, *, from_table: bool = False) -> None:
        """Name a cell at once; its record may still be on its way."""
        self.name.setText(words)
        self.about.setText("")
        self.source.setText(_FROM_TABLE if from_table else source_words(source))

    def show_record(self, status: ItemStatus | None, item: Item, plan: Plan) -> None:
        """Say what the record holds."""
        self.about.setText(record_words(status, item, plan))


def record_words(status: ItemStatus | None, item: Item, plan: Plan) -> str:
    """Rating, totals and the beginning of 成果; what nobody wrote is left out."""
    if status is None:
        return "この項目の記録はありません。"
    parts = [f"自己評価 {rating_words(status.self_rating, plan)}"] if status.self_rating else []
    totals = effective_totals(status, status.counted_totals)
    parts += [
        f"{spec.label} {show_number(totals[spec.code])}{spec.unit}"
        for spec in total_specs(item)
        if spec.code in totals
    ]
    outcome = one_line(status.outcome)
    if outcome:
        short = outcome if len(outcome) <= _LONGEST else f"{outcome[:_LONGEST]}…"
        parts.append(f"成果 {short}")
    return "　".join(parts) or "数字と文は書かれていません。"


def source_words(source: SourceReport) -> str:
    """The signed report in a line: revision, day, the mark of its manifest, its number.

    Where versions were joined at the office, a record may come from any of them: all their marks are named.
    """
    if source.package_id is None:
        return "報告　まだ届いていません。"
    mark = number_groups((source.manifest or "")[:16].upper())
    day = short_day(source.received_at)
    revision = revision_words(source.revision, source.stage)
    came = f"{revision}　{day}受取　{'確定' if source.confirmed else '未確定'}"
    if source.joined:
        others = "、".join(number_groups(one[:16].upper()) for one in source.joined)
        return f"報告 {came}　書きかえ防止の印 {mark}　合わせた版の印 {others}"
    return f"報告 {came}　書きかえ防止の印 {mark}　番号 {source.package_id}"
