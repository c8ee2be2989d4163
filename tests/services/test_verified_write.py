"""A file on a stick is whole and proven, or the stick is as it was."""

import errno
import hashlib
import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import pytest

from shakyo_desktop.domain.errors import Cancelled, DestinationFailed
from shakyo_desktop.services.destination_messages import CAUSES
from shakyo_desktop.services.file_calls import FileCalls
from shakyo_desktop.services.verified_write import write_verified

OLD = b"old " * 1000
NEW = b"".join(bytes([number]) * 30_000 for number in range(5))
NAME = "999999-01-2026-r1.shakyo"


def produce(out: BinaryIO) -> None:
    for number in range(5):
        out.write(bytes([number]) * 30_000)


class CountedCalls(FileCalls):
    """Counts every call and lets the one with number ``fail_at`` do ``failure`` instead."""

    def __init__(self, fail_at: int = -1, failure: Callable[[], object] | None = None) -> None:
        self.made: list[str] = []
        self.fail_at = fail_at
        self.failure = failure

    def __getattribute__(self, name: str) -> object:
        found = super().__getattribute__(name)
        if name.startswith("_") or name not in FileCalls.__dict__:
            return found

        def counted(*arguments: object) -> object:
            self.made.append(name)
            if len(self.made) - 1 == self.fail_at and self.failure is not None:
                self.failure()
            return found(*arguments)  # type: ignore[operator]

        return counted


def raises(code: int) -> Callable[[], object]:
    def failure() -> None:
        raise OSError(code, "injected")

    return failure


def calls_of_one_write(folder: Path) -> list[str]:
    calls = CountedCalls()
    write_verified(folder, "probe", produce, calls=calls)
    (folder / "probe").unlink()
    return calls.made


def test_a_written_file_is_what_was_produced(tmp_path: Path) -> None:
    written = write_verified(tmp_path, NAME, produce)
    assert written.path.read_bytes() == NEW
    assert (written.size, written.sha256) == (len(NEW), hashlib.sha256(NEW).hexdigest())
    assert [file.name for file in tmp_path.iterdir()] == [NAME]


@pytest.mark.parametrize("content", [b"", b"a", b"x" * (1 << 16), b"y" * ((1 << 20) + 1)])
def test_files_of_every_size_are_proven(tmp_path: Path, content: bytes) -> None:
    assert write_verified(tmp_path, NAME, lambda out: out.write(content)).path.read_bytes() == content


@pytest.mark.parametrize("code", [errno.ENOSPC, errno.EIO, errno.EROFS, errno.EACCES, errno.ENOENT])
def test_a_failure_at_any_call_leaves_one_whole_file_and_no_rest(tmp_path: Path, code: int) -> None:
    made = calls_of_one_write(tmp_path)
    assert {"create", "write", "sync", "close", "open", "read", "replace", "sync_folder"} <= set(made)
    outcomes = set()
    for number in range(len(made)):
        (tmp_path / NAME).write_bytes(OLD)
        with pytest.raises(DestinationFailed):
            write_verified(tmp_path, NAME, produce, calls=CountedCalls(number, raises(code)))
        assert [file.name for file in tmp_path.iterdir()] == [NAME], made[number]
        outcomes.add((tmp_path / NAME).read_bytes())
    assert outcomes == {OLD, NEW}


SENTENCES = {
    errno.ENOSPC: "空きが足りません",
    errno.EROFS: "書きこみが止められています",
    errno.EACCES: "この場所には書きこめません",
    errno.ENOENT: "USBメモリが抜けたか",
    errno.EIO: "USBメモリが抜けたか",
    errno.EBUSY: "ほかの画面で開かれています",
    errno.EINVAL: "書きこみの途中で止まりました",
}


@pytest.mark.parametrize("code", SENTENCES)
def test_a_failure_says_what_happened_what_is_safe_and_what_to_do(tmp_path: Path, code: int) -> None:
    with pytest.raises(DestinationFailed) as caught:
        write_verified(tmp_path, NAME, produce, calls=CountedCalls(1, raises(code)))
    happened, safe, next_step = caught.value.message.splitlines()
    assert SENTENCES[code] in happened
    assert safe == "入力した内容はこのパソコンに残っています。"
    assert next_step.endswith("ください。")
    assert caught.value.code.startswith("destination.")


def test_no_message_uses_a_word_that_volunteers_do_not_know() -> None:
    words = re.compile("パッケージ|エクスポート|インポート|エラー|バックアップ|電子署名|ハッシュ")
    assert not [cause for cause in CAUSES.values() if words.search("".join(cause))]


@pytest.mark.parametrize(
    "winerror, cause", [(112, "full"), (19, "read_only"), (21, "vanished"), (32, "in_use")]
)
def test_windows_own_codes_are_understood(tmp_path: Path, winerror: int, cause: str) -> None:
    def failure() -> None:
        error = OSError(errno.EACCES, "injected")
        error.winerror = winerror  # type: ignore[attr-defined]
        raise error

    with pytest.raises(DestinationFailed) as caught:
        write_verified(tmp_path, NAME, produce, calls=CountedCalls(1, failure))
    assert caught.value.code == f"destination.{cause}"


