"""What a store knows when a package is judged: keys, organisations, and the packages already here."""

from dataclasses import dataclass
from datetime import date

from shakyo_desktop.domain.codes import KeyState, OrganisationKind, ReportState
from shakyo_desktop.domain.errors import PackageRefused
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.sequence import (
    IncomingReport,
    KnownPackage,
    RevisionKind,
    SequenceKind,
    judge_revision,
    judge_sequence,
)
from shakyo_desktop.exchange.package_info import PackageInfo
from shakyo_desktop.exchange.trust import Judgement, KnownKey, ReceiverKeys
from shakyo_desktop.services.own_keys import own_keys
from shakyo_desktop.storage.stores import Stores


def _known(stores: Stores, key: str, recipient: str) -> list[KnownPackage]:
    return [
        KnownPackage(one.seq, one.manifest, one.package_id, one.prev)
        for one in stores.submissions.sequence(key, recipient)
    ]


def receiver_keys(stores: Stores, role: OrganisationKind, org: str) -> ReceiverKeys:
    """Everything this installation can open packages with, past mailboxes included."""
    own = own_keys(stores)
    boxes = own.mailboxes
    if own.recovery is not None and role is not OrganisationKind.DISTRICT:
        boxes += (own.recovery,)
    return ReceiverKeys(
        org=org,
        role=role,
        identities=tuple(box.identity for box in boxes),
        recipients=frozenset(box.recipient for box in boxes),
    )


@dataclass(frozen=True)
class OfficeTrust:
    """An office judges reports of its districts by its register."""

    stores: Stores
    org: str
    today: date
    approving: str | None = None
    """A manifest a person has just decided about: its holds are settled."""

    def key_state(self, fingerprint: str) -> KnownKey | None:
        """What the register says about a key today; an approval that ran out counts as expired."""
        found = self.stores.keys.find(fingerprint)
        if found is None:
            return None
        state = found.state
        if state is KeyState.ACTIVE and found.expires_on is not None and found.expires_on < self.today:
            state = KeyState.EXPIRED
        return KnownKey(state, found.org, frozenset({found.enc}), found.certificate)

    def organisation(self, code: str) -> Organisation | None:
        """An organisation of the roster."""
        return self.stores.organisations.find(code)

    def judge(self, info: PackageInfo, manifest: str) -> Judgement:
        """Sequence and revision of a report (package format, step 11)."""
        if info.report is None:
            # An office issues setups; its own one handed back to it is nothing new, another's not for it.
            if info.type == "setup" and info.sender.org != self.org:
                raise PackageRefused("bind.role")
            return Judgement(already_received=info.type == "setup")
        withdrawn = self._withdrawn(manifest)
        warnings = self._sequence(info, manifest, withdrawn)
        if isinstance(warnings, Judgement):
            return warnings
        report = info.report
        every = [
            one
            for one in self.stores.submissions.of_report(report.org, report.fiscal_year)
            if one.manifest != manifest
        ]
        counting = [one for one in every if one.state is not ReportState.WITHDRAWN]
        newest = max(counting, key=lambda one: (one.revision, one.received_at or one.frozen_at), default=None)
        incoming = IncomingReport(
            package_id=info.package_id,
            key=info.sender.key,
            revision=report.revision,
            supersedes=report.supersedes,
            stage=report.stage,
        )
        verdict = judge_revision(newest, [one for one in every if one is not newest], incoming)
        if verdict.kind is RevisionKind.REFUSED:
            raise PackageRefused(verdict.code or "report.revision")
        hold = verdict.code if verdict.kind is RevisionKind.HELD and manifest != self.approving else None
        if verdict.warning:
            warnings.append(verdict.warning)
        return Judgement(hold or "", tuple(warnings))

    def _withdrawn(self, manifest: str) -> bool:
        found = self.stores.submissions.by_manifest(manifest)
        return found is not None and found.state is ReportState.WITHDRAWN

    def _sequence(self, info: PackageInfo, manifest: str, withdrawn: bool) -> "list[str] | Judgement":
        known = _known(self.stores, info.sender.key, self.org)
        verdict = judge_sequence(known, info.seq, manifest, info.prev, info.package_id)
        if verdict.kind is SequenceKind.ALREADY_RECEIVED:
            return [] if withdrawn else Judgement(already_received=True)
        if verdict.kind is SequenceKind.REFUSED:
            raise PackageRefused(verdict.code or "seq.chain")
        if verdict.kind is SequenceKind.FORK and manifest != self.approving:
            return Judgement(verdict.held_as or "report.fork", ("seq.fork",))
        return [verdict.warning] if verdict.warning else []


@dataclass(frozen=True)
class DistrictTrust:
    """A district trusts its office's pinned keys, as its setup file gave them."""

    stores: Stores
    org: str

    def key_state(self, fingerprint: str) -> KnownKey | None:
        """A key the office was pinned with; every one of them stays good for what it signed."""
        office = next((one for one in self.stores.organisations.offices() if one.key == fingerprint), None)
        if office is None:
            return None
        return KnownKey(KeyState.ACTIVE, office.org, frozenset(office.recipients), office.certificate)

    def organisation(self, code: str) -> Organisation | None:
        """An organisation of the setup."""
        return self.stores.organisations.find(code)

    def judge(self, info: PackageInfo, manifest: str) -> Judgement:
        """Answers and setups that are here already, and the chain of answers."""
        if info.type == "setup":
            if self.key_state(info.sender.key) is None:
                raise PackageRefused("setup.other_key")
            known_setups = self.stores.setups.all(info.sender.org)
            return Judgement(already_received=any(one.manifest == manifest for one in known_setups))
        known = _known(self.stores, info.sender.key, self.org)
        verdict = judge_sequence(known, info.seq, manifest, info.prev, info.package_id)
        if verdict.kind is SequenceKind.ALREADY_RECEIVED:
            return Judgement(already_received=True)
        if verdict.kind in (SequenceKind.REFUSED, SequenceKind.FORK):
            raise PackageRefused(verdict.code or "seq.chain")
        return Judgement("", (verdict.warning,) if verdict.warning else ())
