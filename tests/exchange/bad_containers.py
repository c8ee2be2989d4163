"""Containers that break one rule each: hostile names, and ZIPs of another form than ours."""

import struct
import zipfile
import zlib
from collections.abc import Callable
from io import BytesIO
from typing import Any

from shakyo_desktop.exchange import names
from tests.exchange.mischief import good_entries, sealed
from tests.exchange.people import WARD_BOX, uuid7
from tests.exchange.spoiling import Bad, plain

Listed = list[tuple[str, bytes]]


def zipped(content: Listed, **options: Any) -> bytes:
    """A ZIP of the same bytes as ours when written in our order; for what our writer would never write."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in content:
            info = zipfile.ZipInfo(name)
            info.create_system = 0
            for option, value in options.items():
                setattr(info, option, value)
            archive.writestr(info, data)
            info.external_attr = options.get("external_attr", 0)  # zipfile puts a mode there
    return out.getvalue()


def items() -> Listed:
    """The good report's entries in their order."""
    return sorted(good_entries("report").items(), key=lambda item: names.order_key(item[0]))


def inside(code: str, make: Callable[[], bytes]) -> Bad:
    """This container, sealed for the ward."""
    return Bad(lambda: sealed(make(), WARD_BOX.recipient), code)


def changed(code: str, change: Callable[[bytes], bytes]) -> Bad:
    """The good report's container, changed after everything was signed."""
    return inside(code, lambda: change(plain("report")))


def named(raw: bytes, code: str = "zip.name") -> Bad:
    """One entry more, whose name is these bytes in the directory and in front of its data."""

    def make() -> bytes:
        stands = "Q" * len(raw)
        return zipped([*items(), (stands, b"x")]).replace(stands.encode(), raw)

    return inside(code, make)


def put(data: bytes, at: int, form: str, value: int) -> bytes:
    """A field of the container overwritten; ``at`` counts from the end when it is negative."""
    out = bytearray(data)
    struct.pack_into(form, out, at % len(out), value)
    return bytes(out)


def directory(data: bytes) -> int:
    return data.index(b"PK\x01\x02")


def inserted(data: bytes, at: int, what: bytes) -> bytes:
    """Bytes between the entries and the directory, whose place the end record knows."""
    start = directory(data)
    moved = data[:at] + what + data[at:]
    return put(moved, -6, "<I", start + len(what))


def overlapping(data: bytes) -> bytes:
    """The last entry's record says that its data begin where the first entry's do."""
    return put(data, data.rindex(b"PK\x01\x02") + 42, "<I", 0)


def deflated_bomb() -> bytes:
    """Forty megabytes of zeros in a table, packed to forty kilobytes."""
    return zipped([*items(), ("data/bomb.ndjson", bytes(40 * 2**20))], compress_type=zipfile.ZIP_DEFLATED)


def swapped(listed: Listed, first: int, second: int) -> Listed:
    listed[first], listed[second] = listed[second], listed[first]
    return listed


def zip64_end(data: bytes) -> bytes:
    """A ZIP64 end record and its locator before the ordinary one."""
    record = struct.pack("<4sQ2H2I4Q", b"PK\x06\x06", 44, 45, 45, 0, 0, 8, 8, 100, directory(data))
    locator = struct.pack("<4sIQI", b"PK\x06\x07", 0, len(data) - 22, 1)
    return data[:-22] + record + locator + data[-22:]


def with_descriptor(data: bytes) -> bytes:
    """Bit 3 set in the first entry's headers, its checksum and sizes behind its data."""
    data = put(put(data, 6, "<H", 8), directory(data) + 8, "<H", 8)
    end = data.index(b"PK\x03\x04", 4)
    descriptor = b"PK\x07\x08" + data[14:26]
    return inserted(data, end, descriptor)


