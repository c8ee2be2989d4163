"""Whole packages: what one organisation writes, the other reads."""

import random
from dataclasses import replace
from datetime import timedelta

import pytest

from shakyo_desktop.domain.codes import KeyState, OrganisationKind
from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.exchange.content import last_report_extras, setup_extra
from shakyo_desktop.exchange.keys import check_number
from shakyo_desktop.exchange.opened import AnswerContent
from shakyo_desktop.exchange.records import setup_tables
from shakyo_desktop.exchange.trust import Judgement, KnownKey, ReceiverKeys
from tests.exchange.making import (
    REQUESTS,
    SHARED,
    answer_content,
    built,
    kept,
    opened,
    photo_sources,
    picture,
    report_content,
    report_info,
    setup_content,
    year_records,
)
from tests.exchange.mischief import Forger, entries_in, packed, sealed
from tests.exchange.people import (
    DISTRICT,
    DISTRICT_BOX,
    DISTRICT_KEY,
    DISTRICT_KEYS,
    MADE,
    OFFICE,
    ORGANISATIONS,
    OTHER_WARD_KEY,
    PLAN,
    RECOVERY,
    SCHEDULE,
    STRANGER_KEY,
    WARD_KEY,
    WARD_KEYS,
    Register,
    register,
    uuid7,
)


def refusal_of(data: bytes, keys=WARD_KEYS, trust: Register | None = None) -> str:
    with pytest.raises(PackageRefused) as refusal:
        opened(data, keys, trust)
    return refusal.value.code


def test_a_report_arrives_as_it_was_written():
    package = opened(built(report_content()))
    assert package.content.year == year_records()
    assert {name: bytes(data) for name, data in package.photos.items()} == {uuid7(5): picture().jpeg}
    assert (package.hold_code, package.warnings, package.unknown_items) == ("", (), 0)
    assert package.certificate == DISTRICT_KEY.certificate
    assert package.signed_at == package.info.created == MADE
    assert package.info.report == report_info()


def test_an_empty_report_arrives_too():
    year = replace(year_records(), activities=(), photos=(), good_practices=(), item_statuses=())
    assert opened(built(report_content(year))).content.year == year


def test_the_recovery_paper_alone_opens_a_report():
    keys = ReceiverKeys(
        WARD_KEYS.org, OrganisationKind.WARD, (RECOVERY.identity,), frozenset({RECOVERY.recipient})
    )
    assert opened(built(report_content()), keys).content.year == year_records()


def test_a_setup_arrives_as_it_was_written():
    setup = opened(built(setup_content()), DISTRICT_KEYS, Register()).content
    assert (setup.organisations, setup.plans) == (ORGANISATIONS, (PLAN,))
    assert (setup.schedule, setup.offices) == (SCHEDULE, (OFFICE,))


def test_a_district_that_has_not_joined_opens_a_setup():
    nobody = ReceiverKeys(None, OrganisationKind.DISTRICT, (), frozenset())
    package = opened(built(setup_content()), nobody, Register(organisations={}))
    assert (package.hold_code, package.info.sender.org) == ("", "990011")


def test_an_answer_arrives_as_it_was_written():
    package = opened(built(answer_content()), DISTRICT_KEYS)
    reply = package.content.reply
    assert (reply.requests, package.content.shared_practices) == (REQUESTS, SHARED)
    assert (reply.office, reply.org, reply.answer_id) == ("990011", DISTRICT, uuid7(300))
    assert (reply.receipt_no, reply.result, reply.received_at, reply.created_at) == (
        "R8-0001",
        "returned",
        MADE,
        MADE,
    )
    assert (package.content.setup, package.content.last_report) == (None, None)


def test_an_answer_brings_the_newest_setup_and_the_last_report():
    setup_file = built(setup_content(setup_serial=7))
    report = opened(built(report_content(), STRANGER_KEY), trust=register())  # of a predecessor's key
    extras = (
        setup_extra(setup_file),
        *last_report_extras(2026, kept(report), photo_sources(year_records())),
    )
    content = opened(built(answer_content(extras=extras)), DISTRICT_KEYS).content
    assert isinstance(content, AnswerContent)
    assert content.setup.info.setup_serial == 7
    assert content.setup_file == setup_file
    assert content.last_report.year == year_records()
    assert content.last_report.manifest == report.manifest
    assert content.last_report.certificate == STRANGER_KEY.certificate
    assert bytes(content.last_report.photos[uuid7(5)]) == picture().jpeg


