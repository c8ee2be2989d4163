"""The keys of this installation: its signing key, its mailboxes, its recovery identity, and their papers."""

import io
from dataclasses import dataclass
from datetime import datetime

from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.keeping import MAILBOX, SIGNING, OwnKey
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.exchange.keys import Mailbox, SigningKey, check_number
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.storage.stores import Stores

RECOVERY = "recovery"
"""A third purpose in the ``keys`` store, beside ``keeping.SIGNING`` and ``keeping.MAILBOX``."""

_NUMBERS = "check_numbers"


@dataclass(frozen=True, slots=True)
class OwnKeys:
    """What this installation signs and reads with.

    ``mailboxes`` has the one in use first, then retired ones, which still open old packages. A district's
    ``recovery`` only opens its store; an office's is also a recipient of everything sealed to it.
    """

    signing: SigningKey
    mailboxes: tuple[Mailbox, ...]
    recovery: Mailbox | None

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
    rows = [(keys.signing.fingerprint, SIGNING, keys.signing.to_bytes())]
    rows += [(box.recipient, MAILBOX, box.identity.encode()) for box in keys.mailboxes]
    if keys.recovery is not None:
        rows.append((keys.recovery.recipient, RECOVERY, keys.recovery.identity.encode()))
    for public, purpose, secret in rows:
        stores.keys.add_own(OwnKey(public=public, purpose=purpose, org=org, secret=secret, created_at=at))


def own_keys(stores: Stores) -> OwnKeys:
    """The keys of this installation.

    Raises:
        NotFound: there are none, as in a copy that was not restored through the program.
    """
    signing = stores.keys.own(SIGNING)
    in_use = stores.keys.own(MAILBOX)
    if not signing or not in_use:
        raise NotFound(
            "このパソコンの登録の鍵が見つかりません。記録は残っています。\n"
            "「控えから戻す」で、もう一度始めてください。"
        )
    retired = [key for key in stores.keys.own(MAILBOX, retired=True) if key not in in_use]
    recovery = stores.keys.own(RECOVERY)
    return OwnKeys(
        SigningKey.from_bytes(signing[0].secret),
        tuple(Mailbox(key.secret.decode()) for key in (*in_use, *retired)),
        Mailbox(recovery[0].secret.decode()) if recovery else None,
    )


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
    recovery = (keys.recovery,) if keys.recovery is not None else ()
    return PublicKeys(
        org=keys.signing.org,
        key=keys.signing.fingerprint,
        certificate_pem=keys.signing.certificate_pem(),
        check_number=number,
        recipients=tuple(box.recipient for box in keys.mailboxes),
        identities=tuple(box.identity for box in (*keys.mailboxes, *recovery)),
    )


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
