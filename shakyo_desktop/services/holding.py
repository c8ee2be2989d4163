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


def hold(
    stores: Stores,
    opened: OpenedPackage,
    sealed: bytes,
    check_number: str,
    received_at: datetime,
    file_name: str,
    who: str,
) -> None:
    """Keep a package until a person decides; a key nobody knew becomes a pending registration."""
    if stores.held.find(opened.manifest) is not None:
        return
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
        registration = KeyRegistration(
            key=sender.key,
            org=sender.org,
            certificate=opened.certificate,
            enc=sender.enc,
            check_number=check_number,
            state=KeyState.PENDING,
            first_seen=received_at,
        )
        stores.keys.save(registration, who, received_at)
