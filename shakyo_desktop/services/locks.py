"""How a new store opens: chosen by a person at the first start; the recovery sheet always does."""

import secrets
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from shakyo_desktop.domain.errors import BadInput, StoreLocked
from shakyo_desktop.storage import key_slots

PASSPHRASE_LENGTH = 8
_TRIAL_SERVICE, _TRIAL = "shakyo_desktop", "trial"


@dataclass(frozen=True, slots=True)
class LockChoice:
    """The ways a store opens beside its recovery sheet.

    ``kinds`` holds ``key_ring`` (this computer's sign-in), ``passphrase`` and ``key_file`` (no protection:
    whoever has the folder opens it). Slots: package-format.md, "Keys without an operator".
    """

    kinds: frozenset[str] = frozenset({"key_ring"})
    passphrase: str | None = None


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


def add_ways(folder: Path, key: bytes, locks: LockChoice) -> None:
    """Let these ways open the store of a folder, in place of earlier ones of the same kind.

    Raises:
        BadInput: the passphrase is too short.
        StoreLocked: this computer has no key ring that works (``store.no_key_ring``).
        NotSaved: the folder cannot be written.
    """
    if "passphrase" in locks.kinds:
        key_slots.add_passphrase(folder, key, checked_passphrase(locks.passphrase))
    if "key_ring" in locks.kinds:
        key_slots.add_key_ring(folder, key)
    if "key_file" in locks.kinds:
        key_slots.add_key_file(folder, key)


def key_ring_works() -> bool:
    """Whether this computer's sign-in can open a store: a word is kept, read and taken away again."""
    ring = key_slots.platform_key_ring()
    word = secrets.token_hex(8)
    try:
        ring.set_password(_TRIAL_SERVICE, _TRIAL, word)
        kept = ring.get_password(_TRIAL_SERVICE, _TRIAL) == word
        ring.delete_password(_TRIAL_SERVICE, _TRIAL)
    except StoreLocked:
        return False
    return kept
