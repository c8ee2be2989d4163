"""The beginning of a package, to put several into order; nothing is decided by it.

The first entries are manifest, signature and package.json, so that a hundred megabytes of photos need
not be decrypted to learn who signed a package and its number.
"""

import hashlib
import struct
from collections.abc import Sequence
from dataclasses import dataclass
from typing import BinaryIO

import pyrage

from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.manifest import MAX_MANIFEST, read_manifest
from shakyo_desktop.exchange.package_info import read_package_info
from shakyo_desktop.exchange.sealing import count_stanzas, file_size
from shakyo_desktop.exchange.signature import read_signature

# Two chunks of age more than the largest manifest, signature and package.json can take.
_ENOUGH = MAX_MANIFEST + 2**18
_LOCAL = struct.Struct("<4s5H3I2H")
_FIRST_ENTRIES = 4


@dataclass(frozen=True, slots=True)
class Place:
    """Who signed a package (SHA-256 of the certificate, hex) and its number in that key's chain."""

    key: str
    seq: int


class _EnoughRead(Exception):
    """Stops the decryption."""


class _Beginning:
    """Keeps the first bytes that are decrypted, then stops."""

    def __init__(self) -> None:
        self.data = bytearray()

    def write(self, data: bytes) -> int:
        self.data += data
        if len(self.data) >= _ENOUGH:
            raise _EnoughRead
        return len(data)

    def flush(self) -> None:
        """pyrage asks for it at the end."""


def peek_place(sealed: BinaryIO, identities: Sequence[str]) -> Place | None:
    """Where a sealed package stands, or None when that cannot be told; its signature is checked first.

    Args:
        sealed: the file, seekable; left at its start.
        identities: the ``AGE-SECRET-KEY-1…`` it may be opened with.
    """
    try:
        file_size(sealed)
        count_stanzas(sealed)
        first = _first_entries(_decrypt_beginning(sealed, identities))
        manifest, info = first[names.MANIFEST], first[names.PACKAGE_INFO]
        signature = read_signature(first[names.SIGNATURE], manifest)
        listed = {file.name: file.sha256 for file in read_manifest(manifest)}
        if listed.get(names.PACKAGE_INFO) != hashlib.sha256(info).digest():
            return None
        return Place(signature.certificate.fingerprint, read_package_info(info)[0].seq)
    except (PackageRefused, KeyError, struct.error):
        return None
    finally:
        sealed.seek(0)


def _decrypt_beginning(sealed: BinaryIO, identities: Sequence[str]) -> bytes:
    beginning = _Beginning()
    keys = [pyrage.x25519.Identity.from_str(identity) for identity in identities]
    try:
        pyrage.decrypt_io(sealed, beginning, keys)
    except (pyrage.DecryptError, OSError, _EnoughRead):
        # Either enough was read, or the full reading will say what is wrong.
        return bytes(beginning.data)
    return bytes(beginning.data)


def _first_entries(data: bytes) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    position = 0
    for _ in range(_FIRST_ENTRIES):
        fields = _LOCAL.unpack_from(data, position)
        size, name_size = fields[7], fields[9]
        start = position + _LOCAL.size + name_size
        name = data[position + _LOCAL.size : start].decode("ascii", errors="replace")
        position = start + size
        found[name] = data[start:position]
    return found
