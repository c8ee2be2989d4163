"""Copies that earlier releases made are restored by this one."""

from pathlib import Path

import pytest

from shakyo_desktop import __version__
from shakyo_desktop.services.copy_file import open_copy
from shakyo_desktop.services.generation_proof import prove
from shakyo_desktop.services.locks import LockChoice
from shakyo_desktop.services.restoring import restore
from shakyo_desktop.storage import key_slots
from tests.services.beginnings import clock, opened
from tests.services.keep_release_copy import RELEASES

KEPT = sorted(path for path in RELEASES.iterdir() if path.is_dir())


def test_this_release_is_kept() -> None:
    assert (RELEASES / __version__ / "copy.hikae").is_file()


@pytest.mark.parametrize("kept", KEPT, ids=lambda path: path.name)
def test_a_copy_of_an_earlier_release_is_restored(kept: Path, tmp_path: Path) -> None:
    text = (kept / "sheet.txt").read_text().strip()
    restored = restore(
        kept / "copy.hikae", tmp_path / "new", text, LockChoice(frozenset({"key_file"})), clock
    )
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
