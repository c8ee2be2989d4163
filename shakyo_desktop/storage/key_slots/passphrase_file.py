"""age v1 files for a passphrase (age-encryption.org/v1, "scrypt recipient"), one chunk of payload.

pyrage derives the key with the interpreter held: every window would stand still for seconds. OpenSSL's
scrypt lets the others run. The files are the same; the tests open each kind with the other.
"""

import base64
import hashlib
import hmac
import re
import secrets

import pyrage
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

WORK = 18
"""2^18 rounds with 8 blocks, as age does: 256 MiB and about a second."""
_MOST_WORK = 21
_MAX_MEMORY = 2**31 - 1
_MAX_PAYLOAD = 64 * 1024
_LABEL = b"age-encryption.org/v1/scrypt"
_HEADER = re.compile(
    rb"(age-encryption\.org/v1\n-> scrypt ([A-Za-z0-9+/]{22}) ([1-9][0-9]?)\n([A-Za-z0-9+/]{43})\n---)"
    rb" ([A-Za-z0-9+/]{43})\n"
)
_WRAP_NONCE = bytes(12)
_LAST_CHUNK = bytes(11) + b"\x01"


def seal(plain: bytes, passphrase: str) -> bytes:
    """Seal at most 64 KiB; slow on purpose."""
    if len(plain) > _MAX_PAYLOAD:
        raise ValueError("one chunk only")
    salt, file_key, nonce = secrets.token_bytes(16), secrets.token_bytes(16), secrets.token_bytes(16)
    wrapped = ChaCha20Poly1305(_wrap_key(passphrase, salt, WORK)).encrypt(_WRAP_NONCE, file_key, None)
    header = b"age-encryption.org/v1\n-> scrypt %s %d\n%s\n---" % (_text(salt), WORK, _text(wrapped))
    mac = _text(_header_mac(file_key, header))
    body = ChaCha20Poly1305(_derive(file_key, nonce, b"payload")).encrypt(_LAST_CHUNK, plain, None)
    return b"%s %s\n%s%s" % (header, mac, nonce, body)


def open_sealed(sealed: bytes, passphrase: str) -> bytes:
    """Open what ``seal`` or age itself made.

    Raises:
        pyrage.DecryptError: the passphrase is another one, or this is no such file.
    """
    found = _HEADER.match(sealed)
    if found is None or int(found[3]) > _MOST_WORK:
        raise pyrage.DecryptError("not an age file for a passphrase")
    try:
        wrap_key = _wrap_key(passphrase, _bytes(found[2]), int(found[3]))
        file_key = ChaCha20Poly1305(wrap_key).decrypt(_WRAP_NONCE, _bytes(found[4]), None)
        if not hmac.compare_digest(_header_mac(file_key, found[1]), _bytes(found[5])):
            raise pyrage.DecryptError("the header was changed")
        nonce, body = sealed[found.end() : found.end() + 16], sealed[found.end() + 16 :]
        return ChaCha20Poly1305(_derive(file_key, nonce, b"payload")).decrypt(_LAST_CHUNK, body, None)
    except (InvalidTag, ValueError) as error:
        raise pyrage.DecryptError("another passphrase, or a damaged file") from error


def spend() -> None:
    """Derive a key and throw it away."""
    _wrap_key("", secrets.token_bytes(16), WORK)


def _wrap_key(passphrase: str, salt: bytes, work: int) -> bytes:
    text = passphrase.encode("utf-8", "surrogatepass")  # half a character is wrong, and takes as long
    return hashlib.scrypt(text, salt=_LABEL + salt, n=1 << work, r=8, p=1, maxmem=_MAX_MEMORY, dklen=32)


def _header_mac(file_key: bytes, header: bytes) -> bytes:
    return hmac.digest(_derive(file_key, b"", b"header"), header, "sha256")


def _derive(file_key: bytes, salt: bytes, info: bytes) -> bytes:
    return HKDF(SHA256(), 32, salt, info).derive(file_key)


def _text(data: bytes) -> bytes:
    return base64.b64encode(data).rstrip(b"=")


def _bytes(text: bytes) -> bytes:
    data = base64.b64decode(text + b"=" * (-len(text) % 4), validate=True)
    if _text(data) != text:  # bits behind the last byte would be free to change
        raise ValueError("not how these bytes are written")
    return data
