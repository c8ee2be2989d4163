"""Which ``age1…`` strings can be sealed to: one that only looks like a key fails when it is answered."""

from functools import lru_cache

import pyrage
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"  # Bech32, BIP 173
_BEGINNING, _CHECKSUM = len("age1"), 6
_ANY_KEY = X25519PrivateKey.from_private_bytes(b"\x01" * 32)


@lru_cache(maxsize=1024)
def is_recipient(text: str) -> bool:
    """Whether this is a public key that something can be sealed to.

    A wrong letter is no key, and a point of low order makes no secret (RFC 7748 clause 6.1): age's own
    library stops the whole program there.
    """
    try:
        pyrage.x25519.Recipient.from_str(text)
        _ANY_KEY.exchange(X25519PublicKey.from_public_bytes(_point(text)))
    except (pyrage.RecipientError, ValueError):
        return False
    return True


def _point(text: str) -> bytes:
    """The 32 bytes of a recipient whose checksum is right: 52 letters of five bits, four of them spare."""
    number = 0
    for letter in text[_BEGINNING:-_CHECKSUM]:
        number = number << 5 | _LETTERS.index(letter)
    return (number >> 4).to_bytes(32, "big")
