"""A 確認のお願い that is being written, apart from the widgets that show it: it outlives them."""

from dataclasses import dataclass
from datetime import date

Place = tuple[str, str, str]
"""Table, record, field; an empty field is the whole record, table "report" the whole report."""


@dataclass
class RequestDraft:
    """``comment_id`` is empty until the store has it. While the store is asked to keep a new one
    (``waits``), what is typed on is remembered (``again``), so that one request never becomes two.
    """

    package_id: str
    place: Place
    words: str = ""
    due: date | None = None
    comment_id: str = ""
    waits: bool = False
    again: bool = False
