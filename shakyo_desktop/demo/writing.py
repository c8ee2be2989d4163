"""What the fictional people write: a year of records, a question, and its correction."""

import random
from datetime import timedelta

from shakyo_desktop.demo.fiction import (
    STORIES,
    fictional_activities,
    fictional_pause,
    fictional_picture,
    fictional_status,
)
from shakyo_desktop.domain.codes import ImplementationState, Reporter
from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.domain.plan import Item, Plan
from shakyo_desktop.domain.records import ACTIVITIES, GOOD_PRACTICES, ITEM_STATUSES, RecordRef
from shakyo_desktop.services.registry import Services

PAUSE_EVERY = 6
QUESTION = "延べ参加の人数と、男性の参加のようすを、もう少し教えてください。"
CORRECTION = "男性の参加が3割になりました。人数は受付の名簿で数えなおしました。"


def write_year(
    services: Services, activities: int, photos: int, rng: random.Random, fiscal_year: int | None = None
) -> None:
    """Statuses, the diary and pictures of one district; the current fiscal year unless another is given.

    In an earlier year one item in ``PAUSE_EVERY`` rested: it has no activities and its reason.
    """
    current = services.settings.current_fiscal_year()
    year = fiscal_year or current
    plan = services.recording.open_year(year).plans[0]
    items = tuple(item for item in plan.items if item.reporter is Reporter.DISTRICT)
    rested = frozenset(rng.sample(items, len(items) // PAUSE_EVERY)) if year < current else frozenset()
    ids = _write_diary(
        services, plan, year, tuple(one for one in items if one not in rested), activities, rng
    )
    for activity_id in (ids[index * len(ids) // photos] for index in range(photos)):
        services.photos.add(activity_id, fictional_picture(rng))
    _write_statuses(services, plan, year, items, rested, rng)


def write_practices(services: Services) -> None:
    """Stories of this year: some with the consent of those in them, one without."""
    year = services.settings.current_fiscal_year()
    plan = services.recording.open_year(year).plans[0]
    for kind, title, story, consent in STORIES:
        item = next((one for one in plan.items if one.kind is kind), plan.items[0])
        practice = services.recording.new_practice(year, plan.id, item.number)
        for name, value in (("title", title), ("story", story), ("consent", consent)):
            services.recording.change(RecordRef(GOOD_PRACTICES, practice.id), name, value)


def _write_diary(
    services: Services, plan: Plan, year: int, items: tuple[Item, ...], count: int, rng: random.Random
) -> list[str]:
    latest: dict[int, str] = {}
    ids = []
    for fiction in fictional_activities(items, year, services.context.today(), count, rng):
        activity = services.recording.new_activity(
            year, plan.id, fiction.item_number, same_as=latest.get(fiction.item_number)
        )
        for name, value in fiction.changes:
            services.recording.change(RecordRef(ACTIVITIES, activity.id), name, value)
        latest[fiction.item_number] = activity.id
        ids.append(activity.id)
    return ids


def _write_statuses(
    services: Services,
    plan: Plan,
    year: int,
    items: tuple[Item, ...],
    rested: frozenset[Item],
    rng: random.Random,
) -> None:
    for item in items:
        status = services.recording.status_for(year, plan.id, item.number)
        for name, value in fictional_pause(rng) if item in rested else fictional_status(item, rng):
            services.recording.change(RecordRef(ITEM_STATUSES, status.id), name, value)


def ask_for_correction(ward: Services, package_id: str | None) -> None:
    """Read one report and ask about the first item that is running."""
    if package_id is None:
        raise NotReady("まだ報告が届いていない地区部会があります。")
    view = ward.review.report(package_id)
    status = next(s for s in view.records.item_statuses if s.state is ImplementationState.RUNNING)
    due = ward.context.today() + timedelta(days=30)
    ward.review.comment(package_id, ITEM_STATUSES, status.id, "outcome", QUESTION, due=due)
    ward.review.send_back(package_id)


def correct_report(services: Services) -> None:
    """Answer every request at its field."""
    year = services.settings.current_fiscal_year()
    requests = services.replies.open_requests(year)
    if not requests:
        raise NotReady("確認のお願いが届いていません。")
    for request in requests:
        services.recording.change(request.ref, request.field, CORRECTION)
        services.replies.mark_done(request.id)
