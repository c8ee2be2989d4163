"""An answer as a signed package: the receipt, the requests, and what has to go along with them."""

from datetime import date

from shakyo_desktop import __version__
from shakyo_desktop.domain.codes import KeyState, ReportState
from shakyo_desktop.domain.keeping import SIGNING
from shakyo_desktop.domain.organisations import is_office_code
from shakyo_desktop.domain.submission import Reply, Submission
from shakyo_desktop.exchange import names
from shakyo_desktop.exchange.content import (
    Extra,
    PackageContent,
    PhotoSource,
    last_report_extras,
    setup_extra,
)
from shakyo_desktop.exchange.keys import Mailbox, SigningKey
from shakyo_desktop.exchange.package_info import ReplyInfo, read_package_info, time_text
from shakyo_desktop.exchange.records import answer_tables
from shakyo_desktop.exchange.writer import sign_package
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.joined_reports import joined_into, joins_of
from shakyo_desktop.services.kept_reports import PHOTOS, signed_entries
from shakyo_desktop.services.key_states import state_on
from shakyo_desktop.services.own_keys import own_keys
from shakyo_desktop.services.own_sequence import next_place
from shakyo_desktop.services.sent_packages import blob_loader, keep_signed
from shakyo_desktop.services.setup_intake import current_setup
from shakyo_desktop.services.shared_lines import practices_for, shared_line
from shakyo_desktop.storage.stores import Stores

WITHDRAWN = ReportState.WITHDRAWN


def signed_answer(context: ServiceContext, stores: Stores, reply: Reply) -> str:
    """The manifest of the answer's package, which is signed and kept the first time it is written."""
    known = stores.submissions.sequence_by_package_id(reply.answer_id)
    if known:
        return known[0].manifest
    submission = stores.submissions.get(reply.package_id)
    signing, mailbox = _pair_for(stores, reply.org, context.today())
    recipients = _recipients(stores, submission, context.today())
    seq, prev = next_place(stores, signing.fingerprint, reply.org)
    setup = current_setup(stores, reply.office)
    shared = practices_for(stores, reply.org)
    content = PackageContent(
        type="answer",
        package_id=reply.answer_id,
        created_at=reply.created_at,
        app_version=__version__,
        recipient_org=reply.org,
        recipients=recipients,
        sender_enc=mailbox.recipient,
        setup_serial=setup.serial if setup else 0,
        seq=seq,
        prev=prev,
        tables=answer_tables(reply.requests, shared),
        reply=_reply_info(reply),
        extras=_extras(context, stores, submission),
    )
    signed = sign_package(content, signing)
    keep_signed(stores, signed, recipients, reply.created_at)
    stores.replies.set_shared_practices(reply.answer_id, [shared_line(one) for one in shared])
    return signed.manifest


def _pair_for(stores: Stores, org: str, today: date) -> tuple[SigningKey, Mailbox]:
    """The keys an answer goes out with: the next ones once every computer of its district knows them.

    While an office's key changes, a computer that has not taken the setup with the new key in reads answers
    of the old key, and gets that setup along with them.
    """
    keys = own_keys(stores)
    after = keys.next
    if after and after.serial is not None and serial_known_to(stores, org, today) >= after.serial:
        return after.signing, after.mailbox
    return keys.signing, keys.mailbox


def serial_known_to(stores: Stores, org: str, today: date) -> int:
    """The setup that every active computer of an organisation has at least, by what it sent; 0 for none."""
    serials = {
        one.key: 0 for one in stores.keys.registrations(org) if state_on(one, today) is KeyState.ACTIVE
    }
    for sent in stores.submissions.of_org(org):
        if sent.key in serials and sent.received_at is not None:
            data = stores.submissions.evidence_bytes(sent.manifest, names.PACKAGE_INFO)
            serials[sent.key] = max(serials[sent.key], read_package_info(data)[0].setup_serial)
    return min(serials.values(), default=0)


def is_outdated(stores: Stores, answer_id: str) -> bool:
    """Whether an answer was signed with a key of this office that is used no more: nobody would read it."""
    known = stores.submissions.sequence_by_package_id(answer_id)
    in_use = {key.public for key in stores.keys.own(SIGNING)}
    return bool(known) and known[0].key not in in_use


def _extras(context: ServiceContext, stores: Stores, submission: Submission) -> tuple[Extra, ...]:
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
            before.fiscal_year, signed_entries(stores, before.manifest), _photos(context, stores, before)
        )
    return tuple(extras)


def _photos(context: ServiceContext, stores: Stores, submission: Submission) -> list[PhotoSource]:
    return [
        PhotoSource(names.stem(one.name), one.sha256, one.size, blob_loader(context, one.sha256))
        for one in stores.submissions.evidence(submission.manifest)
        if one.name.startswith(PHOTOS)
    ]


def _report_to_return(stores: Stores, submission: Submission) -> Submission | None:
    """The report that counts, for a version that was not used; the last one, for a newly approved key.

    For a report that another version was joined into it is that version. A ward gets none back: what it
    compiled is in its own store and in its copies.
    """
    if is_office_code(submission.org):
        return None
    counting = [one for one in stores.submissions.of_org(submission.org) if one.state is not WITHDRAWN]
    if joins := joins_of(stores, submission):
        return stores.submissions.get(joins[-1].package_id)
    if submission.state is WITHDRAWN:
        return joined_into(stores, submission) or next(
            (one for one in counting if one.fiscal_year == submission.fiscal_year), None
        )
    last = next((one for one in counting if one.package_id != submission.package_id), None)
    if last is None or last.key == submission.key or _was_answered(stores, submission):
        return None
    if submission.supersedes == last.package_id:  # its maker has it: the key was only made anew
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
