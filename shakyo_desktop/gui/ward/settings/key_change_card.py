"""鍵の取りかえ: in two steps without trouble for anybody, or at once when the key is lost or stolen."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.gui.shared.buttons import Button, DangerButton, PrimaryButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import Chip, plain_label
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.settings.question_box import QuestionBox
from shakyo_desktop.services.key_changes import KeyChange

_IDLE = (
    "鍵は、返事と設定ファイルがこの事務所のものだと{0}で確かめるためのもの、受取口は、報告に封をするときのあて先です。\n"
    "ふだんの取りかえは2回に分けて行います。1回目で新しい鍵の入った設定ファイルを作って配り、届いたら2回目で切りかえます。"
    "その間も、報告と返事は止まりません。{0}で番号を入れる必要もありません。"
)
_REPLACE = (
    "鍵をなくした、パソコンを盗まれた、というときだけ使います。今の鍵はすぐに使えなくなります。\n"
    "設定ファイルと新しい「はじめの設定の控え」（紙）を作り、どの{0}にも手渡しして、番号を入れてもらいます。"
    "それまで返事は渡せません。届いている報告、これから届く報告は受け取れます。\n"
    "盗まれたときは、「設定・控え」の「データの守り」で、合い言葉と復旧シートも新しくしてください。"
)
_FINISH = (
    "新しい鍵に切りかえますか。まだ届いたかわからない所があります：{0}。\n"
    "その{1}には、切りかえたあとの設定ファイルと新しい「はじめの設定の控え」（紙）を手渡しし、番号を入れてもらうことになります。"
)
_MAILBOX = (
    "受取口だけを新しくします。鍵はそのままなので、{0}で番号を入れる必要はありません。"
    "前の受取口あての報告も、これまでどおり開けます。まだ始めていない{0}に渡した「はじめの設定の控え」（紙）は、作り直しになります。"
)
_BEGUN = (
    "第{0}号の設定ファイルに、今の鍵と新しい鍵の両方が入っています。「設定ファイル」で保存して配ってください。\n"
    "まだ受け取っていない{1}には、返事といっしょに届きます。みんなに届いたら「新しい鍵に切りかえる」を押します。"
)
_SAID = {
    "begin": "新しい鍵を作りました。設定ファイルを保存して配ってください。今は、前の鍵も新しい鍵も使えます。",
    "finish": "新しい鍵に切りかえました。新しい設定ファイルができています。次の返事といっしょに届きます。\n"
    "「設定・控え」で控えを作り直してください。前の控えには、新しい鍵が入っていません。",
    "give_up": "取りかえをやめました。今までの鍵を使います。次の設定ファイルで、{0}にも伝わります。",
    "replace": "鍵を替えました。"
    "設定ファイルを保存し、新しい「はじめの設定の控え」（紙）を印刷して、手渡ししてください。\n"
    "「設定・控え」で控えも作り直してください。前の控えには、新しい鍵が入っていません。",
    "mailbox": "受取口を新しくしました。新しい設定ファイルができています。次の返事といっしょに届きます。",
}
_MOST_NAMED = 6


class KeyChangeCard(Card):
    """Signals: ``asked`` work to do off the window's thread and the words for when it is done."""

    asked = Signal(object, str)

    def __init__(self, desk: Desk) -> None:
        super().__init__("鍵の取りかえ")
        self._changes = desk.services.key_changes
        self._one = desk.members.one
        self._change: KeyChange | None = None
        self.state = Chip()
        self.about = plain_label("")
        self.question = QuestionBox()
        self.body.addWidget(self.state)
        self.add(self.about)
        self.finish_button = PrimaryButton("新しい鍵に切りかえる", icon_name="key-round")
        self.give_up_button = SecondaryButton("取りかえをやめる")
        self.begin_button = SecondaryButton("取りかえを始める", icon_name="key-round")
        self.mailbox_button = SecondaryButton("受取口だけ新しくする")
        self.replace_button = DangerButton("なくした・盗まれたので、すぐに替える")
        row = FlowBox()
        wanted: tuple[tuple[Button, Callable[[], None]], ...] = (
            (self.finish_button, self._finish),
            (self.begin_button, lambda: self._do(self._changes.begin_change, "begin")),
            (self.mailbox_button, self._new_mailbox),
            (self.give_up_button, lambda: self._do(self._changes.give_up_change, "give_up")),
            (self.replace_button, self._replace),
        )
        for button, work in wanted:
            button.clicked.connect(lambda _on=False, work=work: work())
            row.add(button)
        self.add(row)
        self.add(self.question)
        self.show_change(None)

    def show_change(self, change: KeyChange | None) -> None:
        """Show where the office stands: no change, or one that is going on."""
        self._change = change
        self.question.put_away()
        if change is None:
            self.state.set_chip("✓ 取りかえはしていません", "saved")
            self.about.setText(_IDLE.format(self._one))
        else:
            self.state.set_chip(
                f"▶ 取りかえの途中　届いた所 {len(change.ready)}　まだの所 {len(change.waiting)}", "info"
            )
            words = _BEGUN.format(change.serial, self._one)
            if change.waiting:
                words += f"\nまだ届いたかわからない所：{_names(change.waiting)}"
            self.about.setText(words)
        shown: tuple[tuple[QWidget, bool], ...] = (
            (self.begin_button, change is None),
            (self.mailbox_button, change is None),
            (self.finish_button, change is not None),
            (self.give_up_button, change is not None),
        )
        for widget, on in shown:
            widget.setVisible(on)

    def _finish(self) -> None:
        waiting = self._change.waiting if self._change else ()
        if not waiting:
            self._do(self._changes.finish_change, "finish")
            return
        self.question.ask(
            _FINISH.format(_names(waiting), self._one),
            "切りかえる",
            lambda: self._do(self._changes.finish_change, "finish"),
            self.finish_button,
        )

    def _new_mailbox(self) -> None:
        self.question.ask(
            _MAILBOX.format(self._one),
            "新しくする",
            lambda: self._do(self._changes.new_mailbox, "mailbox"),
            self.mailbox_button,
        )

    def _replace(self) -> None:
        self.question.ask(
            _REPLACE.format(self._one),
            "すぐに替える",
            lambda: self._do(self._changes.replace_now, "replace"),
            self.replace_button,
        )

    def _do(self, work: Callable[[], object], said: str) -> None:
        self.asked.emit(work, _SAID[said].format(self._one))


def _names(orgs: Sequence[Organisation]) -> str:
    more = f"、ほか{len(orgs) - _MOST_NAMED}" if len(orgs) > _MOST_NAMED else ""
    return "、".join(org.name for org in orgs[:_MOST_NAMED]) + more
