"""An office's further computers: their mailboxes, to which everything for the office is sealed too.

A further computer has keys of its own and opens what comes; it does not answer, because its signing key is
in no setup. Its mailbox travels in a small file, and is taken on by the 12 digits that computer shows.
"""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from shakyo_desktop.domain.errors import FileUnreadable, NotFound, NotReady, WrongNumber
from shakyo_desktop.domain.text import repair_text
from shakyo_desktop.exchange.keys import check_number, read_check_number
from shakyo_desktop.exchange.mailbox_file import MOST_BYTES, read_mailbox_file, write_mailbox_file
from shakyo_desktop.services.arriving_files import open_file
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.key_changes import expect_office
from shakyo_desktop.services.own_keys import FURTHER, own_keys
from shakyo_desktop.services.setups import SetupService
from shakyo_desktop.storage.stores import Stores

MOST = 8
"""Mailboxes of further computers: an office's row in a setup has room for ten."""
_NAME_LENGTH = 40


@dataclass(frozen=True, slots=True)
class FurtherComputer:
    """A further computer of this office; ``removed_at`` when it gets nothing new any more."""

    recipient: str
    name: str
    added_at: datetime
    removed_at: datetime | None


class FurtherComputers:
    """Adds and removes mailboxes; the next setup file tells the districts."""

    def __init__(self, context: ServiceContext, setups: SetupService) -> None:
        self._context = context
        self._setups = setups

    def all(self) -> tuple[FurtherComputer, ...]:
        """Every further computer, removed ones too, in the order they were added."""
        with self._context.database.reading() as stores:
            return tuple(_computer(row) for row in stores.settings.get(FURTHER, []))

    def own_file(self) -> tuple[str, bytes]:
        """Name and bytes of this computer's mailbox file, to be taken on by the office's first computer.

        Raises:
            NotReady: this is a district's data.
        """
        with self._context.database.reading() as stores:
            expect_office(stores)
            keys = own_keys(stores)
        org = keys.signing.org
        return f"mailbox-{org}.txt", write_mailbox_file(keys.signing.certificate, keys.mailbox.recipient)

    def add(self, data: bytes, typed_number: str, name: str = "") -> FurtherComputer:
        """Take on a further computer whose 12 digits were typed; the next setup tells it to everybody.

        Raises:
            FileUnreadable: the file is no mailbox file.
            WrongNumber: the number is not the one of this file; nothing changes.
            NotReady: another office's, this computer's own, known already, or too many.
        """
        digits = read_check_number(typed_number)
        if digits is None:
            raise WrongNumber(_NOT_12_DIGITS, code="check_number.form")
        found = read_mailbox_file(data)
        with self._context.database.reading() as stores:
            self._expect_new(stores, found.org, found.recipient)
        if check_number(found.certificate, found.recipient, found.org) != digits:
            raise WrongNumber(_NO_MATCH)
        plain = repair_text(name, multiline=False).strip()[:_NAME_LENGTH]
        row = {
            "recipient": found.recipient,
            "name": plain,
            "added_at": self._context.now().isoformat(),
            "removed_at": None,
        }
        with self._context.database.transaction() as stores:
            rows = self._expect_new(stores, found.org, found.recipient)
            stores.settings.set(FURTHER, [*rows, row])
        self._setups.spread()
        return _computer(row)

    def remove(self, recipient: str) -> None:
        """Seal nothing new to a further computer; what it has it can still open.

        Raises:
            NotFound: there is no such computer.
        """
        with self._context.database.transaction() as stores:
            rows: list[dict[str, Any]] = stores.settings.get(FURTHER, [])
            if not any(row["recipient"] == recipient and not row["removed_at"] for row in rows):
                raise NotFound("このパソコンは一覧にありません。何も変わっていません。")
            for row in rows:
                if row["recipient"] == recipient and not row["removed_at"]:
                    row["removed_at"] = self._context.now().isoformat()
            stores.settings.set(FURTHER, rows)
        self._setups.spread()

    def _expect_new(self, stores: Stores, org: str, recipient: str) -> list[dict[str, Any]]:
        """The rows kept so far, to which this mailbox may be added."""
        expect_office(stores)
        keys = own_keys(stores)
        rows: list[dict[str, Any]] = stores.settings.get(FURTHER, [])
        if org != keys.signing.org:
            raise NotReady(_OTHER_OFFICE)
        if recipient in {box.recipient for box in keys.mailboxes}:
            raise NotReady(_OWN)
        if recipient in keys.further:
            raise NotReady(_KNOWN)
        if len(keys.further) >= MOST:
            raise NotReady(_TOO_MANY)
        return rows


def read_mailbox(path: Path) -> bytes:
    """The bytes of a mailbox file that a person chose.

    Raises:
        FileUnreadable: it cannot be opened.
    """
    try:
        with open_file(path) as file:
            return file.read(MOST_BYTES + 1)
    except OSError as error:
        raise FileUnreadable(
            "このファイルを読めませんでした。何も変えていません。\n"
            "USBメモリを差し直すか、別の場所に写してから、もう一度選んでください。"
        ) from error


def _computer(row: dict[str, Any]) -> FurtherComputer:
    return FurtherComputer(
        row["recipient"],
        row["name"],
        datetime.fromisoformat(row["added_at"]),
        datetime.fromisoformat(row["removed_at"]) if row["removed_at"] else None,
    )


_NOT_12_DIGITS = (
    "確認番号は12けたの数字です。何も変わっていません。\n"
    "加えるパソコンの画面の番号を見て、もう一度入力してください。"
)
_NO_MATCH = (
    "確認番号が合いません。何も変わっていません。\n"
    "加えるパソコンの画面の番号と見くらべて、もう一度入力してください。"
    "それでも合わないときは、このファイルを使わないでください。"
)
_OTHER_OFFICE = "このファイルは、ほかの事務所のものです。何も変わっていません。"
_OWN = (
    "このファイルは、このパソコンのものです。何も変わっていません。\n"
    "加えるパソコンで作ったファイルを選んでください。"
)
_KNOWN = "このパソコンは、もう加えてあります。何も変わっていません。"
_TOO_MANY = (
    f"加えられるパソコンは{MOST}台までです。何も変わっていません。\n使っていないものを外してください。"
)
