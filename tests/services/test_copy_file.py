"""The file of a 控え: what was put in comes out, and nothing else is taken for one."""

import io
import os
import zipfile

import pytest

from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.errors import FileUnreadable
from shakyo_desktop.services.copy_file import open_copy, write_copy
from shakyo_desktop.services.generations import list_generations
from shakyo_desktop.services.taking_over import find_handovers

KEY = bytes(range(32))


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "source.db"
    path.write_bytes(bytes(range(256)) * 20)
    return path


def copy_of(store) -> bytes:
    out = io.BytesIO()
    write_copy(out, store, b'{"slots": []}', KEY, "2026-11-22T01:00:00Z", "1.0")
    return out.getvalue()


def test_a_copy_gives_back_the_store_and_its_slots(store, tmp_path):
    path = tmp_path / "a.hikae"
    path.write_bytes(copy_of(store))
    with open_copy(path) as copy:
        assert copy.label.made_at == "2026-11-22T01:00:00Z"
        assert copy.slots() == b'{"slots": []}'
        copy.take_store(tmp_path / "out.db")
    assert (tmp_path / "out.db").read_bytes() == store.read_bytes()


def test_a_copy_can_be_written_to_a_stream_that_only_goes_forward(store, tmp_path):
    class Forward(io.RawIOBase):
        def __init__(self) -> None:
            self.data = bytearray()

        def writable(self):
            return True

        def write(self, data):
            self.data += data
            return len(data)

    out = Forward()
    write_copy(out, store, b"{}", KEY, "", "")
    path = tmp_path / "b.hikae"
    path.write_bytes(out.data)
    with open_copy(path) as copy:
        copy.take_store(tmp_path / "out.db")


def test_any_changed_byte_of_the_store_is_noticed(store, tmp_path):
    data = bytearray(copy_of(store))
    data[data.index(bytes(range(256))) + 5] ^= 1
    path = tmp_path / "c.hikae"
    path.write_bytes(data)
    with open_copy(path) as copy, pytest.raises(FileUnreadable):
        copy.take_store(tmp_path / "out.db")


def other_zip() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", "a")
    return out.getvalue()


@pytest.mark.parametrize("data", [b"", b"hello", other_zip()], ids=["empty", "text", "another zip"])
def test_another_file_is_not_taken_for_a_copy(data, tmp_path):
    path = tmp_path / "d.hikae"
    path.write_bytes(data)
    with pytest.raises(FileUnreadable) as caught, open_copy(path):
        pass
    assert "控えではありません" in caught.value.message


def test_a_copy_that_was_cut_short_is_refused(store, tmp_path):
    path = tmp_path / "e.hikae"
    path.write_bytes(copy_of(store)[:-200])
    with pytest.raises(FileUnreadable), open_copy(path):
        pass


def test_a_file_that_is_not_there_says_what_to_do(tmp_path):
    with pytest.raises(FileUnreadable) as caught, open_copy(tmp_path / "none.hikae"):
        pass
    assert "もう一度選んでください" in caught.value.message


def parts_of(store) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(copy_of(store))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], how: int = zipfile.ZIP_STORED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return out.getvalue()


def refused(path, data: bytes) -> str:
    path.write_bytes(data)
    with pytest.raises(FileUnreadable) as refusal, open_copy(path) as copy:
        copy.check()
    return refusal.value.message


def test_a_label_of_brackets_is_refused(store, tmp_path):
    parts = parts_of(store) | {"copy.json": b"[" * 60_000}
    assert "こわれています" in refused(tmp_path / "deep.hikae", packed(parts))


@pytest.mark.parametrize("how", [zipfile.ZIP_DEFLATED, zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_a_copy_packed_in_another_way_is_none_of_ours(store, tmp_path, how):
    assert "控えではありません" in refused(tmp_path / "packed.hikae", packed(parts_of(store), how))


def test_a_directory_that_would_begin_before_the_file_is_refused(store, tmp_path):
    data = bytearray(copy_of(store))
    data[-10:-6] = b"\xff\xff\xff\x7f"  # the directory's size in the last record
    assert "控えではありません" in refused(tmp_path / "wrong.hikae", bytes(data))


def test_a_stick_that_is_gone_while_a_copy_is_read_is_no_damage(store, tmp_path, monkeypatch):
    def gone(*_: object) -> bytes:
        raise OSError(5, "Input/output error")

    path = tmp_path / "a.hikae"
    path.write_bytes(copy_of(store))
    with open_copy(path) as copy:
        monkeypatch.setattr(zipfile.ZipExtFile, "read", gone)
        with pytest.raises(FileUnreadable, match="USBメモリが差してあるか"):
            copy.check()


def test_a_full_disk_while_a_copy_is_taken_apart_is_no_damage(store, tmp_path):
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    path = tmp_path / "a.hikae"
    path.write_bytes(copy_of(store))
    with open_copy(path) as copy, pytest.raises(OSError, match="No space"):
        copy._read_store(full, lambda: None)


def labelled(store, path, made_at="2026-11-22T01:00:00Z", **besides):
    with path.open("wb") as out:
        write_copy(out, store, b'{"slots": []}', KEY, made_at, "1.0", {"reason": "handover", **besides})
    return path


def test_a_label_with_a_number_beyond_all_numbers_is_damaged(store, tmp_path):
    path = labelled(store, tmp_path / "a.hikae", mark=float("inf"))
    with pytest.raises(FileUnreadable), open_copy(path):
        pass


def test_a_strange_stick_stops_neither_the_search_for_a_handover_nor_the_list_of_copies(store, tmp_path):
    labelled(store, tmp_path / "a.hikae", mark=float("inf"))
    labelled(store, tmp_path / "b.hikae", made_at="9999-12-31T23:59:59Z")
    (tmp_path / "000001-00010101-0000-1a2b3c4d.hikae").write_bytes(b"")
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "c.hikae")  # nobody will ever write to it
    good = labelled(store, tmp_path / "d.hikae")
    assert [one.path for one in find_handovers([tmp_path])] == [good]
    for one in list_generations(tmp_path / "data", tmp_path):
        assert era_timestamp(one.at)