@pytest.mark.parametrize(
    ("state", "hold_code"),
    [(KeyState.ACTIVE, ""), (KeyState.PENDING, "key.pending"), (KeyState.EXPIRED, "key.expired")],
)
def test_a_key_that_a_person_must_approve_holds_a_report(state, hold_code):
    package = opened(built(report_content()), trust=register(state))
    assert package.hold_code == hold_code
    assert package.content.year == year_records()


def test_an_unknown_key_waits_and_its_check_number_is_known():
    package = opened(built(report_content(), STRANGER_KEY))
    assert package.hold_code == "key.pending"
    assert package.check_number() == check_number(STRANGER_KEY.certificate, DISTRICT_BOX.recipient, DISTRICT)


def test_what_is_held_is_judged_by_every_other_rule():
    data = Forger("report", STRANGER_KEY).with_info(
        sender__key=STRANGER_KEY.fingerprint, recipient__org="990029"
    )
    assert refusal_of(data) == "bind.recipient"


def test_the_register_may_hold_or_recognise_a_package():
    held = register(judging=lambda info, manifest: Judgement("report.fork", ("seq.gap",)))
    assert opened(built(report_content()), trust=held).hold_code == "report.fork"
    assert opened(built(report_content()), trust=held).warnings == ("seq.gap",)
    known = register(judging=lambda info, manifest: Judgement(already_received=True))
    assert opened(built(report_content()), trust=known).already_received
    pending = replace(held, keys={})
    assert opened(built(report_content()), trust=pending).hold_code == "key.pending"


def test_a_setup_of_another_key_is_held_when_the_register_says_so():
    office = replace(OFFICE, certificate=OTHER_WARD_KEY.certificate, key=OTHER_WARD_KEY.fingerprint)
    content = setup_content(tables=setup_tables(ORGANISATIONS, (PLAN,), SCHEDULE, (OFFICE, office)))
    other = register(judging=lambda info, manifest: Judgement("setup.other_key"))
    package = opened(built(content, OTHER_WARD_KEY), DISTRICT_KEYS, other)
    assert package.hold_code == "setup.other_key"
    assert opened(built(content, WARD_KEY), DISTRICT_KEYS).hold_code == ""


def test_a_certificate_in_the_register_must_be_the_one_that_signed():
    known = KnownKey(KeyState.ACTIVE, DISTRICT, frozenset({DISTRICT_BOX.recipient}), STRANGER_KEY.certificate)
    assert (
        refusal_of(built(report_content()), trust=register(keys={DISTRICT_KEY.fingerprint: known}))
        == "bind.sender"
    )


def test_a_newer_minor_version_is_read_and_says_what_is_not_shown():
    newer = Forger("report").with_info(version={"major": 1, "minor": 4}, colour="blue")
    package = opened(newer)
    assert (package.unknown_items, package.content.year) == (1, year_records())


def test_every_changed_byte_inside_the_seal_is_refused():
    plain = packed(entries_in(built(report_content(replace(year_records(), photos=(), good_practices=())))))
    chosen = random.Random(1)
    for position in range(0, len(plain), 3):
        changed = bytearray(plain)
        changed[position] ^= 1 << chosen.randrange(8)
        refusal_of(sealed(bytes(changed), RECOVERY.recipient))


def test_every_changed_byte_of_a_setup_is_refused():
    plain = built(setup_content())
    chosen = random.Random(2)
    for position in range(len(plain)):
        changed = bytearray(plain)
        changed[position] ^= 1 << chosen.randrange(8)
        refusal_of(bytes(changed), DISTRICT_KEYS)


def test_every_changed_byte_of_a_sealed_package_is_refused():
    data = built(report_content(replace(year_records(), photos=(), good_practices=())))
    chosen = random.Random(3)
    for position in chosen.sample(range(len(data)), 1500):
        changed = bytearray(data)
        changed[position] ^= 1 << chosen.randrange(8)
        assert refusal_of(bytes(changed)) in ("env.header", "env.decrypt")


def test_a_clock_two_days_ahead_is_no_warning_yet():
    content = report_content(created_at=MADE + timedelta(hours=72))
    assert opened(built(content)).warnings == ()
    assert opened(built(report_content(created_at=MADE + timedelta(hours=73)))).warnings == ("clock.ahead",)
