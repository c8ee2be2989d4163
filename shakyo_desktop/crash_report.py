"""What is kept of a bug: where it happened, never what was being written.

A report names the program's version, the system and the chain of functions. Messages of exceptions
and local values are left out, because they may hold what a person typed.
"""

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

from shakyo_desktop import __version__

log = logging.getLogger("shakyo_desktop.crash")


def describe_crash(kind: type[BaseException], trace: TracebackType | None) -> str:
    """The text of a report: version, system, exception type and frames, without any data."""
    lines = [
        f"shakyo_desktop {__version__}",
        f"{platform.system()} {platform.release()} / Python {platform.python_version()}",
        f"{datetime.now(UTC):%Y-%m-%dT%H:%M:%SZ}",
        kind.__qualname__,
    ]
    for frame in traceback.extract_tb(trace):
        lines.append(f"  {_short(frame.filename)}:{frame.lineno} {frame.name}")
    return "\n".join(lines) + "\n"


def _short(file_name: str) -> str:
    """A source file without the folders that would name the person whose computer it is."""
    parts = Path(file_name).parts
    for anchor in ("shakyo_desktop", "site-packages"):
        if anchor in parts:
            return "/".join(parts[len(parts) - parts[::-1].index(anchor) - 1 :])
    return parts[-1] if parts else file_name


def _free_name(folder: Path) -> Path:
    """A name for a report: one bug seldom comes alone, and the first tells most. At most nine in a second."""
    stem = f"crash-{datetime.now(UTC):%Y%m%d-%H%M%S}"
    path = folder / f"{stem}.txt"
    for number in range(2, 10):
        if not path.exists():
            break
        path = folder / f"{stem}-{number}.txt"
    return path


def install_crash_hook(folder: Path, show: Callable[[str], None]) -> None:
    """From now on every unexpected exception, on any thread, is written to ``folder`` and shown.

    Args:
        folder: where ``crash-….txt`` is kept; made when needed.
        show: told the report's text; must not raise.
    """

    def report(kind: type[BaseException], trace: TracebackType | None) -> None:
        text = describe_crash(kind, trace)
        log.error("crash %s", kind.__qualname__)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _free_name(folder).write_text(text, encoding="utf-8")
        except OSError as error:  # its text would name the folder, and so the person
            log.error("crash report not written, errno %s", error.errno)
        show(text)

    def on_exception(kind: type[BaseException], _value: BaseException, trace: TracebackType | None) -> None:
        if issubclass(kind, KeyboardInterrupt):
            sys.__excepthook__(kind, _value, trace)
            return
        report(kind, trace)

    def on_thread(args: threading.ExceptHookArgs) -> None:
        report(args.exc_type, args.exc_traceback)

    sys.excepthook = on_exception
    threading.excepthook = on_thread
