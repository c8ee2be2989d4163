"""What an officer leaves open: read before a handover, printed in the 引継書."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from shakyo_desktop.domain.codes import Reporter, ReportState
from shakyo_desktop.domain.compare import differences
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.fiscal_year import fiscal_year_name
from shakyo_desktop.domain.forms.paper import KeyingPlace
from shakyo_desktop.domain.joining_years import is_blank
from shakyo_desktop.domain.labels import item_name
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import ItemStatus, RecordRef, YearRecords
from shakyo_desktop.domain.submission import Reply, Submission
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.desk import desk_of
from shakyo_desktop.services.found_drafts import find_drafts
from shakyo_desktop.services.freezing import frozen_year
from shakyo_desktop.services.kept_reports import records_of
from shakyo_desktop.services.keying import STOPPED_AFTER
from shakyo_desktop.services.replies import requests_to_answer
from shakyo_desktop.storage.stores import Stores


class Left(StrEnum):
    """What kind of work is left."""

    UNSENT = "unsent"
    UNANSWERED = "unanswered"
    REQUESTS = "requests"
    DRAFTS = "drafts"
    KEYING = "keying"
    PHOTOS = "photos"


@dataclass(frozen=True, slots=True)
class OpenPoint:
    """One thing that is open, in words; ``ref`` is the record it is about, where it is about one."""

    kind: Left
    fiscal_year: int
    words: str
    ref: RecordRef | None = None


@dataclass(frozen=True, slots=True)
class ItemLine:
    """One item of a year: its name, 実施状況, and whether the newest report says the same."""

    name: str
    state: str
    reported: str


@dataclass(frozen=True, slots=True)
class YearState:
    """How far a year is: what was last handed in, what the office said, every item, what is open."""

    fiscal_year: int
    last: Submission | None
    reply: Reply | None
    items: tuple[ItemLine, ...]
    points: tuple[OpenPoint, ...]


def years_left(context: ServiceContext, stores: Stores, current: int) -> tuple[YearState, ...]:
    """This year and, while its final report is not accepted, the year before; the older one first."""
    org = str(stores.settings.get("org"))
    before = stores.records.year(org, current - 1)
    last = stores.submissions.newest(org, current - 1)
    settled = last is not None and last.state is ReportState.ACCEPTED
    years = [current]
    if not settled and (last is not None or _is_written(before)):
        years.insert(0, current - 1)
    return tuple(_year_state(context, stores, org, year) for year in years)


def _year_state(context: ServiceContext, stores: Stores, org: str, year: int) -> YearState:
    records, plans = stores.records.year(org, year), stores.plans.for_year(year)
    last = stores.submissions.newest(org, year)
    now = frozen_year(records, plans)
    sent = records_of(stores, last) if last else None
    reply = stores.replies.of_package(last.package_id) if last else None
    differing = {one.ref for one in differences(sent, now)}
    lines = tuple(_line(plan, item, now, sent, differing) for plan in plans for item in plan.items)
    points = tuple(_points(context, stores, org, records, last, bool(differing)))
    return YearState(year, last, reply, lines, points)


def _is_written(year: YearRecords) -> bool:
    return bool(year.activities) or not all(is_blank(one) for one in year.item_statuses)


def _line(
    plan: Plan, item: Item, now: YearRecords, sent: YearRecords | None, differing: set[RecordRef]
) -> ItemLine:
    status = _status(now, plan, item)
    there = _status(sent, plan, item) if sent else None
    if item.reporter is not Reporter.DISTRICT:
        words = "区事務所が書く"
    elif there is None:
        words = "まだ" if status is None else "未提出"
    else:
        changed = any(ref.id in (there.id, status.id if status else "") for ref in differing)
        words = "書き足しあり" if changed else "提出済み"
    state = status.state.label if status and status.state else "－"
    return ItemLine(item_name(item.number, plan), state, words)


def _status(year: YearRecords, plan: Plan, item: Item) -> ItemStatus | None:
    wanted = (plan.id, item.number)
    return next((one for one in year.item_statuses if (one.plan_id, one.item_number) == wanted), None)


def _points(
    context: ServiceContext,
    stores: Stores,
    org: str,
    records: YearRecords,
    last: Submission | None,
    changed: bool,
) -> Iterator[OpenPoint]:
    year = records.fiscal_year
    name = fiscal_year_name(year)
    if last is None and _is_written(records):
        yield OpenPoint(Left.UNSENT, year, f"{name}の記録を、まだ提出していません。")
    elif last is not None and changed:
        yield OpenPoint(
            Left.UNSENT,
            year,
            f"{name}の第{last.revision}版（{last.stage.label}）のあとに書いたことを、まだ提出していません。",
        )
    if last is not None and last.state in (ReportState.EXPORTED, ReportState.RECEIVED):
        words = f"{name}の第{last.revision}版に、事務所の返事がまだありません。"
        yield OpenPoint(Left.UNANSWERED, year, words)
    requests = requests_to_answer(stores, org, year)
    if requests:
        yield OpenPoint(Left.REQUESTS, year, f"事務所からの確認のお願いが{len(requests)}件残っています。")
    for draft in find_drafts(desk_of(context, stores)):
        record = stores.records.get(draft.ref, org=org)
        if record.fiscal_year == year:
            yield OpenPoint(Left.DRAFTS, year, f"書きかけの入力があります（{draft.label}）。", draft.ref)
    place = stores.paper.place(org, year)
    if place is not None and (last is None or _stopped_after(stores, place, last)):
        words = f"{place.form.label}の{place.page}枚目（{era_timestamp(place.at)}まで）"
        yield OpenPoint(Left.KEYING, year, f"紙から入力の途中です。{words}")
    unasked = sum(1 for one in records.photos if not one.consent)
    if unasked:
        yield OpenPoint(Left.PHOTOS, year, f"載せてよいか確かめていない写真が{unasked}枚あります。")


def _stopped_after(stores: Stores, place: KeyingPlace, last: Submission) -> bool:
    """Whether keying went on after the newest report: by its number, for clocks go back."""
    revision = stores.settings.get(f"{STOPPED_AFTER}.{place.org}.{place.fiscal_year}")
    if revision is None:  # an earlier version stopped there and kept the time alone
        return place.at > last.frozen_at
    return bool(revision >= last.revision)
