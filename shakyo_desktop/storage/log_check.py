"""Whether the write-ahead log of a store that nobody closed can be read to its end.

SQLite takes a log up to the first page whose checksum does not fit, and drops the rest without a word. That
is right after a power cut, whose last transaction was never confirmed, and wrong when an older page of the
log is damaged. What was confirmed shows itself: behind the damage lie whole transactions that began after it.
File format: sqlite.org/fileformat2.html, "The Write-Ahead Log".
"""

import struct
from itertools import islice
from pathlib import Path

_HEADER = struct.Struct(">IIIIIIII")
_FRAME = struct.Struct(">IIIIII")
_LITTLE, _BIG = 0x377F0682, 0x377F0683


def dropped_commits(log: Path) -> int:
    """How many whole transactions of a log lie behind a page that is not readable; 0 for a sound or no log.

    The last one is not counted when it is the only one: it may be what a power cut interrupted.

    Raises:
        OSError: the log cannot be read.
    """
    with log.open("rb") as file:
        head = file.read(_HEADER.size)
        if len(head) < _HEADER.size:
            return 0
        magic, _version, page, _number, salt_1, salt_2, sum_1, sum_2 = _HEADER.unpack(head)
        if magic not in (_LITTLE, _BIG):
            return 0
        order = "<" if magic == _LITTLE else ">"
        sums = _sums(head[:24], order, (0, 0))
        readable, behind = sums == (sum_1, sum_2), 0
        while len(frame := file.read(_FRAME.size)) == _FRAME.size:
            data = file.read(page)
            _page, commit, one, two, want_1, want_2 = _FRAME.unpack(frame)
            if len(data) < page or (one, two) != (salt_1, salt_2):
                break  # what an earlier, longer log left behind
            if readable:
                sums = _sums(frame[:8] + data, order, sums)
                readable = sums == (want_1, want_2)
            if not readable and commit:
                behind += 1
    return behind if behind > 1 else 0


def _sums(data: bytes, order: str, sums: tuple[int, int]) -> tuple[int, int]:
    """The log's running checksum over pairs of 32-bit words."""
    one, two = sums
    words = struct.unpack(f"{order}{len(data) // 4}I", data)
    for first, second in zip(islice(words, 0, None, 2), islice(words, 1, None, 2), strict=True):
        one = (one + first + two) & 0xFFFFFFFF
        two = (two + second + one) & 0xFFFFFFFF
    return one, two
