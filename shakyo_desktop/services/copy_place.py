"""Another place for copies: a folder on a stick, a second disk or a share, that a person chose once.

The place is known by a number that the program wrote into it, and by where it lies on its drive. A letter
alone could belong to anybody's stick; a place whose number is not found is not there at the moment.
"""

import json
import secrets
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, BinaryIO

from shakyo_desktop.domain.copies import CopyReason, Generation
from shakyo_desktop.domain.errors import BadInput, FileUnreadable, NotReady
from shakyo_desktop.services import disks
from shakyo_desktop.services import generation_files as files
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.copy_file import open_copy
from shakyo_desktop.services.destination_messages import cause_of, destination_failed
from shakyo_desktop.services.drives import DriveService
from shakyo_desktop.services.file_calls import SYSTEM, FileCalls
from shakyo_desktop.services.generation_room import make_room, thin
from shakyo_desktop.services.generations import GenerationService
from shakyo_desktop.services.verified_write import Progress, made_folder, write_verified
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.files import write_file

SETTING = "copy_place"
MARKER = "place.json"
_FORMAT = "shakyo-copies"
_MARGIN = 1 << 20
_NO_NUMBER = 10**9
"""No store has so many copies: such a name is somebody's joke, and would be counted on from."""


@dataclass(frozen=True, slots=True)
class CopyPlace:
    """The place that was chosen. ``folder`` is where it lies now, or lay when it was last seen.

    ``name`` is what a person knows the drive by, "" for a folder of this computer; ``seen_at`` and
    ``copied_at`` (the moment of the newest copy there) are UTC; ``here`` is whether it is there now.
    """

    folder: Path
    name: str
    here: bool
    same_disk: bool
    seen_at: datetime
    copied_at: datetime | None


