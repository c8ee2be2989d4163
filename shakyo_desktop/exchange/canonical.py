"""Canonical JSON: one text per value, so that bytes can be compared and nothing hides between parsers.

A line is canonical when writing what was read gives the same line. That one rule refuses duplicate
keys, a BOM, NaN, floats, lone surrogates and odd spacing. Source: the package format, "Canonical line".
"""

import json
import re
from collections.abc import Iterator
from typing import Any

import msgspec

from shakyo_desktop.exchange.refusal import refused, require

MAX_LINE = 32 * 1024
MAX_BRACKETS = 400
MAX_NUMBER = 2**53 - 1

# One that nobody ends goes to the end: looking for it anew at every quotation mark inside takes the square.
_STRING = re.compile(r'"(?:[^"\\]|\\(?:.|\Z))*(?:"|\Z)', re.DOTALL)
_MAX_DIGITS = 17
_BLOCK = 2**18


def write_line(value: object) -> bytes:
    """A value as one canonical line, line end included; ValueError when it would be refused."""
    line = _write(value).encode("utf-8")
    if len(line) > MAX_LINE:
        raise ValueError("line is too long")
    return line + b"\n"


def read_line(line: bytes) -> Any:
    """The value of one canonical line without its line end.

    Raises:
        PackageRefused: ``json.size``, ``json.depth`` or ``json.form``.
    """
    require(len(line) <= MAX_LINE, "json.size")
    try:
        text = line.decode("utf-8")
    except UnicodeDecodeError as error:
        raise refused("json.form", "not UTF-8") from error
    require(_brackets(text) <= MAX_BRACKETS, "json.depth")
    try:
        value = _DECODER.decode(text)
        same = _is_plainly_canonical(value, line) or _write(value) == text
    except ValueError as error:
        raise refused("json.form", "not JSON as we write it") from error
    require(same, "json.form", "not canonical")
    return value


def split_lines(data: bytes | memoryview) -> Iterator[bytes]:
    """The lines one after another, every one ended by a line feed; a large table is not copied as a whole.

    Raises:
        PackageRefused: ``json.size`` for a line that goes on too long, ``json.form`` for a last one that
            does not end.
    """
    rest = b""
    for start in range(0, len(data), _BLOCK):
        *lines, rest = (rest + bytes(data[start : start + _BLOCK])).split(b"\n")
        yield from lines
        require(len(rest) <= MAX_LINE, "json.size")
    require(not rest, "json.form", "the last line has no end")


def count_lines(data: bytes | memoryview) -> int:
    """How many line feeds there are; a large table is not copied as a whole."""
    return sum(bytes(data[start : start + _BLOCK]).count(b"\n") for start in range(0, len(data), _BLOCK))


def _is_plainly_canonical(value: object, line: bytes) -> bool:
    """Whether a line without escapes is the text of its value, told by a faster writer.

    The two writers could differ in how they escape, and in nothing else: what the decoder gives holds no
    fractions, and both sort names by code points.
    """
    return b"\\" not in line and _FAST_ENCODER.encode(value) == line


def _write(value: object) -> str:
    return _ENCODER.encode(value)


def _brackets(text: str) -> int:
    """Opening brackets outside strings; those inside a person's text do not count."""
    count = text.count("[") + text.count("{")
    if count <= MAX_BRACKETS:
        return count
    plain = _STRING.sub("", text)
    return plain.count("[") + plain.count("{")


def _whole_number(digits: str) -> int:
    if len(digits) > _MAX_DIGITS:
        raise ValueError("number is too large")
    number = int(digits)
    if abs(number) > MAX_NUMBER:
        raise ValueError("number is too large")
    return number


def _no_number(_: str) -> int:
    raise ValueError("not a whole number")


# Made once: json.loads and json.dumps would make them anew for every line.
_DECODER = json.JSONDecoder(parse_int=_whole_number, parse_float=_no_number, parse_constant=_no_number)
_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
_FAST_ENCODER = msgspec.json.Encoder(order="sorted")
