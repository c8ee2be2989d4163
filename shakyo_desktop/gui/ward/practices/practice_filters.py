"""Which stories are listed: of which year, item or direction, district, and how far the office is."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.sharing import Standing
from shakyo_desktop.gui.shared.fields.items import QuietComboBox
from shakyo_desktop.services.practice_rows import PracticeRow

_CHOSEN = (Standing.CHOSEN, Standing.CHANGED, Standing.FAULTY)
_LOOK = (Standing.CHANGED, Standing.FAULTY, Standing.WITHDRAWN, Standing.GONE)
STATES: dict[str, tuple[str, tuple[Standing, ...]]] = {
    "all": ("すべて", tuple(Standing)),
    "chosen": ("選んだもの", _CHOSEN),
    "open": ("まだのもの", (Standing.OPEN,)),
    "look": ("見直すもの", _LOOK),
    "no_consent": ("同意のないもの", (Standing.NO_CONSENT,)),
}
_SHARES = (7, 10, 9, 8)


class PracticeFilters(QWidget):
    """Four lists; ``changed`` when another row of one is chosen."""

    changed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.years = QuietComboBox("年度で絞る")
        self.items = QuietComboBox("取組項目で絞る")
        self.districts = QuietComboBox("地区部会で絞る")
        self.states = QuietComboBox("しるしで絞る")
        for key, (words, _) in STATES.items():
            self.states.addItem(words, key)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        for box, share in zip(self._boxes(), _SHARES, strict=True):
            box.activated.connect(lambda _index: self.changed.emit())
            row.addWidget(box, share)

    def offer(self, rows: Sequence[PracticeRow], directions: Sequence[tuple[int, str]], year: int) -> None:
        """Offer what the stories are of; what was chosen stays chosen. ``year`` is the header's."""
        years = sorted({row.key[1] for row in rows} | {year}, reverse=True)
        _fill(self.years, [("すべての年度", 0), *((fiscal_year_name(one), one) for one in years)], year)
        items = {row.wording.item_number: row.item_name for row in rows}
        of = [(f"方向性{number} {name}", f"direction {number}") for number, name in directions]
        of += [(f"{number} {name}", f"item {number}") for number, name in sorted(items.items())]
        _fill(self.items, [("すべての項目", ""), *of], "")
        names = dict(sorted((row.key[0], row.org_name) for row in rows))
        _fill(self.districts, [("すべての地区", ""), *((name, org) for org, name in names.items())], "")

    def show_year(self, year: int) -> None:
        """Another year was chosen in the header."""
        at = self.years.findData(year)
        if at >= 0:
            self.years.setCurrentIndex(at)

    def clear(self) -> None:
        """Let every story through."""
        for box in self._boxes():
            box.setCurrentIndex(0)

    def let_through(self, rows: Sequence[PracticeRow]) -> tuple[PracticeRow, ...]:
        """The stories that fit all four."""
        return tuple(row for row in rows if self._fits(row))

    def _fits(self, row: PracticeRow) -> bool:
        year, org = self.years.currentData(), self.districts.currentData()
        wanted = self.items.currentData()
        about = (f"item {row.wording.item_number}", f"direction {row.direction}")
        return (
            (not year or row.key[1] == year)
            and (not org or row.key[0] == org)
            and (not wanted or wanted in about)
            and row.standing in STATES[self.states.currentData()][1]
        )

    def _boxes(self) -> tuple[QuietComboBox, ...]:
        return self.years, self.items, self.districts, self.states


def _fill(box: QuietComboBox, entries: Sequence[tuple[str, object]], first: object) -> None:
    """Offer these; the choice made before stays, else the one that comes first."""
    chosen = box.currentData() if box.count() else first
    box.clear()
    for words, data in entries:
        box.addItem(words, data)
    known = [data for _, data in entries]
    box.setCurrentIndex(known.index(chosen) if chosen in known else 0)
