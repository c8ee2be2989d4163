"""文字の大きさ and the name of the person who works here."""

from PySide6.QtWidgets import QApplication

from shakyo_desktop.gui.settings.section import Section, SettingsDesk
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields import Choice, ChoiceField, TextField
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.theme import TextSize, apply_theme, look
from shakyo_desktop.services.settings import Identity


class LookSection(Section):
    """Both are used at once."""

    def __init__(self, desk: SettingsDesk) -> None:
        super().__init__(desk)
        size_card = Card("文字の大きさ")
        self.text_size = ChoiceField(
            "text_size", "文字の大きさ", [Choice(one.value, one.label) for one in TextSize], numbered=False
        )
        self.text_size.changed.connect(lambda _name, value, _unread: self._set_size(str(value)))
        size_card.add(self.text_size)
        size_card.add(plain_label("選ぶとすぐに、プログラム全体の文字の大きさが変わります。", "small"))
        who = Card("お名前")
        self._org = plain_label("")
        self.name = TextField(
            "person_name",
            "お名前",
            length=40,
            hint="だれがいつ書いたかの記録に残ります。前の記録は変わりません。",
        )
        self.name.changed.connect(lambda _name, value, _unread: self._set_name(str(value or "")))
        who.add(self._org)
        who.add(self.name)
        self.column.addWidget(size_card)
        self.column.addWidget(who)

    def load(self) -> None:
        """Read size and name."""
        self.text_size.refresh_value(look().text_size.value)
        self.ask(self.desk.services.settings.identity, self._show)

    def _show(self, identity: Identity) -> None:
        office = f"（{identity.office.name}）" if identity.office else ""
        self._org.setText(f"{identity.org.name}{office}　団体コード {identity.org.code}")
        self.name.refresh_value(identity.person_name)

    def _set_size(self, value: str) -> None:
        app = QApplication.instance()
        if isinstance(app, QApplication):
            apply_theme(app, value)
        self.ask(lambda: self.desk.services.settings.set_text_size(value), lambda _: None)

    def _set_name(self, name: str) -> None:
        self.ask(
            lambda: self.desk.services.settings.set_person_name(name),
            lambda _: self.say("お名前を保存しました。これからの記録に使います。"),
        )
