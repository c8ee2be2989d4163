"""Reports whose signature breaks one rule each; everything below fits the manifest."""

import base64
from collections.abc import Callable
from datetime import datetime
from functools import cache
from typing import Any

from asn1crypto import cms, core
from cryptography.hazmat.primitives.asymmetric import ec, ed25519, rsa
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509 import CertificateBuilder, Name, NameAttribute
from cryptography.x509.oid import NameOID

from shakyo_desktop.exchange import der, names
from shakyo_desktop.exchange.signature import sign_manifest
from tests.exchange import making
from tests.exchange.mischief import entries_in, good_entries
from tests.exchange.people import DISTRICT, DISTRICT_KEY, MADE, STRANGER_KEY
from tests.exchange.spoiling import REPORT, Bad

ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""The order n of P-256 (SEC 2)."""

ATTRIBUTES = {
    "contentType": "1.2.840.113549.1.9.3",
    "messageDigest": "1.2.840.113549.1.9.4",
    "signingTime": "1.2.840.113549.1.9.5",
    "signingCertificateV2": "1.2.840.113549.1.9.16.2.47",
}


def good() -> bytes:
    return good_entries("report")[names.SIGNATURE]


def signed(code: str, change: Callable[[bytes], bytes]) -> Bad:
    """The good report under another signature."""
    return Bad(lambda: REPORT.finished(good_entries("report") | {names.SIGNATURE: change(good())}), code)


def parsed(code: str, change: Callable[[Any], None]) -> Bad:
    """The signature's structure changed; still DER."""

    def changed(data: bytes) -> bytes:
        content = cms.ContentInfo.load(data).copy()
        change(content["content"])
        return bytes(content.dump(force=True))

    return signed(code, changed)


def attribute_gone(dotted: str) -> Callable[[Any], None]:
    def change(signed_data: Any) -> None:
        attributes = signed_data["signer_infos"][0]["signed_attrs"]
        del attributes[[one["type"].dotted for one in attributes].index(dotted)]

    return change


def attribute_put(kind: str, value: Any) -> Callable[[Any], None]:
    return lambda signed_data: signed_data["signer_infos"][0]["signed_attrs"].append(
        {"type": kind, "values": [value]}
    )


def unsigned(kind: str, value: Any) -> Callable[[Any], None]:
    def change(signed_data: Any) -> None:
        signed_data["signer_infos"][0]["unsigned_attrs"] = [{"type": kind, "values": [value]}]

    return change


def two_signers(signed_data: Any) -> None:
    signed_data["signer_infos"].append(signed_data["signer_infos"][0].copy())


def another_certificate(signed_data: Any) -> None:
    signed_data["certificates"] = [cms.CertificateChoices.load(STRANGER_KEY.certificate)]


def two_certificates(signed_data: Any) -> None:
    signed_data["certificates"].append(cms.CertificateChoices.load(STRANGER_KEY.certificate))


def no_certificate(signed_data: Any) -> None:
    signed_data["certificates"] = []


def with_content(signed_data: Any) -> None:
    signed_data["encap_content_info"] = {"content_type": "data", "content": b"inside"}


def with_sha1(signed_data: Any) -> None:
    signed_data["digest_algorithms"] = [{"algorithm": "sha1"}]
    signed_data["signer_infos"][0]["digest_algorithm"] = {"algorithm": "sha1"}


def signature_algorithm(name: str) -> Callable[[Any], None]:
    def change(signed_data: Any) -> None:
        signed_data["signer_infos"][0]["signature_algorithm"] = {"algorithm": name}

    return change


def by_key_identifier(signed_data: Any) -> None:
    signer = signed_data["signer_infos"][0]
    signer["version"] = "v3"
    signer["sid"] = cms.SignerIdentifier({"subject_key_identifier": core.OctetString(bytes(20))})


def with_ecdsa(value: tuple[int, int]) -> Callable[[bytes], bytes]:
    """Other values r and s."""

    def change(data: bytes) -> bytes:
        content = cms.ContentInfo.load(data).copy()
        content["content"]["signer_infos"][0]["signature"] = der.sequence(*map(der.integer, value))
        return bytes(content.dump(force=True))

    return change


def other_s(data: bytes) -> bytes:
    """The signature's twin (r, n − s): as good as the first, but for its bytes."""
    signer = cms.ContentInfo.load(data)["content"]["signer_infos"][0]
    r, s = core.SequenceOf.load(signer["signature"].native, spec=core.Integer).native
    return with_ecdsa((r, ORDER - s))(data)


def indefinite_length(data: bytes) -> bytes:
    """BER: the outermost SEQUENCE without its length."""
    header = 2 + (data[1] & 0x7F if data[1] & 0x80 else 0)
    return b"\x30\x80" + data[header:] + b"\0\0"


def long_length(data: bytes) -> bytes:
    """BER: the outermost length in one byte more than it needs."""
    header = 2 + (data[1] & 0x7F)
    return bytes((data[0], data[1] + 1, 0)) + data[2:header] + data[header:]


