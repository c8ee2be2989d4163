"""このプログラムについて: its version and the text of every licence it comes under."""

from PySide6.QtWidgets import QWidget

from shakyo_desktop import __version__, paths
from shakyo_desktop.gui.settings.section import Section, SettingsDesk
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.reading_text import ReadingText
from shakyo_desktop.gui.shared.row_list import RowList
from shakyo_desktop.gui.shared.row_model import Column, Row

_ABOUT = (
    "社会福祉協議会の地区部会と区事務所が、取組の報告を渡しあうためのプログラムです。\n"
    "インターネットは使いません。報告は、書きかえ防止の印を付け、読めない形にしてから渡します。"
)


class AboutSection(Section):
    """A list of names, and the text of the one that is chosen."""

    def __init__(self, desk: SettingsDesk) -> None:
        super().__init__(desk)
        self._texts: dict[object, str] = {}
        card = Card("このプログラムについて")
        card.add(plain_label(f"shakyo_desktop　版 {__version__}", "strong"))
        card.add(plain_label(_ABOUT))
        self.column.addWidget(card)
        self.column.addWidget(self._make_licences())

    def load(self) -> None:
        """Read the licence texts, once."""
        if not self._texts:
            self.ask(paths.licence_texts, self._show)

    def _make_licences(self) -> QWidget:
        card = Card("使っている部品の使用許諾（ライセンス）")
        self.names = RowList((Column("名前"),), "部品の一覧", row_height=36)
        self.names.setMinimumHeight(180)
        self.text = ReadingText("使用許諾の文")
        self.text.setMinimumHeight(240)
        self.names.row_selected.connect(lambda key: self.text.set_text(self._texts.get(key, "")))
        card.add(self.names)
        card.add(self.text)
        return card

    def _show(self, texts: list[tuple[str, str]]) -> None:
        self._texts = dict(texts)
        self.names.set_rows([Row(name, (name,)) for name, _ in texts])
        if texts:
            self.names.select_key(texts[0][0])
