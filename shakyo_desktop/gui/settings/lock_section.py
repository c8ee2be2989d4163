"""How the store opens: what does now, and every other way; the recovery sheet once more."""

from collections.abc import Callable

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.dates import era_date
from shakyo_desktop.gui.settings.idle_card import IdleCard
from shakyo_desktop.gui.settings.new_sheet_card import NewSheetCard
from shakyo_desktop.gui.settings.own_key_card import OwnKeyCard
from shakyo_desktop.gui.settings.section import Section, SettingsDesk, button_row
from shakyo_desktop.gui.shared.buttons import DangerButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.document_panel import DocumentPanel
from shakyo_desktop.gui.shared.fields import TextField
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.services.settings import Identity, LockWay

_KEY_RING, _PASSPHRASE, _KEY_FILE = "key_ring", "passphrase", "key_file"
_OPEN = (
    "⚠ いまは守りがありません。このパソコンやフォルダーを手にした人は、だれでもデータを読めます。\n"
    "合い言葉を決めて「開くときに合い言葉を聞く」を押すと、守られます。"
)


class LockSection(Section):
    """Ways can be added and taken away; the paper always opens the store."""

    def __init__(self, desk: SettingsDesk) -> None:
        super().__init__(desk)
        self._kinds: set[str] = set()
        card = Card("いまの開き方")
        self._ways = plain_label("")
        self._warning = plain_label(_OPEN, "problem")
        card.add(self._ways)
        card.add(self._warning)
        self.ask_button = SecondaryButton("開くときに合い言葉を聞く", icon_name="lock")
        self.ring_button = SecondaryButton("パソコンといっしょに開く", icon_name="key-round")
        self.open_button = DangerButton("守りなしにする")
        settings = desk.services.settings
        self._does(self.ask_button, settings.ask_at_start, "これからは、開くときに合い言葉を聞きます。")
        self._does(
            self.ring_button,
            settings.use_key_ring,
            "これからは、パソコンがいつもの自分の画面になれば、そのまま開きます。",
        )
        self._does(
            self.open_button,
            settings.use_key_file,
            "守りなしにしました。このフォルダーを手にした人は、だれでもデータを読めます。",
            "warning",
        )
        card.add_layout(button_row(self.ask_button, self.ring_button, self.open_button))
        self.column.addWidget(card)
        self.column.addWidget(self._make_passphrase())
        self.idle = IdleCard(self)
        self.column.addWidget(self.idle)
        self.column.addWidget(self._make_sheet())
        self.new_sheet = NewSheetCard(desk)
        self.column.addWidget(self.new_sheet)
        self.own_key = OwnKeyCard(desk)
        self.column.addWidget(self.own_key)

    def load(self) -> None:
        """Read the ways."""
        self.new_sheet.put_away()
        self.ask(self.desk.services.settings.lock_ways, self._show)
        self.idle.load()
        self.ask(self.desk.services.settings.identity, self._show_role)

    def _make_passphrase(self) -> QWidget:
        card = Card("合い言葉")
        self.first = TextField("passphrase", "新しい合い言葉", hint="8文字以上で、ほかの人が思いつかない言葉")
        self.second = TextField("again", "もう一度")
        self.set_button = SecondaryButton("合い言葉を決める", icon_name="check")
        self.set_button.clicked.connect(self.set_passphrase)
        self.remove_button = DangerButton("合い言葉をやめる")
        self._does(
            self.remove_button, self.desk.services.settings.remove_passphrase, "合い言葉をやめました。"
        )
        for widget in (self.first, self.second):
            card.add(widget)
        card.add_layout(button_row(self.set_button, self.remove_button))
        return card

    def _make_sheet(self) -> QWidget:
        card = Card("復旧シート（紙）")
        card.add(plain_label("パソコンがこわれたり合い言葉を忘れたりしたときに、この紙の文字で開けます。"))
        self.sheet_button = SecondaryButton("復旧シートを見る・印刷する", icon_name="printer")
        self.sheet_button.clicked.connect(self._show_sheet)
        card.add_layout(button_row(self.sheet_button))
        self._paper = QWidget()
        inner = QVBoxLayout(self._paper)
        inner.setContentsMargins(0, 0, 0, 0)
        self.panel = DocumentPanel("復旧シート", self.desk.worker, self.desk.printer, self.desk.messages)
        self.panel.setMinimumHeight(460)
        inner.addWidget(self.panel)
        self._paper.hide()
        card.add(self._paper)
        return card

    def set_passphrase(self) -> None:
        """Keep a passphrase that was typed the same twice; what was typed stays when it is refused."""
        self.first.commit()
        self.second.commit()
        first, second = str(self.first.value() or ""), str(self.second.value() or "")
        if first != second:
            self.say("2回の合い言葉が違います。見くらべて、同じ言葉を2回書いてください。", "problem")
            self.first.focus_input()
            return

        def done(_: None) -> None:
            self.first.set_value("")
            self.second.set_value("")
            self.say("合い言葉を決めました。忘れないように、紙に書いて安全な場所にしまってください。")
            self.load()

        self.ask(lambda: self.desk.services.settings.add_passphrase(first), done)

    def _does(
        self,
        button: SecondaryButton | DangerButton,
        work: Callable[[], None],
        words: str,
        kind: str = "saved",
    ) -> None:
        def done(_: None) -> None:
            self.say(words, kind)
            self.load()

        button.clicked.connect(lambda: self.ask(work, done))

    def _show_role(self, identity: Identity) -> None:
        is_district = identity.role is OrganisationKind.DISTRICT
        self.own_key.setVisible(is_district)
        self.new_sheet.show_office(not is_district)

    def _show(self, ways: tuple[LockWay, ...]) -> None:
        self._kinds = {way.kind for way in ways}
        self._ways.setText("\n".join(f"・{way.label}（{era_date(way.added_at.date())}から）" for way in ways))
        self._warning.setVisible(_KEY_FILE in self._kinds)
        self.open_button.setVisible(_KEY_FILE not in self._kinds)
        self.ring_button.setVisible(_KEY_RING not in self._kinds)
        self.ask_button.setVisible(bool(self._kinds & {_KEY_RING, _KEY_FILE}))
        self.remove_button.setVisible(_PASSPHRASE in self._kinds)
        self.set_button.set_words("合い言葉を変える" if _PASSPHRASE in self._kinds else "合い言葉を決める")

    def _show_sheet(self) -> None:
        self._paper.show()
        self.panel.show_document(lambda: self.desk.services.settings.recovery_sheet().pdf, "復旧シート.pdf")