class CopyPlaceService:
    """Remembers the place, finds it again, and brings the newest copy there."""

    def __init__(
        self,
        context: ServiceContext,
        generations: GenerationService,
        drives: DriveService,
        free: Callable[[Path], int] = disks.free_bytes,
        calls: FileCalls = SYSTEM,
    ) -> None:
        self._context, self._generations, self._drives = context, generations, drives
        self._free, self._calls = free, calls

    def choose(self, folder: Path) -> CopyPlace:
        """Keep copies in this folder too, from now on in place of an earlier one, which stays as it is.

        Raises:
            NotReady: neither paper nor passphrase opens the store: such a copy could not be opened anywhere.
            BadInput: the folder lies in the data folder.
            DestinationFailed: it cannot be written.
        """
        slots = key_slots.slots_for_own_copy(self._context.data_dir, self._context.database.key)
        if not key_slots.is_portable(slots):
            raise NotReady(
                "復旧シートも合い言葉もないので、ほかの場所の控えは開くことができません。まだ何も変えていません。\n"
                "「データの守り」で合い言葉を決めてから、もう一度選んでください。"
            )
        if folder.resolve().is_relative_to(self._context.data_dir.resolve()):
            raise BadInput(
                "ここはデータのフォルダーの中です。まだ何も変えていません。\n"
                "USBメモリや別のディスクのフォルダーを選んでください。"
            )
        inner = folder if (folder / MARKER).is_file() else made_folder(folder / self._inner_name())
        known = _number_in(inner) or secrets.token_hex(16)
        try:
            write_file(inner / MARKER, json.dumps({"format": _FORMAT, "place": known}).encode())
        except OSError as error:
            raise destination_failed(cause_of(error)) from error
        self._note({"id": known, "copied_at": None}, inner)
        place = self.place()
        assert place is not None
        return place

    def forget(self) -> None:
        """Keep no further copies elsewhere; those that lie there stay."""
        with self._context.database.transaction(marks=False) as stores:
            stores.settings.remove(SETTING)

    def place(self) -> CopyPlace | None:
        """The place that was chosen, found now or not; None when there is none."""
        known = self._known()
        if known is None:
            return None
        found = self._find(known)
        folder = found or Path(known["folder"])
        copied = known.get("copied_at")
        return CopyPlace(
            folder,
            known["name"],
            found is not None,
            found is not None and disks.same_disk(found, self._context.data_dir),
            datetime.fromisoformat(known["seen_at"]),
            datetime.fromisoformat(copied) if copied else None,
        )

    def generations(self) -> tuple[Generation, ...]:
        """The copies there, newest first; none while the place is not there."""
        place = self.place()
        return self._there(place.folder) if place is not None and place.here else ()

    def catch_up(
        self, progress: Progress | None = None, cancelled: Callable[[], bool] | None = None
    ) -> Generation | None:
        """Bring the newest good copy there; None when the place is not there or holds it already.

        Raises:
            DestinationFailed, Cancelled: nothing half-written stays behind.
            NotSaved: there is no room, even with all but the newest two gone.
            FileUnreadable: the copy in the data folder has become bad since it was made; it is named so.
        """
        with self._generations.alone():
            return self._catch_up(progress, cancelled)

    def _catch_up(self, progress: Progress | None, cancelled: Callable[[], bool] | None) -> Generation | None:
        place, newest = self.place(), self._generations.newest_good()
        if place is None or not place.here or newest is None:
            return None
        self._note({}, place.folder)
        there = self._there(place.folder)
        good = [one for one in there if one.is_good]
        if any(one.path.name == newest.path.name for one in good):
            return None
        highest = max((one.number for one in good if one.number < _NO_NUMBER), default=0)
        if highest >= newest.number:  # a new computer counts from 1; what lies there is the old one's
            newest = self._generations.make(CopyReason.CHANGED, cancelled=cancelled, above=highest)
        newest = self._portable(newest)
        files.sweep_unproven(place.folder)
        make_room(there, newest.size + _MARGIN, lambda: self._free_room(place.folder))
        made = self._write(newest, place.folder, progress, cancelled)
        thin(self._there(place.folder), self._free_room(place.folder))
        self._note({"copied_at": made.at.isoformat()}, place.folder)
        return made

    def _write(
        self,
        source: Generation,
        folder: Path,
        progress: Progress | None,
        cancelled: Callable[[], bool] | None,
    ) -> Generation:
        """Copy a file, read it back, and compare every part with what its label says."""

        def produce(out: BinaryIO) -> None:
            with source.path.open("rb") as file:
                shutil.copyfileobj(file, out, 1 << 20)

        unproven = source.path.name + files.UNPROVEN
        written = write_verified(folder, unproven, produce, progress, cancelled, self._calls).path
        try:
            with open_copy(written) as copy:
                copy.check()
            self._calls.replace(written, folder / source.path.name)
        except FileUnreadable:  # read back it was equal: so it is the source that is bad
            written.unlink(missing_ok=True)
            self._generations.examine(source)
            raise
        except OSError as error:
            raise destination_failed(cause_of(error)) from error
        return files.look(folder / source.path.name, elsewhere=True)

    def _portable(self, newest: Generation) -> Generation:
        """The newest copy, made anew when it is from before anything portable opened the store."""
        with open_copy(newest.path) as copy:
            if key_slots.is_portable(copy.slots()):
                return newest
        return self._generations.make(CopyReason.CHANGED)

    def _there(self, folder: Path) -> tuple[Generation, ...]:
        own = files.store_tag_of(self._context.data_dir)
        listed = files.list_generations(self._context.data_dir, folder)
        return tuple(one for one in listed if one.elsewhere and one.store == own)

    def _known(self) -> dict[str, Any] | None:
        with self._context.database.reading() as stores:
            known: dict[str, Any] | None = stores.settings.get(SETTING)
        return known

    def _note(self, news: dict[str, Any], folder: Path) -> None:
        """Remember where the place was seen, and when; never a reason for another copy."""
        drive = self._drives.holding(folder)
        with self._context.database.transaction(marks=False) as stores:
            noted = {
                **stores.settings.get(SETTING, {}),
                "folder": str(folder),
                "below": folder.resolve().relative_to(drive.path.resolve()).as_posix() if drive else "",
                "name": drive.name if drive else "",
                "seen_at": self._context.now().isoformat(),
                **news,
            }
            stores.settings.set(SETTING, noted)

    def _find(self, known: dict[str, Any]) -> Path | None:
        return next((one for one in self._candidates(known) if _number_in(one) == known["id"]), None)

    def _candidates(self, known: dict[str, Any]) -> Iterator[Path]:
        yield Path(known["folder"])
        if known["below"]:
            yield from (drive.path / known["below"] for drive in self._drives.removable())

    def _inner_name(self) -> str:
        with self._context.database.reading() as stores:
            own = stores.settings.get("org")
        return f"{files.PLACE_PREFIX}{own}-{files.store_tag_of(self._context.data_dir)}"

    def _free_room(self, folder: Path) -> int:
        try:
            return self._free(folder)
        except OSError as error:
            raise destination_failed(cause_of(error)) from error


def _number_in(folder: Path) -> str:
    """The number the program wrote into a place; "" where there is none."""
    try:
        raw = json.loads((folder / MARKER).read_bytes()[:4096])
        return str(raw["place"]) if raw["format"] == _FORMAT else ""
    except (OSError, ValueError, KeyError, TypeError):
        return ""
