"""Taking back a whole import, or one file of it, with everything it brought; shown before it is done."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from shakyo_desktop.domain.codes import ReportState
from shakyo_desktop.domain.copies import CopyReason
from shakyo_desktop.domain.errors import NotReady
from shakyo_desktop.domain.keeping import IntakeLogEntry
from shakyo_desktop.domain.review_steps import StepKind
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.generations import GenerationService
from shakyo_desktop.services.import_keys import brought_keys, take_back_key
from shakyo_desktop.services.import_parts import (
    ImportPart,
    PartKind,
    blockers_of,
    file_parts,
    lines_of,
    notes_of,
    sent_blockers,
)
from shakyo_desktop.services.import_undo import withdraw
from shakyo_desktop.services.sharing_consent import settle_consent
from shakyo_desktop.services.steps_of_review import note_step
from shakyo_desktop.services.verdicts import UNDONE
from shakyo_desktop.storage.stores import Stores

_NOTHING = "この受け取りで入ったものは、もうありません。\n記録は何も変わっていません。"


@dataclass(frozen=True, slots=True)
class ImportPreview:
    """What would go when an import is taken back; ``blockers`` say in words why it cannot be.

    ``notes`` say what stays although it rests on what goes.
    """

    at: datetime
    who: str
    parts: tuple[ImportPart, ...]
    blockers: tuple[str, ...]
    notes: tuple[str, ...] = ()

    @property
    def files(self) -> int:
        """How many files it is about."""
        return sum(1 for part in self.parts if part.kind in (PartKind.REPORT, PartKind.HELD))


class WholeImports:
    """All files that were handed over at once are one import."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def preview(self, run: str, manifest: str | None = None) -> ImportPreview:
        """What would go; with a ``manifest`` that one file alone.

        Raises:
            NotReady: nothing of it is here any more.
        """
        with self._context.database.reading() as stores:
            return _preview(stores, run, manifest)

    def undo(self, run: str, manifest: str | None = None) -> ImportPreview:
        """Take it back: all of it or nothing. The same files apply again.

        Before a whole import goes, a copy is made when anything changed since the newest one.

        Raises:
            NotReady: later work depends on it, which the message names; or nothing of it is here any more.
        As ``GenerationService.make``: nothing was taken back.
        """
        if manifest is None:
            _refuse_blocked(self.preview(run))
            GenerationService(self._context).make_if_changed(CopyReason.BEFORE_UNDO)
        with self._context.database.transaction() as stores:
            found = _preview(stores, run, manifest)
            _refuse_blocked(found)
            lines = {line.manifest: line for line in lines_of(stores, run, manifest)}
            _take_back(stores, found.parts, lines, self._context.now())
        return found


def _refuse_blocked(found: ImportPreview) -> None:
    if found.blockers:
        raise NotReady("\n".join(("取り消せません。記録は何も変わっていません。", *found.blockers)))


def _preview(stores: Stores, run: str, manifest: str | None) -> ImportPreview:
    lines = lines_of(stores, run, manifest)
    parts = file_parts(stores, lines)
    if all(part.kind is PartKind.STAYS for part in parts):
        raise NotReady(_NOTHING)
    keys = brought_keys(stores, lines, waiting_only=manifest is not None)
    first = min(stores.intake_log.of_manifests({line.manifest for line in lines}), key=lambda one: one.id)
    return ImportPreview(
        at=first.at,
        who=first.who,
        parts=(*parts, *keys.parts),
        blockers=(*blockers_of(stores, parts), *sent_blockers(stores, parts), *keys.blockers),
        notes=notes_of(stores, parts),
    )


def _take_back(
    stores: Stores, parts: Sequence[ImportPart], lines: dict[str, IntakeLogEntry], at: datetime
) -> None:
    who = str(stores.settings.get("person_name", ""))
    for part in sorted(parts, key=_newest_first(stores)):
        if part.kind is PartKind.REPORT:
            withdraw(stores, part.package_id)
            note_step(stores, part.package_id, StepKind.UNDONE, at)
        elif part.kind is PartKind.HELD:
            stores.held.remove(part.key)
        if part.kind in (PartKind.REPORT, PartKind.HELD):
            stores.intake_log.append(_undone(lines[part.key], who, at))
    for org, year in {(part.org, part.fiscal_year) for part in parts if part.kind is PartKind.REPORT}:
        settle_consent(stores, org, year, at)
    for part in parts:
        if part.kind in (PartKind.APPROVAL, PartKind.RENEWAL):
            take_back_key(stores, part, who, at)


def _newest_first(stores: Stores) -> Callable[[ImportPart], tuple[bool, int]]:
    """What counts goes before what it was chosen over, which counts again then; newer before older."""

    def place(part: ImportPart) -> tuple[bool, int]:
        submission = stores.submissions.find(part.package_id)
        return submission is not None and submission.state is ReportState.WITHDRAWN, -part.revision

    return place


def _undone(line: IntakeLogEntry, who: str, at: datetime) -> IntakeLogEntry:
    return IntakeLogEntry(
        file_name=line.file_name,
        verdict=UNDONE,
        code="",
        at=at,
        manifest=line.manifest,
        org=line.org,
        who=who,
    )
