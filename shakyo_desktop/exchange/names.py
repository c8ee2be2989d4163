"""Names of entries inside the container: ASCII, exactly these patterns, in one fixed order.

Source: the package format, "Container".
"""

import re

from shakyo_desktop.domain.identifiers import UUID7
from shakyo_desktop.domain.organisations import ORGANISATION_CODE

MIMETYPE = "mimetype"
MANIFEST = "META-INF/ASiCManifest001.xml"
SIGNATURE = "META-INF/signature001.p7s"
PACKAGE_INFO = "package.json"
SETUP = "setup/setup.asice"

ASICE_TYPE = "application/vnd.etsi.asic-e+zip"

_FIRST = (MIMETYPE, MANIFEST, SIGNATURE, PACKAGE_INFO)
_TABLE = r"[a-z][a-z0-9_]{0,30}"
_EVIDENCE = rf"(?:package\.json|ASiCManifest001\.xml|signature001\.p7s|{_TABLE}\.ndjson)"
_ADMITTED = re.compile(
    "|".join(
        (
            *(re.escape(name) for name in (*_FIRST, SETUP)),
            rf"data/{_TABLE}\.ndjson",
            rf"photos/{UUID7}\.jpg",
            rf"last_report/[0-9]{{4}}/(?:{_EVIDENCE}|{UUID7}\.jpg)",
            rf"districts/{ORGANISATION_CODE.pattern}/{_EVIDENCE}",
        )
    )
)
_MIME_TYPES = {
    "json": "application/json",
    "ndjson": "application/x-ndjson",
    "jpg": "image/jpeg",
    "asice": ASICE_TYPE,
    "xml": "text/xml",
    "p7s": "application/pkcs7-signature",
}
_FOLDER_OF_SUFFIX = {"xml": "META-INF/", "p7s": "META-INF/", "ndjson": "data/", "jpg": "photos/", "json": ""}


def is_admitted(name: str) -> bool:
    """Whether an entry of any type of package may have this name."""
    return _ADMITTED.fullmatch(name) is not None


def order_key(name: str) -> tuple[int, str]:
    """Sorts entries into container order: the four fixed ones first, then by name."""
    return (_FIRST.index(name), "") if name in _FIRST else (len(_FIRST), name)


def mime_type(name: str) -> str:
    """The media type the manifest gives for an entry."""
    return _MIME_TYPES[name.rsplit(".", 1)[1]]


def table_entry(table: str) -> str:
    """Where a table of the package lies."""
    return f"data/{table}.ndjson"


def photo_entry(photo_id: str) -> str:
    """Where a photo of the package lies."""
    return f"photos/{photo_id}.jpg"


def stem(name: str) -> str:
    """The table's name or the photo's id of an entry's name."""
    return name.rsplit("/", 1)[-1].split(".", 1)[0]


def kept_name(folder: str, name: str) -> str:
    """Where a package's signed entry lies when another package carries it: the folder and its base name."""
    return f"{folder}/{name.rsplit('/', 1)[-1]}"


def original_name(kept: str) -> str:
    """The name a carried entry had in the package it was signed in; undoes ``kept_name``."""
    base = kept.rsplit("/", 1)[-1]
    return _FOLDER_OF_SUFFIX[base.rsplit(".", 1)[1]] + base
