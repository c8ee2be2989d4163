"""What a person answered so far at the first start, and the one call that makes a store of it."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from shakyo_desktop.domain.organisations import Organisation
from shakyo_desktop.gui.shared.background import Task
from shakyo_desktop.services.founding import LockChoice, SetupPreview, district_of, found_office, join
from shakyo_desktop.services.taking_over import take_over

Clock = Callable[[], datetime]


@dataclass
class Beginning:
    """Answers of one flow; nothing is stored until `make`."""

    folder: Path
    clock: Clock
    setup: bytes = b""
    preview: SetupPreview | None = None
    number: str = ""
    organisation: Organisation | None = None
    person_name: str = ""
    locks: LockChoice = field(default_factory=LockChoice)

    def find_district(self, task: Task) -> Organisation:
        """Return the district whose slip has the number that was typed.

        Raises:
            WrongNumber, PackageRefused, Cancelled: nothing was made.
        """

        def told(done: int, of: int) -> None:
            task.report(done, of, f"番号を確かめています（{done + 1} / {of}）")

        return district_of(self.setup, self.number, self.clock, told, task.is_cancelled)

    def make(self) -> bytes:
        """Make the store and return its recovery sheet as a PDF.

        Raises:
            ShakyoError: nothing was left behind.
        """
        own = self.organisation
        assert own is not None
        if self.preview is None:
            founded = found_office(self.folder, own, self.person_name, self.locks, self.clock)
            return founded.recovery_sheet_pdf
        joined = join(
            self.folder, self.setup, own.code, self.number, self.person_name, self.locks, self.clock
        )
        return joined.recovery_sheet_pdf


@dataclass
class TakingOver(Beginning):
    """Answers of a successor: the predecessor's file and the digits that open it."""

    file: Path = Path()
    code: str = ""

    def make(self) -> bytes:
        """Make the successor's store from the copy and return its recovery sheet as a PDF.

        Raises:
            ShakyoError: nothing was left behind.
        """
        taken = take_over(self.file, self.folder, self.code, self.person_name, self.locks, self.clock)
        return taken.recovery_sheet_pdf
