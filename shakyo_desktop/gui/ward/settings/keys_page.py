"""区の鍵: who this office is to others, and the paper that opens everything when the computer is gone."""

from collections.abc import Callable

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.shared.buttons import PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.document_panel import DocumentPanel
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.settings.computers_card import ComputersCard
from shakyo_desktop.gui.ward.settings.key_change_card import KeyChangeCard
from shakyo_desktop.gui.ward.settings.saving import save_table
from shakyo_desktop.gui.ward.words import number_groups
from shakyo_desktop.services.own_keys import PublicKeys
from shakyo_desktop.services.settings import Identity

_SHEET = (
    "パソコンがこわれたり、合い言葉を忘れたりしたときに、この紙の文字でデータを開けます。\n"
    "この紙を持つ人はだれでもデータを開けます。印刷したら、金庫など、かぎのかかるところにしまってください。\n"
    "写真にとったり、パソコンの中に残したりしないでください。"
)
_MAILBOX = "受取口のファイル (*.txt)"
_CARRY = (
    "はじめのパソコンの「区の鍵」（市では「市の鍵」）で加えてください。ファイルを人に見られてもかまいません。"
)


class KeysPage(Page):
    """The recovery sheet is only made when it is asked for."""

    def __init__(self, desk: Desk) -> None:
        super().__init__(f"{desk.members.office}の鍵と復旧シート")
        self._desk = desk
        self.change = KeyChangeCard(desk)
        self.computers = ComputersCard(desk)
        for part in (self.change, self.computers):
            part.asked.connect(self._do)
        self.computers.missing.connect(lambda words: self.messages.show_message("problem", words))
        self.computers.file_wanted.connect(self._save_mailbox)
        self._cards = [self._make_identity(), self._make_sheet(), self.change, self.computers]
        for card in self._cards:
            self.add(card)
        self.document = DocumentPanel("復旧シート", desk.worker, desk.printer, self.messages)
        self.document.setMinimumHeight(420)
        self.document.hide()
        self.add(self.document, 100)
        self.back_button = SecondaryButton("しまう", "B", "chevron-left")
        self.back_button.clicked.connect(lambda: self._show_document(False))
        self.back_button.hide()
        self.header_row.addWidget(self.back_button)
        self.add_stretch()

    def enter(self) -> None:
        """Read the own identity."""
        self._show_document(False)
        self.reload()

    def reload(self) -> None:
        """Show what the store says now."""
        services = self._desk.services
        self._desk.worker.run(
            lambda: (services.settings.identity(), services.settings.own_keys()),
            self._show,
            self._failed,
            self,
        )
        self._desk.worker.run(services.key_changes.change, self.change.show_change, self._failed, self)
        self._desk.worker.run(
            services.further_computers.all, self.computers.show_computers, self._failed, self
        )

    def leave(self) -> None:
        """Take the sheet off the screen."""
        self._show_document(False)

    def _make_identity(self) -> Card:
        card = Card("この事務所")
        self.facts = plain_label("")
        card.add(self.facts)
        return card

    def _make_sheet(self) -> Card:
        card = Card("復旧シート")
        card.add(plain_label(_SHEET))
        self.sheet_button = PrimaryButton("復旧シートを表示する", "J", "printer")
        self.sheet_button.clicked.connect(self._show_sheet)
        row = FlowBox()
        row.add(self.sheet_button)
        card.add(row)
        return card

    def _show(self, found: tuple[Identity, PublicKeys]) -> None:
        identity, keys = found
        office = identity.office.name if identity.office else "（まだつながっていません）"
        lines = [
            f"名前　{identity.org.name}（番号 {identity.org.code}）",
            f"電話番号　{identity.org.telephone or '（名簿にありません）'}",
        ]
        number = f"この事務所の確認番号　{number_groups(keys.check_number)}"
        if identity.role is OrganisationKind.WARD:
            lines += [f"市　{office}"]
            number += "（市に報告するときと、このパソコンを2台目に加えるときに使います）"
        lines.append(number)
        self.facts.setText("\n".join(lines))

    def _do(self, work: Callable[[], object], said: str) -> None:
        """Do what a card asks for, and show how things stand then."""

        def done(_result: object) -> None:
            self.computers.clear_typed()
            self.messages.show_message(
                "saved", said, "設定ファイルへ", lambda: self.screen_requested.emit("office", "setups")
            )
            self.messages.action_button.setFocus()
            self.reload()

        self._desk.worker.run(work, done, self._failed, self)

    def _save_mailbox(self) -> None:
        computers = self._desk.services.further_computers

        def choose(file: tuple[str, bytes]) -> None:
            name, data = file
            save_table(self, self._desk, lambda: data, name, _CARRY, _MAILBOX)

        self._desk.worker.run(computers.own_file, choose, self._failed, self)

    def _show_sheet(self) -> None:
        settings = self._desk.services.settings
        self._show_document(True)
        self.document.show_document(lambda: settings.recovery_sheet().pdf, "復旧シート.pdf")

    def _show_document(self, on: bool) -> None:
        for card in self._cards:
            card.setVisible(not on)
        self.document.setVisible(on)
        self.back_button.setVisible(on)
        if not on:
            self.document.clear()
        self.scroll_to_top()

    def _failed(self, error: ShakyoError) -> None:
        present(error, self.messages)
