"""Looking at a copy before it is restored: is it whole, when was it made, does it open by itself."""

import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.services.copy_file import open_copy
from shakyo_desktop.services.copy_key import key_of_copy
from shakyo_desktop.services.restoring import moment_of, refuse_handover
from shakyo_desktop.storage import key_slots


@dataclass(frozen=True, slots=True)
class CopyFacts:
    """What a copy says of itself: ``made_at`` (UTC), and whether this computer opens it without asking."""

    made_at: datetime
    opens_here: bool


def look_at(file: Path, data_dir: Path) -> CopyFacts:
    """Read a whole copy and compare it with its label; nothing is unpacked.

    Args:
        data_dir: the folder it is to be restored to; what opens a store there may open the copy.

    Raises:
        FileUnreadable: it cannot be opened, is no copy, is damaged, or a newer program made it.
        BadInput: it is a predecessor's copy (``copy.handover``).
    """
    with open_copy(file) as copy:
        refuse_handover(copy)
        copy.check()
        slots, made_at = copy.slots(), moment_of(copy)
        with tempfile.TemporaryDirectory(prefix="shakyo-") as name:  # sealed slots, nothing else
            folder = Path(name)
            (folder / key_slots.SLOTS_FILE).write_bytes(slots)
            try:
                key_of_copy(copy, folder, None, file, data_dir)
            except ShakyoError:
                return CopyFacts(made_at, False)
    return CopyFacts(made_at, True)
