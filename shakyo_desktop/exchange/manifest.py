"""The manifest: which files belong to the package and their SHA-256 (ETSI EN 319 162-1, ASiCManifest).

It is written from a template and read by a regular expression, a rebuild and a comparison: no XML
parser sees it. The SHA-256 of its bytes is the package's identity.
"""

import base64
import hashlib
import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.refusal import refused, require

MAX_MANIFEST = 1024 * 1024
NOT_LISTED = (names.MIMETYPE, names.MANIFEST, names.SIGNATURE)

_HEAD = (
    '<?xml version="1.0" encoding="UTF-8"?>\n'
    '<asic:ASiCManifest xmlns:asic="http://uri.etsi.org/02918/v1.2.1#"'
    ' xmlns:ds="http://www.w3.org/2000/09/xmldsig#">\n'
    f'<asic:SigReference URI="{names.SIGNATURE}" MimeType="{names.mime_type(names.SIGNATURE)}"/>\n'
)
_FILE = (
    '<asic:DataObjectReference URI="{uri}" MimeType="{mime_type}">'
    '<ds:DigestMethod Algorithm="http://www.w3.org/2001/04/xmlenc#sha256"/>'
    "<ds:DigestValue>{digest}</ds:DigestValue></asic:DataObjectReference>\n"
)
_TAIL = "</asic:ASiCManifest>\n"
_LISTED = re.compile(r'<asic:DataObjectReference URI="([^"]*)".*?<ds:DigestValue>([A-Za-z0-9+/]{43}=)<')


@dataclass(frozen=True, slots=True)
class ManifestFile:
    """One listed file and the SHA-256 of its bytes."""

    name: str
    sha256: bytes


def manifest_hash(manifest: bytes | memoryview) -> str:
    """The package's identity: SHA-256 of the manifest's bytes in hex."""
    return hashlib.sha256(manifest).hexdigest()


def write_manifest(digests: Mapping[str, bytes]) -> bytes:
    """The manifest of these files (name → SHA-256), which are in container order."""
    listed = (
        _FILE.format(uri=name, mime_type=names.mime_type(name), digest=base64.b64encode(sha256).decode())
        for name, sha256 in digests.items()
    )
    return "".join((_HEAD, *listed, _TAIL)).encode("ascii")


def read_manifest(data: bytes) -> tuple[ManifestFile, ...]:
    """The listed files in order.

    Raises:
        PackageRefused: ``manifest.size``, ``manifest.form``, ``manifest.duplicate``.
    """
    require(len(data) <= MAX_MANIFEST, "manifest.size")
    try:
        # Line by line: looking through all of it at once takes the square of a hostile one's length.
        found = map(_LISTED.match, data.decode("ascii").split("\n"))
    except UnicodeDecodeError as error:
        raise refused("manifest.form") from error
    files = [_read_file(*one.groups()) for one in found if one]
    digests = {file.name: file.sha256 for file in files}
    require(len(digests) == len(files), "manifest.duplicate")
    require(write_manifest(digests) == data, "manifest.form")
    return tuple(files)


def check_listed(files: Collection[ManifestFile], present: Collection[str]) -> None:
    """Listed is what is present, in the same order; ``manifest.files`` otherwise."""
    expected = [name for name in present if name not in NOT_LISTED]
    require([file.name for file in files] == expected, "manifest.files")


def check_digests(files: Collection[ManifestFile], entries: Mapping[str, memoryview | bytes]) -> None:
    """Every file has the digest the manifest says; ``manifest.hash`` otherwise."""
    for file in files:
        require(hashlib.sha256(entries[file.name]).digest() == file.sha256, "manifest.hash", file.name)


def _read_file(uri: str, digest: str) -> ManifestFile:
    require(names.is_admitted(uri) and uri not in NOT_LISTED, "manifest.form")
    return ManifestFile(uri, base64.b64decode(digest))
