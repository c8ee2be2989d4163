"""閉じる: after how long without use, and at once; told plainly where it would protect nothing."""

from PySide6.QtCore import Signal

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.gui.settings.section import Section, button_row
from shakyo_desktop.gui.shared.buttons import SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields import Choice, ChoiceField
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.services.idle_lock import IDLE_MINUTES

_LEAD = (
    "席を離れているあいだに、ほかの人に見られないようにします。閉じる前に、書いたものはすべて保存します。\n"
    "合い言葉（または復旧シートの文字）を入力すると、さっきのところから続けられます。"
)
_IN_VAIN = (
    "⚠ いまは合い言葉を聞かずに開くので、閉じても守りになりません。\n"
    "先に合い言葉を決めて「開くときに合い言葉を聞く」を押してください。"
)


class IdleCard(Card):
    """Signals: ``lock_requested`` at once; ``minutes_changed`` what was chosen, 0 for never."""

    lock_requested = Signal()
    minutes_changed = Signal(int)

    def __init__(self, section: Section) -> None:
        super().__init__("しばらく使わないときに閉じる")
        self._section = section
        self._services = section.desk.services
        choices = [Choice(str(one), f"{one}分" if one else "しない") for one in IDLE_MINUTES]
        self.minutes = ChoiceField("idle_minutes", "閉じるまで", choices, numbered=False)
        self.minutes.changed.connect(lambda _name, value, _unread: self._choose(int(str(value or 0))))
        self.now_button = SecondaryButton("今すぐ閉じる（Ctrl+L）", icon_name="lock")
        self.now_button.clicked.connect(self.lock_requested)
        self._warning = plain_label(_IN_VAIN, "problem")
        self.add(plain_label(_LEAD))
        self.add(self._warning)
        self.add(self.minutes)
        self.add_layout(button_row(self.now_button))

    def load(self) -> None:
        """Read what is chosen."""
        service = self._services.idle_lock
        self._section.ask(lambda: (service.minutes(), service.asks()), self._show)

    def _show(self, found: tuple[int, bool]) -> None:
        minutes, asks = found
        self._warning.setVisible(not asks)
        self.minutes.set_value(str(minutes if asks else 0))

    def _choose(self, minutes: int) -> None:
        def done(_: None) -> None:
            self.minutes_changed.emit(minutes)
            words = (
                f"{minutes}分のあいだ使わないと、閉じます。" if minutes else "使わないときも、閉じません。"
            )
            self._section.say(words)

        def failed(error: ShakyoError) -> None:
            self._section.failed(error)
            self.load()

        service = self._services.idle_lock
        self._section.desk.worker.run(lambda: service.choose(minutes), done, failed, owner=self)
