"""The keys of this installation: its signing key, its mailboxes, its recovery identity, and their papers."""

import io
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.keeping import MAILBOX, SIGNING, OwnKey
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.exchange.keys import Mailbox, SigningKey, check_number
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.stores import Stores

RECOVERY = "recovery"
"""A third purpose in the ``keys`` store, beside ``keeping.SIGNING`` and ``keeping.MAILBOX``."""

NEXT = "next_keys"
"""Setting: the public halves of the pair an office is changing to, ``{"key", "mailbox", "serial"}``;
``serial`` is the first setup that names them."""
FURTHER = "further_mailboxes"
"""Setting: an office's further computers, each ``{"recipient", "name", "added_at", "removed_at"}``."""

_NUMBERS = "check_numbers"


@dataclass(frozen=True, slots=True)
class NextKeys:
    """The pair an office is changing to; ``serial`` of the first setup that names it, or None."""

    signing: SigningKey
    mailbox: Mailbox
    serial: int | None


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """What this installation signs and reads with.

    ``mailboxes`` has the one in use first, then those that open packages too: the next one, and retired
    ones. A district's ``recovery`` only opens its store; an office's is also a recipient of everything
    sealed to it, and so were ``old_recoveries``. ``further`` are the ``age1…`` of its other computers.
    """

    signing: SigningKey
    mailboxes: tuple[Mailbox, ...]
    recovery: Mailbox | None
    next: NextKeys | None = None
    further: tuple[str, ...] = ()
    old_recoveries: tuple[Mailbox, ...] = ()

    @property
    def mailbox(self) -> Mailbox:
        """The mailbox that others seal to now."""
        return self.mailboxes[0]


@dataclass(frozen=True, slots=True)
class RecoverySheet:
    """The recovery identity as text, and as the page to print and keep."""

    text: str
    pdf: bytes


@dataclass(frozen=True, slots=True)
class PublicKeys:
    """This installation as others know it; ``check_number`` has 12 digits, ``identities`` are secret."""

    org: str
    key: str
    certificate_pem: str
    check_number: str
    recipients: tuple[str, ...]
    identities: tuple[str, ...]


def new_own_keys(org: str, recovery: Mailbox | None) -> OwnKeys:
    """A new signing key and mailbox for an organisation."""
    return OwnKeys(SigningKey.generate(org), (Mailbox.generate(),), recovery)


def keep_own_keys(stores: Stores, keys: OwnKeys, at: datetime) -> None:
    """Put new keys into the store."""
    org = keys.signing.org
    keep_signing(stores, keys.signing, at)
    for box in keys.mailboxes:
        keep_mailbox(stores, box, MAILBOX, org, at)
    if keys.recovery is not None:
        keep_mailbox(stores, keys.recovery, RECOVERY, org, at)


def keep_signing(stores: Stores, key: SigningKey, at: datetime) -> None:
    """Put a signing key into the store."""
    stores.keys.add_own(
        OwnKey(public=key.fingerprint, purpose=SIGNING, org=key.org, secret=key.to_bytes(), created_at=at)
    )


def keep_mailbox(stores: Stores, box: Mailbox, purpose: str, org: str, at: datetime) -> None:
    """Put a mailbox or a recovery identity (``purpose``) into the store."""
    secret = box.identity.encode()
    stores.keys.add_own(OwnKey(public=box.recipient, purpose=purpose, org=org, secret=secret, created_at=at))


def own_keys(stores: Stores) -> OwnKeys:
    """The keys of this installation.

    Raises:
        NotFound: there are none, as in a copy that was not restored through the program.
    """
    known: dict[str, Any] = stores.settings.get(NEXT, {})
    signing = [key for key in stores.keys.own(SIGNING) if key.public != known.get("key")]
    boxes = [key for key in stores.keys.own(MAILBOX, retired=True) if key.public != known.get("mailbox")]
    in_use = [key for key in boxes if key.retired_at is None]
    if not signing or not in_use:
        raise NotFound(
            "このパソコンの登録の鍵が見つかりません。記録は残っています。\n"
            "「控えから戻す」で、もう一度始めてください。"
        )
    retired = [key for key in boxes if key.retired_at is not None]
    recovery = stores.keys.own(RECOVERY)
    after = _next_keys(stores, known)
    opening = [_mailbox(key) for key in in_use]
    return OwnKeys(
        signing=SigningKey.from_bytes(signing[0].secret),
        mailboxes=(*opening, *([after.mailbox] if after else ()), *map(_mailbox, retired)),
        recovery=_mailbox(recovery[0]) if recovery else None,
        next=after,
        further=tuple(row["recipient"] for row in stores.settings.get(FURTHER, []) if not row["removed_at"]),
        old_recoveries=tuple(
            _mailbox(key) for key in stores.keys.own(RECOVERY, retired=True) if key.retired_at is not None
        ),
    )


