"""The age vectors of C2SP/CCTV: our verdict is theirs, or stricter by a rule of ours that is named here."""

import hashlib
import zlib
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

import pytest

from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.exchange.sealing import unseal

FOLDER = Path(__file__).parent / "age_vectors"
ARMOUR = ("env.header", "armour is another form of the file, and a package is binary")
PASSPHRASE = ("env.header", "no package is sealed with a passphrase")
HYBRID = ("env.decrypt", "mailboxes are X25519; other stanzas are passed over, as age asks for")

# What age opens and we do not.
STRICTER = {
    **dict.fromkeys(("armor_crlf", "armor_full_last_line", "armor_hybrid", "armor_no_eol"), ARMOUR),
    **dict.fromkeys(("armor_scrypt", "armor_whitespace_outside", "armor_x25519"), ARMOUR),
    "scrypt": PASSPHRASE,
    **dict.fromkeys(("hybrid", "hybrid_and_x25519", "hybrid_grease", "hybrid_multiple_recipients"), HYBRID),
}


@dataclass(frozen=True)
class Vector:
    """``payload`` is the SHA-256 of what comes out; ``identities`` are those a mailbox can have."""

    name: str
    expect: str
    payload: str
    identities: tuple[str, ...]
    sealed: bytes


def read_vector(path: Path) -> Vector:
    head, _, body = path.read_bytes().partition(b"\n\n")
    pairs = [line.partition(": ")[::2] for line in head.decode().splitlines()]
    said = dict(pairs)
    identities = tuple(
        value for key, value in pairs if key == "identity" and value.startswith("AGE-SECRET-KEY-1")
    )
    sealed = zlib.decompress(body) if said.get("compressed") == "zlib" else body
    return Vector(path.name, said["expect"], said.get("payload", ""), identities, sealed)


VECTORS = [read_vector(path) for path in sorted(FOLDER.iterdir()) if "." not in path.name]


def code_of(vector: Vector) -> str:
    """The code of the refusal, empty for what opens with the payload that the vector names."""
    try:
        plain = unseal(BytesIO(vector.sealed), vector.identities)
    except PackageRefused as refusal:
        return refusal.code
    assert hashlib.sha256(plain).hexdigest() == vector.payload
    return ""


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector.name)
def test_the_verdict_is_the_vectors_or_stricter_by_our_rules(vector):
    code = code_of(vector)
    if vector.name in STRICTER:
        assert (vector.expect, code) == ("success", STRICTER[vector.name][0])
    elif vector.expect == "success":
        assert code == ""
    else:
        assert code in ("env.header", "env.decrypt")


def test_every_passphrase_and_every_armour_is_refused_before_any_cryptography():
    for vector in VECTORS:
        if vector.name.startswith("armor") or b"-> scrypt " in vector.sealed:
            assert code_of(vector) == "env.header", vector.name


def test_all_vectors_are_there():
    assert len(VECTORS) == 143
    assert sum(vector.expect == "success" for vector in VECTORS) == 26
    assert {vector.name for vector in VECTORS} > STRICTER.keys()
