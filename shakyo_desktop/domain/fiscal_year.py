"""年度: 1 April to 31 March, named by its first year (令和8年度 = 2026)."""

import unicodedata
from datetime import date

from shakyo_desktop.domain.dates import era_year, read_date

FIRST_MONTH = 4


def fiscal_year_of(day: date) -> int:
    """The fiscal year a day belongs to."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def first_day(fiscal_year: int) -> date:
    """1 April of the year."""
    return date(fiscal_year, FIRST_MONTH, 1)


def last_day(fiscal_year: int) -> date:
    """31 March that ends the year."""
    return date(fiscal_year + 1, FIRST_MONTH - 1, 31)


def months_of(fiscal_year: int) -> tuple[str, ...]:
    """The twelve months as ``YYYY-MM``, April first."""
    this_year = [f"{fiscal_year:04d}-{month:02d}" for month in range(FIRST_MONTH, 13)]
    return (*this_year, *(f"{fiscal_year + 1:04d}-{month:02d}" for month in range(1, FIRST_MONTH)))


def fiscal_year_name(fiscal_year: int) -> str:
    """令和8年度; the year in which an era changes has the new era's name, as 令和元年度 (2019) had."""
    return f"{era_year(fiscal_year)}度"


def read_fiscal_year(text: str) -> int | None:
    """A fiscal year as people write it: 2026, 令和8年度 or R8; None for anything else."""
    folded = "".join(unicodedata.normalize("NFKC", text).split()).casefold()
    folded = folded.removesuffix("度").removesuffix("年")
    if folded.isdecimal():
        return int(folded) if len(folded) == 4 else None
    # 令和元年 begins in May and 平成31年 ends in April: one of the two days lies in the era.
    days = (read_date(f"{folded}{day}", 2026) for day in ("年5月1日", "年4月1日", ".5.1", ".4.1"))
    return next((day.year for day in days if day), None)
