"""Changes of bytes, text and JSON, drawn from a ``random.Random`` that decides what they are."""

import copy
import json
from collections.abc import Sequence
from random import Random
from typing import Any

NUMBERS = (0, 1, -1, 2, 7, 255, 256, 65535, 999_999, 10_000_000, 2**31, 2**53 - 1, 2**53, -(2**53), 2**63)
TEXTS = (
    *("", " ", "\n", "\r\n", "\t", "\xa0", "\x00", "\x1b[2J", "\x7f", "\x85", "\u2028", "\xad", "\u034f"),
    *("\u061c", "\u115f", "\u200b", "\u200d", "\u200f", "\u202e", "\u2066", "\u2060", "\u3164", "\ufeff"),
    *(
        "\uffa0",
        "\ufff9",
        "\ufffe",
        "\ufdd0",
        "\ue000",
        "\U000e0041",
        "\U000f0000",
        "\U0010fffd",
        "\U0010ffff",
    ),
    *("か\u3099", "e\u0301", "\u212b", "\uf900", "\ufa19", "\U0002f800", "\u0344", "\u0f73", "\u2126", "ﾊﾟ"),
    *("👨\u200d👩", "a\u200db", "❤\ufe0f\u200d🔥", "葛\U000e0100", "①㈱℡", "𠮷", "９", "\u0663", "\u0130"),
    *("../..", "C:\\x", "<b>&amp;", "=1+1", "%s{0}", "'; --", "null", "2026-02-30", "24:60", "0" * 400),
    *("x" * 61, "あ" * 2001, "\u0301" * 40, "99:99", "-0", "1e5", "Ａ", "age1", "\ud800"),
    f"age1{'q' * 53}5cu47z",  # a point of low order
)
_PIECES = (
    b"\0",
    b"\xff",
    b"\n",
    b"\r\n",
    b"PK\x03\x04",
    b"PK\x05\x06",
    b"-> ",
    b"--- ",
    b"\xff\xd9",
    b"\xff\xda",
)


def drawn_bytes(random: Random, size: int) -> bytes:
    """Any bytes, at most ``size``."""
    count = random.randint(0, size)
    return random.getrandbits(8 * count).to_bytes(count, "big") if count else b""


def changed_bytes(random: Random, data: bytes, pieces: Sequence[bytes] = _PIECES) -> bytes:
    """The bytes with one to four places overwritten, cut out, repeated, swapped or put in."""
    found = bytearray(data)
    for _ in range(random.choice((1, 1, 1, 2, 3, 4))):
        _change_place(random, found, pieces)
    return bytes(found)


def _change_place(random: Random, data: bytearray, pieces: Sequence[bytes]) -> None:
    start = random.randint(0, max(0, len(data) - 1))
    end = min(len(data), start + random.choice((1, 1, 2, 4, 8, 40, 300)))
    match random.randint(0, 8):
        case 0 if data:
            data[start] ^= 1 << random.randint(0, 7)
        case 1 if data:
            data[start] = random.randint(0, 255)
        case 2:
            data[start:end] = drawn_bytes(random, 12)
        case 3:
            del data[start:end]
        case 4:
            data[start:start] = data[start:end] * random.choice((1, 1, 2, 30))
        case 5:
            data[start:start] = random.choice(list(pieces))
        case 6:
            data[start:end] = bytes(end - start)
        case 7:
            size = random.choice((1, 2, 4, 8))
            number = random.choice(NUMBERS) & (1 << 8 * size) - 1
            data[start : start + size] = number.to_bytes(size, random.choice(("big", "little")))
        case _:
            del data[start if random.randint(0, 1) else end :]


def one_byte_changed(random: Random, data: bytes) -> bytes:
    """Exactly one byte is another one."""
    place = random.randint(0, len(data) - 1)
    return data[:place] + bytes([data[place] ^ random.randint(1, 255)]) + data[place + 1 :]


def changed_text(random: Random, text: str) -> str:
    """The text with something put in, or another one altogether."""
    place = random.randint(0, len(text))
    hostile = random.choice(TEXTS)
    match random.randint(0, 5):
        case 0:
            return hostile
        case 1:
            return text[:place]
        case 2:
            return chr(random.choice((random.randint(0, 0x2FFF), random.randint(0, 0x10FFFF)))) + text
        case 3:
            return text * random.choice((2, 20, 200))
        case 4:
            return text[:place] + random.choice("0aZq.-") + text[place + 1 :]
    return text[:place] + hostile + text[place:]


def drawn_value(random: Random, depth: int = 0) -> Any:
    """A JSON value that is seldom what is expected."""
    simple = (None, True, False, random.choice(NUMBERS), random.choice(TEXTS), 0.5, random.randint(-5, 5000))
    if depth > 2 or random.randint(0, 2):
        return random.choice(simple)
    inner = [drawn_value(random, depth + 1) for _ in range(random.choice((0, 1, 2, 30)))]
    return inner if random.randint(0, 1) else {str(place): one for place, one in enumerate(inner)}


def changed_value(random: Random, value: Any) -> Any:
    """The value with one to three of its places changed, wherever they are."""
    found = copy.deepcopy(value)
    for _ in range(random.choice((1, 1, 1, 2, 3))):
        holders = list(_holders(found))
        if not holders:
            return drawn_value(random)
        _change_inside(random, *random.choice(holders))
    return found


def texts_of(value: Any) -> list[tuple[Any, Any]]:
    """Where every text of the value is: what holds it, and under which name or place."""
    return [(holder, key) for holder, key in _holders(value) if isinstance(holder[key], str)]


def _holders(value: Any) -> list[tuple[Any, Any]]:
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    return [place for key in keys for place in ((value, key), *_holders(value[key]))]


def _change_inside(random: Random, holder: Any, key: Any) -> None:
    old = holder[key]
    match random.randint(0, 9):
        case 0:
            holder[key] = drawn_value(random)
        case 1:
            del holder[key]
        case 2 if isinstance(holder, dict):
            holder[random.choice(("extra", "id", "note", key + "x", *TEXTS[:3]))] = drawn_value(random)
        case 2:
            holder.append(copy.deepcopy(old))
        case 3 if isinstance(holder, list) and len(holder) > 1:
            holder.reverse()
        case 4:
            other = random.choice(list(holder) if isinstance(holder, dict) else range(len(holder)))
            holder[key], holder[other] = holder[other], holder[key]
        case 5 if isinstance(old, list):
            holder[key] = old * random.choice((2, 50))
        case _:
            holder[key] = _near(random, old)


def _near(random: Random, old: Any) -> Any:
    """A value of the same kind."""
    if isinstance(old, bool) or old is None:
        return random.choice((None, True, False, 0, ""))
    if isinstance(old, int):
        return random.choice((old + 1, old - 1, -old, old * 1000, random.choice(NUMBERS)))
    if isinstance(old, str):
        return changed_text(random, old)
    return random.choice((None, [], {}, [old], {"a": old}))


def written(value: Any) -> bytes:
    """The value as one canonical line, even when it may not stand in one."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return text.encode("utf-8", "surrogatepass")
