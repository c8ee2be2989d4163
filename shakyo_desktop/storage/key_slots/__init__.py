"""How the store key is kept: a file of slots beside the database, any one of which opens the store.

A slot holds the 32-byte store key sealed with age: to a passphrase (scrypt), to a recovery identity that
is printed on paper (X25519), or to an identity that rests in the platform's key ring. A key file holds the
key itself, without protection. Apart from ``exchange`` this is the only place that uses pyrage.
The paper works without this program: `age -d -i paper.txt` opens the slot's bytes (base64 in the file).
"""

from shakyo_desktop.storage.key_slots.key_ring import KeyRing, platform_key_ring
from shakyo_desktop.storage.key_slots.opening import (
    fingerprint,
    fits,
    is_vouched,
    open_with_key_file,
    open_with_key_ring,
    open_with_passphrase,
    open_with_recovery,
    open_with_secret,
    open_without_asking,
    vouchers,
)
from shakyo_desktop.storage.key_slots.slot_file import KEY_FILE, SLOTS_FILE, SPARE_FILE, Slot, Way
from shakyo_desktop.storage.key_slots.vouching import copy_code, is_code
from shakyo_desktop.storage.key_slots.ways import (
    add_key_file,
    add_key_ring,
    add_passphrase,
    add_recovery,
    create_slots,
    is_portable,
    keep_recovery,
    list_slots,
    new_key,
    remove,
    slots_for_backup,
    slots_for_own_copy,
)

__all__ = [
    "KEY_FILE",
    "SLOTS_FILE",
    "SPARE_FILE",
    "KeyRing",
    "Slot",
    "Way",
    "add_key_file",
    "add_key_ring",
    "add_passphrase",
    "add_recovery",
    "copy_code",
    "create_slots",
    "fingerprint",
    "fits",
    "is_code",
    "is_portable",
    "is_vouched",
    "keep_recovery",
    "list_slots",
    "new_key",
    "open_with_key_file",
    "open_with_key_ring",
    "open_with_passphrase",
    "open_with_recovery",
    "open_with_secret",
    "open_without_asking",
    "platform_key_ring",
    "remove",
    "slots_for_backup",
    "slots_for_own_copy",
    "vouchers",
]
