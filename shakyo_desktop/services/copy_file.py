"""The file a 控え is: an uncompressed ZIP of the encrypted store, its portable slots and a label.

The store inside is encrypted with its own key, and the slots hold that key only behind a passphrase or
the recovery identity, so that the file may lie on any stick. Ordinary tools can take it apart. The label
carries a code that only the holder of the store's key can make (docs/adr/0021).
"""

import errno
import hashlib
import json
import shutil
import zipfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from shakyo_desktop.domain.errors import FileUnreadable
from shakyo_desktop.services.arriving_files import open_file
from shakyo_desktop.storage import key_slots

COPY_SUFFIX = ".hikae"
LABEL, STORE, SLOTS = "copy.json", "store.db", "store.slots.json"
FORMAT, VERSION = "shakyo-copy", 2
_WITH_CODE = 2
HANDOVER = "handover"
MAX_LABEL = 64 * 1024
MAX_SLOTS = 1024 * 1024
_CHUNK = 1 << 20
_DATE = (1980, 1, 1, 0, 0, 0)
# What a ZIP of bad numbers, or of a kind that we never write, makes of Python's reader.
_NO_ZIP = (zipfile.BadZipFile, EOFError, RuntimeError, ValueError)


@dataclass(frozen=True, slots=True)
class CopyLabel:
    """What a copy says about itself without being opened; no names and no personal data.

    ``reason`` is ``HANDOVER`` for a copy that a successor takes over, a ``CopyReason`` for an automatic one.
    ``code`` is what the store's key says of everything else in the label (``covered``), the digests among
    it; "" in a copy of an earlier version (``is_old``).
    """

    made_at: str
    app_version: str
    store_sha256: str
    slots_sha256: str
    reason: str = ""
    mark: int | None = None
    is_old: bool = False
    code: str = ""
    covered: bytes = field(default=b"", repr=False)


def write_copy(
    out: BinaryIO,
    store: Path,
    slots: bytes,
    key: bytes,
    made_at: str,
    app_version: str,
    besides: Mapping[str, Any] | None = None,
) -> None:
    """Write the copy of a store that nobody writes to any more (``Database.backup_to``).

    ``key`` is the store's; ``besides`` is what an automatic copy (``reason``, ``mark``) or a handover's
    (``reason``) says of itself.
    """
    label = {
        **(besides or {}),
        "format": FORMAT,
        "version": VERSION,
        "made_at": made_at,
        "app_version": app_version,
        "sha256": {STORE: file_digest(store), SLOTS: hashlib.sha256(slots).hexdigest()},
    }
    label["code"] = key_slots.copy_code(key, covered_by_code(label))
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as archive:
        archive.writestr(zipfile.ZipInfo(LABEL, _DATE), json.dumps(label, indent=1, sort_keys=True))
        archive.writestr(zipfile.ZipInfo(SLOTS, _DATE), slots)
        with store.open("rb") as source, _entry_for(archive, store.stat().st_size) as entry:
            shutil.copyfileobj(source, entry, _CHUNK)


def covered_by_code(label: Mapping[str, Any]) -> bytes:
    """What the code stands for: the label without it, in one form."""
    rest = {name: value for name, value in label.items() if name != "code"}
    return json.dumps(rest, sort_keys=True, separators=(",", ":")).encode()


def _entry_for(archive: zipfile.ZipFile, size: int) -> IO[bytes]:
    info = zipfile.ZipInfo(STORE, _DATE)
    info.file_size = size  # so that a store beyond 4 GiB gets the wide form
    return archive.open(info, "w", force_zip64=size > 2**31)


