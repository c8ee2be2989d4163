"""People in the texts of one 活動記録: no names of those who are helped, no way to reach them."""

from collections.abc import Iterator, Sequence

from shakyo_desktop.domain.codes import ActivityKind
from shakyo_desktop.domain.field_values import get_field
from shakyo_desktop.domain.labels import field_label
from shakyo_desktop.domain.personal_data import (
    looks_like_address,
    looks_like_list_of_people,
    looks_like_name,
    looks_like_telephone,
    names_somebody,
)
from shakyo_desktop.domain.plan import Item
from shakyo_desktop.domain.problems import Findings
from shakyo_desktop.domain.records import ACTIVITIES, Activity
from shakyo_desktop.domain.totals import fitting_measures


def check_people(findings: Findings, activity: Activity, item: Item | None) -> None:
    """Hard for names in 見守り and lists of people in 災害への備え, soft for personal data elsewhere."""
    for name, text in _texts(activity, item):
        if _must_not_name(activity, text):
            label = field_label(ACTIVITIES, name, activity.kind)
            message = f"{label}に人の名前があるようです。名前を消して、人数で書いてください。"
            findings.hard(name, "activity.list_of_people", message)
        elif name in ("content", "note"):
            for code, word in _personal_data(text):
                label = field_label(ACTIVITIES, name, activity.kind)
                message = f"{label}に{word}があるようです。消すか、そのままでよい理由を書いてください。"
                findings.soft(name, f"activity.{name}.{code}", message)


def _must_not_name(activity: Activity, text: str) -> bool:
    if activity.kind is ActivityKind.WATCH:
        return names_somebody(text) or looks_like_list_of_people(text)
    return activity.kind is ActivityKind.DISASTER and looks_like_list_of_people(text)


def _texts(activity: Activity, item: Item | None) -> Sequence[tuple[str, str]]:
    named = [(name, get_field(activity, name)) for name in ("venue", "partners_text", "content", "note")]
    named.append(("outcome_reason", activity.outcome_reason))
    words = fitting_measures(item, activity)
    named += [(f"measures.{code}", text) for code, text in words.items() if isinstance(text, str)]
    return [(name, text) for name, text in named if text]


def _personal_data(text: str) -> Iterator[tuple[str, str]]:
    if looks_like_telephone(text):
        yield "telephone", "電話番号"
    if looks_like_address(text):
        yield "address", "住所"
    if looks_like_name(text):
        yield "personal_name", "人の名前"
