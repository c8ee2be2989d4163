"""こわれたデータから読めるものを取り出す: every readable row in a new store, the rest from the newest 控え.

The damaged files are only read. The new store lies in a folder of its own until somebody decides.
"""

import logging
import shutil
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from shakyo_desktop.domain.codes import KeyState, OrganisationKind
from shakyo_desktop.domain.copies import Generation
from shakyo_desktop.domain.errors import (
    FileUnreadable,
    NotFound,
    NotSaved,
    StoreDamaged,
    StoreLocked,
)
from shakyo_desktop.domain.keeping import SIGNING
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.services.context import utc_now
from shakyo_desktop.services.copy_file import open_copy
from shakyo_desktop.services.generation_files import list_generations
from shakyo_desktop.services.new_store import refuse_existing, taken_away_on_failure
from shakyo_desktop.services.opening import store_key
from shakyo_desktop.services.own_keys import keep_own_keys, new_own_keys, own_keys
from shakyo_desktop.services.own_sequence import jump_ahead
from shakyo_desktop.services.putting_in_place import SALVAGING, fresh_folder, is_on_its_way, put_in_place
from shakyo_desktop.services.restoring import unpack_copy
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.database import DATABASE_FILE, Database
from shakyo_desktop.storage.salvaging import TableCount, salvage
from shakyo_desktop.storage.store_lock import StoreLock
from shakyo_desktop.storage.stores import Stores

log = logging.getLogger("shakyo_desktop.store")

KINDS = {
    "activities": "活動記録",
    "item_statuses": "取組項目の記入",
    "photos": "写真",
    "good_practices": "成果事例",
    "submissions": "提出・受け取った報告",
    "replies": "返事",
    "held": "確かめを待つファイル",
    "organisations": "名簿",
    "keyed_boxes": "紙から入力した欄",
    "history": "変更の履歴",
}
"""The tables that a person knows, and what they are called; all others together are ``OTHERS``."""
OTHERS = "そのほか（設定・計画・写真やファイルの中身など）"

_CHAIN = frozenset({"sequences", "evidence", "submissions", "setups", "own_keys"})
_CHAIN_OF_OFFICE = _CHAIN | {"receipt_numbers", "replies", "settings"}
"""Tables with the numbers of what was given out; a gap in one, and the numbers known may be too low."""
_FROM_COPY = "控えのときの登録です。差出人に確かめ、よければ「見つかった」を押してください。"
_WORK = "work"
_TOO_LITTLE = (
    "こわれたデータからは、この地区部会や事務所が分かるだけのものを読めませんでした。\n"
    "こわれたファイルはそのまま残してあります。\n控えから戻してください。"
)

Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class KindCount:
    """How many of a kind of record there were, were saved, and came from the 控え in an older state.

    ``known`` is False when the damage hides how many there were.
    """

    words: str
    found: int
    saved: int
    from_copy: int
    known: bool

    @property
    def lost(self) -> int:
        """How many are in neither, as far as anybody knows."""
        return max(0, self.found - self.saved - self.from_copy)

    @property
    def is_whole(self) -> bool:
        """Whether everything is there as it was."""
        return self.known and self.saved >= self.found

    def line(self) -> str:
        """The count as one reads it: 「活動記録　210件中208件（1件は控えから）」."""
        if not self.known:
            line = f"{self.words}　{self.saved}件（何件あったかは分かりません）"
        else:
            line = f"{self.words}　{self.found}件中{self.saved}件"
        return f"{line}、控えから{self.from_copy}件" if self.from_copy else line


@dataclass(frozen=True, slots=True)
class Salvaged:
    """A new store in ``folder`` that nobody uses yet, and what is in it. ``copy_at``: of the 控え (UTC).

    ``new_keys``: it is a new registration for the office, as after restoring a copy. ``stopped``: how many
    registrations are as the 控え knew them and suspended, since they may have ended after it was made.
    """

    folder: Path
    org: str
    name: str
    kinds: tuple[KindCount, ...]
    copy_at: datetime | None
    new_keys: bool
    stopped: int = 0

    @property
    def is_whole(self) -> bool:
        """Whether nothing is lost and nothing is older than it was."""
        return all(kind.is_whole for kind in self.kinds)

    def message(self) -> str:
        """What happened, what is missing, what to do next."""
        lines = [
            f"{self.name} のデータから、読めるものを取り出しました。",
            "こわれたファイルはそのまま残してあります。",
        ]
        if self.is_whole:
            lines.append("失われたものはありません。")
        else:
            lines.append(
                "数が足りないものは、失われたか、控えのときの内容に戻っています。書き足してください。"
            )
        if self.stopped:
            lines.append(
                f"控えから戻した登録{self.stopped}件は、そのあとに終わっているかもしれないので、停止にしました。"
                "「登録の確認」の「登録の一覧」で選び、差出人に確かめて、よければ「見つかった」を押してください。"
            )
        if self.new_keys:
            lines.append(
                "このパソコンは新しい登録になります。"
                "次の提出のとき、送付票の確認番号を事務所に確かめてもらってください。"
            )
        return "\n".join(lines)


