"""Sticks, cards and USB disks are offered on every system; the computer's own disks never are."""

import plistlib
import struct
from collections.abc import Mapping, Sequence
from pathlib import Path

import pytest

from shakyo_desktop.domain.errors import DestinationFailed
from shakyo_desktop.services.drives import Drive, DriveService, system_drives
from shakyo_desktop.services.removable.drive import Answer, run_tool
from shakyo_desktop.services.removable.linux import LinuxDrives
from shakyo_desktop.services.removable.macos import MacDrives
from shakyo_desktop.services.removable.windows import FIXED, REMOVABLE, SUCCESS, VETOED, Volume, WindowsDrives
from shakyo_desktop.services.removable.windows_calls import bus_type_of


class Tools:
    """Answers for the system's tools, by the beginning of the command; remembers what was asked."""

    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers = answers
        self.asked: list[str] = []

    def __call__(self, command: Sequence[str]) -> Answer:
        line = " ".join(command)
        self.asked.append(line)
        fitting = [answer for start, answer in self.answers.items() if line.startswith(start)]
        return fitting[0] if fitting else Answer(127, b"", "not found")


OK = Answer(0, b"", "")


class FakeLinux:
    """A mount table and a sysfs tree in a folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        (root / "proc").mkdir()
        (root / "sys/class/block").mkdir(parents=True)
        (root / "dev/disk/by-label").mkdir(parents=True)
        self.table: list[str] = []
        self._write()

    def disk(self, name: str, bus: str, removable: bool = False, kind: str = "") -> Path:
        folder = self.root / "sys/devices" / bus / "block" / name
        (folder / "device").mkdir(parents=True)
        (folder / "removable").write_text(f"{int(removable)}\n")
        (folder / "device/type").write_text(kind)
        self._block(name, folder)
        return folder

    def partition(self, disk: Path, name: str) -> None:
        (disk / name).mkdir()
        (disk / name / "partition").write_text("1\n")
        self._block(name, disk / name)

    def mount(self, name: str, place: str, kind: str = "vfat", label: str = "") -> None:
        (self.root / place[1:].replace("\\040", " ")).mkdir(parents=True, exist_ok=True)
        self.table.append(f"/dev/{name} {place} {kind} rw 0 0")
        if label:
            (self.root / "dev/disk/by-label" / label).symlink_to(f"../../{name}")
        self._write()

    def _block(self, name: str, folder: Path) -> None:
        (self.root / "sys/class/block" / name).symlink_to(folder)
        (self.root / "dev" / name).write_text("")

    def _write(self) -> None:
        lines = ["proc /proc proc rw 0 0", "tmpfs /tmp tmpfs rw 0 0", *self.table]
        (self.root / "proc/mounts").write_text("\n".join(lines) + "\n", encoding="utf-8")


@pytest.fixture
def linux(tmp_path: Path) -> FakeLinux:
    return FakeLinux(tmp_path)


USB = "pci0000:00/0000:00:14.0/usb1/1-2/1-2:1.0/host4/target4:0:0/4:0:0:0"


def test_linux_offers_a_stick_by_its_label(linux: FakeLinux) -> None:
    linux.partition(linux.disk("sdb", USB, removable=True), "sdb1")
    linux.mount("sdb1", "/media/taro/KINGSTON\\0401", label="みほん東\\x201")
    [drive] = LinuxDrives(linux.root).list()
    assert (drive.id, drive.name, drive.bus) == ("/dev/sdb1", "みほん東 1", "usb")
    assert drive.path == linux.root / "media/taro/KINGSTON 1"
    assert 0 < drive.free <= drive.total


LINUX_DISKS = {
    "usb disk that says it is not removable": (USB, False, "", "usb"),
    "usb stick without a partition": (USB, True, "", "usb"),
    "card in a built-in reader": ("pci0000:00/mmc_host/mmc0/mmc0:0001", False, "SD", "sd"),
    "soldered memory": ("pci0000:00/mmc_host/mmc0/mmc0:0001", False, "MMC", None),
    "disk of the computer": ("pci0000:00/ata1/host0", False, "", None),
    "removable disk on another bus": ("pci0000:00/ata9/host9", True, "", "other"),
    "firewire disk": ("pci0000:00/fw1/fw1.0/host5", False, "", "firewire"),
}


@pytest.mark.parametrize("bus, removable, kind, offered", LINUX_DISKS.values(), ids=LINUX_DISKS)
def test_linux_judges_by_bus_and_not_only_by_type(
    linux: FakeLinux, bus: str, removable: bool, kind: str, offered: str | None
) -> None:
    linux.disk("sdc", bus, removable, kind)
    linux.mount("sdc", "/media/taro/x")
    assert [drive.bus for drive in LinuxDrives(linux.root).list()] == ([offered] if offered else [])


@pytest.mark.parametrize("place", ["/", "/boot/efi", "/home", "/var/lib/x"])
def test_linux_never_offers_the_system_it_runs_from(linux: FakeLinux, place: str) -> None:
    linux.disk("sdb", USB, removable=True)
    linux.mount("sdb", place, kind="ext4")
    assert LinuxDrives(linux.root).list() == ()


def test_linux_never_offers_a_disc(linux: FakeLinux) -> None:
    linux.disk("sr0", USB, removable=True)
    linux.mount("sr0", "/media/taro/disc", kind="iso9660")
    assert LinuxDrives(linux.root).list() == ()


def test_linux_finds_the_disk_below_an_encrypted_volume_and_shows_it_once(linux: FakeLinux) -> None:
    linux.partition(linux.disk("sdb", USB, removable=True), "sdb1")
    upper = linux.disk("dm-0", "virtual")
    (upper / "slaves").mkdir()
    (upper / "slaves/sdb1").symlink_to(linux.root / "sys/class/block/sdb1")
    linux.mount("dm-0", "/media/taro/secret", kind="ext4")
    linux.mount("dm-0", "/media/taro/again", kind="ext4")
    assert [drive.path.name for drive in LinuxDrives(linux.root).list()] == ["secret"]


def stick(linux: FakeLinux) -> Drive:
    linux.partition(linux.disk("sdb", USB, removable=True), "sdb1")
    linux.mount("sdb1", "/media/taro/x")
    return LinuxDrives(linux.root).list()[0]


def test_linux_unmounts_and_switches_off(linux: FakeLinux) -> None:
    tools = Tools({"udisksctl": OK})
    LinuxDrives(linux.root, tools).eject(stick(linux))
    assert tools.asked == [
        "udisksctl unmount --no-user-interaction -b /dev/sdb1",
        "udisksctl power-off --no-user-interaction -b /dev/sdb",
    ]


LINUX_REFUSALS = {
    "in use": ({"udisksctl": Answer(1, b"", "Error unmounting: target is busy")}, "destination.in_use"),
    "no tool": ({}, "destination.eject"),
    "not allowed": ({"umount": Answer(1, b"", "must be superuser")}, "destination.eject"),
}


@pytest.mark.parametrize("answers, code", LINUX_REFUSALS.values(), ids=LINUX_REFUSALS)
def test_linux_says_when_it_cannot_let_go(linux: FakeLinux, answers: Mapping[str, Answer], code: str) -> None:
    with pytest.raises(DestinationFailed) as caught:
        LinuxDrives(linux.root, Tools(answers)).eject(stick(linux))
    assert caught.value.code == code
    assert len(caught.value.message.splitlines()) == 3


def test_linux_without_udisks_unmounts_itself(linux: FakeLinux) -> None:
    tools = Tools({"umount": OK})
    LinuxDrives(linux.root, tools).eject(stick(linux))
    assert tools.asked[1] == f"umount {linux.root}/media/taro/x"


MAC_VOLUMES = {
    "stick": ({"BusProtocol": "USB", "RemovableMedia": True, "ParentWholeDisk": "disk4"}, ("disk4", "usb")),
    "usb disk": (
        {"BusProtocol": "USB", "RemovableMedia": False, "ParentWholeDisk": "disk5"},
        ("disk5", "usb"),
    ),
    "apfs stick": (
        {
            "BusProtocol": "USB",
            "ParentWholeDisk": "disk7",
            "APFSPhysicalStores": [{"APFSPhysicalStore": "disk6s2"}],
        },
        ("disk6", "usb"),
    ),
    "card": ({"BusProtocol": "Secure Digital", "ParentWholeDisk": "disk3"}, ("disk3", "sd")),
    "own disk": ({"BusProtocol": "Apple Fabric", "RemovableMedia": False, "ParentWholeDisk": "disk3"}, None),
    "image": ({"BusProtocol": "Disk Image", "RemovableMedia": True, "ParentWholeDisk": "disk8"}, None),
    "disc": ({"BusProtocol": "ATA", "RemovableMedia": True, "OpticalMediaType": "DVD-R"}, None),
}


@pytest.mark.parametrize("info, expected", MAC_VOLUMES.values(), ids=MAC_VOLUMES)
def test_macos_judges_by_bus(
    tmp_path: Path, info: dict[str, object], expected: tuple[str, str] | None
) -> None:
    (tmp_path / "MIHON").mkdir()
    (tmp_path / "Macintosh HD").symlink_to("/")
    said = plistlib.dumps({"VolumeName": "みほん", **info})
    tools = Tools({f"diskutil info -plist {tmp_path}/MIHON": Answer(0, said, "")})
    found = MacDrives(tmp_path, tools).list()
    assert [(drive.id, drive.bus) for drive in found] == ([expected] if expected else [])
    assert all(drive.name == "みほん" and drive.free for drive in found)


@pytest.mark.parametrize("answer", [Answer(1, b"", ""), Answer(0, b"not a list", "")])
def test_macos_passes_over_what_diskutil_cannot_tell(tmp_path: Path, answer: Answer) -> None:
    (tmp_path / "MIHON").mkdir()
    assert MacDrives(tmp_path, Tools({"diskutil": answer})).list() == ()


def test_macos_ejects_the_whole_disk(tmp_path: Path) -> None:
    drive = Drive("disk4", "x", "", tmp_path, 1, 1, "usb")
    tools = Tools({"diskutil eject disk4": OK})
    MacDrives(tmp_path, tools).eject(drive)
    assert tools.asked == ["diskutil eject disk4"]
    busy = Tools({"diskutil": Answer(1, b"", "Volume failed to eject: disk in use")})
    with pytest.raises(DestinationFailed, match="ほかの画面で使われています"):
        MacDrives(tmp_path, busy).eject(drive)


class FakeWindows:
    """Letters with their type, bus and volume; what ejecting answers."""

    def __init__(self, result: int | None = SUCCESS, medium: bool = False) -> None:
        self.drives: dict[str, tuple[int, int | None, Volume | None]] = {
            "C": (FIXED, 17, Volume("Windows", 1, 2)),
            "D": (5, 11, Volume("DVD", 0, 2)),
            "E": (REMOVABLE, 7, Volume("みほん", 3, 4)),
            "F": (FIXED, 7, Volume("", 5, 6)),
            "G": (REMOVABLE, 7, None),
            "H": (REMOVABLE, None, Volume("SD", 7, 8)),
            "Z": (4, None, Volume("server", 9, 9)),
        }
        self.result = result
        self.medium = medium

    def letters(self) -> str:
        return "".join(self.drives)

    def drive_type(self, letter: str) -> int:
        return self.drives[letter][0]

    def bus_type(self, letter: str) -> int | None:
        return self.drives[letter][1]

    def volume(self, letter: str) -> Volume | None:
        return self.drives[letter][2]

    def request_eject(self, letter: str) -> int | None:
        return self.result

    def dismount_and_eject(self, letter: str) -> bool:
        return self.medium


def test_windows_offers_sticks_and_usb_disks_but_no_empty_reader_disc_or_server() -> None:
    found = WindowsDrives(FakeWindows).list()
    assert [(drive.letter, drive.name, drive.bus, drive.free) for drive in found] == [
        ("E:", "みほん", "usb", 3),
        ("F:", "USBメモリ", "usb", 5),
        ("H:", "SD", "other", 7),
    ]


WINDOWS_EJECTS = {
    "device lets go": (SUCCESS, False, None),
    "only the medium can go": (VETOED, True, None),
    "in use": (VETOED, False, "destination.in_use"),
    "unknown device": (None, False, "destination.eject"),
}


@pytest.mark.parametrize("result, medium, code", WINDOWS_EJECTS.values(), ids=WINDOWS_EJECTS)
def test_windows_lets_go_or_says_why_not(result: int | None, medium: bool, code: str | None) -> None:
    drives = WindowsDrives(lambda: FakeWindows(result, medium))
    drive = drives.list()[0]
    if code is None:
        drives.eject(drive)
    else:
        with pytest.raises(DestinationFailed) as caught:
            drives.eject(drive)
        assert caught.value.code == code


@pytest.mark.parametrize(
    "descriptor, expected",
    [(bytes(28) + struct.pack("<I", 7), 7), (bytes(28), None), (None, None), (bytes(32), 0)],
)
def test_the_bus_is_read_from_the_descriptor(descriptor: bytes | None, expected: int | None) -> None:
    assert bus_type_of(descriptor) == expected


class TwoSticks:
    """A lister with two drives, one inside the other's folder."""

    def __init__(self, folder: Path) -> None:
        self.ejected: list[str] = []
        (folder / "b/a").mkdir(parents=True)
        self.drives = [
            Drive("2", "b", "", folder / "b", 1, 1, "usb"),
            Drive("1", "a", "", folder / "b/a", 1, 1, "usb"),
        ]

    def list(self) -> Sequence[Drive]:
        return self.drives

    def eject(self, drive: Drive) -> None:
        self.ejected.append(drive.id)


