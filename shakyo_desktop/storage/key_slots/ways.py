"""Making and removing the ways that open a store."""

import secrets
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from shakyo_desktop.domain.errors import NotReady, StoreLocked, StoreMissing
from shakyo_desktop.storage.key_slots import slot_file
from shakyo_desktop.storage.key_slots.key_ring import SERVICE, KeyRing, platform_key_ring
from shakyo_desktop.storage.key_slots.sealing import (
    KEY_BYTES,
    check,
    is_key,
    new_identity,
    normal,
    recipient_of,
    seal_to,
    seal_with_passphrase,
)
from shakyo_desktop.storage.key_slots.slot_file import KEY_FILE, Slot, Slots, Way
from shakyo_desktop.storage.key_slots.vouching import voucher_for

_PORTABLE = (Way.PASSPHRASE, Way.RECOVERY)


def new_key() -> bytes:
    """A new store key, random."""
    return secrets.token_bytes(KEY_BYTES)


def create_slots(folder: Path, key: bytes) -> None:
    """Begin the slots of a new store; add at least one way before the key is forgotten.

    Raises:
        StoreMissing: the folder has slots already (code ``store.exists``).
        NotSaved: the folder cannot be written.
    """
    if slot_file.exists(folder):
        raise StoreMissing(
            "ここにはもうデータがあります。\nデータは無事です。\n別のフォルダーを選んでください。",
            code="store.exists",
        )
    slot_file.save(folder, Slots(check=check(key)))


def list_slots(folder: Path) -> tuple[Slot, ...]:
    """The ways that open this store, in the order they were made."""
    return slot_file.load(folder).slots


def add_passphrase(folder: Path, key: bytes, passphrase: str) -> Slot:
    """Let a passphrase open the store, in place of an earlier one. Slow on purpose (about a second).

    Raises:
        NotReady: the passphrase is empty.
    """
    text = normal(passphrase)
    if not text:
        raise NotReady("合い言葉を入力してください。")
    return _add(folder, key, Way.PASSPHRASE, seal_with_passphrase(key, text))


def add_recovery(folder: Path, key: bytes, recipient: str | None = None, *, beside: bool = False) -> str:
    """Let a recovery identity open the store, in place of an earlier one.

    Args:
        recipient: the ``age1…`` text of an identity that exists already; None makes a new one.
        beside: the earlier one opens it too, until ``keep_recovery``.

    Returns:
        The new identity (``AGE-SECRET-KEY-1…``), to be printed and never stored;
        "" when there was one already.
    """
    identity = ""
    if recipient is None:
        identity, recipient = new_identity()
    _add(folder, key, Way.RECOVERY, seal_to(key, recipient), recipient=recipient, beside=beside)
    return identity


def keep_recovery(folder: Path, recipient: str) -> None:
    """Close every recovery slot but the one of this recipient; none when that is not there.

    Raises:
        NotSaved: the folder cannot be written.
    """
    slots = slot_file.load(folder)
    others = [slot for slot in slots.of(Way.RECOVERY) if slot.recipient != recipient]
    if others and len(others) < len(slots.of(Way.RECOVERY)):
        slot_file.save(folder, slots.without(*others))


def add_key_ring(folder: Path, key: bytes, ring: KeyRing | None = None) -> Slot:
    """Let the platform's key ring open the store without asking.

    Raises:
        StoreLocked: this computer has no key ring that works (code ``store.no_key_ring``).
    """
    ring = ring or platform_key_ring()
    identity, recipient = new_identity()
    name = f"store-{secrets.token_hex(8)}"
    ring.set_password(SERVICE, name, identity)
    if ring.get_password(SERVICE, name) != identity:
        raise StoreLocked("このパソコンの鍵入れは使えません。", code="store.no_key_ring")
    before = slot_file.load(folder).of(Way.KEY_RING)
    slot = _add(folder, key, Way.KEY_RING, seal_to(key, recipient), name=name)
    for old in before:
        with suppress(StoreLocked):  # without its slot the old entry opens nothing
            ring.delete_password(SERVICE, old.name)
    return slot


def add_key_file(folder: Path, key: bytes) -> Slot:
    """Put the key into a file beside the database: whoever has the folder can read everything."""
    slot_file.write(folder / KEY_FILE, key)
    return _add(folder, key, Way.KEY_FILE, b"")


def remove(folder: Path, slot_id: str, ring: KeyRing | None = None) -> None:
    """Close one way; nothing happens when it is closed already.

    Raises:
        NotReady: it is the last one, or the last that opens on another computer too: with that and this
            computer gone, the data could never be opened again.
        NotSaved: the unprotected key file cannot be removed, or the slots not be written.
    """
    slots = slot_file.load(folder)
    gone = next((slot for slot in slots.slots if slot.id == slot_id), None)
    if gone is None:
        return
    rest = slots.without(gone)
    if not rest.slots or (gone.way in _PORTABLE and not _portable(rest)):
        raise NotReady(
            "これを外すと、このパソコンがこわれたとき、データを開く方法がなくなります。\n"
            "先に別の方法（合い言葉か復旧シート）を加えてください。"
        )
    if gone.way is Way.KEY_FILE:  # first of all: the bare key must not outlive its slot
        slot_file.remove(folder / KEY_FILE)
    slot_file.save(folder, rest)
    if gone.way is Way.KEY_RING:
        with suppress(StoreLocked):  # without its slot the entry opens nothing
            (ring or platform_key_ring()).delete_password(SERVICE, gone.name)


def slots_for_backup(folder: Path, key: bytes, sheets: Iterable[str] = ()) -> bytes:
    """The slots file with the portable ways only (passphrase, recovery), to travel with a backup.

    Args:
        sheets: the recovery identities that are known; each vouches for the key in its own slot.
    """
    slots = slot_file.load(folder)
    return _travelling(slots, _portable(slots), key, sheets)


def slots_for_own_copy(folder: Path, key: bytes, sheets: Iterable[str] = ()) -> bytes:
    """The slots file for a copy that stays on this computer: the portable ways, else the key ring's.

    A copy that may later be carried away tells nothing of this computer's key ring as long as paper or a
    passphrase opens it. The key file's slot never travels: the key is not in it.
    """
    slots = slot_file.load(folder)
    return _travelling(slots, _portable(slots) or slots.of(Way.KEY_RING), key, sheets)


def is_portable(slots: bytes) -> bool:
    """Whether one of these slots opens on another computer; ``slots`` is a whole slots file."""
    return bool(_portable(slot_file.decode(slots)))


def _travelling(slots: Slots, ways: tuple[Slot, ...], key: bytes, sheets: Iterable[str]) -> bytes:
    vouchers = {recipient_of(sheet): voucher_for(key, sheet) for sheet in sheets}
    vouched = (replace(slot, voucher=vouchers.get(slot.recipient, slot.voucher)) for slot in ways)
    return slot_file.encode(replace(slots, slots=tuple(vouched)))


def _portable(slots: Slots) -> tuple[Slot, ...]:
    return tuple(slot for slot in slots.slots if slot.way in _PORTABLE)


def _add(
    folder: Path,
    key: bytes,
    way: Way,
    sealed: bytes,
    *,
    name: str = "",
    recipient: str = "",
    beside: bool = False,
) -> Slot:
    slots = slot_file.load(folder)
    if not is_key(slots.check, key):
        raise ValueError("this is not the key of this store")
    slot = slot_file.new_slot(way, sealed, name=name, recipient=recipient)
    gone = [old for old in slots.of(way) if not beside or old.recipient == recipient]
    slot_file.save(folder, slots.without(*gone).plus(slot))
    return slot
