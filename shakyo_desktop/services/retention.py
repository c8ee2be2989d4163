"""保存期間: which fiscal years are past their time, deleting one on confirmation, and the note of it.

A year goes whole: records, photos, signed reports and their answers, those that wait for a decision, scans,
what was keyed, and what remembers them (history, drafts, the search's index). What stays is the note, and the
number of every package in its chain, so that an old file that comes again is known for what it is.
"""

import io
import re
import shutil
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from shakyo_desktop.domain.codes import KeyState, OrganisationKind
from shakyo_desktop.domain.copies import CopyReason
from shakyo_desktop.domain.errors import BadInput, NotReady, NotSaved
from shakyo_desktop.domain.fiscal_year import fiscal_year_name, fiscal_year_of, read_fiscal_year
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.retention import (
    DEFAULT_YEARS,
    YEARS_TO_CHOOSE,
    Deletion,
    HeldYear,
    is_past,
    kept_until,
)
from shakyo_desktop.exchange.inspection import inspect_package
from shakyo_desktop.services.clock_check import likely_today
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.generations import GenerationService, list_generations
from shakyo_desktop.services.trust import receiver_keys
from shakyo_desktop.storage.stores import Stores

_YEARS = "retention_years"
_SET_ASIDE = re.compile(r"store\.before-.*\.db.*|before-[0-9]{8}-[0-9]{6}(-[0-9]+|-wal)?")
"""Stores that an upgrade or a restored 控え set aside in the data folder."""
_BUSY = (
    "記録は消えていますが、ファイルの中の片づけがまだ終わっていません。\n"
    "ほかの作業が終わってから「片づけをもう一度する」を押してください。"
)


@dataclass(frozen=True, slots=True)
class RetentionView:
    """``years`` the chosen 保存期間 (0: no end), ``past`` what may be deleted, oldest first.

    ``old_stores`` are older states of the whole store in the data folder, which still hold what is deleted.
    """

    years: int
    past: tuple[HeldYear, ...]
    kept: tuple[HeldYear, ...]
    deletions: tuple[Deletion, ...]
    old_stores: tuple[Path, ...]

    @property
    def unfinished(self) -> bool:
        """Whether deleted bytes may still be in the file."""
        return any(one.erased_at is None for one in self.deletions)


