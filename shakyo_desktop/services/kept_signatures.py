"""Verifying again what was signed: every kept package and setup against the certificate of its key."""

from collections.abc import Iterator
from dataclasses import dataclass

from shakyo_desktop.domain.errors import NotFound, ShakyoError
from shakyo_desktop.domain.keeping import SIGNING
from shakyo_desktop.exchange.evidence import verify_evidence
from shakyo_desktop.exchange.keys import fingerprint_of
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
        entries = [entry for key in sorted(_signers(stores)) for entry in stores.submissions.sequence(key)]
        setups = stores.setups.all()
    for entry in entries:
        with context.database.reading() as stores:
            code = _package_code(stores, entry.manifest, entry.key)
        if code is not None:
            yield KeptSignature(entry.kind, entry.manifest, code)
    for setup in setups:
        with context.database.reading() as stores:
            data = stores.setups.package(setup.manifest)
        yield KeptSignature("setup", setup.manifest, _setup_code(data, setup.manifest, context))


def _signers(stores: Stores) -> set[str]:
    """The fingerprint of every key that signed something kept here, those of an earlier computer too."""
    found = {row.key for row in stores.organisations.offices()}
    found |= {row.key for row in stores.keys.registrations()}
    found |= {key.public for key in stores.keys.own(SIGNING, retired=True)}
    found |= {setup.key for setup in stores.setups.all()}  # an office's key before its change
    return found | {sent.key for sent in stores.submissions.of_org(str(stores.settings.get("org")))}


def _package_code(stores: Stores, manifest: str, key: str) -> str | None:
    """Empty when it verifies, None when its entries are not kept (a withdrawn or held package)."""
    kept = [entry for entry in stores.submissions.evidence(manifest) if not entry.name.startswith(_PHOTOS)]
    if not kept:
        return None
    try:
        entries = {entry.name: stores.blobs.get(entry.sha256) for entry in kept}
        proven = verify_evidence(entries, without_photos=True)
    except NotFound:
        return "data.files"
    except ShakyoError as error:
        return error.code
    if fingerprint_of(proven.certificate) != key:
        return "sig.unknown_key"
    return "" if proven.manifest == manifest else "manifest.hash"


def _setup_code(data: bytes, manifest: str, context: ServiceContext) -> str:
    try:
        opened = open_setup(data, context.now()).opened
    except ShakyoError as error:
        return error.code
    return "" if opened.manifest == manifest else "manifest.hash"
