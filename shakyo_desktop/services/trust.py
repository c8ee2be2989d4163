"""What a store knows when a package is judged: keys, organisations, and the packages already here.

Package format, steps 7, 9 and 11. One class serves every role: an office judges reports by its register,
and whoever reports to an office trusts that office's pinned keys.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from shakyo_desktop.domain.codes import KeyState, OrganisationKind, ReportState
from shakyo_desktop.domain.keeping import SIGNING
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.refusals import NO_OFFICE_YET
from shakyo_desktop.domain.sequence import (
    IncomingReport,
    KnownPackage,
    RevisionKind,
    RevisionVerdict,
    SequenceKind,
    SequenceVerdict,
    judge_revision,
    judge_sequence,
)
from shakyo_desktop.domain.submission import Submission
from shakyo_desktop.exchange.package_info import PackageInfo, ReportInfo
from shakyo_desktop.exchange.refusal import refused
from shakyo_desktop.exchange.trust import Judgement, KnownKey, ReceiverKeys
from shakyo_desktop.services.joined_reports import joined_into, versions_of
from shakyo_desktop.services.key_states import state_on
from shakyo_desktop.services.own_keys import own_keys
from shakyo_desktop.services.passing_over import unused_of
from shakyo_desktop.services.setup_intake import current_serial, pinned_offices
from shakyo_desktop.storage.stores import Stores

CLONED_KEY = "seq.fork"
"""The warning of a package whose number another one already has: somebody copied the key."""


def receiver_keys(stores: Stores) -> ReceiverKeys:
    """Everything this installation can open packages with, past mailboxes included."""
    role = OrganisationKind(stores.settings.get("role"))
    own = own_keys(stores)
    boxes = own.mailboxes
    if own.recovery is not None and role is not OrganisationKind.DISTRICT:
        boxes += (own.recovery, *own.old_recoveries)
    return ReceiverKeys(
        org=str(stores.settings.get("org")),
        role=role,
        identities=tuple(box.identity for box in boxes),
        recipients=frozenset(box.recipient for box in boxes),
    )


@dataclass(frozen=True)
class StoreTrust:
    """Judges packages for the organisation ``org`` on a day (``today``, in Japan)."""

    stores: Stores
    org: str
    today: date
    chosen: str | None = None
    """The manifest a person has just decided to use: two versions are no reason to hold it again."""

    def key_state(self, fingerprint: str) -> KnownKey | None:
        """What the register says about a key today, or that it is pinned as our office's."""
        found = self.stores.keys.find(fingerprint)
        if found is not None:
            state = state_on(found, self.today)
            return KnownKey(state, found.org, frozenset({found.enc}), found.certificate)
        office = next((one for one in pinned_offices(self.stores) if one.key == fingerprint), None)
        if office is None:
            return None
        return KnownKey(KeyState.ACTIVE, office.org, frozenset(office.recipients), office.certificate)

    def organisation(self, code: str) -> Organisation | None:
        """An organisation of the roster or of the setup."""
        return self.stores.organisations.find(code)

    def judge(self, info: PackageInfo, manifest: str) -> Judgement:
        """Sequence and revision (package format, step 11).

        Raises:
            PackageRefused: ``seq.…``, ``report.revision``, ``bind.report``, ``setup.other_key``.
        """
        if info.type == "setup":
            return self._setup(info)
        same_id = self.stores.submissions.sequence_by_package_id(info.package_id)
        if any(one.manifest != manifest for one in same_id):
            raise refused("seq.package_id")
        if info.report is not None:
            return self._report(info, info.report, manifest)
        return self._answer(info, manifest)

    def _setup(self, info: PackageInfo) -> Judgement:
        """A setup of our own office, or our own one handed back; not newer means nothing new.

        That a key is in an office's register lets it hand in reports; it makes nobody an office.
        """
        sender = info.sender
        if sender.org == self.org:
            if sender.key not in {key.public for key in self.stores.keys.own(SIGNING, retired=True)}:
                raise refused("setup.other_key", "own code")
            return Judgement(already_received=True)
        if sender.key not in {office.key for office in pinned_offices(self.stores)}:
            own = self.organisation(self.org)
            ours = own is not None and own.parent == sender.org
            detail = "setup" if self.stores.settings.get("office") else NO_OFFICE_YET
            raise refused("setup.other_key" if ours else "bind.role", detail)
        return Judgement(already_received=info.setup_serial <= current_serial(self.stores, sender.org))

    def _answer(self, info: PackageInfo, manifest: str) -> Judgement:
        verdict = judge_sequence(self._chain(info.sender.key), info.seq, manifest, info.prev, info.package_id)
        if verdict.kind is SequenceKind.ALREADY_RECEIVED:
            return Judgement(already_received=True)
        if verdict.kind in (SequenceKind.REFUSED, SequenceKind.FORK):
            raise refused(verdict.code or "seq.chain")
        reply = info.reply
        about = self.stores.submissions.find(reply.package_id) if reply else None
        if reply is not None and about is not None and about.manifest != reply.manifest:
            raise refused("bind.report", "an answer to other content")
        return Judgement(warnings=(verdict.warning,) if verdict.warning else ())

    def _report(self, info: PackageInfo, report: ReportInfo, manifest: str) -> Judgement:
        if self.stores.retention.is_deleted(manifest):
            return Judgement(already_received=True)
        verdict = judge_sequence(self._chain(info.sender.key), info.seq, manifest, info.prev, info.package_id)
        if verdict.kind is SequenceKind.ALREADY_RECEIVED and not self._is_withdrawn(manifest):
            return Judgement(already_received=True)
        cloned = verdict.kind is SequenceKind.FORK or self._follows_waiting(info, verdict)
        if verdict.kind is SequenceKind.REFUSED and not cloned:
            raise refused(verdict.code or "seq.chain")
        if cloned and manifest != self.chosen:
            return Judgement(verdict.held_as or "report.fork", (CLONED_KEY,))
        revision = self._revision(info, report, manifest)
        if revision.kind is RevisionKind.REFUSED and manifest != self.chosen:
            raise refused(revision.code or "report.revision")
        held = revision.kind is RevisionKind.HELD and manifest != self.chosen
        waits = info.prev is not None and self.stores.held.find(info.prev) is not None
        gap = verdict.warning if verdict.kind is not SequenceKind.GAP or not waits else None
        warnings = tuple(one for one in (gap, revision.warning) if one)
        return Judgement((revision.code or "report.fork") if held else "", warnings)

    def _follows_waiting(self, info: PackageInfo, verdict: SequenceVerdict) -> bool:
        """Whether it goes on from a file that waits here: the second computer of a copied key went on."""
        if verdict.code != "seq.chain" or info.prev is None:
            return False
        before = self.stores.held.find(info.prev)
        return before is not None and before.key == info.sender.key and before.seq == info.seq - 1

    def _revision(self, info: PackageInfo, report: ReportInfo, manifest: str) -> RevisionVerdict:
        others = [
            one
            for one in self.stores.submissions.of_report(report.org, report.fiscal_year)
            if one.manifest != manifest
        ]
        counting = [one for one in others if one.state is not ReportState.WITHDRAWN]
        incoming = IncomingReport(
            package_id=info.package_id,
            key=info.sender.key,
            revision=report.revision,
            supersedes=report.supersedes,
            stage=report.stage,
        )
        newest = counting[0] if counting else None
        versions = versions_of(self.stores, newest) if newest else ()
        return judge_revision(
            newest,
            counting[1:],
            incoming,
            unused=unused_of(self.stores, others) | self._waiting_again(others),
            joined={one.package_id: one.key for one in versions} if len(versions) > 1 else None,
            sent_to_city=info.type == "report" and self._is_sent_on(report.fiscal_year),
        )

    def _is_sent_on(self, fiscal_year: int) -> bool:
        """Whether this office has signed its own report of the year already."""
        return self.stores.submissions.newest(self.org, fiscal_year) is not None

    def _waiting_again(self, others: Iterable[Submission]) -> frozenset[str]:
        """Versions whose joining was undone: they wait for a choice, and what goes on from them does too."""
        gone = (one for one in others if one.state is ReportState.WITHDRAWN)
        return frozenset(one.package_id for one in gone if self.stores.held.find(one.manifest))

    def _is_withdrawn(self, manifest: str) -> bool:
        """Whether the same file applies it again; what was joined into another report counts in that one."""
        found = self.stores.submissions.by_manifest(manifest)
        withdrawn = found is not None and found.state is ReportState.WITHDRAWN
        return withdrawn and found is not None and joined_into(self.stores, found) is None

    def _chain(self, key: str) -> list[KnownPackage]:
        return [
            KnownPackage(one.seq, one.manifest, one.package_id, one.prev)
            for one in self.stores.submissions.sequence(key, self.org)
        ]
