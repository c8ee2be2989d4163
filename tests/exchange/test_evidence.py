"""Entries that were kept, verified again; files looked at without judging them."""

from dataclasses import replace
from io import BytesIO

import pytest

from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.evidence import verify_evidence
from shakyo_desktop.exchange.inspection import inspect_package
from tests.exchange.making import built, kept, opened, report_content, setup_content, year_records
from tests.exchange.mischief import Forger, good_entries
from tests.exchange.people import DISTRICT, DISTRICT_KEY, MADE, STRANGER_KEY, WARD_KEYS

KEPT = kept(opened(built(report_content())))


def refusal_of(entries, certificate=None, **options) -> str:
    with pytest.raises(PackageRefused) as refusal:
        verify_evidence(entries, certificate, **options)
    return refusal.value.code


def test_kept_entries_prove_who_signed_them():
    evidence = verify_evidence(KEPT, DISTRICT_KEY.certificate, without_photos=True)
    assert (evidence.info.sender.org, evidence.signed_at) == (DISTRICT, MADE)
    assert evidence.manifest == opened(built(report_content())).manifest
    assert verify_evidence(dict(reversed(KEPT.items())), without_photos=True) == evidence
    assert verify_evidence(good_entries("report")) == evidence


@pytest.mark.parametrize("name", sorted(KEPT))
def test_every_kept_entry_is_needed_as_it_was(name):
    assert refusal_of({entry: data for entry, data in KEPT.items() if entry != name}, without_photos=True)
    assert refusal_of(KEPT | {name: KEPT[name] + b" "}, without_photos=True)


def test_missing_photos_are_said_unless_they_were_kept_elsewhere():
    assert refusal_of(KEPT) == "manifest.files"


def test_another_certificate_is_noticed():
    assert refusal_of(KEPT, STRANGER_KEY.certificate, without_photos=True) == "sig.unknown_key"


def test_an_inspection_shows_what_is_inside():
    seen = inspect_package(BytesIO(built(report_content())), WARD_KEYS.identities)
    assert (seen.code, seen.info.sender.org) == ("", DISTRICT)
    assert seen.stanzas in (2, 3)
    assert dict(seen.entries)["mimetype"] == 31
    assert seen.certificate == DISTRICT_KEY.certificate
    setup = inspect_package(BytesIO(built(setup_content())), ())
    assert (setup.stanzas, setup.info.type, setup.code) == (None, "setup", "")


def test_an_inspection_goes_as_deep_as_the_file_can_be_read():
    data = built(report_content(replace(year_records(), photos=())))
    assert inspect_package(BytesIO(b"hello"), ()).code == "size.package"
    assert inspect_package(BytesIO(b"hello" * 99), ()).code == "env.header"
    stranger = inspect_package(BytesIO(data), ())
    assert (stranger.code, stranger.info) == ("env.decrypt", None)
    assert stranger.size == len(data)
    newer = inspect_package(
        BytesIO(Forger("report").with_info(version={"major": 9, "minor": 0})), WARD_KEYS.identities
    )
    assert (newer.code, newer.info, bool(newer.manifest)) == ("pkg.version", None, True)
    assert names.PACKAGE_INFO in dict(newer.entries)
