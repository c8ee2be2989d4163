"""Finding what opens a copy: what a person typed, or a store on this computer with the same key.

And whether that proves that the copy is one's own: a stranger can seal a key of their own to a recovery
sheet's public recipient, and lay an unprotected store beside the copy on the same stick (docs/adr/0021).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from shakyo_desktop import paths
from shakyo_desktop.domain.errors import StoreDamaged, StoreLocked, StoreMissing
from shakyo_desktop.domain.handover import read_code
from shakyo_desktop.services.copy_file import CopyFile, forged_copy
from shakyo_desktop.storage import key_slots

_MOST_FOLDERS = 500
_ASK = (
    "この控えを開くには、合い言葉か復旧シートの文字が必要です。まだ何も変えていません。\n"
    "控えといっしょに受け取った紙を見て、入力してください。"
)
_WRONG = (
    "その文字では、この控えは開きません。まだ何も変えていません。\n"
    "紙と1字ずつ見くらべて、もう一度入力してください。"
)


@dataclass(frozen=True, slots=True)
class CopyKey:
    """The store key of a copy; ``proven`` when only its own people could have made the copy."""

    key: bytes = field(repr=False)
    proven: bool


def key_of_copy(
    copy: CopyFile, folder: Path, secret: str | None, file: Path, data_dir: Path | None = None
) -> CopyKey:
    """The store key of a copy that was unpacked to ``folder``; ``secret`` and ``file`` as for ``restore``.

    Args:
        data_dir: the person's own data folder, whose store may open it without asking.

    Raises:
        StoreLocked: nothing opens the copy.
        FileUnreadable: somebody made or changed it who has neither sheet nor store (``copy.forged``).
    """
    if copy.label.is_old and key_slots.vouchers(folder):  # whoever vouched wrote a code as well
        raise forged_copy()
    found = _key_nearby(folder, file, data_dir) if secret is None else _key_by_secret(folder, secret)
    copy.check_code(found.key)
    return found


def _key_by_secret(folder: Path, secret: str) -> CopyKey:
    try:
        key = key_slots.open_with_recovery(folder, secret)
    except StoreLocked:
        return CopyKey(_key_by_passphrase(folder, read_code(secret) or secret), proven=True)
    if not key_slots.vouchers(folder):
        return CopyKey(key, proven=False)
    if not key_slots.is_vouched(folder, key, secret):
        raise forged_copy()
    return CopyKey(key, proven=True)


def _key_by_passphrase(folder: Path, passphrase: str) -> bytes:
    try:
        return key_slots.open_with_passphrase(folder, passphrase)
    except StoreLocked as error:
        raise StoreLocked(_WRONG) from error


def _key_nearby(folder: Path, file: Path, data_dir: Path | None) -> CopyKey:
    """The key of a store on this computer that the copy was made from, when it opens without asking.

    An automatic copy of a store without paper carries the key ring's slot itself. What lies nearby may have
    come with the copy: there only the key ring proves something.
    """
    own = [folder, *([data_dir] if data_dir else []), paths.default_data_dir()]
    for candidate in list(dict.fromkeys([*own, *_stores_near(folder), *_stores_near(file)]))[:_MOST_FOLDERS]:
        try:
            key = key_slots.open_without_asking(candidate)
        except (StoreLocked, StoreMissing, StoreDamaged, OSError):
            continue
        if key_slots.fits(folder, key):
            return CopyKey(key, proven=candidate in own or _opens_by_key_ring(candidate))
    raise StoreLocked(_ASK)


def _opens_by_key_ring(folder: Path) -> bool:
    try:
        key_slots.open_with_key_ring(folder)
    except StoreLocked:
        return False
    return True


def _stores_near(place: Path) -> Iterator[Path]:
    """The folders with a store's slots near a file or folder, two levels deep."""
    for base in place.absolute().parents[:2]:
        for pattern in (key_slots.SLOTS_FILE, f"*/{key_slots.SLOTS_FILE}", f"*/*/{key_slots.SLOTS_FILE}"):
            yield from (path.parent for path in base.glob(pattern))
