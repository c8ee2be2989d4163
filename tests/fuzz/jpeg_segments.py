"""A JPEG as its segments, which are changed one by one; the lengths fit unless they are what is changed."""

from random import Random

from tests.fuzz.mutating import NUMBERS, changed_bytes, drawn_bytes

_MARKERS = (0xC0, 0xC1, 0xC2, 0xC4, 0xCC, 0xD0, 0xD8, 0xD9, 0xDA, 0xDB, 0xDD, 0xE0, 0xE1, 0xE2, 0xED, 0xFE)
_SCAN = 0xDA


def changed(random: Random, jpeg: bytes) -> bytes:
    """The picture with one or two segments changed, lost, repeated, moved, or put in."""
    found = segments_of(jpeg)
    if found is None or random.randint(0, 5) == 0:
        return changed_bytes(random, jpeg)
    segments, picture = found
    for _ in range(random.choice((1, 1, 2))):
        picture = _change(random, segments, picture)
    head = b"".join(_written(random, marker, content) for marker, content in segments)
    return b"\xff\xd8" + head + picture


def _change(random: Random, segments: list[tuple[int, bytes]], picture: bytes) -> bytes:
    place = random.randint(0, max(0, len(segments) - 1))
    match random.randint(0, 7):
        case 0 if segments:
            del segments[place]
        case 1 if segments:
            segments.insert(place, random.choice(segments))
        case 2:
            random.shuffle(segments)
        case 3:
            segments.insert(place, (random.choice(_MARKERS), drawn_bytes(random, 60)))
        case 4:
            picture = changed_bytes(random, picture)
        case 5:
            picture = picture[:-2] + drawn_bytes(random, 3000) + picture[-2:]
        case _ if segments:
            marker, content = segments[place]
            segments[place] = (marker, changed_bytes(random, content))
    return picture


def _written(random: Random, marker: int, content: bytes) -> bytes:
    size = len(content) + 2
    if random.randint(0, 60) == 0:
        size = random.choice((*NUMBERS, size - 1, size + 1))
    return bytes((0xFF, marker)) + (size & 0xFFFF).to_bytes(2, "big") + content


def segments_of(jpeg: bytes) -> tuple[list[tuple[int, bytes]], bytes] | None:
    """(marker, content) up to the scan, and the picture's data behind it; None for what is no JPEG."""
    segments: list[tuple[int, bytes]] = []
    place = 2
    while jpeg[place : place + 1] == b"\xff" and place + 4 <= len(jpeg):
        marker, size = jpeg[place + 1], int.from_bytes(jpeg[place + 2 : place + 4], "big")
        segments.append((marker, jpeg[place + 4 : place + 2 + size]))
        place += 2 + max(2, size)
        if marker == _SCAN:
            return segments, jpeg[place:]
    return None
