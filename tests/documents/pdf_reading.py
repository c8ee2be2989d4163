"""Reading a PDF back with independent tools. A tool that is not installed fails the test."""

import io
import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

import pytest

from shakyo_desktop.documents.pdf import page
from shakyo_desktop.documents.pdf.marks import Mark
from shakyo_desktop.documents.printed import PrintedDocument

Maker = Callable[[Any, BinaryIO], PrintedDocument]


def made(make: Maker, data: Any) -> tuple[bytes, PrintedDocument]:
    """The PDF of a document and what its making reported."""
    out = io.BytesIO()
    printed = make(data, out)
    return out.getvalue(), printed


def text_of(pdf: bytes, folder: Path) -> str:
    """All text of a PDF without any spaces, as pdftotext reads it."""
    return "".join(_run(["pdftotext", "-raw"], pdf, folder, "-").split())


def fonts_of(pdf: bytes, folder: Path) -> list[tuple[str, str, str]]:
    """(name without its subset's tag, embedded, has Unicode map) of every font, as pdffonts lists them."""
    lines = _run(["pdffonts"], pdf, folder).splitlines()[2:]
    found = []
    for line in lines:
        name, *_, embedded, _subset, unicode_map, _object, _generation = line.split()
        found.append((re.sub("^[A-Z]{6}\\+", "", name), embedded, unicode_map))
    return found


def images_of(pdf: bytes, folder: Path) -> list[str]:
    """A line for every picture, as pdfimages lists them."""
    return _run(["pdfimages", "-list"], pdf, folder).splitlines()[2:]


def info_of(pdf: bytes, folder: Path) -> dict[str, str]:
    """What pdfinfo says."""
    pairs = (line.split(":", 1) for line in _run(["pdfinfo"], pdf, folder).splitlines() if ":" in line)
    return {name: value.strip() for name, value in pairs}


def marks_of(make: Maker, data: Any, monkeypatch: pytest.MonkeyPatch) -> list[tuple[Mark, ...]]:
    """The pages of a document before they are drawn."""
    pages: list[tuple[Mark, ...]] = []
    monkeypatch.setattr(page, "write_pdf", lambda out, drawn, **_: pages.extend(drawn))
    make(data, io.BytesIO())
    return pages


def _run(command: list[str], pdf: bytes, folder: Path, *after: str) -> str:
    file = folder / "document.pdf"
    file.write_bytes(pdf)
    return subprocess.run([*command, str(file), *after], capture_output=True, check=True, text=True).stdout
