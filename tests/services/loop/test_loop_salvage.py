"""A store of which something is damaged: what is readable is saved and counted, nothing is deleted."""

import io
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.copies import CopyReason
from shakyo_desktop.domain.errors import Cancelled, NotSaved, ShakyoError, StoreDamaged, StoreInUse
from shakyo_desktop.domain.records import ACTIVITIES, RecordRef
from shakyo_desktop.services.generations import GenerationService
from shakyo_desktop.services.registry import Services
from shakyo_desktop.services.salvaging import KindCount, Salvaged, salvage_beside, salvage_store, use
from shakyo_desktop.storage.connection import PAGE_SIZE
from shakyo_desktop.storage.database import DATABASE_FILE
from shakyo_desktop.storage.key_slots import open_with_key_file
from shakyo_desktop.storage.schema_map import MAP_FILE
from tests.damage import flip, pages_of_the_schema, pages_read_by, root_of
from tests.services.loop.world import EAST, ITEM, PLAN, YEAR, Clock, World

MANY = 120
AFTER_THE_COPY = 10


@pytest.fixture(scope="session")
def diary(registered_world: World, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """East's folder with a diary of 120, of which the last ten were written after a 控え was made."""
    with registered_world.copy(tmp_path_factory.mktemp("full") / "world") as made:
        recording = made.east.recording
        for number in range(MANY - 1):  # one is there
            if number == MANY - 1 - AFTER_THE_COPY:
                GenerationService(made.east.context).make(CopyReason.CHANGED)
            activity = recording.new_activity(YEAR, PLAN, ITEM)
            recording.change(RecordRef(ACTIVITIES, activity.id), "content", f"みほんの集まり{number}" * 12)
        return made.root / "east"


@pytest.fixture
def east(diary: Path, tmp_path: Path) -> Path:
    """A copy of East's folder, closed, to be damaged."""
    return Path(shutil.copytree(diary, tmp_path / "east"))


@pytest.fixture
def without_copies(east: Path) -> Path:
    shutil.rmtree(east / "copies")
    return east


@contextmanager
def opened(folder: Path) -> Iterator[Services]:
    services = open_services(folder, clock=Clock())
    try:
        yield services
    finally:
        services.close()


def activities_in(folder: Path) -> dict[str, object]:
    with opened(folder) as services, services.context.database.reading() as stores:
        return {one.id: one for one in stores.records.year(EAST, YEAR).activities}


def dump_of(folder: Path) -> str:
    out = io.StringIO()
    with opened(folder) as services:
        services.doctor.dump(out)
    return out.getvalue()


def files_in(folder: Path) -> dict[str, bytes]:
    """Every file but the lock, which has no content."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file() and path.name != "store.lock"
    }


def salvaged(folder: Path, new: Path) -> Salvaged:
    """Salvage, and see that the damaged folder is as it was."""
    before = files_in(folder)
    try:
        return salvage_store(folder, new, clock=Clock())
    finally:
        assert files_in(folder) == before


def kind(result: Salvaged, words: str = "活動記録") -> KindCount:
    return next(one for one in result.kinds if one.words == words)


def leaf_of(folder: Path, statement: str) -> int:
    """A page in the middle of those that a statement reads."""
    store, key = folder / DATABASE_FILE, open_with_key_file(folder)
    root = root_of(store, key, "activities")
    pages = [page for page in pages_read_by(store, key, statement) if page != root]
    return pages[len(pages) // 2]


DIARY = "SELECT count(content) FROM activities NOT INDEXED"
INDEX = "SELECT count(*) FROM activities INDEXED BY ix_activities_held_on"


def test_a_damaged_page_of_the_diary_is_detected_and_costs_only_its_rows(
    without_copies: Path, tmp_path: Path
) -> None:
    before = activities_in(without_copies)
    flip(without_copies / DATABASE_FILE, leaf_of(without_copies, DIARY))
    with opened(without_copies) as services:
        assert services.context.database.integrity_problems()
        with pytest.raises(StoreDamaged), services.context.database.reading() as stores:
            stores.records.year(EAST, YEAR)
        assert services.settings.identity().org.code == EAST  # what is whole goes on being read
    result = salvaged(without_copies, tmp_path / "new")
    after = activities_in(tmp_path / "new")
    assert after.items() <= before.items()
    count = kind(result)
    assert (count.found, count.saved, count.lost) == (MANY, len(after), MANY - len(after))
    assert 0 < count.lost < 30
    assert count.line() == f"活動記録　{MANY}件中{len(after)}件"
    assert not result.is_whole
    assert not result.new_keys


def test_what_is_lost_comes_back_from_the_newest_good_copy(east: Path, tmp_path: Path) -> None:
    before = activities_in(east)
    flip(east / DATABASE_FILE, leaf_of(east, DIARY))
    result = salvaged(east, tmp_path / "new")
    assert activities_in(tmp_path / "new") == before
    count = kind(result)
    assert (count.found, count.lost) == (MANY, 0)
    assert count.saved + count.from_copy == MANY
    assert count.from_copy > 0
    assert "控えから" in count.line()


@pytest.mark.parametrize("table", ["activities", "history"])
def test_rows_whose_way_is_damaged_are_found_on_their_own_pages(
    without_copies: Path, tmp_path: Path, table: str
) -> None:
    before = dump_of(without_copies)
    store, key = without_copies / DATABASE_FILE, open_with_key_file(without_copies)
    flip(store, root_of(store, key, table))
    result = salvaged(without_copies, tmp_path / "new")
    assert result.is_whole
    assert dump_of(tmp_path / "new") == before


def test_a_store_that_lost_its_settings_is_known_by_its_keys(without_copies: Path, tmp_path: Path) -> None:
    before = activities_in(without_copies)
    store, key = without_copies / DATABASE_FILE, open_with_key_file(without_copies)
    flip(store, root_of(store, key, "settings"))
    result = salvaged(without_copies, tmp_path / "new")
    assert (result.org, result.is_whole) == (EAST, False)
    assert activities_in(tmp_path / "new") == before


def test_two_damaged_pages_of_the_diary_cost_the_rows_of_one(east: Path, tmp_path: Path) -> None:
    before = activities_in(east)
    store, key = east / DATABASE_FILE, open_with_key_file(east)
    leaf = pages_read_by(store, key, DIARY)[-1]  # the newest, written after the copy
    flip(store, root_of(store, key, "activities"))
    flip(store, leaf)
    result = salvaged(east, tmp_path / "new")
    after = activities_in(tmp_path / "new")
    assert after.items() <= before.items()
    count = kind(result)
    assert (count.found, count.lost) == (MANY, MANY - len(after))
    assert 0 < count.lost <= AFTER_THE_COPY


def test_a_damaged_index_costs_nothing(without_copies: Path, tmp_path: Path) -> None:
    before = dump_of(without_copies)
    flip(without_copies / DATABASE_FILE, leaf_of(without_copies, INDEX))
    with opened(without_copies) as services:
        assert services.context.database.integrity_problems()
    result = salvaged(without_copies, tmp_path / "new")
    assert result.is_whole
    assert dump_of(tmp_path / "new") == before


def test_a_file_cut_short_gives_what_is_left_and_the_copy_the_rest(east: Path, tmp_path: Path) -> None:
    before = activities_in(east)
    store = east / DATABASE_FILE
    store.write_bytes(store.read_bytes()[: store.stat().st_size * 2 // 3])
    with pytest.raises(StoreDamaged):
        open_services(east)
    salvaged(east, tmp_path / "new")
    after = activities_in(tmp_path / "new")
    assert after.items() <= before.items()
    assert len(after) >= MANY - AFTER_THE_COPY


@pytest.mark.parametrize("page", ["head", "schema"])
def test_a_store_that_forgot_where_its_tables_begin_loses_nothing(
    without_copies: Path, tmp_path: Path, page: str
) -> None:
    with opened(without_copies) as services:
        assert services.doctor.is_whole()  # as the window asks after every start
    before = dump_of(without_copies)
    store, key = without_copies / DATABASE_FILE, open_with_key_file(without_copies)
    if page == "head":
        store.write_bytes(bytes(PAGE_SIZE) + store.read_bytes()[PAGE_SIZE:])
    else:
        flip(store, pages_of_the_schema(store, key)[0])
    with pytest.raises(StoreDamaged):
        open_services(without_copies)
    result = salvaged(without_copies, tmp_path / "new")
    assert result.is_whole
    assert dump_of(tmp_path / "new") == before


def test_a_file_that_was_rebuilt_is_salvaged_by_its_new_map_only(
    without_copies: Path, tmp_path: Path
) -> None:
    with opened(without_copies) as services:
        assert services.doctor.is_whole()
        services.context.database.erase_deleted()
        assert not (without_copies / MAP_FILE).exists()
        assert services.doctor.is_whole()
    before = dump_of(without_copies)
    flip(without_copies / DATABASE_FILE, 1)
    assert salvaged(without_copies, tmp_path / "new").is_whole
    assert dump_of(tmp_path / "new") == before


@pytest.mark.parametrize(
    "content", [b"", bytes(50_000), "みほん".encode() * 9000], ids=["empty", "zeros", "another file"]
)
def test_a_file_of_which_nothing_is_readable_is_said_and_left_alone(
    east: Path, tmp_path: Path, content: bytes
) -> None:
    (east / DATABASE_FILE).write_bytes(content)
    with pytest.raises(StoreDamaged):
        open_services(east)
    with pytest.raises(StoreDamaged):
        salvaged(east, tmp_path / "new")
    assert not (tmp_path / "new" / DATABASE_FILE).exists()


def test_stopping_leaves_nothing_behind(east: Path) -> None:
    flip(east / DATABASE_FILE, leaf_of(east, INDEX))
    before = files_in(east)
    asked = iter(range(1000))

    def stop() -> None:
        if next(asked) == 5:
            raise Cancelled("中止しました。")

    with pytest.raises(Cancelled):
        salvage_beside(east, clock=Clock(), stop=stop)
    assert files_in(east) == before
    assert not list(east.glob("salvaging-*"))


def test_what_was_salvaged_takes_the_place_and_the_damaged_files_stay(without_copies: Path) -> None:
    flip(without_copies / DATABASE_FILE, leaf_of(without_copies, DIARY))
    before = files_in(without_copies)
    aside = use(salvage_beside(without_copies, clock=Clock()))
    assert files_in(aside)[DATABASE_FILE] == before[DATABASE_FILE]
    with opened(without_copies) as services:
        assert services.context.database.integrity_problems() == []
        services.submission.write(services.submission.submissions(YEAR)[0].package_id, without_copies)


@pytest.mark.parametrize("moves", [1, 3, 5])
def test_a_power_cut_while_it_takes_the_place_is_finished_at_the_next_start(
    without_copies: Path, monkeypatch: pytest.MonkeyPatch, moves: int
) -> None:
    flip(without_copies / DATABASE_FILE, leaf_of(without_copies, INDEX))
    result = salvage_beside(without_copies, clock=Clock())
    done = iter(range(100))
    real = Path.replace

    def replace(path: Path, target: Path) -> Path:
        if next(done) == moves:
            raise KeyboardInterrupt  # as if the power went
        return real(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(KeyboardInterrupt):
        use(result)
    monkeypatch.undo()
    with opened(without_copies) as services:
        assert services.context.database.integrity_problems() == []
        assert services.settings.identity().org.code == EAST
    [aside] = without_copies.glob("before-*")
    assert (aside / DATABASE_FILE).is_file()
    assert not list(without_copies.glob("salvaging-*"))


def test_a_district_that_lost_its_chain_goes_on_as_a_new_installation(
    without_copies: Path, tmp_path: Path
) -> None:
    store, key = without_copies / DATABASE_FILE, open_with_key_file(without_copies)
    with opened(without_copies) as services:
        old = services.settings.own_keys().key
    flip(store, root_of(store, key, "sequences"))
    result = salvaged(without_copies, tmp_path / "new")
    assert result.new_keys
    assert "新しい登録" in result.message()
    with opened(tmp_path / "new") as services:
        assert services.settings.own_keys().key != old


def test_a_store_that_somebody_has_open_is_not_salvaged(without_copies: Path, tmp_path: Path) -> None:
    with opened(without_copies), pytest.raises(ShakyoError) as refused:
        salvage_store(without_copies, tmp_path / "new", clock=Clock())
    assert refused.value.code == "store.in_use"


def test_a_store_that_another_window_opened_meanwhile_is_not_replaced(without_copies: Path) -> None:
    flip(without_copies / DATABASE_FILE, leaf_of(without_copies, INDEX))
    result = salvage_beside(without_copies, clock=Clock())
    with opened(without_copies), pytest.raises(StoreInUse):
        use(result)
    assert not list(without_copies.glob("before-*"))


def test_what_is_half_way_to_its_place_is_not_swept_away_by_another_trial(
    without_copies: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    flip(without_copies / DATABASE_FILE, leaf_of(without_copies, INDEX))
    result = salvage_beside(without_copies, clock=Clock())
    real = Path.replace

    def replace(path: Path, target: Path) -> Path:
        if path.parent == result.folder:
            raise OSError("the disk does not answer")
        return real(path, target)

    monkeypatch.setattr(Path, "replace", replace)
    with pytest.raises(NotSaved):
        use(result)
    monkeypatch.undo()
    with pytest.raises(ShakyoError):
        salvage_beside(without_copies, clock=Clock())
    with opened(without_copies) as services:
        assert services.context.database.integrity_problems() == []
