"""The text of a recovery sheet as people type it: what is meant, and where it differs from any real one.

The text is an age identity: ``AGE-SECRET-KEY-1`` and 58 letters in Bech32 (BIP 173), whose last six are a
checksum. Saying in which group a letter is wrong helps nobody who does not have the paper: the checksum is
no secret, and 256 random bits stand behind it. The text is never corrected for the person.
"""

import re
import unicodedata
from functools import reduce

PREFIX = "AGE-SECRET-KEY-1"
LETTERS = 58
"""Letters after the prefix, which the sheet prints in groups of four, five groups in a line."""
_GROUP, _LINE = 4, 20
_ALPHABET = "QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L"
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_NAME = PREFIX[:-1].lower()
_PLAIN_PREFIX = re.compile("^AGESECRETKEY[1IL]")
_HYPHENS = re.compile(r"[\s‐‑‒–—―−ー-]")
_LIKE = str.maketrans({"O": "0", "I": "L", "1": "L"})
"""Letters that no sheet has, and the ones they look like."""


def read_sheet(typed: str) -> str:
    """The whole text that is meant: capitals, half width, no spaces; "" when it is no sheet's text at all.

    The fixed beginning may be left out. What a passphrase could be as well is none: fewer than 40 letters.
    """
    plain = _HYPHENS.sub("", unicodedata.normalize("NFKC", typed)).upper()
    body = _PLAIN_PREFIX.sub("", plain)
    if not (body.isascii() and body.isalnum()) or (body == plain and len(body) < 40):
        return ""
    return PREFIX + body.translate(_LIKE)


def sheet_problem(typed: str) -> str:
    """What is wrong with the text of a sheet, in words; "" when it could be a real one, or is no sheet's."""
    text = read_sheet(typed)
    if not text:
        return ""
    body = text.removeprefix(PREFIX)
    odd = next((at for at, letter in enumerate(body) if letter not in _ALPHABET), None)
    if odd is not None and len(body) == LETTERS:
        return (
            f"{_place(odd)}に、復旧シートでは使わない文字（{body[odd]}）があります。紙と見くらべてください。"
        )
    if len(body) != LETTERS:
        by = abs(LETTERS - len(body))
        words = f"{by}文字足りません" if len(body) < LETTERS else f"{by}文字多いです"
        return f"復旧シートは、はじめの部分のあとに{LETTERS}文字あります。{words}。紙と見くらべてください。"
    if _checks(body):
        return ""
    wrong = _wrong_letter(body)
    where = f"{_place(wrong)}の中に" if wrong is not None else "2か所以上に"
    return f"{where}、違う文字があるようです。紙と1字ずつ見くらべてください。"


def _place(at: int) -> str:
    line, within = divmod(at, _LINE)
    return f"{line + 1}行目の{within // _GROUP + 1}つ目のまとまり"


def _wrong_letter(body: str) -> int | None:
    """Where one other letter would make the checksum right; None when one is not enough.

    The checksum is linear: a letter that differs changes it in the same way whatever the rest is.
    """
    rest = _checksum(body) ^ 1
    changes = list(range(1, 32))
    for at in reversed(range(len(body))):
        if rest in changes:
            return at
        changes = [_stepped(change, 0) for change in changes]
    return None


def _checks(body: str) -> bool:
    return _checksum(body) == 1


def _checksum(body: str) -> int:
    values = [ord(letter) >> 5 for letter in _NAME] + [0] + [ord(letter) & 31 for letter in _NAME]
    values += [_ALPHABET.index(letter) for letter in body]
    return reduce(_stepped, values, 1)


def _stepped(check: int, value: int) -> int:
    top = check >> 25
    check = (check & 0x1FFFFFF) << 5 ^ value
    for bit, generator in enumerate(_GENERATOR):
        if top >> bit & 1:
            check ^= generator
    return check
