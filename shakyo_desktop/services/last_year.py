"""Last year's value beside this year's field, and taking it over as something to confirm."""

from collections.abc import Iterable, Mapping
from typing import Any

from shakyo_desktop.domain.codes import Source
from shakyo_desktop.domain.crosswalk import successions
from shakyo_desktop.domain.field_values import get_field, with_field
from shakyo_desktop.domain.plan import Crosswalk
from shakyo_desktop.domain.records import ItemStatus, RecordRef
from shakyo_desktop.domain.totals import count_totals, effective_totals
from shakyo_desktop.services.desk import Desk
from shakyo_desktop.services.field_states import with_carried_over
from shakyo_desktop.services.typed_text import editable_spec

COPIED_TOGETHER = (
    "state",
    "state_reason",
    "self_rating",
    "rating_reason",
    "target_value",
    "target_unit",
    "outcome",
    "challenge",
    "next_plan",
    "needs_support",
)
"""The fields of 「昨年と同じ」. Counts are never among them: they are this year's or blank."""

_EMPTY: tuple[Any, ...] = (None, "", ())


def same_item(
    status: ItemStatus, earlier: Iterable[ItemStatus], pairs: Iterable[Crosswalk]
) -> ItemStatus | None:
    """Return last year's status of the same item; across plans only where the pairs name one item.

    Args:
        pairs: those of a plan with the one before it (``domain.crosswalk.successions``).
    """
    by_item = {(one.plan_id, one.item_number): one for one in earlier}
    key = (status.plan_id, status.item_number)
    if key in by_item:
        return by_item[key]
    there = {other for pair in pairs for mine, other in _both_ways(pair) if mine == key and other in by_item}
    return by_item[there.pop()] if len(there) == 1 else None


def _both_ways(pair: Crosswalk) -> tuple[tuple[tuple[str, int], tuple[str, int]], ...]:
    one = (pair.plan_id, pair.item_number)
    other = (pair.other_plan_id, pair.other_item_number)
    return (one, other), (other, one)


def value_of(earlier: ItemStatus, field: str, counted: Mapping[str, int]) -> Any:
    """Return last year's value of a field; a total nobody typed is ``counted`` from its diary."""
    base, dot, code = field.partition(".")
    if dot and base == "typed_totals":
        return effective_totals(earlier, counted).get(code)
    return get_field(earlier, field)


def carried(
    status: ItemStatus, earlier: ItemStatus, field: str, counted: Mapping[str, int] | None = None
) -> ItemStatus:
    """Return the status with one field as last year and marked, unchanged when last year's is empty."""
    value = value_of(earlier, field, counted or {})
    if value in _EMPTY or value == get_field(status, field):
        return status
    return with_carried_over(with_field(status, field, value), field, True)


def is_blank(status: ItemStatus, field: str) -> bool:
    """Return whether nothing stands in a field, not even text that could not be read."""
    return get_field(status, field) in _EMPTY and field not in status.unread


def copy_field(desk: Desk, ref: RecordRef, field: str) -> ItemStatus:
    """Take one field over from last year, marked 前年度から・要確認."""
    editable_spec(ref.table, field)
    status = desk.status(ref)
    before, counted = _last_year(desk, status, field.startswith("typed_totals."))
    if before is None:
        return status
    return desk.journal.change(status, carried(status, before, field, counted), field, Source.LAST_YEAR)


def copy_item(desk: Desk, ref: RecordRef) -> ItemStatus:
    """Take every field over that is blank this year: what was written already stays."""
    status = desk.status(ref)
    before, _ = _last_year(desk, status, False)
    if before is None:
        return status
    for field in COPIED_TOGETHER:
        if is_blank(status, field):
            status = desk.journal.change(status, carried(status, before, field), field, Source.LAST_YEAR)
    return status


def _last_year(desk: Desk, status: ItemStatus, count: bool) -> tuple[ItemStatus | None, dict[str, int]]:
    """Return last year's status of the same item and, when asked, what its diary counts."""
    earlier = desk.stores.records.item_statuses(desk.org, status.fiscal_year - 1)
    pairs = successions(desk.stores.plans.crosswalk(), desk.stores.plans.all())
    before = same_item(status, earlier, pairs)
    if before is None or not count:
        return before, {}
    records = desk.stores.records.year(desk.org, before.fiscal_year)
    diary = [one for one in records.activities if one.plan_id == before.plan_id]
    return before, count_totals(desk.item(before.plan_id, before.item_number), diary)
