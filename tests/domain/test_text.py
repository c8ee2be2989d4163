import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shakyo_desktop.domain.text import fold_name, repair_text, text_code

HONEST = {
    "plain words": "ふれあい食事会　24人、手伝い 6人。",
    "enclosed and unit characters": "㈱ ① 〒 ℡ ～ 〜 — ‖ ㎡",
    "half-width kana": "ｻﾛﾝ",
    "name ideographs": "髙橋 𠮷田 﨑 神\ufa19 福\ufa1b 隆\uf9dc 飯\ufa2a",
    "supplementary compatibility ideograph": "\U0002f800",
    "ideographic variation sequence": "葛\U000e0100城 辻\U000e0101",
    "emoji with a variation selector": "☎\ufe0f",
    "a family of emoji": "👨\u200d👩\u200d👧",
    "a hand with a skin colour": "🧑🏽\u200d🌾",
    "a flag made of two": "🏳\ufe0f\u200d🌈",
    "a head that shakes": "🙂\u200d↔\ufe0f",
    "a character unassigned in this Python": "\U0001faff\U000323b0",
    "composed kana": "がぱヴ",
}

REFUSED = {
    "tab": "a\tb",
    "null": "a\0",
    "delete": "a\x7f",
    "next line": "a\x85",
    "carriage return": "a\r\nb",
    "lone surrogate": "a\ud800",
    "private use": "\ue000",
    "private use of plane 15": "\U000f0000",
    "private use of plane 16": "\U0010fffd",
    "noncharacter": "\ufdd0",
    "noncharacter that ends a plane": "\U0001ffff",
    "right-to-left override": "a\u202eb",
    "isolate": "a\u2066b",
    "line separator": "a\u2028b",
    "soft hyphen": "a\xadb",
    "grapheme joiner": "a\u034fb",
    "arabic letter mark": "a\u061cb",
    "hangul filler": "\u115f",
    "zero-width space": "a\u200bb",
    "zero-width non-joiner": "a\u200cb",
    "joiner between letters": "a\u200db",
    "joiner at the end": "👨\u200d",
    "joiner at the start": "\u200d👨",
    "two joiners": "👨\u200d\u200d👩",
    "word joiner": "a\u2060b",
    "half-width filler": "\uffa0",
    "wide hangul filler": "\u3164",
    "byte order mark": "\ufeffa",
    "interlinear annotation": "\ufff9",
    "tag": "🏴\U000e0067\U000e007f",
}


@pytest.mark.parametrize("text", HONEST.values(), ids=HONEST)
def test_honest_text_passes_and_is_not_changed(text: str) -> None:
    assert text_code(text, multiline=False) is None
    assert repair_text(text, multiline=False) == text
    assert repair_text(text + "\n" + text, multiline=True) == text + "\n" + text


@pytest.mark.parametrize("text", REFUSED.values(), ids=REFUSED)
def test_text_that_hides_something_is_refused(text: str) -> None:
    assert text_code(text, multiline=True) == "text.control"


def test_a_line_break_stands_only_where_several_lines_are_wanted() -> None:
    assert text_code("a\nb", multiline=False) == "text.control"
    assert text_code("a\nb", multiline=True) is None


def test_text_that_is_not_composed_has_its_own_code() -> None:
    assert text_code("か\u3099", multiline=False) == "text.nfc"
    assert text_code("か\u3099\ufa19", multiline=False) == "text.nfc"


@pytest.mark.parametrize(
    ("typed", "multiline", "stored"),
    [
        ("a\r\nb\rc", True, "a\nb\nc"),
        ("a\r\nb", False, "a b"),
        ("a\tb\xa0c", True, "a b c"),
        ("か\u3099き", False, "がき"),
        ("\ufa19か\u3099", False, "\ufa19が"),
        ("a\u200bb\ufeff", False, "ab"),
        ("外字\ue123です", False, "外字〓です"),
        ("か\u200b\u3099", False, "が"),
        ("👨\u200d\u200d👩", False, "👨👩"),
    ],
)
def test_leaving_a_field_repairs_the_text(typed: str, multiline: bool, stored: str) -> None:
    assert repair_text(typed, multiline) == stored


ANY_TEXT = st.text(
    st.one_of(
        st.characters(exclude_categories=()),
        st.sampled_from("\u200d👨👩↔☎\ufe0f\u0338\u3099か\ufa19\u200b\ue000\ud83d\udc68\n\r\t\U000e0100=<"),
    ),
    max_size=40,
)


@given(ANY_TEXT, st.booleans())
@example("\u200d↔\u0338", True)
@example("👨\u200d↔\u0338", True)
def test_repaired_text_always_passes_and_stays(text: str, multiline: bool) -> None:
    repaired = repair_text(text, multiline)
    assert text_code(repaired, multiline) is None
    assert repair_text(repaired, multiline) == repaired


@given(ANY_TEXT, st.booleans())
def test_text_that_passes_changes_only_its_spaces(text: str, multiline: bool) -> None:
    if text_code(text, multiline) is None:
        assert repair_text(text, multiline) == text.replace("\xa0", " ")


def test_names_match_whatever_way_they_are_written() -> None:
    forms = ["みほんケ丘", "みほんヶ丘", "みほんｹ丘", " みほん ヶ丘", "みほんケ丘\U000e0100"]
    assert {fold_name(form) for form in forms} == {"みほんケ丘"}
    assert fold_name("みほんが丘") != fold_name("みほんケ丘")