def _next_keys(stores: Stores, known: dict[str, Any]) -> NextKeys | None:
    """The pair that an office is changing to, when it is."""
    signing = next((key for key in stores.keys.own(SIGNING) if key.public == known.get("key")), None)
    box = next((key for key in stores.keys.own(MAILBOX) if key.public == known.get("mailbox")), None)
    if signing is None or box is None:
        return None
    return NextKeys(SigningKey.from_bytes(signing.secret), _mailbox(box), known["serial"])


def _mailbox(key: OwnKey) -> Mailbox:
    return Mailbox(key.secret.decode())


def own_check_number(context: ServiceContext) -> str:
    """The 12 digits of this installation's key; worked out once (0.3 s), then remembered."""
    with context.database.reading() as stores:
        keys = own_keys(stores)
        known = stores.settings.get(_NUMBERS, {})
    identity = f"{keys.signing.fingerprint}/{keys.mailbox.recipient}"
    if identity not in known:
        number = check_number(keys.signing.certificate, keys.mailbox.recipient, keys.signing.org)
        with context.database.transaction() as stores:
            known = {**stores.settings.get(_NUMBERS, {}), identity: number}
            stores.settings.set(_NUMBERS, known)
    return str(known[identity])


def public_keys(context: ServiceContext) -> PublicKeys:
    """What ``keys`` on the command line shows."""
    number = own_check_number(context)
    with context.database.reading() as stores:
        keys = own_keys(stores)
    recovery = [box for box in (keys.recovery, *keys.old_recoveries) if box is not None]
    return PublicKeys(
        org=keys.signing.org,
        key=keys.signing.fingerprint,
        certificate_pem=keys.signing.certificate_pem(),
        check_number=number,
        recipients=tuple(box.recipient for box in keys.mailboxes),
        identities=tuple(box.identity for box in (*keys.mailboxes, *recovery)),
    )


def recovery_identities(context: ServiceContext) -> tuple[str, ...]:
    """The secret texts of the recovery sheets that this store knows, earlier ones too."""
    with context.database.reading() as stores:
        return tuple(key.secret.decode() for key in stores.keys.own(RECOVERY, retired=True))


def settle_sheets(context: ServiceContext) -> None:
    """Let of two recovery sheets only that one open the store which is in use, as the store says.

    Both do while a new one takes the old one's place, and until the next start when that is cut short.

    Raises:
        NotSaved: the store's folder cannot be written.
    """
    slots = key_slots.list_slots(context.data_dir)
    if sum(slot.way is key_slots.Way.RECOVERY for slot in slots) < 2:
        return
    with context.database.reading() as stores:
        in_use = stores.keys.own(RECOVERY)
    if in_use:
        key_slots.keep_recovery(context.data_dir, in_use[0].public)


def recovery_sheet(context: ServiceContext) -> RecoverySheet:
    """The recovery sheet once more.

    Raises:
        NotFound: the identity is not kept here (a copy that was restored with a passphrase).
    """
    with context.database.reading() as stores:
        keys = own_keys(stores)
        own = stores.organisations.get(keys.signing.org)
    if keys.recovery is None:
        raise NotFound(
            "復旧シートの文字は、このパソコンにはありません。\n前に印刷した復旧シートは、今も使えます。"
        )
    return make_sheet(own, keys.recovery, context.now())


def make_sheet(own: Organisation, recovery: Mailbox, at: datetime) -> RecoverySheet:
    """The page of a recovery identity; ``at`` (UTC) is printed on it."""
    from shakyo_desktop.documents.pdf.recovery_sheet import RecoverySheetData, make_recovery_sheet

    out = io.BytesIO()
    make_recovery_sheet(
        RecoverySheetData(
            org_code=own.code,
            org_name=own.name,
            role=own.kind,
            identity=recovery.identity,
            made_at=at,
            recipient=recovery.recipient,
        ),
        out,
    )
    return RecoverySheet(recovery.identity, out.getvalue())
