"""Opening setup files: before anything is known, and later against the office's pinned keys."""

import io
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import FileUnreadable, PackageRefused, WrongNumber
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.exchange.keys import check_number, read_check_number
from shakyo_desktop.exchange.opened import OpenedPackage
from shakyo_desktop.exchange.package_info import PackageInfo
from shakyo_desktop.exchange.reader import open_package
from shakyo_desktop.exchange.records import SetupContent
from shakyo_desktop.exchange.trust import Judgement, KnownKey, ReceiverKeys
from shakyo_desktop.services.arriving_files import open_file

_BIGGEST_SETUP = 64 * 1024 * 1024
_NOT_12_DIGITS = "確認番号は12けたの数字です。\n事務所からもらった紙を見て、4けたずつ入力してください。"
_NO_MATCH = (
    "確認番号が合いません。何も変えていません。\n"
    "事務所からもらった紙と、1字ずつ見くらべて、もう一度入力してください。\n"
    "それでも合わないときは、使わずに、事務所に電話で確かめてください。"
)


def read_setup_file(path: Path) -> bytes:
    """The bytes of a setup file that a person chose.

    Raises:
        FileUnreadable: it cannot be opened, or is far larger than any setup.
    """
    try:
        with open_file(path) as file:
            data = file.read(_BIGGEST_SETUP + 1)
    except OSError as error:
        raise FileUnreadable(
            "このファイルを読めませんでした。何も変えていません。\n"
            "USBメモリを差し直すか、別の場所に写してから、もう一度選んでください。"
        ) from error
    if len(data) > _BIGGEST_SETUP:
        raise not_a_setup()
    return data


class NobodyKnown:
    """The trust of a program that has not started yet: a setup stands on its typed number alone."""

    def key_state(self, fingerprint: str) -> KnownKey | None:
        """No key is known."""
        return None

    def organisation(self, code: str) -> Organisation | None:
        """No organisation is known."""
        return None

    def judge(self, info: PackageInfo, manifest: str) -> Judgement:
        """Nothing came before."""
        return Judgement()


@dataclass(frozen=True, slots=True)
class SetupFile:
    """A setup whose form and signature are good; whose it is, only a typed number can say."""

    opened: OpenedPackage
    content: SetupContent
    data: bytes

    @property
    def office(self) -> Organisation:
        """The office that signed it."""
        sender = self.opened.info.sender.org
        return next(org for org in self.content.organisations if org.code == sender)

    @property
    def members(self) -> tuple[Organisation, ...]:
        """Who reports to this office now."""
        office = self.office.code
        return tuple(org for org in self.content.organisations if org.parent == office and org.active)

    @property
    def telephone(self) -> str:
        """The office's telephone number as the setup gives it."""
        key = self.opened.info.sender.key
        return next(row.telephone for row in self.content.offices if row.key == key)

    def number_for(self, org: str) -> str:
        """The 12 digits on the slip of an organisation (slow)."""
        return check_number(self.opened.certificate, self.opened.info.sender.enc, org)


def open_setup(data: bytes, now: datetime) -> SetupFile:
    """Open a setup file without knowing its office.

    Raises:
        PackageRefused: it breaks a rule of the format.
        FileUnreadable: it is another kind of our files.
    """
    keys = ReceiverKeys(None, OrganisationKind.DISTRICT, (), frozenset())
    try:
        opened = open_package(io.BytesIO(data), keys, NobodyKnown(), now)
    except PackageRefused as error:
        if error.code == "env.decrypt":
            raise not_a_setup() from error
        raise
    if not isinstance(opened.content, SetupContent):
        raise not_a_setup()
    return SetupFile(opened, opened.content, data)


def typed_digits(typed: str) -> str:
    """The 12 digits a person typed.

    Raises:
        WrongNumber: they are not 12 digits.
    """
    digits = read_check_number(typed)
    if digits is None:
        raise WrongNumber(_NOT_12_DIGITS, code="check_number.form")
    return digits


def wrong_number() -> WrongNumber:
    """The refusal of a number that belongs to another key, district or file.

    No telephone number from the file is repeated: it would come from whoever made the file.
    """
    return WrongNumber(_NO_MATCH)


def not_a_setup() -> FileUnreadable:
    """The refusal of another kind of file where a setup is expected."""
    return FileUnreadable(
        "これは設定ファイルではありません。何も変えていません。\n"
        "事務所からもらった、名前が「setup-」で始まるファイルを選んでください。"
    )
