"""The office's roster: the organisations it knows, typed in or taken in from a list."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from shakyo_desktop.documents.cells import MAX_BYTES
from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import BadInput, FileUnreadable, NotFound, NotReady
from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.domain.text import fold_name
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.roster_list import (
    RosterAction,
    RosterChange,
    list_changes,
    next_code,
    tidy_organisation,
)


@dataclass(frozen=True, slots=True)
class RosterPreview:
    """What taking a list in would do; nothing is stored yet."""

    file_name: str
    rows: tuple[RosterChange, ...]

    @property
    def problems(self) -> tuple[RosterChange, ...]:
        """The rows that must be put right in the list first."""
        return tuple(row for row in self.rows if row.action is RosterAction.PROBLEM)

    @property
    def changes(self) -> tuple[RosterChange, ...]:
        """The rows that would change the roster."""
        return tuple(row for row in self.rows if row.action in (RosterAction.NEW, RosterAction.CHANGED))


class RosterService:
    """Districts of a ward (or wards of a city) with what an office needs to reach them."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def organisations(self) -> tuple[Organisation, ...]:
        """Everybody in the roster by code, also those that no longer report."""
        with self._context.database.reading() as stores:
            return stores.organisations.all()

    def districts(self, include_inactive: bool = False) -> tuple[Organisation, ...]:
        """Those that report to this office, by code."""
        with self._context.database.reading() as stores:
            own = str(stores.settings.get("org"))
            return stores.organisations.all(parent=own, active_only=not include_inactive)

    def add(
        self, name: str, telephone: str = "", contact: str = "", has_computer: bool = True
    ) -> Organisation:
        """Add a district under the next free code.

        Raises:
            BadInput: the name is missing, too long or taken.
        """
        with self._context.database.transaction() as stores:
            own = str(stores.settings.get("org"))
            known = stores.organisations.all()
            wanted = Organisation(next_code(own, known), name, OrganisationKind.DISTRICT, parent=own)
            wanted = tidy_organisation(
                replace(wanted, telephone=telephone, contact=contact, has_computer=has_computer)
            )
            _refuse_same_name(wanted, known)
            stores.organisations.save(wanted)
        return wanted

    def change(self, organisation: Organisation) -> Organisation:
        """Store an edited entry; its code, kind and parent stay. ``active`` False ends its reporting.

        Raises:
            BadInput: the name is missing, too long or taken.
            NotFound: no organisation has this code.
        """
        with self._context.database.transaction() as stores:
            known = stores.organisations.all()
            old = next((org for org in known if org.code == organisation.code), None)
            if old is None:
                raise NotFound(f"{organisation.code} は名簿にありません。名簿を開き直してください。")
            wanted = tidy_organisation(replace(organisation, kind=old.kind, parent=old.parent))
            _refuse_same_name(wanted, known)
            stores.organisations.save(wanted)
        return wanted

    def preview(self, path: Path) -> RosterPreview:
        """Judge a list of districts (Excel or CSV) without storing anything.

        Raises:
            FileUnreadable: the file cannot be opened or is no list.
            BadInput: the list has no column for the names.
        """
        from shakyo_desktop.documents.roster_table import read_roster  # openpyxl loads at first use

        data = read_list(path)
        with self._context.database.reading() as stores:
            own = str(stores.settings.get("org"))
            known = stores.organisations.all()
        listed = read_roster(data, path.name, own)
        problems = [
            RosterChange(RosterAction.PROBLEM, None, problem.address, problem.message)
            for problem in listed.problems
        ]
        return RosterPreview(path.name, (*problems, *list_changes(listed.rows, known, own)))

    def take_in(self, preview: RosterPreview) -> int:
        """Store what a preview promised and return how many entries changed.

        Raises:
            NotReady: a row has a problem, or the roster changed meanwhile; nothing is stored.
        """
        if preview.problems:
            raise NotReady(
                f"表に、直すところが{len(preview.problems)}か所あります。まだ何も登録していません。\n"
                "表を直して保存し、もう一度選んでください。"
            )
        with self._context.database.transaction() as stores:
            taken = {org.code for org in stores.organisations.all()}
            for row in preview.changes:
                if row.organisation is None:
                    continue
                if row.action is RosterAction.NEW and row.organisation.code in taken:
                    raise NotReady(
                        "表を開いたあとで名簿が変わりました。まだ何も登録していません。\nもう一度表を選んでください。"
                    )
                stores.organisations.save(row.organisation)
        return len(preview.changes)

    def template(self) -> bytes:
        """An Excel sheet to write districts into, with those of the roster already in it."""
        from shakyo_desktop.documents.roster_table import write_roster, write_roster_template

        districts = self.districts(include_inactive=True)
        return write_roster(districts) if districts else write_roster_template()


def read_list(path: Path) -> bytes:
    """The bytes of a file a person chose; one byte more than a table may have of a file that is larger.

    Raises:
        FileUnreadable: it cannot be opened.
    """
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise FileUnreadable(
            f"{path.name} を開けませんでした。\n"
            "Excelなどで開いているときは閉じてから、もう一度選んでください。"
        ) from error


def _refuse_same_name(wanted: Organisation, known: Sequence[Organisation]) -> None:
    folded = fold_name(wanted.name)
    for org in known:
        if org.code != wanted.code and org.parent == wanted.parent and fold_name(org.name) == folded:
            ended = "" if org.active else "（今は報告しない地区になっています）"
            raise BadInput(f"「{org.name}」は、もう名簿にあります{ended}。名簿を確かめてください。")
