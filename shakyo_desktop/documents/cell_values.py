"""What people write into the cells of our templates: yes and no, choices by their words, numbers, years."""

import unicodedata
from typing import TypeVar

from shakyo_desktop.domain.codes import LabelledCode
from shakyo_desktop.domain.dates import read_date
from shakyo_desktop.domain.numbers import read_number

YES = frozenset({"○", "◯", "〇", "はい", "あり", "有", "有り", "1", "yes", "true", "y", "レ", "✓", "●"})
NO = frozenset({"×", "いいえ", "なし", "無", "無し", "0", "no", "false", "n", "－", "-", "ー"})

C = TypeVar("C", bound=LabelledCode)


def fold_cell(text: str) -> str:
    """A cell's text for matching: NFKC, without spaces, small letters."""
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


_YES = frozenset(fold_cell(word) for word in YES)
_NO = frozenset(fold_cell(word) for word in NO)


def read_yes_no(text: str) -> bool | None:
    """True or False for the usual marks, None for anything else, also for an empty cell."""
    folded = fold_cell(text)
    if folded in _YES:
        return True
    return False if folded in _NO else None


def read_choice(text: str, choices: type[C]) -> C | None:
    """The choice whose word or code stands in the cell."""
    folded = fold_cell(text)
    return next((one for one in choices if folded in (fold_cell(one.label), one.value)), None)


def read_fiscal_year(text: str) -> int | None:
    """A fiscal year as 2026, 令和8年度 or R8."""
    folded = fold_cell(text).removesuffix("度").removesuffix("年")
    if folded.isdigit() and len(folded) == 4:
        return int(folded)
    if folded.isdigit():
        return None
    # 令和元年 begins in May and 平成31年 ends in April: one of the two days lies in the era.
    days = (read_date(f"{folded}{day}", 2026) for day in ("年5月1日", "年4月1日", ".5.1", ".4.1"))
    return next((day.year for day in days if day), None)


def read_whole(text: str) -> int | None:
    """A whole number from 0, however it is written."""
    return read_number(text)
