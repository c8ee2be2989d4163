"""Handing answers back: one file per submission, the same one however often it is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from shakyo_desktop.domain.codes import KeyState, ReplyResult
from shakyo_desktop.domain.errors import NotFound, NotReady
from shakyo_desktop.domain.submission import Reply
from shakyo_desktop.services.answer_package import is_outdated, signed_answer
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.papers import receipt_pdf
from shakyo_desktop.services.renewing import renewed
from shakyo_desktop.services.sent_packages import Cancelled, write_kept
from shakyo_desktop.services.shared_lines import without_consent_now
from shakyo_desktop.services.verified_write import WrittenFile
from shakyo_desktop.services.works import Work
from shakyo_desktop.storage.stores import Stores

_ON_PAPER = (
    "代行入力した報告の返事は、ファイルではなく紙で渡します。\n返事はそのままです。\n"
    "「受領証を印刷」で受領証を印刷して、部会長に渡してください。"
)
_STOPPED = (
    "この返事を読むパソコンは、なくしたと連絡があって止めてあります。返事はそのまま残っています。\n"
    "新しいパソコンを登録するか、「登録の確認」で「見つかった」を押してから渡してください。"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One answer that can be handed over; ``written_at`` is None until it was.

    ``on_paper`` answers a report that was keyed here from paper: there is no computer to read a file.
    ``stopped`` waits for a computer: every one of the organisation is stopped, and may be a thief's.
    """

    answer_id: str
    package_id: str
    org: str
    name: str
    result: ReplyResult
    receipt_no: str
    created_at: datetime
    written_at: datetime | None
    file_name: str
    on_paper: bool = False
    stopped: bool = False

    @property
    def waits(self) -> bool:
        """Whether its file was never written."""
        return self.written_at is None and not self.on_paper and not self.stopped


class AnswerService:
    """The answers of an office to what its districts handed in."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def ready(self, fiscal_year: int | None = None) -> tuple[AnswerRow, ...]:
        """The newest answer to every submission that was decided, newest first."""
        with self._context.database.reading() as stores:
            own, files = stores.settings.get("org"), stores.replies.files()
            stopped = _stopped(stores)
            found: dict[str, AnswerRow] = {}
            for reply in stores.replies.all():
                about = stores.submissions.find(reply.package_id)
                of_year = fiscal_year is None or (about is not None and about.fiscal_year == fiscal_year)
                if reply.office == own and of_year and reply.package_id not in found:
                    on_paper = about is not None and about.is_proxy
                    row = _row(stores, reply, files[reply.answer_id], on_paper)
                    found[reply.package_id] = replace(row, stopped=reply.org in stopped)
            return tuple(found.values())

    def write(
        self,
        folder: Path,
        answer_ids: Sequence[str] | None = None,
        progress: Callable[[int, int], None] | None = None,
        cancelled: Cancelled | None = None,
    ) -> tuple[WrittenFile, ...]:
        """Write answers to a stick or folder, each read back and compared.

        Args:
            answer_ids: which ones; None writes every one that was never written.
            progress: files done and files in all.

        Raises:
            DestinationFailed, Cancelled: files already written stay written.
            NotReady: one of them goes on paper (``answer.on_paper``), or every computer of the organisation
                is stopped (``answer.stopped``).
        """
        if answer_ids is None:
            answer_ids = [row.answer_id for row in self.ready() if row.waits]
        written = []
        for done, answer_id in enumerate(answer_ids):
            if progress is not None:
                progress(done, len(answer_ids))
            with self._context.doing(Work.ANSWER):
                written.append(self._write_one(answer_id, folder, cancelled))
        if progress is not None:
            progress(len(answer_ids), len(answer_ids))
        return tuple(written)

    def receipt(self, package_id: str) -> bytes:
        """The receipt of the newest answer to a submission as a PDF.

        Raises:
            NotFound: nothing was decided yet.
        """
        with self._context.database.reading() as stores:
            reply = stores.replies.of_package(package_id)
            if reply is None:
                raise NotFound(
                    "まだ受領証がありません。\n報告は残っています。\n「確定する」か「確認をお願いする」を先に行ってください。"
                )
            return receipt_pdf(stores, reply, stores.submissions.get(package_id))

    def _write_one(self, answer_id: str, folder: Path, cancelled: Cancelled | None) -> WrittenFile:
        with self._context.database.transaction() as stores:
            reply = stores.replies.find(answer_id)
            if reply is None:
                raise NotFound.of("この返事")
            if stores.submissions.get(reply.package_id).is_proxy:
                raise NotReady(_ON_PAPER, code="answer.on_paper")
            if reply.org in _stopped(stores, reply.org):
                raise NotReady(_STOPPED, code="answer.stopped")
            if without_consent_now(stores, answer_id) or is_outdated(stores, answer_id):
                reply = renewed(stores, reply, self._context.now())
            manifest = signed_answer(self._context, stores, reply)
            name = stores.replies.files()[reply.answer_id][0]
        written = write_kept(self._context, manifest, folder, name, None, cancelled)
        with self._context.database.transaction() as stores:
            stores.replies.set_written(reply.answer_id, self._context.now())
        return written


def _stopped(stores: Stores, org: str | None = None) -> set[str]:
    """The organisations whose every computer was stopped or ended by hand: nobody may read an answer."""
    states: dict[str, set[KeyState]] = {}
    for one in stores.keys.registrations(org):
        states.setdefault(one.org, set()).add(one.state)
    return {code for code, found in states.items() if found <= {KeyState.SUSPENDED, KeyState.REVOKED}}


def _row(stores: Stores, reply: Reply, file: tuple[str, str | None], on_paper: bool) -> AnswerRow:
    org = stores.organisations.find(reply.org)
    name, written_at = file
    return AnswerRow(
        answer_id=reply.answer_id,
        package_id=reply.package_id,
        org=reply.org,
        name=org.name if org else reply.org,
        result=reply.result,
        receipt_no=reply.receipt_no,
        created_at=reply.created_at,
        written_at=datetime.fromisoformat(written_at) if written_at else None,
        file_name=name,
        on_paper=on_paper,
    )
