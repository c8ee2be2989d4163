"""Keys that are the same in every run, so that bytes that were kept are opened tomorrow; worth nothing."""

import hashlib

from cryptography.hazmat.primitives.asymmetric import ec

from shakyo_desktop.exchange.certificate import make_certificate
from shakyo_desktop.exchange.keys import Mailbox, SigningKey

_LETTERS = "qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_CHECK = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)


def secret(name: str) -> bytes:
    """32 bytes that a name stands for."""
    return hashlib.sha256(f"fictional {name}".encode()).digest()


def signing_key(org: str, name: str) -> SigningKey:
    """An organisation's signing key."""
    private = ec.derive_private_key(int.from_bytes(secret(name)[:31], "big"), ec.SECP256R1())
    return SigningKey(private, make_certificate(org, private))


def mailbox(name: str) -> Mailbox:
    """A mailbox whose X25519 secret is ``secret(name)``."""
    return Mailbox(bech32("age-secret-key-", secret(name)).upper())


def bech32(prefix: str, data: bytes) -> str:
    """Bech32 (BIP 173) of whole bytes, as age writes its keys."""
    number = int.from_bytes(data, "big") << (-8 * len(data)) % 5
    count = -(-8 * len(data) // 5)
    values = [number >> 5 * place & 31 for place in reversed(range(count))]
    spread = [ord(one) >> 5 for one in prefix] + [0] + [ord(one) & 31 for one in prefix]
    check = _polymod([*spread, *values, *[0] * 6]) ^ 1
    values += [check >> 5 * (5 - place) & 31 for place in range(6)]
    return f"{prefix}1{''.join(_LETTERS[value] for value in values)}"


def _polymod(values: list[int]) -> int:
    state = 1
    for value in values:
        top = state >> 25
        state = (state & 0x1FFFFFF) << 5 ^ value
        for bit, check in enumerate(_CHECK):
            state ^= check if top >> bit & 1 else 0
    return state
