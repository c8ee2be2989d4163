"""The small text file by which an office's further computer tells its mailbox: three lines, nothing secret.

Read by rebuilding what the writer would have produced and comparing; trust comes from the typed number alone.
"""

import base64
import binascii
import re
from dataclasses import dataclass

from shakyo_desktop.domain.errors import FileUnreadable
from shakyo_desktop.exchange.certificate import read_certificate
from shakyo_desktop.exchange.der import DerError
from shakyo_desktop.exchange.recipients import is_recipient

MOST_BYTES = 4096
_HEAD = "shakyo-mailbox 1"
_LINES = re.compile(rf"{_HEAD}\nrecipient (age1[0-9a-z]{{58}})\ncertificate ([0-9A-Za-z+/=]{{1,2000}})\n")


@dataclass(frozen=True, slots=True)
class MailboxFile:
    """What a mailbox file says: the organisation of its certificate (DER), and the ``age1…`` recipient."""

    org: str
    certificate: bytes
    recipient: str


def write_mailbox_file(certificate: bytes, recipient: str) -> bytes:
    """The bytes of a mailbox file (ASCII)."""
    encoded = base64.b64encode(certificate).decode()
    return f"{_HEAD}\nrecipient {recipient}\ncertificate {encoded}\n".encode("ascii")


def read_mailbox_file(data: bytes) -> MailboxFile:
    """What a mailbox file says; nothing of it is trusted before its number was typed.

    Raises:
        FileUnreadable: it is not exactly what ``write_mailbox_file`` writes.
    """
    try:
        found = _LINES.fullmatch(data.decode("ascii")) if len(data) <= MOST_BYTES else None
        if found is None:
            raise ValueError("not a mailbox file")
        certificate = read_certificate(base64.b64decode(found[2], validate=True))
    except (ValueError, binascii.Error, DerError) as error:
        raise _not_one() from error
    if write_mailbox_file(certificate.der, found[1]) != data or not is_recipient(found[1]):
        raise _not_one()
    return MailboxFile(certificate.org, certificate.der, found[1])


def _not_one() -> FileUnreadable:
    return FileUnreadable(
        "これは受取口のファイルではありません。何も変えていません。\n"
        "加えるパソコンで作った、名前が「mailbox-」で始まるファイルを選んでください。"
    )
