"""The ward's facts in short words and marks, the same on every screen."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime

from shakyo_desktop.domain.codes import KeyState, ReplyResult, Stage
from shakyo_desktop.domain.dates import short_era_date
from shakyo_desktop.domain.desk_states import DeskState
from shakyo_desktop.domain.submission import KeyRegistration
from shakyo_desktop.gui.shared.marks import Mark
from shakyo_desktop.services.context import JAPAN
from shakyo_desktop.services.verdicts import (
    ACCEPTED,
    ALREADY_RECEIVED,
    PENDING_APPROVAL,
    REFUSED,
    UNDONE,
)

MISSING = Mark("－", "未着", "#1a1a1a", "#ffffff")
HELD = Mark("△", "登録待ち", "#1a1a1a", "#ffe380")
CHOICE = Mark("△", "判断待ち", "#1a1a1a", "#ffe380")
DESK = {
    DeskState.MISSING: MISSING,
    DeskState.HELD: HELD,
    DeskState.RECEIVED: Mark("○", "受取済", "#1a1a1a", "#97d3ff"),
    DeskState.CHECKING: Mark("◐", "確認中", "#0017c1", "#e8f1fe"),
    DeskState.REQUESTED: Mark("？", "確認お願い中", "#6e5600", "#fbf5e0"),
    DeskState.RESUBMITTED: Mark("●", "再提出", "#ffffff", "#00428c"),
    DeskState.ACCEPTED: Mark("✓", "確定", "#115a36", "#e6f5ec"),
}
VERDICTS = {
    ACCEPTED: Mark("✓", "受け取りました", "#115a36", "#e6f5ec"),
    ALREADY_RECEIVED: Mark("↺", "受領済みです", "#0017c1", "#e8f1fe"),
    PENDING_APPROVAL: Mark("△", "登録の確認を待っています", "#6e5600", "#fbf5e0"),
    REFUSED: Mark("×", "読めません", "#ce0000", "#ffffff"),
    UNDONE: Mark("－", "取り消しました", "#1a1a1a", "#e8e8e8"),
}
VERDICT_TONES = {
    ACCEPTED: "saved",
    ALREADY_RECEIVED: "info",
    PENDING_APPROVAL: "warning",
    REFUSED: "problem",
}
RESULTS = {
    ReplyResult.ACCEPTED: Mark("✓", "確定", "#115a36", "#e6f5ec"),
    ReplyResult.ACCEPTED_WITH_REQUESTS: Mark("✓", "確定・次回のお願い", "#115a36", "#e6f5ec"),
    ReplyResult.RETURNED: Mark("？", "確認のお願い", "#6e5600", "#fbf5e0"),
}
_MOST_NAMED = 3
_STAGES = {Stage.INTERIM: "途中", Stage.FINAL: "年度"}
KEY_MARKS = {
    KeyState.PENDING: Mark("△", "登録待ち", "#1a1a1a", "#ffe380"),
    KeyState.ACTIVE: Mark("✓", "登録済み", "#115a36", "#e6f5ec"),
    KeyState.SUSPENDED: Mark("‖", "一時停止", "#1a1a1a", "#e8e8e8"),
    KeyState.REVOKED: Mark("×", "取り消し", "#8b3200", "#ffffff"),
    KeyState.EXPIRED: Mark("△", "期限切れ", "#6e5600", "#fbf5e0"),
    KeyState.RETIRED: Mark("■", "引継ぎ済み", "#1a1a1a", "#c6d8c9"),
}


_HELD_FOR = {"report.fork": "二つの版", "report.after_final": "確定のあと", "report.city": "市へ送ったあと"}


def log_mark(verdict: str, code: str) -> Mark:
    """A verdict in a word that fits a column; what waits says for what."""
    mark = VERDICTS[verdict]
    if verdict != PENDING_APPROVAL:
        return mark
    return replace(mark, words=_HELD_FOR.get(code, "登録待ち"))


def desk_mark(state: DeskState, held: int) -> Mark:
    """The symbol and words of a district's line; what waits for a person comes first."""
    return CHOICE if held and state is not DeskState.HELD else DESK[state]


def day_of(at: datetime) -> date:
    """The day in Japan of a moment."""
    return at.astimezone(JAPAN).date()


def short_day(at: datetime | None) -> str:
    """R8.9.12 in Japan's time; an empty text for None."""
    return short_era_date(day_of(at)) if at else ""


def days_words(days_left: int | None) -> str:
    """あと6日, 今日まで, 3日おくれ; nothing is due for None."""
    if days_left is None:
        return ""
    if days_left == 0:
        return "今日まで"
    return f"あと{days_left}日" if days_left > 0 else f"{-days_left}日おくれ"


def revision_words(revision: int | None, stage: Stage | None) -> str:
    """第2版（途中）."""
    if revision is None:
        return ""
    return f"第{revision}版（{_STAGES[stage]}）" if stage else f"第{revision}版"


def one_line(text: str) -> str:
    """A text for a cell: its lines joined."""
    return "　".join(part.strip() for part in text.splitlines() if part.strip())


def ending_words(ending: Sequence[KeyRegistration], names: Mapping[str, str]) -> str:
    """Whose registrations end soon, and what to do before their reports would be held; empty for none."""
    if not ending:
        return ""
    shown = [
        f"{names.get(one.org, one.org)}（{short_era_date(one.expires_on)}まで）"
        for one in ending
        if one.expires_on
    ]
    more = f"、ほか{len(shown) - _MOST_NAMED}件" if len(shown) > _MOST_NAMED else ""
    return (
        f"登録の期限（3年）が近いか過ぎたパソコン：{'、'.join(shown[:_MOST_NAMED])}{more}\n"
        "送付票の番号を入れて「更新」を押すと、報告は止まりません。"
    )


def own_ending_words(end: date) -> str:
    """What to do before the office's own registration at the city ends and its reports would be held."""
    return (
        f"この事務所の市社協への登録は、{short_era_date(end)}ごろに期限（3年）になります。\n"
        "市社協に送付票を渡して、登録を続けてもらってください。すんでいれば、何もしなくてかまいません。"
    )


def number_groups(digits: str) -> str:
    """12 digits as 4-4-4."""
    return "-".join(digits[at : at + 4] for at in range(0, len(digits), 4))
