"""The one form of certificate we make and take: self-signed, P-256, an organisation's code as its name.

Profile: RFC 5280, CA:FALSE, digitalSignature and nonRepudiation, valid 2020-01-01 to 9999-12-31 so that a
wrong clock cannot break a signature. Trust is the pinned certificate, never a path; the end of a
registration is kept in the office's register.
"""

import hashlib
from dataclasses import dataclass
from datetime import UTC, datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec

from shakyo_desktop.domain.organisations import ORGANISATION_CODE
from shakyo_desktop.exchange import der

MAX_CERTIFICATE = 1024
ECDSA_WITH_SHA256 = der.sequence(der.object_identifier("1.2.840.10045.4.3.2"))

_EC_KEY_P256 = der.sequence(
    der.object_identifier("1.2.840.10045.2.1"), der.object_identifier("1.2.840.10045.3.1.7")
)
_COMMON_NAME = der.object_identifier("2.5.4.3")
_TRUE = der.encode(der.BOOLEAN, b"\xff")
_NOT_CA = der.sequence(der.object_identifier("2.5.29.19"), _TRUE, der.octet_string(der.sequence()))
_SIGNING_ONLY = der.sequence(
    der.object_identifier("2.5.29.15"), _TRUE, der.octet_string(der.bit_string(b"\xc0", unused=6))
)
_EXTENSIONS = der.encode(der.CONTEXT_3, der.sequence(_NOT_CA, _SIGNING_ONLY))
_VALIDITY = der.sequence(
    der.time(datetime(2020, 1, 1, tzinfo=UTC)), der.time(datetime(9999, 12, 31, 23, 59, 59, tzinfo=UTC))
)
_VERSION_3 = der.encode(der.CONTEXT_0, der.integer(2))


@dataclass(frozen=True, slots=True)
class Certificate:
    """What our certificate says. ``point`` is the public key, uncompressed; ``der`` the whole certificate."""

    org: str
    serial: int
    point: bytes
    der: bytes

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate's DER in hex: the name of the key."""
        return fingerprint_of(self.der)

    @property
    def issuer_and_serial(self) -> bytes:
        """IssuerAndSerialNumber (RFC 5652 clause 10.2.4)."""
        return der.sequence(_name(self.org), der.integer(self.serial))

    def verify(self, signature: bytes, data: bytes) -> bool:
        """Whether this key made the ECDSA signature (SHA-256, DER form) over the data."""
        try:
            key = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), self.point)
            key.verify(signature, data, ec.ECDSA(hashes.SHA256()))
        except (InvalidSignature, ValueError):
            return False
        return True


def fingerprint_of(certificate: bytes) -> str:
    """SHA-256 of a certificate's DER in hex."""
    return hashlib.sha256(certificate).hexdigest()


def make_certificate(org: str, key: ec.EllipticCurvePrivateKey) -> Certificate:
    """The self-signed certificate of a key; the same key and code always give the same bytes."""
    point = public_point(key)
    serial = int.from_bytes(hashlib.sha256(point).digest()[:16], "big") >> 1 | 1
    signature = sign(key, _to_be_signed(org, serial, point))
    return Certificate(org, serial, point, _assemble(org, serial, point, signature))


def sign(key: ec.EllipticCurvePrivateKey, data: bytes) -> bytes:
    """An ECDSA signature with SHA-256 in DER, deterministic (RFC 6979): the same data, the same bytes."""
    return key.sign(data, ec.ECDSA(hashes.SHA256(), deterministic_signing=True))


def public_point(key: ec.EllipticCurvePrivateKey) -> bytes:
    """The public key as an uncompressed point (SEC 1, 65 bytes)."""
    numbers = key.public_key().public_numbers()
    return b"\x04" + numbers.x.to_bytes(32, "big") + numbers.y.to_bytes(32, "big")


def read_certificate(data: bytes) -> Certificate:
    """The certificate, when it is exactly the form we write and signed by its own key.

    Raises:
        DerError: for every other certificate, however valid.
    """
    try:
        org, serial, point, signature = _fields(data)
    except UnicodeDecodeError as error:
        raise der.DerError("name is not text") from error
    if len(data) > MAX_CERTIFICATE or not ORGANISATION_CODE.fullmatch(org) or not 0 < serial < 2**159:
        raise der.DerError("not our form of certificate")
    if _assemble(org, serial, point, signature) != data:
        raise der.DerError("not our form of certificate")
    certificate = Certificate(org, serial, point, data)
    if not certificate.verify(signature, _to_be_signed(org, serial, point)):
        raise der.DerError("not signed by its own key")
    return certificate


def _fields(data: bytes) -> tuple[str, int, bytes, bytes]:
    outer = der.DerReader(data)
    whole = outer.enter(der.SEQUENCE)
    outer.done()
    body = whole.enter(der.SEQUENCE)
    body.read(der.CONTEXT_0)
    serial = int.from_bytes(body.read(der.INTEGER), "big")
    body.read(der.SEQUENCE)
    body.read(der.SEQUENCE)
    body.read(der.SEQUENCE)
    attribute = body.enter(der.SEQUENCE).enter(der.SET).enter(der.SEQUENCE)
    attribute.read(der.OBJECT_IDENTIFIER)
    org = attribute.read(der.UTF8_STRING).decode("utf-8")
    key_info = body.enter(der.SEQUENCE)
    key_info.read(der.SEQUENCE)
    point = key_info.read(der.BIT_STRING)[1:]
    whole.read(der.SEQUENCE)
    return org, serial, point, whole.read(der.BIT_STRING)[1:]


def _assemble(org: str, serial: int, point: bytes, signature: bytes) -> bytes:
    return der.sequence(_to_be_signed(org, serial, point), ECDSA_WITH_SHA256, der.bit_string(signature))


def _to_be_signed(org: str, serial: int, point: bytes) -> bytes:
    key_info = der.sequence(_EC_KEY_P256, der.bit_string(point))
    return der.sequence(
        _VERSION_3,
        der.integer(serial),
        ECDSA_WITH_SHA256,
        _name(org),
        _VALIDITY,
        _name(org),
        key_info,
        _EXTENSIONS,
    )


def _name(org: str) -> bytes:
    text = der.encode(der.UTF8_STRING, org.encode())
    return der.sequence(der.set_of(der.sequence(_COMMON_NAME, text)))
