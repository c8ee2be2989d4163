"""What becomes of a report: checked, accepted, sent back, reopened. Each is one step of its history."""

from dataclasses import replace
from datetime import datetime

from shakyo_desktop.domain.codes import ReplyResult, ReportState
from shakyo_desktop.domain.errors import BadInput, NotReady
from shakyo_desktop.domain.life_cycle import move
from shakyo_desktop.domain.review_steps import ReviewStep, StepKind, same_person, standing_check
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.domain.text import repair_text
from shakyo_desktop.services.deciding import add_clock_remark, make_reply, remark
from shakyo_desktop.services.joined_answers import answer_joined
from shakyo_desktop.services.steps_of_review import note_step
from shakyo_desktop.storage.stores import Stores

TWO_STEPS = "two_step_review"
"""The office's setting: one person checks, another accepts. One step unless it is true."""

NAME_LENGTH = 40
_SAME = "報告は変わっていません。"


def wants_two_steps(stores: Stores) -> bool:
    """Whether this office wants a second person to accept."""
    return bool(stores.settings.get(TWO_STEPS, False))


def check_of(stores: Stores, package_id: str) -> ReviewStep | None:
    """The first of two steps while it stands."""
    return standing_check(stores.review.steps([package_id]).get(package_id, ()))


def check(stores: Stores, package_id: str, by: str, at: datetime) -> Submission:
    """確認: the first of two steps; ``by`` is the person at the screen when it is empty.

    Raises:
        NotReady: the report is decided, replaced, or checked already.
    """
    submission = _newest(stores, package_id)
    if submission.state is not ReportState.RECEIVED:
        raise NotReady(f"この報告は「{submission.state.label}」です。\n{_SAME}")
    known = check_of(stores, package_id)
    if known is not None:
        raise NotReady(f"この報告は、{known.by or '担当者'}さんが確認しています。\n{_SAME}")
    note_step(stores, package_id, StepKind.CHECKED, at, by=_person(by) or None)
    return submission


def uncheck(stores: Stores, package_id: str, at: datetime) -> Submission:
    """Take the first of two steps back; nothing happens when it does not stand."""
    if check_of(stores, package_id) is not None:
        note_step(stores, package_id, StepKind.UNCHECKED, at)
    return stores.submissions.get(package_id)


def accept(stores: Stores, package_id: str, by: str, at: datetime) -> Submission:
    """確定: lock the report; requests written so far go along as wishes for the next time.

    Args:
        by: who accepts; needed when the office wants two steps, else the person at the screen.

    Raises:
        NotReady: of two steps the first is missing (``review.unchecked``).
        BadInput: nobody is named (``review.nobody``), or the one who checked (``review.same_person``).
    """
    person = _person(by)
    if wants_two_steps(stores):
        _expect_second(stores, package_id, person)
    add_clock_remark(stores, stores.submissions.get(package_id), at)
    comments = stores.review.comments(package_id)
    result = ReplyResult.ACCEPTED_WITH_REQUESTS if comments else ReplyResult.ACCEPTED
    decided = _decide(stores, package_id, ReportState.ACCEPTED, result, at)
    wishes = f"次回のお願い{len(comments)}件" if comments else ""
    note_step(stores, package_id, StepKind.ACCEPTED, at, by=person or None, note=wishes)
    return decided


def send_back(stores: Stores, package_id: str, at: datetime) -> Submission:
    """確認をお願いする: ask for what was written.

    Raises:
        NotReady: nothing was written yet.
    """
    if not stores.review.comments(package_id):
        raise NotReady(
            f"確認のお願いがまだ書かれていません。\n{_SAME}\n"
            "確かめたい欄の「確認のお願いを書く」を押して、書いてください。"
        )
    add_clock_remark(stores, stores.submissions.get(package_id), at)
    decided = _decide(stores, package_id, ReportState.REQUESTED, ReplyResult.RETURNED, at)
    count = len(stores.review.comments(package_id))
    note_step(stores, package_id, StepKind.REQUESTED, at, note=f"お願い{count}件")
    return decided


def reopen(stores: Stores, package_id: str, reason: str, at: datetime) -> Submission:
    """Take a decision back; the receipt given stays known, the reason is kept.

    A report that was accepted and whose answer was handed over is locked at its district too. It opens
    there with a request, and what is corrected comes back as a new revision: so the reason becomes a
    remark that goes along with 「確認をお願いする」, and may be changed before.

    Raises:
        BadInput: no reason was given.
        NotReady: nothing was decided, or a newer revision is here.
    """
    words = repair_text(reason, multiline=False).strip()
    if not words:
        raise BadInput(f"理由を書いてください。{_SAME}")
    submission = stores.submissions.get(package_id)
    newest = stores.submissions.newest(submission.org, submission.fiscal_year)
    decided = submission.state in (ReportState.ACCEPTED, ReportState.REQUESTED)
    if not decided or newest is None or newest.package_id != package_id:
        raise NotReady("この報告は、もう一度確認できる状態ではありません。\n記録は変わっていません。")
    if submission.state is ReportState.ACCEPTED and _was_handed_over(stores, package_id):
        text = f"確定したあとで、もう一度確かめることになりました。理由：{words}"
        stores.review.save_comment(remark(submission, text, at), "", at)
    note_step(stores, package_id, StepKind.REOPENED, at, note=words)
    opened = replace(submission, state=ReportState.RECEIVED)
    stores.submissions.replace(opened)
    return opened


def _decide(
    stores: Stores, package_id: str, state: ReportState, result: ReplyResult, at: datetime
) -> Submission:
    submission = _newest(stores, package_id)
    moved = replace(submission, state=move(submission.state, state))
    reply = make_reply(stores, moved, result, at)
    decided = replace(moved, receipt_no=reply.receipt_no)
    stores.submissions.replace(decided)
    answer_joined(stores, decided, at)
    return decided


def _newest(stores: Stores, package_id: str) -> Submission:
    submission = stores.submissions.get(package_id)
    newest = stores.submissions.newest(submission.org, submission.fiscal_year)
    if newest is None or newest.package_id != package_id:
        raise NotReady("新しい版が届いています。\nこの版は変わっていません。\n新しい版を確認してください。")
    return submission


def _expect_second(stores: Stores, package_id: str, person: str) -> None:
    first = check_of(stores, package_id)
    if first is None:
        raise NotReady(
            f"まだ「確認」が済んでいません。\n{_SAME}\n"
            "この事務所では、1人が「確認した」を押したあとで、別の人が確定します。",
            code="review.unchecked",
        )
    if not person:
        raise BadInput(f"確定する人のお名前を入れてください。\n{_SAME}", code="review.nobody")
    if same_person(first.by, person):
        raise BadInput(
            f"{first.by}さんは、この報告を確認した人です。\n{_SAME}\n"
            "確定は、別の人がお名前を入れて行ってください。",
            code="review.same_person",
        )


def _person(name: str) -> str:
    plain = repair_text(name, multiline=False).strip()
    if len(plain) > NAME_LENGTH:
        raise BadInput(f"お名前を{NAME_LENGTH}文字までで書いてください。\n{_SAME}")
    return plain


def _was_handed_over(stores: Stores, package_id: str) -> bool:
    files = stores.replies.files()
    answers = stores.replies.all(package_ids=[package_id])
    return any(files[one.answer_id][1] is not None for one in answers)
