"""From a 控え back to a store, in a new folder.

A restored district is a new installation with new keys; a restored office keeps its keys and goes on
with numbers 1,000 higher (package-format.md, "Handover and new computers").
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from shakyo_desktop import paths
from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.errors import BadInput, NotSaved, StoreDamaged, StoreLocked, StoreMissing
from shakyo_desktop.domain.handover import read_code
from shakyo_desktop.exchange.keys import Mailbox
from shakyo_desktop.services.context import utc_now
from shakyo_desktop.services.copy_file import HANDOVER, CopyFile, damaged_copy, open_copy
from shakyo_desktop.services.locks import LockChoice, add_ways
from shakyo_desktop.services.new_store import refuse_existing, taken_away_on_failure
from shakyo_desktop.services.own_keys import keep_own_keys, new_own_keys, own_keys
from shakyo_desktop.services.own_sequence import jump_ahead
from shakyo_desktop.services.succession import TAKEN_OVER
from shakyo_desktop.storage import key_slots
from shakyo_desktop.storage.database import DATABASE_FILE, Database
from shakyo_desktop.storage.stores import Stores

_MOST_FOLDERS = 500
_ASK = (
    "この控えを開くには、合い言葉か復旧シートの文字が必要です。まだ何も変えていません。\n"
    "控えといっしょに受け取った紙を見て、入力してください。"
)
_HANDOVER = (
    "これは引継ぎのファイルです。まだ何も変えていません。\n"
    "はじめの画面の「前の担当者から引き継ぐ」で選ぶと、新しい担当者のデータとして始められます。"
)
_WRONG = (
    "その文字では、この控えは開きません。まだ何も変えていません。\n"
    "紙と1字ずつ見くらべて、もう一度入力してください。"
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
) -> Restored:
    """Make a store from a copy in a folder that holds none; on any failure nothing is left behind.

    Args:
        secret: the passphrase or the text of the recovery sheet. None looks for a store on this computer
            that opens without asking and has the same key.
        locks: further ways to open the new store; a key file when None.

    Raises:
        FileUnreadable: the file is no copy, or is damaged.
        BadInput: it is a predecessor's copy (``copy.handover``), which ``taking_over`` takes.
        StoreLocked: nothing opens the copy.
        StoreMissing: the folder holds a store already (``store.exists``).
        StoreDamaged: what came out is not sound.
    """
    refuse_existing(new_dir)
    with open_copy(file) as copy, taken_away_on_failure(new_dir):
        if copy.label.reason == HANDOVER:
            raise BadInput(_HANDOVER, code="copy.handover")
        unpack_copy(copy, new_dir)
        key = key_of_copy(new_dir, secret, file)
        with Database.open(new_dir / DATABASE_FILE, key) as database:
            if database.integrity_problems():
                raise damaged_copy()
            with database.transaction() as stores:
                restored = _begin_again(stores, _moment(copy), secret, clock().replace(microsecond=0))
        add_ways(new_dir, key, locks or LockChoice(frozenset({"key_file"})))
    return restored


def unpack_copy(copy: CopyFile, folder: Path) -> None:
    """Write a copy's store and its slots into a folder.

    Raises:
        FileUnreadable: the copy is damaged.
        NotSaved: the folder cannot be written.
    """
    part = folder / f"{DATABASE_FILE}.part"
    try:
        part.unlink(missing_ok=True)
        copy.take_store(part)
        (folder / key_slots.SLOTS_FILE).write_bytes(copy.slots())
        part.replace(folder / DATABASE_FILE)
    except OSError as error:
        raise NotSaved(
            "控えを戻す場所に書きこめませんでした。控えはそのまま残っています。\n"
            "空きのある別のフォルダを選んで、もう一度戻してください。"
        ) from error


def key_of_copy(folder: Path, secret: str | None, file: Path) -> bytes:
    """The store key of an unpacked copy; ``secret`` and ``file`` as for ``restore``.

    Raises:
        StoreLocked: nothing opens the copy.
    """
    if secret is None:
        return _key_nearby(folder, file)
    try:
        return key_slots.open_with_secret(folder, read_code(secret) or secret)
    except StoreLocked as error:
        raise StoreLocked(_WRONG) from error


def _key_nearby(folder: Path, file: Path) -> bytes:
    """The key of a store on this computer that the copy was made from, when it opens without asking."""
    for candidate in _data_folders(folder, file):
        try:
            key = key_slots.open_without_asking(candidate)
        except (StoreLocked, StoreMissing, StoreDamaged, OSError):
            continue
        if key_slots.fits(folder, key):
            return key
    raise StoreLocked(_ASK)


def _data_folders(folder: Path, file: Path) -> Iterator[Path]:
    """The program's own data folder, then folders near the copy and near the new folder, two levels deep."""
    found = [paths.default_data_dir()]
    for base in dict.fromkeys((folder.absolute().parent, *file.absolute().parents[:2])):
        for pattern in (key_slots.SLOTS_FILE, f"*/{key_slots.SLOTS_FILE}", f"*/*/{key_slots.SLOTS_FILE}"):
            found += [path.parent for path in base.glob(pattern)]
    return iter([path for path in dict.fromkeys(found) if path != folder.absolute()][:_MOST_FOLDERS])


def _begin_again(stores: Stores, made_at: datetime, secret: str | None, now: datetime) -> Restored:
    own = stores.organisations.get(str(stores.settings.get("org")))
    role = own.kind
    if role is OrganisationKind.DISTRICT:
        stores.keys.forget_own()
        stores.settings.remove(TAKEN_OVER)  # whose the copy is now took over long ago
        keep_own_keys(stores, new_own_keys(own.code, _identity(secret)), now)
    else:
        jump_ahead(stores, own_keys(stores).signing.fingerprint, own.code)
    stores.settings.set("restored", {"at": now.isoformat(), "made_at": made_at.isoformat()})
    return Restored(own.code, own.name, role, made_at, _message(role, made_at))


def _identity(secret: str | None) -> Mailbox | None:
    """The recovery identity when it was typed, so that its sheet can be printed again."""
    try:
        return Mailbox.from_identity(secret) if secret else None
    except BadInput:
        return None


def _moment(copy: CopyFile) -> datetime:
    try:
        return datetime.strptime(copy.label.made_at, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)
    except ValueError as error:
        raise damaged_copy() from error


def _message(role: OrganisationKind, made_at: datetime) -> str:
    lines = [
        f"控えから戻しました。この控えは{era_timestamp(made_at)}に作られたものです。",
        "そのあとに書いたことや受け取ったものは、まだ入っていません。",
    ]
    if role is OrganisationKind.DISTRICT:
        lines.append(
            "このパソコンは新しい登録になります。次の提出のとき、送付票の確認番号を事務所に確かめてもらってください。"
        )
        lines.append("事務所からの新しい返事があれば、もう一度受け取ってください。")
    else:
        lines.append("そのあとに届いた提出ファイルを、もう一度受け取ってください。")
        lines.append(
            "前のパソコンを盗まれたときは、「区の設定」の「区の鍵」を開き、すぐに鍵を替えてください。"
        )
    return "\n".join(lines)
