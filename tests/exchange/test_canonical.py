"""Canonical JSON lines; what must not pass stands in BAD_PACKAGES too."""

import json
from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.exchange.canonical import MAX_NUMBER, read_line, split_lines, write_line

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-MAX_NUMBER, MAX_NUMBER) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=20,
)


def read_lines(data: bytes) -> list[object]:
    return [read_line(line) for line in split_lines(data)]


def refusal_of(data: bytes) -> str:
    with pytest.raises(PackageRefused) as refusal:
        read_lines(data)
    return refusal.value.code


@given(st.lists(VALUES, max_size=4))
def test_any_value_survives(values):
    assert read_lines(b"".join(map(write_line, values))) == values


@given(st.binary(max_size=60))
@settings(max_examples=300)
def test_any_other_bytes_are_refused_or_canonical(data):
    with suppress(PackageRefused):
        assert write_line(read_line(data)) == data + b"\n"


@given(VALUES, st.data())
def test_one_value_has_one_text(value, data):
    line = write_line(value)[:-1]
    position = data.draw(st.integers(0, len(line)))
    spaced = line[:position] + b" " + line[position:]
    with suppress(PackageRefused):
        assert read_line(spaced) != value


def test_brackets_in_a_persons_text_do_not_count():
    assert read_line(json.dumps("[" * 500 + '"{' * 100).encode())
    assert read_line(b"[" * 400 + b"]" * 400)
    assert refusal_of(b"[" * 401 + b"]" * 401 + b"\n") == "json.depth"


@pytest.mark.parametrize(
    "number",
    [b"9007199254740992", b"-9007199254740992", b"1" + b"0" * 17, b"1" + b"0" * 5000, b"-0", b"01"],
    ids=["2^53", "-2^53", "10^17", "10^5000", "-0", "01"],
)
def test_a_number_that_other_programs_would_read_otherwise_is_refused(number):
    assert refusal_of(number + b"\n") == "json.form"


def test_a_line_has_at_most_32_kib():
    assert read_line(b'"' + b"x" * (32 * 1024 - 2) + b'"')
    assert refusal_of(b'"' + b"x" * (32 * 1024 - 1) + b'"\n') == "json.size"
    with pytest.raises(ValueError):
        write_line("x" * 32 * 1024)


def test_nothing_is_an_empty_table():
    assert read_lines(b"") == []
    assert refusal_of(b"\n") == "json.form"


def test_surrogates_and_floats_are_never_written():
    for value in ("\ud800", float("nan")):
        with pytest.raises(ValueError):
            write_line(value)
