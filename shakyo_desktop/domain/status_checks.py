"""The rules of one 取組状況 (H hard, S soft in the domain's page)."""

from collections.abc import Mapping

from shakyo_desktop.domain.codes import ActivityKind, ImplementationState, SelfRating, Stage
from shakyo_desktop.domain.field_checks import check_bounds, check_total_bounds, check_unread
from shakyo_desktop.domain.labels import field_label
from shakyo_desktop.domain.plan import Item
from shakyo_desktop.domain.problems import Findings, Problem
from shakyo_desktop.domain.records import ITEM_STATUSES, ItemStatus
from shakyo_desktop.domain.totals import effective_totals, total_specs

WORKED = frozenset({ImplementationState.RUNNING, ImplementationState.PARTIAL, ImplementationState.ENDED})
NEEDS_STATE_REASON = frozenset({ImplementationState.SUSPENDED, ImplementationState.NOT_APPLICABLE})
FEWEST_GATHERINGS = 6
_TEXTS = (("outcome", "成果"), ("challenge", "課題"), ("next_plan", "次年度に向けて"))


def check_status(
    status: ItemStatus,
    item: Item | None,
    counted: Mapping[str, int],
    last_year: Mapping[str, int] | None,
    stage: Stage,
) -> list[Problem]:
    """Every rule of one item's status.

    Args:
        item: None when the catalogue has no such item.
        counted: the totals the diary gives (``count_totals``).
        last_year: the totals reported last year (``effective_totals``), None when unknown.
        stage: a final report asks for more than an interim one.
    """
    findings = Findings(status, status.item_number, status.plan_id)
    labels = {f"typed_totals.{spec.code}": spec.label for spec in total_specs(item)} if item else {}
    check_unread(findings, status, ITEM_STATUSES, labels)
    check_bounds(findings, status, ITEM_STATUSES)
    check_total_bounds(findings, status, counted, labels)
    _check_state(findings, status)
    _check_rating(findings, status, stage)
    _check_target(findings, status)
    _check_carried_over(findings, status)
    if item is None:
        message = f"取組項目{status.item_number}は計画にありません。区事務所に確かめてください。"
        findings.hard("", "item_status.item_number.unknown", message)
        return findings.problems
    _check_counted(findings, status, item, counted)
    if status.state in WORKED:
        totals = effective_totals(status, counted)
        _check_last_year(findings, item, totals, last_year or {}, stage)
        _check_gatherings(findings, item, totals, stage)
        _check_texts(findings, status, item, stage)
    return findings.problems


def _check_state(findings: Findings, status: ItemStatus) -> None:
    if status.state in NEEDS_STATE_REASON and not status.state_reason.strip():
        word = status.state.label if status.state else ""
        message = f"{word}の理由がありません。理由を書いてください。"
        findings.hard("state_reason", "item_status.state_reason.missing", message)


def _check_rating(findings: Findings, status: ItemStatus, stage: Stage) -> None:
    rating = status.self_rating
    if rating is not None and status.state not in WORKED:
        message = (
            "自己評価は、実施・一部実施・終了のときだけ付けます。自己評価を消すか、実施状況を直してください。"
        )
        findings.hard("self_rating", "item_status.self_rating.not_expected", message)
    if rating is None and status.state in WORKED and stage is Stage.FINAL:
        message = "自己評価がありません。1つ選んでください（評価しないときは「評価しない」）。"
        findings.hard("self_rating", "item_status.self_rating.missing", message)
    if rating is SelfRating.NOT_RATED and not status.rating_reason.strip():
        message = "評価しない理由がありません。理由を書いてください。"
        findings.hard("rating_reason", "item_status.rating_reason.missing", message)


def _check_target(findings: Findings, status: ItemStatus) -> None:
    if status.target_value is not None and not status.target_unit.strip():
        message = "目標の単位がありません。「回」「人」のように書いてください。"
        findings.soft("target_unit", "item_status.target_unit.missing", message)


def _check_carried_over(findings: Findings, status: ItemStatus) -> None:
    for name in status.carried_over:
        label = field_label(ITEM_STATUSES, name)
        message = f"{label}は前年度から写したままです。今年度に合うか確かめてください。"
        findings.soft(name, "item_status.carried_over", message)


def _check_counted(findings: Findings, status: ItemStatus, item: Item, counted: Mapping[str, int]) -> None:
    """Typed over the count of the diary: one reason for the item, or one per figure."""
    if status.totals_reason.strip():
        return
    for spec in total_specs(item):
        typed, count = status.typed_totals.get(spec.code), counted.get(spec.code)
        if typed is None or count is None or typed == count:
            continue
        name = f"typed_totals.{spec.code}"
        message = (
            f"{spec.label}の{typed:,}{spec.unit}が、活動記録から数えた{count:,}{spec.unit}と違います。"
            "どちらかを直すか、書きかえた理由を書いてください。"
        )
        findings.soft(name, "item_status.totals.differ", message)


def _check_last_year(
    findings: Findings,
    item: Item,
    totals: Mapping[str, int],
    last_year: Mapping[str, int],
    stage: Stage,
) -> None:
    """More than ±50 % from last year; an interim report covers part of a year and is judged upwards only."""
    for spec in total_specs(item):
        now, before = totals.get(spec.code), last_year.get(spec.code)
        if now is None or not before:
            continue
        less = stage is Stage.FINAL and now * 2 < before
        if less or now * 2 > before * 3:
            message = (
                f"{spec.label}{now:,}{spec.unit}が、前年度の{before:,}{spec.unit}から半分以上変わっています。"
                "数を確かめるか、理由を書いてください。"
            )
            findings.soft(f"typed_totals.{spec.code}", "item_status.totals.far_from_last_year", message)


def _check_gatherings(findings: Findings, item: Item, totals: Mapping[str, int], stage: Stage) -> None:
    sessions = totals.get("sessions")
    final_gathering = item.kind is ActivityKind.GATHERING and stage is Stage.FINAL
    if final_gathering and sessions is not None and sessions < FEWEST_GATHERINGS:
        message = (
            f"開催回数が年{FEWEST_GATHERINGS}回より少なくなっています。"
            "書きもらしがないか確かめるか、理由を書いてください。"
        )
        findings.soft("typed_totals.sessions", "item_status.gathering.few", message)


def _check_texts(findings: Findings, status: ItemStatus, item: Item, stage: Stage) -> None:
    """成果, 課題 and 次年度: asked for 重点 items at the year's end, for ◎ and × whenever they are given."""
    strong = status.self_rating in (SelfRating.EXCELLENT, SelfRating.POOR)
    if not strong and not (item.priority and stage is Stage.FINAL):
        return
    why = "◎や×を付けた項目" if strong else "重点の項目"
    for name, label in _TEXTS:
        if not getattr(status, name).strip() and name not in status.unread:
            message = f"{why}ですが、{label}がありません。短くてもよいので書いてください。"
            findings.soft(name, f"item_status.{name}.missing", message)
