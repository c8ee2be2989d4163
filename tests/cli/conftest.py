"""The command line in tests: a finished demo, copies of it that may change, and commands run on them."""

import io
import json
import shutil
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from shakyo_desktop.__main__ import main
from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.demo.journey import run_journey
from shakyo_desktop.demo.running import DemoPlan
from shakyo_desktop.services.registry import Services

CITY, WARD, EAST, WEST = "999997", "999999", "999999-01", "999999-02"


def draw_one(ward: Services, district: Services, folder: Path) -> list[Path]:
    """Stands in for the screens, which need a window."""
    screen = folder / "home.png"
    screen.write_bytes(b"\x89PNG\r\n\x1a\n")
    return [screen]


@pytest.fixture(scope="session")
def journey(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[str]]:
    """A finished demo with small numbers, and the lines it said."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    said: list[str] = []
    assert run_journey(DemoPlan(folder, 2, 12, 1, 7), open_services, draw_one, said.append) == 0
    return folder, said


@pytest.fixture
def demo(journey: tuple[Path, list[str]], tmp_path: Path) -> Path:
    """A copy of the demo that a test may change."""
    copy = tmp_path / "demo"
    shutil.copytree(journey[0], copy)
    return copy


@dataclass(frozen=True)
class Run:
    """What one command gave."""

    status: int
    out: str
    err: str

    @property
    def rows(self) -> list[dict[str, Any]]:
        """Standard output as one JSON object per line."""
        return [json.loads(line) for line in self.out.splitlines()]

    @property
    def row(self) -> dict[str, Any]:
        [found] = self.rows
        return found


class BinaryCapture(io.TextIOWrapper):
    """Standard output as programs see it: text above bytes."""

    def __init__(self) -> None:
        super().__init__(io.BytesIO(), encoding="utf-8", newline="\n", write_through=True)

    def text(self) -> str:
        self.flush()
        assert isinstance(self.buffer, io.BytesIO)
        return self.buffer.getvalue().decode("utf-8")


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Run]:
    """``run("dump", "--data", folder)`` through ``main``."""

    def call(*args: object) -> Run:
        out, err = BinaryCapture(), BinaryCapture()
        with monkeypatch.context() as streams:
            streams.setattr(sys, "stdout", out)
            streams.setattr(sys, "stderr", err)
            try:
                status = main([str(arg) for arg in args])
            except SystemExit as leaving:
                status = int(leaving.code or 0)
        return Run(status, out.text(), err.text())

    return call
