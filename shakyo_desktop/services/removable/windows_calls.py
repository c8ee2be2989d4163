"""The calls into Windows behind ``WindowsDrives``, through ctypes. Importing this costs nothing elsewhere.

Structures and numbers: winioctl.h, setupapi.h, cfgmgr32.h.
"""

import ctypes
import struct
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import byref, c_ulong, c_void_p, c_wchar_p, create_string_buffer, create_unicode_buffer, sizeof
from typing import Any

from shakyo_desktop.services.removable.windows import SUCCESS, VETOED, Volume

_GENERIC_READ_WRITE = 0xC0000000
_SHARE_READ_WRITE = 3
_OPEN_EXISTING = 3
_INVALID = c_void_p(-1).value
_FAIL_CRITICAL_ERRORS = 1  # no 「ディスクがありません」 window for an empty card reader

_IOCTL_STORAGE_QUERY_PROPERTY = 0x2D1400
_IOCTL_STORAGE_GET_DEVICE_NUMBER = 0x2D1080
_IOCTL_STORAGE_EJECT_MEDIA = 0x2D4808
_FSCTL_LOCK_VOLUME = 0x90018
_FSCTL_DISMOUNT_VOLUME = 0x90020

_BUS_TYPE_OFFSET = 28  # STORAGE_DEVICE_DESCRIPTOR.BusType
_PRESENT_INTERFACES = 0x12  # DIGCF_PRESENT | DIGCF_DEVICEINTERFACE
# {53F56307-B6BF-11D0-94F2-00A0C91EFB8B}
_DISK_INTERFACE = struct.pack("<IHH8s", 0x53F56307, 0xB6BF, 0x11D0, bytes.fromhex("94f200a0c91efb8b"))


class _DeviceInfo(ctypes.Structure):
    """SP_DEVINFO_DATA."""

    _fields_ = (
        ("size", c_ulong),
        ("guid", ctypes.c_byte * 16),
        ("instance", c_ulong),
        ("reserved", c_void_p),
    )


class _InterfaceInfo(ctypes.Structure):
    """SP_DEVICE_INTERFACE_DATA."""

    _fields_ = (("size", c_ulong), ("guid", ctypes.c_byte * 16), ("flags", c_ulong), ("reserved", c_void_p))


def _library(name: str) -> Any:
    return getattr(ctypes, "WinDLL")(name, use_last_error=True)  # noqa: B009 - the name exists on Windows only


