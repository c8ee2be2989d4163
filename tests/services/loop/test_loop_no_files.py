"""What is handed over and is no ordinary file: told in words, never waited for, never read without end."""

import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from shakyo_desktop.domain.errors import FileUnreadable
from shakyo_desktop.services import arriving_files
from shakyo_desktop.services.setup_files import read_setup_file
from tests.exchange import making
from tests.services.loop.holders import Holder, found_holder


@pytest.fixture(scope="module")
def ward(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Holder]:
    holder = found_holder("ward", tmp_path_factory.mktemp("ward"))
    yield holder
    holder.services.close()


def pipe(folder: Path) -> Path:
    path = folder / "pipe.shakyo"
    os.mkfifo(path)
    return path


def bound_socket(folder: Path) -> Path:
    path = folder / "s.shakyo"
    made = socket.socket(socket.AF_UNIX)
    made.bind(os.path.relpath(path))
    made.close()
    return path


def loop(folder: Path) -> Path:
    path = folder / "loop.shakyo"
    path.symlink_to(path)
    return path


def dangling(folder: Path) -> Path:
    path = folder / "gone.shakyo"
    path.symlink_to(folder / "nowhere")
    return path


def link_to(target: str) -> Callable[[Path], Path]:
    def make(folder: Path) -> Path:
        path = folder / "link.shakyo"
        path.symlink_to(target)
        return path

    return make


NO_FILES: dict[str, Callable[[Path], Path]] = {
    "a pipe nobody writes to": pipe,
    "a socket": bound_socket,
    "a link to itself": loop,
    "a link to nothing": dangling,
    "a device without end": lambda folder: Path("/dev/zero"),
    "a device of nothing": lambda folder: Path("/dev/null"),
    "a link to a device": link_to("/dev/zero"),
    "a name that is too long": lambda folder: folder / ("a" * 5000),
    "a name with a NUL": lambda folder: folder / "a\0.shakyo",
    "a name of half a surrogate": lambda folder: folder / "\ud800.shakyo",
    "a file inside a file": lambda folder: Path(__file__) / "x.shakyo",
    "no name": lambda folder: Path(),
}


@pytest.mark.parametrize("make", NO_FILES.values(), ids=NO_FILES)
def test_what_is_no_ordinary_file_is_told_and_changes_nothing(
    ward: Holder, tmp_path: Path, make: Callable[[Path], Path], monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.chdir(tmp_path)
    path, before = make(tmp_path), ward.state()
    good = tmp_path / "good.shakyo"
    good.write_bytes(making.built(making.report_content()))
    verdicts = {one.file: one.verdict for one in ward.services.intake.judge([path, good])}
    assert verdicts.get(path, "refused") == "refused"
    assert verdicts[good] == "accepted"
    for verdict in ward.services.intake.receive([path] if path != Path() else []):
        assert (verdict.verdict, verdict.code) == ("refused", "")
        assert "USBメモリを差しなおして" in verdict.next_action
    ward.services.intake.inspect(path)
    assert ward.state() == before


def test_a_pipe_inside_a_folder_is_passed_over(ward: Holder, tmp_path: Path):
    pipe(tmp_path)
    (tmp_path / "x.shakyo").mkdir()
    loop(tmp_path)
    assert ward.services.intake.judge([tmp_path]) == ()


def test_a_folder_that_is_called_like_a_file_is_looked_into(ward: Holder, tmp_path: Path):
    folder = tmp_path / "x.shakyo"
    folder.mkdir()
    (folder / "report.SHAKYO").write_bytes(making.built(making.report_content()))
    assert [one.verdict for one in ward.services.intake.judge([folder])] == ["accepted"]


def test_three_hundred_megabytes_are_refused_by_their_size_without_reading(
    ward: Holder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "large.shakyo"
    with file.open("wb") as sparse:
        sparse.truncate(300 * 2**20)

    class Unread:
        def __init__(self, opened):
            self._opened = opened

        def __enter__(self):
            return self

        def __exit__(self, *_: object) -> None:
            self._opened.close()

        def fileno(self) -> int:
            return self._opened.fileno()

        def read(self, *_: object) -> bytes:
            raise AssertionError("it was read")

    opened = arriving_files.open_file
    monkeypatch.setattr(arriving_files, "open_file", lambda path: Unread(opened(path)))
    [verdict] = ward.services.intake.receive([file])
    assert (verdict.verdict, verdict.code) == ("refused", "size.package")
    assert verdict.next_action in verdict.message


def grow(file: Path) -> None:
    with file.open("ab") as out:
        out.write(b"more")


def shrink(file: Path) -> None:
    os.truncate(file, 300)


@pytest.mark.parametrize("change", [shrink, grow], ids=["shrinks", "grows"])
def test_a_file_that_changes_while_it_is_read_is_told(
    ward: Holder, tmp_path: Path, change: Callable[[Path], None], monkeypatch: pytest.MonkeyPatch
):
    file = tmp_path / "changing.shakyo"
    file.write_bytes(making.built(making.report_content()))
    sizes, asked = arriving_files.os.fstat, []

    def measured(number: int) -> os.stat_result:
        found = sizes(number)
        asked.append(number)
        if len(asked) == 2:  # the kind of file was asked for, and now its size
            change(file)
        return found

    before = ward.state()
    with monkeypatch.context() as changing:
        changing.setattr(arriving_files.os, "fstat", measured)
        [verdict] = ward.services.intake.receive([file])
    assert (verdict.verdict, verdict.code) == ("refused", "")
    assert ward.state() == before


def test_a_folder_on_a_failing_stick_shows_what_can_be_seen(
    ward: Holder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    def failing(path: Path, **_: object) -> os.stat_result:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "stat", failing)
    [verdict] = ward.services.intake.judge([tmp_path])
    assert (verdict.verdict, verdict.code) == ("refused", "")


@pytest.mark.parametrize("make", [pipe, loop, lambda folder: Path("/dev/zero"), lambda folder: folder])
def test_a_setup_that_is_no_ordinary_file_is_told(tmp_path: Path, make: Callable[[Path], Path]):
    with pytest.raises(FileUnreadable):
        read_setup_file(make(tmp_path))
