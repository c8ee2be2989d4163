"""A package of every release is kept here and opens for ever."""

from io import BytesIO
from pathlib import Path

import pytest

from shakyo_desktop import __version__
from shakyo_desktop.domain.codes import KeyState, OrganisationKind
from shakyo_desktop.exchange.keys import Mailbox
from shakyo_desktop.exchange.reader import open_package
from shakyo_desktop.exchange.trust import KnownKey, ReceiverKeys
from tests.exchange.keep_release import RELEASES
from tests.exchange.people import CITY, DISTRICT, NOW, WARD, Register

KEPT = sorted(RELEASES.iterdir())
WITH_WARD_REPORTS = [release for release in KEPT if release.name != "0.1.0"]


def keys_of(release: Path, org: str, role: OrganisationKind) -> ReceiverKeys:
    boxes = [Mailbox(line) for line in (release / "identities.txt").read_text().split()]
    return ReceiverKeys(
        org, role, tuple(box.identity for box in boxes), frozenset(box.recipient for box in boxes)
    )


def opened(release: Path, name: str, keys: ReceiverKeys, trust: Register):
    return open_package(BytesIO((release / name).read_bytes()), keys, trust, NOW)


def test_this_version_is_among_them():
    assert RELEASES / __version__ in KEPT


@pytest.mark.parametrize("release", KEPT, ids=lambda release: release.name)
def test_every_release_opens(release):
    ward = keys_of(release, WARD, OrganisationKind.WARD)
    district = keys_of(release, DISTRICT, OrganisationKind.DISTRICT)
    setup = opened(release, "setup.shakyo", district, Register()).content
    assert [(plan.id, len(plan.items)) for plan in setup.plans] == [("mihon-7", 2)]
    year = opened(release, "report.shakyo", ward, Register()).content.year
    assert [len(records) for records in (year.item_statuses, year.activities, year.photos)] == [2, 2, 1]
    assert year.activities[0].content == "髙橋さん宅の近くを𠮷田さんと見守り"
    office = setup.offices[0]
    known = KnownKey(KeyState.ACTIVE, WARD, frozenset(office.recipients), office.certificate)
    answer = opened(release, "answer.shakyo", district, Register({office.key: known}))
    assert [request.text for request in answer.content.reply.requests] == ["回数を\n確認してください", "総評"]


def test_only_the_first_release_had_no_wards_report():
    without = [release.name for release in KEPT if not (release / "ward_report.shakyo").exists()]
    assert without == ["0.1.0"]


@pytest.mark.parametrize("release", WITH_WARD_REPORTS, ids=lambda release: release.name)
def test_every_releases_ward_report_opens(release):
    city = keys_of(release, CITY, OrganisationKind.CITY)
    content = opened(release, "ward_report.shakyo", city, Register()).content
    assert (content.compilation.version, len(content.compilation.items)) == (2, 2)
    assert list(content.districts) == [DISTRICT]
    assert [photo.caption for photo in content.photos] == ["みほん"]