class SystemCalls:
    """Windows itself."""

    def __init__(self) -> None:
        self._kernel = _library("kernel32")
        self._kernel.CreateFileW.restype = c_void_p
        self._kernel.CreateFileW.argtypes = (
            *(c_wchar_p, c_ulong, c_ulong, c_void_p),
            *(c_ulong, c_ulong, c_void_p),
        )
        self._kernel.CloseHandle.argtypes = (c_void_p,)
        self._kernel.DeviceIoControl.argtypes = (
            *(c_void_p, c_ulong, c_void_p, c_ulong),
            *(c_void_p, c_ulong, c_void_p, c_void_p),
        )
        self._kernel.SetThreadErrorMode(_FAIL_CRITICAL_ERRORS, None)

    def letters(self) -> str:
        """Return the letters in use, such as "CDE"."""
        mask = self._kernel.GetLogicalDrives()
        return "".join(chr(ord("A") + bit) for bit in range(26) if mask & 1 << bit)

    def drive_type(self, letter: str) -> int:
        """Return GetDriveTypeW of a letter."""
        return int(self._kernel.GetDriveTypeW(c_wchar_p(f"{letter}:\\")))

    def bus_type(self, letter: str) -> int | None:
        """Return the STORAGE_BUS_TYPE of the disk behind a letter."""
        query = struct.pack("<III", 0, 0, 0)  # StorageDeviceProperty, PropertyStandardQuery
        with self._open(f"\\\\.\\{letter}:", 0) as handle:
            answer = self._control(handle, _IOCTL_STORAGE_QUERY_PROPERTY, query, 1024)
        return bus_type_of(answer)

    def volume(self, letter: str) -> Volume | None:
        """Return the label and the space of a volume, None when no medium is in."""
        label = create_unicode_buffer(261)
        root = c_wchar_p(f"{letter}:\\")
        if not self._kernel.GetVolumeInformationW(root, label, 261, None, None, None, None, 0):
            return None
        free, total = ctypes.c_ulonglong(), ctypes.c_ulonglong()
        if not self._kernel.GetDiskFreeSpaceExW(root, byref(free), byref(total), None):
            return None
        return Volume(label.value, free.value, total.value)

    def request_eject(self, letter: str) -> int | None:
        """Ask for the parent of the disk: what 「ハードウェアの安全な取り外し」 asks for."""
        with self._open(f"\\\\.\\{letter}:", 0) as handle:
            number = self._control(handle, _IOCTL_STORAGE_GET_DEVICE_NUMBER, b"", 12)
        disk = next(
            (node for path, node in self._disks() if number and self._number(path) == number[:8]), None
        )
        if disk is None:
            return None
        manager = _library("cfgmgr32")
        parent, veto, name = c_ulong(), c_ulong(), create_unicode_buffer(260)
        if manager.CM_Get_Parent(byref(parent), c_ulong(disk), c_ulong(0)):
            return None
        result = int(manager.CM_Request_Device_EjectW(parent, byref(veto), name, c_ulong(260), c_ulong(0)))
        return VETOED if result == SUCCESS and veto.value else result

    def dismount_and_eject(self, letter: str) -> bool:
        """Lock, dismount and eject the medium; each step must succeed."""
        steps = (_FSCTL_LOCK_VOLUME, _FSCTL_DISMOUNT_VOLUME, _IOCTL_STORAGE_EJECT_MEDIA)
        with self._open(f"\\\\.\\{letter}:", _GENERIC_READ_WRITE) as handle:
            return all(self._control(handle, step, b"", 0) is not None for step in steps)

    @contextmanager
    def _open(self, path: str, access: int) -> Iterator[int | None]:
        handle = self._kernel.CreateFileW(path, access, _SHARE_READ_WRITE, None, _OPEN_EXISTING, 0, None)
        opened = None if handle in (None, _INVALID) else int(handle)
        try:
            yield opened
        finally:
            if opened is not None:
                self._kernel.CloseHandle(opened)

    def _control(self, handle: int | None, code: int, request: bytes, room: int) -> bytes | None:
        """Return the answer of DeviceIoControl, None when it fails."""
        if handle is None:
            return None
        answer, length = create_string_buffer(max(room, 1)), c_ulong()
        given = request or None
        if not self._kernel.DeviceIoControl(
            handle, code, given, len(request), answer if room else None, room, byref(length), None
        ):
            return None
        return answer.raw[: length.value]

    def _number(self, path: str) -> bytes | None:
        """Return type and number of a device (STORAGE_DEVICE_NUMBER without its partition)."""
        with self._open(path, 0) as handle:
            number = self._control(handle, _IOCTL_STORAGE_GET_DEVICE_NUMBER, b"", 12)
        return number[:8] if number else None

    def _disks(self) -> Iterator[tuple[str, int]]:
        """Yield the path and the device node of every disk that is present."""
        setup = _library("setupapi")
        setup.SetupDiGetClassDevsW.restype = c_void_p
        devices = c_void_p(setup.SetupDiGetClassDevsW(_DISK_INTERFACE, None, None, _PRESENT_INTERFACES))
        index = 0
        try:
            while (found := _interface(setup, devices, index)) is not None:
                yield found
                index += 1
        finally:
            setup.SetupDiDestroyDeviceInfoList(devices)


def _interface(setup: Any, devices: c_void_p, index: int) -> tuple[str, int] | None:
    """Return path and device node of the disk with this index."""
    face, info = _InterfaceInfo(sizeof(_InterfaceInfo)), _DeviceInfo(sizeof(_DeviceInfo))
    if not setup.SetupDiEnumDeviceInterfaces(devices, None, _DISK_INTERFACE, c_ulong(index), byref(face)):
        return None
    detail = create_string_buffer(4 + 2 * 1024)  # SP_DEVICE_INTERFACE_DETAIL_DATA_W: a size, then the path
    head = 8 if sizeof(c_void_p) == 8 else 6
    struct.pack_into("<I", detail, 0, head)
    if not setup.SetupDiGetDeviceInterfaceDetailW(
        devices, byref(face), detail, c_ulong(len(detail)), None, byref(info)
    ):
        return "", 0
    return detail.raw[4:].decode("utf-16-le").split("\0", 1)[0], int(info.instance)


def bus_type_of(descriptor: bytes | None) -> int | None:
    """Return the bus type of a STORAGE_DEVICE_DESCRIPTOR, None when it is too short to hold one."""
    if descriptor is None or len(descriptor) < _BUS_TYPE_OFFSET + 4:
        return None
    return int(struct.unpack_from("<I", descriptor, _BUS_TYPE_OFFSET)[0])
