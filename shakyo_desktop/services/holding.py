"""Packages that wait for a person: kept sealed as they came, within limits, until someone decides."""

from dataclasses import dataclass
from datetime import datetime

from shakyo_desktop.domain.codes import KeyState
from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.domain.submission import HeldPackage, KeyRegistration
from shakyo_desktop.exchange.keys import check_number
from shakyo_desktop.exchange.package_info import PackageInfo, Sender
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.storage.stores import Stores

# Package format, "Reading order", step 14: a stranger must not fill the office's disk.
MOST_PER_KEY, MOST_PER_ORG, MOST_BYTES = 3, 6, 2 * 2**30


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Who a good package is from, and where it stands; its content is not needed to let it wait."""

    info: PackageInfo
    manifest: str
    certificate: bytes
    hold_code: str
    already_received: bool


def check_room(stores: Stores, manifest: str, sender: Sender, size: int) -> None:
    """Whether one more package of ``size`` bytes may wait.

    Raises:
        PackageRefused: ``key.pending_full``.
    """
    if stores.held.find(manifest) is not None:
        return
    full = (
        stores.held.usage(key=sender.key).count >= MOST_PER_KEY
        or stores.held.usage(org=sender.org).count >= MOST_PER_ORG
        or stores.held.usage().size + size > MOST_BYTES
    )
    if full:
        raise PackageRefused("key.pending_full")


def number_of(context: ServiceContext, waiting: Standing) -> str:
    """The sender's 12 digits: from the register, else worked out (0.3 s and 128 MiB)."""
    sender = waiting.info.sender
    with context.database.reading() as stores:
        known = stores.keys.find(sender.key)
    if known is not None and known.enc == sender.enc:
        return known.check_number
    return check_number(waiting.certificate, sender.enc, sender.org)


def hold(
    stores: Stores,
    waiting: Standing,
    sealed: bytes,
    number: str,
    received_at: datetime,
    file_name: str,
    who: str,
) -> bool:
    """Keep a package until a person decides; a key nobody knew becomes a pending registration.

    Returns:
        False when it is held already and nothing changed.
    """
    if stores.held.find(waiting.manifest) is not None:
        return False
    sender = waiting.info.sender
    known = stores.keys.find(sender.key)
    stores.held.put(
        HeldPackage(
            manifest=waiting.manifest,
            org=sender.org,
            key=sender.key,
            enc=sender.enc,
            check_number=known.check_number if known else number,
            code=waiting.hold_code,
            received_at=received_at,
            seq=waiting.info.seq,
            size=len(sealed),
            file_name=file_name,
        ),
        sealed,
    )
    if known is None:
        stores.keys.save(_newcomer(waiting, number, received_at), who, received_at)
    return True


def _newcomer(waiting: Standing, number: str, at: datetime) -> KeyRegistration:
    return KeyRegistration(
        key=waiting.info.sender.key,
        org=waiting.info.sender.org,
        certificate=waiting.certificate,
        enc=waiting.info.sender.enc,
        check_number=number,
        state=KeyState.PENDING,
        first_seen=at,
    )
