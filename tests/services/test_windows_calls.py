"""The calls into Windows, against libraries that answer as winioctl.h, setupapi.h and cfgmgr32.h say."""

import ctypes
import struct
from collections.abc import Callable
from typing import Any

import pytest

from shakyo_desktop.services.removable import windows_calls
from shakyo_desktop.services.removable.drive import Drive
from shakyo_desktop.services.removable.windows import SUCCESS, VETOED, Volume, WindowsDrives

STICK, CARD = "\\\\?\\usbstor#stick", "\\\\?\\usbstor#card"
NUMBERS = {"\\\\.\\E:": 1, "\\\\.\\F:": 2, STICK: 1, CARD: 2}  # STORAGE_DEVICE_NUMBER by path
NODES = [(CARD, 20), (STICK, 10)]


class Call:
    """A function of a library: callable, and its types can be declared."""

    def __init__(self, work: Callable[..., Any]) -> None:
        self.work = work
        self.restype: object = None
        self.argtypes: object = None

    def __call__(self, *arguments: Any) -> Any:
        return self.work(*arguments)


class FakeSystem:
    """Drives C: (inside), E: (a stick) and F: (an empty card reader); remembers what was closed and asked."""

    def __init__(self, eject: tuple[int, int] = (0, 0), refused: frozenset[int] = frozenset()) -> None:
        self.open: dict[int, str] = {}
        self.handles = 0
        self.eject = eject
        self.refused = refused
        self.asked: list[int] = []
        self.ejected: list[int] = []
        self.libraries: dict[str, Any] = {"kernel32": self, "setupapi": self, "cfgmgr32": self}
        for name in dir(self):
            if name[0].isupper():
                setattr(self, name, Call(getattr(self, name)))

    def GetLogicalDrives(self) -> int:
        return 1 << 2 | 1 << 4 | 1 << 5

    def GetDriveTypeW(self, root: Any) -> int:
        return 3 if root.value == "C:\\" else 2

    def SetThreadErrorMode(self, mode: int, old: object) -> int:
        return 1

    def CreateFileW(self, path: str, *_: object) -> int:
        if path not in {**NUMBERS, "\\\\.\\C:": 0}:
            return ctypes.c_void_p(-1).value or 0
        self.handles += 4
        self.open[self.handles] = path
        return self.handles

    def CloseHandle(self, handle: int) -> int:
        del self.open[handle]
        return 1

    def DeviceIoControl(
        self, handle: int, code: int, given: Any, size: int, out: Any, room: int, length: Any, _: object
    ) -> int:
        self.asked.append(code)
        path = self.open[handle]
        answers = {
            0x2D1400: bytes(28) + struct.pack("<I", 17 if path.endswith("C:") else 7),
            0x2D1080: struct.pack("<III", 7, NUMBERS.get(path, 0), 1),
        }
        answer = answers.get(code, b"")
        if code in self.refused or len(answer) > room:
            return 0
        if answer:
            ctypes.memmove(out, answer, len(answer))
        length._obj.value = len(answer)
        return 1

    def GetVolumeInformationW(self, root: Any, label: Any, *_: object) -> int:
        if root.value == "F:\\":
            return 0
        label.value = "みほん"
        return 1

    def GetDiskFreeSpaceExW(self, root: Any, free: Any, total: Any, _: object) -> int:
        free._obj.value, total._obj.value = 5 << 32, 6 << 32
        return 1

    def SetupDiGetClassDevsW(self, *_: object) -> int:
        return 99

    def SetupDiEnumDeviceInterfaces(self, devices: Any, _: object, guid: Any, index: Any, face: Any) -> int:
        assert face._obj.size == ctypes.sizeof(windows_calls._InterfaceInfo)
        face._obj.flags = index.value
        return int(index.value < len(NODES))

    def SetupDiGetDeviceInterfaceDetailW(
        self, devices: Any, face: Any, detail: Any, room: Any, needed: object, info: Any
    ) -> int:
        path, node = NODES[face._obj.flags]
        assert struct.unpack_from("<I", detail)[0] == 8
        encoded = path.encode("utf-16-le") + b"\0\0"
        ctypes.memmove(ctypes.addressof(detail) + 4, encoded, len(encoded))
        info._obj.instance = node
        return 1

    def SetupDiDestroyDeviceInfoList(self, devices: Any) -> int:
        return 1

    def CM_Get_Parent(self, parent: Any, node: Any, flags: Any) -> int:
        parent._obj.value = node.value + 1
        return 0

    def CM_Request_Device_EjectW(self, node: Any, veto: Any, name: Any, length: Any, flags: Any) -> int:
        self.ejected.append(node.value)
        veto._obj.value = self.eject[1]
        return self.eject[0]


def use(monkeypatch: pytest.MonkeyPatch, system: FakeSystem) -> windows_calls.SystemCalls:
    monkeypatch.setattr(windows_calls, "_library", system.libraries.__getitem__)
    return windows_calls.SystemCalls()


def test_sticks_are_found_with_label_bus_and_space(monkeypatch: pytest.MonkeyPatch) -> None:
    system = FakeSystem()
    calls = use(monkeypatch, system)
    assert calls.letters() == "CEF"
    assert (calls.bus_type("C"), calls.bus_type("E"), calls.bus_type("X")) == (17, 7, None)
    assert (calls.volume("E"), calls.volume("F")) == (Volume("みほん", 5 << 32, 6 << 32), None)
    assert [drive.letter for drive in WindowsDrives(lambda: calls).list()] == ["E:"]
    assert system.open == {}, "every handle is closed"


EJECTS = {
    "lets go": ((0, 0), SUCCESS),
    "vetoed": ((23, 6), VETOED),
    "says yes and names who holds it": ((0, 6), VETOED),
    "no such device": ((13, 0), 13),
}


@pytest.mark.parametrize("answer, result", EJECTS.values(), ids=EJECTS)
def test_the_device_above_the_disk_is_asked_to_go(
    monkeypatch: pytest.MonkeyPatch, answer: tuple[int, int], result: int
) -> None:
    system = FakeSystem(eject=answer)
    calls = use(monkeypatch, system)
    assert calls.request_eject("E") == result
    assert system.ejected == [11], "the parent of the stick's node, not the card's"
    assert calls.request_eject("X") is None
    assert system.open == {}


LOCK, DISMOUNT, EJECT = 0x90018, 0x90020, 0x2D4808


@pytest.mark.parametrize(
    "refused, done, asked",
    [
        ((), True, [LOCK, DISMOUNT, EJECT]),
        ((LOCK,), False, [LOCK]),
        ((EJECT,), False, [LOCK, DISMOUNT, EJECT]),
    ],
)
def test_a_medium_is_locked_before_it_is_ejected(
    monkeypatch: pytest.MonkeyPatch, refused: tuple[int, ...], done: bool, asked: list[int]
) -> None:
    system = FakeSystem(refused=frozenset(refused))
    assert use(monkeypatch, system).dismount_and_eject("F") is done
    assert system.asked == asked


def test_a_stick_goes_from_list_to_ejected(monkeypatch: pytest.MonkeyPatch) -> None:
    system = FakeSystem()
    calls = use(monkeypatch, system)
    drives = WindowsDrives(lambda: calls)
    [drive] = drives.list()
    assert isinstance(drive, Drive)
    drives.eject(drive)
    assert system.ejected == [11]
