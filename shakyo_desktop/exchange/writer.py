"""Building a package: tables, manifest, signature, container and seal, in one stream.

Only one photo is in memory at a time; the digests that the manifest needs first are known beforehand.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence

from shakyo_desktop.domain.errors import Cancelled, PhotoRefused
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.container import Entry, container_parts, container_size
from shakyo_desktop.exchange.content import BuiltPackage, Extra, PackageContent, SignedPackage
from shakyo_desktop.exchange.keys import SigningKey, recipient_digest
from shakyo_desktop.exchange.manifest import manifest_hash
from shakyo_desktop.exchange.package_info import read_package_info
from shakyo_desktop.exchange.preparing import prepare
from shakyo_desktop.exchange.sealing import ByteSink, seal

Progress = Callable[[int, int], None]
IsCancelled = Callable[[], bool]
_PIECE = 2**20


class _CountingSink:
    def __init__(self, out: ByteSink) -> None:
        self._out = out
        self.size = 0

    def write(self, data: bytes | memoryview) -> None:
        self._out.write(data)
        self.size += len(data)


def build_package(
    content: PackageContent,
    signer: SigningKey,
    out: ByteSink,
    progress: Progress | None = None,
    cancelled: IsCancelled | None = None,
) -> BuiltPackage:
    """Write the package of this content, signed by ``signer``, into ``out``.

    Args:
        progress: called with the bytes done and all bytes, often.
        cancelled: asked often; True stops the work.

    Raises:
        Cancelled: what was written to ``out`` is to be thrown away.
        PhotoRefused: too many photos, or one that is no longer what it was.
        PackageRefused: what was to be sent breaks the format; nothing was written.
        OSError: as ``out`` raised it.
    """
    prepared = prepare(content, signer)
    size = write_signed(prepared.entries, content.recipients, out, progress, cancelled)
    return BuiltPackage(manifest_hash(prepared.manifest), size, prepared.info, prepared.evidence)


def sign_package(content: PackageContent, signer: SigningKey) -> SignedPackage:
    """Sign a package without writing it: nothing but its photos' digests is needed.

    What comes back is kept, and ``write_signed`` writes that same package as often as it is asked to.

    Raises:
        PhotoRefused: too many photos.
        PackageRefused: what was to be sent breaks the format.
    """
    prepared = prepare(content, signer)
    return SignedPackage(manifest_hash(prepared.manifest), prepared.info, tuple(prepared.entries))


def write_signed(
    entries: Sequence[Extra],
    recipients: Sequence[str],
    out: ByteSink,
    progress: Progress | None = None,
    cancelled: IsCancelled | None = None,
) -> int:
    """Write a package that was signed before; the size of the file in bytes.

    Args:
        entries: as ``sign_package`` gave them, in container order.
        recipients: the ``age1…`` strings it was signed for; none for a setup, which is not sealed.

    Raises:
        Cancelled, PhotoRefused, OSError: as for ``build_package``.
        ValueError: other recipients than it was signed for; nothing was written.
    """
    _check_recipients(entries, recipients)
    parts = _watched([_checked_entry(one) for one in entries], progress, cancelled)
    sink = _CountingSink(out)
    if recipients:
        seal(parts, recipients, sink)
    else:
        for part in parts:
            sink.write(part)
    return sink.size


def _check_recipients(entries: Sequence[Extra], recipients: Sequence[str]) -> None:
    """Nothing leaves unsealed, or sealed to anybody, but as its signed bytes say."""
    signed = next(entry for entry in entries if entry.name == names.PACKAGE_INFO)
    info, _ = read_package_info(signed.load())
    if {recipient_digest(recipient) for recipient in recipients} != set(info.recipient.enc):
        raise ValueError("not the recipients the package was signed for")


def _checked_entry(extra: Extra) -> Entry:
    return Entry(extra.name, extra.size, lambda: _load(extra))


def _load(extra: Extra) -> bytes:
    data = extra.load()
    if hashlib.sha256(data).hexdigest() != extra.sha256 or len(data) != extra.size:
        raise PhotoRefused(
            "保存してある写真の1枚が、保存したときと変わっています。\n入力した内容はこのパソコンに残っています。\n"
            "「診断の記録」を作り、プログラムの担当者に送ってください。",
            code="photo.changed",
        )
    return data


def _watched(
    entries: list[Entry], progress: Progress | None, cancelled: IsCancelled | None
) -> Iterator[memoryview]:
    """The container's bytes in pieces of at most 1 MiB, telling of each and stopping when asked to."""
    total = container_size(entries)
    done = 0
    for part in container_parts(entries):
        whole = memoryview(part)
        for start in range(0, len(whole), _PIECE):
            if cancelled is not None and cancelled():
                raise Cancelled("中止しました。何も変わっていません。")
            piece = whole[start : start + _PIECE]
            yield piece
            done += len(piece)
            if progress is not None:
                progress(done, total)
