"""Keep a store of the current schema for the tests of all later versions.

Run `python -m tests.storage.keep_release` once when a schema is released; the file is never made again.
"""

from pathlib import Path

from shakyo_desktop.storage.database import Database
from shakyo_desktop.storage.schema import SCHEMA_VERSION
from tests.storage.conftest import KEY
from tests.storage.samples import JPEG, ORG, YEAR, sha256, year


def keep(folder: Path) -> Path:
    """Write the sample year into a new store named after the schema."""
    path = folder / f"store-{SCHEMA_VERSION}.db"
    with Database.create(path, KEY) as database, database.transaction() as stores:
        stores.blobs.put(sha256(JPEG), JPEG)
        stores.records.replace_year(ORG, YEAR, year())
        stores.settings.set("release", path.stem)
    return path


if __name__ == "__main__":
    print(keep(Path(__file__).parent / "data"))
