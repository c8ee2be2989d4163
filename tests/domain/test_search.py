"""Searching texts: what is folded, what is found, what is shown around it."""

import pytest

from shakyo_desktop.domain.search import find_in, fold_text, searchable_texts, snippet_of, terms_of
from tests.factories import make_activity, make_photo, make_practice, make_status

SAME = {
    "width": ("１２人でｶﾞｲﾄﾞ", "12人でガイド"),
    "company": ("㈱みほん", "(株)みほん"),
    "kana": ("サロン", "さろん"),
    "ke": ("三ヶ所", "三ケ所"),
    "case": ("NPO", "ｎｐｏ"),
    "marks": ("見守り・訪問", "見守り 訪問"),
    "a compatibility ideograph": ("神\ufa19社", "神神社"),
    "a variation selector": ("葛\U000e0100城", "葛城"),
    "voiced": ("カ\u3099ス", "ガス"),
}


@pytest.mark.parametrize(("one", "other"), SAME.values(), ids=SAME)
def test_what_is_written_differently_and_is_the_same_is_found(one: str, other: str) -> None:
    assert fold_text(one) == fold_text(other) != ""


def test_words_between_spaces_of_any_width_are_searched_for_each_once() -> None:
    assert terms_of("　見守り ボランティア　ﾎﾞﾗﾝﾃｨｱ ・ ") == ("見守り", "ぼらんてぃあ")


@pytest.mark.parametrize("asked", ["", "　", "・、。", "☆"])
def test_a_question_without_letters_asks_for_nothing(asked: str) -> None:
    assert terms_of(asked) == ()


FOUND = {
    "the middle of a word": ("ひとり暮らしの見守り訪問", "守り", "守り"),
    "one character": ("みほん公民館", "館", "館"),
    "half width written, full width asked": ("ｶﾞｲﾄﾞさん", "ガイド", "ｶﾞｲﾄﾞ"),
    "a sign that unfolds to three": ("会場は㈱みほん", "株みほ", "㈱みほ"),
    "a part of a sign that unfolds": ("約㌔", "ろ", "㌔"),
    "across a mark": ("見守り・訪問", "り訪", "り・訪"),
    "figures": ("第１２回", "12", "１２"),
    "a kanji outside the first plane": ("𠮷田みほん", "田み", "田み"),
}


@pytest.mark.parametrize(("text", "asked", "hit"), FOUND.values(), ids=FOUND)
def test_a_hit_is_marked_in_the_text_as_it_was_written(text: str, asked: str, hit: str) -> None:
    span = find_in(text, terms_of(asked))
    assert span is not None
    assert text[slice(*span)] == hit


def test_a_snippet_says_where_it_is_cut_and_stays_in_one_line() -> None:
    text = "あ" * 40 + "\n見守り" + "い" * 90
    snippet = snippet_of(text, ("見守",))
    assert snippet is not None
    assert (snippet.before[0], snippet.hit, snippet.after[-1]) == ("…", "見守", "…")
    assert "\n" not in snippet.before + snippet.after
    assert len(snippet.before + snippet.hit + snippet.after) <= 62


def test_nothing_is_shown_where_nothing_fits() -> None:
    assert snippet_of("見守り訪問", ("食事",)) is None


def test_the_texts_of_a_record_are_its_words_and_not_its_codes() -> None:
    activity = make_activity(
        9, partners=("neighbourhood",), partners_text="みほん会", venue="公民館", note=""
    )
    texts = searchable_texts(activity)
    assert texts["partners"] == "自治会"
    assert texts["partners_text"] == "みほん会"
    assert "note" not in texts
    assert set(searchable_texts(make_status(9, outcome="成果", challenge=""))) >= {"outcome"}
    assert set(searchable_texts(make_practice(9))) == {"title", "story"}
    assert searchable_texts(make_photo()) == {}
