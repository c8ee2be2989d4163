"""Hostile bytes: whatever arrives, it is refused in words or it is good; nothing else ever happens."""

from collections.abc import Callable
from contextlib import suppress
from io import BytesIO
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shakyo_desktop.domain.errors import PackageRefused, PhotoRefused
from shakyo_desktop.exchange.container import read_container
from shakyo_desktop.exchange.jpeg import check_photo
from shakyo_desktop.exchange.manifest import read_manifest
from shakyo_desktop.exchange.package_info import read_package_info
from shakyo_desktop.exchange.photos import encode_photo
from shakyo_desktop.exchange.sealing import unseal
from shakyo_desktop.exchange.signature import read_signature
from tests.exchange.making import built, opened, picture, report_content, setup_content
from tests.exchange.mischief import Forger, good_entries
from tests.exchange.people import DISTRICT_KEYS, WARD_BOX

ENTRIES = good_entries("report")
MANIFEST = ENTRIES["META-INF/ASiCManifest001.xml"]
REPORT = Forger("report")


def table(data: bytes) -> object:
    return opened(REPORT.with_table("activities", data))


# What is read, and a good one to begin with.
READERS: dict[str, tuple[Callable[[bytes], Any], bytes]] = {
    "file": (lambda data: opened(data, DISTRICT_KEYS), built(setup_content())),
    "seal": (lambda data: unseal(BytesIO(data), [WARD_BOX.identity]), built(report_content())),
    "container": (lambda data: read_container(memoryview(data)), built(setup_content())),
    "signature": (lambda data: read_signature(data, MANIFEST), ENTRIES["META-INF/signature001.p7s"]),
    "manifest": (read_manifest, MANIFEST),
    "package.json": (read_package_info, ENTRIES["package.json"]),
    "signed package.json": (lambda data: opened(REPORT.with_raw_info(data)), ENTRIES["package.json"]),
    "signed table": (table, ENTRIES["data/activities.ndjson"]),
    "photo": (check_photo, picture().jpeg),
    "picture": (encode_photo, picture().jpeg),
}


@st.composite
def damaged(draw: st.DrawFn, good: bytes) -> bytes:
    """Good bytes with a few pieces overwritten, cut out, repeated or put in."""
    data = bytearray(good)
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = min(len(data), start + draw(st.integers(0, 40)))
        kind = draw(st.sampled_from(["overwrite", "cut", "repeat", "zero"]))
        if kind == "overwrite":
            data[start:end] = draw(st.binary(max_size=8))
        elif kind == "cut":
            del data[start:end]
        elif kind == "repeat":
            data[start:start] = data[start:end]
        else:
            data[start:end] = bytes(end - start)
    return bytes(data)


@pytest.mark.parametrize(("read", "good"), READERS.values(), ids=READERS)
def test_damaged_bytes_are_refused_or_good(read, good):
    @given(damaged(good))
    @settings(max_examples=120)
    def check(data):
        with suppress(PackageRefused, PhotoRefused):
            read(data)

    check()


@pytest.mark.parametrize(("read", "good"), READERS.values(), ids=READERS)
def test_any_bytes_are_refused(read, good):
    read(good)

    @given(st.binary(max_size=300))
    @settings(max_examples=60)
    def check(data):
        with suppress(PackageRefused, PhotoRefused):
            read(data)

    check()
