"""A 控え whose parts are changed, its label made to fit, and given to the one that restores it."""

import hashlib
import io
import json
import shutil
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from random import Random

from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.services.copy_file import LABEL, SLOTS, STORE, covered_by_code, write_copy
from shakyo_desktop.services.restoring import restore
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.database import DATABASE_FILE
from tests.exchange.fixed_keys import mailbox
from tests.exchange.people import NOW
from tests.fuzz.line_changes import changed_line
from tests.fuzz.mutating import changed_bytes
from tests.fuzz.oracle import check
from tests.fuzz.stores import KEY, standing

_PAPER = mailbox("paper")
_WAYS = (zipfile.ZIP_STORED, zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA)


@cache
def good() -> bytes:
    """A copy of the ward's store that its recovery sheet opens."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        standing("ward").services.context.database.backup_to(folder / DATABASE_FILE, own_keys=True)
        key_slots.create_slots(folder, KEY)
        key_slots.add_recovery(folder, KEY, _PAPER.recipient)
        out = io.BytesIO()
        slots = key_slots.slots_for_backup(folder, KEY, [_PAPER.identity])
        write_copy(out, folder / DATABASE_FILE, slots, KEY, "2026-09-12T05:00:00Z", "1.0")
        return out.getvalue()


def changed(random: Random, data: bytes) -> bytes:
    """One of its parts changed and digested anew, packed in any way a ZIP knows; or its bytes as they are."""
    if random.randint(0, 3) == 0 or not zipfile.is_zipfile(io.BytesIO(data)):
        return changed_bytes(random, data)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            parts = {name: archive.read(name) for name in archive.namelist()}
    except Exception:
        return changed_bytes(random, data)
    wanted = random.choice([LABEL, SLOTS, SLOTS, STORE])
    if wanted in parts:
        change = changed_bytes if wanted == STORE else changed_line
        parts[wanted] = change(random, parts[wanted])
    if (wanted != LABEL or random.randint(0, 1)) and {LABEL, SLOTS, STORE} <= parts.keys():
        parts[LABEL] = _label(parts)
    if random.randint(0, 9) == 0:
        parts.pop(random.choice(list(parts)))
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", random.choice(_WAYS)) as archive:
        for name, part in parts.items():
            archive.writestr(name, part)
    packed = out.getvalue()
    return changed_bytes(random, packed) if random.randint(0, 3) == 0 else packed


def _label(parts: dict[str, bytes]) -> bytes:
    """The label with digests and a code that fit, as only the store's own people can make it."""
    digests = {name: hashlib.sha256(parts[name]).hexdigest() for name in (SLOTS, STORE)}
    try:
        label = json.loads(parts[LABEL]) | {"sha256": digests}
        label["code"] = key_slots.copy_code(KEY, covered_by_code(label))
        return json.dumps(label).encode()
    except (ValueError, TypeError, RecursionError):
        return parts[LABEL]


def judge(data: bytes) -> str:
    """Restore it with the sheet; what fails leaves no folder behind."""
    folder = Path(tempfile.mkdtemp(prefix="shakyo-fuzz-copy-"))
    try:
        (folder / "file.hikae").write_bytes(data)
        try:
            restore(folder / "file.hikae", folder / "new", _PAPER.identity, clock=lambda: NOW)
        except ShakyoError as error:
            check(bool(error.message.strip()), "no words")
            check(not (folder / "new").exists() or not any((folder / "new").iterdir()), "something was left")
            return error.code
        return "accepted"
    finally:
        shutil.rmtree(folder, ignore_errors=True)
