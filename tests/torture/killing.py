"""One piece of work in a process of its own, killed at a moment, at a call, or at a byte."""

import contextlib
import multiprocessing
import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import wraps
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

Say = Callable[[Any], None]
Perform = Callable[[Path, Say], None]

CALLS = ("fsync", "replace", "rename", "unlink", "rmdir", "mkdir", "write", "ftruncate")
"""What of ``os`` leaves a trace on the medium, beside the statements and commits of the database."""

_PROCESSES = multiprocessing.get_context("spawn" if sys.platform == "win32" else "fork")
_PATIENCE = 180.0
_DONE = "-- done --"


@dataclass(frozen=True)
class Kill:
    """When a process dies: ``delay`` seconds after its n-th report, at its n-th call, or at byte n of a file.

    ``at`` is one of "time", "call", "byte", "never".
    """

    at: str = "never"
    number: int = 0
    delay: float = 0.0

    def __str__(self) -> str:
        late = f" + {self.delay:.3f} s" if self.at == "time" else ""
        return f"{self.at} {self.number}{late}"


@dataclass(frozen=True)
class Run:
    """What became of the process: what it reported, whether it was killed, how long it lived, its calls."""

    reports: tuple[Any, ...]
    killed: bool
    failed: bool
    seconds: float
    calls: int


def run(perform: Perform, place: Path, kill: Kill) -> Run:
    """Do the work in a new process; it dies as ``kill`` says, or lives to its end."""
    ours, theirs = _PROCESSES.Pipe(duplex=False)
    process = _PROCESSES.Process(target=_child, args=(perform, place, theirs, kill))
    started = time.monotonic()
    process.start()
    theirs.close()
    reports: list[Any] = []
    _listen(ours, reports, kill.number if kill.at == "time" else None)
    if kill.at == "time":
        _listen(ours, reports, None, kill.delay)
        process.kill()
    _listen(ours, reports, None)
    process.join(_PATIENCE)
    if process.is_alive():
        process.kill()
        process.join()
        raise AssertionError(f"{perform.__name__} did not end ({kill})")
    ours.close()
    ended = [one for one in reports if isinstance(one, tuple) and one[:1] == (_DONE,)]
    code = process.exitcode or 0
    return Run(
        tuple(one for one in reports if one not in ended),
        killed=code < 0 or (kill.at == "time" and not ended),
        failed=code > 0,
        seconds=time.monotonic() - started,
        calls=ended[0][1] if ended else 0,
    )


def _listen(pipe: Connection, reports: list[Any], most: int | None, seconds: float = _PATIENCE) -> None:
    """Take reports until there are so many, the time is over, or the other side is gone."""
    ends = time.monotonic() + seconds
    while most is None or len(reports) < most:
        left = ends - time.monotonic()
        if left <= 0 or not pipe.poll(left):
            return
        try:
            reports.append(pipe.recv())
        except (EOFError, OSError):
            return


def _child(perform: Perform, place: Path, pipe: Connection, kill: Kill) -> None:
    with contextlib.suppress(OSError):  # what it would say about its death belongs to nobody
        os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
    counting = _Counting(kill.number if kill.at == "call" else None)
    with counting.patched():
        if kill.at == "byte":
            _die_at_byte(kill.number)
        perform(place, pipe.send)
    pipe.send((_DONE, counting.seen))


def _die_at_byte(number: int) -> None:
    """The system ends the process in the middle of the write that goes beyond this byte of any file."""
    import resource

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_FSIZE, (number, number))


class _Counting:
    """Counts the calls that leave a trace; ends the process just before the chosen one."""

    def __init__(self, last: int | None) -> None:
        self._last = last
        self.seen = 0
        self._lock = threading.Lock()

    def step(self) -> None:
        with self._lock:
            self.seen += 1
            if self.seen == self._last:
                os.kill(os.getpid(), getattr(signal, "SIGKILL", signal.SIGTERM))
                threading.Event().wait()  # another thread may take the signal: no call follows this one

    @contextmanager
    def patched(self) -> Iterator[None]:
        from sqlalchemy import Engine, event

        def counted(call: Callable[..., Any]) -> Callable[..., Any]:
            @wraps(call)
            def stepping(*args: Any, **named: Any) -> Any:
                self.step()
                return call(*args, **named)

            return stepping

        before = {name: getattr(os, name) for name in CALLS}
        on_statement, on_commit = (lambda *_: self.step()), (lambda _: self.step())
        for name, call in before.items():
            setattr(os, name, counted(call))
        event.listen(Engine, "before_cursor_execute", on_statement)
        event.listen(Engine, "commit", on_commit)
        try:
            yield
        finally:
            event.remove(Engine, "before_cursor_execute", on_statement)
            event.remove(Engine, "commit", on_commit)
            for name, call in before.items():
                setattr(os, name, call)
