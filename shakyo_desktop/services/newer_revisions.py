"""A newer revision of a report that is here: said, and shown, before it replaces."""

from dataclasses import replace

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.compare import FieldDifference, differences
from shakyo_desktop.domain.sequence import WARNING_TEXT
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.exchange.opened import ReportContent
from shakyo_desktop.services.joined_reports import counted_records
from shakyo_desktop.services.judging import Judged
from shakyo_desktop.services.verdicts import PENDING_APPROVAL, Verdict
from shakyo_desktop.storage.stores import Stores

NEWER = "report.newer"
"""Why a person must decide: the file would replace a report that is here. Nothing of it was stored."""

_NEXT = "変わるところを見て、受け取るかどうかを選んでください。"
_OF_THE_ONE_BEFORE = frozenset((WARNING_TEXT["seq.gap"], WARNING_TEXT["report.unknown_parent"]))


def replaced_by(stores: Stores, judged: Judged) -> Submission | None:
    """The report that would not count any longer if a good file was taken in; None when there is none."""
    report = judged.opened.info.report if judged.opened else None
    if judged.opened is None or report is None:
        return None
    newest = stores.submissions.newest(report.org, report.fiscal_year)
    return newest if newest and newest.manifest != judged.opened.manifest else None


def asking(stores: Stores, judged: Judged, asked: set[str]) -> Verdict | None:
    """The verdict that asks first, or None when the file replaces nothing.

    Args:
        asked: the manifests of this lot that were asked about; this one is added.
    """
    counting = replaced_by(stores, judged)
    if counting is None or judged.opened is None:
        return None
    verdict = judged.verdict
    asked.add(judged.opened.manifest)
    follows = judged.opened.info.prev in asked
    return replace(
        verdict,
        verdict=PENDING_APPROVAL,
        code=NEWER,
        message=f"{_what_is_here(stores, counting)}\n{_NEXT}",
        next_action=_NEXT,
        # What it follows is in the same lot: nothing is missing.
        warnings=tuple(one for one in verdict.warnings if not follows or one not in _OF_THE_ONE_BEFORE),
    )


def changes_by(stores: Stores, judged: Judged) -> tuple[FieldDifference, ...]:
    """What a good file changes against what counts here; everything when nothing does."""
    if judged.opened is None or not isinstance(judged.opened.content, ReportContent):
        return ()
    counting = replaced_by(stores, judged)
    year = judged.opened.content.year
    old = counted_records(stores, counting) if counting else None
    return tuple(differences(old, year, stores.plans.for_year(year.fiscal_year)))


def _what_is_here(stores: Stores, counting: Submission) -> str:
    state = "・確定" if counting.state is ReportState.ACCEPTED else ""
    words = f"まだ受け取っていません。今ある第{counting.revision}版{state}は、そのままです。"
    requests = len(stores.review.comments(counting.package_id))
    if counting.state is ReportState.RECEIVED and requests:
        words += f"\n第{counting.revision}版に書いた確認のお願いが{requests}件あり、まだ渡していません。"
    return words
