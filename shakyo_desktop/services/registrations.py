"""The office's register of keys: who waits, approval by a typed number, suspension, revocation, the end."""

from dataclasses import replace
from datetime import date, datetime
from typing import NoReturn

from shakyo_desktop.domain.codes import KeyState
from shakyo_desktop.domain.errors import NotFound, NotReady, WrongNumber
from shakyo_desktop.domain.keeping import KeyChange
from shakyo_desktop.domain.submission import HeldPackage, KeyRegistration
from shakyo_desktop.exchange.keys import read_check_number
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.held_decisions import HeldComparison, HeldDecisions
from shakyo_desktop.services.intake import IntakeService
from shakyo_desktop.services.key_states import (
    HANDOVER,
    PENDING_CODES,
    RENEWED,
    as_on,
    end_of_term,
    ends_soon,
)
from shakyo_desktop.services.lost_computers import LostComputers
from shakyo_desktop.services.pending_keys import PendingKey, pending_keys
from shakyo_desktop.services.verdicts import Verdict
from shakyo_desktop.services.works import Work
from shakyo_desktop.storage.stores import Stores

__all__ = ["HeldComparison", "PendingKey", "RegistrationService"]

_NOT_12_DIGITS = (
    "確認番号は12けたの数字です。\n登録は変わっていません。\n送付票を見て、もう一度入力してください。"
)
_NO_MATCH = (
    "確認番号が合いません。\n登録は変わっていません。待っているファイルもそのままです。\n"
    "送付票の番号と見くらべ、それでも合わないときは、名簿にある電話番号へ電話をして確かめてください。"
)
_APPROVABLE = (KeyState.PENDING, KeyState.ACTIVE, KeyState.EXPIRED)
_SUCCEEDED = (KeyState.ACTIVE, KeyState.EXPIRED, KeyState.SUSPENDED)


