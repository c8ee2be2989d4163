"""What a person decides about packages that wait: take them in, use another version, set one aside."""

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from shakyo_desktop.domain.codes import ReplyResult, Stage
from shakyo_desktop.domain.compare import FieldDifference
from shakyo_desktop.domain.errors import NotFound, NotReady
from shakyo_desktop.domain.submission import HeldPackage, Submission
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.deciding import make_reply, remark
from shakyo_desktop.services.intake import IntakeService
from shakyo_desktop.services.joined_reports import JOINED
from shakyo_desktop.services.judging import judge_file
from shakyo_desktop.services.key_states import PENDING_CODES
from shakyo_desktop.services.newer_revisions import changes_by, replaced_by
from shakyo_desktop.services.taking_in import file_unused
from shakyo_desktop.services.trust import CLONED_KEY
from shakyo_desktop.services.verdicts import PENDING_APPROVAL, REFUSED, Verdict
from shakyo_desktop.storage.stores import Stores

_STOPPED = "key.suspended"
_SET_ASIDE = (
    "同じ年度の報告が二とおりあったため、この提出ファイルは使わず、先に受け取った報告を使います。\n"
    "先に受け取った報告を、この返事に入れました。直すところがあれば、そこから続けて書いて、もう一度出してください。"
)


@dataclass(frozen=True, slots=True)
class HeldComparison:
    """A held report beside the one that counts (None when none does); made at ``created_at`` (UTC)."""

    fiscal_year: int
    revision: int
    stage: Stage
    created_at: datetime
    counting: Submission | None
    differences: tuple[FieldDifference, ...]


class HeldDecisions:
    """Every decision repeats steps 5–14 of the package format on what was held."""

    def __init__(self, context: ServiceContext, intake: IntakeService) -> None:
        self._context = context
        self._intake = intake

    def waiting(self) -> tuple[HeldPackage, ...]:
        """Packages held for another reason than their sender's number; ``seq.fork`` marks a copied key."""
        with self._context.database.reading() as stores:
            waiting = [held for held in stores.held.all() if held.code not in (*PENDING_CODES, JOINED)]
            return tuple(
                replace(held, code=CLONED_KEY) if _number_is_taken(stores, held) else held for held in waiting
            )

    def compare(self, manifest: str) -> HeldComparison:
        """What using a held report would change against the one that counts; nothing is stored.

        Raises:
            NotFound: it is not held any more.
            NotReady: its sender's registration does not allow it now.
        """
        held = self._find(manifest)
        with self._context.database.reading() as stores:
            sealed = stores.held.sealed(manifest)
            judged = judge_file(self._context, stores, Path(held.file_name), sealed, chosen=manifest)
            if judged.opened is None or judged.opened.info.report is None:
                raise NotReady(judged.verdict.message)
            report = judged.opened.info.report
            return HeldComparison(
                report.fiscal_year,
                report.revision,
                report.stage,
                judged.opened.info.created,
                replaced_by(stores, judged),
                changes_by(stores, judged),
            )

    def take_in_waiting(self, key: str) -> tuple[Verdict, ...]:
        """Take in what waited for a key's number, lowest number first."""
        with self._context.database.reading() as stores:
            held = [one for one in stores.held.all(key=key) if one.code in PENDING_CODES]
        return tuple(self._take(one, chosen=False) for one in held)

    def use(self, manifest: str) -> Verdict:
        """Take in a held report as the version that counts."""
        return self._take(self._find(manifest), chosen=True)

    def set_aside(self, manifest: str) -> None:
        """Keep a held report without using it, and make an answer that brings the one that counts."""
        held = self._find(manifest)
        if held.code in PENDING_CODES:
            raise _not_registered()
        with self._context.database.transaction() as stores:
            sealed, now = stores.held.sealed(manifest), self._context.now()
            judged = judge_file(self._context, stores, Path(held.file_name), sealed, chosen=manifest)
            if judged.verdict.verdict == PENDING_APPROVAL:  # its term has run out
                raise _not_registered()
            if judged.opened is None:  # its key was ended meanwhile: nobody is left to answer
                stores.held.remove(manifest)
                return
            submission = file_unused(stores, judged.opened, now, held.file_name)
            stores.review.save_comment(remark(submission, _SET_ASIDE, now), "", now)
            reply = make_reply(stores, submission, ReplyResult.RETURNED, now)
            stores.submissions.replace(replace(submission, receipt_no=reply.receipt_no))
            stores.held.remove(manifest)

    def _find(self, manifest: str) -> HeldPackage:
        with self._context.database.reading() as stores:
            held = stores.held.find(manifest)
        if held is None or held.code == JOINED:
            raise NotFound("待っているファイルが見つかりません。記録は何も変わっていません。")
        return held

    def _take(self, held: HeldPackage, *, chosen: bool) -> Verdict:
        with self._context.database.reading() as stores:
            sealed = stores.held.sealed(held.manifest)
            run = _run_of(stores, held)
        verdict = self._intake.receive_bytes(
            Path(held.file_name), sealed, held.manifest if chosen else None, run=run
        )
        with self._context.database.transaction() as stores:
            if verdict.verdict == PENDING_APPROVAL:  # another reason came to light
                stores.held.change_code(held.manifest, verdict.code)
            elif not (verdict.verdict == REFUSED and verdict.code == _STOPPED):
                stores.held.remove(held.manifest)
        return verdict


def _run_of(stores: Stores, held: HeldPackage) -> str:
    """The import that brought it: what a person decides about it later belongs there too."""
    lines = stores.intake_log.of_manifests([held.manifest])
    return lines[-1].run if lines else ""


def _number_is_taken(stores: Stores, held: HeldPackage) -> bool:
    """Whether its key signed another package under the same number: somebody copied the key."""
    same_key = stores.submissions.sequence(held.key)
    return any(one.seq == held.seq and one.manifest != held.manifest for one in same_key)


def _not_registered() -> NotReady:
    return NotReady(
        "差出人がまだ登録されていません。\n待っているファイルはそのままです。\n"
        "先に、確認番号を入れて登録するか、「違います」を押してください。"
    )
