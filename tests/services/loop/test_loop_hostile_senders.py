"""Senders who are stopped, cloned, rolled back or somebody else, through ``receive``."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.exchange.keys import SigningKey
from shakyo_desktop.services.setup_intake import current_setup
from tests.exchange import making, people
from tests.exchange.making_wards import ward_report_content
from tests.services.loop import hostile_senders as senders
from tests.services.loop.holders import Holder, found_holder, registration
from tests.services.loop.hostile_arrivals import AT_THE_DISTRICT, AT_THE_WARD, Arrival

ARRIVALS = {
    name: (who, arrival)
    for who, arrivals in (("ward", AT_THE_WARD), ("district", AT_THE_DISTRICT))
    for name, arrival in arrivals.items()
}


@pytest.fixture(scope="module")
def holders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, Holder]]:
    made = {name: found_holder(name, tmp_path_factory.mktemp(name)) for name in ("ward", "district")}
    senders.prepare_ward(made["ward"], tmp_path_factory.mktemp("files"))
    senders.prepare_district(made["district"], tmp_path_factory.mktemp("files"))
    yield made
    for holder in made.values():
        holder.services.close()


@pytest.mark.parametrize(("who", "arrival"), ARRIVALS.values(), ids=ARRIVALS)
def test_a_hostile_sender_changes_nothing(
    holders: dict[str, Holder], who: str, arrival: Arrival, tmp_path: Path
):
    holder, file = holders[who], tmp_path / "x.shakyo"
    file.write_bytes(arrival.make())
    before, records = holder.state(), holder.records()
    [judged] = holder.services.intake.judge([file])
    [verdict] = holder.services.intake.receive([file])
    assert (verdict.verdict, verdict.code) == (arrival.verdict, arrival.code)
    assert (judged.verdict, judged.code) == (arrival.verdict, arrival.code)
    assert holder.records() == records
    if arrival.verdict != "pending_approval":
        assert holder.state() == before
        return
    with holder.services.context.database.transaction() as stores:  # room for the next one
        stores.held.remove(str(verdict.manifest))


def test_an_older_setup_inside_an_answer_changes_no_setup(holders: dict[str, Holder], tmp_path: Path):
    holder = holders["district"]
    with holder.services.context.database.reading() as stores:
        before = current_setup(stores, people.WARD), stores.organisations.offices(people.WARD)
    senders.take(holder, tmp_path, senders.answer_with(senders.setup(4)))
    with holder.services.context.database.reading() as stores:
        assert (current_setup(stores, people.WARD), stores.organisations.offices(people.WARD)) == before


def test_a_ward_does_not_take_anothers_compilation_away(tmp_path: Path):
    folder = tmp_path / "city"
    folder.mkdir()
    city = found_holder("city", folder)
    other = SigningKey.generate("990029")
    with city.services.context.database.transaction() as stores:
        stores.organisations.save(Organisation(other.org, "みほん別区", OrganisationKind.WARD, people.CITY))
        stores.keys.save(registration(other, people.WARD_BOX.recipient), "", people.MADE)
    ours, theirs = ward_report_content(), senders.compilation_of(other.org)
    senders.take(city, tmp_path, making.built(ours), making.built(theirs, other))
    with city.services.context.database.reading() as stores:
        kept = [stores.compilations.get(one.package_id) for one in (ours, theirs)]
    city.services.close()
    assert [one.ward for one in kept] == [people.WARD, other.org]


def test_what_waited_is_judged_again_when_its_number_is_typed(tmp_path: Path):
    folder = tmp_path / "ward"
    folder.mkdir()
    ward = found_holder("ward", folder)
    key = senders.NEWCOMER
    waiting = (
        senders.report_by(key, 801),
        senders.report_by(key, 802),
        senders.report_by(key, 801, 2, prev="12" * 32, report__revision=2),
    )
    senders.take(ward, tmp_path, *waiting, verdict="pending_approval")
    with ward.services.context.database.reading() as stores:
        number = stores.keys.find(key.fingerprint).check_number
    seen = ward.services.registrations.approve(key.fingerprint, number)
    left = [one.code for one in ward.services.registrations.waiting_decisions()]
    ward.services.close()
    assert sorted((one.verdict, one.code) for one in seen) == [
        ("accepted", ""),
        ("pending_approval", "report.fork"),
        ("refused", "seq.package_id"),
    ]
    assert left == ["seq.fork"]