def salvage_store(
    data_dir: Path,
    new_dir: Path,
    secret: str | None = None,
    clock: Callable[[], datetime] = utc_now,
    progress: Progress = lambda words, done, total: None,
    stop: Callable[[], None] = lambda: None,
) -> Salvaged:
    """Make a new store of what is readable in a damaged one; on any failure nothing is left behind.

    It opens as the damaged one did. What is lost is taken from the newest good automatic 控え.

    Args:
        new_dir: a folder that holds no store.
        stop: called often; raises what ends the work.

    Raises:
        StoreMissing, StoreLocked, StoreInUse: as for opening; ``store.exists`` for ``new_dir``.
        StoreDamaged: too little is readable.
        NotSaved: there is no room.
    """
    with _nobody_else(data_dir):
        key = store_key(data_dir, None if secret is None else lambda: secret)
        refuse_existing(new_dir)
        work = new_dir / _WORK
        now = clock().replace(microsecond=0)
        with taken_away_on_failure(new_dir), _workshop(work):
            copy, generation = _newest_copy(data_dir, work, key, now)
            stop()
            store, tables = salvage(data_dir / DATABASE_FILE, key, work, copy, _told(progress), stop)
            _take_ways_along(data_dir, new_dir)
            store.replace(new_dir / DATABASE_FILE)
            own, new_keys, stopped = _begin_again(new_dir, key, tables, now)
    log.info("salvaged %d of %d rows", sum(t.saved for t in tables), sum(t.found for t in tables))
    at = generation.at if generation else None
    return Salvaged(new_dir, own.code, own.name, _kinds(tables), at, new_keys, stopped)


def salvage_beside(
    data_dir: Path,
    secret: str | None = None,
    clock: Callable[[], datetime] = utc_now,
    progress: Progress = lambda words, done, total: None,
    stop: Callable[[], None] = lambda: None,
) -> Salvaged:
    """The same in a folder beside the damaged store, to look at and to ``use`` or ``drop``; raises as it."""
    for rest in data_dir.glob(f"{SALVAGING}*"):
        if not is_on_its_way(rest):  # else the next start finishes it
            drop(rest)
    folder = fresh_folder(data_dir, SALVAGING, clock())
    try:
        return salvage_store(data_dir, folder, secret, clock, progress, stop)
    except BaseException:
        drop(folder)
        raise


def newest_copies(data_dir: Path) -> tuple[Generation, ...]:
    """The good automatic copies of a data folder, newest first; needs no key."""
    return tuple(one for one in list_generations(data_dir) if one.is_good)


def use(salvaged: Salvaged) -> Path:
    """Put what was salvaged in the damaged store's place; return the folder where the old files lie now.

    Raises:
        StoreInUse: another window has opened the damaged store meanwhile.
        NotSaved: the files could not be moved; the next start finishes it.
    """
    try:
        with _nobody_else(salvaged.folder.parent):
            return put_in_place(salvaged.folder)
    except OSError as error:
        raise NotSaved(
            "取り出したデータを置きかえられませんでした。こわれたデータも、取り出したデータも残っています。\n"
            "このプログラムを一度閉じてから、もう一度開いてください。"
        ) from error


def drop(folder: Path) -> None:
    """Take away what was salvaged and is not wanted."""
    shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _nobody_else(data_dir: Path) -> Iterator[None]:
    """Keep other processes out, where the folder can be written at all."""
    lock = StoreLock(data_dir)
    with suppress(NotSaved):
        lock.acquire()
    try:
        yield
    finally:
        lock.release(used=False)


@contextmanager
def _workshop(folder: Path) -> Iterator[None]:
    try:
        folder.mkdir(mode=0o700)
    except OSError as error:
        raise NotSaved(
            "取り出したものを置く場所がありません。こわれたデータはそのまま残してあります。\n"
            "ディスクの空きを増やしてから、もう一度押してください。"
        ) from error
    try:
        yield
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _newest_copy(
    data_dir: Path, work: Path, key: bytes, now: datetime
) -> tuple[Path | None, Generation | None]:
    """The store inside the newest good automatic copy with the same key, unpacked; no key in it counts."""
    for generation in newest_copies(data_dir):
        folder = work / "copy"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        with suppress(FileUnreadable, StoreDamaged, StoreLocked):
            with open_copy(generation.path) as copy:
                copy.check_code(key)
                unpack_copy(copy, folder)
            with Database.open(folder / DATABASE_FILE, key) as database:
                if not database.integrity_problems():
                    with database.transaction() as stores:
                        _suspend_all(stores, now)
                    return folder / DATABASE_FILE, generation
    return None, None