class RegistrationService:
    """Who may hand in for which district. ``lost`` says what came from a computer that was lost."""

    def __init__(self, context: ServiceContext, intake: IntakeService) -> None:
        self._context = context
        self.lost = LostComputers(context)
        self._held = HeldDecisions(context, intake)

    def pending(self) -> tuple[PendingKey, ...]:
        """Keys whose packages wait for a number to be typed, oldest first."""
        with self._context.database.reading() as stores:
            return pending_keys(stores, self._context.today())

    def waiting_decisions(self) -> tuple[HeldPackage, ...]:
        """Packages held for another reason: two versions of one report, a report after the final one.

        The code ``seq.fork`` says that its key was copied.
        """
        return self._held.waiting()

    def compare_version(self, manifest: str) -> HeldComparison:
        """What using a held report would change against the one that counts; nothing is stored.

        Raises:
            NotFound: it is not held any more.
            NotReady: its sender's registration does not allow it now.
        """
        return self._held.compare(manifest)

    def registrations(self) -> tuple[KeyRegistration, ...]:
        """Every key of the register by organisation, with its state today."""
        with self._context.database.reading() as stores:
            return tuple(as_on(one, self._context.today()) for one in stores.keys.registrations())

    def ending(self) -> tuple[KeyRegistration, ...]:
        """Registrations whose last day is within 60 days, or past: what they send would soon be held."""
        with self._context.database.reading() as stores:
            return ending_soon(stores, self._context.today())

    def log(self, key: str) -> tuple[KeyChange, ...]:
        """Who changed a registration when, oldest first."""
        with self._context.database.reading() as stores:
            return stores.keys.log(key)

    def approve(self, key: str, typed_number: str, end_previous: bool = False) -> tuple[Verdict, ...]:
        """Register a key whose 12 digits match, and take in what it sent, lowest number first.

        Args:
            typed_number: from the cover sheet, as typed.
            end_previous: 「前の登録を終わる」: the district's other keys are retired (handover).

        Raises:
            WrongNumber: it is not this key's number; nothing changes.
            NotReady: the key was stopped, revoked or succeeded; a number alone does not bring it back.
        """
        digits = _digits(typed_number)
        with self._context.database.transaction() as stores:
            registration = _known(stores, key)
            if registration.check_number != digits:
                raise WrongNumber(_NO_MATCH)
            if registration.state not in _APPROVABLE:
                _not_possible(registration)
            who, now = _who(stores), self._context.now()
            if end_previous:
                _retire_others(stores, registration, who, now)
            # Never earlier than it was: the office's own clock may have been set back.
            ends = max(end_of_term(self._context.today()), registration.expires_on or date.min)
            # Typed again after a power cut came between it and its files: nothing is approved twice.
            if (registration.state, registration.expires_on) != (KeyState.ACTIVE, ends):
                approved = replace(
                    _changed(registration, KeyState.ACTIVE, now), approved_at=now, expires_on=ends
                )
                stores.keys.save(approved, who, now, RENEWED if registration.approved_at else "")
        with self._context.doing(Work.APPROVE):
            return self._held.take_in_waiting(key)

    def approve_matching(
        self, org: str, typed_number: str, end_previous: bool = False
    ) -> tuple[Verdict, ...]:
        """The same when only the organisation is known: the number says which of its keys is meant.

        Raises:
            WrongNumber: no waiting key of this organisation has this number.
        """
        digits = _digits(typed_number)
        with self._context.database.reading() as stores:
            waiting = [one for one in stores.held.all(org=org) if one.code in PENDING_CODES]
        for held in waiting:
            if held.check_number == digits:
                return self.approve(held.key, digits, end_previous)
        raise WrongNumber(_NO_MATCH)

    def renew(self, key: str, typed_number: str) -> tuple[Verdict, ...]:
        """Three more years for a key whose number was typed again."""
        return self.approve(key, typed_number)

    def use_version(self, manifest: str) -> Verdict:
        """Take in a held report although another version is here: it becomes the one that counts.

        Raises:
            NotFound: it is not held any more.
        """
        return self._held.use(manifest)

    def discard(self, manifest: str) -> None:
        """Do not use a held report: it is kept as it was signed and answered with the one that counts.

        The district's program joins both field by field and goes on from the report that counts.

        Raises:
            NotFound: it is not held any more.
            NotReady: its sender is not registered yet.
        """
        self._held.set_aside(manifest)

    def reject(self, key: str) -> None:
        """「違います」: what the key sent is deleted, and a key that was never registered is forgotten."""
        with self._context.database.transaction() as stores:
            registration = _known(stores, key)
            for held in stores.held.all(key=key):
                if held.code in PENDING_CODES:
                    stores.held.remove(held.manifest)
            if registration.state is KeyState.PENDING:
                stores.keys.save(registration, _who(stores), self._context.now(), "違います")
                stores.keys.forget(key)

    def suspend(self, key: str, note: str = "") -> None:
        """Stop a key at once: a computer was lost, reported by telephone."""
        self._move(key, (KeyState.ACTIVE, KeyState.EXPIRED), KeyState.SUSPENDED, note)

    def resume(self, key: str, note: str = "") -> None:
        """The computer was found."""
        self._move(key, (KeyState.SUSPENDED,), KeyState.ACTIVE, note)

    def revoke(self, key: str, note: str = "") -> None:
        """End a key for ever."""
        self._move(
            key,
            (KeyState.ACTIVE, KeyState.SUSPENDED, KeyState.EXPIRED, KeyState.PENDING),
            KeyState.REVOKED,
            note,
        )

    def _move(self, key: str, allowed: tuple[KeyState, ...], wanted: KeyState, note: str) -> None:
        with self._context.database.transaction() as stores:
            registration = _known(stores, key)
            if registration.state not in allowed:
                _not_possible(registration)
            now = self._context.now()
            stores.keys.save(_changed(registration, wanted, now, note), _who(stores), now, note)


def ending_soon(stores: Stores, today: date) -> tuple[KeyRegistration, ...]:
    """The registrations of active organisations that end soon or have ended, the first to end first."""
    found = [
        as_on(one, today)
        for one in stores.keys.registrations(states=(KeyState.ACTIVE,))
        if one.expires_on is not None and ends_soon(one.expires_on, today)
    ]
    active = {org.code for org in stores.organisations.all(active_only=True)}
    return tuple(
        sorted(
            (one for one in found if one.org in active), key=lambda one: (one.expires_on or date.max, one.org)
        )
    )


def _retire_others(stores: Stores, successor: KeyRegistration, who: str, now: datetime) -> None:
    for other in stores.keys.registrations(successor.org, _SUCCEEDED):
        if other.key != successor.key:
            stores.keys.save(_changed(other, KeyState.RETIRED, now), who, now, HANDOVER)


def _digits(typed_number: str) -> str:
    digits = read_check_number(typed_number)
    if digits is None:
        raise WrongNumber(_NOT_12_DIGITS, code="check_number.form")
    return digits


def _who(stores: Stores) -> str:
    return str(stores.settings.get("person_name", ""))


def _known(stores: Stores, key: str) -> KeyRegistration:
    found = stores.keys.find(key)
    if found is None:
        raise NotFound("この登録は見つかりません。記録は何も変わっていません。")
    return found


def _changed(
    registration: KeyRegistration, state: KeyState, at: datetime, note: str | None = None
) -> KeyRegistration:
    kept = registration.note if note is None else note
    return replace(registration, state=state, changed_at=at, note=kept)


def _not_possible(registration: KeyRegistration) -> NoReturn:
    raise NotReady(
        f"今の登録は「{registration.state.label}」なので、この操作はできません。\n登録は変わっていません。"
    )
