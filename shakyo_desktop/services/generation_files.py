"""Automatic copies as files: their names, finding them, and letting go of those that need not stay.

A name is ``000012-20261126-2305-1a2b3c4d.hikae``: a number that rises with every copy, day and time in Japan,
and eight digits that tell one store's copies from another's. It says nothing about who or what.
"""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from shakyo_desktop.domain.copies import CopyReason, CopyState, Generation
from shakyo_desktop.domain.errors import FileUnreadable, ShakyoError
from shakyo_desktop.services.context import JAPAN
from shakyo_desktop.services.copy_file import COPY_SUFFIX, CopyLabel, open_copy
from shakyo_desktop.storage import key_slots

COPIES_FOLDER = "copies"
"""Where a data folder keeps its own automatic copies."""
PLACE_PREFIX = "hikae-"
"""What the folder of automatic copies is called in a place that a person chose."""
BAD = ".bad"
UNPROVEN = ".unproven"
_BAD_KEPT = 2
_NAME = re.compile(r"([0-9]{6,})-([0-9]{8}-[0-9]{4})-([0-9a-f]{8})\.hikae(\.bad)?")
_MADE_AT = "%Y-%m-%dT%H:%M:%SZ"


def list_generations(data_dir: Path, elsewhere: Path | None = None) -> tuple[Generation, ...]:
    """Every copy in a data folder and in one other place, newest first; needs no key and opens no store.

    The order is by number, not by time. Copies of the store that lies in ``data_dir`` come before those of
    another that lay there earlier. A copy that cannot be read is listed as bad; folders that cannot be read
    hold none.

    Args:
        elsewhere: the folder that a person chose for further copies, or the one inside it that holds them.
    """
    own = store_tag_of(data_dir)
    found = [look(path, False) for path in _copies_in(data_dir / COPIES_FOLDER)]
    if elsewhere is not None:
        folders = [elsewhere, *_folders(elsewhere)]
        found += [look(path, True) for folder in folders for path in _copies_in(folder)]
    known = [one for one in found if one.number]
    known.sort(key=lambda one: (one.store == own, one.number, not one.elsewhere), reverse=True)
    rest = sorted((one for one in found if not one.number), key=lambda one: one.at, reverse=True)
    return (*known, *rest)


def store_tag_of(folder: Path) -> str:
    """Eight digits that stand for the key of a folder's store; "" when its slots cannot be read."""
    try:
        return key_slots.fingerprint(folder)[:8]
    except ShakyoError:
        return ""


def copy_name(number: int, at: datetime, store: str) -> str:
    """The file name of a copy; ``at`` is UTC-aware."""
    return f"{number:06d}-{at.astimezone(JAPAN):%Y%m%d-%H%M}-{store}{COPY_SUFFIX}"


def forget(generations: Iterable[Generation]) -> None:
    """Delete copies; one that does not go now goes another time."""
    for generation in generations:
        with suppress(OSError):
            generation.path.unlink(missing_ok=True)


def forget_old_bad(generations: Iterable[Generation]) -> None:
    """Keep the two newest bad copies, and all of them while there is no newer good one."""
    listed = list(generations)
    best = max((one.number for one in listed if one.is_good), default=0)
    bad = [one for one in listed if one.state is CopyState.BAD and one.path.name.endswith(BAD)]
    forget(one for one in sorted(bad, key=lambda one: one.number)[:-_BAD_KEPT] if one.number < best)


def sweep_unproven(folder: Path) -> None:
    """Take away files that were being written when a process ended."""
    for pattern in (f"*{COPY_SUFFIX}{UNPROVEN}", f"*{COPY_SUFFIX}.part", f"*{COPY_SUFFIX}{UNPROVEN}.part"):
        for path in _glob(folder, pattern):
            with suppress(OSError):
                path.unlink(missing_ok=True)


def _folders(folder: Path) -> Iterator[Path]:
    return (path for path in _glob(folder, f"{PLACE_PREFIX}*") if path.is_dir())


def _copies_in(folder: Path) -> Iterator[Path]:
    for path in _glob(folder, "*"):
        with suppress(OSError):
            if path.name.endswith((COPY_SUFFIX, COPY_SUFFIX + BAD)) and path.is_file():
                yield path


def _glob(folder: Path, pattern: str) -> list[Path]:
    try:
        return sorted(folder.glob(pattern))
    except OSError:
        return []


def look(path: Path, elsewhere: bool) -> Generation:
    """What a file says of itself; reads its label and its directory, which stands at the end."""
    name = _NAME.fullmatch(path.name)
    number, store = (int(name[1]), name[3]) if name else (0, "")
    label = _label(path)
    if label is None or path.name.endswith(BAD):
        state = CopyState.BAD
    else:
        state = CopyState.GOOD if name and label.mark is not None else CopyState.UNCHECKED
    at = _moment(label.made_at, _MADE_AT) if label else None
    if at is None:
        at = (_moment(name[2], "%Y%m%d-%H%M") if name else None) or datetime.fromtimestamp(0, UTC)
    return Generation(
        path,
        at,
        _size(path),
        number,
        state,
        _reason(label),
        store,
        label.mark if label else None,
        elsewhere,
    )


def _label(path: Path) -> CopyLabel | None:
    try:
        with open_copy(path) as copy:
            return copy.label
    except (FileUnreadable, OSError):
        return None


def _moment(text: str, form: str) -> datetime | None:
    try:
        read = datetime.strptime(text, form).replace(tzinfo=UTC if form == _MADE_AT else JAPAN)
        read.astimezone(JAPAN)  # the first and the last day of all have no time elsewhere
        return read.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _reason(label: CopyLabel | None) -> CopyReason:
    try:
        return CopyReason(label.reason if label else "")
    except ValueError:
        return CopyReason.ASKED


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError:
        return 0
