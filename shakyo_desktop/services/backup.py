"""控え: a complete copy of the store in one file, proven after it was written."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shakyo_desktop import __version__
from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.services import disks
from shakyo_desktop.services.context import JAPAN, ServiceContext
from shakyo_desktop.services.copy_file import COPY_SUFFIX, write_copy
from shakyo_desktop.services.locks import checked_passphrase
from shakyo_desktop.services.own_keys import recovery_identities
from shakyo_desktop.services.restoring import Restored, restore
from shakyo_desktop.services.verified_write import Progress, WrittenFile, made_folder, write_verified
from shakyo_desktop.services.works import Work
from shakyo_desktop.services.workshop import no_room, workshop
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.database import DATABASE_FILE
from shakyo_desktop.storage.key_slots import Way

__all__ = ["BackupService", "Restored", "SeenCopy", "restore"]

COPIES = "copies"
_REMEMBERED = 20


@dataclass(frozen=True, slots=True)
class SeenCopy:
    """A copy that was made from this store; ``size`` in bytes, ``sha256`` in hex.

    ``outside`` is whether it was written to another disk than the store's.
    """

    at: datetime
    file_name: str
    size: int
    sha256: str
    outside: bool = True


class BackupService:
    """Makes copies and remembers that they were made."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def suggested_name(self) -> str:
        """A file name without personal data: the organisation's code and the day."""
        with self._context.database.reading() as stores:
            own = stores.settings.get("org")
        return f"{own}-{self._context.clock().astimezone(JAPAN):%Y%m%d}{COPY_SUFFIX}"

    def backup(
        self,
        to: Path,
        passphrase: str | None = None,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> WrittenFile:
        """Write a complete copy, read it back and compare.

        A district's own keys stay behind: whoever restores the copy is a new installation.

        Args:
            to: the file; its folder is made when it is missing.
            passphrase: for a handover, opens this copy alone, in place of the store's own passphrase.

        Raises:
            NotReady: nothing portable opens the store (neither paper nor passphrase).
            BadInput: the passphrase is too short.
            DestinationFailed, Cancelled: nothing half-written stays behind.
            NotSaved: there is no room for the copy on this computer.
        """
        with self._context.doing(Work.COPY), workshop(self._context.data_dir) as folder:
            slots = self._slots(folder, passphrase)
            store = folder / DATABASE_FILE
            self._context.database.backup_to(store, own_keys=self._is_office())
            made_at = f"{self._context.now():%Y-%m-%dT%H:%M:%SZ}"
            written = write_verified(
                made_folder(to.parent),
                to.name,
                lambda out: write_copy(out, store, slots, self._context.database.key, made_at, __version__),
                progress,
                cancelled,
            )
        self._remember(written)
        return written

    def copies(self) -> tuple[SeenCopy, ...]:
        """The copies made so far, newest first."""
        with self._context.database.reading() as stores:
            rows = stores.settings.get(COPIES, [])
        return tuple(
            SeenCopy(
                datetime.fromisoformat(row["at"]),
                row["file_name"],
                row["size"],
                row["sha256"],
                row.get("outside", True),
            )
            for row in rows
        )

    def last(self) -> SeenCopy | None:
        """The newest copy, or None when none was ever made."""
        return next(iter(self.copies()), None)

    def _is_office(self) -> bool:
        with self._context.database.reading() as stores:
            return bool(stores.settings.get("role") != OrganisationKind.DISTRICT.value)

    def _slots(self, folder: Path, passphrase: str | None) -> bytes:
        """The slots to travel: those that open on another computer."""
        ways = {slot.way for slot in key_slots.list_slots(self._context.data_dir)}
        if not ways & {Way.PASSPHRASE, Way.RECOVERY} and passphrase is None:
            raise NotReady(
                "復旧シートも合い言葉もないので、控えを作っても開くことができません。\n"
                "「設定・控え」で合い言葉を決めてから、もう一度控えを作ってください。"
            )
        path = folder / key_slots.SLOTS_FILE
        try:
            key = self._context.database.key
            sheets = recovery_identities(self._context)
            path.write_bytes(key_slots.slots_for_backup(self._context.data_dir, key, sheets))
            if passphrase is not None:
                key_slots.add_passphrase(folder, key, checked_passphrase(passphrase))
            return path.read_bytes()
        except OSError as error:
            raise no_room() from error

    def _remember(self, written: WrittenFile) -> None:
        row = {
            "at": self._context.now().isoformat(),
            "file_name": written.path.name,
            "size": written.size,
            "sha256": written.sha256,
            "outside": not disks.same_disk(written.path.parent, self._context.data_dir),
        }
        with self._context.database.transaction(marks=False) as stores:
            stores.settings.set(COPIES, [row, *stores.settings.get(COPIES, [])][:_REMEMBERED])
