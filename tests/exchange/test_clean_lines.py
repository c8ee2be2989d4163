"""The quick look at a whole line never lets a text pass that a look at every text would refuse."""

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.exchange.canonical import write_line
from shakyo_desktop.exchange.wire import check_texts, is_clean

SUSPICIOUS = (
    "\x00\t\n\x7f\x85\xad\u034f\u200b\u200d\u2028\u202e\u3099\u309a\u0338\uf900\ufa19\ufeff\uffff"
    "👨𠮷\U000e0001\U0001fffe"
)
TEXTS = st.text(st.sampled_from(SUSPICIOUS) | st.characters(exclude_categories=["Cs"]), max_size=8)
LINES = st.dictionaries(TEXTS, TEXTS | st.lists(TEXTS, max_size=3), max_size=4)


@given(LINES)
@settings(max_examples=500)
def test_a_clean_line_holds_no_text_that_is_refused(value: dict[str, object]) -> None:
    if is_clean(write_line(value).decode().rstrip("\n")):
        check_texts(value, frozenset())


@pytest.mark.parametrize("plane", [0, 1, 14, 16])
def test_no_character_alone_passes_only_because_it_stands_in_a_line(plane: int) -> None:
    for point in range(plane << 16, (plane + 1) << 16):
        character = chr(point)
        if unicodedata.category(character) == "Cs" or not is_clean(f'{{"a":"{character}"}}'):
            continue
        try:
            check_texts(character, frozenset())
        except PackageRefused as refusal:
            pytest.fail(f"U+{point:04X}: {refusal.code}")


def test_an_honest_line_is_clean_and_one_with_a_line_end_is_looked_at_closely() -> None:
    assert is_clean('{"content":"お茶を飲みました。神﨑さんちの庭"}')
    assert not is_clean('{"content":"一行目\\n二行目"}')