def test_drives_are_listed_by_name_and_found_by_path(tmp_path: Path) -> None:
    service = DriveService(TwoSticks(tmp_path))
    assert [drive.name for drive in service.removable()] == ["a", "b"]
    inner, outer = service.holding(tmp_path / "b/a/x"), service.holding(tmp_path / "b/x")
    assert (inner and inner.name, outer and outer.name) == ("a", "b")
    assert service.holding(tmp_path) is None


def test_a_stick_that_was_pulled_already_needs_no_ejecting(tmp_path: Path) -> None:
    lister = TwoSticks(tmp_path)
    gone = lister.drives.pop()
    DriveService(lister).eject(gone)
    assert lister.ejected == []
    DriveService(lister).eject(lister.drives[0])
    assert lister.ejected == ["2"]


@pytest.mark.parametrize(
    "platform, kind", [("win32", WindowsDrives), ("darwin", MacDrives), ("linux", LinuxDrives)]
)
def test_every_system_has_its_lister(platform: str, kind: type) -> None:
    assert isinstance(system_drives(platform), kind)


def test_the_drives_of_this_computer_can_be_asked() -> None:
    assert all(drive.total > 0 for drive in DriveService().removable())


def test_a_tool_that_is_not_installed_is_no_crash() -> None:
    assert run_tool(["no-such-tool-anywhere"]).status == 127
