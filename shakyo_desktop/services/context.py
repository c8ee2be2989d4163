"""What every service stands on: the open store, its folder and the clock."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

from shakyo_desktop.services.works import Work
from shakyo_desktop.storage.database import Database

# The whole programme works in one country; the laptops' own time zone may be set wrong.
JAPAN = timezone(timedelta(hours=9), "JST")


def utc_now() -> datetime:
    """The present moment in UTC, whole seconds as packages carry them."""
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(frozen=True, slots=True)
class ServiceContext:
    """The open store (``database``), the data folder it lives in, and the clock (UTC-aware).

    ``note_work`` keeps what is done now where the next start finds it (``StoreLock.note``).
    """

    database: Database
    data_dir: Path
    clock: Callable[[], datetime] = utc_now
    note_work: Callable[[str], None] = lambda work: None

    @contextmanager
    def doing(self, work: Work) -> Iterator[None]:
        """Long work that the next start names if this process does not live to its end."""
        self.note_work(work)
        try:
            yield
        finally:
            self.note_work(Work.AT_WORK)

    def now(self) -> datetime:
        """The present moment, UTC-aware, whole seconds."""
        return self.clock().replace(microsecond=0)

    def today(self) -> date:
        """Today's date in Japan."""
        return self.clock().astimezone(JAPAN).date()
