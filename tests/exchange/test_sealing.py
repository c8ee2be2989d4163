"""The seal: age itself opens what we seal, we open what age seals, and nothing else passes."""

import subprocess
from io import BytesIO

import pyrage
import pytest

from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.exchange.keys import Mailbox
from shakyo_desktop.exchange.sealing import count_stanzas, file_size, seal, unseal

MAILBOX, RECOVERY, STRANGER = Mailbox.generate(), Mailbox.generate(), Mailbox.generate()
PLAIN = bytes(range(256)) * 1024


def sealed(plain: bytes = PLAIN, recipients=(MAILBOX.recipient, RECOVERY.recipient)) -> bytes:
    out = BytesIO()
    seal(iter([plain[:10], memoryview(plain)[10:]]), recipients, out)
    return out.getvalue()


def refusal_of(data: bytes, *identities: str) -> PackageRefused:
    with pytest.raises(PackageRefused) as refusal:
        unseal(BytesIO(data), identities or (MAILBOX.identity,))
    return refusal.value


GOOD = sealed()
HEADER = GOOD[: GOOD.index(b"\n", GOOD.index(b"\n---") + 1) + 1]

BAD_SEALS = {
    "hello": (b"hello", "env.header"),
    "empty": (b"", "env.header"),
    "a later age": (GOOD.replace(b"/v1\n", b"/v2\n"), "env.header"),
    "armoured": (b"-----BEGIN AGE ENCRYPTED FILE-----\n" + GOOD, "env.header"),
    "a passphrase": (pyrage.passphrase.encrypt(PLAIN, "みほん"), "env.header"),
    "no recipients": (b"age-encryption.org/v1\n--- " + b"A" * 43 + b"\n" + bytes(300), "env.header"),
    "too many recipients": (
        sealed(recipients=[Mailbox.generate().recipient for _ in range(21)]),
        "env.header",
    ),
    "a header without an end": (GOOD[:22] + b"-> X25519 " + b"A" * 9000, "env.header"),
    "another mac": (GOOD.replace(b"\n--- ", b"\n--- A", 1), "env.header"),
    "bytes after the end": (GOOD + b"\0", "env.decrypt"),
    "cut off": (GOOD[:-1], "env.decrypt"),
    "cut off between two chunks": (GOOD[: len(HEADER) + 16 + 2 * 65552], "env.decrypt"),
    "header only": (HEADER, "env.decrypt"),
}


@pytest.mark.parametrize(("data", "code"), BAD_SEALS.values(), ids=BAD_SEALS)
def test_a_bad_seal_is_refused(data, code):
    assert refusal_of(data).code == code


def test_both_recipients_open_it():
    for mailbox in (MAILBOX, RECOVERY):
        assert bytes(unseal(BytesIO(GOOD), [STRANGER.identity, mailbox.identity])) == PLAIN


def test_a_stranger_does_not_open_it():
    refusal = refusal_of(GOOD, STRANGER.identity)
    assert refusal.code == "env.decrypt"
    assert "ほかのところあて" in refusal.message


def test_every_changed_byte_of_a_seal_is_noticed():
    data = sealed(b"x" * 400, [MAILBOX.recipient])
    for position in range(len(data)):
        changed = bytearray(data)
        changed[position] ^= 1
        refusal_of(bytes(changed))


def test_age_opens_what_we_seal(needs_tool, tmp_path):
    age = needs_tool("age")
    (tmp_path / "key.txt").write_text(RECOVERY.identity + "\n")
    opened = subprocess.run(
        [age, "-d", "-i", tmp_path / "key.txt"], input=GOOD, capture_output=True, check=True
    )
    assert opened.stdout == PLAIN


def test_we_open_what_age_seals(needs_tool):
    age = needs_tool("age")
    data = subprocess.run(
        [age, "-e", "-r", MAILBOX.recipient], input=PLAIN, capture_output=True, check=True
    ).stdout
    assert bytes(unseal(BytesIO(data), [MAILBOX.identity])) == PLAIN


@pytest.mark.parametrize("size", [0, 199, 256 * 2**20 + 1])
def test_a_file_of_an_impossible_size_is_refused(size):
    class Sized(BytesIO):
        def seek(self, offset, whence=0):
            return size if whence == 2 else 0

    with pytest.raises(PackageRefused) as refusal:
        file_size(Sized())
    assert refusal.value.code == "size.package"


def test_stanzas_are_counted_without_opening():
    assert count_stanzas(BytesIO(GOOD)) in (2, 3)


def test_a_failing_source_or_file_is_heard_as_it_failed():
    def parts():
        yield b"x" * 100_000
        raise KeyError("source")

    class FullStick:
        def write(self, data: bytes) -> int:
            raise OSError(28, "No space left on device")

    with pytest.raises(KeyError, match="source"):
        seal(parts(), [MAILBOX.recipient], BytesIO())
    with pytest.raises(OSError, match="space") as failure:
        seal(iter([PLAIN]), [MAILBOX.recipient], FullStick())
    assert failure.value.errno == 28


@pytest.mark.parametrize("size", [1, 3_000, 70_000, 300_000])
@pytest.mark.parametrize("fail_at", [1, 2])
@pytest.mark.parametrize("failure", [OSError(28, "full"), TypeError("a mistake")], ids=["full", "mistake"])
def test_what_the_file_raises_is_never_swallowed(size, fail_at, failure):
    class Broken:
        calls = 0

        def write(self, data, /):
            self.calls += 1
            if self.calls >= fail_at:
                raise failure

    out = Broken()
    seen = None
    try:
        seal(iter([bytes(size)]), [MAILBOX.recipient], out)
    except (OSError, TypeError) as error:
        seen = error
    assert seen is (failure if out.calls >= fail_at else None)
