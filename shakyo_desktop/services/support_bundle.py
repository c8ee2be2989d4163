"""診断の記録: a ZIP for a support case, without record text and without names."""

import io
import json
import platform
import zipfile
from datetime import datetime
from pathlib import Path
from typing import Any

from shakyo_desktop import __version__
from shakyo_desktop.services.context import utc_now
from shakyo_desktop.services.verified_write import WrittenFile, made_folder, write_verified

BUNDLE_NAME = "shakyo-diagnosis.zip"
_LOG_TAIL = 200_000


def bundle_of(data_dir: Path, facts: dict[str, Any], at: datetime) -> bytes:
    """The ZIP of these facts, what every bundle says, and the logs."""
    common: dict[str, Any] = {
        "app": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()}",
        "at": at.isoformat(),
        "files": {path.name: path.stat().st_size for path in _files(data_dir, "store.*")},
    }
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        text = json.dumps(common | facts, ensure_ascii=False, indent=1, sort_keys=True)
        archive.writestr("facts.json", text)
        for path in _files(data_dir / "logs", "events.log*", "crash-*.txt"):
            archive.writestr(f"logs/{path.name}", path.read_bytes()[-_LOG_TAIL:])
    return out.getvalue()


def save_closed_bundle(data_dir: Path, path: Path, code: str = "store.damaged") -> WrittenFile:
    """Save the ZIP of a store that does not open, and why.

    Raises:
        DestinationFailed: it could not be written.
    """
    data = bundle_of(data_dir, {"not_opened": code}, utc_now())
    return write_verified(made_folder(path.parent), path.name, lambda out: out.write(data))


def _files(folder: Path, *patterns: str) -> list[Path]:
    """The program's own files in a folder; what else lies there may carry a person's name."""
    return sorted(path for pattern in patterns for path in folder.glob(pattern) if path.is_file())
