"""Builds and reads a large package in a process of its own and prints how much memory each took, as JSON.

``python -m tests.exchange.large [photos]``; sizes in bytes, times in seconds. Where the package lies while
it is built is a file, as it is in use.
"""

import json
import sys
import tempfile
import time
from dataclasses import replace
from io import BytesIO
from pathlib import Path

from PIL import Image

from shakyo_desktop.domain.records import YearRecords
from shakyo_desktop.exchange.content import PhotoSource
from shakyo_desktop.exchange.photos import encode_photo
from shakyo_desktop.exchange.reader import open_package
from shakyo_desktop.exchange.writer import build_package
from tests.exchange.making import report_content, year_records
from tests.exchange.people import DISTRICT_KEY, NOW, WARD_KEYS, register, uuid7


class Measured:
    """The time a step takes, and the most memory it takes beyond what was in use before it (Linux)."""

    def __enter__(self) -> "Measured":
        Path("/proc/self/clear_refs").write_text("5")  # the peak starts anew
        self._memory, self._start = self._kilobytes("VmRSS"), time.perf_counter()
        return self

    def __exit__(self, *_: object) -> None:
        self.seconds = time.perf_counter() - self._start
        self.memory = (self._kilobytes("VmHWM") - self._memory) * 1024

    @staticmethod
    def _kilobytes(name: str) -> int:
        lines = Path("/proc/self/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith(name))


def large_year(photos: int, activities: int) -> tuple[YearRecords, bytes]:
    """A year with many photos (all the same picture of about half a megabyte) and activities."""
    noise = Image.merge("RGB", [Image.effect_noise((1600, 1200), 40) for _ in range(3)])
    out = BytesIO()
    noise.save(out, "PNG")
    photo = encode_photo(out.getvalue())
    year = year_records()
    fields = {"sha256": photo.sha256, "size": len(photo.jpeg), "width": photo.width, "height": photo.height}
    pictures = tuple(replace(year.photos[0], id=uuid7(10_000 + n), **fields) for n in range(photos))
    diary = tuple(replace(year.activities[0], id=uuid7(20_000 + n)) for n in range(activities))
    return replace(
        year, photos=pictures, activities=(*year.activities, *diary), good_practices=()
    ), photo.jpeg


def main(photos: int, activities: int) -> None:
    year, jpeg = large_year(photos, activities)
    sources = [
        PhotoSource(photo.id, photo.sha256, photo.size, lambda: bytes(bytearray(jpeg)))
        for photo in year.photos
    ]
    with tempfile.TemporaryFile() as file:
        with Measured() as building:
            size = build_package(report_content(year, photos=sources), DISTRICT_KEY, file).size
        with Measured() as opening:
            package = open_package(file, WARD_KEYS, register(), NOW)
    if package.content.year != year:
        raise SystemExit("what was read is not what was written")
    seen = {"size": size, "build_seconds": building.seconds, "build_memory": building.memory}
    print(json.dumps(seen | {"open_seconds": opening.seconds, "open_memory": opening.memory}))


if __name__ == "__main__":
    main(*(int(argument) for argument in sys.argv[1:]))
