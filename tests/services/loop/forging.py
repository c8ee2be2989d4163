"""Packages a district's own key signed, but with other contents than its program would send."""

import hashlib
import io
import json
from datetime import datetime
from pathlib import Path
from typing import Any

from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.container import read_container
from shakyo_desktop.exchange.keys import SigningKey
from shakyo_desktop.exchange.manifest import write_manifest
from shakyo_desktop.exchange.sealing import seal, unseal
from shakyo_desktop.exchange.signature import sign_manifest
from shakyo_desktop.services.own_keys import own_keys
from shakyo_desktop.services.registry import Services
from tests.exchange.mischief import Entries, info_with, packed


def opened_by(services: Services, file: Path) -> Entries:
    """The entries of a file that this store can open."""
    with services.context.database.reading() as stores:
        keys = own_keys(stores)
    boxes = (*keys.mailboxes, *((keys.recovery,) if keys.recovery else ()))
    plain = unseal(io.BytesIO(file.read_bytes()), [box.identity for box in boxes])
    return {name: bytes(part) for name, part in read_container(plain).items()}


def signing_key(services: Services) -> SigningKey:
    """What this store signs with."""
    with services.context.database.reading() as stores:
        return own_keys(stores).signing


def office_boxes(services: Services) -> tuple[str, ...]:
    """The ``age1…`` recipients of an office."""
    with services.context.database.reading() as stores:
        keys = own_keys(stores)
    assert keys.recovery is not None
    return (keys.mailbox.recipient, keys.recovery.recipient)


def resealed(entries: Entries, *recipients: str) -> bytes:
    """The container of these entries, sealed anew."""
    out = io.BytesIO()
    seal(iter([packed(entries)]), recipients, out)
    return out.getvalue()


def resigned(entries: Entries, key: SigningKey) -> Entries:
    """The entries with a manifest and a signature that fit them."""
    listed = [name for name in entries if not name.startswith("META-INF") and name != names.MIMETYPE]
    digests = {name: hashlib.sha256(entries[name]).digest() for name in sorted(listed, key=names.order_key)}
    manifest = write_manifest(digests)
    created = datetime.fromisoformat(json.loads(entries[names.PACKAGE_INFO])["created_at"])
    return entries | {
        names.MANIFEST: manifest,
        names.SIGNATURE: sign_manifest(manifest, key, created),
    }


def forged(ward: Services, sender: Services, file: Path, **changes: Any) -> Path:
    """A report file again, with other fields of package.json (``report__revision``), signed by its sender."""
    entries = opened_by(ward, file)
    entries |= {names.PACKAGE_INFO: info_with(entries, **changes)}
    data = resealed(resigned(entries, signing_key(sender)), *office_boxes(ward))
    other = file.with_name(f"forged-{len(list(file.parent.iterdir()))}.shakyo")
    other.write_bytes(data)
    return other


def info_of(ward: Services, file: Path) -> dict[str, Any]:
    """package.json of a file."""
    found: dict[str, Any] = json.loads(opened_by(ward, file)[names.PACKAGE_INFO])
    return found
