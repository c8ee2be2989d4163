"""Windows: drive letters, the bus of their disk, and the same request as 「取り外し」 in the task bar."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from shakyo_desktop.services.removable.drive import Drive, cannot_eject, still_in_use

# GetDriveTypeW
REMOVABLE, FIXED = 2, 3
# STORAGE_BUS_TYPE (winioctl.h)
_BUSES = {4: "firewire", 7: "usb", 12: "sd"}
# CRSUCCESS and CR_REMOVEVETOED (cfgmgr32.h)
SUCCESS, VETOED = 0, 23


@dataclass(frozen=True, slots=True)
class Volume:
    """A mounted file system's label and bytes."""

    label: str
    free: int
    total: int


class WindowsCalls(Protocol):
    """The calls into Windows, one method each."""

    def letters(self) -> str:
        """Return the letters in use, such as "CDE"."""
        ...

    def drive_type(self, letter: str) -> int:
        """Return GetDriveTypeW of a letter."""
        ...

    def bus_type(self, letter: str) -> int | None:
        """Return the STORAGE_BUS_TYPE of the disk behind a letter, None when it does not say."""
        ...

    def volume(self, letter: str) -> Volume | None:
        """Return the volume, None for a reader without a card."""
        ...

    def request_eject(self, letter: str) -> int | None:
        """Ask the plug-and-play manager to let go of the device: a CONFIGRET, None without a device."""
        ...

    def dismount_and_eject(self, letter: str) -> bool:
        """Lock, dismount and eject the medium itself: the way of card readers."""
        ...


def _system_calls() -> WindowsCalls:
    from shakyo_desktop.services.removable.windows_calls import SystemCalls  # exists on Windows only

    return SystemCalls()


@dataclass(frozen=True, slots=True)
class WindowsDrives:
    """The drives of a Windows computer; a USB disk says FIXED, so the bus decides as well."""

    calls: Callable[[], WindowsCalls] = _system_calls

    def list(self) -> tuple[Drive, ...]:
        """Return sticks, cards, and disks on USB or FireWire."""
        calls = self.calls()
        found = (_drive(calls, letter) for letter in calls.letters())
        return tuple(drive for drive in found if drive is not None)

    def eject(self, drive: Drive) -> None:
        """Ask for the device as a whole; where only the medium can go, eject the medium."""
        calls = self.calls()
        letter = drive.letter[:1]
        result = calls.request_eject(letter)
        if result == SUCCESS or calls.dismount_and_eject(letter):
            return
        raise still_in_use() if result == VETOED else cannot_eject()


def _drive(calls: WindowsCalls, letter: str) -> Drive | None:
    kind = calls.drive_type(letter)
    if kind not in (REMOVABLE, FIXED):
        return None
    bus = _BUSES.get(calls.bus_type(letter) or 0, "other")
    if kind == FIXED and bus == "other":
        return None
    volume = calls.volume(letter)
    if volume is None:
        return None
    name = volume.label or "USBメモリ"
    return Drive(f"{letter}:", name, f"{letter}:", Path(f"{letter}:\\"), volume.free, volume.total, bus)
