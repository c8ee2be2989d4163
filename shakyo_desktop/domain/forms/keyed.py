"""What was keyed from paper: every box as it was typed, by whom, and what a second person typed blind."""

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from shakyo_desktop.domain.dates import read_date, read_time
from shakyo_desktop.domain.forms.layout import Box, BoxKind, FormCode
from shakyo_desktop.domain.numbers import read_number, read_thousandths
from shakyo_desktop.domain.text import fold_name, repair_text

COUNTED = frozenset({BoxKind.NUMBER, BoxKind.CHECK})
"""What is keyed a second time: figures. Words and choices are compared on the proof sheet."""

VOID = "無効"
"""The number, after its row's, under which a row with a double line through it is kept."""

_TIMES = frozenset({"start_time", "end_time"})


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetKey:
    """One sheet of paper of a district: a page of a form in one layout."""

    org: str
    fiscal_year: int
    plan_id: str
    form: FormCode
    version: int
    page: int


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyedBox:
    """A box as it was keyed. ``second`` is None until a second person keyed it without seeing the first.

    ``differed`` stays True once both did not agree, whatever was decided. ``record_id`` is the record it
    went into, empty while there is none yet.
    """

    box: str
    text: str
    keyed_by: str
    keyed_at: datetime
    record_id: str = ""
    second: str | None = None
    second_by: str = ""
    second_at: datetime | None = None
    differed: bool = False


def read_box(box: Box, typed: str, fiscal_year: int) -> tuple[Any, str]:
    """Return (value, unread) of a box as keyed: one is empty; both are when the box was left blank."""
    plain = repair_text(typed, multiline=box.kind is BoxKind.MULTILINE).strip()
    if not plain:
        return None, ""
    value = _read(box, plain, fiscal_year)
    return (None, plain) if value is None else (value, "")


def _read(box: Box, plain: str, fiscal_year: int) -> Any:
    match box.kind:
        case BoxKind.NUMBER | BoxKind.CHECK:
            return read_thousandths(plain) if box.field == "target_value" else read_number(plain)
        case BoxKind.DATE:
            return read_date(plain, fiscal_year)
        case BoxKind.CHOICE:
            return _digit(box, plain)
        case BoxKind.CHOICES:
            return _digits(box, plain)
        case _:
            return read_time(plain) if box.field in _TIMES else plain


def _digit(box: Box, plain: str) -> str | None:
    wanted = fold_name(plain)
    return next((one.code for one in box.choices if wanted in (one.digit, fold_name(one.words))), None)


def _digits(box: Box, plain: str) -> tuple[str, ...] | None:
    """Several digits, apart (1・3 or 1,3) or, where every choice has one digit, together (13)."""
    folded = fold_name(plain)
    for mark in "、・,./／":
        folded = folded.replace(mark, " ")
    parts = folded.split()
    if len(parts) == 1 and all(len(one.digit) == 1 for one in box.choices):
        parts = list(parts[0])
    codes = {one.digit: one.code for one in box.choices}
    return tuple(codes[part] for part in parts) if all(part in codes for part in parts) else None


def agree(box: Box, first: str, second: str, fiscal_year: int) -> bool:
    """Whether two people keyed the same; a blank box and 0 are not the same."""
    return read_box(box, first, fiscal_year) == read_box(box, second, fiscal_year)


def joined_figure(
    boxes: Sequence[Box], texts: Mapping[str, str], fiscal_year: int, total: str = "sum"
) -> int | None:
    """The year's figure of these months, by the rule of the figure (sum, last, max); None without any."""
    figures = [read_box(box, texts.get(box.number, ""), fiscal_year)[0] for box in boxes]
    stated = [figure for figure in figures if isinstance(figure, int)]
    if not stated:
        return None
    if total == "max":
        return max(stated)
    return stated[-1] if total == "last" else sum(stated)


def sampled(rows: Sequence[str], every: int, chance: random.Random) -> tuple[str, ...]:
    """One row in ``every``, from a random start, so that nobody knows before which ones are keyed twice."""
    if every < 1:
        raise ValueError("one row in at least one")
    start = chance.randrange(min(every, len(rows))) if rows else 0
    return tuple(rows[start::every])
