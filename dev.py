"""Everything a developer does here, with nothing but Python 3.11 or newer.

    python3 dev.py run [ARGS]    the program (shakyo-desktop ARGS); without a display and ARGS, the demo
    python3 dev.py test [ARGS]   the tests (pytest ARGS)
    python3 dev.py check         format, lint, types, import contracts
    python3 dev.py bench [ARGS]  the benchmarks
    python3 dev.py fuzz [ARGS]   200,000 hostile files, in every layer
    python3 dev.py torture [ARGS]  1,000 kills in the middle of every kind of work
    python3 dev.py freeze        the program for machines without Python, proven by its own demo

The first call makes `.venv` and installs the locked dependencies, checked against their hashes.
On Debian and Ubuntu missing system packages are installed when you are root, else named.
"""

import collections
import concurrent.futures
import datetime
import hashlib
import importlib.util
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
WINDOWS = os.name == "nt"
SCRIPTS = VENV / ("Scripts" if WINDOWS else "bin")
PYTHON = str(SCRIPTS / ("python.exe" if WINDOWS else "python"))

RUNTIME_LOCK = ROOT / "requirements.lock"
DEV_LOCK = ROOT / "requirements-dev.lock"

# Debian package by shared library: what Qt links to and its wheel does not carry.
LIBRARIES = {
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libOpenGL.so.0": "libopengl0",
    "libX11.so.6": "libx11-6",
    "libX11-xcb.so.1": "libx11-xcb1",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
    "libfreetype.so.6": "libfreetype6",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libstdc++.so.6": "libstdc++6",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libxcb-glx.so.0": "libxcb-glx0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-randr.so.0": "libxcb-randr0",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libxcb-render.so.0": "libxcb-render0",
    "libxcb-shape.so.0": "libxcb-shape0",
    "libxcb-shm.so.0": "libxcb-shm0",
    "libxcb-sync.so.1": "libxcb-sync1",
    "libxcb-util.so.1": "libxcb-util1",
    "libxcb-xfixes.so.0": "libxcb-xfixes0",
    "libxcb-xkb.so.1": "libxcb-xkb1",
    "libxcb.so.1": "libxcb1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libz.so.1": "zlib1g",
    "libzstd.so.1": "libzstd1",
}
QT_FILES = ("libQt6Core.so.6", "libQt6Gui.so.6", "libQt6Widgets.so.6", "libQt6PrintSupport.so.6")
QT_X11_FILES = ("libQt6XcbQpa.so.6",)

# Debian package by command: the independent verifiers and the virtual screen that the tests use.
TEST_TOOLS = {
    "age": "age",
    "openssl": "openssl",
    "pdftotext": "poppler-utils",
    "soffice": "libreoffice-calc-nogui",
    "unzip": "unzip",
    "Xvfb": "xvfb",
    "dbus-daemon": "dbus",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
}

# All tests in two parts of about the same length; each makes its own worlds, so no folder stands in both.
TEST_HALVES = (
    ["tests/gui", "tests/documents", "tests/domain"],
    ["tests", "--ignore=tests/gui", "--ignore=tests/documents", "--ignore=tests/domain"],
)


class SetupError(Exception):
    """Something the person at the keyboard has to do; the text says what."""


def say(text: str) -> None:
    """Print a line of our own on standard error, so that a command's output stays clean."""
    print(f"dev.py: {text}", file=sys.stderr, flush=True)


# --- the machine -------------------------------------------------------------------------------------------


def has_display(environ: Mapping[str, str] = os.environ, platform: str = sys.platform) -> bool:
    """Return whether a window could be shown; only Linux and its kin can be without a display."""
    if platform in {"win32", "darwin"}:
        return True
    return bool(environ.get("DISPLAY") or environ.get("WAYLAND_DISPLAY"))


def missing_from_ldd(output: str) -> set[str]:
    """Return the shared libraries that `ldd` says are not found."""
    return set(re.findall(r"^\s*(\S+) => not found", output, re.MULTILINE))


def packages_for(libraries: Iterable[str]) -> tuple[list[str], list[str]]:
    """Split libraries into the Debian packages that hold them and the libraries nobody here knows."""
    names = set(libraries)
    known = {LIBRARIES[name] for name in names if name in LIBRARIES}
    return sorted(known), sorted(names - LIBRARIES.keys())


