"""The register of computers: their states, and what an office can do about each."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from shakyo_desktop.domain.codes import KeyState
from shakyo_desktop.domain.dates import era_timestamp, short_era_date
from shakyo_desktop.domain.keeping import KeyChange
from shakyo_desktop.domain.submission import KeyRegistration
from shakyo_desktop.gui.shared.buttons import Button, DangerButton, SecondaryButton
from shakyo_desktop.gui.shared.cards import Card
from shakyo_desktop.gui.shared.fields import CheckNumberField, TextField
from shakyo_desktop.gui.shared.flow import FlowBox
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.row_list import Column, Row, RowList
from shakyo_desktop.gui.ward.lost_part import LostPart
from shakyo_desktop.gui.ward.members import Members
from shakyo_desktop.gui.ward.words import KEY_MARKS, short_day

SUSPEND, RESUME, REVOKE, RENEW = "suspend", "resume", "revoke", "renew"
_COLUMNS = (
    Column("状態", 168),
    Column("登録した日", 140),
    Column("期限", 140),
    Column("メモ"),
)
_LOG = (Column("いつ", 250), Column("変わったこと"), Column("担当", 160), Column("メモ"))
_OFFERS: Mapping[KeyState, tuple[str, ...]] = {
    KeyState.PENDING: (REVOKE,),
    KeyState.ACTIVE: (SUSPEND, RENEW, REVOKE),
    KeyState.SUSPENDED: (RESUME, REVOKE),
    KeyState.EXPIRED: (RENEW, SUSPEND, REVOKE),
    KeyState.REVOKED: (),
    KeyState.RETIRED: (),
}
STOPPED = (KeyState.SUSPENDED, KeyState.REVOKED)
_LOSABLE = (KeyState.ACTIVE, KeyState.EXPIRED, *STOPPED)
_EXPLAIN: Mapping[KeyState, str] = {
    KeyState.PENDING: "まだ登録していません。上の「登録を待っているパソコン」で番号を入れてください。",
    KeyState.ACTIVE: "パソコンをなくしたと電話があったら、「なくしたパソコンを止める」を押してください。"
    "すぐに止まります。あとで戻せます。",
    KeyState.SUSPENDED: "このパソコンからの報告は受け取りません。見つかったら「見つかった」を押してください。"
    "見つからないときは、別のパソコンで始められるように「はじめの設定の控え」（紙）と設定ファイルを渡します。",
    KeyState.EXPIRED: "登録から3年たちました。送付票の確認番号を入れて「更新」を押すと、また受け取れます。",
    KeyState.REVOKED: "取り消した登録です。元には戻せません。使うときは、新しく登録してください。",
    KeyState.RETIRED: "引継ぎで終わった登録です。新しいパソコンの登録を使ってください。",
}


class RegisterCard(Card):
    """Signals: ``asked`` names action, key and the note or number typed for it; ``chosen`` the key."""

    asked = Signal(str, str, str)
    chosen = Signal(str)

    def __init__(self, members: Members) -> None:
        super().__init__("登録の一覧")
        self._known: dict[str, KeyRegistration] = {}
        self.list = RowList((Column(members.one), *_COLUMNS), "登録の一覧")
        self.list.set_empty_text("まだ登録はありません。最初の提出ファイルを受け取ると、ここに出ます。")
        self.list.show_all_rows()
        self.list.row_selected.connect(self._choose)
        self.add(self.list)
        self.explanation = plain_label("")
        self.add(self.explanation)
        self.note = TextField(
            "note", "メモ", length=60, hint="電話をくれた人など。書かなくてもかまいません。"
        )
        self.number = CheckNumberField(
            "renew_number", "確認番号", hint="「更新」のときだけ、送付票を見て12けたを入れます。"
        )
        self.add(self.note)
        self.add(self.number)
        self.buttons: dict[str, Button] = {
            SUSPEND: DangerButton("なくしたパソコンを止める"),
            RESUME: SecondaryButton("見つかった"),
            RENEW: SecondaryButton("更新"),
            REVOKE: DangerButton("取り消し"),
        }
        row = FlowBox()
        for action, button in self.buttons.items():
            button.clicked.connect(lambda _on=False, wanted=action: self._ask(wanted))
            row.add(button)
        self.add(row)
        self.lost = LostPart()
        self.add(self.lost)
        self.log_title = plain_label("この登録の記録", "strong")
        self.add(self.log_title)
        self.log = RowList(_LOG, "この登録の記録")
        self.log.show_all_rows()
        self.add(self.log)
        self._show_chosen()

    def show_registrations(self, found: Sequence[KeyRegistration], names: Mapping[str, str]) -> None:
        """Show the register."""
        self._known = {one.key: one for one in found}
        self.list.set_rows([_row(one, names) for one in found])
        self._show_chosen()

    def show_log(self, key: str, changes: Sequence[KeyChange]) -> None:
        """Show what happened to the chosen registration, newest first."""
        if key == self.list.selected_key():
            self.log.set_rows([_log_row(one) for one in reversed(changes)])

    def show_number_problem(self, text: str) -> None:
        """Say at the number what is wrong with it."""
        self.number.set_problem(text)
        self.number.focus_input()

    def chosen_registration(self) -> KeyRegistration | None:
        """Return the registration whose row is chosen."""
        return self._known.get(str(self.list.selected_key()))

    def key_of(self, org: str) -> str:
        """Return the key of an organisation's first registration; empty when it has none."""
        return next((one.key for one in self._known.values() if one.org == org), "")

    def clear_typed(self) -> None:
        """Empty note and number after they were used."""
        self.note.set_value("")
        self.number.set_value(None)

    def _choose(self, key: object) -> None:
        self.clear_typed()
        self._show_chosen()
        self.chosen.emit(str(key))

    def _show_chosen(self) -> None:
        one = self.chosen_registration()
        offers = _OFFERS[one.state] if one else ()
        self.explanation.setText(
            _EXPLAIN[one.state] if one else "一覧から登録を選ぶと、止めたり更新したりできます。"
        )
        self.explanation.setVisible(bool(self._known))
        state = one.state if one else None
        self.lost.show_stopped(state in STOPPED)
        shown: list[tuple[QWidget, bool]] = [
            (self.lost, state in _LOSABLE),
            (self.note, bool(offers)),
            (self.number, RENEW in offers),
            (self.log_title, one is not None),
            (self.log, one is not None),
        ]
        shown += [(button, action in offers) for action, button in self.buttons.items()]
        for widget, visible in shown:
            widget.setVisible(visible)

    def _ask(self, action: str) -> None:
        self.note.commit()
        self.number.commit()
        typed = self.number.value() or self.number.unread() if action == RENEW else self.note.value()
        self.asked.emit(action, str(self.list.selected_key()), str(typed or ""))


def _row(one: KeyRegistration, names: Mapping[str, str]) -> Row:
    expires = short_era_date(one.expires_on) if one.expires_on else ""
    approved = short_day(one.approved_at)
    return Row(one.key, (names.get(one.org, one.org), KEY_MARKS[one.state], approved, expires, one.note))


def _log_row(change: KeyChange) -> Row:
    old = f"{change.old.label} → " if change.old and change.old is not change.new else ""
    return Row(change.id, (era_timestamp(change.at), f"{old}{change.new.label}", change.who, change.note))
