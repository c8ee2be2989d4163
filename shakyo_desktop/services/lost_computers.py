"""A computer that was lost: what came from it since, and the paper for the telephone.

There is no trusted clock, so that a signing time proves nothing: what counts is when the office received a
report (package-format.md, "States").
"""

import io
from dataclasses import dataclass
from datetime import date, datetime

from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.submission import HeldPackage, KeyRegistration, Submission
from shakyo_desktop.services.context import JAPAN, ServiceContext
from shakyo_desktop.storage.stores import Stores

_LOST_ON = "lost_on"


@dataclass(frozen=True, slots=True)
class SinceLoss:
    """What came from one computer since the day ``lost_on``: taken in, and still waiting for a decision."""

    lost_on: date
    reports: tuple[Submission, ...]
    held: tuple[HeldPackage, ...]


class LostComputers:
    """Reads the register and what was received; stopping a key is ``RegistrationService.suspend``."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def since_loss(self, key: str) -> SinceLoss:
        """Everything a computer signed that came on or after the day it was lost, newest first.

        The day is the one that was told on the telephone, or else the day its registration was changed last.

        Raises:
            NotFound: the key is not in the register.
        """
        with self._context.database.reading() as stores:
            registration = _known(stores, key)
            day = self._lost_on(stores, registration)
            reports = [
                one
                for one in stores.submissions.of_org(registration.org)
                if one.key == key and one.received_at is not None and _day(one.received_at) >= day
            ]
            held = [one for one in stores.held.all(key=key) if _day(one.received_at) >= day]
        reports.sort(key=lambda one: one.received_at or one.frozen_at, reverse=True)
        return SinceLoss(day, tuple(reports), tuple(held))

    def set_lost_on(self, key: str, day: date | None) -> None:
        """Keep the day a computer was lost, as it was told; None forgets it."""
        with self._context.database.transaction() as stores:
            _known(stores, key)
            if day is None:
                stores.settings.remove(f"{_LOST_ON}.{key}")
            else:
                stores.settings.set(f"{_LOST_ON}.{key}", day.isoformat())

    def paper(self, key: str) -> bytes:
        """One page (PDF) to fill in and to read from while somebody telephones about a lost computer.

        Raises:
            NotFound: the key is not in the register.
        """
        from shakyo_desktop.documents.pdf.lost_computer import LostComputerData, make_lost_computer_paper

        with self._context.database.reading() as stores:
            one = _known(stores, key)
            org = stores.organisations.find(one.org)
            office = stores.organisations.find(str(stores.settings.get("org")))
            data = LostComputerData(
                org_code=one.org,
                org_name=org.name if org else one.org,
                telephone=org.telephone if org else "",
                contact=org.contact if org else "",
                office_name=office.name if office else "",
                office_telephone=office.telephone if office else "",
                registered_on=_day(one.approved_at) if one.approved_at else None,
                state=one.state.label,
                stopped_at=one.changed_at,
                made_at=self._context.now(),
                practice=bool(stores.settings.get("practice", False)),
            )
        out = io.BytesIO()
        make_lost_computer_paper(data, out)
        return out.getvalue()

    def _lost_on(self, stores: Stores, registration: KeyRegistration) -> date:
        kept = stores.settings.get(f"{_LOST_ON}.{registration.key}")
        if kept is not None:
            return date.fromisoformat(kept)
        return _day(registration.changed_at) if registration.changed_at else self._context.today()


def _known(stores: Stores, key: str) -> KeyRegistration:
    found = stores.keys.find(key)
    if found is None:
        raise NotFound("この登録は見つかりません。記録は何も変わっていません。")
    return found


def _day(at: datetime) -> date:
    return at.astimezone(JAPAN).date()