class CopyFile:
    """An opened copy. Reading checks every byte against the label."""

    def __init__(self, archive: zipfile.ZipFile, label: CopyLabel) -> None:
        self._archive = archive
        self.label = label

    def slots(self) -> bytes:
        """The portable slots."""
        data = _small(self._archive, SLOTS, MAX_SLOTS)
        if hashlib.sha256(data).hexdigest() != self.label.slots_sha256:
            raise damaged_copy()
        return data

    def check_code(self, key: bytes) -> None:
        """Refuse a copy whose label no holder of the store's key wrote; an earlier version's has no code.

        Raises:
            FileUnreadable: with the code ``copy.forged``.
        """
        if self.label.is_old:
            return
        if not key_slots.is_code(key_slots.copy_code(key, self.label.covered), self.label.code):
            raise forged_copy()

    def take_store(self, to: Path, stop: Callable[[], None] = lambda: None) -> None:
        """Write the store to a new file; ``stop`` raises when the person does not want to go on.

        Raises:
            FileUnreadable: the copy is damaged.
            OSError: the folder cannot be written.
        """
        with to.open("xb") as out:
            self._read_store(out.write, stop)

    def check(self) -> None:
        """Compare every byte with the label, and write nothing.

        Raises:
            FileUnreadable: the copy is damaged.
        """
        self.slots()
        self._read_store(lambda _data: None, lambda: None)

    def store_size(self) -> int:
        """The bytes of the store inside."""
        return self._archive.getinfo(STORE).file_size

    def _read_store(self, take: Callable[[bytes], object], stop: Callable[[], None]) -> None:
        digest = hashlib.sha256()
        for data in self._pieces():
            stop()
            digest.update(data)
            take(data)
        if digest.hexdigest() != self.label.store_sha256:
            raise damaged_copy()

    def _pieces(self) -> Iterator[bytes]:
        """The store in pieces; what fails while one is used is not the copy's damage."""
        with _damage_noticed(), self._archive.open(STORE) as entry:
            while data := entry.read(_CHUNK):
                yield data


@contextmanager
def open_copy(path: Path) -> Iterator[CopyFile]:
    """Open a copy for reading.

    Raises:
        FileUnreadable: it cannot be opened, is no copy, is damaged, or a newer program made it.
    """
    try:
        file = open_file(path)  # a pipe on a stick would be waited for
    except OSError as error:
        raise _unreadable() from error
    with file:
        try:
            archive = zipfile.ZipFile(file)
        except OSError as error:
            raise (not_a_copy() if error.errno == errno.EINVAL else _unreadable()) from error
        except _NO_ZIP as error:
            raise not_a_copy() from error
        parts = archive.infolist()
        stored = all(info.compress_type == zipfile.ZIP_STORED for info in parts)
        if not stored or sorted(info.filename for info in parts) != sorted((LABEL, STORE, SLOTS)):
            raise not_a_copy()
        label = _read_label(_small(archive, LABEL, MAX_LABEL))
        yield CopyFile(archive, label)


def _read_label(data: bytes) -> CopyLabel:
    try:
        raw = json.loads(data)
        if raw["format"] != FORMAT:
            raise not_a_copy()
        if raw["version"] > VERSION:
            raise FileUnreadable(
                "この控えは、新しい版のプログラムで作られています。\n"
                "プログラムを新しくしてから、もう一度選んでください。"
            )
        digests = cast(Mapping[str, Any], raw["sha256"])
        return CopyLabel(
            str(raw["made_at"]),
            str(raw["app_version"]),
            str(digests[STORE]),
            str(digests[SLOTS]),
            str(raw.get("reason", "")),
            int(raw["mark"]) if "mark" in raw else None,
            is_old=raw["version"] < _WITH_CODE,
            code=str(raw.get("code", "")),
            covered=covered_by_code(raw),
        )
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError) as error:
        raise damaged_copy() from error


def _small(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    with _damage_noticed():
        if archive.getinfo(name).file_size > limit:
            raise damaged_copy()
        return archive.read(name)


@contextmanager
def _damage_noticed() -> Iterator[None]:
    try:
        yield
    except OSError as error:  # a number that leads before the file, or a stick that is gone
        raise (damaged_copy() if error.errno == errno.EINVAL else _unreadable()) from error
    except _NO_ZIP as error:
        raise damaged_copy() from error


def _unreadable() -> FileUnreadable:
    return FileUnreadable(
        "控えのファイルを開けませんでした。\nUSBメモリが差してあるか確かめて、もう一度選んでください。"
    )


def file_digest(path: Path) -> str:
    """SHA-256 of a file in hex, read in pieces."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def not_a_copy() -> FileUnreadable:
    """The refusal of a file that is something else."""
    return FileUnreadable(
        f"このファイルは控えではありません。\n名前の最後が「{COPY_SUFFIX}」のファイルを選んでください。"
    )


def forged_copy() -> FileUnreadable:
    """The refusal of a copy that somebody made or changed who does not have what opens the store."""
    return FileUnreadable(
        "この控えは、あなたの組織のデータから作られたものではありません。何も変えていません。\n"
        "ほかの人が作ったか、作りかえたおそれがあります。使わずに、別の控えを選んでください。",
        code="copy.forged",
    )


def damaged_copy() -> FileUnreadable:
    """The refusal of a copy that was changed or broken."""
    return FileUnreadable(
        "この控えはこわれています。何も変えていません。\n別の控えがあれば、そちらを選んでください。"
    )
