"""Sealing and opening the store key with age, and telling the right key from another."""

import hashlib
import hmac
import unicodedata

import pyrage

from shakyo_desktop.storage.key_slots import passphrase_file

KEY_BYTES = 32
AGE_ERRORS: tuple[type[Exception], ...] = (
    pyrage.DecryptError,
    pyrage.IdentityError,
    pyrage.RecipientError,
)


def new_identity() -> tuple[str, str]:
    """A new age identity: its secret text (``AGE-SECRET-KEY-1…``) and its recipient (``age1…``)."""
    made = pyrage.x25519.Identity.generate()
    return str(made), str(made.to_public())


def recipient_of(identity: str) -> str:
    """The ``age1…`` of an identity; raises one of ``AGE_ERRORS`` when it is none."""
    return str(pyrage.x25519.Identity.from_str(identity).to_public())


def normal(text: str) -> str:
    """What a person typed, in the one form that is sealed with: NFKC, no spaces around."""
    return unicodedata.normalize("NFKC", text).strip()


def check(key: bytes) -> str:
    """A fingerprint of the store key; 256 random bits cannot be guessed from it."""
    if len(key) != KEY_BYTES:
        raise ValueError("a store key has 32 bytes")
    return hashlib.sha256(b"shakyo-store-key-v1\0" + key).hexdigest()


def is_key(expected: str, key: bytes) -> bool:
    """Whether a key has this fingerprint."""
    return len(key) == KEY_BYTES and hmac.compare_digest(expected, check(key))


def seal_with_passphrase(key: bytes, passphrase: str) -> bytes:
    """Seal to a passphrase; slow on purpose (scrypt)."""
    return passphrase_file.seal(key, normal(passphrase))


def open_by_passphrase(sealed: bytes, passphrase: str) -> bytes:
    """Open with a passphrase; raises one of ``AGE_ERRORS``."""
    return passphrase_file.open_sealed(sealed, normal(passphrase))


def work_in_vain() -> None:
    """Take as long as opening with a passphrase does, where there is nothing to open."""
    passphrase_file.spend()


def seal_to(key: bytes, recipient: str) -> bytes:
    """Seal to a recipient; raises one of ``AGE_ERRORS`` when it is none."""
    sealed: bytes = pyrage.encrypt(key, [pyrage.x25519.Recipient.from_str(recipient)])
    return sealed


def open_by(sealed: bytes, identity: str) -> bytes:
    """Open with an identity; raises one of ``AGE_ERRORS``."""
    opened: bytes = pyrage.decrypt(sealed, [pyrage.x25519.Identity.from_str(identity)])
    return opened
