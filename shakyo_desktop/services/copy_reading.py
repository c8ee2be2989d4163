"""Reading another computer's 控え without restoring it: its store is opened beside ours and taken away."""

import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from shakyo_desktop.domain.errors import BadInput, NotSaved
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.copy_file import damaged_copy, open_copy
from shakyo_desktop.services.copy_key import key_of_copy
from shakyo_desktop.services.restoring import unpack_copy
from shakyo_desktop.storage.database import DATABASE_FILE, Database

_UNPROVEN = (
    "この控えがだれの作ったものか、確かめられません。何も変えていません。\n"
    "相手の人に「相手に渡す合い言葉」を決めて控えを作り直してもらい、その合い言葉で開いてください。"
)


@contextmanager
def opened_copy(context: ServiceContext, file: Path, secret: str) -> Iterator[tuple[Database, str]]:
    """The store inside a copy, and the SHA-256 that names its content; nothing of it stays behind.

    Args:
        secret: the copy's passphrase or the text of its recovery sheet.

    Raises:
        FileUnreadable: the file is no copy, is damaged, is somebody else's, or a newer program made it.
        BadInput: nothing proves whose copy it is (``copy.unproven``).
        StoreLocked: the secret does not open it.
        StoreTooNew, StoreDamaged: as they say.
        NotSaved: there is no room beside the store.
    """
    folder = context.data_dir / f"reading-{secrets.token_hex(4)}"
    with open_copy(file) as copy:
        try:
            folder.mkdir(mode=0o700)
        except OSError as error:
            raise NotSaved(
                "相手の控えを開く場所がありません。入力した内容は残っています。\n"
                "ディスクの空きを増やしてから、もう一度開いてください。"
            ) from error
        try:
            unpack_copy(copy, folder)
            found = key_of_copy(copy, folder, secret, file)
            if not found.proven:
                raise BadInput(_UNPROVEN, code="copy.unproven")
            with Database.open(folder / DATABASE_FILE, found.key) as database:
                if database.integrity_problems():
                    raise damaged_copy()
                yield database, copy.label.store_sha256
        finally:
            shutil.rmtree(folder, ignore_errors=True)
