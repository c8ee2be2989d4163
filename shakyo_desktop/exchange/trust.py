"""What the reader must know about its own organisation and others; services answer from their stores."""

from dataclasses import dataclass
from typing import Protocol

from shakyo_desktop.domain.codes import KeyState, OrganisationKind
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.exchange.package_info import PackageInfo


@dataclass(frozen=True, slots=True)
class ReceiverKeys:
    """The receiver: who it is and what it can open.

    ``org`` is None before a district has joined (only a setup can be opened then). ``identities`` are
    the ``AGE-SECRET-KEY-1…`` of its mailboxes, retired ones included; ``recipients`` all ``age1…`` strings
    that are or were its own, an office's recovery recipient included.
    """

    org: str | None
    role: OrganisationKind
    identities: tuple[str, ...]
    recipients: frozenset[str]

    def __repr__(self) -> str:
        return f"ReceiverKeys({self.org}, {self.role})"


@dataclass(frozen=True, slots=True)
class KnownKey:
    """A registered key. ``enc`` are the ``age1…`` recipients approved with it; ``certificate`` is DER."""

    state: KeyState
    org: str
    enc: frozenset[str]
    certificate: bytes


@dataclass(frozen=True, slots=True)
class Judgement:
    """Where a package stands among those already here (reading order, step 11).

    ``hold_code`` says why a person must decide (``report.fork``, ``setup.other_key`` …); empty otherwise.
    """

    hold_code: str = ""
    warnings: tuple[str, ...] = ()
    already_received: bool = False


class TrustStore(Protocol):
    """The register of keys and organisations, and the memory of what came before."""

    def key_state(self, fingerprint: str) -> KnownKey | None:
        """The registered key with this SHA-256 of its certificate (hex); None when it is unknown."""

    def organisation(self, code: str) -> Organisation | None:
        """The organisation with this code in the register."""

    def judge(self, info: PackageInfo, manifest: str) -> Judgement:
        """Sequence and revision of a verified package.

        Raises:
            PackageRefused: ``seq.…`` or ``report.revision``.
        """
