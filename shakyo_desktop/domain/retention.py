"""保存期間: how long a fiscal year is kept, what a store holds of it, and the note of its deletion."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from shakyo_desktop.domain.fiscal_year import last_day

YEARS_TO_CHOOSE = (3, 5, 7, 10)
DEFAULT_YEARS = 5
"""As long as a plan: a summary of its five years can still be traced to what was signed."""

COUNTED = {
    "activities": "活動記録{}件",
    "photos": "写真{}枚",
    "item_statuses": "取組項目{}件",
    "reports": "提出{}版",
    "replies": "返事{}通",
    "scans": "用紙の写し{}枚",
    "compilations": "取りまとめ{}版",
    "held": "確認を待つファイル{}件",
}
"""What is counted of a year, in the order in which people read it, and how it is said."""


def kept_until(fiscal_year: int, years: int) -> date:
    """The last day on which a fiscal year's records are kept; ``years`` count from the year's end."""
    return last_day(fiscal_year + years)


def is_past(fiscal_year: int, years: int, today: date) -> bool:
    """Whether a year may be deleted. Without an end (``years`` 0) it never may."""
    return years > 0 and kept_until(fiscal_year, years) < today


def count_words(counts: Mapping[str, int]) -> str:
    """What there is, in words; nothing is said of what there is none of."""
    said = [words.format(f"{counts[name]:,}") for name, words in COUNTED.items() if counts.get(name)]
    return "、".join(said) or "記録なし"


@dataclass(frozen=True, slots=True)
class HeldYear:
    """What a store holds of a fiscal year: numbers of rows by name (``COUNTED``), photos in bytes."""

    fiscal_year: int
    counts: Mapping[str, int]
    photo_bytes: int


@dataclass(frozen=True, slots=True)
class Deletion:
    """The note that stays of a deleted year: it names signed reports by their manifests and holds no text.

    Attributes:
        kept_until: the last day of the time for which the year was to be kept.
        kept_compilations: whether the office's 取りまとめ of the year were left.
        erased_at: when the bytes themselves were gone from the file; None while that has still to be done.
    """

    id: str
    fiscal_year: int
    deleted_at: datetime
    who: str
    kept_until: date
    counts: Mapping[str, int]
    manifests: tuple[str, ...]
    kept_compilations: bool
    erased_at: datetime | None = None
