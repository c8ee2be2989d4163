"""What a district handed in, what the office answered, and the keys they know each other by."""

from dataclasses import dataclass
from datetime import date, datetime

from shakyo_desktop.domain.codes import Assembly, KeyState, ReplyResult, ReportState, Stage
from shakyo_desktop.domain.records import RecordRef


@dataclass(frozen=True, slots=True, kw_only=True)
class Submission:
    """One revision of a report, as frozen when it was made (district) or as received (office).

    ``manifest`` is the package's identity, SHA-256 of its manifest in hex. ``revision`` counts from 1 per
    district and fiscal year; ``supersedes`` is the package_id it was made from. ``received_at`` is
    the office's time; ``frozen_at`` the sender's (created_at of the package, UTC).
    ``problems`` is how many checks were open when the office took it in. ``paper_no`` is the 受付番号 of the
    部会長's paper when the office keyed the report for its district (代行入力) and signed it itself.
    """

    package_id: str
    manifest: str
    org: str
    fiscal_year: int
    stage: Stage
    assembly: Assembly
    revision: int
    supersedes: str | None
    key: str
    seq: int
    prev: str | None
    frozen_at: datetime
    received_at: datetime | None = None
    state: ReportState = ReportState.EXPORTED
    file_name: str = ""
    receipt_no: str = ""
    chair_name: str = ""
    problems: int = 0
    warnings: tuple[str, ...] = ()
    paper_no: str = ""

    @property
    def is_proxy(self) -> bool:
        """Whether the office keyed it from the district's paper and signed it (代行入力)."""
        return bool(self.paper_no)


@dataclass(frozen=True, slots=True, kw_only=True)
class CorrectionRequest:
    """確認のお願い: a question about one field (or one record when ``field`` is empty).

    ``table`` may also be "report" for a remark about the whole report. ``done`` is the district's
    own tick; ``package_id`` the submission it is about.
    """

    id: str
    package_id: str
    table: str
    record_id: str
    field: str
    text: str
    due: date | None = None
    done: bool = False

    @property
    def ref(self) -> RecordRef:
        """The record the request is about."""
        return RecordRef(self.table, self.record_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reply:
    """An office's answer to one submission: the receipt and its result."""

    answer_id: str
    package_id: str
    manifest: str
    org: str
    office: str
    received_at: datetime
    result: ReplyResult
    receipt_no: str
    last_seq: int
    created_at: datetime
    requests: tuple[CorrectionRequest, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class KeyRegistration:
    """One signing key of an organisation in an office's register.

    ``key`` is the SHA-256 of the certificate's DER in hex; ``enc`` the ``age1…`` recipient answers
    are sealed to; ``check_number`` 12 digits. ``expires_on`` is three years after approval.
    """

    key: str
    org: str
    certificate: bytes
    enc: str
    check_number: str
    state: KeyState
    first_seen: datetime
    approved_at: datetime | None = None
    expires_on: date | None = None
    changed_at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPackage:
    """A package that waits for a person's decision; ``code`` says why (``key.pending``, ``report.fork``)."""

    manifest: str
    org: str
    key: str
    enc: str
    check_number: str
    code: str
    received_at: datetime
    seq: int
    size: int
    file_name: str = ""
