"""The tables of what came from paper and went to it; the same conventions as ``tables``."""

from typing import Any

from sqlalchemy import Boolean, Column, Index, Integer, Table, Text

from shakyo_desktop.storage.compiled_tables import metadata as metadata
from shakyo_desktop.storage.tables import blob, columns, keys


def _sheet() -> list[Column[Any]]:
    """The key of one sheet of paper."""
    return keys(
        ("org", Text),
        ("fiscal_year", Integer),
        ("plan_id", Text),
        ("form", Text),
        ("version", Integer),
        ("page", Integer),
    )


keyed_boxes = Table(
    "keyed_boxes",
    metadata,
    *_sheet(),
    *keys(("box", Text)),
    *columns(Text, "text keyed_by keyed_at record_id second? second_by second_at?"),
    *columns(Boolean, "differed"),
)

keying_places = Table(
    "keying_places",
    metadata,
    *keys(("org", Text), ("fiscal_year", Integer)),
    *columns(Text, "plan_id form box at"),
    *columns(Integer, "version page"),
    *columns(Boolean, "second_pass"),
)

paper_pages = Table(
    "paper_pages",
    metadata,
    *_sheet(),
    *columns(Text, "printed_at? printed confirmed_at? confirmed_by confirmed"),
)

paper_scans = Table(
    "paper_scans",
    metadata,
    *keys(("id", Text)),
    *columns(Text, "org plan_id form added_at added_by name"),
    *columns(Integer, "fiscal_year version page position"),
    blob(),
    Index("ix_paper_scans_sheet", "org", "fiscal_year", "form", "version", "page"),
)