def apt_install(packages: Sequence[str], purpose: str, *, required: bool = True) -> None:
    """Install Debian packages if we may; otherwise say which command does it.

    Raises:
        SetupError: the packages are required and were not installed.
    """
    may = shutil.which("apt-get") is not None and hasattr(os, "geteuid") and os.geteuid() == 0
    command = ["apt-get", "install", "-y", "-qq", "--no-install-recommends", *packages]
    if may:
        say(f"installing {' '.join(packages)} ({purpose})")
        environ = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for step in (["apt-get", "update", "-qq"], command):
            done = subprocess.run(step, env=environ, stdout=sys.stderr, stdin=subprocess.DEVNULL, check=False)
        if done.returncode == 0:
            return
    advice = f"{purpose} needs: {' '.join(packages)}\n    sudo {shlex.join(command)}"
    if required:
        raise SetupError(advice)
    say(advice)


def missing_libraries(files: Iterable[str]) -> set[str]:
    """Return the system libraries that these files of Qt link to and that are not there."""
    if not sys.platform.startswith("linux") or not shutil.which("ldd"):
        return set()
    paths = [
        path for name in files for path in VENV.glob(f"lib*/python*/site-packages/PySide6/Qt/lib/{name}")
    ]
    if not paths:
        return set()
    listing = subprocess.run(["ldd", *paths], capture_output=True, text=True, check=False).stdout
    # A Qt library that only lacks another Qt library is a broken install, which pip's hashes rule out.
    return {name for name in missing_from_ldd(listing) if not name.startswith("libQt6")}


def ensure_qt_libraries() -> None:
    """Make sure that every system library Qt links to is there."""
    missing = missing_libraries(QT_FILES + (QT_X11_FILES if has_display() else ()))
    packages, unknown = packages_for(missing)
    if packages:
        apt_install(packages, "Qt")
    if unknown:
        raise SetupError(f"Qt needs these system libraries: {' '.join(unknown)}")


# --- the environment ---------------------------------------------------------------------------------------


def make_venv() -> None:
    """Make `.venv`, unless a working one is there."""
    if Path(PYTHON).exists() and subprocess.run([PYTHON, "-c", ""], check=False).returncode == 0:
        return
    if importlib.util.find_spec("ensurepip") is None:
        apt_install(["python3-venv"], "a virtual environment")
    say(f"making {VENV}")
    subprocess.run([sys.executable, "-m", "venv", "--clear", VENV], check=True)


def is_stamped(lock: Path, venv: Path = VENV) -> bool:
    """Return whether what this lock file says, to the letter, was installed before."""
    stamp = venv / f"{lock.name}.sha256"
    return stamp.exists() and stamp.read_text() == hashlib.sha256(lock.read_bytes()).hexdigest()


def stamp(lock: Path, venv: Path = VENV) -> None:
    """Remember that what this lock file says is installed."""
    (venv / f"{lock.name}.sha256").write_text(hashlib.sha256(lock.read_bytes()).hexdigest())


def ensure_environment(lock: Path) -> None:
    """Make `.venv` hold what the lock file says; the development lock contains the runtime one."""
    make_venv()
    if not is_stamped(lock):
        say(f"installing {lock.name} (once)")
        pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-input"]
        done = subprocess.run([*pip, "--require-hashes", "-r", str(lock)], check=False, stdout=sys.stderr)
        if done.returncode != 0:
            raise SetupError("the dependencies could not be installed; what pip said stands above")
        stamp(lock)
        if lock == DEV_LOCK:
            stamp(RUNTIME_LOCK)
    ensure_qt_libraries()


def child_environ(*, offscreen: bool) -> dict[str, str]:
    """Return the environment for our own Python: this folder's code, UTF-8, and a screen or none."""
    environ = dict(os.environ)
    environ["PYTHONPATH"] = os.pathsep.join(filter(None, [str(ROOT), os.environ.get("PYTHONPATH")]))
    environ.setdefault("PYTHONUTF8", "1")
    environ.pop("PYTHONDONTWRITEBYTECODE", None)  # else every process of ours compiles 400 modules first
    if offscreen:
        environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    return environ


# --- the commands ------------------------------------------------------------------------------------------


def fresh_folder(parent: Path, prefix: str, now: datetime.datetime) -> Path:
    """Return a path in `parent` that does not exist yet, named after the time."""
    name = f"{prefix}-{now:%Y%m%d-%H%M%S}"
    candidates = [parent / name, *(parent / f"{name}-{n}" for n in range(2, 100))]
    return next(path for path in candidates if not path.exists())


def become(command: list[str], environ: dict[str, str]) -> int:
    """Run `command` in our place: a signal reaches it and its exit status is the caller's."""
    if not WINDOWS:
        os.execve(command[0], command, environ)
    return subprocess.run(command, env=environ, check=False).returncode


