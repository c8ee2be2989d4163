"""The architecture is a test: who may import whom, and what the tree must not contain."""

import os
import re
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PYPROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
LOCKS = ("requirements.lock", "requirements-dev.lock")


def locked(lock: str) -> dict[str, str]:
    """Return the version by normalised name that a lock file pins."""
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", text, re.MULTILINE)
    return {re.sub(r"[-_.]+", "-", name).lower(): version for name, version in pins}


def test_every_import_contract_is_kept():
    script = "import sys; from importlinter.cli import lint_imports; sys.exit(lint_imports(no_cache=True))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        env=os.environ | {"PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"},
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_start_imports_no_library_that_only_some_work_needs():
    heavy = "{'reportlab', 'openpyxl', 'alembic', 'PIL', 'keyring', 'pypdfium2'}"
    script = f"import sys, shakyo_desktop.bootstrap; print(*({heavy} & sys.modules.keys()))"
    done = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == []


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_names_no_address_and_gives_every_package_a_hash(lock):
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text
    assert "index" not in text.replace("importlib", "")
    for requirement in re.split(r"\n(?=\S)", text.strip()):
        assert "--hash=sha256:" in requirement, requirement


def test_the_development_lock_contains_the_runtime_lock():
    assert locked("requirements.lock").items() <= locked("requirements-dev.lock").items()


@pytest.mark.parametrize(
    ("lock", "wanted"),
    [
        ("requirements.lock", PYPROJECT["project"]["dependencies"]),
        ("requirements-dev.lock", PYPROJECT["project"]["optional-dependencies"]["dev"]),
    ],
    ids=LOCKS,
)
def test_every_declared_dependency_is_locked(lock, wanted):
    names = {re.sub(r"[-_.]+", "-", re.match(r"[A-Za-z0-9._-]+", line)[0]).lower() for line in wanted}
    assert names <= locked(lock).keys()


def test_no_code_is_left_for_later():
    words = ["TO" + "DO", "FIX" + "ME", "XX" + "X", "raise NotImplemented" + "Error", "mark." + r"skip\("]
    unfinished = re.compile("|".join(words))
    files = [*ROOT.glob("*.py"), *ROOT.glob("shakyo_desktop/**/*.py"), *ROOT.glob("tests/**/*.py")]
    found = [str(file.relative_to(ROOT)) for file in files if unfinished.search(file.read_text("utf-8"))]
    assert found == []
