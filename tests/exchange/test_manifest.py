"""The manifest: written from a template, read by rebuilding it."""

import hashlib
import xml.etree.ElementTree as ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.exchange.manifest import (
    check_digests,
    check_listed,
    manifest_hash,
    read_manifest,
    write_manifest,
)

FILES = {"package.json": b"{}\n", "data/activities.ndjson": b"", "setup/setup.asice": b"x"}
DIGESTS = {name: hashlib.sha256(data).digest() for name, data in FILES.items()}
GOOD = write_manifest(DIGESTS)
ONE = GOOD[GOOD.index(b"<asic:DataObject") : GOOD.index(b"</asic:DataObjectReference>\n") + 28]

BAD_MANIFESTS = {
    "too long": (GOOD + b" " * 2**20, "manifest.size"),
    "empty": (b"", "manifest.form"),
    "not ASCII": (GOOD + b"\xe3", "manifest.form"),
    "a comment": (GOOD.replace(b"</asic:ASiC", b"<!-- x --></asic:ASiC"), "manifest.form"),
    "a document type": (
        GOOD.replace(b"?>\n", b'?>\n<!DOCTYPE x [<!ENTITY a SYSTEM "file:///x">]>\n'),
        "manifest.form",
    ),
    "another namespace": (GOOD.replace(b"v1.2.1#", b"v1.2.2#"), "manifest.form"),
    "another digest method": (GOOD.replace(b"xmlenc#sha256", b"xmlenc#sha512"), "manifest.form"),
    "a digest with loose bits": (GOOD.replace(b"=</ds", b"9</ds"), "manifest.form"),
    "a name no entry may have": (GOOD.replace(b"setup/setup.asice", b"setup/other.asice"), "manifest.form"),
    "itself": (GOOD.replace(b"setup/setup.asice", b"META-INF/ASiCManifest001.xml"), "manifest.form"),
    "a file twice": (GOOD.replace(ONE, ONE + ONE), "manifest.duplicate"),
}


def refusal_of(call, *arguments):
    with pytest.raises(PackageRefused) as refusal:
        call(*arguments)
    return refusal.value.code


@pytest.mark.parametrize(("data", "code"), BAD_MANIFESTS.values(), ids=BAD_MANIFESTS)
def test_a_bad_manifest_is_refused(data, code):
    assert refusal_of(read_manifest, data) == code


def test_a_manifest_is_xml_of_the_standard():
    root = ElementTree.fromstring(GOOD)
    space = "{http://uri.etsi.org/02918/v1.2.1#}"
    assert root.tag == f"{space}ASiCManifest"
    assert [child.tag for child in root] == [f"{space}SigReference"] + [f"{space}DataObjectReference"] * 3
    assert [child.get("URI") for child in root][1:] == list(FILES)


def test_a_manifest_is_read_as_it_was_written():
    assert {file.name: file.sha256 for file in read_manifest(GOOD)} == DIGESTS
    assert manifest_hash(GOOD) == hashlib.sha256(GOOD).hexdigest()


def test_what_is_listed_must_be_there_and_nothing_else():
    files = read_manifest(GOOD)
    fixed = ["mimetype", "META-INF/ASiCManifest001.xml", "META-INF/signature001.p7s"]
    check_listed(files, [*fixed, *FILES])
    assert refusal_of(check_listed, files, [*fixed, *list(FILES)[:-1]]) == "manifest.files"
    assert refusal_of(check_listed, files, [*fixed, *FILES, "data/photos.ndjson"]) == "manifest.files"


def test_a_changed_file_is_noticed():
    check_digests(read_manifest(GOOD), FILES)
    assert refusal_of(check_digests, read_manifest(GOOD), FILES | {"package.json": b"{ }"}) == "manifest.hash"


@given(st.data())
def test_every_changed_byte_of_a_manifest_changes_its_meaning_or_is_refused(data):
    position = data.draw(st.integers(0, len(GOOD) - 1))
    changed = bytearray(GOOD)
    changed[position] = data.draw(st.integers(0, 255).filter(lambda value: value != GOOD[position]))
    try:
        files = read_manifest(bytes(changed))
    except PackageRefused:
        return
    assert {file.name: file.sha256 for file in files} != DIGESTS
