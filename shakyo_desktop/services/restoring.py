"""From a 控え back to a store, in a new folder.

A restored district is a new installation with new keys; a restored office keeps its keys and goes on
with numbers 1,000 higher (package-format.md, "Handover and new computers").
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.errors import BadInput, NotSaved
from shakyo_desktop.exchange.keys import Mailbox
from shakyo_desktop.services import disks
from shakyo_desktop.services.context import JAPAN, utc_now
from shakyo_desktop.services.copy_file import HANDOVER, CopyFile, damaged_copy, open_copy
from shakyo_desktop.services.copy_key import key_of_copy
from shakyo_desktop.services.copy_origin import expect_compared
from shakyo_desktop.services.locks import LockChoice, add_ways
from shakyo_desktop.services.made_aside import made_aside
from shakyo_desktop.services.new_store import refuse_existing
from shakyo_desktop.services.own_keys import keep_own_keys, new_own_keys, own_keys
from shakyo_desktop.services.own_sequence import jump_ahead
from shakyo_desktop.services.restored_notice import RESTORED, missing_words
from shakyo_desktop.services.succession import TAKEN_OVER
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.database import DATABASE_FILE, Database
from shakyo_desktop.storage.stores import Stores

_MARGIN = 32 << 20  # the store is written to while it begins again
_HANDOVER = (
    "これは引継ぎのファイルです。まだ何も変えていません。\n"
    "はじめの画面の「前の担当者から引き継ぐ」で選ぶと、新しい担当者のデータとして始められます。"
)


@dataclass(frozen=True, slots=True)
class Restored:
    """A restored store; ``made_at`` is when its copy was made (UTC), ``message`` what to know now."""

    org: str
    name: str
    role: OrganisationKind
    made_at: datetime
    message: str = field(repr=False)


def restore(
    file: Path,
    new_dir: Path,
    secret: str | None = None,
    locks: LockChoice | None = None,
    clock: Callable[[], datetime] = utc_now,
    stop: Callable[[], None] = lambda: None,
    compared: str | None = None,
    in_place_of: Path | None = None,
) -> Restored:
    """Make a store from a copy in a folder that holds none; on any failure nothing is left behind.

    Args:
        secret: the passphrase or the text of the recovery sheet. None looks for a store on this computer
            that opens without asking and has the same key.
        locks: further ways to open the new store; a key file when None.
        stop: asked between the steps; raises ``Cancelled`` when the person does not want to go on.
        compared: the number of a copy that nothing proves, which a person found on the paper.
        in_place_of: the person's own data folder, whose store this one will replace and which may open it.

    Raises:
        FileUnreadable: the file is no copy, is damaged, or is somebody else's (``copy.forged``).
        CopyUnproven: nothing proves whose it is, and nobody has compared it with the paper yet.
        NotSaved: there is no room for the store (said before anything is written), or it cannot be written.
        BadInput: it is a predecessor's copy (``copy.handover``), which ``taking_over`` takes.
        StoreLocked: nothing opens the copy.
        StoreMissing: the folder holds a store already (``store.exists``).
        StoreDamaged: what came out is not sound.
    """
    refuse_existing(new_dir)
    with open_copy(file) as copy, made_aside(new_dir) as folder:
        refuse_handover(copy)
        refuse_without_room(copy, new_dir)
        unpack_copy(copy, folder, stop)
        found = key_of_copy(copy, folder, secret, file, in_place_of)
        stop()
        with Database.open(folder / DATABASE_FILE, found.key) as database:
            if database.integrity_problems():
                raise damaged_copy()
            stop()
            with database.transaction() as stores:
                if not found.proven:
                    expect_compared(stores, moment_of(copy), compared)
                restored = _begin_again(stores, moment_of(copy), secret, clock().replace(microsecond=0))
        drop_older_form(folder)
        add_ways(folder, found.key, locks or LockChoice(frozenset({"key_file"})))
    return restored


def refuse_handover(copy: CopyFile) -> None:
    """Send a predecessor's copy to where it is taken over.

    Raises:
        BadInput: it is one (``copy.handover``).
    """
    if copy.label.reason == HANDOVER:
        raise BadInput(_HANDOVER, code="copy.handover")


def refuse_without_room(copy: CopyFile, folder: Path) -> None:
    """Say before anything is written that a disk is too small for the store in a copy.

    Raises:
        NotSaved: it is.
    """
    need = copy.store_size() + _MARGIN
    try:
        short = need - disks.free_bytes(folder)
    except OSError:
        return  # a folder that says nothing about its disk is tried
    if short > 0:
        raise NotSaved(
            f"空きがあと{max(1, short // 2**20)}MB足りないので、控えを戻せません。まだ何も変えていません。\n"
            "いらないファイルを片付けるか、空きのある別のフォルダーを選んで、もう一度戻してください。"
        )


def unpack_copy(copy: CopyFile, folder: Path, stop: Callable[[], None] = lambda: None) -> None:
    """Write a copy's store and its slots into a folder.

    Raises:
        FileUnreadable: the copy is damaged.
        NotSaved: the folder cannot be written.
    """
    part = folder / f"{DATABASE_FILE}.part"
    try:
        part.unlink(missing_ok=True)
        copy.take_store(part, stop)
        (folder / key_slots.SLOTS_FILE).write_bytes(copy.slots())
        part.replace(folder / DATABASE_FILE)
    except OSError as error:
        raise NotSaved(
            "控えを戻す場所に書きこめませんでした。控えはそのまま残っています。\n"
            "空きのある別のフォルダーを選んで、もう一度戻してください。"
        ) from error


def drop_older_form(folder: Path) -> None:
    """Take away what opening an older store kept beside it: the copy it came from is that form already."""
    for path in folder.glob(f"{Path(DATABASE_FILE).stem}.before-*"):
        with suppress(OSError):
            path.unlink()


def _begin_again(stores: Stores, made_at: datetime, secret: str | None, now: datetime) -> Restored:
    own = stores.organisations.get(str(stores.settings.get("org")))
    role = own.kind
    if role is OrganisationKind.DISTRICT:
        stores.keys.forget_own()
        stores.settings.remove(TAKEN_OVER)  # whose the copy is now took over long ago
        keep_own_keys(stores, new_own_keys(own.code, _identity(secret)), now)
    else:
        jump_ahead(stores, own_keys(stores).signing.fingerprint, own.code, now)
    stores.settings.set(RESTORED, {"at": now.isoformat(), "made_at": made_at.isoformat()})
    return Restored(own.code, own.name, role, made_at, missing_words(era_timestamp(made_at), role))


def _identity(secret: str | None) -> Mailbox | None:
    """The recovery identity when it was typed, so that its sheet can be printed again."""
    try:
        return Mailbox.from_identity(secret) if secret else None
    except BadInput:
        return None


def moment_of(copy: CopyFile) -> datetime:
    """When a copy was made (UTC).

    Raises:
        FileUnreadable: its label says no time.
    """
    try:
        moment = datetime.strptime(copy.label.made_at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
        moment.astimezone(JAPAN)  # the last day of all has no time here
        return moment
    except (ValueError, OverflowError) as error:
        raise damaged_copy() from error
