"""Finding what opens a copy: what a person typed, or a store on this computer with the same key."""

from collections.abc import Iterator
from pathlib import Path

from shakyo_desktop import paths
from shakyo_desktop.domain.errors import StoreDamaged, StoreLocked, StoreMissing
from shakyo_desktop.domain.handover import read_code
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


def key_of_copy(folder: Path, secret: str | None, file: Path, data_dir: Path | None = None) -> bytes:
    """The store key of an unpacked copy; ``secret`` and ``file`` as for ``restore``.

    Args:
        data_dir: another folder whose store may open it without asking.

    Raises:
        StoreLocked: nothing opens the copy.
    """
    if secret is None:
        return _key_nearby(folder, file, data_dir)
    try:
        return key_slots.open_with_secret(folder, read_code(secret) or secret)
    except StoreLocked as error:
        raise StoreLocked(_WRONG) from error


def _key_nearby(folder: Path, file: Path, data_dir: Path | None) -> bytes:
    """The key of a store on this computer that the copy was made from, when it opens without asking.

    An automatic copy of a store without paper carries the key ring's slot itself.
    """
    for candidate in [folder, *_data_folders(folder, file, data_dir)]:
        try:
            key = key_slots.open_without_asking(candidate)
        except (StoreLocked, StoreMissing, StoreDamaged, OSError):
            continue
        if key_slots.fits(folder, key):
            return key
    raise StoreLocked(_ASK)


def _data_folders(folder: Path, file: Path, data_dir: Path | None) -> Iterator[Path]:
    """The program's own data folder, then folders near the copy and near the new folder, two levels deep."""
    found = [*([data_dir] if data_dir else []), paths.default_data_dir()]
    for base in dict.fromkeys((*folder.absolute().parents[:2], *file.absolute().parents[:2])):
        for pattern in (key_slots.SLOTS_FILE, f"*/{key_slots.SLOTS_FILE}", f"*/*/{key_slots.SLOTS_FILE}"):
            found += [path.parent for path in base.glob(pattern)]
    return iter([path for path in dict.fromkeys(found) if path != folder.absolute()][:_MOST_FOLDERS])
