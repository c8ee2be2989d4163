"""What the database library reports, said as something a person can act on."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlcipher3 import dbapi2

from shakyo_desktop.domain.errors import NotSaved, ShakyoError, StoreDamaged, StoreLocked

_SAFE = "これまでに「保存済み」と出た内容は無事です。"
_DISK_FULL = (
    f"ディスクの空きがないため、保存できませんでした。\n{_SAFE}\n"
    "いらないファイルを片付けてから、もう一度保存してください。"
)
_READ_ONLY = (
    f"データの置き場所に書き込めないため、保存できませんでした。\n{_SAFE}\n"
    "フォルダーが読み取り専用になっていないか、確かめてください。"
)
_DISK_FAILED = (
    f"ディスクの読み書きに失敗したため、保存できませんでした。\n{_SAFE}\n"
    "ディスクの空きとつながりを確かめてから、もう一度保存してください。"
)
_BUSY = (
    f"ほかの処理がデータを使っているため、保存できませんでした。\n{_SAFE}\n"
    "少し待ってから、もう一度保存してください。"
)
_DAMAGED = (
    "データのファイルにこわれたところがあり、読めません。\n"
    "こわれたファイルはそのまま残してあります。消さないでください。\n"
    "読めるものを取り出すことや、控えから戻すことができます。"
    "その画面が出ていないときは、プログラムを開き直してください。"
)
_LOCKED = (
    "この鍵では、データを開けませんでした。\nデータは無事です。\n"
    "合い言葉か、印刷してある復旧シート（紙）で開いてください。"
)

_MEANINGS: dict[int, tuple[type[ShakyoError], str]] = {
    dbapi2.SQLITE_FULL: (NotSaved, _DISK_FULL),
    dbapi2.SQLITE_READONLY: (NotSaved, _READ_ONLY),
    dbapi2.SQLITE_CANTOPEN: (NotSaved, _READ_ONLY),
    dbapi2.SQLITE_PERM: (NotSaved, _READ_ONLY),
    dbapi2.SQLITE_IOERR: (NotSaved, _DISK_FAILED),
    dbapi2.SQLITE_BUSY: (NotSaved, _BUSY),
    dbapi2.SQLITE_LOCKED: (NotSaved, _BUSY),
    dbapi2.SQLITE_CORRUPT: (StoreDamaged, _DAMAGED),
    dbapi2.SQLITE_NOTADB: (StoreLocked, _LOCKED),
}


def damaged() -> StoreDamaged:
    """The error for a store that cannot be read although its key is right."""
    return StoreDamaged(_DAMAGED)


def not_writable() -> NotSaved:
    """The error for a data folder that takes no writing."""
    return NotSaved(_READ_ONLY)


def meaning_of(error: BaseException) -> ShakyoError | None:
    """The failure that a library's error stands for, or None when it is a bug of ours."""
    if isinstance(error, PoolTimeout):
        return NotSaved(_BUSY)
    origin = error.orig if isinstance(error, DBAPIError) else error
    code = getattr(origin, "sqlite_errorcode", None)
    if code is None or (known := _MEANINGS.get(code & 0xFF)) is None:
        return None
    kind, message = known
    return kind(message)


@contextmanager
def translated() -> Iterator[None]:
    """Raise what a person can act on in place of the library's errors.

    Raises:
        NotSaved: disk full, read-only, failing or in use.
        StoreDamaged: a page fails its check.
        StoreLocked: the key does not fit.
    """
    try:
        yield
    except (DBAPIError, PoolTimeout, dbapi2.Error) as error:
        meaning = meaning_of(error)
        if meaning is None:
            raise
        raise meaning from error
