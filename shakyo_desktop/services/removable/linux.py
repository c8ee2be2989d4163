"""Linux: the mount table, sysfs for the bus, udisks to let go of a drive."""

import os
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from shakyo_desktop.services.removable.drive import Drive, Run, cannot_eject, run_tool, still_in_use

_ESCAPED = re.compile(r"\\([0-7]{3})")
_ESCAPED_LABEL = re.compile(rb"\\x([0-9a-f]{2})")
_NEVER_WRITTEN = {"iso9660", "udf", "squashfs"}  # discs and images that no report can be written to
_SYSTEM_MOUNTS = re.compile(r"/|/(boot|efi|home|nix|snap|usr|var)(/.*)?")  # a system started from a stick
_BUSY = re.compile(r"busy|in use", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class LinuxDrives:
    """The drives of a Linux desktop; ``root`` is "/" except in tests."""

    root: Path = Path("/")
    run: Run = run_tool

    def list(self) -> tuple[Drive, ...]:
        """Return mounted volumes whose disk is removable or stands on a USB, card or FireWire bus."""
        found: dict[str, Drive] = {}
        for device, mount in self._mounts():
            drive = self._drive(device, mount)
            if drive is not None:
                found.setdefault(drive.id, drive)
        return tuple(found.values())

    def eject(self, drive: Drive) -> None:
        """Unmount the volume and switch its disk off, so that the stick's light goes out."""
        answer = self.run(["udisksctl", "unmount", "--no-user-interaction", "-b", drive.id])
        if answer.status == 127:
            answer = self.run(["umount", str(drive.path)])
        if answer.status != 0:
            raise still_in_use() if _BUSY.search(answer.message) else cannot_eject()
        disk = self._disk(Path(drive.id).name)
        if disk is not None:  # once unmounted everything is on the stick: switching off is a courtesy
            self.run(["udisksctl", "power-off", "--no-user-interaction", "-b", f"/dev/{disk.name}"])

    def _mounts(self) -> Iterator[tuple[str, str]]:
        table = (self.root / "proc/mounts").read_text(encoding="utf-8", errors="surrogateescape")
        for line in table.splitlines():
            device, mount, kind = line.split()[:3]
            if device.startswith("/dev/") and kind not in _NEVER_WRITTEN:
                yield _unescaped(device), _unescaped(mount)

    def _drive(self, device: str, mount: str) -> Drive | None:
        disk = self._disk(Path(os.path.realpath(self.root / device[1:])).name)
        if disk is None or _SYSTEM_MOUNTS.fullmatch(mount):
            return None
        bus = _bus(disk)
        if bus == "other" and _text(disk / "removable") != "1":
            return None
        path = self.root / mount[1:]
        try:
            usage = shutil.disk_usage(path)
        except OSError:  # pulled while we looked
            return None
        name = self._label(device) or Path(mount).name
        return Drive(device, name, "", path, usage.free, usage.total, bus)

    def _disk(self, name: str) -> Path | None:
        """Return the sysfs folder of the whole disk that a block device (partition, LUKS) lies on."""
        link = self.root / "sys/class/block" / name
        if not link.exists():
            return None
        folder = link.resolve()
        below = sorted((folder / "slaves").glob("*"))
        if below:
            return self._disk(below[0].name)
        return folder.parent if (folder / "partition").exists() else folder

    def _label(self, device: str) -> str:
        labels = self.root / "dev/disk/by-label"
        target = os.path.realpath(self.root / device[1:])
        for link in sorted(labels.glob("*")):
            if os.path.realpath(link) == target:
                raw = _ESCAPED_LABEL.sub(lambda hit: bytes([int(hit[1], 16)]), os.fsencode(link.name))
                return raw.decode("utf-8", "replace")
        return ""


def _bus(disk: Path) -> str:
    """Return the bus a disk's sysfs folder hangs on."""
    parts = disk.parts
    if any(re.fullmatch(r"usb\d+", part) for part in parts):
        return "usb"
    if any(part.startswith("fw") and part[2:].isdigit() for part in parts):
        return "firewire"
    if _text(disk / "device/type") == "SD":  # soldered memory answers MMC
        return "sd"
    return "other"


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def _unescaped(text: str) -> str:
    """Undo the octal escapes of the mount table: space, tab, newline, backslash and # (fstab(5))."""
    return _ESCAPED.sub(lambda hit: chr(int(hit[1], 8)), text)