class RetentionService:
    """Lists, deletes and notes."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context
        self._years_of_held: dict[str, int | None] = {}  # by manifest; a file is opened once

    def view(self) -> RetentionView:
        """The years by whether their time is over, and what was deleted so far."""
        today = likely_today(self._context)
        with self._context.database.reading() as stores:
            years = int(stores.settings.get(_YEARS, DEFAULT_YEARS))
            held, deletions = self._held_years(stores), stores.retention.deletions()
        past = tuple(one for one in held if is_past(one.fiscal_year, years, today))
        kept = tuple(one for one in held if one not in past)
        return RetentionView(years, past, kept, deletions, old_stores(self._context.data_dir))

    def set_years(self, years: int) -> None:
        """Keep how long a year is kept after its end; 0 for no end."""
        if years not in (0, *YEARS_TO_CHOOSE):
            raise ValueError(f"{years} is no 保存期間 that is offered")
        with self._context.database.transaction() as stores:
            stores.settings.set(_YEARS, years)

    def delete(
        self, fiscal_year: int, typed: str, *, keep_compilations: bool, with_old_stores: bool
    ) -> Deletion:
        """Delete a year for good; there is no way back but a 控え that was made before.

        Args:
            typed: the year as the person wrote it, to confirm.
            keep_compilations: leave an office's 取りまとめ, which quote what districts wrote.
            with_old_stores: delete the older states in the data folder as well, once a new copy is proven.

        Raises:
            BadInput: another year was typed; nothing was deleted.
            NotReady: the year's time is not over.
            NotSaved: the rows are gone but not yet their bytes (``finish`` does it), or not the older states.
        As ``GenerationService.make``: the older states are all there.
        """
        if read_fiscal_year(typed) != fiscal_year:
            raise BadInput(
                f"書かれた年度が、選んだ{fiscal_year_name(fiscal_year)}と違います。まだ何も消していません。\n"
                "消す年度をもう一度見て、同じ年度を書いてください。"
            )
        with self._context.database.transaction() as stores:
            years = int(stores.settings.get(_YEARS, DEFAULT_YEARS))
            if not is_past(fiscal_year, years, likely_today(self._context)):
                raise NotReady(
                    f"{fiscal_year_name(fiscal_year)}の保存期間は、まだ終わっていません。何も消していません。\n"
                    "消してよいときは、先に保存期間を変えてください。"
                )
            held = next((one for one in self._held_years(stores) if one.fiscal_year == fiscal_year), None)
            waiting = [name for name, year in self._waiting(stores).items() if year == fiscal_year]
            keys = {one.key for one in stores.held.all() if one.manifest in waiting}
            kept = keep_compilations and stores.settings.get("role") != OrganisationKind.DISTRICT.value
            manifests = stores.retention.take_out(fiscal_year, keep_compilations=kept, held=waiting)
            _forget_newcomers(stores, keys)
            note = Deletion(
                id=new_id(self._context.now()),
                fiscal_year=fiscal_year,
                deleted_at=self._context.now(),
                who=str(stores.settings.get("person_name", "")),
                kept_until=kept_until(fiscal_year, years),
                counts=held.counts if held else {},
                manifests=manifests,
                kept_compilations=kept,
            )
            stores.retention.add(note)
        self.finish()
        if with_old_stores and old_stores(self._context.data_dir):
            self._remove_older()
        return note

    def _held_years(self, stores: Stores) -> tuple[HeldYear, ...]:
        waiting = Counter(year for year in self._waiting(stores).values() if year is not None)
        return stores.retention.held_years(waiting)

    def _waiting(self, stores: Stores) -> dict[str, int | None]:
        """The fiscal year of each file that waits for a decision, by manifest; only the file tells it."""
        waiting = [one.manifest for one in stores.held.all()]
        identities = receiver_keys(stores).identities if waiting else ()
        for name in waiting:
            if name not in self._years_of_held:
                seen = inspect_package(io.BytesIO(stores.held.sealed(name)), identities).info
                self._years_of_held[name] = seen.report.fiscal_year if seen and seen.report else None
        return {name: self._years_of_held[name] for name in waiting}

    def _remove_older(self) -> None:
        """Make a copy and delete what is older, that too which was being made while the year was deleted."""
        generations = GenerationService(self._context)
        with generations.alone():
            made = generations.make(CopyReason.CHANGED)
            _remove(path for path in old_stores(self._context.data_dir) if path != made.path)

    def finish(self) -> None:
        """Take the deleted bytes out of the file.

        Raises:
            NotSaved: there is no room for it, or somebody was reading all the while; to be done again.
        """
        if not self._context.database.erase_deleted():
            raise NotSaved(_BUSY)
        with self._context.database.transaction() as stores:
            stores.retention.erased(self._context.now())

    def paper(self) -> bytes:
        """The notes as a PDF (消去の記録)."""
        from shakyo_desktop.documents.pdf.deletion_list import DeletionListData, make_deletion_list

        with self._context.database.reading() as stores:
            own = stores.organisations.get(str(stores.settings.get("org")))
            practice = bool(stores.settings.get("practice", False))
            deletions = stores.retention.deletions()
        out = io.BytesIO()
        make_deletion_list(
            DeletionListData(
                org_name=own.name,
                fiscal_year=fiscal_year_name(fiscal_year_of(self._context.today())),
                made_at=self._context.now(),
                deletions=deletions,
                practice=practice,
            ),
            out,
        )
        return out.getvalue()


def _forget_newcomers(stores: Stores, keys: Iterable[str]) -> None:
    """A key that was never approved goes with the last file that asked for it, as with 「違います」."""
    for key in keys:
        known = stores.keys.find(key)
        if known is not None and known.state is KeyState.PENDING and not stores.held.all(key=key):
            stores.keys.forget(key)


def _remove(older: Iterable[Path]) -> None:
    for path in older:
        try:
            if path.is_dir():
                shutil.rmtree(path)
            else:
                path.unlink(missing_ok=True)
        except OSError as error:
            raise NotSaved(
                f"前のデータ「{path.name}」を消せませんでした。選んだ年度の記録は消えています。\n"
                "このプログラムを閉じて、データのフォルダーから手で消してください。"
            ) from error


def old_stores(data_dir: Path) -> tuple[Path, ...]:
    """The older states of the whole store in a data folder: set aside, or copied automatically."""
    aside = (path for path in data_dir.iterdir() if _SET_ASIDE.fullmatch(path.name))
    return (*sorted(aside), *(one.path for one in list_generations(data_dir)))
