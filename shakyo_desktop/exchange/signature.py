"""The signature: CMS SignedData (RFC 5652), CAdES baseline-B (ETSI EN 319 122-1), ECDSA P-256 with SHA-256.

Detached over the manifest's bytes; one certificate, one signer, exactly four signed attributes:
contentType, signingTime, messageDigest and signingCertificateV2 (RFC 5035). It is read by taking out
the five values that vary, building the whole again from them, and comparing.
"""

import hashlib
from dataclasses import dataclass
from datetime import datetime

from shakyo_desktop.exchange import der
from shakyo_desktop.exchange.certificate import ECDSA_WITH_SHA256, Certificate, read_certificate
from shakyo_desktop.exchange.keys import SigningKey
from shakyo_desktop.exchange.refusal import refused, require

MAX_SIGNATURE = 4096

_DATA = der.object_identifier("1.2.840.113549.1.7.1")
_SIGNED_DATA = der.object_identifier("1.2.840.113549.1.7.2")
_CONTENT_TYPE = der.object_identifier("1.2.840.113549.1.9.3")
_MESSAGE_DIGEST = der.object_identifier("1.2.840.113549.1.9.4")
_SIGNING_TIME = der.object_identifier("1.2.840.113549.1.9.5")
_SIGNING_CERTIFICATE_V2 = der.object_identifier("1.2.840.113549.1.9.16.2.47")
_SHA256 = der.sequence(der.object_identifier("2.16.840.1.101.3.4.2.1"))  # RFC 5754 clause 2: no parameters


@dataclass(frozen=True, slots=True)
class Signature:
    """A signature in our exact form whose own key fits; whom the key belongs to is judged elsewhere."""

    certificate: Certificate
    signed_at: datetime


@dataclass(frozen=True, slots=True)
class _Fields:
    certificate: bytes
    signing_time: datetime
    digest: bytes
    signature: bytes
    algorithms: tuple[bytes, bytes, bytes]


def sign_manifest(manifest: bytes, signer: SigningKey, signed_at: datetime) -> bytes:
    """The detached signature in DER; the same inputs give the same bytes (RFC 6979)."""
    certificate = read_certificate(signer.certificate)
    attributes = _attributes(certificate, signed_at, hashlib.sha256(manifest).digest())
    return _assemble(certificate, attributes, signer.sign(der.set_of(*attributes)))


def read_signature(data: bytes, manifest: bytes) -> Signature:
    """The signature, verified over the manifest with the certificate inside it.

    Raises:
        PackageRefused: ``sig.parse`` not SignedData, ``sig.alg`` other algorithms, ``sig.unknown_key``
            not our form of certificate, ``sig.profile`` another profile, ``sig.bad`` not over this manifest.
    """
    require(len(data) <= MAX_SIGNATURE, "sig.parse", "too long")
    try:
        fields = _read_fields(data)
    except der.DerError as error:
        raise refused("sig.parse", str(error)) from error
    require(fields.algorithms == (_SHA256, _SHA256, ECDSA_WITH_SHA256), "sig.alg")
    try:
        certificate = read_certificate(fields.certificate)
    except der.DerError as error:
        raise refused("sig.unknown_key", str(error)) from error
    attributes = _attributes(certificate, fields.signing_time, fields.digest)
    require(_assemble(certificate, attributes, fields.signature) == data, "sig.profile")
    require(hashlib.sha256(manifest).digest() == fields.digest, "sig.bad", "another manifest")
    require(certificate.verify(fields.signature, der.set_of(*attributes)), "sig.bad")
    return Signature(certificate, fields.signing_time)


def _attributes(certificate: Certificate, signed_at: datetime, digest: bytes) -> tuple[bytes, ...]:
    certificate_id = der.sequence(der.octet_string(hashlib.sha256(certificate.der).digest()))
    return (
        der.sequence(_CONTENT_TYPE, der.set_of(_DATA)),
        der.sequence(_SIGNING_TIME, der.set_of(der.time(signed_at))),
        der.sequence(_MESSAGE_DIGEST, der.set_of(der.octet_string(digest))),
        der.sequence(_SIGNING_CERTIFICATE_V2, der.set_of(der.sequence(der.sequence(certificate_id)))),
    )


def _assemble(certificate: Certificate, attributes: tuple[bytes, ...], signature: bytes) -> bytes:
    signed_attributes = der.encode(der.CONTEXT_0, *sorted(attributes))
    signer_info = der.sequence(
        der.integer(1),
        certificate.issuer_and_serial,
        _SHA256,
        signed_attributes,
        ECDSA_WITH_SHA256,
        der.octet_string(signature),
    )
    signed_data = der.sequence(
        der.integer(1),
        der.set_of(_SHA256),
        der.sequence(_DATA),
        der.encode(der.CONTEXT_0, certificate.der),
        der.set_of(signer_info),
    )
    return der.sequence(_SIGNED_DATA, der.encode(der.CONTEXT_0, signed_data))


def _read_fields(data: bytes) -> _Fields:
    outer = der.DerReader(data)
    content_info = outer.enter(der.SEQUENCE)
    outer.done()
    content_info.read(der.OBJECT_IDENTIFIER)
    signed_data = content_info.enter(der.CONTEXT_0).enter(der.SEQUENCE)
    signed_data.read(der.INTEGER)
    set_algorithm = signed_data.enter(der.SET).read_whole(der.SEQUENCE)
    signed_data.read(der.SEQUENCE)
    certificate = signed_data.enter(der.CONTEXT_0).read_whole(der.SEQUENCE)
    signer = signed_data.enter(der.SET).enter(der.SEQUENCE)
    signer.read(der.INTEGER)
    signer.read(der.SEQUENCE)
    digest_algorithm = signer.read_whole(der.SEQUENCE)
    signing_time, digest = _read_attributes(signer.enter(der.CONTEXT_0))
    signature_algorithm = signer.read_whole(der.SEQUENCE)
    signature = signer.read(der.OCTET_STRING)
    return _Fields(
        certificate, signing_time, digest, signature, (set_algorithm, digest_algorithm, signature_algorithm)
    )


def _read_attributes(attributes: der.DerReader) -> tuple[datetime, bytes]:
    """The two values that vary; attributes we do not know show when the whole is rebuilt."""
    signing_time: datetime | None = None
    digest: bytes | None = None
    while attributes.peek_tag() is not None:
        attribute = attributes.enter(der.SEQUENCE)
        kind = attribute.read_whole(der.OBJECT_IDENTIFIER)
        values = attribute.enter(der.SET)
        if kind == _SIGNING_TIME:
            tag = values.peek_tag() or 0
            signing_time = der.read_time(tag, values.read(tag))
        elif kind == _MESSAGE_DIGEST:
            digest = values.read(der.OCTET_STRING)
    if signing_time is None or digest is None:
        raise refused("sig.profile", "an attribute is missing")
    return signing_time, digest
