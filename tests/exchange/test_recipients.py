"""What can be sealed to is a recipient; what only looks like one is none."""

import pytest

from shakyo_desktop.exchange.recipients import is_recipient
from tests.exchange.fixed_keys import bech32, mailbox

GOOD = mailbox("ward").recipient
# Points of low order (RFC 7748 clause 6.1): 0, 1, the two of order 8, p − 1 and p.
LOW = (
    "0000000000000000000000000000000000000000000000000000000000000000",
    "0100000000000000000000000000000000000000000000000000000000000000",
    "e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800",
    "5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157",
    "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
    "edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
)


@pytest.mark.parametrize("name", ["ward", "district", "city", "recovery"])
def test_a_mailbox_is_a_recipient(name):
    assert is_recipient(mailbox(name).recipient)


@pytest.mark.parametrize("place", range(4, len(GOOD)))
def test_a_wrong_letter_is_noticed(place):
    other = "q" if GOOD[place] != "q" else "p"
    assert not is_recipient(GOOD[:place] + other + GOOD[place + 1 :])


@pytest.mark.parametrize("point", LOW)
def test_a_point_of_low_order_is_no_recipient(point):
    assert not is_recipient(bech32("age", bytes.fromhex(point)))


@pytest.mark.parametrize("text", ["", "age1", "age1" + "q" * 58, mailbox("ward").identity, GOOD.upper()])
def test_another_text_is_no_recipient(text):
    assert not is_recipient(text)
