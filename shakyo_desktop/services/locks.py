"""How a new store opens: chosen by a person at the first start; the recovery sheet always does."""

import secrets
import unicodedata
from dataclasses import dataclass

from shakyo_desktop.domain.errors import BadInput

KEY_BYTES = 32
PASSPHRASE_LENGTH = 8
_LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # none that looks like another on paper
_GROUPS, _GROUP = 6, 4


@dataclass(frozen=True, slots=True)
class LockChoice:
    """The ways a store opens beside its recovery sheet.

    ``kinds`` holds ``key_ring`` (this computer's sign-in), ``passphrase`` and ``key_file`` (no protection:
    whoever has the folder opens it). Slots: package-format.md, "Keys without an operator".
    """

    kinds: frozenset[str] = frozenset({"key_ring"})
    passphrase: str | None = None


def new_store_key() -> bytes:
    """The random key a store is encrypted with (SQLCipher, 32 bytes)."""
    return secrets.token_bytes(KEY_BYTES)


def checked_passphrase(text: str | None) -> str:
    """A passphrase that is long enough, without spaces at its ends.

    Raises:
        BadInput: it is missing or too short.
    """
    passphrase = unicodedata.normalize("NFKC", text or "").strip()
    if len(passphrase) < PASSPHRASE_LENGTH:
        raise BadInput(
            f"合い言葉が短すぎます。\n{PASSPHRASE_LENGTH}文字以上の、ほかの人が思いつかない言葉にしてください。"
        )
    return passphrase


def printed_passphrase() -> str:
    """A random passphrase to print on paper and type back: 24 letters and digits, 120 bits."""
    return "-".join("".join(secrets.choice(_LETTERS) for _ in range(_GROUP)) for _ in range(_GROUPS))
