"""区の取りまとめ: versions over what the districts reported, the ward's words, the council's word."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from shakyo_desktop.domain.compilation import (
    CompilationVersion,
    CouncilVerification,
    Finding,
    FindingScope,
    SourceReport,
    StaleMark,
    WardCompilation,
)
from shakyo_desktop.domain.errors import BadInput, UnconfirmedReports
from shakyo_desktop.domain.identifiers import new_id
from shakyo_desktop.domain.records import Change
from shakyo_desktop.services.compiled_words import CompiledWords, expect_open, finding_ref
from shakyo_desktop.services.compiling import compile_now, source_reports
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.sent_to_city import package_of
from shakyo_desktop.services.stale_marks import stale_marks

__all__ = ["CompilationService"]


class CompilationService:
    """Compiles and keeps every version; only the newest that is not approved can be written in."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def compile(
        self, plan_id: str, fiscal_year: int, *, include_unconfirmed: bool = False
    ) -> WardCompilation:
        """Make the next version; it starts with the words of the version before.

        The council's word goes along until it is approved: then it belongs to that version.

        Args:
            include_unconfirmed: take in reports that are not accepted yet; the version says so.

        Raises:
            UnconfirmedReports: some are not accepted and were not taken in on purpose; nothing was made.
            BadInput: the plan is of other years.
            NotFound: there is no such plan.
        """
        with self._context.database.transaction() as stores:
            found = compile_now(stores, plan_id, fiscal_year)
            if not found.plan.covers(fiscal_year):
                raise BadInput(
                    f"「{found.plan.name}」は、この年度の計画ではありません。\n"
                    "取りまとめは作っていません。年度か計画を選び直してください。"
                )
            waiting = tuple(one.name for one in found.sources if one.package_id and not one.confirmed)
            if waiting and not include_unconfirmed:
                raise UnconfirmedReports(waiting)
            own = str(stores.settings.get("org"))
            before = stores.compilations.newest(own, plan_id, fiscal_year)
            compilation = WardCompilation(
                id=new_id(self._context.now()),
                ward=own,
                plan_id=plan_id,
                fiscal_year=fiscal_year,
                version=before.version + 1 if before else 1,
                compiled_at=self._context.now(),
                compiled_by=str(stores.settings.get("person_name", "")),
                sources=found.sources,
                items=found.items,
                findings=before.findings if before else (),
                council=_going_on(before),
                include_unconfirmed=bool(waiting),
            )
            stores.compilations.add(compilation)
        return compilation

    def versions(self, plan_id: str, fiscal_year: int) -> tuple[CompilationVersion, ...]:
        """Every version of a plan's year, newest first, without its figures."""
        with self._context.database.reading() as stores:
            return stores.compilations.versions(str(stores.settings.get("org")), plan_id, fiscal_year)

    def newest(self, plan_id: str, fiscal_year: int) -> WardCompilation | None:
        """The newest version, or None while none was made."""
        with self._context.database.reading() as stores:
            return stores.compilations.newest(str(stores.settings.get("org")), plan_id, fiscal_year)

    def get(self, compilation_id: str) -> WardCompilation:
        """One version.

        Raises:
            NotFound: there is none.
        """
        with self._context.database.reading() as stores:
            return stores.compilations.get(compilation_id)

    def sources(self, fiscal_year: int) -> tuple[SourceReport, ...]:
        """What a compilation would rest on now."""
        with self._context.database.reading() as stores:
            return source_reports(stores, fiscal_year)

    def stale(self, compilation: WardCompilation) -> tuple[StaleMark, ...]:
        """What changed since a version was made, by district, the ward's own last; empty while it is good.

        A version that was left when its year was deleted has nothing to be compared with any more.
        """
        with self._context.database.reading() as stores:
            if compilation.fiscal_year in {one.fiscal_year for one in stores.retention.deletions()}:
                return ()
            now = compile_now(stores, compilation.plan_id, compilation.fiscal_year)
            ward = stores.organisations.find(compilation.ward)
        return stale_marks(compilation, now, ward.name if ward else "区事務所")

    def is_open(self, compilation_id: str) -> bool:
        """Whether a version can be written in: the newest, not approved and not signed for the city."""
        with self._context.database.reading() as stores:
            newest = stores.compilations.is_newest(compilation_id)
            newest = newest and package_of(stores, compilation_id) is None
            return newest and not stores.compilations.council(compilation_id).approved

    def write_finding(
        self, compilation_id: str, scope: FindingScope, number: int, field: str, text: str
    ) -> Finding:
        """Store one text: ``field`` is outcome, challenge or approach.

        Raises:
            NotReady: the version is approved, or a newer one is there.
        """
        with self._writing(compilation_id) as words:
            return words.write_finding(scope, number, field, text)

    def undo_finding(self, compilation_id: str, scope: FindingScope, number: int) -> Finding | None:
        """Take back the newest change of the words about one thing; None when there is none."""
        with self._writing(compilation_id) as words:
            return words.undo_finding(scope, number)

    def last_finding_change(self, compilation_id: str, scope: FindingScope, number: int) -> Change | None:
        """The change of the words about one thing that ``undo_finding`` would take back."""
        with self._context.database.reading() as stores:
            return stores.history.latest_undoable(finding_ref(compilation_id, scope, number))

    def write_council(
        self, compilation_id: str, field: str, value: Any, unread: str = ""
    ) -> CouncilVerification:
        """Store one field of the council's word: held_on (a date), attendance or verification.

        Args:
            unread: the date as typed when it could not be read; ``value`` is None then.

        Raises:
            NotReady: the version is approved, or a newer one is there.
        """
        with self._writing(compilation_id) as words:
            return words.write_council(field, value, unread)

    def undo_council(self, compilation_id: str) -> CouncilVerification | None:
        """Take back the newest change of the council's word; None when there is none."""
        with self._writing(compilation_id) as words:
            return words.undo_council()

    def approve(self, compilation_id: str) -> CouncilVerification:
        """Fix a version: the council has verified it. From now on only a new version may differ.

        Raises:
            BadInput: the council's date is missing, cannot be read or is still to come.
            NotReady: the version is approved already, or a newer one is there.
        """
        with self._writing(compilation_id) as words:
            return words.approve(self._context.today())

    @contextmanager
    def _writing(self, compilation_id: str) -> Iterator[CompiledWords]:
        with self._context.database.transaction() as stores:
            expect_open(stores, compilation_id)
            who = str(stores.settings.get("person_name", ""))
            yield CompiledWords(stores, compilation_id, who, self._context.now())


def _going_on(before: WardCompilation | None) -> CouncilVerification:
    if before is None or before.council.approved:
        return CouncilVerification()
    return replace(before.council)
