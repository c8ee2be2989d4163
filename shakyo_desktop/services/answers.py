"""Handing answers back: one file per submission, the same one however often it is written."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from shakyo_desktop import __version__
from shakyo_desktop.domain.codes import KeyState, ReplyResult, ReportState
from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.submission import Reply, Submission
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.content import (
    Extra,
    PackageContent,
    PhotoSource,
    last_report_extras,
    setup_extra,
)
from shakyo_desktop.exchange.package_info import ReplyInfo, read_package_info, time_text
from shakyo_desktop.exchange.records import answer_tables
from shakyo_desktop.exchange.writer import sign_package
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.kept_reports import PHOTOS, signed_entries
from shakyo_desktop.services.key_states import state_on
from shakyo_desktop.services.own_keys import own_keys
from shakyo_desktop.services.own_sequence import next_place
from shakyo_desktop.services.papers import receipt_pdf
from shakyo_desktop.services.sent_packages import Cancelled, blob_loader, keep_signed, write_kept
from shakyo_desktop.services.setup_intake import current_setup
from shakyo_desktop.services.verified_write import WrittenFile
from shakyo_desktop.storage.stores import Stores

WITHDRAWN = ReportState.WITHDRAWN


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerRow:
    """One answer that can be handed over; ``written_at`` is None until it was."""

    answer_id: str
    package_id: str
    org: str
    name: str
    result: ReplyResult
    receipt_no: str
    created_at: datetime
    written_at: datetime | None
    file_name: str


class AnswerService:
    """The answers of an office to what its districts handed in."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def ready(self, fiscal_year: int | None = None) -> tuple[AnswerRow, ...]:
        """The newest answer to every submission that was decided, newest first."""
        with self._context.database.reading() as stores:
            files = stores.replies.files()
            found: dict[str, AnswerRow] = {}
            for reply in stores.replies.all():
                if reply.package_id not in found and _is_of_year(stores, reply, fiscal_year):
                    found[reply.package_id] = _row(stores, reply, files[reply.answer_id])
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
        """
        if answer_ids is None:
            answer_ids = [row.answer_id for row in self.ready() if row.written_at is None]
        written = []
        for done, answer_id in enumerate(answer_ids):
            if progress is not None:
                progress(done, len(answer_ids))
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
                raise NotFound("この返事は見つかりません。ほかの記録は変わっていません。")
            manifest = self._signed(stores, reply)
            name = stores.replies.files()[answer_id][0]
        written = write_kept(self._context, manifest, folder, name, None, cancelled)
        with self._context.database.transaction() as stores:
            stores.replies.set_written(answer_id, self._context.now())
        return written

    def _signed(self, stores: Stores, reply: Reply) -> str:
        """The manifest of the answer's package, which is signed and kept the first time it is written."""
        known = stores.submissions.sequence_by_package_id(reply.answer_id)
        if known:
            return known[0].manifest
        submission = stores.submissions.get(reply.package_id)
        keys = own_keys(stores)
        recipients = _recipients(stores, submission, self._context.today())
        seq, prev = next_place(stores, keys.signing.fingerprint, reply.org)
        setup = current_setup(stores, reply.office)
        content = PackageContent(
            type="answer",
            package_id=reply.answer_id,
            created_at=reply.created_at,
            app_version=__version__,
            recipient_org=reply.org,
            recipients=recipients,
            sender_enc=keys.mailbox.recipient,
            setup_serial=setup.serial if setup else 0,
            seq=seq,
            prev=prev,
            tables=answer_tables(reply.requests),
            reply=_reply_info(reply),
            extras=self._extras(stores, submission),
        )
        signed = sign_package(content, keys.signing)
        keep_signed(stores, signed, recipients, reply.created_at)
        return signed.manifest

    def _extras(self, stores: Stores, submission: Submission) -> tuple[Extra, ...]:
        """A newer setup for a district that wrote under an older one; the last report for a new computer."""
        extras: list[Extra] = []
        sent = signed_entries(stores, submission.manifest)
        used, _ = read_package_info(sent[names.PACKAGE_INFO])
        setup = current_setup(stores, str(stores.settings.get("org")))
        if setup is not None and setup.serial > used.setup_serial:
            extras.append(setup_extra(stores.setups.package(setup.manifest)))
        before = _report_to_return(stores, submission)
        if before is not None:
            extras += last_report_extras(
                before.fiscal_year, signed_entries(stores, before.manifest), self._photos(stores, before)
            )
        return tuple(extras)

    def _photos(self, stores: Stores, submission: Submission) -> list[PhotoSource]:
        return [
            PhotoSource(names.stem(one.name), one.sha256, one.size, blob_loader(self._context, one.sha256))
            for one in stores.submissions.evidence(submission.manifest)
            if one.name.startswith(PHOTOS)
        ]


def _report_to_return(stores: Stores, submission: Submission) -> Submission | None:
    """The report that counts, for a version that was not used; the last one, for a newly approved key."""
    counting = [one for one in stores.submissions.of_org(submission.org) if one.state is not WITHDRAWN]
    if submission.state is WITHDRAWN:
        return next((one for one in counting if one.fiscal_year == submission.fiscal_year), None)
    last = next((one for one in counting if one.package_id != submission.package_id), None)
    if last is None or last.key == submission.key or _was_answered(stores, submission):
        return None
    return last


def _was_answered(stores: Stores, submission: Submission) -> bool:
    """Whether an earlier report of the same key has its answer."""
    answered = {reply.package_id for reply in stores.replies.all(submission.org)} - {submission.package_id}
    every = stores.submissions.of_org(submission.org)
    return any(one.key == submission.key and one.package_id in answered for one in every)


def _recipients(stores: Stores, submission: Submission, today: date) -> tuple[str, ...]:
    """Every active mailbox of the district; the one that asked when none is active any more."""
    known = stores.keys.registrations(submission.org)
    active = [one for one in known if state_on(one, today) is KeyState.ACTIVE]
    if not active:
        active = [one for one in known if one.key == submission.key]
    return tuple(dict.fromkeys(one.enc for one in active))


def _reply_info(reply: Reply) -> ReplyInfo:
    return ReplyInfo(
        package_id=reply.package_id,
        manifest=reply.manifest,
        received_at=time_text(reply.received_at),
        result=reply.result,
        receipt_no=reply.receipt_no,
        last_seq=reply.last_seq,
    )


def _is_of_year(stores: Stores, reply: Reply, fiscal_year: int | None) -> bool:
    if fiscal_year is None:
        return True
    submission = stores.submissions.find(reply.package_id)
    return submission is not None and submission.fiscal_year == fiscal_year


def _row(stores: Stores, reply: Reply, file: tuple[str, str | None]) -> AnswerRow:
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
    )
