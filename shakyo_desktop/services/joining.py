"""A district's first start: read the office's setup file, type the slip's number, begin."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from shakyo_desktop.domain.errors import Cancelled, NotFound
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.exchange.keys import Mailbox
from shakyo_desktop.services.beginnings import begin_district
from shakyo_desktop.services.context import utc_now
from shakyo_desktop.services.locks import LockChoice
from shakyo_desktop.services.new_store import new_store, refuse_existing
from shakyo_desktop.services.own_keys import make_sheet, new_own_keys
from shakyo_desktop.services.setup_files import SetupFile, open_setup, typed_digits, wrong_number

Progress = Callable[[int, int], None]
IsCancelled = Callable[[], bool]


@dataclass(frozen=True, slots=True)
class SetupPreview:
    """What a setup file says of itself; nothing of it is trusted before the slip's number was typed."""

    office: str
    office_code: str
    serial: int
    created_at: datetime
    districts: tuple[Organisation, ...]


@dataclass(frozen=True, slots=True)
class Joined:
    """A district that has begun. The recovery identity is printed and typed back before anything else."""

    org: str
    name: str
    recovery_identity: str = field(repr=False)
    recovery_sheet_pdf: bytes = field(repr=False)


def read_setup(data: bytes, clock: Callable[[], datetime] = utc_now) -> SetupPreview:
    """Say whose setup file this seems to be.

    Raises:
        PackageRefused: it breaks a rule of the format.
        FileUnreadable: it is another kind of our files.
    """
    setup = open_setup(data, clock())
    info = setup.opened.info
    return SetupPreview(setup.office.name, setup.office.code, info.setup_serial, info.created, setup.members)


def district_of(
    setup: bytes,
    typed_number: str,
    clock: Callable[[], datetime] = utc_now,
    progress: Progress | None = None,
    cancelled: IsCancelled | None = None,
) -> Organisation:
    """The district whose slip has this number (about 0.3 s for each district of the file); nothing is made.

    Raises:
        WrongNumber: no district of this file has it.
        PackageRefused, FileUnreadable: the file is damaged or of another kind.
    """
    digits = typed_digits(typed_number)
    return _find_district(open_setup(setup, clock()), None, digits, progress, cancelled)


def join(
    data_dir: Path,
    setup: bytes,
    org: str | None,
    typed_number: str,
    person_name: str,
    locks: LockChoice,
    clock: Callable[[], datetime] = utc_now,
    progress: Progress | None = None,
    cancelled: IsCancelled | None = None,
) -> Joined:
    """Make a district's store: the office's key is pinned, the district gets keys of its own.

    Args:
        org: the district's code; None tries every district of the file (about 0.3 s each).
        typed_number: the 12 digits of the slip, as typed.
        progress: called with the districts tried and all of them.

    Raises:
        WrongNumber: the number does not belong to this file and district; nothing was made.
        NotFound: the file has no such district.
        PackageRefused, FileUnreadable: the file is damaged or of another kind.
        StoreMissing: the folder holds a store already (``store.exists``).
    """
    refuse_existing(data_dir)
    digits = typed_digits(typed_number)
    now = clock().replace(microsecond=0)
    file = open_setup(setup, now)
    own = _find_district(file, org, digits, progress, cancelled)
    recovery = Mailbox.generate()
    with new_store(data_dir, locks, recovery.recipient) as database, database.transaction() as stores:
        begin_district(stores, own.code, new_own_keys(own.code, recovery), file, person_name, now)
    return Joined(own.code, own.name, recovery.identity, make_sheet(own, recovery, now).pdf)


def _find_district(
    file: SetupFile, org: str | None, digits: str, progress: Progress | None, cancelled: IsCancelled | None
) -> Organisation:
    """The district whose slip has this number."""
    candidates = [member for member in file.members if org is None or member.code == org]
    if not candidates:
        raise NotFound(
            f"この設定ファイルには、地区部会 {org} がありません。まだ何も始まっていません。\n"
            "番号を確かめるか、事務所に新しい設定ファイルをもらってください。"
        )
    for done, candidate in enumerate(candidates):
        if cancelled is not None and cancelled():
            raise Cancelled("中止しました。何も変わっていません。")
        if progress is not None:
            progress(done, len(candidates))
        if file.number_for(candidate.code) == digits:
            return candidate
    raise wrong_number()
