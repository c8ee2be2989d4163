"""Building a package: once signed the same for ever, and nothing wrong is ever written."""

from io import BytesIO

import pytest

from shakyo_desktop.domain.errors import Cancelled, PackageRefused, PhotoRefused
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.content import PhotoSource, setup_extra
from shakyo_desktop.exchange.manifest import manifest_hash
from shakyo_desktop.exchange.package_info import ReportInfo
from shakyo_desktop.exchange.writer import build_package, sign_package, write_signed
from tests.exchange.making import (
    built,
    kept,
    opened,
    picture,
    report_content,
    report_info,
    setup_content,
)
from tests.exchange.mischief import entries_in
from tests.exchange.people import (
    DISTRICT_KEY,
    RECOVERY,
    STRANGER_BOX,
    WARD_KEY,
    uuid7,
)


def test_the_same_content_gives_the_same_signed_bytes():
    first, second = (entries_in(built(report_content())) for _ in range(2))
    assert first == second
    assert manifest_hash(first[names.MANIFEST]) == opened(built(report_content())).manifest


def test_building_tells_what_was_written():
    out, steps = BytesIO(), []
    package = build_package(
        report_content(), DISTRICT_KEY, out, lambda done, total: steps.append((done, total))
    )
    assert package.size == len(out.getvalue())
    assert steps[-1][0] == steps[-1][1] > 0
    assert steps == sorted(steps)
    arrived = opened(out.getvalue())
    assert package.manifest == arrived.manifest
    assert package.info == arrived.info
    assert package.entries == kept(arrived)


@pytest.mark.parametrize("content", [report_content, setup_content], ids=["sealed", "plain"])
def test_building_can_be_stopped_at_any_moment(content):
    key = DISTRICT_KEY if content is report_content else WARD_KEY
    for moment in range(8):
        asked = iter([False] * moment + [True] * 99)
        with pytest.raises(Cancelled):
            build_package(content(), key, BytesIO(), cancelled=lambda asked=asked: next(asked))


def test_a_photo_that_changed_in_the_store_stops_the_building():
    photo = picture()
    for wrong in (picture(220).jpeg, photo.jpeg + b"x", b""):
        source = PhotoSource(uuid7(5), photo.sha256, len(photo.jpeg), lambda wrong=wrong: wrong)
        with pytest.raises(PhotoRefused, match="入力した内容はこのパソコンに残っています"):
            build_package(report_content(photos=(source,)), DISTRICT_KEY, BytesIO())


def test_a_signed_package_is_written_as_often_as_it_is_asked_for():
    signed = sign_package(report_content(), DISTRICT_KEY)
    files = []
    for _ in range(2):
        out = BytesIO()
        assert write_signed(signed.entries, report_content().recipients, out) == len(out.getvalue())
        files.append(out.getvalue())
    assert entries_in(files[0]) == entries_in(files[1])
    assert opened(files[0]).manifest == signed.manifest


@pytest.mark.parametrize("recipients", [(), (STRANGER_BOX.recipient,), (RECOVERY.recipient,)])
def test_a_signed_package_leaves_only_sealed_for_whom_it_was_signed(recipients):
    out = BytesIO()
    with pytest.raises(ValueError):
        write_signed(sign_package(report_content(), DISTRICT_KEY).entries, recipients, out)
    assert out.getvalue() == b""


def test_too_many_photos_are_refused_before_anything_is_written():
    out = BytesIO()
    many = [PhotoSource(uuid7(number), "00" * 32, 1, lambda: b"x") for number in range(401)]
    with pytest.raises(PhotoRefused):
        build_package(report_content(photos=many), DISTRICT_KEY, out)
    assert out.getvalue() == b""


def test_content_that_breaks_the_format_is_found_before_anything_is_written():
    out = BytesIO()
    wrong = ReportInfo(
        **{name: getattr(report_info(), name) for name in ReportInfo.__struct_fields__} | {"revision": 0}
    )
    for changes in (
        {"photos": ()},
        {"recipients": ()},
        {"recipient_org": None},
        {"extras": (setup_extra(b"x"),)},
        {"report": wrong},
        {"seq": 0},
        {"tables": {}},
        {"package_id": "1"},
        {"sender_enc": "age1x"},
    ):
        with pytest.raises(PackageRefused):
            build_package(report_content(**changes), DISTRICT_KEY, out)
    assert out.getvalue() == b""
