"""A damaged write-ahead log: SQLite drops its end without a word; we say it and keep the files."""

import shutil
from pathlib import Path

import pytest

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.errors import StoreDamaged, StoreLocked
from shakyo_desktop.services.founding import found_practice
from shakyo_desktop.services.registry import Services
from shakyo_desktop.storage.database import DATABASE_FILE, Database
from shakyo_desktop.storage.key_slots import KEY_FILE
from shakyo_desktop.storage.log_check import dropped_commits
from tests.gui.loop_world import moment

SAVED = 40


@pytest.fixture
def cut_off(tmp_path: Path) -> Path:
    """A store as a power cut leaves it: 40 values saved one by one, all of them in the log."""
    folder = tmp_path / "data"
    found_practice(folder, clock=moment)
    services = open_services(folder, clock=moment)
    for number in range(1, SAVED + 1):
        with services.context.database.transaction() as stores:
            stores.settings.set("n", number)
    left = Path(shutil.copytree(folder, tmp_path / "left"))
    services.close()
    return left


def log_of(folder: Path) -> Path:
    return folder / f"{DATABASE_FILE}-wal"


def number_in(services: Services) -> int:
    with services.context.database.reading() as stores:
        return int(stores.settings.get("n", 0))


def test_a_sound_log_is_read_to_its_end(cut_off: Path) -> None:
    assert dropped_commits(log_of(cut_off)) == 0
    services = open_services(cut_off, clock=moment)
    assert number_in(services) == SAVED
    news = services.last_end.news()
    assert news is not None
    assert "すべて残っています" in news.text
    services.close()
    assert not list(cut_off.glob("before-*"))


def test_a_damaged_page_of_the_log_is_said_with_its_cost_and_the_files_are_kept(cut_off: Path) -> None:
    log = log_of(cut_off)
    data = bytearray(log.read_bytes())
    data[len(data) // 2] ^= 0xFF
    log.write_bytes(data)
    dropped = dropped_commits(log)
    services = open_services(cut_off, clock=moment)
    assert services.context.database.integrity_problems() == []
    assert 0 < number_in(services) < SAVED
    assert SAVED - number_in(services) <= dropped + 1
    news = services.last_end.news()
    assert news is not None
    assert f"最後に保存した{dropped}回分が読めませんでした" in news.text
    assert "すべて残っています" not in news.text
    services.last_end.told()
    assert services.last_end.news() is None
    services.close()
    [aside] = cut_off.glob("before-*")
    assert (aside / log.name).read_bytes() == bytes(data)


@pytest.mark.parametrize("left", [0, 10, 40, 9000])
def test_a_log_whose_end_was_never_written_is_what_a_power_cut_leaves(cut_off: Path, left: int) -> None:
    log = log_of(cut_off)
    log.write_bytes(log.read_bytes()[: log.stat().st_size - 5000 if left == 9000 else left])
    assert dropped_commits(log) == 0
    open_services(cut_off, clock=moment).close()


def test_the_last_transaction_alone_is_no_news(cut_off: Path) -> None:
    log = log_of(cut_off)
    data = bytearray(log.read_bytes())
    data[-100] ^= 0xFF
    log.write_bytes(data)
    assert dropped_commits(log) == 0


def damage(log: Path, part: int = 2) -> None:
    data = bytearray(log.read_bytes())
    data[len(data) // part] ^= 0xFF
    log.write_bytes(data)


def test_a_store_that_stays_locked_is_not_copied_at_every_trial(cut_off: Path) -> None:
    damage(log_of(cut_off))
    (cut_off / KEY_FILE).unlink()
    for _ in range(2):
        with pytest.raises(StoreLocked):
            open_services(cut_off, lambda: "ちがう合い言葉です", clock=moment)
    assert not list(cut_off.glob("before-*"))


def test_the_same_damage_is_kept_once_however_often_it_is_tried_and_another_beside_it(
    cut_off: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_args: object) -> None:
        raise StoreDamaged("こわれています。")

    monkeypatch.setattr(Database, "open", refuse)
    for part, left in ((2, 1), (0, 1), (3, 2)):
        if part:
            damage(log_of(cut_off), part)
        with pytest.raises(StoreDamaged):
            open_services(cut_off, clock=moment)
        assert len(list(cut_off.glob("before-*-wal"))) == left
    [first, second] = [
        (folder / log_of(cut_off).name).read_bytes() for folder in cut_off.glob("before-*-wal")
    ]
    assert first != second


def test_where_there_is_no_room_for_the_damaged_files_nothing_half_written_takes_it(
    cut_off: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    damage(log_of(cut_off))

    def copyfile(_source: Path, to: Path) -> None:
        to.write_bytes(b"half")
        raise OSError(28, "no room")

    monkeypatch.setattr(shutil, "copyfile", copyfile)
    services = open_services(cut_off, clock=moment)
    assert services.context.database.integrity_problems() == []
    services.close()
    assert not list(cut_off.glob("before-*"))
