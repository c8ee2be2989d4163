"""Which characters print, in which font, and what happens to the rest."""

import pytest

from shakyo_desktop.documents.pdf.fonts import char_width, has_glyph, printable, runs

PRINTS = {
    "common": "地区部会の見守り活動（延べ1,200人）〜①㈱〒℡‖㎡",
    "half-width kana": "ｻﾛﾝ｡ｶﾞ",
    "names": "髙橋 﨑山 辻 神\ufa19",
    "a kanji beyond the basic plane": "𠮷",
    "rating marks": "◎○△×●‖■－",
}


@pytest.mark.parametrize("text", PRINTS.values(), ids=PRINTS)
def test_characters_of_names_and_forms_print_as_they_are(text):
    assert printable(text).text == text
    assert has_glyph(text)


MISSING = {
    "emoji": ("よい🙂会", "よい〓会", ("🙂",)),
    "joined emoji count as one": ("👨‍👩‍👧と", "〓と", ("👨‍👩‍👧",)),
    "a flag counts as one": ("🇯🇵", "〓", ("🇯🇵",)),
    "private use": ("外\ue000字", "外〓字", ("\ue000",)),
    "beyond every font": ("\U00030000", "〓", ("\U00030000",)),
    "our own private codes": ("\U000f0000", "〓", ("\U000f0000",)),
    "listed once": ("🙂🙂", "〓〓", ("🙂",)),
}


@pytest.mark.parametrize(("typed", "shown", "missing"), MISSING.values(), ids=MISSING)
def test_a_character_no_font_has_prints_as_geta_and_is_listed(typed, shown, missing):
    result = printable(typed)
    assert (result.text, result.missing) == (shown, missing)
    assert not has_glyph(typed)


def test_a_selector_without_a_glyph_of_its_own_is_dropped():
    assert printable("辻\U000e01ef丸\ufe0f").text == "辻丸"


def test_a_variation_with_a_glyph_of_its_own_is_not_its_base():
    shown = printable("葛\U000e0100").text
    assert len(shown) == 1
    assert shown != "葛"


def test_a_rare_kanji_takes_the_supplement_and_its_neighbours_do_not():
    assert [(name, text) for name, text in runs("山𠮷田")] == [
        ("BIZUDGothic-Regular", "山"),
        ("NotoSansJPSupplement-Regular", "𠮷"),
        ("BIZUDGothic-Regular", "田"),
    ]
    assert [name for name, _ in runs("𠮷", bold=True)] == ["NotoSansJPSupplement-Bold"]


def test_digits_are_half_as_wide_as_kanji():
    assert char_width("0") * 2 == pytest.approx(char_width("漢"))