def _suspend_all(stores: Stores, now: datetime) -> None:
    """A key may have been stopped or ended since: what comes from here waits until a person has asked."""
    for one in stores.keys.registrations(states=(KeyState.ACTIVE, KeyState.EXPIRED)):
        stopped = replace(one, state=KeyState.SUSPENDED, changed_at=now, note=_FROM_COPY)
        stores.keys.save(stopped, "", now, _FROM_COPY)


def _told(progress: Progress) -> Callable[[str, int, int], None]:
    return lambda table, done, total: progress(KINDS.get(table, "そのほか"), done, total)


def _take_ways_along(data_dir: Path, new_dir: Path) -> None:
    """The new store has the same key, and opens by the same ways."""
    try:
        for name in (key_slots.SLOTS_FILE, key_slots.SPARE_FILE, key_slots.KEY_FILE):
            if (data_dir / name).exists():
                shutil.copyfile(data_dir / name, new_dir / name)
    except OSError as error:
        raise NotSaved(_TOO_LITTLE) from error


def _begin_again(
    new_dir: Path, key: bytes, tables: Sequence[TableCount], now: datetime
) -> tuple[Organisation, bool, int]:
    """Whose store it is; a chain of packages with gaps is not gone on with, and no old key counts again."""
    with Database.open(new_dir / DATABASE_FILE, key) as database:
        if database.integrity_problems():
            raise StoreDamaged(_TOO_LITTLE)
        with database.transaction() as stores:
            own = stores.organisations.find(_own_code(stores))
            if own is None:
                raise StoreDamaged(_TOO_LITTLE)
            chain = _CHAIN if own.kind is OrganisationKind.DISTRICT else _CHAIN_OF_OFFICE
            broken = any(one.table in chain and not (one.known and one.saved >= one.found) for one in tables)
            return own, broken and _new_chain(stores, own, now), _note_suspended(stores, now)


def _note_suspended(stores: Stores, now: datetime) -> int:
    """Write into the log why a registration from the copy is suspended; how many there are."""
    came = [
        one
        for one in stores.keys.registrations(states=(KeyState.SUSPENDED,))
        if (one.changed_at, one.note) == (now, _FROM_COPY)
    ]
    for one in came:
        stores.keys.save(one, "", now, _FROM_COPY)
    return len(came)


def _own_code(stores: Stores) -> str:
    """The code of whose store this is; when the settings are lost, of whom the keys are."""
    code = str(stores.settings.get("org", ""))
    owners = [key.org for key in stores.keys.own(SIGNING)]
    if code or not owners:
        return code
    own = stores.organisations.find(owners[0])
    if own is not None:
        known = {"org": own.code, "role": own.kind.value, "office": own.parent, "practice": False}
        for name, value in known.items():
            stores.settings.set(name, value)
    return owners[0]


def _new_chain(stores: Stores, own: Organisation, now: datetime) -> bool:
    """A district goes on as a new installation, an office 1,000 numbers higher; whether keys are new.

    As after restoring a copy (package-format.md, "Handover and new computers").
    """
    keys = None
    with suppress(NotFound, ValueError):
        keys = own_keys(stores)
    if own.kind is OrganisationKind.DISTRICT:
        stores.keys.forget_own()
        keep_own_keys(stores, new_own_keys(own.code, keys.recovery if keys else None), now)
        return True
    if keys is None:
        raise StoreDamaged(_TOO_LITTLE)
    jump_ahead(stores, keys.signing.fingerprint, own.code, now)
    return False


def _kinds(tables: Sequence[TableCount]) -> tuple[KindCount, ...]:
    """What a person knows, in the order of ``KINDS``, and the rest together; empty kinds are left out."""
    by_name = {one.table: one for one in tables}
    named = [_kind(KINDS[name], [by_name[name]]) for name in KINDS if name in by_name]
    rest = _kind(OTHERS, [one for one in tables if one.table not in KINDS])
    return tuple(one for one in (*named, rest) if one.found or one.from_copy)


def _kind(words: str, tables: Sequence[TableCount]) -> KindCount:
    return KindCount(
        words,
        sum(one.found for one in tables),
        sum(one.saved for one in tables),
        sum(one.from_copy for one in tables),
        all(one.known for one in tables),
    )
