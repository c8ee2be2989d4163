"""The setup file an office gives its districts, and the slips that prove it on paper."""

import io
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.domain.fiscal_year import fiscal_year_of
from shakyo_desktop.domain.keeping import Setup
from shakyo_desktop.domain.organisations import Organisation, is_office_code
from shakyo_desktop.services import slip_numbers as slips_of
from shakyo_desktop.services.calendar import make_schedule
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.own_keys import own_keys
from shakyo_desktop.services.own_sequence import SETUP_CONTENT, next_serial
from shakyo_desktop.services.setup_content import build_setup, content_digest, setup_of_store
from shakyo_desktop.services.setup_intake import (
    SetupOutcome,
    accept_new_office_key,
    current_setup,
    note_setup,
)
from shakyo_desktop.services.verified_write import Progress, WrittenFile, write_verified
from shakyo_desktop.storage.stores import Stores

IsCancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class SetupInfo:
    """The newest setup of this office; ``up_to_date`` is False when roster, plans or dates changed since."""

    serial: int
    created_at: datetime
    up_to_date: bool
    file_name: str


class SetupService:
    """Issues and writes setup files and prints their slips."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def current(self) -> SetupInfo | None:
        """The setup that districts should have now, or None before the first."""
        with self._context.database.reading() as stores:
            own = _own(stores)
            setup = current_setup(stores, own.code)
            if setup is None:
                return None
            same = stores.settings.get(SETUP_CONTENT) == content_digest(setup_of_store(stores, own))
        return _info(setup, same)

    def issue(self) -> SetupInfo:
        """Make a new setup when roster, plans, dates or keys changed; else the current one stays.

        Its serial counts up only when the content changed.
        """
        now, year = self._context.now(), fiscal_year_of(self._context.today())
        with self._context.database.transaction() as stores:
            own = _own(stores)
            for fiscal_year in (year - 1, year):  # last year's reports are due in this year
                make_schedule(stores, fiscal_year)
            tables = setup_of_store(stores, own)
            known = current_setup(stores, own.code)
            if known is not None and stores.settings.get(SETUP_CONTENT) == content_digest(tables):
                return _info(known, True)
            setup, data = build_setup(own_keys(stores), next_serial(stores, own.code), tables, now)
            note_setup(stores, setup, data)
            stores.settings.set(SETUP_CONTENT, content_digest(tables))
        return _info(setup, True)

    def spread(self) -> None:
        """Make the setup anew when one is out there already: the next answers take it along."""
        if self.current() is not None:
            self.issue()

    def write(
        self, folder: Path, progress: Progress | None = None, cancelled: IsCancelled | None = None
    ) -> WrittenFile:
        """Write the current setup to a stick or folder, read it back and compare.

        Raises:
            NotReady: none was issued yet.
            DestinationFailed, Cancelled: nothing half-written stays behind.
        """
        with self._context.database.reading() as stores:
            setup = _issued(stores)
            data = stores.setups.package(setup.manifest)
        return write_verified(folder, _file_name(setup), lambda out: out.write(data), progress, cancelled)

    def slip_numbers(
        self,
        orgs: Iterable[str] | None = None,
        progress: Callable[[int, int], None] | None = None,
        cancelled: IsCancelled | None = None,
    ) -> tuple[slips_of.SlipNumber, ...]:
        """Code, name and 12 digits of the slip of every member, or of some; 0.3 s each the first time.

        Raises:
            NotFound: an organisation does not report to this office.
        """
        return slips_of.slip_numbers(self._context, orgs, progress, cancelled)

    def slips(
        self,
        orgs: Iterable[str] | None = None,
        progress: Callable[[int, int], None] | None = None,
        cancelled: IsCancelled | None = None,
    ) -> bytes:
        """The slips as one PDF, a page for each member.

        Raises:
            NotReady: no setup was issued yet.
            NotFound: an organisation does not report to this office.
            DocumentFailed: the roster is empty.
        """
        from shakyo_desktop.documents.pdf.setup_slip import SetupSlipData, make_setup_slips

        with self._context.database.reading() as stores:
            own, setup = _own(stores), _issued(stores)
        slips = [
            SetupSlipData(
                org_code=code,
                org_name=name,
                number=number,
                setup_file=_file_name(setup),
                serial=setup.serial,
                office_name=own.name,
                office_telephone=own.telephone,
                made_at=self._context.now(),
                for_ward=is_office_code(code),
            )
            for code, name, number in self.slip_numbers(orgs, progress, cancelled)
        ]
        out = io.BytesIO()
        make_setup_slips(slips, out)
        return out.getvalue()

    def accept_new_office_key(self, setup: bytes, typed_number: str) -> SetupOutcome:
        """「事務所の鍵が変わりました」, and a ward's joining of its city; see ``setup_intake``."""
        return accept_new_office_key(self._context, setup, typed_number)


def _own(stores: Stores) -> Organisation:
    return stores.organisations.get(str(stores.settings.get("org")))


def _issued(stores: Stores) -> Setup:
    setup = current_setup(stores, _own(stores).code)
    if setup is None:
        raise NotReady("設定ファイルがまだありません。先に「設定ファイルを作る」を押してください。")
    return setup


def _file_name(setup: Setup) -> str:
    return f"setup-{setup.org}-{setup.serial}.shakyo"


def _info(setup: Setup, up_to_date: bool) -> SetupInfo:
    return SetupInfo(setup.serial, setup.created_at, up_to_date, _file_name(setup))
