"""New keys for this installation, and the old ones kept to read what was sealed to them.

A district gets a new pair at once: its next report is a new computer's for the office. An office changes in
two steps, so that nobody has to type anything: a setup signed with the old key names the new one too; when
the districts have taken it in, the office goes over (package-format.md, "A later setup"). When the old key
is not to be trusted any more, the office changes at once and every district types a new slip's number.
"""

from dataclasses import dataclass
from datetime import datetime

from shakyo_desktop.domain.codes import KeyState, OrganisationKind
from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.domain.keeping import MAILBOX, SIGNING
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.exchange.keys import Mailbox, SigningKey
from shakyo_desktop.services.answer_package import serial_known_to
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.key_states import state_on
from shakyo_desktop.services.own_keys import NEXT, keep_mailbox, keep_signing, own_keys
from shakyo_desktop.services.setups import SetupService
from shakyo_desktop.storage.stores import Stores

_NOT_CHANGING = "鍵の取りかえは始まっていません。\n鍵は今までのままです。"
_CHANGING = (
    "鍵の取りかえの途中です。今の鍵はそのままです。\n"
    "「新しい鍵に切りかえる」か「取りかえをやめる」を先に押してください。"
)


@dataclass(frozen=True, slots=True)
class KeyChange:
    """A change of an office's key that is going on.

    ``serial`` is the setup that names the new key; ``ready`` are the organisations whose every computer has
    it as far as their files tell, ``waiting`` the registered ones that may not have it yet.
    """

    serial: int
    ready: tuple[Organisation, ...]
    waiting: tuple[Organisation, ...]


class KeyChangeService:
    """New signing keys and mailboxes; old mailboxes go on opening what was sealed to them."""

    def __init__(self, context: ServiceContext, setups: SetupService) -> None:
        self._context = context
        self._setups = setups

    def renew_district(self) -> None:
        """A district's new signing key and mailbox; its next report waits for its number at the office.

        Raises:
            NotReady: this is an office.
        """
        with self._context.database.transaction() as stores:
            if _is_office(stores):
                raise NotReady(_OFFICE)
            _replace_all(stores, self._context.now())

    def change(self) -> KeyChange | None:
        """The change that is going on, or None."""
        with self._context.database.reading() as stores:
            after = own_keys(stores).next
            if after is None:
                return None
            serial, today = after.serial or 0, self._context.today()
            states = {
                one.org
                for one in stores.keys.registrations()
                if state_on(one, today) in (KeyState.ACTIVE, KeyState.EXPIRED)
            }
            own = str(stores.settings.get("org"))
            members = [
                org for org in stores.organisations.all(parent=own, active_only=True) if org.code in states
            ]
            known = {org.code: serial_known_to(stores, org.code, today) for org in members}
        ready = tuple(org for org in members if 0 < serial <= known[org.code])
        return KeyChange(serial, ready, tuple(org for org in members if org not in ready))

    def begin_change(self) -> KeyChange:
        """Make an office's next pair and the setup that names it, signed with the key of now.

        A beginning that was cut short is gone on with.

        Raises:
            NotReady: this is a district's data.
        """
        with self._context.database.transaction() as stores:
            expect_office(stores)
            if own_keys(stores).next is None:
                _add_next(stores, self._context.now())
        info = self._setups.issue()
        with self._context.database.transaction() as stores:
            known = stores.settings.get(NEXT)
            if known["serial"] is None:
                stores.settings.set(NEXT, {**known, "serial": info.serial})
        found = self.change()
        if found is None:
            raise AssertionError("a change that just began")
        return found

    def give_up_change(self) -> None:
        """Stay with the key of now; what was sealed to the next mailbox still opens.

        Raises:
            NotReady: no change is going on.
        """
        with self._context.database.transaction() as stores:
            after = own_keys(stores).next
            if after is None:
                raise NotReady(_NOT_CHANGING)
            now = self._context.now()
            stores.keys.retire_own(after.signing.fingerprint, now)
            stores.keys.retire_own(after.mailbox.recipient, now)
            stores.settings.remove(NEXT)

    def finish_change(self) -> None:
        """Sign with the new pair from now on; the old mailbox is kept to open what is sealed to it.

        Raises:
            NotReady: no change is going on, or its setup was never made.
        """
        with self._context.database.transaction() as stores:
            keys = own_keys(stores)
            if keys.next is None or keys.next.serial is None:
                raise NotReady(_NOT_CHANGING)
            now = self._context.now()
            stores.keys.retire_own(keys.signing.fingerprint, now)
            stores.keys.retire_own(keys.mailbox.recipient, now)
            stores.settings.remove(NEXT)
        self._setups.issue()

    def replace_now(self) -> None:
        """The office's key is lost or stolen: a new pair at once; every district must type a new slip.

        Raises:
            NotReady: this is a district's data.
        """
        with self._context.database.transaction() as stores:
            expect_office(stores)
            stores.settings.remove(NEXT)
            _replace_all(stores, self._context.now())
        self._setups.issue()

    def new_mailbox(self) -> None:
        """Only a new mailbox for an office: the key stays, and the next setup tells it to everybody.

        Raises:
            NotReady: this is a district's data, or a change of the key is going on.
        """
        with self._context.database.transaction() as stores:
            expect_office(stores)
            keys, now = own_keys(stores), self._context.now()
            if keys.next is not None:
                raise NotReady(_CHANGING)
            stores.keys.retire_own(keys.mailbox.recipient, now)
            keep_mailbox(stores, Mailbox.generate(), MAILBOX, keys.signing.org, now)
        self._setups.issue()


_OFFICE = "これは地区部会のデータで使います。鍵は今までのままです。"
_DISTRICT = "これは事務所のデータで使います。鍵は今までのままです。"


def _is_office(stores: Stores) -> bool:
    return bool(stores.settings.get("role") != OrganisationKind.DISTRICT.value)


def expect_office(stores: Stores) -> None:
    """Refuse what only an office does.

    Raises:
        NotReady: this is a district's data.
    """
    if not _is_office(stores):
        raise NotReady(_DISTRICT)


def _add_next(stores: Stores, now: datetime) -> None:
    org = own_keys(stores).signing.org
    signing, box = SigningKey.generate(org), Mailbox.generate()
    stores.settings.set(NEXT, {"key": signing.fingerprint, "mailbox": box.recipient, "serial": None})
    keep_signing(stores, signing, now)
    keep_mailbox(stores, box, MAILBOX, org, now)


def _replace_all(stores: Stores, now: datetime) -> None:
    """Retire every pair in use and make one new pair."""
    org = own_keys(stores).signing.org
    for purpose in (SIGNING, MAILBOX):
        for key in stores.keys.own(purpose):
            stores.keys.retire_own(key.public, now)
    keep_signing(stores, SigningKey.generate(org), now)
    keep_mailbox(stores, Mailbox.generate(), MAILBOX, org, now)
