"""A ward's report: what goes in comes out, with every district's own signature."""

from dataclasses import replace
from io import BytesIO

import pytest

from shakyo_desktop.domain.codes import KeyState
from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.container import read_container
from shakyo_desktop.exchange.records import ward_tables
from shakyo_desktop.exchange.sealing import unseal
from tests.exchange.making import built, opened, year_records
from tests.exchange.making_wards import compilation, ward_report_content
from tests.exchange.mischief import good_entries
from tests.exchange.people import (
    CITY_KEYS,
    CITY_RECOVERY,
    DISTRICT,
    DISTRICT_KEY,
    WARD,
    register,
    uuid7,
)


@pytest.fixture(scope="module")
def report() -> bytes:
    return built(ward_report_content())


def test_the_compilation_comes_out_as_it_went_in(report):
    found = opened(report, CITY_KEYS)
    assert found.content.compilation == compilation()
    assert (found.info.report.org, found.info.report.revision, found.hold_code) == (WARD, 2, "")


def test_every_district_is_proven_by_its_own_signature(report):
    found = opened(report, CITY_KEYS).content
    assert list(found.districts) == [DISTRICT]
    evidence = found.districts[DISTRICT]
    assert evidence.certificate == DISTRICT_KEY.certificate
    assert evidence.manifest == compilation().sources[0].manifest
    assert evidence.year == replace(year_records(), activities=())  # no table of the ward's speaks of a diary


def test_a_practice_travels_in_the_wards_words_with_its_photo(report):
    found = opened(report, CITY_KEYS)
    [practice] = found.content.practices
    assert (practice.story, practice.photo_ids) == ("区で整えた文", (uuid7(5),))
    assert list(found.photos) == [uuid7(5)]


def test_the_entries_are_those_of_the_format(report):
    entries = read_container(unseal(BytesIO(report), [CITY_RECOVERY.identity]))
    district = [f"districts/{DISTRICT}/{name}" for name in ("ASiCManifest001.xml", "activities.ndjson")]
    district += [f"districts/{DISTRICT}/{name}.ndjson" for name in ("good_practices", "item_statuses")]
    district += [
        f"districts/{DISTRICT}/{name}" for name in ("package.json", "photos.ndjson", "signature001.p7s")
    ]
    assert list(entries) == [
        *("mimetype", names.MANIFEST, names.SIGNATURE, names.PACKAGE_INFO),
        *(
            f"data/{table}.ndjson"
            for table in ("activity_totals", "compilation", "coverage", "good_practices")
        ),
        *district,
        names.photo_entry(uuid7(5)),
    ]


def test_the_same_compilation_gives_the_same_signed_bytes():
    first, second = (unseal(BytesIO(built(ward_report_content())), CITY_KEYS.identities) for _ in range(2))
    assert first == second


def test_an_unknown_ward_waits_for_its_number(report):
    assert opened(report, CITY_KEYS, register(keys={})).hold_code == "key.pending"
    with pytest.raises(PackageRefused) as refusal:
        opened(report, CITY_KEYS, register(KeyState.REVOKED))
    assert refusal.value.code == "key.revoked"


def test_a_practice_without_consent_is_never_written():
    [practice] = year_records().good_practices
    with pytest.raises(ValueError, match="may not be shared"):
        ward_tables(compilation(), [replace(practice, consent=False)])


def test_a_ward_notices_before_it_signs_that_its_evidence_is_incomplete():
    with pytest.raises(PackageRefused) as refusal:
        built(ward_report_content(extras=()))
    assert refusal.value.code == "data.reference"
    entries = good_entries("report")
    changed = entries | {"data/activities.ndjson": entries["data/activities.ndjson"].replace(b"24", b"25")}
    with pytest.raises(PackageRefused) as refusal:
        built(ward_report_content(changed))
    assert refusal.value.code == "manifest.hash"


def test_a_compilation_of_nothing_but_silence_can_be_sent():
    silent = compilation().sources[1:]
    items = tuple(
        replace(item, districts=(), practices=(), sums=(), last_year=None) for item in compilation().items
    )
    made = replace(compilation(), sources=silent, items=items)
    content = ward_report_content(tables=ward_tables(made, ()), extras=(), photos=())
    assert opened(built(content), CITY_KEYS).content.compilation == made
