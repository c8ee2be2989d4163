"""Automatic copies of the store, each proven after it was written (docs/adr/0015).

They lie in ``copies`` of the data folder, sealed as the store is. A copy gets its name only when it has been
taken apart and examined, so that whatever has such a name was good when it was made.
"""

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from shakyo_desktop import __version__
from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.copies import CopyReason, Generation
from shakyo_desktop.domain.errors import FileUnreadable, StoreDamaged
from shakyo_desktop.services import generation_files as files
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.copy_file import damaged_copy, write_copy
from shakyo_desktop.services.destination_messages import cause_of, destination_failed
from shakyo_desktop.services.disks import free_bytes
from shakyo_desktop.services.file_calls import SYSTEM, FileCalls
from shakyo_desktop.services.generation_files import COPIES_FOLDER, list_generations
from shakyo_desktop.services.generation_proof import prove, row_counts
from shakyo_desktop.services.generation_room import make_room, thin
from shakyo_desktop.services.own_keys import recovery_identities
from shakyo_desktop.services.verified_write import Progress, made_folder, write_verified
from shakyo_desktop.services.workshop import no_room, workshop
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.database import DATABASE_FILE

__all__ = ["GenerationService", "list_generations"]

log = logging.getLogger("shakyo_desktop.copies")

MARGIN = 64 << 20
"""Bytes that stay free beside a copy in the making: the store itself goes on being written."""
QUICK = 32 << 20
"""A store up to this many bytes is copied in a second or two: short enough for closing the window."""


_ONE_AT_A_TIME = threading.RLock()
"""A process has one store, and whoever copies it takes the next number."""


