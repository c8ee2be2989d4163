"""The signature, and what independent programs say about it."""

import asyncio
import subprocess
from datetime import UTC, datetime

import pytest
from asn1crypto import cms, x509
from pyhanko.sign.validation import async_validate_detached_cms
from pyhanko_certvalidator import ValidationContext

from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.exchange.keys import SigningKey
from shakyo_desktop.exchange.signature import read_signature, sign_manifest

KEY = SigningKey.generate("121011-03")
OTHER = SigningKey.generate("121011-03")
MOMENT = datetime(2026, 9, 12, 5, 6, 7, tzinfo=UTC)
MANIFEST = b"<manifest/>"
GOOD = sign_manifest(MANIFEST, KEY, MOMENT)


def refusal_of(data: bytes, manifest: bytes = MANIFEST) -> str:
    with pytest.raises(PackageRefused) as refusal:
        read_signature(data, manifest)
    return refusal.value.code


def changed_cms(change) -> bytes:
    """The signature after ``change`` of its parsed form; still DER."""
    parsed = cms.ContentInfo.load(GOOD).copy()
    change(parsed["content"])
    return parsed.dump(force=True)


def with_unsigned_attribute(signed_data):
    signed_data["signer_infos"][0]["unsigned_attrs"] = [{"type": "content_type", "values": ["data"]}]


def with_a_second_certificate(signed_data):
    signed_data["certificates"].append(cms.CertificateChoices.load(OTHER.certificate))


def with_another_attribute(signed_data):
    signed_data["signer_infos"][0]["signed_attrs"].append({"type": "1.2.3.4", "values": [cms.Integer(1)]})


def without_signing_time(signed_data):
    attributes = signed_data["signer_infos"][0]["signed_attrs"]
    del attributes[[a["type"].native for a in attributes].index("signing_time")]


def with_sha512(signed_data):
    signed_data["signer_infos"][0]["digest_algorithm"] = {"algorithm": "sha512"}


def with_its_content_inside(signed_data):
    signed_data["encap_content_info"] = {"content_type": "data", "content": MANIFEST}


def with_the_other_certificate(signed_data):
    signed_data["certificates"] = [cms.CertificateChoices.load(OTHER.certificate)]


def with_another_name(certificate: bytes) -> bytes:
    return GOOD.replace(certificate, certificate.replace(b"121011-03", b"121011-04"))


BAD_SIGNATURES = {
    "empty": (b"", "sig.parse"),
    "not DER": (b"hello", "sig.parse"),
    "cut off": (GOOD[:-1], "sig.parse"),
    "bytes after the end": (GOOD + b"\0", "sig.parse"),
    "too long": (GOOD + bytes(5000), "sig.parse"),
    "another digest algorithm": (changed_cms(with_sha512), "sig.alg"),
    "a certificate that names another": (with_another_name(KEY.certificate), "sig.unknown_key"),
    "another signer's certificate": (changed_cms(with_the_other_certificate), "sig.profile"),
    "two certificates": (changed_cms(with_a_second_certificate), "sig.profile"),
    "an unsigned attribute": (changed_cms(with_unsigned_attribute), "sig.profile"),
    "a fifth signed attribute": (changed_cms(with_another_attribute), "sig.profile"),
    "a missing attribute": (changed_cms(without_signing_time), "sig.profile"),
    "not detached": (changed_cms(with_its_content_inside), "sig.profile"),
    "over another manifest": (sign_manifest(b"other", KEY, MOMENT), "sig.bad"),
    "with another time": (GOOD.replace(b"260912050607Z", b"260912050608Z"), "sig.bad"),
}


@pytest.mark.parametrize(("data", "code"), BAD_SIGNATURES.values(), ids=BAD_SIGNATURES)
def test_a_bad_signature_is_refused(data, code):
    assert refusal_of(data) == code


def test_a_signature_tells_its_signer_and_its_time():
    signature = read_signature(GOOD, MANIFEST)
    assert (signature.certificate.der, signature.signed_at) == (KEY.certificate, MOMENT)
    assert signature.certificate.fingerprint == KEY.fingerprint


def test_the_same_inputs_give_the_same_signature():
    assert sign_manifest(MANIFEST, SigningKey.from_bytes(KEY.to_bytes()), MOMENT) == GOOD


def test_every_changed_byte_of_a_signature_is_noticed():
    for position in range(len(GOOD)):
        changed = bytearray(GOOD)
        changed[position] ^= 1
        refusal_of(bytes(changed))


def test_a_time_after_2049_is_a_generalized_time():
    late = datetime(2050, 1, 1, tzinfo=UTC)
    data = sign_manifest(MANIFEST, KEY, late)
    assert b"20500101000000Z" in data
    assert read_signature(data, MANIFEST).signed_at == late


@pytest.fixture
def openssl_verify(needs_tool, tmp_path):
    """Runs the command of the package format."""
    openssl = needs_tool("openssl")

    def verify(signature: bytes, manifest: bytes) -> bool:
        (tmp_path / "signature001.p7s").write_bytes(signature)
        (tmp_path / "ASiCManifest001.xml").write_bytes(manifest)
        (tmp_path / "district.pem").write_text(KEY.certificate_pem())
        command = [openssl, "cms", "-verify", "-cades", "-binary", "-inform", "DER"]
        command += ["-in", tmp_path / "signature001.p7s", "-content", tmp_path / "ASiCManifest001.xml"]
        command += ["-CAfile", tmp_path / "district.pem", "-purpose", "any", "-out", "/dev/null"]
        return subprocess.run(command, capture_output=True, check=False).returncode == 0

    return verify


def test_openssl_agrees(openssl_verify):
    assert openssl_verify(GOOD, MANIFEST)


def test_openssl_sees_a_change(openssl_verify):
    assert not openssl_verify(GOOD, MANIFEST + b" ")
    assert not openssl_verify(GOOD.replace(b"260912050607Z", b"260912050608Z"), MANIFEST)


def pyhanko_says(manifest: bytes) -> tuple[bool, bool, bool]:
    """Intact, valid and trusted, in the words of pyHanko."""
    signed_data = cms.ContentInfo.load(GOOD, strict=True)["content"]
    context = ValidationContext(trust_roots=[x509.Certificate.load(KEY.certificate)])
    status = asyncio.run(async_validate_detached_cms(manifest, signed_data, context))
    return status.intact, status.valid, status.trusted


def test_pyhanko_agrees():
    assert pyhanko_says(MANIFEST) == (True, True, True)


def test_pyhanko_sees_a_change():
    intact, _, _ = pyhanko_says(MANIFEST + b" ")
    assert not intact


def test_there_are_exactly_the_four_attributes_of_the_profile():
    signed_data = cms.ContentInfo.load(GOOD, strict=True)["content"]
    signer = signed_data["signer_infos"][0]
    kinds = {attribute["type"].native for attribute in signer["signed_attrs"]}
    assert kinds == {"content_type", "signing_time", "message_digest", "signing_certificate_v2"}
    assert signer["sid"].name == "issuer_and_serial_number"
    assert signer["unsigned_attrs"].native is None
    assert len(signed_data["certificates"]) == 1
