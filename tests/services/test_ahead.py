"""Reading ahead: the same pieces in the same order, and nothing goes on after the block."""

import threading
from collections.abc import Generator

import pytest

from shakyo_desktop.services.ahead import ahead


class Pieces:
    """Numbers, with a note of how many were made, where, and whether the making ended."""

    def __init__(self, count: int, failure: Exception | None = None) -> None:
        self.count, self.failure = count, failure
        self.made = 0
        self.threads: set[str] = set()
        self.ended = False

    def __call__(self) -> Generator[int, None, None]:
        try:
            for number in range(self.count):
                self.made += 1
                self.threads.add(threading.current_thread().name)
                yield number
            if self.failure is not None:
                raise self.failure
        finally:
            self.ended = True


@pytest.mark.parametrize("depth", [1, 2, 50])
def test_the_pieces_come_in_their_order_from_another_thread(depth: int) -> None:
    pieces = Pieces(20)
    with ahead(pieces(), depth) as fetched:
        assert list(fetched) == list(range(20))
    assert pieces.threads == {"ahead"}
    assert pieces.ended


def test_no_more_is_fetched_than_the_depth_allows() -> None:
    pieces = Pieces(100)
    with ahead(pieces(), depth=3) as fetched:
        assert [next(fetched), next(fetched)] == [0, 1]
    assert pieces.made <= 5


def take(pieces: Pieces, taken: list[int], wanted: int) -> None:
    """Take some pieces, then leave."""
    with ahead(pieces()) as fetched:
        for number in fetched:
            taken.append(number)
            if len(taken) == wanted:
                raise KeyError("left early")


def test_a_failure_is_raised_where_its_piece_is_missing() -> None:
    failure = OSError(5, "the stick is gone")
    pieces, taken = Pieces(3, failure), list[int]()
    with pytest.raises(OSError, match="the stick is gone") as raised:
        take(pieces, taken, wanted=10)
    assert raised.value is failure
    assert taken == [0, 1, 2]
    assert pieces.ended


def test_leaving_early_ends_the_thread_and_the_generator() -> None:
    pieces, taken = Pieces(1000), list[int]()
    with pytest.raises(KeyError, match="left early"):
        take(pieces, taken, wanted=1)
    assert pieces.ended
    assert pieces.made < 1000
    assert "ahead" not in {thread.name for thread in threading.enumerate()}
