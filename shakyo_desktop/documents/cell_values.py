"""What people write into the cells of our templates: yes and no, choices by their words, numbers, years."""

import unicodedata
from typing import TypeVar

from shakyo_desktop.domain.codes import LabelledCode
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


def read_whole(text: str) -> int | None:
    """A whole number from 0, however it is written."""
    return read_number(text)
