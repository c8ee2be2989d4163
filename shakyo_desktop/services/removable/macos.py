"""macOS: ``diskutil`` says what a volume hangs on and lets go of it."""

import plistlib
import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shakyo_desktop.services.removable.drive import Drive, Run, cannot_eject, run_tool, still_in_use

_BUSES = {"USB": "usb", "Secure Digital": "sd", "FireWire": "firewire", "Thunderbolt": "other"}
_BUSY = re.compile(
    r"in use|busy|dissent|couldn.t be (unmounted|ejected)|failed to (unmount|eject)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class MacDrives:
    """The drives of a Mac; ``volumes`` is /Volumes except in tests."""

    volumes: Path = Path("/Volumes")
    run: Run = run_tool

    def list(self) -> tuple[Drive, ...]:
        """Return the volumes on USB, cards and FireWire, and whatever says that it is removable."""
        found = (self._drive(folder) for folder in sorted(self.volumes.glob("*")) if not folder.is_symlink())
        return tuple(drive for drive in found if drive is not None)

    def eject(self, drive: Drive) -> None:
        """Unmount every volume of the disk and let go of it."""
        answer = self.run(["diskutil", "eject", drive.id])
        if answer.status == 0:
            return
        said = answer.message + answer.output.decode("utf-8", "replace")
        raise still_in_use() if _BUSY.search(said) else cannot_eject()

    def _drive(self, folder: Path) -> Drive | None:
        answer = self.run(["diskutil", "info", "-plist", str(folder)])
        if answer.status != 0:
            return None
        try:
            info: Mapping[str, Any] = plistlib.loads(answer.output)
            usage = shutil.disk_usage(folder)
        except (plistlib.InvalidFileException, ValueError, OSError):
            return None
        protocol = str(info.get("BusProtocol", ""))
        removable = (
            bool(info.get("RemovableMedia")) and protocol != "Disk Image" and not info.get("OpticalMediaType")
        )
        if protocol not in _BUSES and not removable:
            return None
        name = str(info.get("VolumeName") or folder.name)
        return Drive(_disk(info), name, "", folder, usage.free, usage.total, _BUSES.get(protocol, "other"))


def _disk(info: Mapping[str, Any]) -> str:
    """Return the whole disk to eject: an APFS volume names the physical store it lies in."""
    stores = info.get("APFSPhysicalStores") or []
    if stores:
        return re.sub(r"s\d+$", "", str(stores[0].get("APFSPhysicalStore", "")))
    return str(info.get("ParentWholeDisk") or info.get("DeviceIdentifier", ""))
