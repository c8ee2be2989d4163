"""Files this installation wrote itself, known again when they come back on the same stick.

What is sealed for somebody else cannot be opened by who made it, so the file as a whole is remembered.
"""

import hashlib

from shakyo_desktop.services.verified_write import WrittenFile
from shakyo_desktop.storage.stores import Stores

_WRITTEN = "written"


def note_written(stores: Stores, file: WrittenFile, manifest: str) -> None:
    """Remember a file that was written and proven, and the package in it."""
    stores.settings.set(f"{_WRITTEN}.{file.sha256}", manifest)


def own_manifest(stores: Stores, data: bytes) -> str | None:
    """The manifest of the package when these are the bytes of a file that was written here."""
    found = stores.settings.get(f"{_WRITTEN}.{hashlib.sha256(data).hexdigest()}")
    return None if found is None else str(found)


def written_manifests(stores: Stores) -> frozenset[str]:
    """The manifests of the packages that were written here and proven at least once."""
    return frozenset(str(one) for one in stores.settings.all(f"{_WRITTEN}.").values())
