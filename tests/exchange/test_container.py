"""The container: what we write, what ordinary tools make of it, and what we refuse."""

import struct
import subprocess
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.container import Entry, container_parts, container_size, read_container
from tests.exchange.bad_containers import zipped

MIMETYPE = b"application/vnd.etsi.asic-e+zip"
CONTENT = {
    "mimetype": MIMETYPE,
    "META-INF/ASiCManifest001.xml": b"<manifest/>",
    "META-INF/signature001.p7s": b"",
    "package.json": b"{}\n",
    "data/activities.ndjson": b"\n",
}


def written(content: dict[str, bytes]) -> bytes:
    entries = [Entry(name, len(data), lambda data=data: data) for name, data in content.items()]
    joined = b"".join(container_parts(entries))
    assert container_size(entries) == len(joined)
    return joined


def refusal_of(data: bytes) -> str:
    with pytest.raises(PackageRefused) as refusal:
        read_container(memoryview(data))
    return refusal.value.code


def patched(offset: int, form: str, value: object) -> bytes:
    data = bytearray(written(CONTENT))
    struct.pack_into(form, data, offset if offset >= 0 else len(data) + offset, value)
    return bytes(data)


def central(data: bytes) -> int:
    return data.index(b"PK\x01\x02")


GOOD = written(CONTENT)
ITEMS = list(CONTENT.items())
BAD_CONTAINERS = {
    "empty": (b"", "zip.eocd"),
    "not a ZIP": (b"x" * 300, "zip.eocd"),
    "cut off": (GOOD[:-1], "zip.eocd"),
    "bytes after the end": (GOOD + b"x", "zip.eocd"),
    "a comment": (GOOD[:-2] + b"\x01\x00x", "zip.eocd"),
    "bytes before the start": (b"x" + GOOD, "zip.eocd"),
    "no entries": (struct.pack("<4s4H2IH", b"PK\x05\x06", 0, 0, 0, 0, 0, 0, 0), "zip.eocd"),
    "more entries than allowed": (zipped([(f"x{n}", b"") for n in range(1201)]), "zip.too_many"),
    "one entry more than there is": (patched(-14, "<I", 0x00060006), "zip.central"),
    "one entry fewer than there is": (patched(-14, "<I", 0x00040004), "zip.central"),
    "another date": (zipped(ITEMS, date_time=(2026, 4, 1, 0, 0, 0)), "zip.central"),
    "deflated": (zipped(ITEMS, compress_type=zipfile.ZIP_DEFLATED), "zip.central"),
    "an extra field": (zipped(ITEMS, extra=b"\1\0\0\0"), "zip.central"),
    "an entry comment": (zipped(ITEMS, comment=b"x"), "zip.central"),
    "an executable": (zipped(ITEMS, external_attr=0o755 << 16), "zip.central"),
    "a path upwards": (zipped([*ITEMS, ("../x", b"")]), "zip.name"),
    "a name in Japanese": (GOOD.replace(b"package.json", "みほんみ".encode()), "zip.name"),
    "a photo without an identifier": (zipped([*ITEMS, ("photos/x.jpg", b"")]), "zip.name"),
    "the same name twice": (
        zipped([*ITEMS, ("data/activitieZ.ndjson", b"")]).replace(b"activitieZ", b"activities"),
        "zip.duplicate",
    ),
    "an offset elsewhere": (patched(central(GOOD) + 42, "<I", 5), "zip.gap"),
    "another size in the central directory": (patched(central(GOOD) + 24, "<I", 32), "zip.central"),
    "another local header": (patched(4, "<H", 10), "zip.local"),
    "another content": (GOOD.replace(b"<manifest/>", b"<manifesT/>"), "zip.crc"),
    "names out of order": (zipped([ITEMS[0], ITEMS[2], ITEMS[1], *ITEMS[3:]]), "zip.order"),
    "another first entry": (written({"package.json": b"{}\n"}), "zip.mimetype"),
    "another mimetype": (written(CONTENT | {"mimetype": b"application/zip"}), "zip.mimetype"),
}


@pytest.mark.parametrize(("data", "code"), BAD_CONTAINERS.values(), ids=BAD_CONTAINERS)
def test_a_bad_container_is_refused(data, code):
    assert refusal_of(data) == code


def test_a_container_is_read_as_it_was_written():
    assert {name: bytes(data) for name, data in read_container(memoryview(GOOD)).items()} == CONTENT


def test_zipfile_can_be_made_to_write_the_same_bytes():
    assert zipped(ITEMS) == GOOD


def test_every_changed_byte_of_a_container_is_noticed():
    for position in range(len(GOOD)):
        changed = bytearray(GOOD)
        changed[position] ^= 0x20
        refusal_of(bytes(changed))


def test_other_programs_read_the_container(needs_tool, tmp_path):
    unzip = needs_tool("unzip")
    path = tmp_path / "x.asice"
    path.write_bytes(GOOD)
    subprocess.run([unzip, "-t", "-q", path], check=True, capture_output=True)
    with zipfile.ZipFile(path) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == CONTENT


def test_the_writer_refuses_what_the_reader_would_refuse():
    for bad in ([("x", b"")], [ITEMS[1], ITEMS[0]], [ITEMS[0], ITEMS[0]]):
        entries = [Entry(name, len(data), lambda data=data: data) for name, data in bad]
        with pytest.raises(ValueError):
            list(container_parts(entries))
    with pytest.raises(ValueError):
        list(container_parts([Entry("mimetype", 3, lambda: b"four")]))


@given(
    st.dictionaries(
        st.from_regex(r"data/[a-z][a-z0-9_]{0,30}\.ndjson", fullmatch=True),
        st.binary(max_size=200),
        max_size=5,
    )
)
@settings(max_examples=50)
def test_any_content_survives(tables):
    content = CONTENT | tables
    ordered = {name: content[name] for name in sorted(content, key=names.order_key)}
    read = read_container(memoryview(written(ordered)))
    assert [(name, bytes(data)) for name, data in read.items()] == list(ordered.items())


@pytest.mark.parametrize(
    "name",
    [
        "package.json",
        "data/item_statuses.ndjson",
        "photos/0190a7b4-0000-7000-8000-000000000000.jpg",
        names.MANIFEST,
    ],
)
def test_a_carried_entry_gets_its_own_name_back(name):
    kept = names.kept_name("last_report/2026", name)
    assert names.is_admitted(kept)
    assert names.original_name(kept) == name
