"""登録の確認: new computers and their numbers, two versions of a report, the register."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.domain.errors import ShakyoError, WrongNumber
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.submission import HeldPackage, KeyRegistration
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.ward.decision_card import DecisionCard
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.pending_card import PendingCard
from shakyo_desktop.gui.ward.register_card import RENEW, RESUME, REVOKE, SUSPEND, RegisterCard
from shakyo_desktop.gui.ward.tab_order import put_after
from shakyo_desktop.gui.ward.targets import DistrictOf, ReportOf
from shakyo_desktop.services.registrations import PendingKey
from shakyo_desktop.services.verdicts import ACCEPTED, Verdict

_NOBODY = "登録を待っているパソコンはありません。"
_SURE = (
    "この登録を取り消しますか。取り消すと元に戻せません。\n"
    "これまでに受け取った報告は残ります。見つかるかもしれないときは「一時停止」にしてください。"
)
_DONE = {
    SUSPEND: "一時停止しました。このパソコンからの報告は、再開するまで受け取りません。",
    RESUME: "再開しました。このパソコンからの報告を、また受け取れます。",
    REVOKE: "登録を取り消しました。これまでに受け取った報告は残っています。",
}


@dataclass(frozen=True, slots=True)
class _State:
    pending: tuple[PendingKey, ...]
    decisions: tuple[HeldPackage, ...]
    register: tuple[KeyRegistration, ...]
    organisations: tuple[Organisation, ...]


class RegistrationsScreen(Page):
    """What a person typed for a card stays when something else on the page changes."""

    help_key = "ward-registrations"

    def __init__(self, desk: Desk) -> None:
        super().__init__("登録の確認")
        self._desk = desk
        self._wanted_org = ""
        self.pending: list[PendingCard] = []
        self.decisions: list[DecisionCard] = []
        self._waiting_title = plain_label("登録を待っているパソコン", "subheading")
        self._nobody = plain_label(_NOBODY, "secondary")
        self._pending_box = _column()
        self._decisions_title = plain_label("二つある報告", "subheading")
        self._decisions_box = _column()
        self.register = RegisterCard()
        self.register.asked.connect(self._act)
        self.register.chosen.connect(self._read_log)
        self.add(self._waiting_title)
        self.add(self._nobody)
        self.add_layout(self._pending_box)
        self.add(self._decisions_title)
        self.add_layout(self._decisions_box)
        self.add(self.register)
        self.add_stretch()

    def enter(self) -> None:
        """Read what waits."""
        self.reload()

    def show_target(self, target: object) -> None:
        """Go to a district's card."""
        if isinstance(target, DistrictOf):
            self._wanted_org = target.org
            self._focus_wanted()

    def reload(self) -> None:
        """Show what the store says now."""
        services = self._desk.services

        def read() -> _State:
            return _State(
                services.registrations.pending(),
                services.registrations.waiting_decisions(),
                services.registrations.registrations(),
                services.roster.organisations(),
            )

        self._desk.worker.run(read, self._show, self._failed, self)

    def _show(self, state: _State) -> None:
        names = {org.code: org.name for org in state.organisations}
        telephones = {org.code: org.telephone for org in state.organisations}
        self._desk.count("registrations", sum(one.held for one in state.pending) + len(state.decisions))
        self._show_pending(state.pending)
        _empty(self._decisions_box, self.decisions)
        self.decisions = [
            DecisionCard(held, names.get(held.org, held.org), telephones.get(held.org, ""))
            for held in state.decisions
        ]
        for card in self.decisions:
            card.use_requested.connect(self._use)
            card.discard_requested.connect(self._discard)
            self._decisions_box.addWidget(card)
        self._decisions_title.setVisible(bool(self.decisions))
        put_after(self.messages.close_button, *self.pending, *self.decisions, self.register)
        self.register.show_registrations(state.register, names)
        self._focus_wanted()

    def _show_pending(self, pending: Sequence[PendingKey]) -> None:
        kept = {card.pending: card for card in self.pending}
        gone = [card for waiting, card in kept.items() if waiting not in pending]
        _empty(self._pending_box, gone)
        self.pending = []
        for waiting in pending:
            card = kept.get(waiting)
            if card is None:
                card = PendingCard(waiting)
                card.approve_requested.connect(self._approve)
                card.reject_requested.connect(self._reject)
                self._pending_box.addWidget(card)
            self.pending.append(card)
        self._nobody.setVisible(not pending)

    def _focus_wanted(self) -> None:
        card = next((card for card in self.pending if card.pending.org == self._wanted_org), None)
        other = next((card for card in self.decisions if card.held.org == self._wanted_org), None)
        if card is not None:
            card.number.focus_input()
            self.ensure_visible(card)
        elif other is not None:
            other.use_button.setFocus()
            self.ensure_visible(other)
        if card or other:
            self._wanted_org = ""

    def _approve(self, key: str, typed: str, end_previous: bool) -> None:
        def failed(error: ShakyoError) -> None:
            card = next((card for card in self.pending if card.approve_key() == key), None)
            if isinstance(error, WrongNumber) and card is not None:
                card.show_problem(error.message)
            else:
                self._failed(error)

        self._desk.worker.run(
            lambda: self._desk.services.registrations.approve(key, typed, end_previous),
            self._approved,
            failed,
            self,
        )

    def _approved(self, verdicts: tuple[Verdict, ...]) -> None:
        accepted = [one for one in verdicts if one.verdict == ACCEPTED]
        others = [one for one in verdicts if one.verdict != ACCEPTED]
        words = f"登録しました。待っていた報告{len(accepted)}件を受け取りました。"
        words += "".join(f"\n{one.file.name}：{one.message}" for one in others)
        if accepted:
            target = ReportOf(str(accepted[-1].package_id))
            self.messages.show_message(
                "saved" if not others else "warning",
                words,
                "確認する",
                lambda: self.screen_requested.emit("review", target),
            )
        else:
            self.messages.show_message("warning" if others else "saved", words)
        self.register.clear_typed()
        self.reload()
        self.scroll_to_top()

    def _reject(self, key: str) -> None:
        self._run(
            lambda: self._desk.services.registrations.reject(key),
            "待っていたファイルを消しました。登録はしていません。ほかの記録は変わっていません。\n"
            "名簿の電話番号へ電話をして、確かめてください。",
        )

    def _use(self, manifest: str) -> None:
        self._desk.worker.run(
            lambda: self._desk.services.registrations.use_version(manifest),
            lambda verdict: self._approved_version(verdict),
            self._failed,
            self,
        )

    def _approved_version(self, verdict: Verdict) -> None:
        if verdict.verdict == ACCEPTED:
            target = ReportOf(str(verdict.package_id))
            self.messages.show_message(
                "saved",
                "届いた版を使うことにしました。前の報告も、版の一覧に残っています。",
                "確認する",
                lambda: self.screen_requested.emit("review", target),
            )
        else:
            self.messages.show_message("warning", verdict.message)
        self.reload()

    def _discard(self, manifest: str) -> None:
        self._run(
            lambda: self._desk.services.registrations.discard(manifest),
            "届いた版は使わないことにしました。今使っている報告は変わっていません。\n"
            "返事ができています。「返事を渡す」で、USBに保存して地区部会へ渡してください。",
        )

    def _act(self, action: str, key: str, typed: str) -> None:
        registrations = self._desk.services.registrations
        if action == REVOKE:
            self.messages.show_message(
                "warning",
                _SURE,
                "取り消す",
                lambda: self._run(lambda: registrations.revoke(key, typed), _DONE[REVOKE]),
            )
            self.messages.action_button.setFocus()
        elif action == RENEW:
            self._renew(key, typed)
        else:
            change = registrations.suspend if action == SUSPEND else registrations.resume
            self._run(lambda: change(key, typed), _DONE[action])

    def _renew(self, key: str, typed: str) -> None:
        def failed(error: ShakyoError) -> None:
            if isinstance(error, WrongNumber):
                self.register.show_number_problem(error.message)
            else:
                self._failed(error)

        renew = self._desk.services.registrations.renew
        self._desk.worker.run(lambda: renew(key, typed), self._approved, failed, self)

    def _run(self, work: object, done: str) -> None:
        assert callable(work)

        def finished(_result: object) -> None:
            self.messages.show_message("saved", done)
            self.register.clear_typed()
            self.reload()
            self._read_log(str(self.register.list.selected_key()))

        self._desk.worker.run(work, finished, self._failed, self)

    def _read_log(self, key: str) -> None:
        self._desk.worker.run(
            lambda: self._desk.services.registrations.log(key),
            lambda changes: self.register.show_log(key, changes),
            self._failed,
            self,
        )

    def _failed(self, error: ShakyoError) -> None:
        present(error, self.messages)
        self.scroll_to_top()


def _column() -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(12)
    return column


def _empty(column: QVBoxLayout, cards: Sequence[QWidget]) -> None:
    for card in cards:
        column.removeWidget(card)
        card.hide()
        card.deleteLater()