class GenerationService:
    """Makes, proves and thins the copies of one open store."""

    def __init__(
        self, context: ServiceContext, free: Callable[[Path], int] = free_bytes, calls: FileCalls = SYSTEM
    ) -> None:
        self._context = context
        self._free, self._calls = free, calls
        self.folder = context.data_dir / COPIES_FOLDER
        self.kept_fewer = False

    def generations(self) -> tuple[Generation, ...]:
        """This store's copies in the data folder, newest first."""
        own = self._tag()
        return tuple(one for one in list_generations(self._context.data_dir) if one.store in (own, ""))

    def newest_good(self) -> Generation | None:
        """The newest copy that can be counted on."""
        return next((one for one in self.generations() if one.is_good), None)

    def has_changed(self) -> bool:
        """Whether anything was stored since the newest good copy was made; asks the store, not the clock."""
        newest = self.newest_good()
        return newest is None or newest.mark != self._context.database.change_mark()

    def is_quick(self) -> bool:
        """Whether a copy is made so fast that a person who closes the window would not wait."""
        return self._store_size() <= QUICK

    def make_if_changed(
        self,
        reason: CopyReason = CopyReason.CHANGED,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> Generation | None:
        """Make a copy, or return None when the newest one holds everything already; raises as ``make``."""
        return self.make(reason, progress, cancelled) if self.has_changed() else None

    def make(
        self,
        reason: CopyReason,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
        *,
        above: int = 0,
    ) -> Generation:
        """Make a copy, prove it, and let go of those that need not stay. Waits for another one that is made.

        Args:
            above: its number is higher than this, and than that of every copy in the data folder.

        Raises:
            NotSaved: there is no room; earlier copies and the store are as they were.
            DestinationFailed, Cancelled: nothing half-written stays behind.
            StoreDamaged: the store cannot be copied whole.
            FileUnreadable: what was written did not stand the examination; it is named ``.bad``.
        """
        with self.alone():
            files.sweep_unproven(self.folder)
            fewer = make_room(self.generations(), 2 * self._store_size() + MARGIN, self._free_room)
            made = self._make(reason, progress, cancelled, above)
            self.kept_fewer = thin(self.generations(), self._free_room()) or fewer
        log.info("copy %d made (%s)", made.number, reason.value)
        return made

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Hold back every other copy meanwhile; waits for one that is under way."""
        with _ONE_AT_A_TIME:
            yield

    def examine(self, generation: Generation) -> Generation:
        """Prove a copy once more, and give it the name of a bad one when it fails.

        Raises:
            NotSaved: there is no room to take it apart.
            FileUnreadable: its file is gone, or cannot be opened.
        """
        if not generation.path.is_file():
            raise FileUnreadable("この控えは、もうここにありません。\nほかの控えを選んでください。")
        if self.is_sound(generation):
            return self._found(generation.path)
        return self._named_bad(generation.path)

    def is_sound(self, generation: Generation) -> bool:
        """Take a copy apart and examine every page; nothing is renamed.

        Raises:
            NotSaved: there is no room to take it apart.
        """
        with workshop(self._context.data_dir) as scratch:
            try:
                prove(generation.path, self._context.database.key, scratch)
            except FileUnreadable:
                return False
        return True

    def _make(
        self,
        reason: CopyReason,
        progress: Progress | None,
        cancelled: Callable[[], bool] | None,
        above: int,
    ) -> Generation:
        database, now = self._context.database, self._context.now()
        name = files.copy_name(max(above + 1, self._next_number()), now, self._tag())
        with workshop(self._context.data_dir) as scratch:
            mark = database.settled_mark()
            store = scratch / DATABASE_FILE
            database.backup_to(store, own_keys=self._is_office())
            rows = self._counted(store, mark)
            sheets = recovery_identities(self._context)
            slots = key_slots.slots_for_own_copy(self._context.data_dir, database.key, sheets)
            label = {"reason": reason.value, "mark": mark}
            moment = f"{now:%Y-%m-%dT%H:%M:%SZ}"
            written = write_verified(
                made_folder(self.folder),
                name + files.UNPROVEN,
                lambda out: write_copy(out, store, slots, database.key, moment, __version__, label),
                progress,
                cancelled,
                self._calls,
            ).path
            store.unlink()
            try:
                prove(written, database.key, scratch, rows)
            except FileUnreadable:
                self._name(written, self.folder / (name + files.BAD))
                log.error("copy %s did not stand its examination", name)
                raise
            except BaseException:
                written.unlink(missing_ok=True)
                raise
        return self._found(self._name(written, self.folder / name))

    def _counted(self, store: Path, mark: int) -> dict[str, int]:
        """The rows of the copied store; unless somebody wrote meanwhile, they must be those of the store."""
        database = self._context.database
        rows = row_counts(store, database.key)
        lived = row_counts(database.path, database.key)
        if not self._is_office():
            lived["own_keys"] = 0
        if rows != lived and database.change_mark() == mark:
            raise StoreDamaged(damaged_copy().message)
        return rows

    def _name(self, path: Path, name: Path) -> Path:
        try:
            self._calls.replace(path, name)
            self._calls.sync_folder(name.parent)
        except OSError as error:
            raise destination_failed(cause_of(error)) from error
        return name

    def _named_bad(self, path: Path) -> Generation:
        bad = path if path.name.endswith(files.BAD) else path.with_name(path.name + files.BAD)
        log.error("copy %s is bad", path.name)
        return self._found(self._name(path, bad))

    def _found(self, path: Path) -> Generation:
        return files.look(path, elsewhere=path.parent != self.folder)

    def _store_size(self) -> int:
        path = self._context.database.path
        parts = (path, path.with_name(path.name + "-wal"))
        return sum(part.stat().st_size for part in parts if part.exists())

    def _free_room(self) -> int:
        try:
            return self._free(self._context.data_dir)
        except OSError as error:
            raise no_room() from error

    def _next_number(self) -> int:
        return max((one.number for one in list_generations(self._context.data_dir)), default=0) + 1

    def _tag(self) -> str:
        return files.store_tag_of(self._context.data_dir)

    def _is_office(self) -> bool:
        with self._context.database.reading() as stores:
            return bool(stores.settings.get("role") != OrganisationKind.DISTRICT.value)
