"""The rules of one 成果事例 and of the pictures."""

from shakyo_desktop.domain.field_checks import check_bounds, check_unread
from shakyo_desktop.domain.personal_data import looks_like_address, looks_like_telephone
from shakyo_desktop.domain.plan import Item
from shakyo_desktop.domain.problems import Findings, Problem
from shakyo_desktop.domain.records import GOOD_PRACTICES, PHOTOS, Activity, GoodPractice, Photo


def check_practice(practice: GoodPractice, item: Item | None) -> list[Problem]:
    """The rules of one 成果事例; what keeps it from being shown to others is a warning only."""
    findings = Findings(practice, practice.item_number, practice.plan_id)
    check_unread(findings, practice, GOOD_PRACTICES, {})
    check_bounds(findings, practice, GOOD_PRACTICES)
    if item is None:
        message = f"取組項目{practice.item_number}は計画にありません。取組項目を選びなおしてください。"
        findings.hard("item_number", "good_practice.item_number.unknown", message)
    title, story = practice.title.strip(), practice.story.strip()
    if story and not title:
        message = "成果事例の題名がありません。題名を書いてください。"
        findings.hard("title", "good_practice.title.missing", message)
    if title and not story:
        message = "成果事例の内容がありません。内容を書くか、題名を消してください。"
        findings.hard("story", "good_practice.story.missing", message)
    if (title or story) and not practice.consent:
        message = "本人たちの同意の印がないので、この事例は紹介されません。同意があれば印を付けてください。"
        findings.soft("consent", "good_practice.consent.missing", message)
    if looks_like_telephone(story) or looks_like_address(story):
        message = "成果事例の内容に電話番号か住所があるようです。紹介される前に消してください。"
        findings.soft("story", "good_practice.story.personal_data", message)
    return findings.problems


def check_photo(photo: Photo, activity: Activity | None) -> list[Problem]:
    """The rules of one picture of an activity; None when its activity is gone."""
    number, plan_id = (activity.item_number, activity.plan_id) if activity else (None, None)
    findings = Findings(photo, number, plan_id)
    check_bounds(findings, photo, PHOTOS)
    return findings.problems