def run(args: list[str]) -> int:
    """Start the program with `args`, or its demo where no window can be shown."""
    ensure_environment(RUNTIME_LOCK)
    environ = child_environ(offscreen=not has_display())
    command = [PYTHON, "-P", "-m", "shakyo_desktop"]
    if args or has_display():
        return become([*command, *args], environ)
    folder = fresh_folder(ROOT / "out", "demo", datetime.datetime.now())
    folder.parent.mkdir(exist_ok=True)
    say(f"there is no display, so the demo runs instead, into {folder}")
    status = subprocess.run([*command, "demo", str(folder)], env=environ, check=False).returncode
    if status == 0:
        say(f"everything is in {folder}:")
        for path in sorted(folder.iterdir()):
            count = sum(1 for file in path.rglob("*") if file.is_file()) if path.is_dir() else 1
            files = "1 file" if count == 1 else f"{count} files"
            say(f"  {path.name}{'/' if path.is_dir() else ''}  ({files})")
    return status


def test(args: list[str]) -> int:
    """Run the tests, without a screen unless the caller chose one."""
    ensure_environment(DEV_LOCK)
    missing = [package for tool, package in TEST_TOOLS.items() if not shutil.which(tool)]
    missing += packages_for(missing_libraries(QT_X11_FILES))[0]  # windows on a virtual screen
    if missing and sys.platform.startswith("linux"):
        apt_install(missing, "the tests against independent tools", required=False)
    if args or (os.cpu_count() or 1) < 2:
        return run_pytest(args)
    return test_in_halves()


def run_pytest(args: list[str]) -> int:
    """Run pytest in this terminal."""
    command = [PYTHON, "-m", "pytest", *args]
    return subprocess.run(command, cwd=ROOT, env=child_environ(offscreen=True), check=False).returncode


def test_in_halves() -> int:
    """Run all tests in two processes side by side, and close with the line of one run.

    What the first says is seen at once, what the second says when the first has ended.
    """
    started = time.monotonic()
    running = [
        subprocess.Popen(
            [PYTHON, "-m", "pytest", *half], cwd=ROOT, env=child_environ(offscreen=True), text=True,
            encoding="utf-8", errors="replace", stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )
        for half in TEST_HALVES
    ]  # fmt: skip
    with concurrent.futures.ThreadPoolExecutor() as pool:
        first, *others = [pool.submit(read_lines, one, show=one is running[0]) for one in running]
        outputs = [first.result()]
        for other in others:
            outputs.append(other.result())
            print(*outputs[-1], sep="", end="", flush=True)
    statuses = [one.wait() for one in running]
    for half, output, status in zip(TEST_HALVES, outputs, statuses, strict=True):
        if not counted(output):
            say(f"pytest {shlex.join(half)} ended with status {status} and without a summary")
            return status or 1
    print(closing_line(outputs, time.monotonic() - started), flush=True)
    return next((status for status in statuses if status != 0), 0)


def read_lines(process: "subprocess.Popen[str]", *, show: bool) -> list[str]:
    """Return every line that a process says, shown as it comes or not."""
    lines = []
    for line in process.stdout or ():
        lines.append(line)
        if show:
            print(line, end="", flush=True)
    return lines


def counted(output: Iterable[str]) -> dict[str, int]:
    """Return what pytest's last summary line counts ({"passed": 12}), empty when there is none."""
    found = [line for line in output if re.match(r"(=+ )?(\d+ [a-z]+(, )?)+ in [0-9.]+s", line)]
    pairs = re.findall(r"(\d+) ([a-z]+)", found[-1].partition(" in ")[0]) if found else []
    return {name.removesuffix("s"): int(number) for number, name in pairs}


def closing_line(outputs: Iterable[Iterable[str]], seconds: float) -> str:
    """Return the summary lines of several runs as the one of a single run."""
    total: collections.Counter[str] = collections.Counter()
    for output in outputs:
        total.update(counted(output))
    named = {"error": "errors", "warning": "warnings"}
    order = sorted(total, key=lambda name: name != "failed")
    parts = [f"{total[name]} {named.get(name, name) if total[name] != 1 else name}" for name in order]
    return f" {', '.join(parts)} in {seconds:.2f}s ".center(80, "=")


