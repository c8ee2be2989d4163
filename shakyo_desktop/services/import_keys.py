"""The registrations an import brought: found, judged for what rests on them, and taken back."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from shakyo_desktop.domain.codes import KeyState, ReportState
from shakyo_desktop.domain.keeping import IntakeLogEntry, KeyChange
from shakyo_desktop.domain.submission import KeyRegistration
from shakyo_desktop.services.context import JAPAN
from shakyo_desktop.services.import_parts import ImportPart, PartKind
from shakyo_desktop.services.key_states import HANDOVER, PENDING_CODES, RENEWED, end_of_term
from shakyo_desktop.services.verdicts import PENDING_APPROVAL
from shakyo_desktop.storage.stores import Stores

_WHY = "受け取りの取り消し"
_UNTOUCHED = (KeyState.PENDING, KeyState.ACTIVE)


@dataclass(frozen=True, slots=True)
class BroughtKeys:
    """The registrations that go, and why they may not."""

    parts: tuple[ImportPart, ...]
    blockers: tuple[str, ...]


def brought_keys(stores: Stores, lines: Sequence[IntakeLogEntry], *, waiting_only: bool) -> BroughtKeys:
    """What an import brought to the register.

    Args:
        lines: every line of the import.
        waiting_only: one file of an import is taken back: a sender that was approved stays approved.
    """
    manifests = {line.manifest for line in lines}
    parts: list[ImportPart] = []
    blockers: list[str] = []
    for registration in _registrations(stores, lines):
        kind = _brought(stores, registration, manifests)
        if kind is None or (waiting_only and registration.state is not KeyState.PENDING):
            continue
        others = _others(stores, registration, manifests, kind)
        name = _name(stores, registration.org)
        if others and not waiting_only:
            blockers.append(f"{name}の登録を使って、ほかのファイルも受け取っています。")
        if not others:
            parts.append(ImportPart(kind=kind, key=registration.key, org=registration.org, org_name=name))
    return BroughtKeys(tuple(parts), tuple(blockers))


def take_back_key(stores: Stores, part: ImportPart, who: str, at: datetime) -> None:
    """Forget a registration, or let a renewed one be as it was; predecessors count again."""
    registration = stores.keys.find(part.key)
    if registration is None:
        return
    if part.kind is PartKind.RENEWAL:
        before = _approvals(stores, registration)[-2].at
        day = before.astimezone(JAPAN).date()
        earlier = replace(registration, approved_at=before, expires_on=end_of_term(day), changed_at=at)
        stores.keys.save(earlier, who, at, _WHY)
        return
    _bring_predecessors_back(stores, registration, who, at)
    stores.keys.save(replace(registration, state=KeyState.PENDING), who, at, _WHY)
    stores.keys.forget(registration.key)


def _registrations(stores: Stores, lines: Iterable[IntakeLogEntry]) -> list[KeyRegistration]:
    """Those of the senders of an import that nobody has stopped since."""
    every = [one for org in {line.org for line in lines} for one in stores.keys.registrations(org)]
    return [one for one in every if one.state in _UNTOUCHED]


def _brought(stores: Stores, registration: KeyRegistration, manifests: set[str]) -> PartKind | None:
    """How an import brought a registration to where it is; None when it did not."""
    held = [
        line
        for line in stores.intake_log.of_manifests(manifests)
        if line.verdict == PENDING_APPROVAL and line.code in PENDING_CODES and line.org == registration.org
    ]
    if any(line.at == registration.first_seen for line in held):
        return PartKind.APPROVAL
    approvals = _approvals(stores, registration)
    waited = any(line.code == "key.expired" and line.at <= approvals[-1].at for line in held if approvals)
    own = waited and len(approvals) > 1 and approvals[-1].note == RENEWED
    return PartKind.RENEWAL if own and _is_of(stores, registration, manifests) else None


def _is_of(stores: Stores, registration: KeyRegistration, manifests: set[str]) -> bool:
    """Whether a package of this key came with the import."""
    return any(one.manifest in manifests for one in stores.submissions.sequence(registration.key))


def _approvals(stores: Stores, registration: KeyRegistration) -> list[KeyChange]:
    """When its number was typed, oldest first; a key that was found again is no approval."""
    return [
        line
        for line in stores.keys.log(registration.key)
        if line.new is KeyState.ACTIVE and line.old is not KeyState.SUSPENDED and line.note != _WHY
    ]


def _others(stores: Stores, registration: KeyRegistration, manifests: set[str], kind: PartKind) -> list[str]:
    """The packages that rest on a registration and did not come with the import."""
    since = registration.approved_at if kind is PartKind.RENEWAL else None
    found = [
        one.manifest
        for one in stores.submissions.of_org(registration.org)
        if one.key == registration.key
        and one.state is not ReportState.WITHDRAWN
        and (since is None or (one.received_at is not None and one.received_at >= since))
    ]
    found += [one.manifest for one in stores.held.all(key=registration.key)]
    return [manifest for manifest in found if manifest not in manifests]


def _bring_predecessors_back(stores: Stores, successor: KeyRegistration, who: str, at: datetime) -> None:
    """What was ended with its approval (引継ぎ) is as it was before."""
    for other in stores.keys.registrations(successor.org, [KeyState.RETIRED]):
        last = stores.keys.log(other.key)[-1]
        ended = (last.note, last.at) == (HANDOVER, successor.approved_at)
        if ended and last.old is not None:
            stores.keys.save(replace(other, state=last.old, changed_at=at), who, at, _WHY)


def _name(stores: Stores, org: str) -> str:
    found = stores.organisations.find(org)
    return found.name if found else org
