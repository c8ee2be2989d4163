"""Codes that only the holder of a secret can make: what proves whose a copy (控え) is (docs/adr/0021).

Whoever has a recovery sheet's public recipient can seal a store key to it. So the sheet's secret vouches for
the store key in its slot, and the store key for everything else in a copy.
"""

import hashlib
import hmac

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

_VOUCHER = b"shakyo-slot-voucher-v1"
_COPY = b"shakyo-copy-code-v1"


def voucher_for(key: bytes, identity: str) -> str:
    """What the holder of a recovery identity (``AGE-SECRET-KEY-1…``) says of a store key: 64 hex digits."""
    return _code(identity.encode(), _VOUCHER, hashlib.sha256(key).digest())


def copy_code(key: bytes, data: bytes) -> str:
    """What the holder of a store key says of a copy's label: 64 hex digits."""
    return _code(key, _COPY, data)


def is_code(expected: str, code: str) -> bool:
    """Whether two codes are the same; a code may be any text."""
    return hmac.compare_digest(expected.encode(), code.encode("utf-8", "surrogatepass"))


def _code(secret: bytes, purpose: bytes, data: bytes) -> str:
    return hmac.digest(HKDF(SHA256(), 32, None, purpose).derive(secret), data, "sha256").hex()
