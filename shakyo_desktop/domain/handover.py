"""引継ぎ: the number on paper that opens a handover copy, as it is made, written and typed.

It is digits because the people who type it are 60 to 80 years old and know digits in fours from the
確認番号: no input method, no capitals, nothing that looks like something else. 24 digits are 79.7 bits, each
guess costs scrypt with N = 2^18 (256 MiB, about a second); see docs/adr/0016.
"""

import re
import secrets
import unicodedata

from shakyo_desktop.domain.numbers import show_check_number

CODE_DIGITS = 24
_GROUP = 4
_BETWEEN = re.compile(r"[\s,.‐‑‒–—―−ーｰ_-]+")


def new_code() -> str:
    """A new 合い言葉 of 24 digits, random."""
    return "".join(secrets.choice("0123456789") for _ in range(CODE_DIGITS))


def read_code(typed: str) -> str | None:
    """The 24 digits a person typed, in full width or not, with spaces and hyphens or not; else None."""
    digits = _BETWEEN.sub("", unicodedata.normalize("NFKC", typed))
    return digits if re.fullmatch(f"[0-9]{{{CODE_DIGITS}}}", digits) else None


def show_code(digits: str) -> str:
    """As it is printed and read aloud: 1234-5678-9012-3456-7890-1234."""
    return show_check_number(digits)


def code_lines(digits: str) -> tuple[str, ...]:
    """Two lines of three groups, for the paper."""
    groups = show_code(digits).split("-")
    half = len(groups) // 2
    return " ".join(groups[:half]), " ".join(groups[half:])
