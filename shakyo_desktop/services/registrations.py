"""The office's register of keys: who waits, approval by a typed number, suspension, revocation, the end."""

from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NoReturn

from shakyo_desktop.domain.codes import KeyState
from shakyo_desktop.domain.errors import NotFound, NotReady, WrongNumber
from shakyo_desktop.domain.keeping import KeyChange
from shakyo_desktop.domain.submission import HeldPackage, KeyRegistration
from shakyo_desktop.exchange.keys import read_check_number
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.intake import IntakeService
from shakyo_desktop.services.verdicts import Verdict
from shakyo_desktop.storage.stores import Stores

YEARS_OF_REGISTRATION = 3
_PENDING_CODES = ("key.pending", "key.expired")

_NOT_12_DIGITS = (
    "確認番号は12けたの数字です。\n登録は変わっていません。\n送付票を見て、もう一度入力してください。"
)
_NO_MATCH = (
    "確認番号が合いません。\n登録は変わっていません。待っているファイルもそのままです。\n"
    "送付票の番号と見くらべ、それでも合わないときは、名簿にある電話番号へ電話をして確かめてください。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PendingKey:
    """A key that waits for its number. The number itself is never shown: it is typed from paper."""

    key: str
    org: str
    org_name: str
    telephone: str
    first_seen: datetime
    held: int
    renewal: bool
    known_other_keys: tuple[KeyRegistration, ...]


class RegistrationService:
    """Who may hand in for which district."""

    def __init__(self, context: ServiceContext, intake: IntakeService) -> None:
        self._context = context
        self._intake = intake

    def pending(self) -> tuple[PendingKey, ...]:
        """Keys whose packages wait for a number to be typed, oldest first."""
        with self._context.database.reading() as stores:
            waiting: dict[str, list[HeldPackage]] = {}
            for held in stores.held.all():
                if held.code in _PENDING_CODES:
                    waiting.setdefault(held.key, []).append(held)
            found = [_pending(stores, packages) for packages in waiting.values()]
        return tuple(sorted(found, key=lambda one: one.first_seen))

    def waiting_decisions(self) -> tuple[HeldPackage, ...]:
        """Packages held for another reason: two versions of one report, a report after the final one."""
        with self._context.database.reading() as stores:
            return tuple(held for held in stores.held.all() if held.code not in _PENDING_CODES)

    def registrations(self) -> tuple[KeyRegistration, ...]:
        """Every key of the register, by organisation."""
        with self._context.database.reading() as stores:
            return stores.keys.registrations()

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
        """
        digits = read_check_number(typed_number)
        if digits is None:
            raise WrongNumber(_NOT_12_DIGITS, code="check_number.form")
        with self._context.database.transaction() as stores:
            registration = _known(stores, key)
            if registration.check_number != digits:
                raise WrongNumber(_NO_MATCH)
            who, now = self._who(stores), self._context.now()
            if end_previous:
                for other in stores.keys.registrations(registration.org):
                    if other.key != key and other.state in (
                        KeyState.ACTIVE,
                        KeyState.EXPIRED,
                        KeyState.SUSPENDED,
                    ):
                        stores.keys.save(_changed(other, KeyState.RETIRED, now), who, now, "引継ぎ")
            approved = replace(
                _changed(registration, KeyState.ACTIVE, now),
                approved_at=now,
                expires_on=_years_later(self._context.today()),
            )
            stores.keys.save(approved, who, now)
        return self._take_in_held(key)

    def approve_matching(
        self, org: str, typed_number: str, end_previous: bool = False
    ) -> tuple[Verdict, ...]:
        """The same when only the organisation is known: the number says which of its keys is meant.

        Raises:
            WrongNumber: no waiting key of this organisation has this number.
        """
        digits = read_check_number(typed_number)
        if digits is None:
            raise WrongNumber(_NOT_12_DIGITS, code="check_number.form")
        with self._context.database.reading() as stores:
            waiting = {held.key for held in stores.held.all(org=org) if held.check_number == digits}
        if not waiting:
            raise WrongNumber(_NO_MATCH)
        return self.approve(waiting.pop(), digits, end_previous)

    def _take_in_held(self, key: str) -> tuple[Verdict, ...]:
        with self._context.database.reading() as stores:
            held = sorted(stores.held.all(key=key), key=lambda one: one.seq)
        return tuple(self._decide(one) for one in held if one.code in _PENDING_CODES)

    def use_version(self, manifest: str) -> Verdict:
        """Take in a held report although another version is here: it becomes the one that counts."""
        with self._context.database.reading() as stores:
            held = stores.held.find(manifest)
        if held is None:
            raise NotFound("待っているファイルが見つかりません。記録は何も変わっていません。")
        return self._decide(held, chosen=True)

    def discard(self, manifest: str) -> None:
        """Do not use a held report; its file is deleted here and can be handed over again."""
        with self._context.database.transaction() as stores:
            stores.held.remove(manifest)

    def _decide(self, held: HeldPackage, chosen: bool = False) -> Verdict:
        with self._context.database.transaction() as stores:
            sealed = stores.held.sealed(held.manifest)
            verdict = self._intake.receive_held(
                stores, held.manifest if chosen else None, held.file_name, sealed
            )
            # What must still wait for another reason is held again under that reason.
            if verdict.verdict != "pending_approval":
                stores.held.remove(held.manifest)
            else:
                stores.held.put(replace(held, code=verdict.code), sealed)
        return verdict

    def reject(self, key: str) -> None:
        """「違います」: what the key sent is deleted; the key itself is forgotten as if never seen."""
        with self._context.database.transaction() as stores:
            for held in stores.held.all(key=key):
                stores.held.remove(held.manifest)
            registration = _known(stores, key)
            if registration.state is KeyState.PENDING:
                who, now = self._who(stores), self._context.now()
                stores.keys.save(_changed(registration, KeyState.PENDING, now), who, now, "違います")

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

    def renew(self, key: str, typed_number: str) -> tuple[Verdict, ...]:
        """Three more years for a key whose number was typed again."""
        return self.approve(key, typed_number)

    def _move(self, key: str, allowed: tuple[KeyState, ...], wanted: KeyState, note: str) -> None:
        with self._context.database.transaction() as stores:
            registration = _known(stores, key)
            if registration.state not in allowed:
                _not_possible(registration)
            now = self._context.now()
            stores.keys.save(_changed(registration, wanted, now, note), self._who(stores), now, note)

    def _who(self, stores: Stores) -> str:
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


def _pending(stores: Stores, packages: list[HeldPackage]) -> PendingKey:
    first = packages[0]
    org = stores.organisations.find(first.org)
    registration = _known(stores, first.key)
    others = tuple(
        one
        for one in stores.keys.registrations(first.org)
        if one.key != first.key and one.state is not KeyState.PENDING
    )
    return PendingKey(
        key=first.key,
        org=first.org,
        org_name=org.name if org else first.org,
        telephone=org.telephone if org else "",
        first_seen=registration.first_seen,
        held=len(packages),
        renewal=registration.state is not KeyState.PENDING,
        known_other_keys=others,
    )


def _years_later(day: date) -> date:
    """Three years on; 29 February becomes the 28th."""
    try:
        return day.replace(year=day.year + YEARS_OF_REGISTRATION)
    except ValueError:
        return day.replace(year=day.year + YEARS_OF_REGISTRATION, day=28)


def _not_possible(registration: KeyRegistration) -> NoReturn:
    raise NotReady(
        f"今の登録は「{registration.state.label}」なので、この操作はできません。\n登録は変わっていません。"
    )
