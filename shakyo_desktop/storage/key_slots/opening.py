"""Opening a store by one of its ways."""

from collections.abc import Callable
from pathlib import Path

from shakyo_desktop.domain.errors import StoreLocked
from shakyo_desktop.domain.sheet_text import read_sheet
from shakyo_desktop.storage.key_slots import slot_file
from shakyo_desktop.storage.key_slots.key_ring import SERVICE, KeyRing, platform_key_ring
from shakyo_desktop.storage.key_slots.sealing import (
    AGE_ERRORS,
    is_key,
    normal,
    open_by,
    open_by_passphrase,
    work_in_vain,
)
from shakyo_desktop.storage.key_slots.slot_file import KEY_FILE, Slot, Way
from shakyo_desktop.storage.key_slots.vouching import is_code, voucher_for

_MOST_TRIED = 4
"""Slots of one kind that are tried: there is one, or two while a new sheet takes the old one's place. Each
passphrase's may ask for some seconds of work, and a file that came on a stick may list thousands."""
_FAILURES: tuple[type[Exception], ...] = (*AGE_ERRORS, OSError, ValueError)
_LOCKED = (
    "データを開けませんでした。\nデータは無事です。\nもう一度確かめて入力するか、別の方法で開いてください。"
)
_ASK = (
    "データを開く方法を選んでください。\nデータは無事です。\n"
    "合い言葉か、印刷してある復旧シート（紙）で開けます。"
)


def open_with_secret(folder: Path, secret: str) -> bytes:
    """The store key by what a person typed, be it the recovery sheet's text or the passphrase.

    A refusal is the same for each and takes as long: it says neither which ways there are nor which was near.

    Raises:
        StoreLocked: it does not open the store.
    """
    try:
        return open_with_recovery(folder, secret)
    except StoreLocked:
        return open_with_passphrase(folder, secret)


def open_with_passphrase(folder: Path, passphrase: str) -> bytes:
    """The store key by the passphrase.

    Raises:
        StoreLocked: it does not open the store; why is not said.
    """
    text = normal(passphrase)
    if not slot_file.load(folder).of(Way.PASSPHRASE):
        work_in_vain()
    return _open(folder, Way.PASSPHRASE, lambda slot: open_by_passphrase(slot.sealed, text))


def open_with_recovery(folder: Path, identity: str) -> bytes:
    """The store key by the identity on paper, however it is typed (``sheet_text``).

    Raises:
        StoreLocked: it does not open the store.
    """
    typed = read_sheet(identity)
    return _open(folder, Way.RECOVERY, lambda slot: open_by(slot.sealed, typed))


def open_with_key_ring(folder: Path, ring: KeyRing | None = None) -> bytes:
    """The store key by the platform's key ring.

    Raises:
        StoreLocked: another computer or user, or no key ring that works.
    """
    if not slot_file.load(folder).of(Way.KEY_RING):
        raise StoreLocked(_ASK)
    ring = ring or platform_key_ring()

    def opened(slot: Slot) -> bytes:
        return open_by(slot.sealed, ring.get_password(SERVICE, slot.name) or "")

    return _open(folder, Way.KEY_RING, opened)


def open_with_key_file(folder: Path) -> bytes:
    """The store key from the unprotected file.

    Raises:
        StoreLocked: there is no such file, or it is not this store's.
    """
    return _open(folder, Way.KEY_FILE, lambda _: slot_file.read(folder / KEY_FILE))


def open_without_asking(folder: Path, ring: KeyRing | None = None) -> bytes:
    """The store key by the key ring or else the key file.

    Raises:
        StoreLocked: a person has to be asked for the passphrase or the paper.
        StoreMissing: the folder has no slots.
    """
    try:
        return open_with_key_ring(folder, ring)
    except StoreLocked:
        pass
    try:
        return open_with_key_file(folder)
    except StoreLocked as error:
        raise StoreLocked(_ASK) from error


def vouchers(folder: Path) -> tuple[str, ...]:
    """What recovery sheets said of the store key in these slots; empty in a copy of an earlier version."""
    return tuple(slot.voucher for slot in slot_file.load(folder).of(Way.RECOVERY) if slot.voucher)


def is_vouched(folder: Path, key: bytes, identity: str) -> bool:
    """Whether the recovery identity, however it is typed, made one of the vouchers, and for this key."""
    expected = voucher_for(key, read_sheet(identity))
    return any(is_code(expected, voucher) for voucher in vouchers(folder))


def fits(folder: Path, key: bytes) -> bool:
    """Whether a key is the one that these slots were made for."""
    return is_key(slot_file.load(folder).check, key)


def fingerprint(folder: Path) -> str:
    """What stands for a store's key without telling it: 64 hex digits, the same in all its copies.

    Raises:
        StoreMissing, StoreDamaged: the folder has no slots, or they cannot be read.
    """
    return slot_file.load(folder).check


def _open(folder: Path, way: Way, opened: Callable[[Slot], bytes]) -> bytes:
    slots = slot_file.load(folder)
    for slot in slots.of(way)[:_MOST_TRIED]:
        try:
            key = opened(slot)
        except _FAILURES:
            continue
        if is_key(slots.check, key):
            return key
    raise StoreLocked(_LOCKED)
