"""Writing dates and times in Japanese eras; ``dates`` reads them.

Source of the era borders: 元号を改める政令 and the 改元 notices before it (大正 1912-07-30, 昭和 1926-12-25,
平成 1989-01-08, 令和 2019-05-01).
"""

from datetime import MAXYEAR, MINYEAR, UTC, date, datetime, timedelta, timezone
from typing import NamedTuple

JAPAN_TIME = timezone(timedelta(hours=9), "JST")
_WEEKDAYS = "月火水木金土日"


class Era(NamedTuple):
    """An era (元号), its letter in short dates, and its first day."""

    name: str
    letter: str
    first: date


ERAS = (
    Era("令和", "R", date(2019, 5, 1)),
    Era("平成", "H", date(1989, 1, 8)),
    Era("昭和", "S", date(1926, 12, 25)),
    Era("大正", "T", date(1912, 7, 30)),
)


def era_of(day: date) -> Era | None:
    """The era a day lies in, None before the earliest one here."""
    return next((era for era in ERAS if day >= era.first), None)


def era_date(day: date) -> str:
    """令和8年9月12日（土）."""
    return f"{era_year_of(day)}{day.month}月{day.day}日（{_WEEKDAYS[day.weekday()]}）"


def short_era_date(day: date) -> str:
    """R8.9.12, the form volunteers type."""
    era = era_of(day)
    if era is None:
        return f"{day.year}.{day.month}.{day.day}"
    return f"{era.letter}{day.year - era.first.year + 1}.{day.month}.{day.day}"


def era_year_of(day: date) -> str:
    """The era year a day lies in: 平成31年 for 2019-04-30, 令和元年 for 2019-05-01."""
    era = era_of(day)
    if era is None:
        return f"{day.year}年"
    number = day.year - era.first.year + 1
    return f"{era.name}{'元' if number == 1 else number}年"


def era_year(year: int) -> str:
    """The name of a calendar year by the era it ends in: 令和8年, 令和元年 (2019)."""
    if not MINYEAR <= year <= MAXYEAR:
        return f"{year}年"
    return era_year_of(date(year, 12, 31))


def month_name(month: str) -> str:
    """令和8年9月 for ``2026-09``."""
    year, number = (int(part) for part in month.split("-"))
    named = era_year_of(date(year, number, 1)) if MINYEAR <= year <= MAXYEAR else f"{year}年"
    return f"{named}{number}月"


def local_time(moment: datetime) -> str:
    """14:05 in Japan; a datetime without a zone is UTC."""
    return _in_japan(moment).strftime("%H:%M")


def era_timestamp(moment: datetime) -> str:
    """令和8年9月12日 14:05 in Japan; a datetime without a zone is UTC."""
    local = _in_japan(moment)
    return f"{era_year_of(local.date())}{local.month}月{local.day}日 {local:%H:%M}"


def _in_japan(moment: datetime) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=UTC)).astimezone(JAPAN_TIME)
