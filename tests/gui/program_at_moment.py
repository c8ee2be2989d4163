"""The program as anybody starts it, but on one day: `python -m tests.gui.program_at_moment FOLDER`."""

import sys
from argparse import Namespace
from pathlib import Path

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.gui.application import run_window
from tests.gui.loop_world import moment


def main() -> int:
    """Open the window over a store and return its exit status."""
    args = Namespace(data=Path(sys.argv[1]), practice=False, exit_when_ready=False)
    return run_window(args, lambda folder, ask, _clock: open_services(folder, ask, moment))


if __name__ == "__main__":
    raise SystemExit(main())
