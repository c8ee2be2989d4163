"""age files for a passphrase: the same as age's own, refused when anything in them differs."""

import threading

import pyrage
import pytest

from shakyo_desktop.storage.key_slots import passphrase_file

KEY = bytes(range(32))
WORDS = "みほん東の合い言葉"


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """The work factor is in the file; a small one is opened by the same code."""
    monkeypatch.setattr(passphrase_file, "WORK", 10)


def test_age_opens_what_we_seal() -> None:
    assert pyrage.passphrase.decrypt(passphrase_file.seal(KEY, WORDS), WORDS) == KEY


def test_we_open_what_age_seals() -> None:
    assert passphrase_file.open_sealed(pyrage.passphrase.encrypt(KEY, WORDS), WORDS) == KEY


def test_another_passphrase_opens_nothing() -> None:
    with pytest.raises(pyrage.DecryptError):
        passphrase_file.open_sealed(passphrase_file.seal(KEY, WORDS), "みほん西の合い言葉")


def test_no_changed_byte_is_accepted() -> None:
    sealed = passphrase_file.seal(KEY, WORDS)
    for at in range(len(sealed)):
        changed = sealed[:at] + bytes([sealed[at] ^ 1]) + sealed[at + 1 :]
        with pytest.raises(pyrage.DecryptError):
            passphrase_file.open_sealed(changed, WORDS)


@pytest.mark.parametrize("cut", [0, 30, 100, 150, -1])
def test_a_file_that_was_cut_is_refused(cut: int) -> None:
    with pytest.raises(pyrage.DecryptError):
        passphrase_file.open_sealed(passphrase_file.seal(KEY, WORDS)[:cut], WORDS)


def test_a_file_that_asks_for_hours_of_work_is_refused_at_once() -> None:
    sealed = passphrase_file.seal(KEY, WORDS).replace(b" 10\n", b" 30\n")
    with pytest.raises(pyrage.DecryptError):
        passphrase_file.open_sealed(sealed, WORDS)


def test_other_threads_run_while_a_passphrase_is_tried(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(passphrase_file, "WORK", 16)
    sealed = passphrase_file.seal(KEY, WORDS)
    work = threading.Thread(target=passphrase_file.open_sealed, args=(sealed, WORDS))
    turns = 0
    work.start()
    while work.is_alive():
        turns += 1
    assert turns > 1000  # a window whose thread holds still for the whole time gets none
