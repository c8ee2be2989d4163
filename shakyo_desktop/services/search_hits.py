"""What a search found: every hit with its place, grouped by what it was found in."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shakyo_desktop.domain.codes import LabelledCode
from shakyo_desktop.domain.dates import month_name, short_era_date
from shakyo_desktop.domain.labels import field_label
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import (
    ACTIVITIES,
    GOOD_PRACTICES,
    ITEM_STATUSES,
    Activity,
    GoodPractice,
    ItemStatus,
)
from shakyo_desktop.domain.search import Snippet, fold_text, searchable_texts, snippet_of


class Found(LabelledCode):
    """What a hit was found in, in the order of the list."""

    ORGANISATIONS = "organisations", "地区部会・事務所"
    PLAN_ITEMS = "plan_items", "計画の取組項目"
    GOOD_PRACTICES = GOOD_PRACTICES, "成果事例"
    WORDINGS = "shared_wordings", "紹介する文（区）"
    ITEM_STATUSES = ITEM_STATUSES, "取組状況"
    FINDINGS = "findings", "取りまとめの文"
    REQUESTS = "requests", "確認のお願い"
    ACTIVITIES = ACTIVITIES, "活動記録"


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """One hit. What it has no place for stays empty; ``package_id`` is the report that counts.

    ``field`` names the field of the record, ``label`` is the field in words, ``when`` an activity's day.
    """

    found_in: Found
    snippet: Snippet
    label: str
    org: str = ""
    org_name: str = ""
    fiscal_year: int | None = None
    plan_id: str = ""
    item_number: int | None = None
    item_name: str = ""
    when: str = ""
    table: str = ""
    record_id: str = ""
    field: str = ""
    package_id: str | None = None


@dataclass(frozen=True, slots=True)
class HitGroup:
    """The hits of one kind; ``more``: there are others that are not shown."""

    found_in: Found
    hits: tuple[Hit, ...]
    more: bool = False


@dataclass(frozen=True, slots=True)
class SearchResults:
    """Groups without hits are left out. ``asked`` is what was searched for, as it was typed."""

    asked: str
    groups: tuple[HitGroup, ...] = ()

    @property
    def count(self) -> int:
        """How many hits are shown."""
        return sum(len(group.hits) for group in self.groups)


@dataclass(frozen=True, slots=True)
class Names:
    """What codes and numbers are called, read once."""

    organisations: dict[str, str]
    plans: dict[str, Plan]

    def org(self, code: str) -> str:
        """An organisation's name; its code when it is not known any more."""
        return self.organisations.get(code, code)

    def item(self, plan_id: str, number: int | None) -> str:
        """The name of an item, or an empty text."""
        plan = self.plans.get(plan_id)
        item = plan.item(number) if plan and number is not None else None
        return item.name if item else ""


Searched = Activity | ItemStatus | GoodPractice
_KINDS = {
    ACTIVITIES: Found.ACTIVITIES,
    ITEM_STATUSES: Found.ITEM_STATUSES,
    GOOD_PRACTICES: Found.GOOD_PRACTICES,
}


def record_hit(
    record: Searched, table: str, terms: Sequence[str], names: Names, package_id: str | None
) -> Hit | None:
    """The first field of a record that shows a hit; None when the record does not hold every term."""
    texts = searchable_texts(record)
    if not holds_all(texts.values(), terms):
        return None
    for field, text in texts.items():
        snippet = snippet_of(text, terms)
        if snippet is not None:
            kind = record.kind if isinstance(record, Activity) else None
            plan = names.plans.get(record.plan_id)
            return Hit(
                found_in=_KINDS[table],
                snippet=snippet,
                label=field_label(table, field, kind, plan, record.item_number),
                org=record.org,
                org_name=names.org(record.org),
                fiscal_year=record.fiscal_year,
                plan_id=record.plan_id,
                item_number=record.item_number,
                item_name=names.item(record.plan_id, record.item_number),
                when=_when(record),
                table=table,
                record_id=record.id,
                field=field,
                package_id=package_id,
            )
    return None


def holds_all(texts: Iterable[str], terms: Sequence[str]) -> bool:
    """Whether every term stands in one of the texts, each text for itself."""
    folded = [fold_text(text) for text in texts]
    return all(any(term in text for text in folded) for term in terms)


def _when(record: Searched) -> str:
    if not isinstance(record, Activity):
        return ""
    if record.held_on is not None:
        return short_era_date(record.held_on)
    return month_name(record.month) if record.month else ""