HOSTILE_NAMES: dict[str, Bad] = {
    "a path upwards": named(b"../evil.ndjson"),
    "a path upwards behind a folder": named(b"data/../../evil.ndjson"),
    "a path upwards with backslashes": named(rb"..\evil.ndjson"),
    "a backslash for a slash": named(rb"data\extra.ndjson"),
    "an absolute path": named(b"/etc/cron.d/evil"),
    "a drive letter": named(rb"C:\Windows\evil.exe"),
    "a drive without a slash": named(b"C:evil.ndjson"),
    "a server's share": named(rb"\\server\share\evil"),
    "a share with slashes": named(b"//server/share/evil"),
    "a device path": named(rb"\\.\PhysicalDrive0"),
    "a stream of NTFS": named(b"data/activities.ndjson:evil"),
    "the device CON": named(b"CON"),
    "the device NUL with a suffix": named(b"NUL.json"),
    "a table called con": inside(
        "manifest.files", lambda: zipped(sorted([*items(), ("data/con.ndjson", b"")], key=by_order))
    ),
    "a dot at the end": named(b"package.json."),
    "a space at the end": named(b"package.json "),
    "a name in CP932": named("data/活動.ndjson".encode("cp932")),
    "a name in UTF-8": named("data/活動.ndjson".encode()),
    "a right-to-left mark": named("photos/gpj\u202e.exe".encode()),
    "a zero-width space in a name": named("data/activities\u200b.ndjson".encode()),
    "a fullwidth dot": named("data/activities．ndjson".encode()),
    "a NUL byte": named(b"package.json\0.exe"),
    "a line end in a name": named(b"package.json\n"),
    "a directory": named(b"data/"),
    "an empty name": named(b""),
    "a name of 60,000 letters": named(b"a" * 60_000),
    "a twin in capitals": named(b"Package.json"),
    "a table's twin in capitals": named(b"data/Activities.ndjson"),
    "a photo's twin in capitals": named(f"photos/{uuid7(5)}.JPG".encode()),
    "a folder under the tables": named(b"data/a/b.ndjson"),
    "a table's name too long": named(b"data/" + b"a" * 32 + b".ndjson"),
    "another file of META-INF": named(b"META-INF/container.xml"),
    "a second signature": named(b"META-INF/signature002.p7s"),
    "a photo named by a person": named("photos/みほん花子.jpg".encode()),
}


def by_order(item: tuple[str, bytes]) -> tuple[int, str]:
    return names.order_key(item[0])


