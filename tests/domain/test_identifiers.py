import re
from datetime import UTC, datetime, timedelta
from uuid import UUID

from shakyo_desktop.domain.identifiers import UUID7, new_id

NOON = datetime(2026, 9, 12, 3, 0, tzinfo=UTC)


def test_an_identifier_is_a_version_7_uuid_that_carries_its_moment() -> None:
    made = UUID(new_id(NOON))
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == int(NOON.timestamp() * 1000)


def test_identifiers_differ_and_sort_by_their_moment() -> None:
    made = [new_id(NOON + timedelta(milliseconds=step)) for step in range(50)]
    assert made == sorted(made)
    assert len({new_id(NOON) for _ in range(200)}) == 200


def test_only_the_written_form_of_version_7_is_one() -> None:
    good = new_id(NOON)
    assert re.fullmatch(UUID7, good)
    assert re.fullmatch(UUID7, new_id())
    for bad in (good.upper(), good + "\n", good.replace("-", ""), good[:14] + "4" + good[15:], "", "x"):
        assert not re.fullmatch(UUID7, bad)
