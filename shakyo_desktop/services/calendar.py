"""The year's dates: an office decides them, its districts get them with the setup file."""

from datetime import date

from shakyo_desktop.domain.calendar import FINAL, INTERIM, OTHER, REMINDER, default_schedule, next_due
from shakyo_desktop.domain.codes import OrganisationKind, Stage
from shakyo_desktop.domain.errors import BadInput, NotFound
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.organisations import ScheduleEntry
from shakyo_desktop.domain.text import repair_text
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.storage.stores import Stores

NAME_LENGTH = 60
KINDS = (INTERIM, FINAL, REMINDER, OTHER)


class CalendarService:
    """Reads and changes the schedule. A fiscal year's dates mostly lie in the following year."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def entries(self, fiscal_year: int) -> tuple[ScheduleEntry, ...]:
        """The year's dates, earliest first. An office gets the usual ones when it first looks at a year."""
        with self._context.database.reading() as stores:
            found = stores.organisations.schedule(fiscal_year)
        if not found:
            with self._context.database.transaction() as stores:
                found = make_schedule(stores, fiscal_year)
        return found

    def set_due(self, entry_id: str, due: date) -> ScheduleEntry:
        """Move a date.

        Raises:
            NotFound: the entry was removed meanwhile.
        """
        with self._context.database.transaction() as stores:
            entry = _entry(stores, entry_id)
            changed = ScheduleEntry(entry.id, entry.fiscal_year, entry.kind, entry.name, due)
            stores.organisations.save_schedule(changed)
        return changed

    def add(self, fiscal_year: int, name: str, due: date, kind: str = OTHER) -> ScheduleEntry:
        """Add a date; ``kind`` is one of ``KINDS``.

        Raises:
            BadInput: the name is missing or too long.
        """
        words = repair_text(name, multiline=False).strip()
        if not words or len(words) > NAME_LENGTH:
            raise BadInput(
                f"予定の名前を{NAME_LENGTH}文字までで書いてください。\n入力した内容は残っています。"
            )
        if kind not in KINDS:
            raise ValueError(f"unknown kind of date: {kind}")
        entry = ScheduleEntry(new_id(self._context.now()), fiscal_year, kind, words, due)
        with self._context.database.transaction() as stores:
            make_schedule(stores, fiscal_year)
            stores.organisations.save_schedule(entry)
        return entry

    def remove(self, entry_id: str) -> None:
        """Take a date out of the year.

        Raises:
            NotFound: it was removed meanwhile.
        """
        with self._context.database.transaction() as stores:
            stores.organisations.remove_schedule(_entry(stores, entry_id).id)

    def next_due(self, fiscal_year: int, stage: Stage | None = None) -> ScheduleEntry | None:
        """The next date by which a district reports for this year, today included.

        With a ``stage``, that stage's date, also when it has passed.
        """
        entries = self.entries(fiscal_year)
        if stage is None:
            return next_due(entries, self._context.today())
        return min((e for e in entries if e.kind == stage.value), key=lambda e: e.due, default=None)


def make_schedule(stores: Stores, fiscal_year: int) -> tuple[ScheduleEntry, ...]:
    """The year's dates; the usual ones are stored when an office has none yet. A district's stay empty."""
    found = stores.organisations.schedule(fiscal_year)
    if found or stores.settings.get("role") == OrganisationKind.DISTRICT.value:
        return found
    stores.organisations.save_schedule(*default_schedule(fiscal_year))
    return stores.organisations.schedule(fiscal_year)


def _entry(stores: Stores, entry_id: str) -> ScheduleEntry:
    found = next((e for e in stores.organisations.full_schedule() if e.id == entry_id), None)
    if found is None:
        raise NotFound("この予定は、もうありません。予定を開き直してください。")
    return found
