"""Numbers as people type them: full width, commas, a unit behind. What is not a clear count is None."""

import re
import unicodedata

from shakyo_desktop.domain.fields import MAX_NUMBER

MAX_THOUSANDTHS = 9_999_999_999

_UNITS = (
    "人|名|回|件|[かヵヶカケ箇個]所|食|m|メートル|世帯|団体|組|校|会場|個|枚|部|冊|台|本|点|日|分|時間|円"
)
_DIGITS = r"(?P<digits>[0-9]+|[0-9]{1,3}(?:[,、][0-9]{3})+)"
_COUNT = re.compile(rf"{_DIGITS}\s*(?:{_UNITS})?", re.IGNORECASE)
_DECIMAL = re.compile(
    rf"{_DIGITS}(?:\.(?P<decimals>[0-9]{{1,3}}))?\s*(?:{_UNITS}|%|パーセント)?", re.IGNORECASE
)


def read_number(text: str) -> int | None:
    """A whole number from 0 to ``MAX_NUMBER``, or None for blank, negative, fractional or unclear text.

    Accepts ``１２``, ``1,200``, ``１，２００``, ``５人``, `` 3 か所 ``; commas only where thousands are.
    """
    found = _COUNT.fullmatch(_fold(text))
    return _bounded(_digits(found), MAX_NUMBER) if found else None


def read_thousandths(text: str) -> int | None:
    """A number with at most three decimals, in thousandths (``1.5`` is 1500), or None."""
    found = _DECIMAL.fullmatch(_fold(text))
    if found is None:
        return None
    return _bounded(_digits(found) * 1000 + int((found["decimals"] or "").ljust(3, "0")), MAX_THOUSANDTHS)


def show_number(number: int) -> str:
    """1,200."""
    return f"{number:,}"


def show_thousandths(thousandths: int) -> str:
    """1.5 for 1500, 1,200 for 1200000: no more decimals than needed."""
    whole, rest = divmod(abs(thousandths), 1000)
    decimals = f".{rest:03d}".rstrip("0").rstrip(".")
    return f"{'-' if thousandths < 0 else ''}{whole:,}{decimals}"


def show_check_number(digits: str) -> str:
    """A 確認番号 as it is printed and read aloud: 1234-5678-9012."""
    return "-".join(digits[start : start + 4] for start in range(0, len(digits), 4))


def _fold(text: str) -> str:
    return unicodedata.normalize("NFKC", text).strip()


def _digits(found: re.Match[str]) -> int:
    # A bound before int(): a pasted wall of digits must not be slow.
    digits = found["digits"].replace(",", "").replace("、", "").lstrip("0")
    return int(digits or "0") if len(digits) <= 12 else 10**12


def _bounded(number: int, maximum: int) -> int | None:
    return number if number <= maximum else None
