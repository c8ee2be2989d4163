"""Which text may stand in a record, and how a field repairs what it is given.

Source: the package format, "Text". The form repairs with the same rules by which a package is refused,
so that an honest sender never meets ``text.control`` or ``text.nfc``.
"""

import re
import unicodedata
from functools import lru_cache

TEXT_CONTROL = "text.control"
TEXT_NFC = "text.nfc"

_ZWJ = "\u200d"
_GETA = "〓"  # stands where a character existed on one computer only (外字)
_LINE_ENDS = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
# Compatibility ideographs are parts of people's names; plain NFC would replace them.
_MASKED = re.compile("([\uf900-\ufaff\U0002f800-\U0002fa1f]+)")
_NONCHARACTERS = "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(17))
_ONE_COMPUTER_ONLY = re.compile("[\ud800-\udfff\ue000-\uf8ff\U000f0000-\U000ffffd\U00100000-\U0010fffd]")
_REFUSED_BELOW_10000 = (
    "\x00-\x09\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u200b\u200c\u200e\u200f\u2028-\u202e"
    "\u2060-\u206f\u3164\ufdd0-\ufdef\ufeff\uffa0\ufff9-\ufffb"
)
_REFUSED = re.compile(f"[{_REFUSED_BELOW_10000}\U000e0000-\U000e007f{_NONCHARACTERS}]")
# Whatever one of the three rules of text.control could be about; one look-up for a character below 10000.
_SUSPECT = re.compile(
    f"[{_REFUSED_BELOW_10000}{_ZWJ}\ud800-\udfff\ue000-\uf8ff\ufffe\uffff\U00010000-\U0010ffff]"
)
_EMOJI = (
    "\u203c\u2049\u2122\u2139\u2194-\u21ff\u2300-\u23ff\u24c2\u25a0-\u27bf\u2900-\u297f\u2b00-\u2bff"
    "\u3030\u303d\u3297\u3299\U0001f000-\U0001fbff"
)
_STRAY_ZWJ = re.compile(f"(?<![{_EMOJI}])(?<![{_EMOJI}]\ufe0f){_ZWJ}|{_ZWJ}(?![{_EMOJI}])")
_SPACES = str.maketrans("\t\xa0", "  ")
_FOLDED = str.maketrans({"ヶ": "ケ", "ｹ": "ケ"})
_INVISIBLE_SELECTORS = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef]")


def text_code(text: str, multiline: bool) -> str | None:
    """``text.control``, ``text.nfc`` or None when the text may stand as it is."""
    if not multiline and "\n" in text:
        return TEXT_CONTROL
    if _SUSPECT.search(text) and _is_refused(text):
        return TEXT_CONTROL
    return None if _masked_nfc(text) == text else TEXT_NFC


def _is_refused(text: str) -> bool:
    return any(rule.search(text) for rule in (_REFUSED, _ONE_COMPUTER_ONLY, _STRAY_ZWJ))


def repair_text(text: str, multiline: bool) -> str:
    """The text as it may be stored; ``text_code`` of the result is None, and repairing again changes nothing.

    Line ends become LF (a space where one line is wanted), tab and no-break space become a space,
    refused invisible characters go, private characters (外字) become 〓 so that nothing is lost unseen.
    """
    plain = _LINE_ENDS.sub("\n", text).translate(_SPACES)
    if not multiline:
        plain = plain.replace("\n", " ")
    plain = _ONE_COMPUTER_ONLY.sub(_GETA, plain)
    while True:  # composing can bring new neighbours together, so until nothing changes
        repaired = _masked_nfc(_STRAY_ZWJ.sub("", _REFUSED.sub("", plain)))
        if repaired == plain:
            return repaired
        plain = repaired


@lru_cache(maxsize=1024)  # a year names a few places again and again
def fold_name(name: str) -> str:
    """A name's form for matching only: NFKC, ケ/ヶ/ｹ alike, without spaces and variation selectors."""
    folded = unicodedata.normalize("NFKC", name).translate(_FOLDED)
    return "".join(_INVISIBLE_SELECTORS.sub("", folded).split()).casefold()


def _masked_nfc(text: str) -> str:
    if unicodedata.is_normalized("NFC", text):
        return text
    parts = _MASKED.split(text)
    return "".join(
        part if index % 2 else unicodedata.normalize("NFC", part) for index, part in enumerate(parts)
    )
