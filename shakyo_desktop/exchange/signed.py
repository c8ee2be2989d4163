"""Signed entries: the signature over the manifest, the manifest over the files (reading order, steps 4–6)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.canonical import MAX_LINE
from shakyo_desktop.exchange.certificate import Certificate
from shakyo_desktop.exchange.manifest import (
    MAX_MANIFEST,
    check_digests,
    check_listed,
    manifest_hash,
    read_manifest,
)
from shakyo_desktop.exchange.refusal import require
from shakyo_desktop.exchange.signature import MAX_SIGNATURE, read_signature

Bytes = bytes | memoryview


@dataclass(frozen=True, slots=True)
class SignedEntries:
    """Entries that are what one key signed; whose key that is and what they say is judged next."""

    entries: Mapping[str, Bytes]
    manifest: str
    certificate: Certificate
    signed_at: datetime
    digests: Mapping[str, str]

    @property
    def package_info(self) -> bytes:
        """The bytes of package.json.

        Raises:
            PackageRefused: ``json.size`` when it is longer than a line may be; it is not copied.
        """
        data = self.entries[names.PACKAGE_INFO]
        require(len(data) <= MAX_LINE + 1, "json.size")
        return bytes(data)

    def tables(self) -> dict[str, Bytes]:
        """The tables' bytes by table name."""
        return {names.stem(name): data for name, data in self.entries.items() if name.startswith("data/")}

    def photos(self) -> dict[str, Bytes]:
        """The photos' bytes by photo id."""
        return {names.stem(name): data for name, data in self.entries.items() if name.startswith("photos/")}


def verify_signed(entries: Mapping[str, Bytes], *, without_photos: bool = False) -> SignedEntries:
    """Check signature, manifest and digests.

    Args:
        entries: by name, in container order.
        without_photos: photos may be missing although the manifest lists them.

    Raises:
        PackageRefused: ``sig.…`` or ``manifest.…``.
    """
    for name in (names.MANIFEST, names.SIGNATURE, names.PACKAGE_INFO):
        require(name in entries, "manifest.files", name)
    require(len(entries[names.SIGNATURE]) <= MAX_SIGNATURE, "sig.parse", "too long")
    require(len(entries[names.MANIFEST]) <= MAX_MANIFEST, "manifest.size")
    manifest = bytes(entries[names.MANIFEST])
    signature = read_signature(bytes(entries[names.SIGNATURE]), manifest)
    files = read_manifest(manifest)
    if without_photos:
        files = tuple(file for file in files if file.name in entries or not file.name.startswith("photos/"))
    check_listed(files, entries)
    check_digests(files, entries)
    digests = {file.name: file.sha256.hex() for file in files}
    return SignedEntries(
        entries, manifest_hash(manifest), signature.certificate, signature.signed_at, digests
    )
