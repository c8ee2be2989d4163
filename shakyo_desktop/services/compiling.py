"""What a compilation is made from, read in a fixed number of statements: reports, item statuses, stories.

The diaries are not read: a report carries the totals its diary gave when it was frozen.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from shakyo_desktop.domain.calendar import FINAL, default_schedule
from shakyo_desktop.domain.codes import OrganisationKind, ReportState
from shakyo_desktop.domain.compilation import Arrival, ItemRollUp, SourceReport
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import ItemStatus
from shakyo_desktop.domain.roll_up import YearFacts, roll_up, year_facts
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.services.context import JAPAN
from shakyo_desktop.services.joined_reports import counted_records, joined_manifests
from shakyo_desktop.services.table_years import from_table, orgs_from_tables
from shakyo_desktop.storage.stores import Stores


@dataclass(frozen=True, slots=True)
class Compiled:
    """The unchanging part of a compilation, as it would be now."""

    plan: Plan
    sources: tuple[SourceReport, ...]
    items: tuple[ItemRollUp, ...]


def compile_now(stores: Stores, plan_id: str, fiscal_year: int) -> Compiled:
    """Put together what the newest reports say about one plan in one year.

    Raises:
        NotFound: there is no such plan.
    """
    ward, plans = str(stores.settings.get("org")), stores.plans.all()
    plan = next((one for one in plans if one.id == plan_id), None) or stores.plans.get(plan_id)
    pairs = stores.plans.crosswalk()
    sources = source_reports(stores, fiscal_year)
    facts = year_facts(
        ward,
        len(sources),
        _orgs_here(sources),
        _as_signed(stores, sources, stores.figures.statuses([fiscal_year], None if pairs else plan_id)),
        stores.figures.shareable_practices(fiscal_year, plan_id),
        stores.wordings.all(None, fiscal_year),
    )
    earlier = _year_before(stores, ward, fiscal_year - 1)
    return Compiled(plan, sources, roll_up(plan, facts, earlier, pairs, plans))


def _as_signed(
    stores: Stores, sources: Iterable[SourceReport], statuses: Sequence[ItemStatus]
) -> tuple[ItemStatus, ...]:
    """What counts of a report that was keyed here and is being corrected is what was signed last."""
    asked = [
        stores.submissions.get(str(one.package_id)) for one in sources if one.proxy and not one.confirmed
    ]
    years = {
        one.org: counted_records(stores, one).item_statuses
        for one in asked
        if one.state is ReportState.REQUESTED
    }
    kept = (one for one in statuses if one.org not in years)
    plans = {one.plan_id for one in statuses}
    signed = (one for year in years.values() for one in year if one.plan_id in plans)
    return (*kept, *signed)


def source_reports(stores: Stores, fiscal_year: int) -> tuple[SourceReport, ...]:
    """Every district that owes a report, and the one that counts: its newest that was not withdrawn.

    Those of the roster that report, and those that no longer do but have reported this year: what is in
    their report was done.
    """
    revisions: dict[str, list[Submission]] = {}
    for one in stores.submissions.of_year(fiscal_year):
        if one.state is not ReportState.WITHDRAWN:
            revisions.setdefault(one.org, []).append(one)
    schedule = stores.organisations.schedule(fiscal_year) or default_schedule(fiscal_year)
    due = min((entry.due for entry in schedule if entry.kind == FINAL), default=None)
    districts = stores.organisations.all(OrganisationKind.DISTRICT)
    expected = [org for org in districts if org.active or org.code in revisions]
    joined = joined_manifests(stores)
    return tuple(_source(org, revisions.get(org.code, ()), due, joined) for org in expected)


def _source(
    org: Organisation,
    revisions: Sequence[Submission],
    due: date | None,
    joined: Mapping[str, tuple[str, ...]],
) -> SourceReport:
    if not revisions:
        return SourceReport(org=org.code, name=org.name, arrival=Arrival.MISSING)
    newest = revisions[0]
    return SourceReport(
        org=org.code,
        name=org.name,
        arrival=Arrival.LATE if _is_late(revisions, due) else Arrival.RECEIVED,
        package_id=newest.package_id,
        manifest=newest.manifest,
        joined=joined.get(newest.package_id, ()),
        revision=newest.revision,
        stage=newest.stage,
        received_at=newest.received_at,
        confirmed=newest.state is ReportState.ACCEPTED,
        proxy=newest.is_proxy,
    )


def _is_late(revisions: Sequence[Submission], due: date | None) -> bool:
    """Whether the first report of the stage that counts came after the final due date.

    A correction that the office asked for makes nobody late who was in time.
    """
    came = [one.received_at for one in revisions if one.stage is revisions[0].stage and one.received_at]
    return due is not None and bool(came) and min(came).astimezone(JAPAN).date() > due


def _year_before(stores: Stores, ward: str, fiscal_year: int) -> YearFacts:
    """Last year's item statuses of every plan: an item may have stood in another one.

    Where no signed report is here, what was taken from a table stands in its place, and is counted as such.
    """
    sources = source_reports(stores, fiscal_year)
    tables = from_table(sources, orgs_from_tables(stores).get(fiscal_year, ()))
    statuses = stores.figures.statuses([fiscal_year])
    return year_facts(ward, len(sources), orgs_with_values(sources, tables), statuses, tables=tables)


def orgs_with_values(sources: Iterable[SourceReport], tables: Collection[str]) -> tuple[str, ...]:
    """The districts whose report is here or whose values came from a table, in the order of the roster."""
    return tuple(one.org for one in sources if one.arrival is not Arrival.MISSING or one.org in tables)


def _orgs_here(sources: Iterable[SourceReport]) -> tuple[str, ...]:
    return tuple(one.org for one in sources if one.arrival is not Arrival.MISSING)
