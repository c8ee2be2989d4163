"""The headless face: thin commands over the same services as the window."""

from shakyo_desktop.cli.running import Wiring, run

__all__ = ["Wiring", "run"]
