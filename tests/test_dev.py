"""dev.py, as far as it decides something; what it runs is proven by running it."""

import datetime
import re
import subprocess
import sys
from pathlib import Path

import pytest

import dev


@pytest.mark.parametrize(
    ("environ", "platform", "expected"),
    [
        ({}, "linux", False),
        ({"DISPLAY": ""}, "linux", False),
        ({"DISPLAY": ":0"}, "linux", True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", True),
        ({}, "win32", True),
        ({}, "darwin", True),
    ],
)
def test_only_linux_can_be_without_a_display(environ, platform, expected):
    assert dev.has_display(environ, platform) is expected


def test_ldd_tells_which_libraries_are_missing():
    output = (
        "\tlinux-vdso.so.1 (0x00007ffe)\n"
        "\tlibEGL.so.1 => not found\n"
        "\tlibc.so.6 => /lib/x86_64-linux-gnu/libc.so.6 (0x00007f)\n"
        "\tlibxkbcommon.so.0 => not found\n"
        "libQt6Gui.so.6:\n"
        "\tlibEGL.so.1 => not found\n"
    )
    assert dev.missing_from_ldd(output) == {"libEGL.so.1", "libxkbcommon.so.0"}


def test_missing_libraries_become_debian_packages_once_and_unknown_ones_are_named():
    libraries = ["libglib-2.0.so.0", "libgthread-2.0.so.0", "libEGL.so.1", "libnew.so.9"]
    assert dev.packages_for(libraries) == (["libegl1", "libglib2.0-0"], ["libnew.so.9"])


def test_a_changed_lock_file_is_installed_again(tmp_path):
    lock = tmp_path / "requirements.lock"
    lock.write_text("one==1\n")
    assert not dev.is_stamped(lock, tmp_path)
    dev.stamp(lock, tmp_path)
    assert dev.is_stamped(lock, tmp_path)
    lock.write_text("one==2\n")
    assert not dev.is_stamped(lock, tmp_path)


def test_the_demo_never_runs_into_a_folder_that_exists(tmp_path):
    now = datetime.datetime(2026, 4, 1, 9, 30, 5)
    first = dev.fresh_folder(tmp_path, "demo", now)
    assert first == tmp_path / "demo-20260401-093005"
    first.mkdir()
    assert dev.fresh_folder(tmp_path, "demo", now) == tmp_path / "demo-20260401-093005-2"


def test_without_root_the_command_to_install_is_told(monkeypatch):
    monkeypatch.setattr(dev.shutil, "which", lambda name: None)
    with pytest.raises(dev.SetupError, match=r"sudo apt-get install .* libegl1"):
        dev.apt_install(["libegl1"], "Qt")
    dev.apt_install(["age"], "the tests", required=False)


def test_a_child_finds_our_code_and_draws_off_screen_unless_told_otherwise(monkeypatch):
    monkeypatch.delenv("QT_QPA_PLATFORM", raising=False)
    monkeypatch.delenv("PYTHONPATH", raising=False)
    assert dev.child_environ(offscreen=True)["QT_QPA_PLATFORM"] == "offscreen"
    assert dev.child_environ(offscreen=False).get("QT_QPA_PLATFORM") is None
    assert dev.child_environ(offscreen=False)["PYTHONPATH"] == str(dev.ROOT)
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    assert dev.child_environ(offscreen=True)["QT_QPA_PLATFORM"] == "xcb"


@pytest.mark.parametrize(("argv", "status"), [([], 2), (["build"], 2), (["--help"], 0)])
def test_wrong_usage_shows_the_commands(argv, status):
    done = subprocess.run([sys.executable, dev.__file__, *argv], capture_output=True, text=True, check=False)
    assert done.returncode == status
    assert all(f"dev.py {command}" in done.stderr for command in dev.COMMANDS)


def test_dev_imports_nothing_but_the_standard_library():
    listing = "import sys, dev; print(*{m.partition('.')[0] for m in sys.modules} - sys.stdlib_module_names)"
    command = [sys.executable, "-S", "-c", listing]
    done = subprocess.run(command, cwd=Path(dev.__file__).parent, capture_output=True, text=True, check=True)
    assert set(done.stdout.split()) <= {"dev", "__main__"}


def test_two_runs_of_pytest_close_with_the_line_of_one():
    first = ["....  [100%]\n", "====== 2 failed, 10 passed, 1 warning in 3.10s ======\n"]
    second = ["9 passed in a file\n", "= 1 failed, 32 passed, 3 skipped, 1 error in 100.04s (0:01:40) =\n"]
    assert dev.counted(second) == {"failed": 1, "passed": 32, "skipped": 3, "error": 1}
    line = dev.closing_line([first, second], 101.5)
    assert line.strip("= ") == "3 failed, 42 passed, 1 warning, 3 skipped, 1 error in 101.50s"
    grep = re.search(r"grep -E '([^']+)'", (dev.ROOT / ".ci" / "run").read_text(encoding="utf-8"))
    assert grep
    assert re.match(grep[1], line)


def test_a_run_that_dies_is_no_summary():
    assert dev.counted(["....\n", "Fatal Python error: Segmentation fault\n"]) == {}


def test_the_two_halves_are_all_tests_and_no_test_twice():
    folders, (everything, *without) = dev.TEST_HALVES
    assert everything == "tests"
    assert without == [f"--ignore={folder}" for folder in folders]
