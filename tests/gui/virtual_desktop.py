"""A screen, a session bus and the accessibility bus that exist for one test only."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection

from tests.gui.assistive import ScreenReader

ROOT = Path(__file__).parents[2]
BUS_LAUNCHER = "/usr/libexec/at-spi-bus-launcher"
NEEDED = ("Xvfb", "dbus-daemon", BUS_LAUNCHER)
_SCREEN = "1366x768x24"
_END_SECONDS = 10


@dataclass(frozen=True)
class VirtualDesktop:
    """Where programs run; ``environ`` is what they are started with."""

    environ: dict[str, str]
    accessibility_bus: str

    @contextmanager
    def program(self, folder: Path, log: Path) -> Iterator[ScreenReader]:
        """The program over the store in ``folder``, and a screen reader for it; both end with the block."""
        command = [sys.executable, "-m", "tests.gui.program_at_moment", str(folder)]
        with ExitStack() as stack:
            output = stack.enter_context(log.open("wb"))
            running = _running(command, env=self.environ, cwd=ROOT, stdout=output, stderr=output)
            process = stack.enter_context(running)
            reader = ScreenReader(
                self.accessibility_bus, lambda: None if process.poll() is None else log.read_text()
            )
            stack.callback(reader.close)
            yield reader


@contextmanager
def virtual_desktop() -> Iterator[VirtualDesktop]:
    """Start screen and buses, and end everything that ran on them."""
    with ExitStack() as stack:
        # Not pytest's folder: a socket's path has 107 bytes.
        home = stack.enter_context(tempfile.TemporaryDirectory(prefix="at-", ignore_cleanup_errors=True))
        environ = os.environ | {
            "HOME": home,
            "XDG_RUNTIME_DIR": home,
            "DISPLAY": f":{stack.enter_context(_screen())}",
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
        }
        for name in ("AT_SPI_BUS_ADDRESS", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"):
            environ.pop(name, None)
        environ["DBUS_SESSION_BUS_ADDRESS"] = session = stack.enter_context(_session_bus(environ))
        yield VirtualDesktop(environ, _accessibility_bus(session))


@contextmanager
def _screen() -> Iterator[str]:
    """A virtual screen; gives its number, chosen by the server and said when it takes connections."""
    read, write = os.pipe()
    # Without -noreset the server starts anew, and ends its clients, whenever the last one leaves.
    options = ["-noreset", "-nolisten", "tcp", "-screen", "0", _SCREEN]
    command = ["Xvfb", "-displayfd", str(write), *options]
    with _running(command, pass_fds=(write,), stderr=subprocess.DEVNULL), os.fdopen(read) as answer:
        os.close(write)
        yield answer.readline().strip()


@contextmanager
def _session_bus(environ: dict[str, str]) -> Iterator[str]:
    """A session bus; gives its address."""
    command = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address=1"]
    with _running(command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL) as bus:
        assert bus.stdout is not None
        with bus.stdout:
            yield bus.stdout.readline().decode().strip()


def _accessibility_bus(session: str) -> str:
    """Ask the session for the accessibility bus, which starts it."""
    with open_dbus_connection(session) as bus:
        launcher = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
        return str(bus.send_and_get_reply(new_method_call(launcher, "GetAddress")).body[0])


@contextmanager
def _running(command: list[str], **options: object) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a group of its own; the group, with whatever it started, ends with the block."""
    process = subprocess.Popen(  # type: ignore[call-overload]
        command, start_new_session=True, stdin=subprocess.DEVNULL, **options
    )
    try:
        yield process
    finally:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGTERM)
        try:
            process.wait(_END_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.wait()
