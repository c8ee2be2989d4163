"""Which documents are wanted: a box for each, and a button to look at those on paper."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields.choices import Check
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.services.compilation_papers import PRINTED, CompiledPaper

_WORDS = {
    CompiledPaper.SUMMARY_TABLE: "区取りまとめ表（PDF）",
    CompiledPaper.MEETING_PACK: "協議会資料（PDF）",
    CompiledPaper.WORKBOOK: "Excelの表（図つき）",
    CompiledPaper.CSV: "CSV（表計算用のデータ）",
    CompiledPaper.JSON: "JSON（プログラム用のデータ）",
}
_USUAL = frozenset({*PRINTED, CompiledPaper.WORKBOOK})
_CP932 = "CSVをShift_JISで書く"
_SAVE_NOTE = "書いたあとに読み直して、同じであることを確かめます。"


class PaperChoice(Card):
    """The documents of a version.

    Signals:
        looked_at: the printed document that is to be shown.
        save_requested: the person wants the chosen documents in a folder.
    """

    looked_at = Signal(object)
    save_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("書類を作る", parent)
        self.checks = {paper: Check(words) for paper, words in _WORDS.items()}
        self.look_buttons: dict[CompiledPaper, SecondaryButton] = {}
        for paper, check in self.checks.items():
            check.setChecked(paper in _USUAL)
            self.add(check)
        self.cp932 = Check(_CP932)
        self.add(self.cp932)
        self.save_button = PrimaryButton("選んだ書類を保存", "W", "save")
        self.save_button.clicked.connect(self.save_requested)
        self.add(self.save_button)
        self.add(plain_label(_SAVE_NOTE, "small"))
        for paper in PRINTED:
            self.add(self._look_button(paper))
        self.body.addStretch(1)

    def chosen(self) -> tuple[CompiledPaper, ...]:
        """The documents whose boxes are ticked."""
        return tuple(paper for paper, check in self.checks.items() if check.isChecked())

    def _look_button(self, paper: CompiledPaper) -> SecondaryButton:
        button = SecondaryButton(f"{paper.label}を見る", icon_name="eye")
        button.clicked.connect(lambda: self.looked_at.emit(paper))
        self.look_buttons[paper] = button
        return button
