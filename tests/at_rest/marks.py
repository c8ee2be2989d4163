"""Words that stand nowhere but in a test's data, and a search for them in every byte of a folder's files."""

import base64
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

WORD = "柿の木"
"""In every text of the data."""
NAME = "kaki4649"
"""In every name of a person, a folder or a file, and in every telephone number."""
PUBLIC = "あけび野"
"""In the names of organisations, which a setup file says openly: who reads it has no key yet."""
_ENCODINGS = ("utf-8", "utf-16-le", "utf-16-be", "cp932", "euc_jp", "iso2022_jp")
_LEAST = 6
"""Bytes: what is shorter would be found by chance."""


def text_forms(text: str) -> set[bytes]:
    """Every form in which a text might lie in a file."""
    forms = set()
    for encoding in _ENCODINGS:
        encoded = text.encode(encoding)
        forms.add(encoded)
        forms |= base64_forms(encoded)
        forms |= {encoded.hex().encode(), encoded.hex().upper().encode()}
    forms |= {quote(text).encode(), json.dumps(text)[1:-1].encode()}
    return {form for form in forms if len(form) >= _LEAST}


def base64_forms(data: bytes) -> set[bytes]:
    """What base64 of a longer text holds of this, wherever it begins in it."""
    forms = set()
    for before in range(3):
        encoded = base64.b64encode(b"\0" * before + data)
        inner = encoded[-(-before * 8 // 6) : (before + len(data)) * 8 // 6]
        forms |= {inner, inner.replace(b"+", b"-").replace(b"/", b"_")}
    return {form for form in forms if len(form) >= _LEAST}


def byte_forms(data: bytes) -> set[bytes]:
    """Every form in which a key or a piece of a picture might lie in a file."""
    return {data, data.hex().encode(), data.hex().upper().encode(), *base64_forms(data)}


def picture_forms(jpeg: bytes, pieces: int = 6, size: int = 24) -> set[bytes]:
    """Pieces of a picture's own bytes, behind the tables that many pictures share."""
    begin = len(jpeg) // 3
    step = (len(jpeg) - begin - size) // pieces
    return {form for at in range(pieces) for form in byte_forms(jpeg[begin + at * step :][:size])}


@dataclass
class Searched:
    """What was looked through, and what was found: file and the name of the mark."""

    files: int = 0
    size: int = 0
    found: set[tuple[str, str]] = field(default_factory=set)
    names: list[str] = field(default_factory=list)

    def look(self, folders: Iterable[Path], marks: dict[str, set[bytes]]) -> "Searched":
        """Look through every byte of every file, and the names, under folders."""
        for folder in folders:
            for path in _files(folder):
                name = str(path.relative_to(folder))
                self._look_into(f"{folder.name}/{name}", name.encode() + b"\0" + path.read_bytes(), marks)
        return self

    def _look_into(self, name: str, data: bytes, marks: dict[str, set[bytes]]) -> None:
        self.files += 1
        self.size += len(data)
        self.names.append(name)
        for mark, forms in marks.items():
            if any(form in data for form in forms):
                self.found.add((name, mark))


def _files(folder: Path) -> Iterator[Path]:
    return (path for path in sorted(folder.rglob("*")) if path.is_file())
