"""The good practices of others in an answer: what goes along, and what came with the answers so far."""

from dataclasses import dataclass, replace
from typing import Any

from shakyo_desktop.domain.records import GoodPractice
from shakyo_desktop.services.practice_rows import practice_rows
from shakyo_desktop.storage.stores import Stores


def practices_for(stores: Stores, org: str) -> tuple[GoodPractice, ...]:
    """What goes with an answer that is signed now: every chosen story of other districts, with consent."""
    found: dict[str, GoodPractice] = {}
    for row in practice_rows(stores):
        if row.may_leave and row.practice is not None and row.key[0] != org:
            title, story = row.wording.title.strip(), row.wording.story.strip()
            found.setdefault(row.practice.id, replace(row.practice, title=title, story=story))
    return tuple(found.values())


def shared_line(practice: GoodPractice) -> dict[str, Any]:
    """A story as it is kept with the answer that carries it."""
    return {
        "id": practice.id,
        "org": practice.org,
        "fiscal_year": practice.fiscal_year,
        "plan_id": practice.plan_id,
        "item_number": practice.item_number,
        "title": practice.title,
        "story": practice.story,
    }


def without_consent_now(stores: Stores, answer_id: str) -> bool:
    """Whether a signed answer carries a story that lost its consent, or its place in a report, since."""
    lines = stores.replies.shared_practices(answer_id)
    if not lines:
        return False
    free = {(one.org, one.id) for one in stores.wordings.practices() if one.consent}
    return any((line["org"], line["id"]) not in free for line in lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceivedPractice:
    """A story of another district at a district; ``item_name`` and ``org_name`` from its own setup."""

    id: str
    org_name: str
    fiscal_year: int | None
    item_number: int
    item_name: str
    title: str
    story: str


@dataclass(frozen=True, slots=True)
class ReceivedPractices:
    """What the newest answer brought, and how many stories of earlier answers it does not bring any more."""

    shown: tuple[ReceivedPractice, ...]
    no_longer: int


def received_practices(stores: Stores) -> ReceivedPractices:
    """The stories the office shares now: those of its newest answer. Earlier ones are counted, not shown.

    An answer carries everything that is shared when it is made; what is missing in it is shared no more.
    """
    answers = stores.replies.every_shared(str(stores.settings.get("org")))
    if not answers:
        return ReceivedPractices((), 0)
    names = {one.code: one.name for one in stores.organisations.all()}
    plans = {plan.id: plan for plan in stores.plans.all()}
    newest = answers[-1].lines
    shown = []
    for line in newest:
        plan = plans.get(str(line.get("plan_id", "")))
        item = plan.item(line["item_number"]) if plan else None
        shown.append(
            ReceivedPractice(
                id=line["id"],
                org_name=names.get(line["org"], line["org"]),
                fiscal_year=line.get("fiscal_year"),
                item_number=line["item_number"],
                item_name=item.name if item else "",
                title=line["title"],
                story=line["story"],
            )
        )
    ordered = sorted(shown, key=lambda one: (one.item_number, one.org_name, one.id))
    earlier = {line["id"] for answer in answers for line in answer.lines} - {line["id"] for line in newest}
    return ReceivedPractices(tuple(ordered), len(earlier))
