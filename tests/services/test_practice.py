"""Practice: visibly fictional, marked, and with something to play with."""

import pytest

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.services.practice import found_practice
from shakyo_desktop.services.roster import RosterService
from tests.services.beginnings import clock, opened


@pytest.fixture(scope="module")
def practice(tmp_path_factory):
    folder = tmp_path_factory.mktemp("practice")
    found_practice(folder, clock=clock)
    return folder


def test_practice_is_marked_and_everybody_in_it_is_fictional(practice):
    with opened(practice) as context, context.database.reading() as stores:
        assert stores.settings.get("practice") is True
        assert stores.settings.get("role") == "district"
        for org in stores.organisations.all():
            assert org.code.startswith("99")
            assert "みほん" in org.name


def test_practice_has_a_finished_last_year_and_a_beginning(practice):
    with opened(practice) as context, context.database.reading() as stores:
        own = stores.settings.get("org")
        last, this = stores.records.year(own, 2025), stores.records.year(own, 2026)
    assert all(status.state for status in last.item_statuses)
    assert len(this.item_statuses) == 21
    assert sum(status.state is not None for status in this.item_statuses) == 3
    assert last.activities
    assert this.activities
    assert all(activity.held_on is None or activity.held_on <= clock().date() for activity in this.activities)


def test_practice_records_keep_every_hard_rule(practice):
    from shakyo_desktop.domain.checks import check_year
    from shakyo_desktop.domain.codes import Stage

    with opened(practice) as context, context.database.reading() as stores:
        own = stores.settings.get("org")
        last, plans = stores.records.year(own, 2025), stores.plans.all()
    problems = check_year(last, plans, Stage.FINAL, None, clock().date())
    assert [problem for problem in problems if problem.level == "hard"] == []


def test_an_office_can_practise_too(tmp_path):
    own = found_practice(tmp_path, OrganisationKind.WARD, clock)
    with opened(tmp_path) as context:
        assert own.startswith("99")
        assert len(RosterService(context).districts()) == 6
