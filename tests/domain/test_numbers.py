import pytest
from hypothesis import given
from hypothesis import strategies as st

from shakyo_desktop.domain import numbers
from shakyo_desktop.domain.fields import MAX_NUMBER


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("12", 12),
        ("１２", 12),
        (" 12 ", 12),
        ("　１２　", 12),
        ("1,200", 1200),
        ("１，２００", 1200),
        ("1、200", 1200),
        ("1,234,567", 1234567),
        ("５人", 5),
        ("5 名", 5),
        ("12回", 12),
        ("3か所", 3),
        ("3ヶ所", 3),
        ("3箇所", 3),
        ("24食", 24),
        ("800m", 800),
        ("８００ｍ", 800),
        ("2件", 2),
        ("0", 0),
        ("007", 7),
        (str(MAX_NUMBER), MAX_NUMBER),
        (str(MAX_NUMBER + 1), None),
        ("9" * 5000, None),
        ("0" * 5000, 0),
        ("", None),
        ("-1", None),
        ("−1", None),
        ("1.5", None),
        ("12,5", None),
        ("1,20", None),
        (",200", None),
        ("約30人", None),
        ("30人くらい", None),
        ("3km", None),
        ("1 2", None),
        ("٣", None),
        ("人", None),
    ],
)
def test_a_number_is_read_or_left_for_a_person_to_check(text: str, number: int | None) -> None:
    assert numbers.read_number(text) == number


@pytest.mark.parametrize(
    ("text", "thousandths"),
    [
        ("1.5", 1500),
        ("１．５", 1500),
        ("0.125", 125),
        ("80%", 80_000),
        ("８０％", 80_000),
        ("1,200人", 1_200_000),
        ("12", 12_000),
        ("0.1234", None),
        ("1.", None),
        (".5", None),
        ("-1", None),
        ("", None),
        ("9999999.999", 9_999_999_999),
        ("10000000", None),
    ],
)
def test_a_target_is_read_with_at_most_three_decimals(text: str, thousandths: int | None) -> None:
    assert numbers.read_thousandths(text) == thousandths


@given(st.integers(0, MAX_NUMBER))
def test_a_shown_number_reads_back(number: int) -> None:
    assert numbers.read_number(numbers.show_number(number)) == number
    wide = numbers.show_number(number).translate({code: code + 0xFEE0 for code in range(0x21, 0x7F)})
    assert numbers.read_number(wide + "人") == number


@given(st.integers(0, numbers.MAX_THOUSANDTHS))
def test_shown_thousandths_read_back(thousandths: int) -> None:
    assert numbers.read_thousandths(numbers.show_thousandths(thousandths)) == thousandths


def test_thousandths_show_no_needless_zeros() -> None:
    shown = [numbers.show_thousandths(value) for value in (1500, 1_200_000, 5, 10_000, -1500)]
    assert shown == ["1.5", "1,200", "0.005", "10", "-1.5"]


@given(st.text(max_size=30))
def test_reading_never_fails_whatever_is_typed(text: str) -> None:
    for read in (numbers.read_number, numbers.read_thousandths):
        number = read(text)
        assert number is None or number >= 0
