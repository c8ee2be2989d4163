"""Rows on whole pages that nothing leads to any more: the page above them is damaged.

Every page is read as if it were a table of its own. A row belongs to what is looked for when its number and
what an index tells beside it are those of a lost one; so nothing that was deleted comes back. A page
that was freed may hold an older state: where two pages tell a row differently, neither is taken.
"""

from collections.abc import Callable
from contextlib import suppress

from shakyo_desktop.storage import schema_map
from shakyo_desktop.storage.connection import PAGE_SIZE
from shakyo_desktop.storage.damaged_file import DamagedFile, Row, Unreadable
from shakyo_desktop.storage.schema_map import SALT, SchemaMap


def orphan_rows(
    file: DamagedFile,
    columns: list[str],
    mark_columns: list[str],
    lost: dict[int, Row],
    stop: Callable[[], None],
) -> dict[int, Row]:
    """The rows found, by their numbers, with the values of ``columns``.

    Args:
        lost: what an index tells of each row that is looked for: the values of ``mark_columns`` by number.
    """
    target = file.path.with_name(f"{file.path.name}.pages")
    pages = range(2, file.path.stat().st_size // PAGE_SIZE + 1)
    listed = ", ".join(f'"{name}"' for name in columns)
    rows = tuple(
        ("table", f"p{page}", f"p{page}", page, f"CREATE TABLE p{page} ({listed})") for page in pages
    )
    with file.path.open("rb") as head:
        known = SchemaMap(head.read(SALT), rows)
    schema_map.make_head(file.path, target, file.key, known, stop)
    found: dict[int, list[Row]] = {}
    try:
        with DamagedFile(target, file.key) as every:
            for page in pages:
                stop()
                for number, row in _rows_of(every, page, columns, mark_columns, lost):
                    found.setdefault(number, []).append(row)
    finally:
        target.unlink(missing_ok=True)
    return {number: same[0] for number, same in found.items() if all(row == same[0] for row in same)}


def _rows_of(
    file: DamagedFile, page: int, columns: list[str], mark_columns: list[str], lost: dict[int, Row]
) -> list[tuple[int, Row]]:
    """The rows of a page, when they are those that are looked for."""
    marks, listed = (", ".join(f'"{name}"' for name in names) for names in (mark_columns, columns))
    with suppress(Unreadable):
        first = file.read(f"SELECT rowid, {marks} FROM p{page} LIMIT 1")
        if first and lost.get(first[0][0]) == first[0][1:]:
            places = [columns.index(name) for name in mark_columns]
            return [
                (number, tuple(row))
                for number, *row in file.read(f"SELECT rowid, {listed} FROM p{page}")
                if lost.get(number) == tuple(row[place] for place in places)
            ]
    return []
