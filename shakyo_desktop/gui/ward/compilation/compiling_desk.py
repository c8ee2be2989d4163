"""What is read and written for 取りまとめ; the screen only shows it."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, Signal

from shakyo_desktop.domain.compilation import (
    Finding,
    FindingScope,
    StaleMark,
    WardCompilation,
)
from shakyo_desktop.domain.errors import ShakyoError, UnconfirmedReports
from shakyo_desktop.domain.field_values import with_field
from shakyo_desktop.domain.records import ItemStatus, RecordRef
from shakyo_desktop.gui.shared.keeper import Keeper
from shakyo_desktop.gui.ward.compilation.node_rows import Node
from shakyo_desktop.gui.ward.compilation.shown import Shown, read_shown
from shakyo_desktop.gui.ward.compilation.undoing import Undone, undo_newest
from shakyo_desktop.gui.ward.desk import Desk
from shakyo_desktop.services.compiled_words import with_council_field
from shakyo_desktop.services.field_states import with_carried_over


class CompilingDesk(QObject):
    """Every change is laid over what is shown at once and stored in the background.

    Signals:
        opened: another plan, year or version is shown; ``shown`` is None when the year has no plan.
        changed: words or the ward's own items are others than before.
        stale_read: what changed since the version was made was read again.
        undone: (node, what was taken back or None).
        compiled: the version that was made; it is not shown yet.
        unconfirmed: nothing was made, see `UnconfirmedReports`.
        unsaved: nothing was made or fixed, because something typed could not be stored.
        approved: the version that is shown was fixed; it is not shown as such yet.
        failed: a known failure.
    """

    opened = Signal()
    changed = Signal()
    stale_read = Signal()
    undone = Signal(object, object)
    compiled = Signal(object)
    unconfirmed = Signal(object)
    unsaved = Signal()
    approved = Signal()
    failed = Signal(object)

    def __init__(self, desk: Desk, parent: QObject) -> None:
        super().__init__(parent)
        self._services, self._worker = desk.services, desk.worker
        self._fiscal_year = desk.fiscal_year
        self._keeper = desk.keeper or Keeper(desk.services.context, desk.worker, self)
        self._keeper.failed.connect(self.failed)
        self._own_changed = False
        self._unsaved: dict[object, Callable[[Shown], Shown]] = {}
        self.shown: Shown | None = None
        self.year = 0

    def compilation(self) -> WardCompilation | None:
        """The version that is shown, None while none was made."""
        return self.shown.compilation if self.shown else None

    def own_status(self, status_id: str) -> ItemStatus | None:
        """The ward's own item with this id."""
        own = self.shown.own.values() if self.shown else ()
        return next((one for one in own if one.id == status_id), None)

    def open(self, plan_id: str = "", compilation_id: str = "") -> None:
        """Read a plan's year in the background, after everything that is still being stored."""
        year = self._fiscal_year()

        def show(shown: Shown | None) -> None:
            for lay_over in self._unsaved.values():
                shown = lay_over(shown) if shown is not None else None
            self.year, self.shown, self._own_changed = year, shown, False
            self.opened.emit()

        self._run(partial(read_shown, self._services, year, plan_id, compilation_id), show)

    def open_again(self) -> None:
        """Read what is shown again; an older version stays chosen while the year is the same."""
        shown, compilation = self.shown, self.compilation()
        older = compilation is not None and shown is not None and not shown.is_newest()
        same = older and self.year == self._fiscal_year()
        self.open(shown.plan.id if shown else "", compilation.id if same and compilation else "")

    def keep_finding(self, key: tuple[str, FindingScope, int], field: str, text: str) -> None:
        """Store one of the ward's texts; ``key`` is compilation, scope and number."""
        compilation_id, scope, number = key
        changes: dict[str, Any] = {field: text}

        def lay_over(shown: Shown) -> Shown:
            if shown.compilation is None or shown.compilation.id != compilation_id:
                return shown
            return shown.with_finding(replace(shown.compilation.finding(scope, number), **changes))

        write = self._services.compilation.write_finding
        self._keep((key, field), lay_over, lambda: write(compilation_id, scope, number, field, text))

    def keep_council(self, compilation_id: str, field: str, value: Any, unread: str) -> None:
        """Store one field of the council's word."""

        def lay_over(shown: Shown) -> Shown:
            if shown.compilation is None or shown.compilation.id != compilation_id:
                return shown
            return shown.with_council(with_council_field(shown.compilation.council, field, value, unread))

        write = self._services.compilation.write_council
        self._keep((compilation_id, field), lay_over, lambda: write(compilation_id, field, value, unread))

    def keep_own(self, ref: RecordRef, field: str, value: Any, unread: str) -> None:
        """Store one field of an item that the ward reports itself."""
        self._own_changed = True

        def lay_over(shown: Shown) -> Shown:
            status = next((one for one in shown.own.values() if one.id == ref.id), None)
            if status is None:
                return shown
            after = with_field(status, field, value, unread=unread)
            return shown.with_own(with_carried_over(after, field, False))

        change = self._services.recording.change
        self._keep((ref, field), lay_over, lambda: change(ref, field, value, unread))

    def copy_last_year(self, ref: RecordRef, field: str) -> None:
        """Take a field of the ward's own item over from last year, marked until it is confirmed."""
        copy = self._services.recording.copy_last_year
        self._keeper.keep((ref, field, "last year"), lambda: copy(ref, field), self._take_own)

    def confirm_last_year(self, ref: RecordRef, field: str) -> None:
        """Take the mark off a field that was taken over."""
        confirm = self._services.recording.confirm_carried_over
        self._keeper.keep((ref, field, "confirmed"), lambda: confirm(ref, field), self._take_own)

    def read_stale(self) -> None:
        """Look again what the version rests on, when the ward's own items were written in meanwhile."""
        shown, compilation = self.shown, self.compilation()
        if not self._own_changed or shown is None or compilation is None or not shown.is_newest():
            return
        self._own_changed = False

        def show(stale: tuple[StaleMark, ...]) -> None:
            if self.shown is not None and self.compilation() is not None:
                self.shown = replace(self.shown, stale=stale)
                self.stale_read.emit()

        self._run(partial(self._services.compilation.stale, compilation), show)

    def undo(self, node: Node) -> None:
        """Take back the newest change of what a node shows."""
        if self.shown is not None:
            self._run(partial(undo_newest, self._services, self.shown, node), partial(self._undone, node))

    def compile(self, *, include_unconfirmed: bool = False) -> None:
        """Make a version, when everything typed before is stored."""

        def go_on(shown: Shown) -> None:
            service, plan_id, year = self._services.compilation, shown.plan.id, self.year
            self._worker.run(
                lambda: service.compile(plan_id, year, include_unconfirmed=include_unconfirmed),
                self.compiled.emit,
                self._not_compiled,
                self,
            )

        self._when_stored(go_on)

    def approve(self) -> None:
        """Fix the version that is shown, when everything typed before is stored."""

        def go_on(shown: Shown) -> None:
            if shown.compilation is not None:
                approve = partial(self._services.compilation.approve, shown.compilation.id)
                self._run(approve, lambda _: self.approved.emit())

        self._when_stored(go_on)

    def _when_stored(self, go_on: Callable[[Shown], None]) -> None:
        """Go on after everything that is being stored, unless some of it could not be."""

        def look(_: None) -> None:
            if self._keeper.has_unsaved():
                self.unsaved.emit()
            elif self.shown is not None:
                go_on(self.shown)

        self._run(lambda: None, look)

    def _keep(self, place: object, lay_over: Callable[[Shown], Shown], work: Callable[[], object]) -> None:
        """Show an edit at once and until it is stored, also when everything is read anew meanwhile."""

        def stored(_: object) -> None:
            if self._unsaved.get(place) is lay_over:
                del self._unsaved[place]

        self._unsaved[place] = lay_over
        if self.shown is not None:
            self.shown = lay_over(self.shown)
            self.changed.emit()
        self._keeper.keep(place, work, stored)

    def _undone(self, node: Node, undone: Undone | None) -> None:
        if self.shown is not None:
            if isinstance(undone, ItemStatus):
                self._own_changed = True
                self.shown = self.shown.with_own(undone)
            elif isinstance(undone, Finding):
                self.shown = self.shown.with_finding(undone)
            elif undone is not None:
                self.shown = self.shown.with_council(undone)
        self.undone.emit(node, undone)

    def _take_own(self, status: ItemStatus) -> None:
        self._own_changed = True
        if self.shown is not None and self.own_status(status.id) is not None:
            self.shown = self.shown.with_own(status)
            self.changed.emit()

    def _not_compiled(self, error: ShakyoError) -> None:
        (self.unconfirmed if isinstance(error, UnconfirmedReports) else self.failed).emit(error)

    def _run(self, work: Callable[[], Any], done: Callable[[Any], None]) -> None:
        self._worker.run(work, done, self.failed.emit, self)
