"""Searching everything an organisation holds, by any part of a word, with each hit in its place."""

from dataclasses import replace
from itertools import islice

from shakyo_desktop.domain.codes import OrganisationKind, ReportState
from shakyo_desktop.domain.records import ACTIVITIES, GOOD_PRACTICES, ITEM_STATUSES, YearRecords
from shakyo_desktop.domain.search import fold_text, searchable_texts, terms_of
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.search_hits import (
    Found,
    Hit,
    HitGroup,
    Names,
    Searched,
    SearchResults,
    record_hit,
)
from shakyo_desktop.services.search_small import SOURCES
from shakyo_desktop.storage.search_store import IndexedPlace
from shakyo_desktop.storage.stores import Stores

LIMIT = 50
"""Hits of one kind that are shown; more are only said to be there."""

_RECORDS = {
    Found.GOOD_PRACTICES: GOOD_PRACTICES,
    Found.ITEM_STATUSES: ITEM_STATUSES,
    Found.ACTIVITIES: ACTIVITIES,
}
_DISTRICT = (Found.PLAN_ITEMS, *_RECORDS, Found.REQUESTS)

OwnText = tuple[str, str, Searched]


class SearchService:
    """Reports of others are found through an index, the own records as they stood when it was prepared."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context
        self._own: tuple[OwnText, ...] = ()
        self._sound = False

    def prepare(self) -> None:
        """Read what is written here, and index what was received and is not indexed yet.

        The first time an index that is not what it should be is made anew.
        """
        if not self._sound:
            self._repair()
        with self._context.database.reading() as stores:
            own = str(stores.settings.get("org", ""))
            indexed = stores.search.indexed_years()
            missing = [one for one in stores.records.all_years() if one[0] != own and one not in indexed]
            years = [stores.records.year(own, year) for year in reversed(stores.records.years(own))]
        for org, year in missing:
            with self._context.database.transaction() as stores:
                stores.search.index_year(stores.records.year(org, year))
        self._own = tuple(text for year in years for text in _texts_of(year))

    def find(self, asked: str, limit: int = LIMIT) -> SearchResults:
        """What holds every word of ``asked``; a word may be a part of one, in any width or kana."""
        terms = terms_of(asked)
        if not terms:
            return SearchResults(asked)
        with self._context.database.reading() as stores:
            names = Names(
                {one.code: one.name for one in stores.organisations.all()},
                {plan.id: plan for plan in stores.plans.all()},
            )
            is_district = stores.settings.get("role") == OrganisationKind.DISTRICT.value
            groups = []
            for kind in _DISTRICT if is_district else Found:
                hits = (
                    self._records(stores, kind, terms, names, limit)
                    if kind in _RECORDS
                    else [*islice(SOURCES[kind](stores, names, terms), limit + 1)]
                )
                groups.append(HitGroup(kind, tuple(hits[:limit]), len(hits) > limit))
            groups = [_in_place(stores, group, names) for group in groups if group.hits]
        return SearchResults(asked, tuple(groups))

    def _repair(self) -> None:
        with self._context.database.reading() as stores:
            self._sound = not stores.search.problems()
        if not self._sound:
            with self._context.database.transaction() as stores:
                stores.index_everything()
            self._sound = True

    def _records(
        self, stores: Stores, kind: Found, terms: tuple[str, ...], names: Names, limit: int
    ) -> list[Hit]:
        table = _RECORDS[kind]
        own = [
            hit
            for of_table, folded, record in self._own
            if of_table == table
            and all(term in folded for term in terms)
            and (hit := record_hit(record, table, terms, names, None)) is not None
        ]
        places = stores.search.find(terms, table, limit + 1)
        records = stores.records.at_places(places)
        reports = _newest_reports(stores, places)
        found = [
            record_hit(records[place], table, terms, names, reports.get((place.org, place.fiscal_year)))  # type: ignore[arg-type]
            for place in places
            if place in records
        ]
        return [*own[: limit + 1], *(hit for hit in found if hit is not None)][: limit + 1]


def _texts_of(year: YearRecords) -> list[OwnText]:
    every: list[tuple[str, Searched]] = [
        *((GOOD_PRACTICES, one) for one in year.good_practices),
        *((ITEM_STATUSES, one) for one in year.item_statuses),
        *((ACTIVITIES, one) for one in reversed(year.activities)),
    ]
    made = ((table, "〓".join(map(fold_text, searchable_texts(one).values())), one) for table, one in every)
    return [one for one in made if one[1]]


def _newest_reports(stores: Stores, places: tuple[IndexedPlace, ...]) -> dict[tuple[str, int], str]:
    """The report that counts, by district and fiscal year; a statement for each year that was found."""
    newest: dict[tuple[str, int], str] = {}
    for year in {place.fiscal_year for place in places}:
        for one in stores.submissions.of_year(year):
            if one.state is not ReportState.WITHDRAWN:
                newest.setdefault((one.org, year), one.package_id)
    return newest


def _in_place(stores: Stores, group: HitGroup, names: Names) -> HitGroup:
    """Requests name a record; the item it is about is looked up for those that are shown."""
    if group.found_in is not Found.REQUESTS:
        return group
    places = {
        hit: IndexedPlace(hit.org, hit.fiscal_year or 0, hit.table, hit.record_id)
        for hit in group.hits
        if hit.table in _RECORDS.values()
    }
    records = stores.records.at_places(places.values())
    placed = []
    for hit in group.hits:
        record = records.get(places[hit]) if hit in places else None
        plan_id, number = getattr(record, "plan_id", ""), getattr(record, "item_number", None)
        name = names.item(plan_id, number)
        placed.append(replace(hit, plan_id=plan_id, item_number=number, item_name=name))
    return replace(group, hits=tuple(placed))
