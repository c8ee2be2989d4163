"""The overview as CSV: what is missing is empty, and no cell is a formula."""

import csv
import io
from dataclasses import replace
from datetime import UTC, date, datetime

from shakyo_desktop.domain.codes import ReportState, Stage
from shakyo_desktop.services.overview import DistrictRow
from shakyo_desktop.services.overview_table import overview_csv

MISSING = DistrictRow(
    org="999999-01",
    name="みほん東地区部会",
    telephone="",
    contact="",
    state=None,
    held=0,
    received_at=None,
    revision=None,
    stage=None,
    problems=0,
    entered=0,
    expected=13,
    due=date(2027, 5, 31),
    days_left=-3,
    open_requests=0,
    answer_written=False,
    package_id=None,
)
RECEIVED = replace(
    MISSING,
    org="999999-02",
    name="=みほん西地区部会",
    state=ReportState.RECEIVED,
    received_at=datetime(2026, 9, 11, 16, 0, tzinfo=UTC),
    revision=2,
    stage=Stage.INTERIM,
    entered=7,
    package_id="one",
)


def read(rows):
    data = overview_csv(rows)
    assert data.startswith(b"\xef\xbb\xbf")
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"))))


def test_what_is_not_there_yet_is_empty_and_not_zero():
    [row] = read([MISSING])
    empty = [row[name] for name in ("入力済み", "気になる点", "受取日", "版")]
    assert (row["状態"], empty) == ("未着", [""] * 4)
    assert (row["コード"], row["残り日数"], row["期限"]) == ("999999-01", "-3", "2027-05-31")


def test_days_are_those_of_japan_and_names_are_no_formulas():
    [row] = read([RECEIVED])
    assert (row["受取日"], row["入力済み"], row["状態"]) == ("2026-09-12", "7", "受取済")
    assert not row["地区部会"].startswith("=")
