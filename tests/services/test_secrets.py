"""Every way opens a store; a wrong one is answered alike whichever it was, and costs as much."""

import hashlib
import secrets
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from shakyo_desktop.bootstrap import open_services
from shakyo_desktop.domain.errors import NotReady, StoreInUse, StoreLocked
from shakyo_desktop.services.founding import LockChoice, found_office
from shakyo_desktop.services.known_organisations import FICTIONAL_WARD
from shakyo_desktop.services.replacing import restore_in_place
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.key_slots import KEY_FILE, passphrase_file
from tests.services.test_settings import Ring

WORDS = "はなみずきの咲く通り１２"
RIGHT = {
    "as it was chosen": WORDS,
    "in half width": "はなみずきの咲く通り12",
    "with spaces around": f"  {WORDS}\n",
    "decomposed": "はなみす\u3099きの咲く通り12",
}
WRONG = {
    "nothing": "",
    "almost": "はなみずきの咲く通り13",
    "the beginning": WORDS[:8],
    "one letter": "は",
    "very long": WORDS * 500,
    "half a character": "\ud83d",
    "a sheet of another store": "AGE-SECRET-KEY-1" + "Q" * 58,
    "a sheet cut short": "AGE-SECRET-KEY-1",
    "a sheet in full width": "ＡＧＥ－ＳＥＣＲＥＴ－ＫＥＹ－１ＱＱＱ",
}


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """An office whose store asks, and the text of its sheet."""
    folder = tmp_path_factory.mktemp("secrets") / "ward"
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(passphrase_file, "WORK", 10)
        made = found_office(
            folder, FICTIONAL_WARD, "みほん 事務", LockChoice(frozenset({"passphrase"}), WORDS)
        )
    return folder, made.recovery_identity


@pytest.fixture
def store(founded: tuple[Path, str], tmp_path: Path, quick_passphrases: None) -> Path:
    """A copy of it."""
    shutil.copytree(founded[0], tmp_path / "ward")
    return tmp_path / "ward"


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """How many rounds of scrypt were done, one entry for each time."""
    done: list[int] = []
    real: Callable[..., bytes] = hashlib.scrypt

    def counted(password: bytes, *, n: int, **options: object) -> bytes:
        done.append(n)
        return real(password, n=n, **options)

    monkeypatch.setattr(passphrase_file.hashlib, "scrypt", counted)
    return done


def refusal(folder: Path, secret: str) -> StoreLocked:
    """How a store answers a wrong secret."""
    with pytest.raises(StoreLocked) as refused:
        open_services(folder, lambda: secret)
    return refused.value


@pytest.mark.parametrize("typed", RIGHT.values(), ids=RIGHT)
def test_a_passphrase_opens_however_it_is_typed(store: Path, typed: str) -> None:
    services = open_services(store, lambda: typed)
    services.close()
    services.open_again(typed)
    assert services.settings.identity().org == FICTIONAL_WARD
    services.close()


def test_the_sheet_opens_in_any_width_at_the_start_and_when_locked(
    store: Path, founded: tuple[Path, str]
) -> None:
    wide = "".join(chr(ord(letter) + 0xFEE0) for letter in founded[1])
    services = open_services(store, lambda: wide)
    services.close()
    services.open_again(f" {founded[1].lower()} ")
    services.close()


@pytest.mark.parametrize("portable", ["passphrase and sheet", "sheet alone"])
def test_every_wrong_secret_gets_the_same_answer_for_the_same_work(
    store: Path, work: list[int], portable: str
) -> None:
    if portable == "sheet alone":
        [slot] = [one for one in key_slots.list_slots(store) if one.way == "passphrase"]
        key_slots.remove(store, slot.id)
    answers = {(refusal(store, secret).message, refusal(store, secret).code) for secret in WRONG.values()}
    assert len(answers) == 1
    [(message, code)] = answers
    assert code == "store.locked"
    assert not any(hint in message for hint in ("文字", "長", "復旧", "シート", "合い言葉"))
    assert work == [1 << 10] * 2 * len(WRONG)


def test_a_hundred_wrong_tries_lock_nobody_out(store: Path, work: list[int]) -> None:
    refusal(store, "")
    before = {path: path.read_bytes() for path in sorted(store.rglob("*")) if path.is_file()}
    for _ in range(100):
        refusal(store, secrets.token_hex(8))
    assert len(work) == 101
    assert {path: path.read_bytes() for path in sorted(store.rglob("*")) if path.is_file()} == before
    open_services(store, lambda: WORDS).close()


def test_a_real_try_costs_what_age_asks_for() -> None:
    assert passphrase_file.WORK == 18


def test_a_wrong_secret_leaves_a_locked_store_locked_and_free(store: Path) -> None:
    services = open_services(store, lambda: WORDS)
    services.close()
    with pytest.raises(StoreLocked):
        services.open_again("ちがう言葉です")
    with pytest.raises(StoreLocked, match="閉じてあります"):
        services.settings.text_size()
    other = open_services(store, lambda: WORDS)
    with pytest.raises(StoreInUse):
        services.open_again(WORDS)
    other.close()
    assert services.open_again(WORDS) in (True, False)
    services.close()


def test_a_locked_store_is_not_opened_by_what_whoever_sits_there_has(
    store: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = Ring()
    for module in ("ways", "opening"):
        monkeypatch.setattr(f"shakyo_desktop.storage.key_slots.{module}.platform_key_ring", lambda: ring)
    services = open_services(store, lambda: WORDS)
    assert services.idle_lock.asks()
    services.settings.use_key_ring()
    assert not services.idle_lock.asks()
    with pytest.raises(NotReady, match="守りになりません"):
        services.idle_lock.choose(5)
    services.settings.use_key_file()
    services.close()
    with pytest.raises(StoreLocked):
        services.open_again("")
    open_services(store).close()
    services.open_again(WORDS)
    services.settings.ask_at_start()
    services.idle_lock.choose(5)
    assert services.idle_lock.minutes() == 5
    services.close()
    assert not (store / KEY_FILE).exists()
    assert ring.kept == {}


def test_some_way_that_opens_elsewhere_always_stays(store: Path) -> None:
    services = open_services(store, lambda: WORDS)
    services.settings.use_key_file()
    services.settings.remove_passphrase()
    [sheet] = [one for one in key_slots.list_slots(store) if one.way == "recovery"]
    with pytest.raises(NotReady):
        key_slots.remove(store, sheet.id)
    with pytest.raises(NotReady):
        services.settings.ask_at_start()
    services.close()
    assert {one.way for one in key_slots.list_slots(store)} == {"recovery", "key_file"}


def test_files_set_aside_by_a_restored_copy_are_as_protected_as_the_new_ones(
    store: Path, founded: tuple[Path, str]
) -> None:
    services = open_services(store, lambda: WORDS)
    services.settings.use_key_file()
    copy = services.backup.backup(store.parent / "copy.hikae").path
    key = services.context.database.key
    services.close()
    restore_in_place(copy, store, WORDS, LockChoice(frozenset({"passphrase"}), WORDS))
    assert not [path for path in store.rglob("*") if path.is_file() and key in path.read_bytes()]
    [aside] = store.glob("before-*")
    open_services(aside, lambda: founded[1]).close()
    open_services(store, lambda: WORDS).close()
