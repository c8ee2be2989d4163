"""引き継ぐ: a successor's store from a predecessor's handover copy, with a store key and keys of its own.

Nothing that opened the predecessor's store or the copy opens this one: it is encrypted with a new key whose
only slots are the successor's (package-format.md, "Handover and new computers").
"""

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import BadInput, FileUnreadable, NotSaved, StoreLocked
from shakyo_desktop.domain.handover import CODE_DIGITS, read_code
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.text import repair_text
from shakyo_desktop.exchange.keys import Mailbox
from shakyo_desktop.services.context import utc_now
from shakyo_desktop.services.copy_file import COPY_SUFFIX, HANDOVER, damaged_copy, open_copy
from shakyo_desktop.services.locks import LockChoice, add_ways, checked_passphrase
from shakyo_desktop.services.new_store import refuse_existing
from shakyo_desktop.services.own_keys import NEXT, keep_own_keys, make_sheet, new_own_keys
from shakyo_desktop.services.putting_in_place import RESTORING, fresh_folder, put_in_place
from shakyo_desktop.services.restoring import drop_older_form, moment_of, unpack_copy
from shakyo_desktop.services.succession import HANDED_OVER, TAKEN_OVER
from shakyo_desktop.services.workshop import workshop
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.database import DATABASE_FILE, Database
from shakyo_desktop.storage.stores import Stores

_NO_ROOM = (
    "引き継ぐデータを入れる場所がありません。まだ何も変えていません。USBメモリのファイルは無事です。\n"
    "ディスクの空きを増やしてから、もう一度行ってください。"
)
_HALF_WAY = (
    "引き継いだデータを置く途中で止まりました。USBメモリのファイルは無事です。\n"
    "このプログラムを一度閉じて、もう一度開いてください。続きから行います。"
)
_OTHER_FILE = (
    "これは引継ぎのファイルではありません。まだ何も変えていません。\n"
    "前の担当者が「設定・控え」の「引継ぎ」で作ったファイルを選んでください。\n"
    "ふつうの控えは、はじめの画面の「控えから戻す」で使えます。"
)
_NOT_THE_FORM = (
    f"合い言葉は数字{CODE_DIGITS}けたです。まだ何も変えていません。\n"
    "「引継ぎの合い言葉」の紙を見て、もう一度入力してください。"
)
_WRONG = (
    "その合い言葉では、このファイルは開きません。まだ何も変えていません。USBメモリのファイルは無事です。\n"
    "紙と4けたずつ見くらべて、もう一度入力してください。入力した文字は残っています。"
)
_FORGOTTEN = (
    *("recovery_confirmed_at", "restored", "check_numbers", "idle_minutes"),
    *("copies", "copy_place", "copy_advice_put_aside", NEXT, HANDED_OVER),
)
"""Settings that are true of the predecessor's installation alone."""


@dataclass(frozen=True, slots=True)
class FoundHandover:
    """A handover copy that lies on a stick; ``made_at`` in UTC."""

    path: Path
    made_at: datetime


@dataclass(frozen=True, slots=True)
class TakenOver:
    """A successor's store. The recovery identity is printed and typed back before anything else is done."""

    org: str
    name: str
    made_at: datetime
    predecessor: str
    recovery_identity: str = field(repr=False)
    recovery_sheet_pdf: bytes = field(repr=False)


def find_handovers(places: Iterable[Path]) -> tuple[FoundHandover, ...]:
    """The handover copies on these drives and in their folders, newest first; other files are left out."""
    found = {one.path: one for place in places for one in _handovers_in(place)}
    return tuple(sorted(found.values(), key=lambda one: one.made_at, reverse=True))


def read_handover(file: Path) -> FoundHandover:
    """What a handover copy says about itself without being opened.

    Raises:
        FileUnreadable: it is no copy, or is damaged.
        BadInput: it is a copy, but not made for a handover (``copy.no_handover``).
    """
    with open_copy(file) as copy:
        if copy.label.reason != HANDOVER:
            raise BadInput(_OTHER_FILE, code="copy.no_handover")
        return FoundHandover(file, moment_of(copy))


def is_handover(file: Path) -> bool:
    """Whether a file is a copy made for a handover.

    Raises:
        FileUnreadable: it is no copy, or is damaged.
    """
    with open_copy(file) as copy:
        return copy.label.reason == HANDOVER


