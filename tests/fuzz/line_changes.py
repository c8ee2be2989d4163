"""Changes of canonical lines: their values, their writing, their order."""

import json
from random import Random
from typing import Any

from tests.fuzz.mutating import changed_bytes, changed_text, changed_value, texts_of, written

_TOKENS = (
    *(b" ", b"\xef\xbb\xbf", b"\r", b"\n", b"\t", b"NaN", b"Infinity", b"-0", b"1.0", b"1e2", b"01", b"null"),
    *(
        b"\\u0041",
        b"\\ud800",
        b"\\/",
        b'"',
        b"\\",
        b",",
        b"[[",
        b"{}",
        b"\xed\xa0\x80",
        b"\xc0\xaf",
        b'"id":1,',
    ),
    *(b"9007199254740993", b"9" * 5000, b"[" * 401, b"[" * 30_000, b"\xf0\x9f\x91\xa8", b"\xe2\x80\xae"),
)


def changed_line(random: Random, line: bytes) -> bytes:
    """One line of JSON with other values, or the same values written in another way."""
    value = parsed(line)
    if value is None or random.randint(0, 3) == 0:
        return changed_bytes(random, line, _TOKENS)
    if random.randint(0, 7) == 0:
        return _written_otherwise(random, value)
    return written(changed_value(random, value))


def changed_lines(random: Random, data: bytes) -> bytes:
    """A table with changed, lost, repeated or reordered lines."""
    lines = data.split(b"\n")
    place = random.randint(0, max(0, len(lines) - 2))
    match random.randint(0, 11):
        case 0:
            del lines[place]
        case 1:
            lines.insert(place, lines[place])
        case 2:
            lines[:-1] = reversed(lines[:-1])
        case 3:
            lines.insert(place, random.choice((b"", b"{}", b"[]", b"null", b" ")))
        case 4:
            return changed_bytes(random, data, _TOKENS)
        case _:
            lines[place] = changed_line(random, lines[place])
    return b"\n".join(lines)


def changed_texts(random: Random, data: bytes) -> bytes:
    """A table or package.json in which only texts are others."""
    lines = data.split(b"\n")
    place = random.randint(0, max(0, len(lines) - 2))
    value = parsed(lines[place])
    places = texts_of(value)
    if not places:
        return changed_line(random, data)
    holder, key = random.choice(places)
    holder[key] = changed_text(random, holder[key])
    lines[place] = written(value)
    return b"\n".join(lines)


def parsed(line: bytes) -> Any:
    """The line's value; None when it has none."""
    try:
        return json.loads(line)
    except (ValueError, RecursionError):
        return None


def _written_otherwise(random: Random, value: Any) -> bytes:
    """The same values, or nearly: with escapes, spaces, names twice, or out of order."""
    match random.randint(0, 3):
        case 0:
            return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()
        case 1:
            return json.dumps(value, ensure_ascii=False, sort_keys=True).encode("utf-8", "surrogatepass")
        case 2 if isinstance(value, dict):
            items = list(value.items())
            random.shuffle(items)
            return written_in_order(dict(items))
    text = written(value)
    return text[:1] + text[1:-1] + b"," + text[1:] if isinstance(value, dict) and value else text + text


def written_in_order(value: Any) -> bytes:
    """The value as one line whose names are not sorted."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
