"""Every kind of work that is tortured, by the name that ``--work`` takes."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from shakyo_desktop.services.registry import Services
from tests.torture import district_works, office_works, store_works
from tests.torture.killing import Perform
from tests.torture.places import Places

Kept = Callable[[Services, list[Any], Path, Places], list[str]]


@dataclass(frozen=True)
class Work:
    """Where it begins, how it is done, and what must be there after a kill.

    ``kept`` is None where the store itself is being made: then it is there whole, or the work can begin anew.
    ``signed`` is False for a store that holds no keys, of which only the database is examined.
    """

    name: str
    begins: str
    perform: Perform
    kept: Kept | None
    signed: bool = True


WORKS = (
    Work("entry", "district", district_works.enter, district_works.entry_is_kept),
    Work("submit", "district", district_works.submit, district_works.submission_is_kept),
    Work("receive", "ward", office_works.receive, office_works.receiving_is_kept),
    Work("approve", "ward_with_reports", office_works.approve, office_works.approval_is_kept),
    Work("answer", "ward_with_reports", office_works.answer, office_works.answers_are_kept),
    Work("reply", "answered", district_works.reply, district_works.reply_is_kept),
    Work("compile", "ward_with_reports", office_works.compile_year, office_works.compilation_is_kept),
    Work("migrate", "old_store", store_works.migrate, store_works.migration_is_kept, signed=False),
    Work("backup", "district", store_works.back_up, store_works.copies_are_kept),
    Work("restore", "empty", store_works.restore_new, None),
    Work("restore-over", "district_and_copy", store_works.restore_over, None),
    Work("begin", "empty", store_works.begin, None),
)