BAD_STRUCTURES: dict[str, Bad] = {
    "a symbolic link": inside("zip.central", lambda: zipped(items(), external_attr=0o120777 << 16)),
    "an executable file": inside("zip.central", lambda: zipped(items(), external_attr=0o100755 << 16)),
    "a directory's mark": inside("zip.central", lambda: zipped(items(), external_attr=0x10)),
    "made on another system": inside("zip.central", lambda: zipped(items(), create_system=3)),
    "deflated entries": inside("zip.central", lambda: zipped(items(), compress_type=zipfile.ZIP_DEFLATED)),
    "a deflate bomb": inside("zip.central", deflated_bomb),
    "entries with bzip2": inside("zip.central", lambda: zipped(items(), compress_type=zipfile.ZIP_BZIP2)),
    "entries that overlap": changed("zip.gap", overlapping),
    "all entries over one another": changed(
        "zip.gap", lambda data: put(data, directory(data) + 46 + len("mimetype") + 42, "<I", 0)
    ),
    "ZIP64 records": changed("zip.eocd", zip64_end),
    "ZIP64's marks in the end record": changed("zip.eocd", lambda data: put(data, -12, "<I", 2**32 - 1)),
    "ZIP64's size of an entry": changed(
        "zip.central", lambda data: put(data, directory(data) + 24, "<I", 2**32 - 1)
    ),
    "a data descriptor": changed("zip.central", with_descriptor),
    "an encrypted entry": changed("zip.central", lambda data: put(data, directory(data) + 8, "<H", 1)),
    "the mark of UTF-8 names": changed(
        "zip.central", lambda data: put(data, directory(data) + 8, "<H", 0x800)
    ),
    "a program in front": changed("zip.eocd", lambda data: b"MZ" + bytes(100) + data),
    "a program in front, its length in the end record": changed(
        "zip.local", lambda data: put(b"MZ" + data, -6, "<I", directory(data) + 2)
    ),
    "bytes behind the end record": changed("zip.eocd", lambda data: data + b"x"),
    "another ZIP behind the end": changed("zip.eocd", lambda data: data + zipped([("evil", b"x")])),
    "a gap before the directory": changed("zip.gap", lambda data: inserted(data, directory(data), b"hidden")),
    "bytes between two entries": changed(
        "zip.local", lambda data: inserted(data, data.index(b"PK\x03\x04", 4), b"hidden")
    ),
    "a comment of the archive": changed("zip.eocd", lambda data: data[:-2] + b"\x05\0hello"),
    "an end record inside a comment": changed(
        "zip.eocd", lambda data: data[:-2] + b"\x16\0" + b"PK\x05\x06" + bytes(18)
    ),
    "a comment of an entry": inside("zip.central", lambda: zipped(items(), comment=b"hidden")),
    "an extra field with a time": inside(
        "zip.central", lambda: zipped(items(), extra=b"UT\x05\0\x01" + bytes(4))
    ),
    "an extra field in front of the data only": changed("zip.local", lambda data: put(data, 28, "<H", 4)),
    "another date of the entries": inside(
        "zip.central", lambda: zipped(items(), date_time=(2026, 4, 1, 0, 0, 0))
    ),
    "one more than 1,200 entries": inside(
        "zip.too_many", lambda: zipped([*items(), *((f"x{n:04}", b"") for n in range(1201))])
    ),
    "65,535 entries": changed(
        "zip.too_many", lambda data: put(put(data, -14, "<H", 65535), -12, "<H", 65535)
    ),
    "an entry more than there is": changed(
        "zip.central", lambda data: put(put(data, -14, "<H", len(items()) + 1), -12, "<H", len(items()) + 1)
    ),
    "an entry fewer than there is": changed(
        "zip.central", lambda data: put(put(data, -14, "<H", len(items()) - 1), -12, "<H", len(items()) - 1)
    ),
    "two counts that differ": changed("zip.eocd", lambda data: put(data, -14, "<H", 2)),
    "a second disk": changed("zip.eocd", lambda data: put(data, -18, "<H", 1)),
    "a directory larger than the file": changed("zip.eocd", lambda data: put(data, -10, "<I", 2**31)),
    "a directory elsewhere": changed("zip.eocd", lambda data: put(data, -6, "<I", 0)),
    "an entry twice": inside(
        "zip.duplicate",
        lambda: zipped([*items(), ("data/photoZ.ndjson", b"x")]).replace(b"photoZ", b"photos"),
    ),
    "entries out of order": inside("zip.order", lambda: zipped(swapped(items(), 4, 5))),
    "a signature before its manifest": inside("zip.order", lambda: zipped(swapped(items(), 1, 2))),
    "the mimetype second": inside("zip.order", lambda: zipped(swapped(items(), 0, 1))),
    "no mimetype": inside("zip.mimetype", lambda: zipped(items()[1:])),
    "another mimetype": inside(
        "zip.mimetype", lambda: zipped([("mimetype", b"application/epub+zip"), *items()[1:]])
    ),
    "a mimetype with a line end": inside(
        "zip.mimetype", lambda: zipped([("mimetype", names.ASICE_TYPE.encode() + b"\n"), *items()[1:]])
    ),
    "a wrong checksum": changed(
        "zip.crc", lambda data: data.replace(b'"participants":24', b'"participants":42', 1)
    ),
    "a size in front that the directory does not say": changed(
        "zip.local", lambda data: put(data, 18, "<I", 9)
    ),
    "a name in front that the directory does not say": changed(
        "zip.local", lambda data: data.replace(b"mimetype", b"mimeTYPE", 1)
    ),
    "no end record": changed("zip.eocd", lambda data: data[:-22]),
    "nothing but an end record": inside("zip.eocd", lambda: b"PK\x05\x06" + bytes(18)),
    "half a container": changed("zip.eocd", lambda data: data[: len(data) // 2]),
    "a 7z archive": inside("zip.eocd", lambda: b"7z\xbc\xaf\x27\x1c" + bytes(300)),
    "a tar archive packed with zlib": inside("zip.eocd", lambda: zlib.compress(bytes(10_240))),
}
BAD_CONTAINERS: dict[str, Bad] = HOSTILE_NAMES | BAD_STRUCTURES
