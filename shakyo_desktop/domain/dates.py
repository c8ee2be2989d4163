"""Dates as people in Japan write and read them: eras, short forms, full-width characters.

Reading never guesses between two meanings: what is not clear is None, and the form keeps the text as typed.
"""

import re
import unicodedata
from datetime import date

from shakyo_desktop.domain.eras import (
    ERAS,
    era_date,
    era_of,
    era_timestamp,
    era_year,
    era_year_of,
    local_time,
    month_name,
    short_era_date,
)

__all__ = [
    "era_date",
    "era_timestamp",
    "era_year",
    "era_year_of",
    "local_time",
    "month_name",
    "read_date",
    "read_month",
    "read_time",
    "short_era_date",
]

_WEEKDAYS = "月火水木金土日"
_EARLIEST = ERAS[-1].first
_LAST_YEAR = 2117  # 令和99年, the last year that two digits can name

_SEPARATORS = str.maketrans(dict.fromkeys("./。、,・~‐‑‒–—―−ー", "-"))
_ERA_PREFIX = r"(?:(?P<era>令和|平成|昭和|大正|令|平|昭|大|[RHSTrhst])-?)?"
_FULL_DATE = re.compile(
    _ERA_PREFIX + r"(?P<year>[0-9]{4}|[0-9]{1,2}|元)(?:年-?|-)(?P<month>[0-9]{1,2})[月-]"
    r"(?P<day>[0-9]{1,2})日?"
)
_COMPACT_DATE = re.compile(
    r"(?P<era>[RHSTrhst])?(?P<year>[0-9]{4}|[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})"
)
_MONTH_DAY = re.compile(r"(?P<month>[0-9]{1,2})(?:月|-)(?P<day>[0-9]{1,2})日?")
_COMPACT_MONTH_DAY = re.compile(r"(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_YEAR_MONTH = re.compile(_ERA_PREFIX + r"(?P<year>[0-9]{4}|[0-9]{1,2}|元)(?:年-?|-)(?P<month>[0-9]{1,2})月?")
_COMPACT_YEAR_MONTH = re.compile(r"(?P<era>[RHSTrhst])?(?P<year>[0-9]{4}|[0-9]{2})(?P<month>[0-9]{2})")
_MONTH = re.compile(r"(?P<month>[0-9]{1,2})月?")
_WEEKDAY_SUFFIX = re.compile(r"\(?([月火水木金土日])(?:曜日?)?\)?$")
_TIME = re.compile(
    r"(?P<half>午前|午後|AM|PM)?(?P<hour>[0-9]{1,2})(?:[:-](?P<minute>[0-9]{2})|時(?P<spoken>半|[0-9]{1,2}分?)?)?"
)
_COMPACT_TIME = re.compile(r"(?P<hour>[0-9]{1,2})(?P<minute>[0-9]{2})")


def read_date(text: str, fiscal_year: int) -> date | None:
    """The date a person meant, or None when the text is not a clear and possible date.

    Args:
        text: ``R8.4.1``, ``8.4.1`` (Reiwa), ``080401``, ``0401`` or ``4/1`` (year implied), ``20260401``,
            ``2026/4/1``, ``令和8年4月1日（水）``, ``令和元年5月1日``, all in full width too. A weekday
            that contradicts the date makes it unclear.
        fiscal_year: gives the year when the text has none.
    """
    plain, weekday = _split_weekday(_fold(text))
    day = _plain_date(plain, fiscal_year)
    if day is None or (weekday and _WEEKDAYS[day.weekday()] != weekday):
        return None
    return day


def read_month(text: str, fiscal_year: int) -> str | None:
    """``YYYY-MM``, or None.

    Accepts ``4``, ``4月`` (year implied), ``R8.4``, ``8.4`` (Reiwa), ``0804``, ``202604``, ``2026-04``.
    """
    plain = _fold(text)
    if found := _YEAR_MONTH.fullmatch(plain) or _COMPACT_YEAR_MONTH.fullmatch(plain):
        day = _era_date_of(found["era"], found["year"], int(found["month"]), 1, whole_month=True)
    elif found := _MONTH.fullmatch(plain):
        day = _implied_date(int(found["month"]), 1, fiscal_year)
    else:
        return None
    return None if day is None else f"{day.year:04d}-{day.month:02d}"


def read_time(text: str) -> str | None:
    """``HH:MM`` on the 24-hour clock, or None.

    Accepts ``9:30``, ``0930``, ``9時半``, ``午後1時30分``, ``9時``, ``9``; not ``4/15``, a date in the
    wrong field.
    """
    plain = _fold(text).upper()
    if "/" in unicodedata.normalize("NFKC", text):
        return None
    if plain == "正午":
        return "12:00"
    if found := _COMPACT_TIME.fullmatch(plain):
        return _clock(int(found["hour"]), int(found["minute"]))
    found = _TIME.fullmatch(plain)
    if found is None:
        return None
    spoken = (found["spoken"] or "0").removesuffix("分")
    minute = int(found["minute"]) if found["minute"] else 30 if spoken == "半" else int(spoken)
    hour = int(found["hour"])
    if found["half"]:
        if hour > 12:
            return None
        hour = hour % 12 + (12 if found["half"] in ("午後", "PM") else 0)
    return _clock(hour, minute)


def _fold(text: str) -> str:
    """NFKC, one separator for all marks; a space between digits separates, any other is noise."""
    plain = re.sub(r"(?<=[0-9])\s+(?=[0-9])", "-", unicodedata.normalize("NFKC", text).strip())
    return re.sub(r"\s+", "", plain).translate(_SEPARATORS)


def _split_weekday(text: str) -> tuple[str, str]:
    found = _WEEKDAY_SUFFIX.search(text)
    bare = text[: found.start()] if found else ""
    # "4月1日" ends with 日 as well; a weekday stands in brackets or after a day.
    if found is None or not (found[0].startswith("(") or bare.endswith("日")):
        return text, ""
    return bare, found[1]


def _plain_date(text: str, fiscal_year: int) -> date | None:
    if found := _FULL_DATE.fullmatch(text) or _COMPACT_DATE.fullmatch(text):
        return _era_date_of(found["era"], found["year"], int(found["month"]), int(found["day"]))
    if found := _MONTH_DAY.fullmatch(text) or _COMPACT_MONTH_DAY.fullmatch(text):
        return _implied_date(int(found["month"]), int(found["day"]), fiscal_year)
    return None


def _era_date_of(
    era_text: str | None, year_text: str, month: int, day: int, whole_month: bool = False
) -> date | None:
    """The date of an era year or (four digits, no era) a western year.

    ``whole_month`` lets the month in which an era begins carry the new era's name.
    """
    if len(year_text) == 4:
        found = None if era_text else _possible(int(year_text), month, day)
        return found if found is not None and found >= _EARLIEST and found.year <= _LAST_YEAR else None
    key = (era_text or "R").upper()
    era = next(era for era in ERAS if era.letter == key or era.name.startswith(key))
    number = 1 if year_text == "元" else int(year_text)
    found = _possible(era.first.year + number - 1, month, day) if number else None
    if found is None:
        return None
    last_named = found.replace(day=28) if whole_month else found
    if era in (era_of(found), era_of(last_named)):
        return found
    return None


def _implied_date(month: int, day: int, fiscal_year: int) -> date | None:
    return _possible(fiscal_year if month >= 4 else fiscal_year + 1, month, day)


def _possible(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _clock(hour: int, minute: int) -> str | None:
    return f"{hour:02d}:{minute:02d}" if hour < 24 and minute < 60 else None