def constructed_octets(data: bytes) -> bytes:
    """BER: the message digest as a constructed OCTET STRING."""
    return data.replace(b"\x04\x20", b"\x24\x20", 1)


@cache
def foreign_certificate(kind: str) -> bytes:
    """A self-signed certificate of the district's name on another kind of key."""
    key: Any = {
        "ed25519": ed25519.Ed25519PrivateKey.generate,
        "rsa": lambda: rsa.generate_private_key(65537, 2048),
        "p384": lambda: ec.generate_private_key(ec.SECP384R1()),
        "p256": lambda: ec.generate_private_key(ec.SECP256R1()),
    }[kind]()
    name = Name([NameAttribute(NameOID.COMMON_NAME, DISTRICT)])
    builder = CertificateBuilder().subject_name(name).issuer_name(name).serial_number(1)
    builder = builder.not_valid_before(datetime(2020, 1, 1)).not_valid_after(datetime(9999, 12, 31))
    made = builder.public_key(key.public_key()).sign(key, None if kind == "ed25519" else SHA256())
    return made.public_bytes(Encoding.DER)


def of_kind(kind: str) -> Callable[[Any], None]:
    def change(signed_data: Any) -> None:
        signed_data["certificates"] = [cms.CertificateChoices.load(foreign_certificate(kind))]

    return change


def renamed(data: bytes) -> bytes:
    """The certificate's own name changed, in both places."""
    certificate = DISTRICT_KEY.certificate
    return data.replace(certificate, certificate.replace(DISTRICT.encode(), b"990011-02"))


def other_manifest() -> bytes:
    """The signature of the district's other report."""
    other = entries_in(making.built(making.report_content(app_version="1.1")))
    return other[names.SIGNATURE]


BAD_CMS: dict[str, Bad] = {
    "an empty signature": signed("sig.parse", lambda data: b""),
    "a signature cut short": signed("sig.parse", lambda data: data[:-1]),
    "a signature with a tail": signed("sig.parse", lambda data: data + b"\0"),
    "a signature of 5,000 bytes": signed("sig.parse", lambda data: data + bytes(5000)),
    "a signature as text": signed("sig.parse", base64.b64encode),
    "a signature of XML": signed("sig.parse", lambda data: b"<ds:Signature/>"),
    "BER with an indefinite length": signed("sig.parse", indefinite_length),
    "BER with a long length": signed("sig.parse", long_length),
    "BER with a constructed string": signed("sig.parse", constructed_octets),
    "the signature of another manifest": signed("sig.bad", lambda data: other_manifest()),
    "a signature of nothing": signed("sig.bad", lambda data: sign_manifest(b"", DISTRICT_KEY, MADE)),
    "zero r and s": signed("sig.bad", with_ecdsa((0, 0))),
    "zero r": signed("sig.bad", with_ecdsa((0, 1))),
    "r as large as the group": signed("sig.bad", with_ecdsa((ORDER, 1))),
    "s beyond the group": signed("sig.bad", with_ecdsa((1, ORDER + 1))),
    "r and s of a thousand bits": signed("sig.bad", with_ecdsa((2**1000, 2**1000))),
    "a swapped certificate": parsed("sig.profile", another_certificate),
    "two certificates": parsed("sig.profile", two_certificates),
    "no certificate": parsed("sig.parse", no_certificate),
    "two signers": parsed("sig.profile", two_signers),
    "a signer named by its key": parsed("sig.parse", by_key_identifier),
    "a signature with its content inside": parsed("sig.profile", with_content),
    "SHA-1 for the digest": parsed("sig.alg", with_sha1),
    "RSA for the signature": parsed("sig.alg", signature_algorithm("sha256_rsa")),
    "Ed25519 for the signature": parsed("sig.alg", signature_algorithm("ed25519")),
    "SHA-512 for the signature": parsed("sig.alg", signature_algorithm("sha512_ecdsa")),
    "a certificate of Ed25519": parsed("sig.unknown_key", of_kind("ed25519")),
    "a certificate of RSA": parsed("sig.unknown_key", of_kind("rsa")),
    "a certificate of P-384": parsed("sig.unknown_key", of_kind("p384")),
    "a certificate of another profile": parsed("sig.unknown_key", of_kind("p256")),
    "a certificate with another name": signed("sig.unknown_key", renamed),
    "another signing time": signed("sig.bad", lambda data: data.replace(b"260912050607Z", b"260912050608Z")),
    "a signing time of thirteen months": signed(
        "sig.parse", lambda data: data.replace(b"260912050607Z", b"261312050607Z")
    ),
    "a countersignature nobody signed": parsed("sig.profile", unsigned("content_type", "data")),
    "an attribute nobody signed": parsed("sig.profile", unsigned("1.2.3.4", core.Integer(1))),
    "a fifth signed attribute": parsed("sig.profile", attribute_put("1.2.3.4", core.Integer(1))),
    "an attribute twice": parsed("sig.profile", attribute_put("content_type", "data")),
    **{
        f"no attribute {name}": parsed("sig.profile", attribute_gone(dotted))
        for name, dotted in ATTRIBUTES.items()
    },
}
