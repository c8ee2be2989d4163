"""Envelopes that break one rule each, around the ward's own good report or around nothing of ours."""

import base64
import textwrap
from collections.abc import Callable
from functools import cache

from shakyo_desktop.exchange.keys import Mailbox
from shakyo_desktop.exchange.sealing import MAX_STANZAS
from tests.exchange import making
from tests.exchange.mischief import sealed
from tests.exchange.people import RECOVERY, STRANGER_BOX, WARD_BOX
from tests.exchange.spoiling import Bad, plain

STANZA = b"-> X25519 " + b"A" * 43 + b"\n" + b"A" * 43 + b"\n"
PASSPHRASE = b"-> scrypt " + b"A" * 22 + b" 30\n" + b"A" * 43 + b"\n"
MAC = b"--- " + b"A" * 43 + b"\n"
MAGIC = b"age-encryption.org/v1\n"
NONCE, CHUNK = 16, 64 * 1024 + 16


@cache
def good() -> bytes:
    return making.built(making.report_content())


@cache
def long() -> bytes:
    """Sealed zeros over three chunks of age: only the envelope matters."""
    return sealed(bytes(150_000), WARD_BOX.recipient)


def payload(data: bytes) -> int:
    """Where an age file's nonce begins."""
    return data.index(b"\n", data.index(b"\n--- ") + 1) + 1


def spoilt(code: str, change: Callable[[bytes], bytes], data: Callable[[], bytes] = good) -> Bad:
    return Bad(lambda: change(data()), code)


def flipped(code: str, place: Callable[[bytes], int], bit: int = 1) -> Bad:
    def change(data: bytes) -> bytes:
        at = place(data) % len(data)
        return data[:at] + bytes((data[at] ^ bit,)) + data[at + 1 :]

    return spoilt(code, change)


def relettered(place: Callable[[bytes], int]) -> Bad:
    """Another letter of base64: a bit or some of what it stands for, and the header still has its form."""

    def change(data: bytes) -> bytes:
        at = place(data)
        return data[:at] + (b"B" if data[at : at + 1] == b"A" else b"A") + data[at + 1 :]

    return spoilt("env.decrypt", change)


def armoured(data: bytes) -> bytes:
    """The same file as text, as ``age -a`` writes it."""
    lines = "\n".join(textwrap.wrap(base64.b64encode(data).decode(), 64))
    return f"-----BEGIN AGE ENCRYPTED FILE-----\n{lines}\n-----END AGE ENCRYPTED FILE-----\n".encode()


def for_strangers(count: int) -> bytes:
    """Our good container for the ward and so many others."""
    others = [Mailbox.generate().recipient for _ in range(count)]
    return sealed(plain("report"), WARD_BOX.recipient, *others)


