"""The sticks and USB disks a file can be handed over on, and letting go of them."""

import sys
from pathlib import Path

from shakyo_desktop.services.removable.drive import Drive, DriveLister
from shakyo_desktop.services.removable.linux import LinuxDrives
from shakyo_desktop.services.removable.macos import MacDrives
from shakyo_desktop.services.removable.windows import WindowsDrives


def system_drives(platform: str = sys.platform) -> DriveLister:
    """Return the lister of an operating system (a value of ``sys.platform``)."""
    if platform == "win32":
        return WindowsDrives()
    return MacDrives() if platform == "darwin" else LinuxDrives()


class DriveService:
    """What the screens ask about sticks; ``lister`` is the computer's own except in tests."""

    def __init__(self, lister: DriveLister | None = None) -> None:
        self._lister = lister or system_drives()

    def removable(self) -> tuple[Drive, ...]:
        """Return what can be carried away and is there now, by letter and name."""
        return tuple(sorted(self._lister.list(), key=lambda drive: (drive.letter, drive.name, drive.id)))

    def eject(self, drive: Drive) -> None:
        """Return when the drive can be pulled (「取り外せます」 is true from then on).

        A drive that is no longer there can be pulled: someone already did.

        Raises:
            DestinationFailed: the system does not let go; what was written is safe.
        """
        if any(found.id == drive.id for found in self._lister.list()):
            self._lister.eject(drive)

    def holding(self, path: Path) -> Drive | None:
        """Return the drive a file or folder lies on, None when it lies in the computer itself."""
        place = path.resolve()
        on = [drive for drive in self._lister.list() if place.is_relative_to(drive.path.resolve())]
        return max(on, key=lambda drive: len(drive.path.parts), default=None)


__all__ = ["Drive", "DriveLister", "DriveService", "system_drives"]