def check_code(file: Path, typed: str, data_dir: Path) -> None:
    """Return when the typed digits open the copy (about a second); nothing is made.

    Args:
        data_dir: where the copy's slots are put for that moment.

    Raises:
        BadInput: these are not 24 digits.
        StoreLocked: they do not open it; why is not said.
        FileUnreadable: as ``read_handover``.
        StoreMissing: the folder holds a store already (``store.exists``).
        NotSaved: there is no room.
    """
    read_handover(file)
    refuse_existing(data_dir)
    with open_copy(file) as copy, workshop(data_dir) as work:
        try:
            (work / key_slots.SLOTS_FILE).write_bytes(copy.slots())
        except OSError as error:
            raise NotSaved(_NO_ROOM) from error
        copy.check_code(_key(work, typed))


def take_over(
    file: Path,
    data_dir: Path,
    typed: str,
    person_name: str,
    locks: LockChoice,
    clock: Callable[[], datetime] = utc_now,
) -> TakenOver:
    """Make the successor's store in a folder that holds none; on any failure nothing is left behind.

    Args:
        typed: the 24 digits of the page 「引継ぎの合い言葉」, as typed.
        locks: the ways the new store opens beside its own recovery sheet.

    Raises:
        BadInput, StoreLocked, FileUnreadable: as ``check_code``; BadInput also for a short passphrase.
        StoreMissing: the folder holds a store already (``store.exists``).
        StoreLocked: this computer has no key ring that works (``store.no_key_ring``).
        StoreTooNew: the predecessor's program is newer.
        NotSaved: there is no room.
    """
    refuse_existing(data_dir)
    if "passphrase" in locks.kinds:
        checked_passphrase(locks.passphrase)
    read_handover(file)
    now = clock().replace(microsecond=0)
    fresh = fresh_folder(data_dir, RESTORING, now)
    try:
        taken = _build(fresh, file, typed, person_name, locks, now)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
    try:
        aside = put_in_place(fresh)
    except OSError as error:  # finished at the next start
        raise NotSaved(_HALF_WAY) from error
    with suppress(OSError):
        aside.rmdir()
    return taken


def _build(
    fresh: Path, file: Path, typed: str, person_name: str, locks: LockChoice, now: datetime
) -> TakenOver:
    """The successor's store in a folder of its own, encrypted anew."""
    try:
        fresh.mkdir(mode=0o700)
    except OSError as error:
        raise NotSaved(_NO_ROOM) from error
    with open_copy(file) as copy:
        made_at = moment_of(copy)
        unpack_copy(copy, fresh)
        key = _key(fresh, typed)
        copy.check_code(key)
    new_key, recovery = key_slots.new_key(), Mailbox.generate()
    with Database.open(fresh / DATABASE_FILE, key) as database:
        if database.integrity_problems():
            raise damaged_copy()
        with database.transaction() as stores:
            own, before = _begin_anew(stores, recovery, person_name, made_at, now)
    drop_older_form(fresh)
    Database.change_key(fresh / DATABASE_FILE, key, new_key)
    (fresh / key_slots.SLOTS_FILE).unlink()
    key_slots.create_slots(fresh, new_key)
    key_slots.add_recovery(fresh, new_key, recovery.recipient)
    add_ways(fresh, new_key, locks)
    sheet = make_sheet(own, recovery, now)
    return TakenOver(own.code, own.name, made_at, before, recovery.identity, sheet.pdf)


def _begin_anew(
    stores: Stores, recovery: Mailbox, person_name: str, made_at: datetime, now: datetime
) -> tuple[Organisation, str]:
    """Give the store new keys and its new person; returns the district and the predecessor's name."""
    own = stores.organisations.get(str(stores.settings.get("org")))
    if own.kind is not OrganisationKind.DISTRICT:
        raise BadInput(_OTHER_FILE, code="copy.no_handover")
    before = str(stores.settings.get("person_name", ""))
    stores.keys.forget_own()
    keep_own_keys(stores, new_own_keys(own.code, recovery), now)
    for name in _FORGOTTEN:
        stores.settings.remove(name)
    stores.settings.set("person_name", repair_text(person_name, multiline=False).strip())
    stores.settings.set(
        TAKEN_OVER, {"at": now.isoformat(), "made_at": made_at.isoformat(), "predecessor": before}
    )
    return own, before


def _key(folder: Path, typed: str) -> bytes:
    code = read_code(typed)
    if code is None:
        raise BadInput(_NOT_THE_FORM, code="handover.form")
    try:
        return key_slots.open_with_passphrase(folder, code)
    except StoreLocked as error:
        raise StoreLocked(_WRONG) from error


def _handovers_in(place: Path) -> Iterator[FoundHandover]:
    for pattern in (f"*{COPY_SUFFIX}", f"*/*{COPY_SUFFIX}"):
        try:
            paths = sorted(place.glob(pattern))
        except OSError:  # the stick was pulled
            return
        for path in paths:
            try:
                yield read_handover(path)
            except (BadInput, FileUnreadable, OSError):
                continue
