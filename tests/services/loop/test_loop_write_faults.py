"""Every call to the operating system fails once for every reason: one whole file, and nothing lost."""

import errno
import os
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from shakyo_desktop.domain.errors import DestinationFailed
from shakyo_desktop.services.copy_file import open_copy
from shakyo_desktop.services.file_calls import FileCalls
from tests.services.loop.test_loop_answers import newest_id
from tests.services.loop.world import YEAR, World

CODES = ("ENOSPC", "EDQUOT", "EROFS", "EACCES", "EPERM", "EIO", "ENODEV", "ENXIO", "ENOENT", "EBUSY")
CODES += ("ENAMETOOLONG", "EINVAL")
QUIET = frozenset({"begin_sync", "remove"})
"""A hint and the tidying up: when they fail, the work goes on and the failure before them is told."""

OLD = b"what lay there before " * 5000


@dataclass
class Faults:
    """Stands before every call of the one file layer and lets the call with number ``fail_at`` fail.

    ``gone``: the medium answers nothing from that call on, as when a stick is pulled.
    """

    fail_at: int = -1
    code: int = errno.EIO
    gone: bool = False
    made: list[str] = field(default_factory=list)

    def install(self, patch: pytest.MonkeyPatch) -> None:
        for name in [name for name in vars(FileCalls) if not name.startswith("_")]:
            patch.setattr(FileCalls, name, self._watched(getattr(FileCalls, name), name))

    def at(self, number: int, code: int = errno.EIO, *, gone: bool = False) -> None:
        self.fail_at, self.code, self.gone, self.made = number, code, gone, []

    def _watched(self, call: Callable[..., object], name: str) -> Callable[..., object]:
        def watched(*arguments: object) -> object:
            number = len(self.made)
            self.made.append(name)
            if number == self.fail_at or (self.gone and 0 <= self.fail_at < number):
                if name == "close":  # a descriptor is given back whatever ``close`` answers
                    call(*arguments)
                if name != "begin_sync":
                    raise OSError(self.code, "injected")
            return call(*arguments)

        return watched


@dataclass(frozen=True)
class Work:
    """A way of writing a file for a person: whose store, the file, writing it, what the file says."""

    store: str
    path: Path
    write: Callable[[], object]
    read: Callable[[], object]


def submission(world: World, folder: Path) -> Work:
    package = world.freeze("east")
    path = folder / package.file_name
    return Work(
        "east",
        path,
        lambda: world.east.submission.write(package.package_id, folder),
        lambda: [(one.verdict, one.manifest) for one in world.ward.intake.judge([path])],
    )


def answer(world: World, folder: Path) -> Work:
    world.ward.review.accept(newest_id(world))
    [ready] = [one for one in world.ward.answers.ready(YEAR) if one.waits]
    path = folder / ready.file_name
    return Work(
        "ward",
        path,
        lambda: world.ward.answers.write(folder, [ready.answer_id]),
        lambda: [(one.verdict, one.manifest) for one in world.east.intake.judge([path])],
    )


def setup(world: World, folder: Path) -> Work:
    path = folder / world.setup_file().name
    return Work("ward", path, lambda: world.ward.setups.write(folder), path.read_bytes)


def copy(world: World, folder: Path) -> Work:
    path = folder / "みほん.hikae"

    def content() -> object:
        with open_copy(path) as opened:
            store = world.root / "taken.db"
            store.unlink(missing_ok=True)
            opened.take_store(store)  # compares every byte with the label
            return opened.slots()

    return Work("east", path, lambda: world.east.backup.backup(path), content)


WORKS = {"submission": submission, "answer": answer, "setup": setup, "copy": copy}


@pytest.fixture
def work(
    registered_world: World, tmp_path: Path, request: pytest.FixtureRequest
) -> Iterator[tuple[World, Work]]:
    """One way of writing, ready to be done as often as one likes."""
    with registered_world.copy(tmp_path / "world") as world:
        folder = world.stick / "みほん USB"
        folder.mkdir(parents=True)
        yield world, WORKS[request.param](world, folder)


@pytest.fixture
def faults(monkeypatch: pytest.MonkeyPatch) -> Faults:
    made = Faults()
    made.install(monkeypatch)
    return made


def calls_of(work: Work, faults: Faults) -> list[str]:
    """The names of the calls of one undisturbed write."""
    faults.at(-1)
    work.write()
    return list(faults.made)


def outcome(work: Work, expected: object) -> str:
    """Which of the two files is there; anything else fails."""
    assert [one.name for one in work.path.parent.iterdir()] == [work.path.name]
    if work.path.read_bytes() == OLD:
        return "old"
    assert work.read() == expected
    return "new"


def codes_for(path: Path) -> tuple[str, ...]:
    """Every reason in a long search; else all for the submission, and few for what takes the same way."""
    if os.environ.get("HYPOTHESIS_PROFILE") == "search" or "-r" in path.name:
        return CODES
    return CODES[:1] if path.suffix == ".hikae" else CODES[::5]


def complaint_of(work: Work) -> str:
    with pytest.raises(DestinationFailed) as caught:
        work.write()
    return caught.value.message


@pytest.mark.parametrize("work", WORKS, indirect=True)
def test_a_failing_call_leaves_one_whole_file_and_what_was_entered(
    work: tuple[World, Work], faults: Faults
) -> None:
    world, one = work
    made = calls_of(one, faults)
    expected = one.read()
    before = world.dump(one.store)
    results: Counter[str] = Counter()
    codes = codes_for(one.path)
    for number, call in enumerate(made):
        for code in [] if call in QUIET else codes:
            one.path.write_bytes(OLD)
            faults.at(number, getattr(errno, code))
            happened, safe, next_step = complaint_of(one).splitlines()
            assert "保存できませんでした" in happened
            assert safe == "入力した内容はこのパソコンに残っています。"
            assert next_step.endswith("ください。")
            faults.at(-1)
            results[outcome(one, expected)] += 1
    assert world.dump(one.store) == before
    assert results["old"] > results["new"] > 0  # the new one only once it has its name
    one.write()  # もう一度
    assert outcome(one, expected) == "new"


@pytest.mark.parametrize("work", WORKS, indirect=True)
def test_a_medium_that_answers_nothing_more_leaves_one_whole_file_under_its_name(
    work: tuple[World, Work], faults: Faults
) -> None:
    world, one = work
    made = calls_of(one, faults)
    expected = one.read()
    before = world.dump(one.store)
    results: Counter[str] = Counter()
    for number, call in enumerate(made):
        if call in QUIET:
            continue
        one.path.write_bytes(OLD)
        faults.at(number, errno.ENODEV, gone=True)
        assert "抜けたか" in complaint_of(one)
        faults.at(-1)
        with suppress(FileNotFoundError):  # what nobody could take away any more
            one.path.with_name(f"{one.path.name}.part").unlink()
        results[outcome(one, expected)] += 1
    assert world.dump(one.store) == before
    assert set(results) == {"old", "new"}
    one.write()  # the stick is back, with a rest on it
    assert outcome(one, expected) == "new"
