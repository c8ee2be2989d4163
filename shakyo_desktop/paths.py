"""Where things are: what ships with the program, and the user's own data folder.

The same functions answer when the program runs from its source folder and when it runs frozen.
Importing this module costs nothing; it imports only the standard library.
"""

import os
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.metadata import Distribution

DATA_DIR_VARIABLE = "SHAKYO_DATA_DIR"
"""Environment variable that overrides the platform's own data folder."""

_LICENCE_FILE = re.compile(r"(^|/)(licen[cs]es?|copying|notice)(/|[-._ ][^/]*$|$)", re.IGNORECASE)
_LOCKED_NAME = re.compile(r"^([A-Za-z0-9][A-Za-z0-9._-]*)==", re.MULTILINE)


def is_frozen() -> bool:
    """Return whether this is the frozen program, which runs on machines without Python."""
    return bool(getattr(sys, "frozen", False))


def program_root() -> Path:
    """Return the folder that holds `resources/`: the source folder, or the frozen program's."""
    if is_frozen():
        return Path(getattr(sys, "_MEIPASS", Path(sys.executable).parent))
    return Path(__file__).resolve().parent.parent


def resources_dir() -> Path:
    """Return the folder of read-only files that ship with the program."""
    return program_root() / "resources"


def fonts_dir() -> Path:
    """Return the folder of the bundled BIZ UD fonts (TrueType)."""
    return resources_dir() / "fonts"


def icons_dir() -> Path:
    """Return the folder of the bundled SVG icons."""
    return resources_dir() / "icons"


def plans_dir() -> Path:
    """Return the folder of the bundled plan catalogues (TOML)."""
    return resources_dir() / "plans"


def help_dir() -> Path:
    """Return the folder of the help pages."""
    return resources_dir() / "help"


def migrations_dir() -> Path:
    """Return the folder of the Alembic scripts; they stay readable files when frozen."""
    return program_root() / "shakyo_desktop" / "storage" / "migrations"


def default_data_dir() -> Path:
    """Return the user's data folder, which need not exist yet.

    `SHAKYO_DATA_DIR` wins over the platform's own place, so that scripts and tests never touch real data.
    """
    named = os.environ.get(DATA_DIR_VARIABLE)
    if named:
        return Path(named)
    import platformdirs  # not at the top: the headless commands name their folder and never need it

    return Path(platformdirs.user_data_dir("shakyo_desktop", appauthor=False))


def licence_texts() -> list[tuple[str, str]]:
    """Return (name, text) of every licence this program is distributed under, our own first.

    From source the texts come from the installed distributions that `requirements.lock` names; the frozen
    program carries the same texts, collected when it was built, in `licences/`.
    """
    if is_frozen():
        files = sorted((program_root() / "licences").glob("*.txt"))
        return [(file.stem.split(" ", 1)[-1], file.read_text(encoding="utf-8")) for file in files]
    return list(_licences_from_source())


def _licences_from_source() -> Iterator[tuple[str, str]]:
    import importlib.metadata  # longer to load than all else here; only the list of licences needs it

    yield "shakyo_desktop", (program_root() / "LICENSE").read_text(encoding="utf-8")
    yield "BIZ UDGothic, BIZ UDPGothic", (fonts_dir() / "OFL.txt").read_text(encoding="utf-8")
    yield "Lucide (icons)", (icons_dir() / "LICENSE").read_text(encoding="utf-8")
    for file in sorted((resources_dir() / "licences").glob("*.txt")):
        yield file.stem, file.read_text(encoding="utf-8")
    lock = (program_root() / "requirements.lock").read_text(encoding="utf-8")
    for name in sorted(_LOCKED_NAME.findall(lock), key=str.casefold):
        try:
            distribution = importlib.metadata.distribution(name)
        except importlib.metadata.PackageNotFoundError:
            continue  # locked for another platform
        yield f"{name} {distribution.version}", _licence_of(distribution)


def _licence_of(distribution: "Distribution") -> str:
    """Return the licence files of a distribution, or what its metadata says when it carries none."""
    files = [
        file
        for file in distribution.files or []
        if _LICENCE_FILE.search(file.as_posix()) and file.suffix.lower() not in {".py", ".pyc", ".pyi"}
    ]
    texts = [Path(str(file.locate())).read_text(encoding="utf-8", errors="replace").strip() for file in files]
    if texts:
        return "\n\n----\n\n".join(texts) + "\n"
    metadata = distribution.metadata
    stated = [*metadata.get_all("License-Expression", []), *metadata.get_all("License", [])]
    stated += [c for c in metadata.get_all("Classifier", []) if c.startswith("License ::")]
    return "\n".join(stated) + "\n"
