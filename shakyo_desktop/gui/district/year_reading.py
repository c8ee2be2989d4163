"""The year that is open in the window: read once, then followed record by record."""

from collections.abc import Iterable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from shakyo_desktop.domain.checks import check_year
from shakyo_desktop.domain.codes import Stage
from shakyo_desktop.domain.errors import ShakyoError
from shakyo_desktop.domain.field_values import ref_of
from shakyo_desktop.domain.fiscal_year import last_day
from shakyo_desktop.domain.problems import Problem
from shakyo_desktop.domain.records import ItemStatus, Record, YearRecords
from shakyo_desktop.gui.district.year_data import ItemKey, YearData
from shakyo_desktop.gui.shared.background import BackgroundWorker
from shakyo_desktop.services.registry import Services


class YearReading(QObject):
    """Reads a year and says what changed in it; a subclass writes.

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
        self._reading = 0
        self._wanted: int | None = None
        self._stale = False
        self._to_check: set[ItemKey] = set()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._check_items)

    def about_to_read(self) -> None:
        """What has to be asked before a year is read."""

    def lay_over(self, data: YearData) -> None:
        """Put what is not stored yet over a year that was just read."""

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
        self.about_to_read()
        self.worker.run(lambda: self._read(fiscal_year, stage), done, failed, owner=self)

    def is_reading(self) -> bool:
        """Return whether a year is being read; `opened` follows."""
        return self._reading > 0

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
            before=services.plans.successions(),
            problems=check_year(view.records, view.plans, stage, before, today),
            locked=view.locked,
        )

    def _show(self, data: YearData) -> None:
        self.data = data
        self.lay_over(data)
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


def _stage(fiscal_year: int, today: date) -> Stage:
    """Judge a year that is over as the report of the year, one that goes on as an interim one."""
    return Stage.FINAL if today > last_day(fiscal_year) else Stage.INTERIM


def _or_none(records: YearRecords) -> YearRecords | None:
    return records if records.item_statuses or records.activities else None


def _is_deleted(record: Record) -> bool:
    return not isinstance(record, ItemStatus) and record.deleted_at is not None
