"""Does a text look as if it named somebody, said where they live, or how to telephone them?

The office never needs such data (the product's scope), and a lost paper must not carry it. Every function
takes text as typed and judges it folded: full width, dashes and variation selectors make no difference.
"""

import re
import unicodedata
from functools import lru_cache

from shakyo_desktop.domain import personal_names

_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")
_DASHES = re.compile("[‐‑–—―−]|(?<=[0-9])ー(?=[0-9])")
_TELEPHONE = re.compile(
    r"(?<![0-9-])(?:\+81[- ]?[1-9][0-9]{0,3}|\(?0[0-9]{1,4}\)?)"
    r"[- (]{0,2}[0-9]{1,4}[- )]{0,2}[0-9]{3,4}(?![0-9-])"
)
_THREE_DIGITS = re.compile("[0-9]{3}")  # the end of every telephone number
_WORD = "(?:[々一-鿿]|[ぁ-んァ-ヶ])"
# 4-2組, 2-3丁目 and 第1-2-3週 are several of something and no house number.
_COUNTED = r"(?![0-9-]|\s*(?:丁目|[組班週月日年回人名時分]))"
_ADDRESS = re.compile(
    r"[0-9一二三四五六七八九十]+丁目\s*[0-9]|[0-9]+番地|[0-9]+番\s*[0-9]+号|〒\s*[0-9]{3}-?[0-9]{4}"
    rf"|[町台丘区市村][0-9]{{1,4}}-[0-9]{{1,4}}(?:-[0-9]{{1,4}})?{_COUNTED}"
    rf"|{_WORD}[0-9]{{1,3}}-[0-9]{{1,4}}-[0-9]{{1,4}}{_COUNTED}"
)
_ADDRESS_SIGN = re.compile("[丁番〒-]")  # no address above is without one


def looks_like_telephone(text: str) -> bool:
    """Whether a telephone number of ten or eleven digits stands in the text."""
    folded = _fold(text)
    if not _THREE_DIGITS.search(folded):  # the common case, told without looking closer
        return False
    found = (re.sub(r"[^0-9]", "", one[0].replace("+81", "0")) for one in _TELEPHONE.finditer(folded))
    return any(len(digits) in (10, 11) for digits in found)


def looks_like_address(text: str) -> bool:
    """Whether a place is given down to its house number; a 丁目 alone is not."""
    folded = _fold(text)
    return _ADDRESS_SIGN.search(folded) is not None and _ADDRESS.search(folded) is not None


def names_somebody(text: str) -> bool:
    """Whether a frequent surname stands with an honorific (山田さん, 山田花子様)."""
    return personal_names.names_somebody(_fold(text))


def looks_like_name(text: str) -> bool:
    """Whether the text seems to name a person: a surname-like word with an honorific, or a list."""
    return personal_names.looks_like_name(_fold(text))


def looks_like_list_of_people(text: str) -> bool:
    """Whether three or more names stand one after another."""
    return personal_names.looks_like_list_of_people(_fold(text))


@lru_cache(maxsize=16)  # every question is asked about one text after another
def _fold(text: str) -> str:
    return _DASHES.sub("-", _SELECTORS.sub("", unicodedata.normalize("NFKC", text)))