BAD_ENVELOPES: dict[str, Bad] = {
    # truncated
    "an empty file": Bad(lambda: b"", "size.package"),
    "a file of one byte": Bad(lambda: b"a", "size.package"),
    "a file cut before the smallest size": spoilt("size.package", lambda data: data[:199]),
    "a file cut inside its header": spoilt("env.header", lambda data: data[:250]),
    "a file cut before its mac": spoilt("env.header", lambda data: data[: data.index(b"\n--- ") + 1]),
    "a file cut after its header": spoilt("env.decrypt", lambda data: data[: payload(data)]),
    "a file cut inside its nonce": spoilt("env.decrypt", lambda data: data[: payload(data) + NONCE - 1]),
    "a file cut after its nonce": spoilt("env.decrypt", lambda data: data[: payload(data) + NONCE]),
    "a file cut after its first chunk": spoilt(
        "env.decrypt", lambda data: data[: payload(data) + NONCE + CHUNK], long
    ),
    "a file cut before its last chunk": spoilt(
        "env.decrypt", lambda data: data[: payload(data) + NONCE + 2 * CHUNK], long
    ),
    "a file cut in the middle": spoilt("env.decrypt", lambda data: data[: len(data) // 2]),
    "a file without its first byte": spoilt("env.header", lambda data: data[1:]),
    # one bit
    "a bit of the magic line flipped": flipped("env.header", lambda data: 3),
    "a bit of the version flipped": flipped("env.header", lambda data: len(MAGIC) - 2),
    "a bit of a stanza's type flipped": flipped("env.decrypt", lambda data: data.index(b"X25519")),
    "a bit of a stanza's share flipped": relettered(lambda data: data.index(b"X25519 ") + 20),
    "a bit of a stanza's body flipped": relettered(lambda data: data.index(b"X25519 ") + 60),
    "a bit of the mac flipped": relettered(lambda data: data.index(b"\n--- ") + 10),
    "a bit of the nonce flipped": flipped("env.decrypt", payload),
    "a bit of the payload flipped": flipped("env.decrypt", lambda data: payload(data) + 500),
    "a bit of the last tag flipped": flipped("env.decrypt", lambda data: -1, bit=0x80),
    # recipients
    "a report for another recipient": Bad(
        lambda: sealed(plain("report"), STRANGER_BOX.recipient), "env.decrypt"
    ),
    "a report sealed with a passphrase": Bad(lambda: MAGIC + PASSPHRASE + MAC + bytes(300), "env.header"),
    "a passphrase stanza beside the ward's own": spoilt(
        "env.header",
        lambda data: data.replace(MAGIC, MAGIC + PASSPHRASE, 1),
    ),
    "ten thousand stanzas": Bad(lambda: MAGIC + STANZA * 10_000 + MAC + bytes(300), "env.header"),
    "one recipient too many": Bad(lambda: for_strangers(MAX_STANZAS + 1), "env.header"),
    "a stanza put in by somebody else": spoilt(
        "env.decrypt", lambda data: data.replace(MAGIC, MAGIC + STANZA, 1)
    ),
    "a stanza doubled": spoilt(
        "env.decrypt",
        lambda data: data.replace(MAGIC, MAGIC + data[len(MAGIC) : data.index(b"\n-> ", 30) + 1], 1),
        lambda: sealed(plain("report"), WARD_BOX.recipient, RECOVERY.recipient),
    ),
    "no stanza at all": Bad(lambda: MAGIC + MAC + bytes(300), "env.header"),
    # header
    "a header longer than 8 KiB": Bad(
        lambda: MAGIC + b"-> x " + b"a" * 9000 + b"\n\n" + MAC + bytes(300), "env.header"
    ),
    "a header that never ends": Bad(lambda: MAGIC + b"-> X25519 " + b"A" * 100_000, "env.header"),
    "a header with CR LF": spoilt(
        "env.header",
        lambda data: data[: payload(data)].replace(b"\n", b"\r\n") + data[payload(data) :],
    ),
    "a stanza with a space too many": spoilt(
        "env.header", lambda data: data.replace(b"-> X25519 ", b"-> X25519  ", 1)
    ),
    "a later version of age": spoilt("env.header", lambda data: data.replace(b"/v1\n", b"/v2\n", 1)),
    "an armoured file": spoilt("env.header", armoured),
    "another program's mac": spoilt(
        "env.decrypt", lambda data: data[: data.index(b"\n--- ") + 1] + MAC + data[payload(data) :]
    ),
    # behind the end
    "one byte behind the end": spoilt("env.decrypt", lambda data: data + b"\0"),
    "a line end behind the end": spoilt("env.decrypt", lambda data: data + b"\n"),
    "the file twice": spoilt("env.decrypt", lambda data: data * 2),
    "an empty chunk behind the end": spoilt("env.decrypt", lambda data: data + bytes(16)),
    # nothing of ours
    "a text file": Bad(lambda: "これは報告ではありません。\n".encode() * 20, "env.header"),
    "a web page": Bad(lambda: b"<!DOCTYPE html><script>alert(1)</script>" * 9, "env.header"),
    "a picture for a package": Bad(lambda: making.picture().jpeg, "env.header"),
    "a program": Bad(lambda: b"MZ\x90\0" + bytes(500), "env.header"),
    "a spreadsheet": Bad(lambda: b"PK\x03\x04" + bytes(500), "zip.eocd"),
    "an office document of old": Bad(lambda: b"\xd0\xcf\x11\xe0" + bytes(500), "env.header"),
    "zeros": Bad(lambda: bytes(4096), "env.header"),
    "sealed twice": Bad(lambda: sealed(good(), WARD_BOX.recipient), "zip.eocd"),
    "nothing sealed": Bad(lambda: sealed(b"", WARD_BOX.recipient), "zip.eocd"),
}
