"""Keeps a 控え as this version writes it, once per release; the file is never made again.

``python -m tests.services.keep_release_copy``

The sheet's text is made for this and opens nothing else.
"""

import shutil
import tempfile
from pathlib import Path

from shakyo_desktop import __version__
from shakyo_desktop.domain.copies import CopyReason
from shakyo_desktop.services.founding import found_practice
from shakyo_desktop.services.generations import GenerationService
from shakyo_desktop.storage import key_slots
from tests.services.beginnings import clock, opened

RELEASES = Path(__file__).parent / "releases"


def main() -> None:
    folder = RELEASES / __version__
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as name:
        found_practice(Path(name) / "east", clock=clock)
        with opened(Path(name) / "east") as context:
            text = key_slots.add_recovery(context.data_dir, context.database.key)
            made = GenerationService(context).make(CopyReason.ASKED)
            shutil.copy2(made.path, folder / "copy.hikae")
            (folder / "sheet.txt").write_text(f"{text}\n")


if __name__ == "__main__":
    main()
