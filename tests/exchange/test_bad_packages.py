"""Every rule of the package format has a package that breaks it and nothing before it."""

from datetime import timedelta
from io import BytesIO

import pytest

from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.domain.refusals import next_action, refusal_message
from shakyo_desktop.exchange.reader import open_package
from tests.exchange.bad_packages import BAD_PACKAGES, FOR_THE_READER
from tests.exchange.codes import CODES, DECIDED_LATER
from tests.exchange.making import built, report_content
from tests.exchange.people import NOW, WARD_KEYS, register

NEVER_SAID = ("パッケージ", "エラー", "電子署名", "ハッシュ", "エクスポート", "インポート", "バックアップ")


@pytest.mark.parametrize("bad", FOR_THE_READER.values(), ids=FOR_THE_READER)
def test_a_bad_package_is_refused_with_its_code(bad):
    with pytest.raises(PackageRefused) as refusal:
        open_package(BytesIO(bad.make()), bad.keys, bad.trust(), NOW)
    assert refusal.value.code == bad.code
    assert refusal.value.message == refusal_message(bad.code, refusal.value.detail)


def test_every_code_of_the_format_has_a_bad_package():
    assert {bad.code for bad in BAD_PACKAGES.values()} == set(CODES)


@pytest.mark.parametrize("code", [*CODES, *DECIDED_LATER])
def test_every_code_has_words_for_people(code):
    message = refusal_message(code)
    assert len(message.splitlines()) == 3
    assert message.endswith(next_action(code))
    assert code not in message
    assert not [word for word in NEVER_SAID if word in message]


def test_a_district_that_does_not_know_its_office_is_sent_for_the_setup():
    bad = BAD_PACKAGES["an answer signed by a stranger"]
    with pytest.raises(PackageRefused, match="新しい設定ファイルを受け取り"):
        open_package(BytesIO(bad.make()), bad.keys, bad.trust(), NOW)


def test_a_wrong_clock_is_a_warning_only():
    data = built(report_content())
    seen = [
        open_package(BytesIO(data), WARD_KEYS, register(), NOW - timedelta(days=days)).warnings
        for days in (0, 4)
    ]
    assert seen == [(), ("clock.ahead",)]
