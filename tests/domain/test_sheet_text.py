"""The text of a recovery sheet: typed as people type, and told where it is wrong."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shakyo_desktop.domain.sheet_text import LETTERS, PREFIX, read_sheet, sheet_problem

# The example identity of the age specification (C2SP.org/age).
SHEET = "AGE-SECRET-KEY-1GFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPYYSJZGFPQ4EGAEX"
BODY = SHEET.removeprefix(PREFIX)


def full_width(text):
    return "".join(chr(ord(letter) + 0xFEE0) if "!" <= letter <= "~" else letter for letter in text)


WAYS = {
    "as printed": SHEET,
    "lower case": SHEET.lower(),
    "without its beginning": BODY,
    "in groups": " ".join(BODY[at : at + 4] for at in range(0, LETTERS, 4)),
    "in lines": "\n".join((PREFIX, BODY[:20], BODY[20:40], BODY[40:])),
    "full width": full_width(SHEET.lower()),
    "full width in groups": "　".join(full_width(BODY[at : at + 4]) for at in range(0, LETTERS, 4)),
    "with other hyphens": SHEET.replace("-", "ー"),
    "with a small l for the 1": SHEET.lower().replace("key-1", "key-l"),
}


@pytest.mark.parametrize("typed", WAYS.values(), ids=WAYS)
def test_a_sheet_is_read_however_it_is_typed(typed):
    assert read_sheet(typed) == SHEET
    assert sheet_problem(typed) == ""


def test_letters_that_no_sheet_has_are_read_as_what_they_look_like():
    identity = PREFIX + "0L" + BODY[2:]
    assert read_sheet(identity.replace("0L", "OI")) == identity
    assert read_sheet(identity.replace("0L", "o1")) == identity


@given(st.integers(0, LETTERS - 1), st.sampled_from("qpzry9x8gf2tvdw0s3jn54khce6mua7l"))
def test_one_wrong_letter_is_found_by_its_group(at, letter):
    wrong = BODY[:at] + letter.upper() + BODY[at + 1 :]
    problem = sheet_problem(wrong)
    if wrong == BODY:
        assert problem == ""
    else:
        assert problem.startswith(f"{at // 20 + 1}行目の{at % 20 // 4 + 1}つ目のまとまりの中に")


def test_two_letters_in_the_wrong_order_are_noticed():
    assert "違う文字" in sheet_problem(BODY[:4] + BODY[5] + BODY[4] + BODY[6:])


@pytest.mark.parametrize(("typed", "words"), [(BODY[:-2], "2文字足りません"), (BODY + "Q", "1文字多いです")])
def test_missing_and_surplus_letters_are_counted(typed, words):
    assert words in sheet_problem(typed)


def test_a_letter_that_no_sheet_has_is_named():
    assert "2行目の1つ目のまとまりに、復旧シートでは使わない文字（B）" in sheet_problem(
        BODY[:20] + "B" + BODY[21:]
    )


@pytest.mark.parametrize(
    "typed", ["みほんの合い言葉", "correct horse battery staple", "1234 5678 9012", "", "KEY-1"]
)
def test_a_passphrase_is_no_sheet(typed):
    assert read_sheet(typed) == ""
    assert sheet_problem(typed) == ""


@given(st.text(max_size=80))
def test_any_text_is_judged(typed):
    assert read_sheet(unicodedata.normalize("NFD", typed)) == "" or read_sheet(typed).startswith(PREFIX)
    sheet_problem(typed)
