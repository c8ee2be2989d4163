"""A store that is made in a folder of its own leaves everybody else's folders alone."""

from pathlib import Path

from shakyo_desktop.services.made_aside import made_aside, take_place
from shakyo_desktop.storage.database import DATABASE_FILE


def test_folders_whose_name_only_begins_like_ours_stay_as_they_are(tmp_path: Path) -> None:
    for name in ("beginning-english", "beginning-2026"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "ready").write_text("みほん")
    left = tmp_path / "beginning-0a1b2c3d"
    left.mkdir()
    take_place(tmp_path)
    with made_aside(tmp_path) as folder:
        assert not left.exists()
        (folder / DATABASE_FILE).write_bytes(b"store")
    names = sorted(path.name for path in tmp_path.iterdir())
    assert names == ["beginning-2026", "beginning-english", DATABASE_FILE]
    assert (tmp_path / "beginning-english" / "ready").read_text() == "みほん"
