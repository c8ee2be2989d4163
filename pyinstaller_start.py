"""Runs first in the frozen program on Linux: fills in system libraries that the machine does not have.

Qt links to these even where it draws without a screen, and a server that only runs the command line has
none. A desktop has its own, which fit its driver, so the copies in `carried/` are loaded only where nothing
else is.
"""

import ctypes
import sys
from pathlib import Path


def fill_in(folder: Path) -> None:
    """Load the libraries of `folder` that the system does not have, in the order of their file names."""
    for library in sorted(folder.glob("*")):
        name = library.name.partition("-")[2]
        try:
            ctypes.CDLL(name, mode=ctypes.RTLD_GLOBAL)
        except OSError:
            ctypes.CDLL(str(library), mode=ctypes.RTLD_GLOBAL)


if sys.platform.startswith("linux"):
    fill_in(Path(getattr(sys, "_MEIPASS", ".")) / "carried")
