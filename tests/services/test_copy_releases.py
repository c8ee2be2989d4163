"""Copies that earlier releases made are restored by this one."""

from pathlib import Path

import pytest

from shakyo_desktop import __version__
from shakyo_desktop.domain.errors import CopyUnproven
from shakyo_desktop.services.copy_file import open_copy, write_copy
from shakyo_desktop.services.generation_proof import prove
from shakyo_desktop.services.replacing import restore_in_place
from shakyo_desktop.services.restoring import Restored, restore
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.database import DATABASE_FILE
from tests.services.beginnings import KEY_FILE, clock, opened
from tests.services.copying import to_version_10
from tests.services.keep_release_copy import RELEASES

KEPT = sorted(path for path in RELEASES.iterdir() if path.is_dir())


def test_this_release_is_kept() -> None:
    assert (RELEASES / __version__ / "copy.hikae").is_file()


def restored_after_comparing(copy: Path, folder: Path, text: str) -> Restored:
    """Restore a copy of before the codes, which is asked about first; nothing is there before the answer."""
    with pytest.raises(CopyUnproven) as asked:
        restore(copy, folder, text, KEY_FILE, clock)
    assert not list(folder.glob("*"))
    return restore(copy, folder, text, KEY_FILE, clock, compared=asked.value.number)


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.name)
def test_a_copy_of_an_earlier_release_is_restored(kept: Path, tmp_path: Path) -> None:
    text = (kept / "sheet.txt").read_text().strip()
    restored = restored_after_comparing(kept / "copy.hikae", tmp_path / "new", text)
    assert restored.org == "999999-01"
    with opened(tmp_path / "new") as context:
        assert context.database.integrity_problems() == []
        with context.database.reading() as stores:
            years = stores.records.years("999999-01")
            assert years
            assert any(stores.records.year("999999-01", year).activities for year in years)


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.name)
def test_a_copy_of_an_earlier_release_stands_its_examination(kept: Path, tmp_path: Path) -> None:
    folder = tmp_path / "slots"
    folder.mkdir()
    with open_copy(kept / "copy.hikae") as copy:
        (folder / key_slots.SLOTS_FILE).write_bytes(copy.slots())
    key = key_slots.open_with_recovery(folder, (kept / "sheet.txt").read_text())
    prove(kept / "copy.hikae", key, tmp_path)


def test_a_copy_of_an_older_form_goes_back_in_place_and_every_start_after_it_opens(tmp_path: Path) -> None:
    text = (KEPT[0] / "sheet.txt").read_text().strip()
    restored_after_comparing(KEPT[0] / "copy.hikae", tmp_path / "data", text)
    to_version_10(tmp_path / "data" / DATABASE_FILE, key_slots.open_with_key_file(tmp_path / "data"))
    older = tmp_path / "older.hikae"
    with older.open("wb") as out:
        key = key_slots.open_with_key_file(tmp_path / "data")
        slots = key_slots.slots_for_backup(tmp_path / "data", key, [text])
        write_copy(out, tmp_path / "data" / DATABASE_FILE, slots, key, "2026-01-01T00:00:00Z", "0.1.0")
    restore_in_place(older, tmp_path / "data", text, KEY_FILE, clock)
    with opened(tmp_path / "data") as context:
        assert context.database.integrity_problems() == []
    names = {path.name for path in (tmp_path / "data").iterdir()}
    assert not [name for name in names if name.startswith(("restoring-", "store.before-"))]
