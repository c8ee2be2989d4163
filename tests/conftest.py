"""What every test stands on: no screen, repeatable random data, and tools that must be there in CI."""

import gc
import os
import shutil
from collections.abc import Callable
from pathlib import Path

# Before anything imports Qt: tests draw off screen unless the caller chose a platform.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import pytest
from hypothesis import settings

from shakyo_desktop.exchange import keys
from shakyo_desktop.storage.key_slots import passphrase_file

# A check number is slow on purpose, and every store begun by a test needs some: they took half of the time.
# The number as people get it is tested where `real_check_numbers` is asked for, and in child processes.
_REAL_WORK, keys._SCRYPT_N = keys._SCRYPT_N, 2**10

settings.register_profile("ci", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, max_examples=2000)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))

DEBIAN_PACKAGES = {
    "pdftotext": "poppler-utils",
    "pdftoppm": "poppler-utils",
    "soffice": "libreoffice-calc-nogui",
    "Xvfb": "xvfb",
    "dbus-daemon": "dbus",
    "/usr/libexec/at-spi-bus-launcher": "at-spi2-core",
}


def require_tool(name: str) -> Path:
    """Return the path of an independent program that a test checks us against.

    On a developer's machine a missing program skips the test; in CI it fails, or nothing would be checked.
    """
    found = shutil.which(name)
    if found:
        return Path(found)
    message = f"{name} is not installed (Debian package {DEBIAN_PACKAGES.get(name, name)})"
    if os.environ.get("CI"):
        pytest.fail(message)
    pytest.skip(message)


def pytest_collection_finish() -> None:
    """What is loaded now stays: looking through it again and again took a tenth of the tests' time."""
    gc.collect()
    gc.freeze()


@pytest.fixture
def quick_passphrases(monkeypatch: pytest.MonkeyPatch) -> None:
    """Passphrases that are not slow on purpose; how slow they are is tested with the file itself."""
    monkeypatch.setattr(passphrase_file, "WORK", 10)


@pytest.fixture
def real_check_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Check numbers as slow as they are for people, for what was made or is read outside of this process."""
    monkeypatch.setattr(keys, "_SCRYPT_N", _REAL_WORK)


@pytest.fixture
def needs_tool() -> Callable[[str], Path]:
    """Give `require_tool` to a test: `age = needs_tool("age")`."""
    return require_tool


@pytest.fixture(autouse=True)
def _own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep every test away from the data of the person who runs it."""
    monkeypatch.setenv("SHAKYO_DATA_DIR", str(tmp_path / "default-data"))
