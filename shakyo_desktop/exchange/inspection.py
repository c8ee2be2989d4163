"""Looking at a file without judging its sender: for the diagnosis, and for naming who sent a refused file."""

from dataclasses import dataclass
from typing import BinaryIO

from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.exchange.container import read_container
from shakyo_desktop.exchange.package_info import PackageInfo, read_package_info
from shakyo_desktop.exchange.reader import PLAIN_START, read_envelope
from shakyo_desktop.exchange.sealing import count_stanzas, file_size
from shakyo_desktop.exchange.signed import verify_signed


@dataclass(frozen=True, slots=True, kw_only=True)
class Inspection:
    """What a file shows; what could not be reached is None or empty. ``code`` is the first broken rule.

    ``info`` is only there when the signature fits the certificate inside, and even then only a hint:
    nobody has said whose certificate it is.
    """

    size: int = 0
    stanzas: int | None = None
    entries: tuple[tuple[str, int], ...] = ()
    manifest: str | None = None
    certificate: bytes | None = None
    info: PackageInfo | None = None
    code: str = ""


def inspect_package(sealed: BinaryIO, identities: tuple[str, ...]) -> Inspection:
    """Look as deep as the file can be read; never raises ``PackageRefused``."""
    seen: dict[str, object] = {}
    try:
        seen["size"] = file_size(sealed)
        if sealed.read(len(PLAIN_START)) != PLAIN_START:
            seen["stanzas"] = count_stanzas(sealed)
        data, _ = read_envelope(sealed, identities)
        entries = read_container(data)
        seen["entries"] = tuple((name, len(part)) for name, part in entries.items())
        signed = verify_signed(entries)
        seen |= {"manifest": signed.manifest, "certificate": signed.certificate.der}
        seen["info"], _ = read_package_info(signed.package_info)
    except PackageRefused as refusal:
        seen["code"] = refusal.code
    return Inspection(**seen)  # type: ignore[arg-type]
