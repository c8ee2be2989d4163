"""Stores of earlier versions as they are kept: out of their encryption, as only so they can be packed small.

Everything else is the file of that version to the byte of its rows; ``unpack`` encrypts it again as the
program does. All in them is fictional.
"""

import json
import lzma
import re
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.connection import PAGE_SIZE, single
from shakyo_desktop.storage.database import DATABASE_FILE
from tests.storage.conftest import KEY

DATA = Path(__file__).parent / "data"
_NAME = re.compile(r"store-(\d{4})-(\w+)\.xz")
_TEXTS = (
    ("item_statuses", "outcome"),
    ("activities", "content"),
    ("drafts", "text"),
    ("good_practices", "title"),
    ("submissions", "file_name"),
)


def kept_stores() -> list[Path]:
    """Every store that is kept packed, oldest version first."""
    return sorted(path for path in DATA.glob("*.xz") if _NAME.fullmatch(path.name))


def version_of(packed: Path) -> str:
    """The version of the tables of a packed store."""
    named = _NAME.fullmatch(packed.name)
    assert named
    return named[1]


def pack(folder: Path, key: bytes, to: Path) -> None:
    """Pack the closed store of a folder, and write beside it what must be in it for ever."""
    plain = to.with_suffix(".plain")
    plain.unlink(missing_ok=True)
    with single(folder / DATABASE_FILE, key) as connection:
        connection.execute("ATTACH DATABASE ? AS plain KEY ''", (str(plain),))
        connection.execute("SELECT sqlcipher_export('plain')")
    to.write_bytes(lzma.compress(plain.read_bytes(), preset=9 | lzma.PRESET_EXTREME))
    with closing(dbapi2.connect(str(plain))) as connection:
        facts = json.dumps(facts_of(connection), ensure_ascii=False, indent=1, sort_keys=True)
    to.with_suffix(".json").write_text(facts + "\n", encoding="utf-8")
    plain.unlink()


def unpack(packed: Path, folder: Path) -> Path:
    """Make a data folder with a packed store in it, opened by its key file; returns the folder."""
    folder.mkdir(parents=True)
    plain = folder / "plain"
    plain.write_bytes(lzma.decompress(packed.read_bytes()))
    with closing(dbapi2.connect(str(plain), isolation_level=None)) as connection:
        connection.execute(
            f"ATTACH DATABASE ? AS sealed KEY \"x'{KEY.hex()}'\"", (str(folder / DATABASE_FILE),)
        )
        connection.execute(f"PRAGMA sealed.cipher_page_size = {PAGE_SIZE}")
        connection.execute("SELECT sqlcipher_export('sealed')")
    plain.unlink()
    key_slots.create_slots(folder, KEY)
    key_slots.add_recovery(folder, KEY)
    key_slots.add_key_file(folder, KEY)
    return folder


def facts_of(connection: Any) -> dict[str, Any]:
    """How many rows each table has, and some of what people wrote, in any version."""
    tables = [name for name in _tables(connection) if not name.startswith(("search", "sqlite_", "alembic"))]
    rows = {name: connection.execute(f'SELECT count(*) FROM "{name}"').fetchone()[0] for name in tables}
    texts = {
        f"{table}.{column}": sorted(
            text for (text,) in connection.execute(f'SELECT "{column}" FROM "{table}"') if text
        )
        for table, column in _TEXTS
        if table in tables
    }
    return {"rows": rows, "texts": texts}


def _tables(connection: Any) -> Iterator[str]:
    for (name,) in connection.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"):
        yield str(name)
