"""The good practices of all districts as the office sees them: the story, its wording, who has it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import GoodPractice, Photo
from shakyo_desktop.domain.sharing import (
    SharedWording,
    Standing,
    first_wording,
    may_leave,
    photos_to_show,
    standing_of,
)
from shakyo_desktop.storage.replies_store import SharedLines
from shakyo_desktop.storage.stores import Stores

PracticeKey = tuple[str, int, str]
"""District, fiscal year and id of a story: ids are the districts' own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PracticeRow:
    """One story. ``practice`` is what the district wrote, None when its newest report has it no more.

    ``photos`` are those that may be shown, ``without_consent`` counts the others. ``wording`` is the
    office's, or the district's own words while nobody has worked on them (``touched`` False).
    """

    key: PracticeKey
    org_name: str
    item_name: str
    direction: int
    practice: GoodPractice | None
    wording: SharedWording
    touched: bool
    standing: Standing
    photos: tuple[Photo, ...] = ()
    without_consent: int = 0

    @property
    def chosen_photos(self) -> tuple[Photo, ...]:
        """The photos that go out with it: those with consent that the office left in."""
        return tuple(photo for photo in self.photos if photo.id in self.wording.photo_ids)

    @property
    def may_leave(self) -> bool:
        """Whether it goes out now."""
        return may_leave(self.practice, self.wording if self.touched else None)


@dataclass(frozen=True, slots=True)
class Delivery:
    """One district and the chosen stories of others: how many it has, in older words, and not yet.

    ``dropped`` counts stories it was given that are not shared any more.
    """

    org: str
    name: str
    has: int
    older: int
    missing: int
    dropped: int


def practice_rows(stores: Stores, fiscal_year: int | None = None) -> tuple[PracticeRow, ...]:
    """Every story and wording of a year, or of all years, newest first; a fixed number of statements."""
    practices = stores.wordings.practices(fiscal_year)
    wordings = {
        (one.org, one.fiscal_year, one.practice_id): one for one in stores.wordings.all(None, fiscal_year)
    }
    photos = stores.wordings.photos_of(practices)
    names = {one.code: one.name for one in stores.organisations.all(OrganisationKind.DISTRICT)}
    plans = {plan.id: plan for plan in stores.plans.all()}
    rows = []
    for practice in practices:
        if practice.title.strip() or practice.story.strip():
            key = (practice.org, practice.fiscal_year, practice.id)
            own = [photos[(*key[:2], one)] for one in practice.photo_ids if (*key[:2], one) in photos]
            rows.append(_row(practice, wordings.pop(key, None), own, names, plans))
    rows += [_row(None, wording, (), names, plans) for wording in wordings.values()]
    return tuple(sorted(rows, key=_order))


def practice_row(stores: Stores, key: PracticeKey) -> PracticeRow | None:
    """One story, or None."""
    return next((row for row in practice_rows(stores, key[1]) if row.key == key), None)


def deliveries(stores: Stores, rows: Iterable[PracticeRow]) -> tuple[Delivery, ...]:
    """What each active district was given with the answers that were written so far."""
    leaving = {row.key[2]: row for row in rows if row.may_leave}
    given = given_words(stores.replies.every_shared())
    found = []
    for org in stores.organisations.all(OrganisationKind.DISTRICT, active_only=True):
        there = given.get(org.code, {})
        wanted = {key: row for key, row in leaving.items() if row.key[0] != org.code}
        same = [key for key, row in wanted.items() if there.get(key) == words_of(row)]
        found.append(
            Delivery(
                org=org.code,
                name=org.name,
                has=len(same),
                older=len([key for key in wanted if key in there]) - len(same),
                missing=len([key for key in wanted if key not in there]),
                dropped=len([key for key in there if key not in wanted]),
            )
        )
    return tuple(found)


def given_words(every: Sequence[SharedLines]) -> dict[str, dict[str, tuple[str, str]]]:
    """Title and story by id that each district was given last, by district; only what was handed over."""
    given: dict[str, dict[str, tuple[str, str]]] = {}
    for answer in every:
        if answer.written_at is not None:
            there = given.setdefault(answer.org, {})
            there.update({line["id"]: (line["title"], line["story"]) for line in answer.lines})
    return given


def words_of(row: PracticeRow) -> tuple[str, str]:
    """Title and story as they go out."""
    return row.wording.title.strip(), row.wording.story.strip()


def _row(
    practice: GoodPractice | None,
    wording: SharedWording | None,
    photos: Sequence[Photo],
    names: dict[str, str],
    plans: dict[str, Plan],
) -> PracticeRow:
    shown = wording or first_wording(practice)  # type: ignore[arg-type]  # one of the two is there
    plan = plans.get(shown.plan_id)
    item = plan.item(shown.item_number) if plan else None
    with_consent = photos_to_show(practice, photos) if practice else ()
    return PracticeRow(
        key=(shown.org, shown.fiscal_year, shown.practice_id),
        org_name=names.get(shown.org, shown.org),
        item_name=item.name if item else "",
        direction=item.direction if item else 0,
        practice=practice,
        wording=shown,
        touched=wording is not None,
        standing=standing_of(practice, wording),
        photos=with_consent,
        without_consent=len(photos) - len(with_consent),
    )


def _order(row: PracticeRow) -> tuple[int, str, int, str, str]:
    wording = row.wording
    return -wording.fiscal_year, wording.plan_id, wording.item_number, wording.org, wording.practice_id
