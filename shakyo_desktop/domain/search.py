"""What is searched, and when a text holds what is searched for.

Texts are folded before they are compared: NFKC (㈱, １２ and ｶﾅ as (株), 12 and カナ), katakana as hiragana,
ヶ as ケ, letters without case, and nothing but letters and figures: a mark or a space in the middle hides
nothing. One character is enough to search for.
"""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from shakyo_desktop.domain.labels import show_value
from shakyo_desktop.domain.records import ACTIVITIES, Activity, GoodPractice, ItemStatus, Record

_KANA = {katakana: katakana - 0x60 for katakana in range(0x30A1, 0x30F7)}
_FOLDED = _KANA | {ord("ヶ"): "け", ord("ゖ"): "け"}
_VOICED = "\uff9e\uff9f\u3099\u309a"  # a sound mark that belongs to the character before it
_STATUS_FIELDS = ("outcome", "challenge", "next_plan", "state_reason", "rating_reason", "totals_reason")
_ACTIVITY_FIELDS = ("content", "venue", "partners_text", "note", "outcome_reason")
_ACTIVITY_MEASURES = ("theme", "counterpart")


@lru_cache(maxsize=8192)  # places and partners come again and again
def fold_text(text: str) -> str:
    """The form of a text that is compared; empty when it has neither letter nor figure."""
    plain = unicodedata.normalize("NFKC", text).casefold().translate(_FOLDED)
    return plain if plain.isalnum() else "".join(filter(str.isalnum, plain))


def terms_of(query: str) -> tuple[str, ...]:
    """What somebody searches for: the folded words between spaces, each once; all of them must be there."""
    return tuple(dict.fromkeys(word for part in query.split() if (word := fold_text(part))))


def searchable_texts(record: Record) -> dict[str, str]:
    """The texts of a record that are searched, by field; the partners by their words."""
    match record:
        case ItemStatus():
            found = {name: getattr(record, name) for name in _STATUS_FIELDS}
        case Activity():
            found = {name: getattr(record, name) for name in _ACTIVITY_FIELDS}
            for code in _ACTIVITY_MEASURES:
                found[f"measures.{code}"] = str(record.measures.get(code, ""))
            if record.partners:
                found["partners"] = _partner_words(record.partners)
        case GoodPractice():
            found = {"title": record.title, "story": record.story}
        case _:
            found = {}
    return {name: text for name, text in found.items() if text}


@lru_cache(maxsize=1024)
def _partner_words(partners: tuple[str, ...]) -> str:
    return show_value(ACTIVITIES, "partners", partners)


@dataclass(frozen=True, slots=True)
class Snippet:
    """A piece of a text around the first hit; ``before`` and ``after`` end with … where they are cut."""

    before: str
    hit: str
    after: str


def find_in(text: str, terms: Sequence[str]) -> tuple[int, int] | None:
    """Where the first of the terms stands in a text, as a slice of the text as it is written."""
    folded = fold_text(text)
    found = [(at, term) for term in terms if (at := folded.find(term)) >= 0]
    if not found:
        return None
    at, term = min(found)
    origins = list(islice(_origins(text), at, at + len(term)))
    return origins[0][0], origins[-1][1]


def snippet_of(text: str, terms: Sequence[str], before: int = 14, length: int = 60) -> Snippet | None:
    """The surroundings of the first hit in one line, about ``length`` characters; None when nothing fits."""
    plain = text.replace("\n", "　")
    span = find_in(plain, terms)
    if span is None:
        return None
    start, end = span
    first = max(0, start - before)
    last = min(len(plain), max(end, first + length))
    return Snippet(
        ("…" if first else "") + plain[first:start],
        plain[start:end],
        plain[end:last] + ("…" if last < len(plain) else ""),
    )


def _origins(text: str) -> Iterator[tuple[int, int]]:
    """For every character of the folded text, the slice of the written text that it comes from."""
    at = 0
    while at < len(text):
        end = at + 1
        while end < len(text) and (text[end] in _VOICED or unicodedata.combining(text[end])):
            end += 1
        for _ in fold_text(text[at:end]):
            yield at, end
        at = end
