"""What became of one file: a verdict, its code, a sentence for people, one next action."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

ACCEPTED = "accepted"
ALREADY_RECEIVED = "already_received"
PENDING_APPROVAL = "pending_approval"
REFUSED = "refused"
UNDONE = "undone"
"""Only in the intake's log: what a file had brought was taken back."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """The outcome for one file.

    ``verdict`` is accepted, already_received, pending_approval (a person must decide; ``code`` says
    why) or refused. ``sender`` is an organisation's code as the file itself says it, so of a refused file
    only a hint. ``manifest`` is the identity of what was signed (SHA-256, hex). Unknown values are None.
    """

    file: Path
    verdict: str
    code: str = ""
    message: str = ""
    next_action: str = ""
    sender: str | None = None
    sender_name: str = ""
    fiscal_year: int | None = None
    report_org: str | None = None
    revision: int | None = None
    package_id: str | None = None
    manifest: str | None = None
    warnings: tuple[str, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """The object that programs get, one per file."""
        report = None
        if self.report_org is not None:
            report = {"org": self.report_org, "fiscal_year": self.fiscal_year}
        return {
            "file": str(self.file),
            "verdict": self.verdict,
            "code": self.code,
            "message": "\n".join((self.message, *self.warnings)),
            "sender": self.sender,
            "report": report,
            "revision": self.revision,
            "package_id": self.package_id,
            "manifest": self.manifest,
        }
