"""The seal: age v1 for X25519 recipients (age-encryption.org/v1), through streams.

The header is inspected before any cryptography: a hostile one costs nothing. pyrage adds a random
grease stanza, so stanzas are never counted exactly.
"""

import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, BinaryIO, Protocol

import pyrage

from shakyo_desktop.domain.refusals import NO_KEY_FITS
from shakyo_desktop.exchange.container import MAX_CONTAINER
from shakyo_desktop.exchange.refusal import refused, require

MAX_HEADER = 8 * 1024
MAX_STANZAS = 20
MIN_FILE = 200


_MAGIC = b"age-encryption.org/v1\n"
_STANZA = re.compile(rb"-> ([!-~]+(?: [!-~]+)*)\n((?:[A-Za-z0-9+/]{64}\n)*[A-Za-z0-9+/]{0,63}\n)")
_MAC = re.compile(rb"--- [A-Za-z0-9+/]{43}\n")
_PASSPHRASE = b"scrypt"


class ByteSink(Protocol):
    """Somewhere bytes go."""

    def write(self, data: bytes | memoryview, /) -> Any: ...


class PartReader:
    """Parts of a stream as a file: at most ``size`` bytes a call, nothing joined and nothing kept.

    What a part raises is remembered in ``failure``, because it does not survive the way through pyrage.
    """

    def __init__(self, parts: Iterator[bytes | memoryview]) -> None:
        self._parts = parts
        self._rest = memoryview(b"")
        self.failure: BaseException | None = None

    def read(self, size: int = -1) -> bytes:
        try:
            while not self._rest:
                self._rest = memoryview(next(self._parts))
        except StopIteration:
            return b""
        except BaseException as failure:
            self.failure = failure
            raise
        piece = self._rest if size < 0 else self._rest[:size]
        self._rest = self._rest[len(piece) :]
        return bytes(piece)


class _Sink:
    """Passes bytes on and remembers what the file raised: its errno says whether the stick is full."""

    def __init__(self, out: ByteSink) -> None:
        self._out = out
        self.failure: BaseException | None = None

    def write(self, data: bytes) -> int:
        try:
            self._out.write(data)
        except BaseException as failure:
            self.failure = failure
            raise
        return len(data)

    def flush(self) -> None:
        """pyrage asks for it at the end; the caller flushes the file itself."""


def seal(parts: Iterator[bytes | memoryview], recipients: Iterable[str], out: ByteSink) -> None:
    """Encrypt the parts for the recipients (``age1…``) into ``out``.

    What ``parts`` or ``out`` raises is raised as it is.
    """
    reader = PartReader(parts)
    sink = _Sink(out)
    try:
        pyrage.encrypt_io(reader, sink, [pyrage.x25519.Recipient.from_str(text) for text in recipients])
    except (pyrage.EncryptError, OSError) as error:
        raise reader.failure or sink.failure or error from None
    if sink.failure is not None:  # pyrage says nothing when the last piece of a short file fails
        raise sink.failure


def unseal(sealed: BinaryIO, identities: Sequence[str]) -> memoryview:
    """The plain bytes, in memory only.

    Raises:
        PackageRefused: ``env.header`` or ``env.decrypt``; its detail is ``NO_KEY_FITS`` when the file is
            whole as far as can be seen and none of the identities opens it.
    """
    count_stanzas(sealed)
    plain = io.BytesIO()
    keys = [pyrage.x25519.Identity.from_str(identity) for identity in identities]
    try:
        pyrage.decrypt_io(sealed, plain, keys)
    except pyrage.DecryptError as error:
        raise refused("env.decrypt", NO_KEY_FITS if "No matching keys" in str(error) else "") from error
    except OSError as error:
        raise refused("env.decrypt", "changed or cut off") from error
    return plain.getbuffer()


def count_stanzas(sealed: BinaryIO) -> int:
    """The number of recipient stanzas; leaves the file at its start.

    Raises:
        PackageRefused: ``env.header`` when no age file of ours begins like this.
    """
    sealed.seek(0)
    head = sealed.read(MAX_HEADER)
    sealed.seek(0)
    require(head.startswith(_MAGIC), "env.header", "not an age file")
    position = len(_MAGIC)
    count = 0
    while stanza := _STANZA.match(head, position):
        count += 1
        require(count <= MAX_STANZAS, "env.header", "too many recipients")
        require(stanza[1].split(b" ")[0] != _PASSPHRASE, "env.header", "sealed with a passphrase")
        position = stanza.end()
    require(count > 0 and _MAC.match(head, position) is not None, "env.header", "header")
    return count


def file_size(file: BinaryIO) -> int:
    """The file's size in bytes; ``size.package`` when no package can be that size. Leaves it at its start."""
    size = file.seek(0, io.SEEK_END)
    file.seek(0)
    require(MIN_FILE <= size <= MAX_CONTAINER, "size.package")
    return size
