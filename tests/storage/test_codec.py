"""What is written comes back as it was, and every field of the domain has its column."""

from collections.abc import Mapping
from dataclasses import fields
from datetime import UTC, datetime, timedelta, timezone
from typing import get_origin, get_type_hints

import pytest
from hypothesis import given
from hypothesis import strategies as st

from shakyo_desktop.domain import (
    compilation,
    keeping,
    organisations,
    plan,
    records,
    review_steps,
    submission,
)
from shakyo_desktop.storage import compiled_tables, exchange_tables, tables
from shakyo_desktop.storage.codec import moment_text, read_moment, to_json_text
from shakyo_desktop.storage.inspection import JSON_COLUMNS

KEPT = [
    (records.Activity, tables.activities, ()),
    (records.Photo, tables.photos, ()),
    (records.ItemStatus, tables.item_statuses, ()),
    (records.GoodPractice, tables.good_practices, ()),
    (organisations.Organisation, tables.organisations, ()),
    (organisations.Office, tables.offices, ()),
    (organisations.ScheduleEntry, tables.schedule, ()),
    (plan.Plan, tables.plans, ("items",)),
    (plan.Item, tables.plan_items, ()),
    (plan.Crosswalk, tables.crosswalk, ()),
    (submission.Submission, exchange_tables.submissions, ()),
    (submission.CorrectionRequest, exchange_tables.requests, ()),
    (submission.CorrectionRequest, exchange_tables.review_comments, ()),
    (submission.Reply, exchange_tables.replies, ("requests",)),
    (submission.KeyRegistration, exchange_tables.registrations, ()),
    (submission.HeldPackage, exchange_tables.held, ()),
    (keeping.OwnKey, exchange_tables.own_keys, ()),
    (keeping.KeyChange, exchange_tables.registration_log, ()),
    (keeping.Setup, tables.setups, ()),
    (keeping.EvidenceEntry, exchange_tables.evidence, ()),
    (keeping.SequenceEntry, exchange_tables.sequences, ()),
    (keeping.Confirmation, exchange_tables.confirmations, ()),
    (keeping.IntakeLogEntry, exchange_tables.intake_log, ()),
    (review_steps.ReviewStep, exchange_tables.review_steps, ()),
    (
        compilation.WardCompilation,
        compiled_tables.compilations,
        ("sources", "items", "findings", "council"),
    ),
    (compilation.Finding, compiled_tables.findings, ()),
    (compilation.CouncilVerification, compiled_tables.councils, ()),
]


@pytest.mark.parametrize(("kind", "table", "elsewhere"), KEPT, ids=[f"{k.__name__}-{t}" for k, t, _ in KEPT])
def test_every_field_of_a_kept_object_has_a_column(kind, table, elsewhere):
    assert {known.name for known in fields(kind)} - set(elsewhere) <= set(table.c.keys())


@pytest.mark.parametrize(("kind", "table", "elsewhere"), KEPT, ids=[f"{k.__name__}-{t}" for k, t, _ in KEPT])
def test_what_holds_several_values_is_dumped_as_what_it_means(kind, table, elsewhere):
    hints = get_type_hints(kind)
    several = {name for name, hint in hints.items() if (get_origin(hint) or hint) in (tuple, Mapping)}
    assert several - set(elsewhere) <= JSON_COLUMNS


@given(st.datetimes(timezones=st.just(UTC)), st.datetimes(timezones=st.just(UTC)))
def test_the_text_of_a_moment_comes_back_and_sorts_like_time(one, other):
    assert read_moment(moment_text(one)) == one
    assert (moment_text(one) < moment_text(other)) == (one < other)


def test_a_moment_is_kept_in_utc_whatever_its_zone():
    japan = timezone(timedelta(hours=9))
    assert moment_text(datetime(2026, 9, 12, 14, 0, tzinfo=japan)) == "2026-09-12T05:00:00.000000Z"


def test_a_moment_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="time zone"):
        moment_text(datetime(2026, 9, 12, 14, 0))


def test_the_same_mapping_in_another_order_is_the_same_text():
    assert to_json_text({"b": 1, "あ": [True, None]}) == to_json_text({"あ": [True, None], "b": 1})
