"""The rules that fit one kind of activity: its measures and what they may not contradict."""

from collections.abc import Callable, Mapping, Sequence

from shakyo_desktop.domain.codes import ActivityKind, Granularity
from shakyo_desktop.domain.problems import Findings
from shakyo_desktop.domain.records import Activity
from shakyo_desktop.domain.text import fold_name
from shakyo_desktop.domain.totals import happened, sort_day

MANY_PEOPLE = 200
SAME_COUNT_RUN = 3


def check_kind(findings: Findings, activity: Activity, carried: int) -> None:
    """The rules of the activity's own kind; ``carried`` as in ``check_activity``."""
    if activity.kind is ActivityKind.MUTUAL_AID:
        _check_mutual_aid(findings, activity, carried)
    elif activity.kind in _CHECKS:
        _CHECKS[activity.kind](findings, activity)


def carried_requests(activities: Sequence[Activity]) -> dict[str, int]:
    """By activity id, the 依頼 of earlier 支えあい entries of the same item and year that are still open."""
    carried: dict[str, int] = {}
    still_open: dict[tuple[str, int], int] = {}
    for one in sorted(activities, key=sort_day):
        if one.kind is not ActivityKind.MUTUAL_AID or not happened(one):
            continue
        item = (one.plan_id, one.item_number)
        carried[one.id] = still_open.get(item, 0)
        balance = carried[one.id] + (_number(one, "requests") or 0) - (_number(one, "fulfilled") or 0)
        still_open[item] = max(0, balance)
    return carried


def same_count_runs(activities: Sequence[Activity]) -> list[Activity]:
    """The third of every run of gatherings at one place with the same count; blanks end a run."""
    found: list[Activity] = []
    runs: dict[tuple[str, int, str], tuple[int, int]] = {}
    for one in sorted(activities, key=sort_day):
        event = one.granularity is Granularity.EVENT and one.held_on is not None
        if one.kind is not ActivityKind.GATHERING or not event or not happened(one):
            continue
        place = (one.plan_id, one.item_number, fold_name(one.venue))
        if one.participants is None:
            runs.pop(place, None)
            continue
        count, length = runs.get(place, (one.participants, 0))
        length = length + 1 if count == one.participants else 1
        runs[place] = (one.participants, length)
        if length == SAME_COUNT_RUN:
            found.append(one)
    return found


def _number(activity: Activity, code: str) -> int | None:
    value = activity.measures.get(code)
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _text(activity: Activity, code: str) -> str:
    value = activity.measures.get(code)
    return value.strip() if isinstance(value, str) else ""


def _check_watch(findings: Findings, activity: Activity) -> None:
    subjects, visits, referrals = (_number(activity, code) for code in ("subjects", "visits", "referrals"))
    if subjects is not None and visits is not None and visits < subjects:
        message = f"見守り回数{visits}回が、対象者数{subjects}人より少なくなっています。確かめてください。"
        findings.soft("measures.visits", "activity.watch.visits_below_subjects", message)
    if referrals is not None and visits is not None and referrals > visits:
        message = f"つなぎ件数{referrals}件が、見守り回数{visits}回より多くなっています。確かめてください。"
        findings.soft("measures.referrals", "activity.watch.referrals_above_visits", message)


def _check_mutual_aid(findings: Findings, activity: Activity, carried: int) -> None:
    requests, fulfilled = _number(activity, "requests"), _number(activity, "fulfilled")
    if fulfilled is not None and requests is not None and fulfilled > requests + carried:
        message = (
            f"対応{fulfilled}件が、依頼{requests}件と前の月までの残り{carried}件を合わせた数より"
            "多くなっています。確かめてください。"
        )
        findings.soft("measures.fulfilled", "activity.mutual_aid.fulfilled_above_requests", message)


def _check_gathering(findings: Findings, activity: Activity) -> None:
    people = activity.participants
    if activity.granularity is Granularity.EVENT and people is not None and people > MANY_PEOPLE:
        message = f"延べ参加者が{MANY_PEOPLE}人を超えています。けたが正しいか確かめてください。"
        findings.soft("participants", "activity.gathering.many_people", message)


def _check_meal(findings: Findings, activity: Activity) -> None:
    if not activity.measures.get("style"):
        message = "会食か配食かが選ばれていません。どちらかを選んでください。"
        findings.hard("measures.style", "activity.meal.style_missing", message)


def _check_training(findings: Findings, activity: Activity) -> None:
    completed, people = _number(activity, "completed"), activity.participants
    if completed is not None and people is not None and completed > people:
        message = f"修了{completed}人が、延べ参加者{people}人より多くなっています。どちらかを直してください。"
        findings.hard("measures.completed", "activity.training.completed_above_participants", message)


def _check_liaison(findings: Findings, activity: Activity) -> None:
    if not _text(activity, "counterpart"):
        message = "相手（いっしょに行った団体など）がありません。書いてください。"
        findings.hard("measures.counterpart", "activity.liaison.counterpart_missing", message)


_CHECKS: Mapping[ActivityKind, Callable[[Findings, Activity], None]] = {
    ActivityKind.WATCH: _check_watch,
    ActivityKind.GATHERING: _check_gathering,
    ActivityKind.MEAL: _check_meal,
    ActivityKind.TRAINING: _check_training,
    ActivityKind.LIAISON: _check_liaison,
}
