"""引継ぎ of an office: the store stays, the next person gets a 引継書."""

from shakyo_desktop.gui.settings.section import Section, SettingsDesk
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.document_panel import DocumentPanel
from shakyo_desktop.gui.shared.labels import plain_label

_LEAD = (
    "担当者が代わっても、このパソコンと事務所の登録はそのまま使います。\n"
    "引継書を印刷して、次の担当者に渡してください。残っている仕事と、はじめにすることが書いてあります。"
)


class OfficeHandoverSection(Section):
    """One paper."""

    def __init__(self, desk: SettingsDesk) -> None:
        super().__init__(desk)
        card = Card("次の担当者への引継書")
        card.add(plain_label(_LEAD))
        self.panel = DocumentPanel("引継書", desk.worker, desk.printer, desk.messages)
        self.panel.setMinimumHeight(480)
        card.add(self.panel)
        self.column.addWidget(card)

    def load(self) -> None:
        """Make the book of today."""
        self.panel.show_document(self.desk.services.handover.book, "引継書.pdf")
