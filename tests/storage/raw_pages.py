"""The plain bytes of every page of a store, also of pages that no table uses any more.

SQLCipher 4: each page is AES-256-CBC under the store's key; its last 80 bytes are the IV and the seal.
"""

from pathlib import Path

from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes

from shakyo_desktop.storage.connection import PAGE_SIZE

_IV, _SEAL, _SALT = 16, 64, 16
_LOG_HEADER, _FRAME_HEADER = 32, 24


def plain_bytes(path: Path, key: bytes) -> bytes:
    """What is in the database file and in its write-ahead log."""
    found = b"".join(_plain(page, key, first=at == 0) for at, page in enumerate(_pages(path.read_bytes())))
    log = path.with_name(f"{path.name}-wal")
    if log.exists():
        frames = log.read_bytes()[_LOG_HEADER:]
        size = _FRAME_HEADER + PAGE_SIZE
        for start in range(0, len(frames) - size + 1, size):
            page = frames[start + _FRAME_HEADER : start + size]
            first = frames[start : start + 4] == b"\0\0\0\1"
            found += _plain(page, key, first=first)
    return found


def _pages(data: bytes) -> list[bytes]:
    return [data[start : start + PAGE_SIZE] for start in range(0, len(data), PAGE_SIZE)]


def _plain(page: bytes, key: bytes, *, first: bool) -> bytes:
    end = PAGE_SIZE - _IV - _SEAL
    cipher = Cipher(algorithms.AES(key), modes.CBC(page[end : end + _IV])).decryptor()
    return cipher.update(page[_SALT if first else 0 : end]) + cipher.finalize()
