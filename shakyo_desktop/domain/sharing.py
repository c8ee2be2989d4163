"""成果事例 that the ward shares: which story, in which words, with which photos.

The district's story stays as it was signed; the ward's wording stands beside it. A story leaves the office
only while its district's newest report has it with consent, and a photo only with a consent of its own.
Source: the domain's GoodPractice.
"""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass

from shakyo_desktop.domain.codes import LabelledCode
from shakyo_desktop.domain.personal_data import looks_like_address, looks_like_telephone
from shakyo_desktop.domain.records import GoodPractice, Photo

TITLE_LENGTH, STORY_LENGTH = 60, 2000
"""Code points; a longer text is refused by the package format."""

WORDINGS = "shared_wordings"
"""The table of wordings, also in the history of their changes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SharedWording:
    """The ward's wording of one story. ``based_on`` is the original it was written from (``fingerprint``).

    ``photo_ids`` are photos the ward leaves in. ``withdrawn``: it was chosen when its consent ended; it
    is not chosen again by itself.
    """

    org: str
    fiscal_year: int
    practice_id: str
    plan_id: str
    item_number: int
    title: str = ""
    story: str = ""
    photo_ids: tuple[str, ...] = ()
    chosen: bool = False
    withdrawn: bool = False
    based_on: str = ""


class Standing(LabelledCode):
    """Where a story stands at the office."""

    OPEN = "open", "まだ選んでいません"
    CHOSEN = "chosen", "選びました"
    CHANGED = "changed", "もとの文が変わりました"
    FAULTY = "faulty", "直すところがあります"
    NO_CONSENT = "no_consent", "同意がありません"
    WITHDRAWN = "withdrawn", "同意が取り下げられました"
    GONE = "gone", "報告からなくなりました"


def fingerprint(practice: GoodPractice) -> str:
    """What tells one version of a district's words from another (SHA-256 in hex)."""
    return hashlib.sha256(f"{practice.title}\0{practice.story}".encode()).hexdigest()


def first_wording(practice: GoodPractice) -> SharedWording:
    """The wording nobody has changed yet: the district's own words and all photos of the story."""
    return SharedWording(
        org=practice.org,
        fiscal_year=practice.fiscal_year,
        practice_id=practice.id,
        plan_id=practice.plan_id,
        item_number=practice.item_number,
        title=practice.title,
        story=practice.story,
        photo_ids=practice.photo_ids,
        based_on=fingerprint(practice),
    )


def photos_to_show(practice: GoodPractice, photos: Iterable[Photo]) -> tuple[Photo, ...]:
    """The photos of a story that may be shown, in the story's order: those with consent, none deleted."""
    known = {photo.id: photo for photo in photos if photo.consent and photo.deleted_at is None}
    return tuple(known[one] for one in dict.fromkeys(practice.photo_ids) if one in known)


def consented(practice: GoodPractice | None) -> bool:
    """Whether a district's story is there and may be shown."""
    return practice is not None and practice.consent and practice.deleted_at is None


def faults_of(wording: SharedWording) -> tuple[str, ...]:
    """Why a wording cannot be shared as it stands, in words."""
    title, story = wording.title.strip(), wording.story.strip()
    found = []
    if not title:
        found.append("題名がありません。")
    if not story:
        found.append("内容がありません。")
    if len(title) > TITLE_LENGTH:
        found.append(f"題名が長すぎます（{TITLE_LENGTH}文字まで）。")
    if len(story) > STORY_LENGTH:
        found.append(f"内容が長すぎます（{STORY_LENGTH:,}文字まで）。")
    return tuple(found)


def warnings_of(wording: SharedWording) -> tuple[str, ...]:
    """What to look at before a story is shared: something that looks like a person's address or number."""
    text = f"{wording.title}\n{wording.story}"
    found = []
    if looks_like_telephone(text):
        found.append("電話番号のようなものがあります。")
    if looks_like_address(text):
        found.append("住所のようなものがあります。")
    return tuple(found)


def standing_of(practice: GoodPractice | None, wording: SharedWording | None) -> Standing:
    """Where a story stands; what keeps it in the office comes first."""
    if practice is None or practice.deleted_at is not None:
        return Standing.GONE
    if not practice.consent:
        ended = wording is not None and (wording.withdrawn or wording.chosen)
        return Standing.WITHDRAWN if ended else Standing.NO_CONSENT
    if wording is None or not wording.chosen:
        return Standing.OPEN
    if faults_of(wording):
        return Standing.FAULTY
    return Standing.CHANGED if wording.based_on != fingerprint(practice) else Standing.CHOSEN


def may_leave(practice: GoodPractice | None, wording: SharedWording | None) -> bool:
    """Whether a story goes out: chosen, with consent, and nothing wrong with its words."""
    return wording is not None and wording.chosen and consented(practice) and not faults_of(wording)
