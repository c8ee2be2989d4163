"""Packages that wait for a person: kept sealed as they came, within limits, until someone decides."""

from datetime import datetime

from shakyo_desktop.domain.codes import KeyState
from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.domain.submission import HeldPackage, KeyRegistration
from shakyo_desktop.exchange.opened import OpenedPackage
from shakyo_desktop.storage.stores import Stores

# Package format, "Reading order", step 14: a stranger must not fill the office's disk.
MOST_PER_KEY, MOST_PER_ORG, MOST_BYTES = 3, 6, 2 * 2**30


def check_room(stores: Stores, opened: OpenedPackage, size: int) -> None:
    """Whether one more package of ``size`` bytes may wait.

    Raises:
        PackageRefused: ``key.pending_full``.
    """
    if stores.held.find(opened.manifest) is not None:
        return
    sender = opened.info.sender
    full = (
        stores.held.usage(key=sender.key).count >= MOST_PER_KEY
        or stores.held.usage(org=sender.org).count >= MOST_PER_ORG
        or stores.held.usage().size + size > MOST_BYTES
    )
    if full:
        raise PackageRefused("key.pending_full")


def waiting_number(stores: Stores, opened: OpenedPackage) -> str:
    """The check number of a sender that is in the register with this mailbox, or empty."""
    sender = opened.info.sender
    known = stores.keys.find(sender.key)
    return known.check_number if known is not None and known.enc == sender.enc else ""


def hold(
    stores: Stores,
    opened: OpenedPackage,
    sealed: bytes,
    check_number: str,
    received_at: datetime,
    file_name: str,
    who: str,
) -> bool:
    """Keep a package until a person decides; a key nobody knew becomes a pending registration.

    Returns:
        False when it is held already and nothing changed.
    """
    if stores.held.find(opened.manifest) is not None:
        return False
    sender = opened.info.sender
    stores.held.put(
        HeldPackage(
            manifest=opened.manifest,
            org=sender.org,
            key=sender.key,
            enc=sender.enc,
            check_number=check_number,
            code=opened.hold_code,
            received_at=received_at,
            seq=opened.info.seq,
            size=len(sealed),
            file_name=file_name,
        ),
        sealed,
    )
    if stores.keys.find(sender.key) is None:
        stores.keys.save(_newcomer(opened, check_number, received_at), who, received_at)
    return True


def _newcomer(opened: OpenedPackage, check_number: str, at: datetime) -> KeyRegistration:
    return KeyRegistration(
        key=opened.info.sender.key,
        org=opened.info.sender.org,
        certificate=opened.certificate,
        enc=opened.info.sender.enc,
        check_number=check_number,
        state=KeyState.PENDING,
        first_seen=at,
    )
