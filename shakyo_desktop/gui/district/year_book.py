"""The year that is open in the window: loaded once, changed record by record, shared by two screens."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from shakyo_desktop.domain.checks import check_year
from shakyo_desktop.domain.codes import Stage
from shakyo_desktop.domain.dates import local_time
from shakyo_desktop.domain.errors import NotReady, ShakyoError
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.fiscal_year import last_day
from shakyo_desktop.domain.problems import Problem
from shakyo_desktop.domain.records import FieldValue, ItemStatus, Record, RecordRef, YearRecords
from shakyo_desktop.domain.submission import CorrectionRequest
from shakyo_desktop.gui.district.edits import LOCKED, Edit, Edits
from shakyo_desktop.gui.district.year_data import ItemKey, YearData
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.services.found_drafts import FoundDraft
from shakyo_desktop.services.registry import Services


class YearBook(QObject):
    """Reads a year, takes edits, and says what changed by them.

    Signals:
        opened: another year, or the same one read anew; everything may differ.
        record_changed: the reference of one record that differs now.
        list_changed: records were added, deleted or brought back.
        item_changed: (plan, number) of an item whose totals or problems may differ now.
        saving, saved (at "14:05"), save_failed (the error): for the badge.
        failed: an error of anything else.
        drafts_changed: texts found after a crash were read or settled.
        typed_while_locked: something was written in a year whose report is accepted.
    """

    opened = Signal()
    record_changed = Signal(object)
    list_changed = Signal()
    item_changed = Signal(object)
    saving = Signal()
    saved = Signal(str)
    save_failed = Signal(object)
    failed = Signal(object)
    typed_while_locked = Signal()
    drafts_changed = Signal()

    def __init__(self, services: Services, worker: BackgroundWorker, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.services = services
        self.worker = worker
        self.data: YearData | None = None
        self.venues: tuple[str, ...] = ()
        self.stage: Stage | None = None
        self.drafts: tuple[FoundDraft, ...] = ()
        self._reading = 0
        self._sought = False
        self._wanted: int | None = None
        self._stale = False
        self._to_check: set[ItemKey] = set()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._check_items)
        self._edits = Edits(services.recording, worker, self)
        self._edits.saving.connect(self.saving)
        self._edits.saved.connect(lambda: self.saved.emit(local_time(services.context.now())))
        self._edits.stored.connect(self._take)
        self._edits.failed.connect(self._not_saved)

    # Reading.

    def open(self, fiscal_year: int) -> None:
        """Read a year in the background; `opened` follows."""
        self._wanted = fiscal_year
        self._stale = False
        stage = self.stage

        def done(data: YearData) -> None:
            self._reading -= 1
            if data.fiscal_year == self._wanted:
                self._show(data)

        def failed(error: ShakyoError) -> None:
            self._reading -= 1
            self.failed.emit(error)

        self._reading += 1
        if not self._sought:
            self._sought = True
            self._find_drafts()
        self.worker.run(lambda: self._read(fiscal_year, stage), done, failed, owner=self)

    def is_reading(self) -> bool:
        """Return whether a year is being read; `opened` follows."""
        return self._reading > 0

    def _find_drafts(self) -> None:
        """Look once, at the start, for texts that were not stored when the program ended."""

        def done(found: tuple[FoundDraft, ...]) -> None:
            self.drafts = found
            self.drafts_changed.emit()

        self.worker.run(self.services.recording.drafts, done, self.failed.emit, owner=self)

    def settle_draft(self, draft: FoundDraft, *, use: bool) -> None:
        """Use a text that was found, or leave the record as it is; both texts stay in the history."""
        recording = self.services.recording

        def work() -> Record | None:
            if use:
                return recording.use_draft(draft)
            recording.drop_draft(draft)
            return None

        def done(_: Record | None) -> None:
            self.drafts = tuple(one for one in self.drafts if one != draft)
            self.drafts_changed.emit()

        self.write(work, done)

    def set_stage(self, stage: Stage) -> None:
        """Judge by the rules of this report instead of those that fit the date."""
        if stage is not self.stage:
            self.stage = stage
            self.reload()

    def judge_like(self, problem: Problem) -> None:
        """Judge by the rules of the year's report when a problem is one of those that only it asks for."""
        known = self.data.problems(problem.ref) if self.data and problem.ref else ()
        if problem.code not in {one.code for one in known}:
            self.set_stage(Stage.FINAL)

    def mark_stale(self) -> None:
        """Another screen may have changed the year: read it anew before it is shown again."""
        self._stale = True

    def ensure_fresh(self) -> None:
        """Read the year anew when it is stale."""
        if self._stale:
            self.reload()

    def reload(self) -> None:
        """Read the same year once more."""
        if self._wanted is not None:
            self.open(self._wanted)

    def fiscal_year(self) -> int | None:
        """Return the year that is open or being read."""
        return self._wanted

    # Writing.

    def change(self, ref: RecordRef, field: str, value: FieldValue, unread: str = "") -> None:
        """Store one field; the record in memory changes at once."""
        edit = Edit(ref, field, value, unread)
        record = self.data.record(ref) if self.data else None
        if record is not None:
            self._take(edit.applied_to(record))
        self._edits.add(edit)

    def write(
        self, work: Callable[[], Record | None], then: Callable[[Record | None], None] | None = None
    ) -> None:
        """Do another write; the record it returns is taken in, then ``then`` is called with it."""

        def done(record: Record | None) -> None:
            if record is not None:
                self._take(record)
            if then is not None:
                then(record)

        self._edits.run(work, done)

    def delete(self, ref: RecordRef, then: Callable[[], None]) -> None:
        """Put a record into the ごみ箱."""
        recording = self.services.recording

        def work() -> Record | None:
            recording.delete(ref)
            return None

        def done(_: Record | None) -> None:
            record = self.data.record(ref) if self.data else None
            if record is not None and not isinstance(record, ItemStatus):
                self._take(replace(record, deleted_at=self.services.context.now()))
            then()

        self._edits.run(work, done)

    def restore(self, ref: RecordRef, then: Callable[[Record | None], None] | None = None) -> None:
        """Take a record out of the ごみ箱."""
        self.write(lambda: self.services.recording.restore(ref), then)

    def begin_outside(self) -> None:
        """A long write begins beside the ordered ones (photos); `take_in` or `end_outside` ends it."""
        self.saving.emit()

    def take_in(self, *records: Record) -> None:
        """Take in what a long write stored."""
        for record in records:
            self._take(record)
        self.saved.emit(local_time(self.services.context.now()))

    def end_outside(self, error: ShakyoError) -> None:
        """A long write failed."""
        self._not_saved(error)

    def save_draft(self, ref: RecordRef, field: str, text: str) -> None:
        """Keep what is being typed; nobody is told when that fails, the edit itself will say it."""
        self.worker.run(
            lambda: self.services.recording.save_draft(ref, field, text), None, lambda _: None, owner=self
        )

    def reopen(self, reason: str, on_failed: Callable[[ShakyoError], None]) -> None:
        """Let an accepted year be written in again; what was typed meanwhile is stored then."""
        year = self._wanted
        if year is None:
            return

        def done(_: object) -> None:
            if self.data is not None:
                self.data.locked = False
            self.retry()
            self.opened.emit()

        self.worker.run(lambda: self.services.recording.reopen(year, reason), done, on_failed, owner=self)

    def mark_done(self, requests: Sequence[CorrectionRequest], done: bool, then: Callable[[], None]) -> None:
        """Tick off what the office asked, or take the tick back."""
        replies = self.services.replies

        def work() -> None:
            for request in requests:
                replies.mark_done(request.id, done)

        def marked(_: None) -> None:
            data = self.data
            if data is not None:
                data.set_requests(requests, open_=not done)
                for request in requests:
                    record = data.record(request.ref)
                    key = data.item_key(record) if record is not None else None
                    if key is not None:
                        self.item_changed.emit(key)
            then()

        self.worker.run(work, marked, self.failed.emit, owner=self)

    def retry(self) -> None:
        """Try once more to store what could not be stored."""
        self._edits.retry()

    def has_failed(self) -> bool:
        """Return whether something could not be stored."""
        return self._edits.has_failed()

    def has_unsaved(self) -> bool:
        """Return whether something that was typed is not stored (yet)."""
        return bool(self._edits.waiting())

    # Inside.

    def _read(self, fiscal_year: int, wanted: Stage | None) -> YearData:
        services = self.services
        view = services.recording.open_year(fiscal_year)
        today = services.context.today()
        stage = wanted or _stage(fiscal_year, today)
        before = _or_none(view.last_year)
        self.venues = services.recording.venues()
        return YearData(
            view.records,
            view.plans,
            view.last_year,
            deleted=view.deleted,
            requests=services.replies.open_requests(fiscal_year),
            crosswalk=services.plans.crosswalk(),
            problems=check_year(view.records, view.plans, stage, before, today),
            locked=view.locked,
        )

    def _show(self, data: YearData) -> None:
        self.data = data
        for edit in self._edits.waiting():
            record = data.record(edit.ref)
            if record is not None:
                data.put(edit.applied_to(record))
        self.opened.emit()

    def _take(self, record: Record) -> None:
        """Put a record in and say so, when it differs."""
        data = self.data
        if data is None or record.fiscal_year != data.fiscal_year:
            return
        before = data.record(ref_of(record))
        if before == record:
            return
        touched = data.put(record)
        listed = before is None or _is_deleted(before) != _is_deleted(record)
        if listed:
            self.list_changed.emit()
        self.record_changed.emit(ref_of(record))
        self._check_soon(touched)

    def _check_soon(self, keys: Iterable[ItemKey]) -> None:
        self._to_check |= set(keys)
        for key in keys:
            self.item_changed.emit(key)
        self._soon.start()

    def _check_items(self) -> None:
        """Judge the items that changed, off the window's thread and after what is being saved."""
        data, keys = self.data, self._to_check
        self._to_check = set()
        if data is None:
            return
        today = self.services.context.today()
        stage = self.stage or _stage(data.fiscal_year, today)
        before = _or_none(data.last_year)
        for key in keys:
            records = data.records_of(key)

            def judged(problems: Sequence[Problem], key: ItemKey = key) -> None:
                if self.data is data:
                    data.set_problems(key, problems)
                    self.item_changed.emit(key)

            work = partial(check_year, records, data.plans, stage, before, today)
            self.worker.run(work, judged, self.failed.emit, owner=self)

    def _not_saved(self, error: ShakyoError) -> None:
        self.save_failed.emit(error)
        if isinstance(error, NotReady) and error.code == LOCKED:
            self.typed_while_locked.emit()


def _stage(fiscal_year: int, today: date) -> Stage:
    """Judge a year that is over as the report of the year, one that goes on as an interim one."""
    return Stage.FINAL if today > last_day(fiscal_year) else Stage.INTERIM


def _or_none(records: YearRecords) -> YearRecords | None:
    return records if records.item_statuses or records.activities else None


def _is_deleted(record: Record) -> bool:
    return not isinstance(record, ItemStatus) and record.deleted_at is not None
