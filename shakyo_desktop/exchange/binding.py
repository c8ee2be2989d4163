"""Who may send what to whom (reading order, steps 7–10)."""

from datetime import datetime, timedelta

from shakyo_desktop.domain.codes import KeyState, OrganisationKind
from shakyo_desktop.domain.refusals import FROM_AN_OFFICE
from shakyo_desktop.exchange.keys import recipient_digest
from shakyo_desktop.exchange.package_info import PackageInfo
from shakyo_desktop.exchange.refusal import refused, require
from shakyo_desktop.exchange.shape import check_shape
from shakyo_desktop.exchange.signed import SignedEntries
from shakyo_desktop.exchange.trust import KnownKey, ReceiverKeys, TrustStore

CLOCK_TOLERANCE = timedelta(hours=48)
CLOCK_AHEAD = "clock.ahead"

_CITY, _WARD, _DISTRICT = OrganisationKind.CITY, OrganisationKind.WARD, OrganisationKind.DISTRICT
_ROLES: dict[str, tuple[tuple[OrganisationKind, OrganisationKind], ...]] = {
    "report": ((_DISTRICT, _WARD),),
    "answer": ((_WARD, _DISTRICT), (_CITY, _WARD)),
    "ward_report": ((_WARD, _CITY),),
}
_HELD = {KeyState.PENDING: "key.pending", KeyState.EXPIRED: "key.expired"}
_ENDED = {
    KeyState.SUSPENDED: "key.suspended",
    KeyState.REVOKED: "key.revoked",
    KeyState.RETIRED: "key.retired",
}


def judge_key(known: KnownKey | None) -> str:
    """The hold code of a key's state, empty when there is none (step 7); an unknown key waits to be approved.

    Raises:
        PackageRefused: ``key.suspended``, ``key.revoked``, ``key.retired``.
    """
    if known is None:
        return "key.pending"
    if known.state in _ENDED:
        raise refused(_ENDED[known.state])
    return _HELD.get(known.state, "")


def check_envelope(info: PackageInfo, *, sealed: bool) -> None:
    """``env.header`` unless everything but a setup is sealed, and a setup is not."""
    require(sealed == (info.type != "setup"), "env.header", f"{info.type} sealed: {sealed}")


def check_signer(info: PackageInfo, signed: SignedEntries, known: KnownKey | None) -> None:
    """The certificate is the sender's; a key nobody knows may not sign an answer.

    Raises:
        PackageRefused: ``sig.unknown_key`` for a key that is not registered, ``bind.sender`` for one that is.
    """
    certificate = signed.certificate
    if known is None:
        require(info.type != "answer", "sig.unknown_key", FROM_AN_OFFICE)
        require(certificate.org == info.sender.org, "sig.unknown_key", "another organisation's code")
    else:
        require(known.certificate == certificate.der, "bind.sender", "certificate")
        require({known.org, certificate.org} == {info.sender.org}, "bind.sender", "organisation")
    require(info.sender.key == certificate.fingerprint, "bind.sender", "key")


def check_binding(info: PackageInfo, known: KnownKey | None, keys: ReceiverKeys, trust: TrustStore) -> None:
    """Sender, recipient, role, report and mailbox belong together (step 9).

    Raises:
        PackageRefused: ``bind.sender``, ``bind.recipient``, ``bind.role``, ``bind.report``.
    """
    organisation = None if info.type == "setup" else trust.organisation(info.sender.org)
    require(
        info.type == "setup" or organisation is not None, "bind.sender", "organisation not in the register"
    )
    _check_recipient(info, keys)
    if organisation is None:
        require(keys.role is not _CITY or info.sender.org == keys.org, "bind.role")
    else:
        require((organisation.kind, keys.role) in _ROLES[info.type], "bind.role")
        below = info.type == "answer" or organisation.parent in (None, keys.org)
        require(below, "bind.role", "another office's")
    check_shape(info)
    if known is not None and info.type in ("report", "ward_report"):
        require(info.sender.enc in known.enc, "bind.sender", "mailbox")


def judge_clock(info: PackageInfo, signed_at: datetime, now: datetime) -> tuple[str, ...]:
    """The warnings of step 10; ``clock.signing_time`` when signature and package name different times."""
    require(signed_at == info.created, "clock.signing_time")
    return (CLOCK_AHEAD,) if info.created > now + CLOCK_TOLERANCE else ()


def _check_recipient(info: PackageInfo, keys: ReceiverKeys) -> None:
    """A package re-sealed for another office is refused, because the signed bytes name the first one."""
    if info.type == "setup":
        require(info.recipient.org is None and not info.recipient.enc, "bind.recipient", "setup")
        return
    require(
        info.recipient.org is not None and info.recipient.org == keys.org, "bind.recipient", "organisation"
    )
    own = {recipient_digest(recipient) for recipient in keys.recipients}
    require(not own.isdisjoint(info.recipient.enc), "bind.recipient", "mailbox")
