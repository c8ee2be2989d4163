"""A drive a person can carry away, and what the program asks of an operating system about it."""

import subprocess
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from shakyo_desktop.domain.errors import DestinationFailed

_SAFE = "書いた内容はUSBメモリに保存されています。"


@dataclass(frozen=True, slots=True)
class Drive:
    """A mounted volume on a stick, a card or a USB disk.

    ``id`` is the system's own name of what is ejected; ``letter`` is "E:" on Windows and empty
    elsewhere; ``free`` and ``total`` are bytes; ``bus`` is usb, sd, firewire or other.
    """

    id: str
    name: str
    letter: str
    path: Path
    free: int
    total: int
    bus: str


class DriveLister(Protocol):
    """One operating system."""

    def list(self) -> Sequence[Drive]:
        """Return the volumes that can be carried away, in the system's order."""
        ...

    def eject(self, drive: Drive) -> None:
        """Return when the drive can be pulled; raise ``DestinationFailed`` when it cannot."""
        ...


@dataclass(frozen=True, slots=True)
class Answer:
    """What a system tool said."""

    status: int
    output: bytes
    message: str


Run = Callable[[Sequence[str]], Answer]


def run_tool(command: Sequence[str]) -> Answer:
    """Run a tool of the operating system; one that is missing or hangs answers with status 127."""
    try:
        done = subprocess.run(command, capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        return Answer(127, b"", str(error))
    return Answer(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"))


def still_in_use() -> DestinationFailed:
    """The failure when the system does not let go of a drive."""
    return DestinationFailed(
        "USBメモリをまだ取り外せません（ほかの画面で使われています）。\n"
        f"{_SAFE}\n"
        "USBメモリのファイルやフォルダーの画面を閉じて「もう一度」を押してください。",
        code="destination.in_use",
    )


def cannot_eject() -> DestinationFailed:
    """The failure when the program has no way to ask the system."""
    return DestinationFailed(
        "この画面からは取り外しの準備ができませんでした。\n"
        f"{_SAFE}\n"
        "パソコンの「取り外し」の操作をしてから抜いてください。",
        code="destination.eject",
    )
