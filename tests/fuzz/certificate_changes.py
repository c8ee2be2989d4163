"""A certificate that is not our form, signed by its own key, and a signature that fits it."""

import hashlib
from dataclasses import dataclass

from shakyo_desktop.exchange import der, names, signature
from shakyo_desktop.exchange.certificate import ECDSA_WITH_SHA256
from tests.exchange.mischief import Forger, good_entries
from tests.exchange.people import MADE
from tests.fuzz.der_tree import Node, tree_of
from tests.fuzz.oracle import outcome_of


@dataclass(frozen=True)
class _Changed:
    """What the signature's writer asks of a certificate."""

    der: bytes
    issuer_and_serial: bytes


def judge(kind: str, certificate: bytes) -> str:
    """Sign the changed certificate again, sign the package with its key, and let it be read."""
    key, good = Forger(kind).key, good_entries(kind)
    changed = _signed_again(certificate, key.sign)
    attributes = signature._attributes(changed, MADE, hashlib.sha256(good[names.MANIFEST]).digest())
    data = signature._assemble(changed, attributes, key.sign(der.set_of(*attributes)))
    only = good[names.MANIFEST] if changed.der == key.certificate else b""
    return outcome_of(kind, Forger(kind).finished(good | {names.SIGNATURE: data}), only=only)


def _signed_again(certificate: bytes, sign) -> _Changed:
    """The certificate with a signature over what it says now, when it still has that shape."""
    root = tree_of(certificate)
    whole = certificate
    if root is not None and len(root.inside) == 3:
        signed = root.inside[0].written()
        whole = der.sequence(signed, ECDSA_WITH_SHA256, der.bit_string(sign(signed)))
    return _Changed(whole, _issuer_and_serial(root))


def _issuer_and_serial(root: Node | None) -> bytes:
    body = root.inside[0].inside if root is not None and root.inside else []
    return der.sequence(body[3].written(), body[1].written()) if len(body) > 3 else der.sequence()
