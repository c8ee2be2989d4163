"""Who reports to an office, in the words of its screens: districts to a ward, wards to the city."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Members:
    """``one`` is what a member is called, ``office`` the office itself; ``by_hand`` when it adds members."""

    one: str
    office: str
    by_hand: bool = True


DISTRICTS = Members("地区部会", "区")
WARDS = Members("区事務所", "市", by_hand=False)