def check(args: list[str]) -> int:
    """Run every check side by side and print what each one says."""
    del args
    ensure_environment(DEV_LOCK)
    checks: dict[str, list[str]] = {
        "format": [PYTHON, "-m", "ruff", "format", "--check", "."],
        "lint": [PYTHON, "-m", "ruff", "check", "."],
        "types": [PYTHON, "-m", "mypy"],
        "imports": [str(SCRIPTS / "lint-imports"), "--no-logo"],
    }
    # Without PYTHONPATH: mypy would take this folder for an installed library.
    environ = {name: value for name, value in child_environ(offscreen=True).items() if name != "PYTHONPATH"}

    def one(command: list[str]) -> tuple[int, str, float]:
        started = time.monotonic()
        done = subprocess.run(
            command, cwd=ROOT, env=environ, check=False, text=True, encoding="utf-8",
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        return done.returncode, done.stdout.strip(), time.monotonic() - started

    with concurrent.futures.ThreadPoolExecutor() as pool:
        results = dict(zip(checks, pool.map(one, checks.values()), strict=True))
    for name, (status, output, _) in results.items():
        if status != 0:
            print(f"--- {name}\n{output}\n")
    for name, (status, _, seconds) in results.items():
        print(f"{name:8} {'ok' if status == 0 else 'FAILED'}  {seconds:.1f} s")
    return int(any(status for status, _, _ in results.values()))


def bench(args: list[str]) -> int:
    """Run the benchmarks."""
    ensure_environment(DEV_LOCK)
    command = [PYTHON, "-m", "tests.bench", *args]
    return subprocess.run(
        command, cwd=ROOT, env=child_environ(offscreen=not has_display()), check=False
    ).returncode


def fuzz(args: list[str]) -> int:
    """Give hostile input to every reader."""
    ensure_environment(DEV_LOCK)
    command = [PYTHON, "-m", "tests.fuzz", *args]
    return subprocess.run(command, cwd=ROOT, env=child_environ(offscreen=True), check=False).returncode


def torture(args: list[str]) -> int:
    """Kill the program at every moment of its work."""
    ensure_environment(DEV_LOCK)
    command = [PYTHON, "-m", "tests.torture", *args]
    return subprocess.run(command, cwd=ROOT, env=child_environ(offscreen=True), check=False).returncode


def freeze(args: list[str]) -> int:
    """Build `dist/shakyo-desktop/` and let the result run its own demo, away from this Python."""
    ensure_environment(DEV_LOCK)
    if sys.platform.startswith("linux") and not shutil.which("objdump"):
        apt_install(["binutils"], "the frozen program")
    folders = ["--distpath", str(ROOT / "dist"), "--workpath", str(ROOT / "build")]
    command = [PYTHON, "-m", "PyInstaller", "--noconfirm", "--log-level", "WARN", *folders, *args]
    done = subprocess.run(
        [*command, str(ROOT / "pyinstaller.spec")], cwd=ROOT, env=child_environ(offscreen=True), check=False
    )
    if done.returncode != 0:
        return done.returncode
    bundle = ROOT / "dist" / "shakyo-desktop"
    size = sum(file.stat().st_size for file in bundle.rglob("*") if file.is_file() and not file.is_symlink())
    say(f"{bundle}: {size / 2**20:.0f} MiB")
    program = bundle / ("shakyo-desktop-cli.exe" if WINDOWS else "shakyo-desktop")
    keep = {"HOME", "USERPROFILE", "SYSTEMROOT", "TEMP", "TMP", "LANG", "LC_ALL"}
    bare = {name: value for name, value in os.environ.items() if name.upper() in keep}
    with tempfile.TemporaryDirectory() as scratch:
        size_of_demo = ["--districts", "2", "--activities", "10", "--photos", "2"]
        demo = [str(program), "demo", str(Path(scratch) / "demo"), *size_of_demo]
        bare["QT_QPA_PLATFORM"] = "offscreen"
        return subprocess.run(demo, cwd=scratch, env=bare, check=False).returncode


COMMANDS = {
    "run": run,
    "test": test,
    "check": check,
    "bench": bench,
    "fuzz": fuzz,
    "torture": torture,
    "freeze": freeze,
}


def main(argv: list[str]) -> int:
    """Run one command and return its exit status; 2 for wrong usage."""
    if not argv or argv[0] not in COMMANDS:
        print(__doc__, file=sys.stderr)
        return 0 if argv[:1] in (["-h"], ["--help"]) else 2
    try:
        return COMMANDS[argv[0]](argv[1:])
    except SetupError as error:
        say(str(error))
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - said in words to whoever has an older one
        sys.exit("dev.py needs Python 3.11 or newer")
    sys.exit(main(sys.argv[1:]))
