"""The file of a 控え: what was put in comes out, and nothing else is taken for one."""

import io
import zipfile

import pytest

from shakyo_desktop.domain.errors import FileUnreadable
from shakyo_desktop.services.copy_file import open_copy, write_copy


@pytest.fixture
def store(tmp_path):
    path = tmp_path / "source.db"
    path.write_bytes(bytes(range(256)) * 20)
    return path


def copy_of(store) -> bytes:
    out = io.BytesIO()
    write_copy(out, store, b'{"slots": []}', "2026-11-22T01:00:00Z", "1.0")
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
    write_copy(out, store, b"{}", "", "")
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
