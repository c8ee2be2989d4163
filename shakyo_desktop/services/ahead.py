"""Reading ahead: the next piece is fetched while the last one is being worked on.

Reading from a disk and deciphering leave a second processor idle otherwise. The thread lives no longer
than the ``with`` block, and what goes wrong in it is raised where its pieces are taken.
"""

import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from queue import SimpleQueue
from typing import Generic, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class _End:
    """After the last piece; ``failure`` is what ended them early."""

    failure: BaseException | None = None


class _Fetching(Generic[T]):
    """Runs a generator to its end on a thread of its own, never more than ``depth`` pieces ahead."""

    def __init__(self, pieces: Generator[T, None, None], depth: int) -> None:
        self._pieces = pieces
        self._room = threading.Semaphore(depth)
        self._fetched: SimpleQueue[T | _End] = SimpleQueue()
        self._stopped = False
        self._thread = threading.Thread(target=self._fetch, name="ahead", daemon=True)
        self._thread.start()

    def taken(self) -> Iterator[T]:
        """The pieces in their order."""
        while True:
            piece = self._fetched.get()
            self._room.release()
            if not isinstance(piece, _End):
                yield piece
            elif piece.failure is not None:
                raise piece.failure
            else:
                return

    def stop(self) -> None:
        """Return when the thread has ended; what it fetched and nobody took is forgotten."""
        self._stopped = True
        self._room.release()
        self._thread.join()

    def _fetch(self) -> None:
        try:
            while self._room.acquire() and not self._stopped:
                self._fetched.put(next(self._pieces))
        except StopIteration:
            self._fetched.put(_End())
        except BaseException as failure:
            self._fetched.put(_End(failure))
        finally:
            self._pieces.close()


@contextmanager
def ahead(pieces: Generator[T, None, None], depth: int = 4) -> Iterator[Iterator[T]]:
    """The pieces of a generator, fetched up to ``depth`` ahead; the generator ends with the block."""
    fetching = _Fetching(pieces, depth)
    try:
        yield fetching.taken()
    finally:
        fetching.stop()
