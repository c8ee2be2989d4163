"""Signing keys, mailboxes and check numbers."""

import hashlib

import pytest
from cryptography import x509
from hypothesis import given, settings
from hypothesis import strategies as st

from shakyo_desktop.domain.errors import BadInput
from shakyo_desktop.domain.numbers import show_check_number
from shakyo_desktop.exchange.certificate import read_certificate
from shakyo_desktop.exchange.der import DerError
from shakyo_desktop.exchange.keys import (
    Mailbox,
    SigningKey,
    check_number,
    read_check_number,
)

KEY = SigningKey.generate("121011-03")


def test_a_certificate_has_the_profile_of_the_format():
    certificate = x509.load_der_x509_certificate(KEY.certificate)
    usage = certificate.extensions.get_extension_for_class(x509.KeyUsage).value
    assert len(KEY.certificate) <= 1024
    assert certificate.subject.rfc4514_string() == "CN=121011-03" == certificate.issuer.rfc4514_string()
    assert certificate.not_valid_before_utc.isoformat() == "2020-01-01T00:00:00+00:00"
    assert certificate.not_valid_after_utc.isoformat() == "9999-12-31T23:59:59+00:00"
    assert not certificate.extensions.get_extension_for_class(x509.BasicConstraints).value.ca
    assert (usage.digital_signature, usage.content_commitment, usage.key_cert_sign) == (True, True, False)
    certificate.verify_directly_issued_by(certificate)


def test_a_key_survives_being_written_and_read():
    again = SigningKey.from_bytes(KEY.to_bytes())
    assert (again.org, again.certificate, again.fingerprint) == (
        "121011-03",
        KEY.certificate,
        KEY.fingerprint,
    )
    assert again.sign(b"same") == KEY.sign(b"same")
    assert KEY.fingerprint == hashlib.sha256(KEY.certificate).hexdigest()


def test_a_key_with_another_keys_certificate_is_not_read():
    other = SigningKey.generate("121011-03")
    size = len(KEY.certificate) + 2
    with pytest.raises(ValueError):
        SigningKey.from_bytes(KEY.to_bytes()[:size] + other.to_bytes()[len(other.certificate) + 2 :])


def test_a_key_needs_an_organisation_code():
    with pytest.raises(ValueError):
        SigningKey.generate("みほん区")


def test_every_change_of_a_certificate_is_noticed():
    for position in range(len(KEY.certificate)):
        changed = bytearray(KEY.certificate)
        changed[position] ^= 1
        with pytest.raises(DerError):
            read_certificate(bytes(changed))


def test_a_mailbox_is_read_as_it_is_typed_from_paper():
    mailbox = Mailbox.generate()
    typed = " ".join(mailbox.identity[start : start + 5] for start in range(0, len(mailbox.identity), 5))
    assert Mailbox.from_identity(typed.lower()) == mailbox
    assert Mailbox.from_identity(mailbox.identity.replace("1", "１")).recipient == mailbox.recipient
    assert mailbox.identity not in repr(mailbox)


def test_a_wrong_letter_in_a_mailbox_is_noticed():
    identity = Mailbox.generate().identity
    wrong = identity[:-1] + ("Q" if identity[-1] != "Q" else "P")
    with pytest.raises(BadInput):
        Mailbox.from_identity(wrong)


@pytest.mark.usefixtures("real_check_numbers")
def test_the_check_number_is_the_formula_of_the_format():
    certificate, recipient, org = b"certificate", "age1xyz", "121011-03"
    text = b"shakyo-check-v1\0"
    for part in (certificate, recipient.encode(), org.encode()):
        text += len(part).to_bytes(4, "big") + part
    stretched = hashlib.scrypt(
        hashlib.sha256(text).digest(),
        salt=b"shakyo-check-number-v1",
        n=131072,
        r=8,
        p=1,
        dklen=16,
        maxmem=2**28,
    )
    assert check_number(certificate, recipient, org) == f"{int.from_bytes(stretched, 'big') % 10**12:012d}"
    assert check_number(certificate, recipient, "121011-04") != check_number(certificate, recipient, org)


@pytest.mark.parametrize(
    "typed",
    [
        "123456789012",
        "1234-5678-9012",
        "１２３４－５６７８－９０１２",
        " 1234 5678　9012 ",
        "1234ー5678―9012",
    ],
)
def test_a_check_number_is_read_however_it_is_typed(typed):
    assert read_check_number(typed) == "123456789012"


@pytest.mark.parametrize("typed", ["", "12345678901", "1234567890123", "1234-5678-901x", "1234.5678.9012"])
def test_what_is_no_check_number_is_not_read(typed):
    assert read_check_number(typed) is None


@given(st.integers(0, 10**12 - 1))
@settings(max_examples=50)
def test_a_printed_check_number_is_read_back(number):
    digits = f"{number:012d}"
    assert read_check_number(show_check_number(digits)) == digits
