"""Signing keys, mailboxes, and the check number that stands for them on paper."""

import base64
import hashlib
import re
import textwrap
import unicodedata
from dataclasses import dataclass
from functools import cached_property

import pyrage
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

from shakyo_desktop.domain.errors import BadInput
from shakyo_desktop.domain.organisations import ORGANISATION_CODE
from shakyo_desktop.exchange import certificate as certificates
from shakyo_desktop.exchange.certificate import fingerprint_of

CHECK_DIGITS = 12
_CHECK_PREFIX = b"shakyo-check-v1\x00"
_CHECK_SALT = b"shakyo-check-number-v1"
_SCRYPT_N, _SCRYPT_R, _SCRYPT_P = 2**17, 8, 1
_SCRYPT_MEMORY = 256 * 2**20  # twice what these parameters need
_HYPHENS = re.compile(r"[\s‐‑‒–—―−ー-]")


class SigningKey:
    """An organisation's P-256 signing key with its certificate."""

    def __init__(self, private: ec.EllipticCurvePrivateKey, certificate: certificates.Certificate) -> None:
        self._private = private
        self._certificate = certificate

    @classmethod
    def generate(cls, org: str) -> "SigningKey":
        """A new key for the organisation with this code."""
        if ORGANISATION_CODE.fullmatch(org) is None:
            raise ValueError("not an organisation code")
        return cls._of(org, ec.generate_private_key(ec.SECP256R1()))

    @classmethod
    def from_bytes(cls, data: bytes) -> "SigningKey":
        """The key that ``to_bytes`` wrote; ValueError for anything else."""
        size = int.from_bytes(data[:2], "big")
        certificate = certificates.read_certificate(data[2 : 2 + size])
        private = serialization.load_der_private_key(data[2 + size :], password=None)
        if not isinstance(private, ec.EllipticCurvePrivateKey):
            raise ValueError("not an elliptic-curve key")
        if certificates.public_point(private) != certificate.point:
            raise ValueError("key and certificate do not belong together")
        return cls(private, certificate)

    @classmethod
    def _of(cls, org: str, private: ec.EllipticCurvePrivateKey) -> "SigningKey":
        return cls(private, certificates.make_certificate(org, private))

    @property
    def org(self) -> str:
        """The code of the organisation it belongs to."""
        return self._certificate.org

    @property
    def certificate(self) -> bytes:
        """The certificate in DER."""
        return self._certificate.der

    @property
    def fingerprint(self) -> str:
        """SHA-256 of the certificate's DER in hex."""
        return self._certificate.fingerprint

    def certificate_pem(self) -> str:
        """The certificate for ``openssl -CAfile``."""
        return pem_of(self.certificate)

    def sign(self, data: bytes) -> bytes:
        """An ECDSA signature in DER, deterministic (RFC 6979)."""
        return certificates.sign(self._private, data)

    def to_bytes(self) -> bytes:
        """Certificate (two bytes of length first) and unencrypted PKCS #8 key: for the sealed store only."""
        private = self._private.private_bytes(
            serialization.Encoding.DER, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
        return len(self.certificate).to_bytes(2, "big") + self.certificate + private


@dataclass(frozen=True)
class Mailbox:
    """An age X25519 identity: what is sealed to its recipient only its holder opens."""

    identity: str

    @classmethod
    def generate(cls) -> "Mailbox":
        """A new mailbox."""
        return cls(str(pyrage.x25519.Identity.generate()))

    @classmethod
    def from_identity(cls, text: str) -> "Mailbox":
        """The mailbox of an ``AGE-SECRET-KEY-1…`` as a person may have typed it from paper.

        Raises:
            BadInput: it is not an age identity; a wrong letter is always noticed.
        """
        plain = _HYPHENS.sub("", unicodedata.normalize("NFKC", text)).upper()
        plain = plain.replace("AGESECRETKEY1", "AGE-SECRET-KEY-1", 1)
        try:
            return cls(str(pyrage.x25519.Identity.from_str(plain)))
        except pyrage.IdentityError as error:
            raise BadInput(
                "控えの文字が読み取れませんでした。\n紙に印刷された文字と、見くらべて確認してください。",
                code="input.identity",
            ) from error

    @cached_property
    def recipient(self) -> str:
        """The public ``age1…`` string that others seal to."""
        return str(pyrage.x25519.Identity.from_str(self.identity).to_public())

    def __repr__(self) -> str:
        return f"Mailbox({self.recipient})"


def recipient_digest(recipient: str) -> str:
    """SHA-256 of a recipient string in hex, as ``recipient.enc`` of package.json lists it."""
    return hashlib.sha256(recipient.encode()).hexdigest()


def pem_of(certificate: bytes) -> str:
    """A certificate as PEM text (RFC 7468)."""
    lines = textwrap.wrap(base64.b64encode(certificate).decode(), 64)
    return "\n".join(("-----BEGIN CERTIFICATE-----", *lines, "-----END CERTIFICATE-----", ""))


def check_number(certificate: bytes, recipient: str, org: str) -> str:
    """The 12 digits that stand for a certificate, a recipient and an organisation code.

    ``org`` is the sender's own code on a cover sheet, on a slip the code of the district it is for.
    Slow on purpose (about 0.3 s and 128 MiB): a short plain hash is forged in a second.
    """
    parts = (certificate, recipient.encode(), org.encode())
    bound = _CHECK_PREFIX + b"".join(len(part).to_bytes(4, "big") + part for part in parts)
    stretched = hashlib.scrypt(
        hashlib.sha256(bound).digest(),
        salt=_CHECK_SALT,
        n=_SCRYPT_N,
        r=_SCRYPT_R,
        p=_SCRYPT_P,
        maxmem=_SCRYPT_MEMORY,
        dklen=16,
    )
    return f"{int.from_bytes(stretched, 'big') % 10**CHECK_DIGITS:0{CHECK_DIGITS}d}"


def read_check_number(text: str) -> str | None:
    """The 12 digits a person typed, in full width or not, with spaces and hyphens or not; else None."""
    digits = _HYPHENS.sub("", unicodedata.normalize("NFKC", text))
    return digits if re.fullmatch(f"[0-9]{{{CHECK_DIGITS}}}", digits) else None


__all__ = [
    "Mailbox",
    "SigningKey",
    "check_number",
    "fingerprint_of",
    "pem_of",
    "read_check_number",
    "recipient_digest",
]
