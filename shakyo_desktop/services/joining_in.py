"""Joining another computer's year into the one that is written here: every change is a row of the history."""

from collections.abc import Mapping

from shakyo_desktop.domain.codes import Source
from shakyo_desktop.domain.errors import NotFound
from shakyo_desktop.domain.field_values import ref_of, with_field
from shakyo_desktop.domain.joined_year import is_thrown_away, with_change
from shakyo_desktop.domain.joining_years import (
    Contested,
    FieldChange,
    Joining,
    Side,
    fields_that_differ,
    state_in,
)
from shakyo_desktop.domain.records import Activity, GoodPractice, Photo, Record
from shakyo_desktop.services.field_states import DELETED
from shakyo_desktop.services.journal import Journal

FROM_FILE = Source.IMPORT


def join_in(journal: Journal, joining: Joining, choices: Mapping[str, Side]) -> None:
    """Write what joining asks for; a value that is not used stands in the history and can be brought back.

    Args:
        journal: ``who`` is the person whose values come in.
        choices: by the key of a conflict; without one what stands here stays.
    """
    for blank in joining.replaced:
        journal.stores.records.remove(blank)
    coming_back = {ref_of(one.record) for one in joining.contested if one.gone is Side.HERE}
    for record in joining.new:
        if ref_of(record) not in coming_back and not _is_here(journal, record):
            journal.create(record, FROM_FILE)
    for contested in joining.contested:
        _contested(journal, contested, is_thrown_away(contested, choices))
    removed = {one.id for one in joining.removed}
    for gone in joining.removed:
        if not (isinstance(gone, Photo) and gone.activity_id in removed):  # it goes with its activity
            _throw_away(journal, gone)
    for change in joining.taken:
        _take(journal, change)
    for change in joining.unused:
        if choices.get(change.key) is Side.OTHER:
            _take(journal, change)
        else:
            stored = _stored(journal, change.record)
            journal.keep_unused(stored, with_change(stored, change), change.field, FROM_FILE)


def _take(journal: Journal, change: FieldChange) -> None:
    stored = _stored(journal, change.record)
    journal.change(stored, with_change(stored, change), change.field, FROM_FILE)


def _contested(journal: Journal, contested: Contested, thrown_away: bool) -> None:
    """A record that one side threw away: here it lies in the ごみ箱, or it is thrown away now."""
    if contested.gone is Side.OTHER:
        if thrown_away:
            _throw_away(journal, contested.record)
        return
    stored = _stored(journal, contested.record)
    for name in fields_that_differ(stored, contested.record):
        value, unread = state_in(contested.record, name)
        change = FieldChange(stored, name, value, unread, contested.record)
        stored = journal.change(stored, with_change(stored, change), name, FROM_FILE)
    if not thrown_away:
        journal.restore(stored)


def _throw_away(journal: Journal, record: Record) -> None:
    stored = _stored(journal, record)
    if isinstance(stored, Activity | Photo | GoodPractice) and stored.deleted_at is None:
        journal.change(stored, with_field(stored, DELETED, journal.now), DELETED, FROM_FILE)


def _is_here(journal: Journal, record: Record) -> bool:
    """Pictures of an activity in the ごみ箱 lie there with it, without a mark of their own."""
    if not isinstance(record, Photo):
        return False
    try:
        _stored(journal, record)
    except NotFound:
        return False
    return True


def _stored(journal: Journal, record: Record) -> Record:
    return journal.stores.records.get(ref_of(record), org=record.org, fiscal_year=record.fiscal_year)
