"""登録の確認: new computers and their numbers, two versions of a report, the register."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QVBoxLayout, QWidget

from shakyo_desktop.domain.codes import KeyState
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.submission import HeldPackage, KeyRegistration
from shakyo_desktop.gui.shared.labels import plain_label
from shakyo_desktop.gui.shared.messages import present
from shakyo_desktop.gui.shared.page import Page
from shakyo_desktop.gui.ward.decision_card import DecisionCard
from shakyo_desktop.gui.ward.decision_list import DecisionList
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.gui.ward.lost_papers import LostPapers
from shakyo_desktop.gui.ward.members import DISTRICTS
from shakyo_desktop.gui.ward.overview_rows import counts
from shakyo_desktop.gui.ward.pending_card import PendingCard
from shakyo_desktop.gui.ward.register_card import RENEW, REVOKE, STOPPED, SUSPEND, RegisterCard
from shakyo_desktop.gui.ward.registration_desk import RegistrationDesk
from shakyo_desktop.gui.ward.tab_order import put_after
from shakyo_desktop.gui.ward.targets import DistrictOf, LostComputerOf, ReportOf, VersionToJoin
from shakyo_desktop.gui.ward.words import ending_words
from shakyo_desktop.services.overview import DistrictRow
from shakyo_desktop.services.registrations import PendingKey

_HOW = "送付票（紙）の確認番号を見て、12けたを入れてください。番号はこの画面には出しません。"
_NOBODY = "登録を待っているパソコンはありません。"
_AT_WORK = (KeyState.ACTIVE, KeyState.EXPIRED)
_NO_COMPUTER = (
    "この地区部会には、止めるパソコンがありません（登録がないか、もう止まっています）。\n"
    "登録は変わっていません。下の「登録の一覧」を見てください。"
)
_WHICH = (
    "この地区部会には登録されたパソコンが{}台あります。まだ止めていません。\n"
    "どのパソコンかを電話で聞き（登録した日・メモ）、一覧で選んで「なくしたパソコンを止める」を押してください。"
)
_SURE = (
    "この登録を取り消しますか。取り消すと元に戻せません。\n"
    "これまでに受け取った報告は残ります。見つかるかもしれないときは、止めたままにしてください。"
)


@dataclass(frozen=True, slots=True)
class _State:
    pending: tuple[PendingKey, ...]
    decisions: tuple[HeldPackage, ...]
    register: tuple[KeyRegistration, ...]
    ending: tuple[KeyRegistration, ...]
    organisations: tuple[Organisation, ...]
    districts: tuple[DistrictRow, ...]


class RegistrationsScreen(Page):
    """What a person typed for a card stays when something else on the page changes."""

    help_key = "ward-registrations"

    def __init__(self, desk: Desk) -> None:
        super().__init__("登録の確認")
        self._desk = desk
        self._actions = RegistrationDesk(desk, self._failed, self)
        self._actions.done.connect(self._done)
        self._actions.stopped.connect(self._stopped)
        self._actions.number_refused.connect(self._number_refused)
        self._wanted_org = ""
        self._lost_org = ""
        self._names: dict[str, str] = {}
        self.pending: list[PendingCard] = []
        self._waiting_title = plain_label("登録を待っているパソコン", "subheading")
        self._about_waiting = plain_label(_NOBODY, "secondary")
        self._go_on = False
        self._pending_box = _column()
        self.decision_list = DecisionList(desk)
        self.decision_list.join_requested.connect(
            lambda manifest: self.screen_requested.emit("joining", VersionToJoin(manifest))
        )
        self.decision_list.use_requested.connect(self._actions.use)
        self.decision_list.discard_requested.connect(self._actions.discard)
        self.decision_list.failed.connect(self._failed)
        self.register = RegisterCard(desk.members)
        self.register.asked.connect(self._act)
        self.register.chosen.connect(self._read_chosen)
        self._ending = plain_label("", "soft")
        self._ending.hide()
        self.add(self._ending)
        self.add(self._waiting_title)
        self.add(self._about_waiting)
        self.add_layout(self._pending_box)
        self.add(self.decision_list)
        self.add(self.register)
        self.papers = LostPapers(desk, self)
        self.papers.shown.connect(self._show_paper)
        self.papers.connect_part(self.register)
        self.add_stretch()

    @property
    def decisions(self) -> list[DecisionCard]:
        """The cards of reports that wait for a choice."""
        return self.decision_list.cards

    def enter(self) -> None:
        """Read what waits."""
        self.papers.put_away()
        self.reload()

    def show_target(self, target: object) -> None:
        """Go to a district's card."""
        if isinstance(target, DistrictOf):
            self._wanted_org = target.org
            self._focus_wanted()
        elif isinstance(target, LostComputerOf):
            self._lost_org = target.org
            self.reload()

    def reload(self) -> None:
        """Show what the store says now."""
        services = self._desk.services

        def read() -> _State:
            return _State(
                services.registrations.pending(),
                services.registrations.waiting_decisions(),
                services.registrations.registrations(),
                services.registrations.ending(),
                services.roster.organisations(),
                services.review.overview(self._desk.fiscal_year()),
            )

        self._desk.worker.run(read, self._show, self._failed, self)

    def _show(self, state: _State) -> None:
        self._names = names = {org.code: org.name for org in state.organisations}
        telephones = {org.code: org.telephone for org in state.organisations}
        for key, number in counts(state.districts).items():
            self._desk.count(key, number)
        self._show_pending(sorted(state.pending, key=lambda one: one.org))
        self.decision_list.show_waiting(state.decisions, names, telephones)
        put_after(self.messages.close_button, *self.pending, self.decision_list, self.register)
        self.register.show_registrations(state.register, names)
        self._ending.setText(ending_words(state.ending, names))
        self._ending.setVisible(bool(state.ending) and not self.papers.is_shown())
        self._focus_wanted()
        if self._go_on:
            self._focus_next()
        if self._lost_org:
            self._stop_lost(state.register)

    def _show_pending(self, pending: Sequence[PendingKey]) -> None:
        kept = {card.pending: card for card in self.pending}
        gone = [card for waiting, card in kept.items() if waiting not in pending]
        _empty(self._pending_box, gone)
        self.pending = []
        for at, waiting in enumerate(pending):
            card = kept.get(waiting)
            if card is None:
                card = PendingCard(waiting)
                card.approve_requested.connect(self._actions.approve)
                card.reject_requested.connect(self._actions.reject)
                self._pending_box.insertWidget(at, card)
            self.pending.append(card)
        self._about_waiting.setText(_HOW if pending else _NOBODY)

    def _focus_wanted(self) -> None:
        card = next((card for card in self.pending if card.pending.org == self._wanted_org), None)
        other = next((card for card in self.decisions if card.held.org == self._wanted_org), None)
        if card is not None:
            card.number.focus_input()
            self.ensure_visible(card)
        elif other is not None:
            other.join_button.setFocus()
            self.ensure_visible(other)
        else:
            self._choose_registration()
        if card or other:
            self._wanted_org = ""

    def _stop_lost(self, register: Sequence[KeyRegistration]) -> None:
        """Stop the only computer of a district at once; of several, the person says which."""
        org, self._lost_org = self._lost_org, ""
        here = [one for one in register if one.org == org and one.state in _AT_WORK]
        if not here:
            self.messages.show_message("warning", _NO_COMPUTER)
            return
        self.register.list.select_key(here[0].key)
        if len(here) == 1:
            self._actions.suspend(here[0].key, "")
            return
        self.messages.show_message("warning", _WHICH.format(len(here)))
        self.register.list.setFocus()

    def _stopped(self, key: str, words: str) -> None:
        one = self.register.chosen_registration()
        name = self._names.get(one.org, one.org) if one is not None and one.key == key else ""
        said = f"{name}のパソコンを{words}" if name else words
        self._done("undo", said, "")
        self.messages.show_message("undo", said, "元に戻す", lambda: self._actions.take_back_stop(key))
        self.register.list.select_key(key)
        self.messages.action_button.setFocus()
        QTimer.singleShot(0, self, self._show_row)  # when what the message and the row say has its place

    def _show_row(self) -> None:
        """The row that was acted on, and below it what can be done now."""
        self.scroll_to(self.register.list, self.register.list.chosen_top())

    def _show_paper(self, on: bool) -> None:
        """A paper takes the whole page until it is put away."""
        for widget in (self._waiting_title, self._about_waiting, *self.pending, self.decision_list):
            widget.setVisible(not on)
        self.register.setVisible(not on)
        self._ending.setVisible(not on and bool(self._ending.text()))
        self.scroll_to_top()

    def _choose_registration(self) -> None:
        """Where nothing of the district waits, its row of the register is meant."""
        key = self.register.key_of(self._wanted_org)
        if key and self.register.list.select_key(key):
            self._wanted_org = ""
            self.register.list.setFocus()

    def _focus_next(self) -> None:
        """Go on with the next paper, without searching for its card."""
        self._go_on = False
        if self.pending:
            self.pending[0].number.focus_input()
        elif self.messages.action_button.isVisible():
            self.messages.action_button.setFocus()
        elif self.decisions:
            self.decisions[0].join_button.setFocus()

    def _done(self, kind: str, words: str, package_id: str) -> None:
        if package_id and self._desk.members is DISTRICTS:
            target = ReportOf(package_id)
            self.messages.show_message(
                kind, words, "確認する", lambda: self.screen_requested.emit("review", target)
            )
        else:
            self.messages.show_message(kind, words)
        focus: QWidget | None = self.focusWidget()
        self._go_on = focus is not None and any(card.isAncestorOf(focus) for card in self.pending)
        self.register.clear_typed()
        self.reload()
        self.scroll_to_top()
        chosen = self.register.list.selected_key()
        if chosen is not None:
            self._read_chosen(str(chosen))

    def _number_refused(self, key: str, words: str) -> None:
        card = next((card for card in self.pending if card.approve_key() == key), None)
        if card is not None:
            card.show_problem(words)
        else:
            self.register.show_number_problem(words)

    def _act(self, action: str, key: str, typed: str) -> None:
        if action == REVOKE:
            self.messages.show_message("warning", _SURE, "取り消す", lambda: self._actions.revoke(key, typed))
            self.messages.action_button.setFocus()
            self.scroll_to_top()
        elif action == RENEW:
            self._actions.approve(key, typed)
        elif action == SUSPEND:
            self._actions.suspend(key, typed)
        else:
            self._actions.resume(key, typed)

    def _read_chosen(self, key: str) -> None:
        registrations = self._desk.services.registrations
        self._desk.worker.run(
            lambda: registrations.log(key),
            lambda changes: self.register.show_log(key, changes),
            self._failed,
            self,
        )
        one = self.register.chosen_registration()
        if one is not None and one.state in STOPPED:
            self.papers.read(key)

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
