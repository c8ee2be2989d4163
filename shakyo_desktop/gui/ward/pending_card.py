"""One computer that waits to be registered: whose it says it is, and the number typed from its paper."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.domain.codes import KeyState
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.gui.shared.buttons import DangerButton, PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields import CheckNumberField, Choice, ChoiceField
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.ward.words import KEY_MARKS, short_day
from shakyo_desktop.services.registrations import PendingKey

_STILL_GOOD = (KeyState.ACTIVE, KeyState.SUSPENDED, KeyState.EXPIRED)
END, BOTH = "end", "both"
_PREVIOUS = [Choice(END, "前の登録を終わる（引継ぎなど）"), Choice(BOTH, "両方を使う（2台で書く）")]
_ABOUT_PREVIOUS = (
    "この地区には、使える登録がもうあります。担当者やパソコンが代わったときは「前の登録を終わる」を選びます。\n"
    "終わると、前のパソコンからの提出は受け取りません。これまでに受け取った報告は残ります。"
)
_CHOOSE = "⚠ 「前の登録を終わる」か「両方を使う」を選んでください。登録はまだ変わっていません。"
_SUCCESSOR = "はじめてのパソコンです。引継ぎか2台目と思われます。送付票の「引継ぎ」の欄も見てください。"
_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)
_REJECT = (
    "番号が紙と合わないときや、電話で「出していない」と言われたときに押します。\n"
    "待っている{held}件のファイルを、このパソコンから消します。ほかの記録は変わりません。\n"
    "同じファイルをもう一度受け取れば、この確認からやり直せます。"
)


class PendingCard(Card):
    """Never shows the number: it is typed, or the comparison would be worth nothing.

    Signals:
        approve_requested: key, number as typed, whether the district's other computers are ended.
        reject_requested: key, after the person read what it does.
    """

    approve_requested = Signal(str, str, bool)
    reject_requested = Signal(str)

    def __init__(self, pending: PendingKey) -> None:
        super().__init__(pending.org_name)
        self.pending = pending
        self.add(plain_label("\n".join(_facts(pending))))
        self.number = CheckNumberField("number")
        self.number.input().installEventFilter(self)
        self.add(self.number)
        self._others = 0 if pending.renewal else _still_good(pending)
        self.previous = ChoiceField(
            "previous", "前の登録をどうしますか", _PREVIOUS, numbered=False, label_place="above"
        )
        self._about_previous = plain_label(_ABOUT_PREVIOUS, "small")
        for widget in (self.previous, self._about_previous):
            self.add(widget)
            widget.setVisible(self._others > 0)
        self.unchosen = plain_label(_CHOOSE, "problem")
        self.add(self.unchosen)
        self.unchosen.hide()
        self.previous.changed.connect(lambda *_: self.unchosen.hide())
        self.approve_button = PrimaryButton("登録を認める")
        self.approve_button.clicked.connect(self._approve)
        self.reject_button = DangerButton("違います")
        self.reject_button.clicked.connect(lambda: self._ask(True))
        buttons = FlowBox()
        buttons.add(self.approve_button)
        buttons.add(self.reject_button)
        self.add(buttons)
        self.add(self._make_question())

    def approve_key(self) -> str:
        """The key this card is about."""
        return self.pending.key

    def show_problem(self, text: str) -> None:
        """Say at the number what is wrong; what was typed stays."""
        self.number.set_problem(text)
        self.number.focus_input()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the number asks for the registration; the next field would be another district's."""
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress and event.key() in _ENTER:
            if not event.isAutoRepeat():
                self.approve_button.click()
            return True
        return super().eventFilter(watched, event)

    def _approve(self) -> None:
        self.number.commit()
        typed = str(self.number.value() or self.number.unread() or "")
        if self._others and self.number.value() and self.previous.value() is None:
            self.unchosen.show()
            self.previous.focus_input()
            return
        self.approve_requested.emit(self.pending.key, typed, self.previous.value() == END)

    def _make_question(self) -> QWidget:
        self._question = QWidget()
        column = QVBoxLayout(self._question)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        column.addWidget(plain_label(_REJECT.format(held=self.pending.held)))
        self.delete_button = DangerButton("待っているファイルを消す")
        self.delete_button.clicked.connect(lambda: self.reject_requested.emit(self.pending.key))
        self.keep_button = SecondaryButton("消さないで残す")
        self.keep_button.clicked.connect(lambda: self._ask(False))
        buttons = FlowBox()
        buttons.add(self.keep_button)
        buttons.add(self.delete_button)
        column.addWidget(buttons)
        self._question.hide()
        return self._question

    def _ask(self, on: bool) -> None:
        self._question.setVisible(on)
        (self.keep_button if on else self.reject_button).setFocus()


def _still_good(pending: PendingKey) -> int:
    return sum(1 for one in pending.known_other_keys if one.state in _STILL_GOOD)


def _facts(pending: PendingKey) -> list[str]:
    telephone = pending.telephone or "（名簿に電話番号がありません）"
    facts = [
        f"待っているファイル {pending.held}件　はじめて届いた日時 {era_timestamp(pending.first_seen)}",
        f"名簿の電話番号 {telephone}　（紙に書かれた番号ではなく、この番号へかけてください）",
    ]
    if pending.renewal:
        facts.append("3年の期限が切れたので、もう一度番号を入れて更新します。")
    elif _still_good(pending):
        facts.append(_SUCCESSOR)
    for one in pending.known_other_keys:
        mark, since = KEY_MARKS[one.state], short_day(one.approved_at or one.first_seen)
        facts.append(f"この地区の別の登録：{mark.symbol} {mark.words}　{since}から")
    return facts