class BadStick(FileCalls):
    """Takes every byte and stores another; its own name for what it damages."""

    def __init__(self, after: str) -> None:
        self.after = after

    def _spoil(self, path: Path) -> None:
        with path.open("r+b") as file:
            file.seek(-1, 2)
            file.write(b"?")

    def open(self, path: Path) -> int:
        if self.after == "write" and path.suffix == ".part":
            self._spoil(path)
        return super().open(path)

    def replace(self, source: Path, target: Path) -> None:
        super().replace(source, target)
        if self.after == "replace":
            self._spoil(target)


def test_a_stick_that_stores_other_bytes_costs_nothing(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(OLD)
    with pytest.raises(DestinationFailed, match="違いました"):
        write_verified(tmp_path, NAME, produce, calls=BadStick("write"))
    assert [file.name for file in tmp_path.iterdir()] == [NAME]
    assert (tmp_path / NAME).read_bytes() == OLD


def test_a_file_that_changed_with_its_name_is_not_left_to_be_trusted(tmp_path: Path) -> None:
    with pytest.raises(DestinationFailed, match="違いました"):
        write_verified(tmp_path, NAME, produce, calls=BadStick("replace"))
    assert not list(tmp_path.iterdir())


def test_stopping_at_any_moment_changes_nothing(tmp_path: Path) -> None:
    (tmp_path / NAME).write_bytes(OLD)
    asked: list[bool] = []
    write_verified(tmp_path, "probe", produce, cancelled=lambda: bool(asked.append(True)))
    (tmp_path / "probe").unlink()
    assert len(asked) > 6
    for moment in range(len(asked)):
        answers = iter([False] * moment + [True] * len(asked))
        with pytest.raises(Cancelled):
            write_verified(tmp_path, NAME, produce, cancelled=lambda answers=answers: next(answers))
        assert [file.name for file in tmp_path.iterdir()] == [NAME]
        assert (tmp_path / NAME).read_bytes() == OLD


def test_a_failed_write_wins_over_what_a_library_makes_of_it(tmp_path: Path) -> None:
    def hide(out: BinaryIO) -> None:
        try:
            out.write(b"x")
        except OSError as error:
            raise RuntimeError("something went wrong") from error

    with pytest.raises(DestinationFailed, match="空きが足りません"):
        write_verified(tmp_path, NAME, hide, calls=CountedCalls(1, raises(errno.ENOSPC)))


def test_a_failed_write_that_a_library_swallows_is_still_a_failure(tmp_path: Path) -> None:
    def swallow(out: BinaryIO) -> None:
        try:
            out.write(b"x")
        except OSError:
            out.write(b"y")

    with pytest.raises(DestinationFailed, match="空きが足りません"):
        write_verified(tmp_path, NAME, swallow, calls=CountedCalls(1, raises(errno.ENOSPC)))
    assert not list(tmp_path.iterdir())


def test_a_bug_in_what_makes_the_file_stays_a_bug_and_leaves_nothing(tmp_path: Path) -> None:
    def broken(out: BinaryIO) -> None:
        out.write(b"x")
        raise KeyError("bug")

    with pytest.raises(KeyError):
        write_verified(tmp_path, NAME, broken)
    assert not list(tmp_path.iterdir())


def test_progress_ends_with_everything_compared(tmp_path: Path) -> None:
    steps: list[tuple[int, int]] = []
    write_verified(tmp_path, NAME, produce, progress=lambda done, total: steps.append((done, total)))
    assert steps[-1] == (len(NEW), len(NEW))


def test_a_path_that_windows_could_not_open_is_refused_before_anything_is_written(tmp_path: Path) -> None:
    deep = tmp_path / ("a" * 120) / ("b" * 100)
    deep.mkdir(parents=True)
    with pytest.raises(DestinationFailed, match="長すぎます"):
        write_verified(deep, NAME, produce)
    assert not list(deep.iterdir())


def test_a_rest_of_an_earlier_try_is_in_nobodys_way(tmp_path: Path) -> None:
    (tmp_path / f"{NAME}.part").write_bytes(b"z" * 1_000_000)
    write_verified(tmp_path, NAME, produce)
    assert [file.read_bytes() for file in tmp_path.iterdir()] == [NEW]


class FullDevice(FileCalls):
    """Sends the bytes to the system's own always-full device."""

    def __init__(self, device: Path) -> None:
        self.device = device

    def create(self, path: Path) -> int:
        return super().create(self.device)


@pytest.mark.parametrize("device", [device for device in [Path("/dev/full")] if device.exists()])
def test_a_medium_the_system_calls_full_is_named_as_full(tmp_path: Path, device: Path) -> None:
    with pytest.raises(DestinationFailed) as caught:
        write_verified(tmp_path, NAME, produce, calls=FullDevice(device))
    assert caught.value.code == "destination.full"
