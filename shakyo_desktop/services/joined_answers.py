"""What follows from a joining when the joined report is read and decided."""

from dataclasses import replace
from datetime import datetime

from shakyo_desktop.domain.codes import ReplyResult
from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.services.deciding import make_reply
from shakyo_desktop.services.joined_reports import joins_of, versions_of
from shakyo_desktop.storage.stores import Stores


def answer_joined(stores: Stores, decided: Submission, at: datetime) -> None:
    """Every version that was joined into a report gets an answer of its own together with the report's.

    It brings the report along that counts. From now on the joining cannot be undone as a whole.
    """
    for join in joins_of(stores, decided):
        version = stores.submissions.get(join.package_id)
        reply = make_reply(stores, version, ReplyResult.RETURNED, at)
        stores.submissions.replace(replace(version, receipt_no=reply.receipt_no))
        stores.held.remove(join.manifest)


def photo_of(stores: Stores, submission: Submission, photo_id: str) -> bytes:
    """A picture of a report or of a version that was joined into it (JPEG).

    Raises:
        NotFound: none of them has such a photo.
    """
    name = f"photos/{photo_id}.jpg"
    for version in versions_of(stores, submission):
        if any(entry.name == name for entry in stores.submissions.evidence(version.manifest)):
            return stores.submissions.evidence_bytes(version.manifest, name)
    raise NotFound.of("報告の写真")
