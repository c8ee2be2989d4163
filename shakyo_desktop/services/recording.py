"""Writing the year: every change of a field is one commit with one row of history.

What a person writes is never lost: nothing is deleted for good, undo writes a new row and works after a
restart, and a text found after a crash is kept whether it is used or not.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from shakyo_desktop.domain.codes import Source
from shakyo_desktop.domain.errors import BadInput, NotFound
from shakyo_desktop.domain.field_values import with_field
from shakyo_desktop.domain.records import Activity, Change, GoodPractice, ItemStatus, Record, RecordRef
from shakyo_desktop.domain.text import repair_text
from shakyo_desktop.services import found_drafts, last_year, new_records, year_view
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.desk import Desk, desk_of
from shakyo_desktop.services.field_states import DELETED, with_carried_over
from shakyo_desktop.services.found_drafts import FoundDraft
from shakyo_desktop.services.history_lines import HistoryLine, history_lines
from shakyo_desktop.services.typed_text import editable_spec, repaired
from shakyo_desktop.services.year_view import YearView

_NOT_DELETED = (
    "取組項目は消せません。\n入力した内容は残っています。\n行わない項目は「対象外」を選んでください。"
)


class RecordingService:
    """The records of one organisation: the own one, or the district an office keys paper for."""

    def __init__(self, context: ServiceContext, org: str | None = None) -> None:
        """``org`` is the own organisation unless another one's records are keyed for it (代行入力)."""
        self._context = context
        self._org = org

    def open_year(self, fiscal_year: int) -> YearView:
        """Return a year; the first time every item of its plans gets a blank status.

        The number of SQL statements does not depend on how much the year holds.
        """
        with self._reading() as desk:
            view = year_view.view_year(desk, fiscal_year)
        if view.locked or not year_view.lacks_statuses(view):
            return view
        with self._writing() as desk:  # looked at again: another window may have been faster
            view = year_view.view_year(desk, fiscal_year)
            added = year_view.missing_statuses(view, desk.begin(fiscal_year))
            desk.stores.records.insert_all(added)
        return year_view.with_statuses(view, added)

    def status_for(self, fiscal_year: int, plan_id: str, item_number: int) -> ItemStatus:
        """Return the status of one item, made when the year was never opened."""
        with self._reading() as desk:
            statuses = desk.stores.records.item_statuses(desk.org, fiscal_year)
        found = year_view.status_of(statuses, plan_id, item_number)
        if found is None:
            statuses = self.open_year(fiscal_year).records.item_statuses
            found = year_view.status_of(statuses, plan_id, item_number)
        if found is None:
            raise NotFound.of("この年度の計画に、その取組項目")
        return found

    def change(
        self, ref: RecordRef, field: str, value: Any, unread: str = "", source: Source = Source.DIRECT
    ) -> Record:
        """Store one field; nothing is written when it holds that already.

        Args:
            ref: the record.
            field: its name, with a dot for an entry of a mapping.
            value: the typed value; None empties the field.
            unread: the text as typed when the program could not read it.

        Raises:
            NotReady: the year is locked.
            NotFound: there is no such record.
        """
        spec = editable_spec(ref.table, field)
        with self._writing() as desk:
            record = desk.writable(ref)
            after = with_field(record, field, repaired(spec, value), unread=repair_text(unread, False))
            return desk.journal.change(record, with_carried_over(after, field, False), field, source)

    def new_activity(
        self,
        fiscal_year: int,
        plan_id: str,
        item_number: int,
        held_on: date | None = None,
        same_as: str | None = None,
        source: Source = Source.DIRECT,
    ) -> Activity:
        """Add an activity with its item's defaults, or with the content of activity ``same_as``."""
        with self._writing() as desk:
            item = desk.item(plan_id, item_number)
            activity = new_records.blank_activity(desk.begin(fiscal_year, source), plan_id, item, held_on)
            if same_as is not None:
                activity = new_records.same_activity(activity, desk.activity(same_as), held_on)
            desk.journal.create(activity, source)
        return activity

    def new_practice(self, fiscal_year: int, plan_id: str, item_number: int) -> GoodPractice:
        """Add an empty good practice of an item."""
        with self._writing() as desk:
            desk.item(plan_id, item_number)
            practice = new_records.blank_practice(desk.begin(fiscal_year), plan_id, item_number)
            desk.journal.create(practice, Source.DIRECT)
        return practice

    def delete(self, ref: RecordRef) -> None:
        """Move a record to the ごみ箱; an item status has none.

        Raises:
            BadInput: item statuses belong to the plan and are not deleted.
        """
        with self._writing() as desk:
            record = desk.writable(ref)
            if isinstance(record, ItemStatus):
                raise BadInput(_NOT_DELETED)
            if record.deleted_at is None:
                gone = with_field(record, DELETED, self._context.now())
                desk.journal.change(record, gone, DELETED, Source.DIRECT)

    def restore(self, ref: RecordRef) -> Record:
        """Take a record out of the ごみ箱."""
        with self._writing() as desk:
            return desk.journal.restore(desk.writable(ref))

    def history(self, ref: RecordRef) -> tuple[Change, ...]:
        """Return every change of a record, oldest first; ``services.field_states`` reads the values."""
        with self._reading() as desk:
            return desk.stores.history.of(ref)

    def history_lines(self, ref: RecordRef) -> tuple[HistoryLine, ...]:
        """Return every change of a record in words, newest first."""
        with self._reading() as desk:
            record = desk.record(ref)
            return history_lines(record, desk.stores.history.of(ref), desk.plan_of(record))

    def undo(self, ref: RecordRef) -> Record | None:
        """Take back the newest change that stands, None when there is none; doing it again walks back."""
        with self._writing() as desk:
            return desk.journal.undo(desk.writable(ref))

    def copy_last_year(self, ref: RecordRef, field: str) -> ItemStatus:
        """Take one field over from last year, marked 前年度から・要確認, unless last year's is empty."""
        with self._writing() as desk:
            return last_year.copy_field(desk, ref, field)

    def same_as_last_year(self, ref: RecordRef) -> ItemStatus:
        """「昨年と同じ」: take every field over that is still blank, each with its own row; no counts."""
        with self._writing() as desk:
            return last_year.copy_item(desk, ref)

    def confirm_carried_over(self, ref: RecordRef, field: str) -> ItemStatus:
        """Take the mark 前年度から・要確認 off one field."""
        with self._writing() as desk:
            status = desk.status(ref)
            return desk.journal.change(status, with_carried_over(status, field, False), field, Source.DIRECT)

    def save_draft(self, ref: RecordRef, field: str, text: str) -> None:
        """Keep text that is being typed, so that a crash loses nothing; ``change`` ends the draft."""
        editable_spec(ref.table, field)
        with self._writing() as desk:
            desk.stores.drafts.save(ref, field, text, self._context.now())

    def drafts(self) -> tuple[FoundDraft, ...]:
        """Return text found after a crash that differs from what is stored, oldest first."""
        with self._reading() as desk:
            return found_drafts.find_drafts(desk)

    def use_draft(self, draft: FoundDraft) -> Record:
        """Store a text that was found, as a change with source ``draft``."""
        with self._writing() as desk:
            return found_drafts.use_draft(desk, draft)

    def drop_draft(self, draft: FoundDraft) -> None:
        """Leave the record as it is; the text stays in the history as a change and its undoing."""
        with self._writing() as desk:
            found_drafts.drop_draft(desk, draft)

    def venues(self) -> tuple[str, ...]:
        """Return the places used before, most used first."""
        with self._reading() as desk:
            return desk.stores.figures.venues(desk.org)

    def reopen(self, fiscal_year: int, reason: str) -> None:
        """Let a year be written in again whose report is accepted; what follows is a new revision.

        Raises:
            BadInput: the reason is empty.
        """
        if not reason.strip():
            raise BadInput("もう一度書く理由を書いてください。\n確定した内容はそのまま残っています。")
        with self._writing() as desk:
            desk.reopen(fiscal_year, repair_text(reason, multiline=True))

    @contextmanager
    def _writing(self) -> Iterator[Desk]:
        with self._context.database.transaction() as stores:
            yield desk_of(self._context, stores, self._org)

    @contextmanager
    def _reading(self) -> Iterator[Desk]:
        with self._context.database.reading() as stores:
            yield desk_of(self._context, stores, self._org)
