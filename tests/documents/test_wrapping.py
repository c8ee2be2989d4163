"""Where lines end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shakyo_desktop.documents.pdf.fonts import printable, text_width
from shakyo_desktop.documents.pdf.wrapping import NOT_AT_END, NOT_AT_START, wrap

EM = 10.0

LINES = {
    "plain": ("あいうえおかきく", 5, ["あいうえお", "かきく"]),
    "full stop goes with its word": ("あいうえお。かき", 5, ["あいうえ", "お。かき"]),
    "opening bracket goes with what it opens": ("あいうえ「おか」", 5, ["あいうえ", "「おか」"]),
    "small kana": ("あいうえきょう", 5, ["あいうえ", "きょう"]),
    "numbers stay whole": ("参加者は12,340人", 6, ["参加者は", "12,340人"]),
    "own line breaks": ("あ\n\nい", 5, ["あ", "", "い"]),
    "an overlong word": ("abcdefghijklmnop", 4, ["abcdefgh", "ijklmnop"]),
    "empty": ("", 5, [""]),
    "spaces at the break": ("あいうえお かき", 5, ["あいうえお", "かき"]),
    "an indent stays": ("　あ", 5, ["　あ"]),
}


@pytest.mark.parametrize(("text", "ems", "lines"), LINES.values(), ids=LINES)
def test_lines_end_where_a_reader_expects_it(text, ems, lines):
    assert wrap(text, ems * EM, EM) == lines


@settings(max_examples=60, deadline=None)
@given(st.text("あ漢、。「」（）ーっ12,340abc \n𠮷", max_size=60), st.integers(3, 12))
def test_nothing_is_lost_and_no_line_is_too_long(text, ems):
    ready = printable(text).text
    lines = wrap(ready, ems * EM, EM)
    assert "".join(lines).replace(" ", "") == ready.replace("\n", "").replace(" ", "")
    assert all(text_width(line, EM) <= ems * EM + 0.01 for line in lines)


def test_no_line_starts_or_ends_with_what_must_not_stand_there():
    text = "地区部会では、「ふれあい（食事）会」を、毎月１回（第２土曜日）に、ひらいています。" * 4
    for ems in range(8, 30):
        lines = wrap(text, ems * EM, EM)
        assert not [line for line in lines if line[0] in NOT_AT_START]
        assert not [line for line in lines[:-1] if line[-1] in NOT_AT_END]
