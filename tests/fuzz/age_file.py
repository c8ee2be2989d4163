"""An age file with any header and any chunks whose codes are right all the same (age-encryption.org/v1).

pyrage writes good files only; what a hostile sender may write needs a writer of our own.
"""

import base64
import hashlib
import hmac
from random import Random

from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from tests.exchange.fixed_keys import secret
from tests.fuzz.mutating import changed_bytes, drawn_bytes

CHUNK = 64 * 1024
_READERS = ("ward", "district", "city")
_FIRST = b"age-encryption.org/v1"


def changed(random: Random, plain: bytes) -> bytes:
    """An age file of these bytes with an unusual header or unusual chunks, every code of it right."""
    file_key = hashlib.sha256(drawn_bytes(random, 4)).digest()[:16]
    lines = [_FIRST]
    stanzas = [_stanza(file_key, name) for name in _READERS]
    lines += [line for stanza in _changed_stanzas(random, stanzas) for line in stanza]
    if random.randint(0, 3) == 0:
        place = random.randint(0, len(lines) - 1)
        lines[place] = changed_bytes(random, lines[place])
    header = b"\n".join([*lines, b"---"])
    mac = hmac.digest(_derived(file_key, b"", b"header"), header, "sha256")
    code = _base64(mac if random.randint(0, 9) else changed_bytes(random, mac))
    nonce = hashlib.sha256(file_key).digest()[: random.choice((16, 16, 16, 15, 0))]
    chunks = _chunks(random, plain, _derived(file_key, nonce, b"payload"))
    return header + b" " + code + b"\n" + nonce + b"".join(chunks)


def _changed_stanzas(random: Random, stanzas: list[list[bytes]]) -> list[list[bytes]]:
    match random.randint(0, 6):
        case 0:
            random.shuffle(stanzas)
        case 1:
            del stanzas[random.randint(0, len(stanzas) - 1)]
        case 2:
            stanzas *= random.choice((2, 6, 7, 40))
        case 3:
            stanzas.insert(random.randint(0, 3), [b"-> scrypt " + b"A" * 22 + b" 10", b"A" * 43])
        case 4:
            body = _base64(drawn_bytes(random, 200))
            stanzas.insert(
                random.randint(0, 3), [b"-> " + random.choice((b"grease x", b"X25519", b"a b c d"))]
            )
            stanzas[0] += [body[place : place + 64] for place in range(0, len(body), 64)]
        case 5:
            stanza = random.choice(stanzas)
            place = random.randint(0, len(stanza) - 1)
            stanza[place] = changed_bytes(random, stanza[place])
    return stanzas


def _chunks(random: Random, plain: bytes, key: bytes) -> list[bytes]:
    """The sealed chunks, sometimes of odd sizes, in another order, or without the mark of the last one."""
    size = random.choice((CHUNK, CHUNK, CHUNK, 1000))
    pieces = [plain[place : place + size] for place in range(0, len(plain), size)]
    odd = random.randint(0, 7)
    if odd == 0:
        pieces.append(b"")
    cipher = ChaCha20Poly1305(key)
    sealed = []
    for number, piece in enumerate(pieces):
        last = number == len(pieces) - 1 and odd != 1
        nonce = number.to_bytes(11, "big") + bytes([last])
        sealed.append(cipher.encrypt(nonce, piece, None))
    if odd == 2:
        sealed.reverse()
    if odd == 3:
        sealed.append(drawn_bytes(random, 40))
    return sealed


def _stanza(file_key: bytes, name: str) -> list[bytes]:
    """The stanza that gives a mailbox of ``fixed_keys`` the file key."""
    recipient = X25519PrivateKey.from_private_bytes(secret(name)).public_key()
    ephemeral = X25519PrivateKey.from_private_bytes(hashlib.sha256(file_key + name.encode()).digest())
    share = ephemeral.public_key().public_bytes_raw()
    salt = share + recipient.public_bytes_raw()
    wrapping = _derived(ephemeral.exchange(recipient), salt, b"age-encryption.org/v1/X25519")
    body = ChaCha20Poly1305(wrapping).encrypt(bytes(12), file_key, None)
    return [b"-> X25519 " + _base64(share), _base64(body)]


def _derived(key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, salt or None, info).derive(key)


def _base64(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")
