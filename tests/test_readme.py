"""What the README tells people to type works, word for word."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def demo(tmp_path_factory):
    """A folder with `out/demo`, as the README's commands expect it."""
    folder = tmp_path_factory.mktemp("readme")
    command = [sys.executable, "-P", "-m", "shakyo_desktop", "demo", "out/demo"]
    small = ["--districts", "1", "--activities", "3", "--photos", "1"]
    environ = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([*command, *small], cwd=folder, env=environ, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return folder


def block_after(heading: str) -> str:
    """Return the first shell block under a heading of the README."""
    return re.search(rf"^##+ {re.escape(heading)}\n.*?```sh\n(.*?)```", README, re.DOTALL | re.MULTILINE)[1]


def shell(commands: str, folder: Path) -> subprocess.CompletedProcess[str]:
    """Run the README's commands in a folder, stopping at the first that fails."""
    script = "set -euo pipefail\n" + commands
    return subprocess.run(["bash", "-c", script], cwd=folder, capture_output=True, text=True, check=False)


def test_a_package_is_verified_with_ordinary_tools_and_a_change_is_seen(demo, needs_tool):
    for tool in ("age", "unzip", "openssl"):
        needs_tool(tool)
    commands = block_after("Verifying a package without this program")

    done = shell(commands, demo)
    assert done.returncode == 0, done.stderr
    assert "Verification successful" in done.stderr
    listed = done.stdout.splitlines()
    assert len(listed) >= 4
    assert all(line.startswith("same ") for line in listed), done.stdout

    compare = commands[commands.index("grep ") :]
    done = shell("printf x >> package.json\n" + compare, demo / "out/demo/report")
    assert "CHANGED  package.json" in done.stdout


def test_a_wards_report_and_the_reports_inside_it_are_verified_with_ordinary_tools(demo, needs_tool):
    for tool in ("age", "unzip", "openssl"):
        needs_tool(tool)
    commands = block_after("A ward's report, and the reports inside it")

    done = shell(commands, demo)
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("Verification successful") == 2
    listed = done.stdout.splitlines()
    nested = [line for line in listed if " districts/999999-01/" in line]
    assert {line.split()[0] for line in nested} == {"same"}
    assert len(nested) == 7 + 5  # in the ward's manifest, then in the district's own
    assert not [line for line in listed if line.startswith("left out") and " photos/" not in line]
    assert not [line for line in listed if line.startswith("CHANGED")]
    assert listed[-1].startswith('"manifest":"')

    folder = demo / "out/demo/ward-report"
    table = folder / "districts/999999-01/activities.ndjson"
    table.write_bytes(table.read_bytes() + b"{}\n")
    start = commands.index("signed() {")
    done = shell(commands[start:], folder)
    assert "CHANGED  districts/999999-01/activities.ndjson" in done.stdout

    other = folder / "districts/999999-01/signature001.p7s"
    other.write_bytes((folder / "META-INF/signature001.p7s").read_bytes())
    done = shell(commands[start:], folder)
    assert done.returncode != 0
    assert "Verification failure" in done.stderr


def test_every_command_of_the_journey_is_understood():
    from shakyo_desktop.cli.parser import make_parser

    lines = [line for line in block_after("The journey in ten lines").splitlines() if line]
    assert len(lines) == 10
    for line in lines:
        arguments = re.findall(r'"[^"]*"|\S+', line.partition(" #")[0])
        make_parser().parse_args([argument.strip('"') for argument in arguments[1:]])


def test_every_file_the_readme_points_to_is_there():
    for target in re.findall(r"\]\(([^)#:]+)\)", README):
        assert (ROOT / target).exists(), target
