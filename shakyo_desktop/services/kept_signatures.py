"""Verifying again what was signed: every kept package and setup against the certificate of its key."""

from collections.abc import Iterator
from dataclasses import dataclass

from shakyo_desktop.domain.errors import NotFound, ShakyoError
from shakyo_desktop.domain.keeping import SIGNING
from shakyo_desktop.exchange.evidence import verify_evidence
from shakyo_desktop.exchange.keys import SigningKey
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.setup_files import open_setup
from shakyo_desktop.storage.stores import Stores

_PHOTOS = "photos/"


@dataclass(frozen=True, slots=True)
class KeptSignature:
    """One signed thing that is kept; ``code`` says why it no longer verifies and is empty when it does."""

    kind: str
    manifest: str
    code: str


def check_kept(context: ServiceContext) -> Iterator[KeptSignature]:
    """Verify one after another; only one package is in memory at a time, and no photo.

    Photos are kept by their SHA-256 inside pages that the database seals, so they are not read again.
    """
    with context.database.reading() as stores:
        certificates = _certificates(stores)
        entries = [entry for key in certificates for entry in stores.submissions.sequence(key)]
        setups = stores.setups.all()
    for entry in entries:
        with context.database.reading() as stores:
            code = _package_code(stores, entry.manifest, certificates[entry.key])
        if code is not None:
            yield KeptSignature(entry.kind, entry.manifest, code)
    for setup in setups:
        with context.database.reading() as stores:
            data = stores.setups.package(setup.manifest)
        yield KeptSignature("setup", setup.manifest, _setup_code(data, setup.manifest, context))


def _certificates(stores: Stores) -> dict[str, bytes]:
    """The certificate of every key that may have signed something kept here, by fingerprint."""
    found = {row.key: row.certificate for row in stores.organisations.offices()}
    found |= {row.key: row.certificate for row in stores.keys.registrations()}
    for key in stores.keys.own(SIGNING, retired=True):
        found[key.public] = SigningKey.from_bytes(key.secret).certificate
    return found


def _package_code(stores: Stores, manifest: str, certificate: bytes) -> str | None:
    """Empty when it verifies, None when its entries are not kept (a withdrawn or held package)."""
    kept = [entry for entry in stores.submissions.evidence(manifest) if not entry.name.startswith(_PHOTOS)]
    if not kept:
        return None
    try:
        entries = {entry.name: stores.blobs.get(entry.sha256) for entry in kept}
        proven = verify_evidence(entries, certificate, without_photos=True)
    except NotFound:
        return "data.files"
    except ShakyoError as error:
        return error.code
    return "" if proven.manifest == manifest else "manifest.hash"


def _setup_code(data: bytes, manifest: str, context: ServiceContext) -> str:
    try:
        opened = open_setup(data, context.now()).opened
    except ShakyoError as error:
        return error.code
    return "" if opened.manifest == manifest else "manifest.hash"
