"""成果事例 at the office: choose stories, word them for others, print them; nothing leaves without consent.

Every change is one commit with one row of history, so that any edition can be brought back.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from shakyo_desktop.domain.codes import Source
from shakyo_desktop.domain.errors import NotFound, NotReady
from shakyo_desktop.domain.records import Change
from shakyo_desktop.domain.sharing import (
    SharedWording,
    consented,
    fingerprint,
    first_wording,
)
from shakyo_desktop.domain.text import repair_text
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.practice_papers import booklet_pdf, leaflet_pdf
from shakyo_desktop.services.practice_rows import (
    Delivery,
    PracticeKey,
    PracticeRow,
    deliveries,
    practice_row,
    practice_rows,
)
from shakyo_desktop.services.sharing_consent import history_ref
from shakyo_desktop.storage.stores import Stores

_TEXTS = {"title": False, "story": True}
_LABELS = {
    "title": "題名",
    "story": "内容",
    "photo_ids": "写真",
    "chosen": "選ぶ",
    "based_on": "もとの文との見くらべ",
    "words": "もとの文に戻す",
}
_NO_CONSENT = (
    "この事例には、紹介してよいという同意の印がありません。\n事例も、区の文も、そのまま残っています。\n"
    "地区部会に確かめて、同意の印を付けた報告を出し直してもらってください。"
)
_NOTHING = (
    "印刷できる事例がありません。\n記録は何も変わっていません。\n"
    "同意のある事例を「選ぶ」で選んでから、もう一度押してください。"
)


@dataclass(frozen=True, slots=True)
class Edition:
    """One change of a wording, for a person to read; ``undone`` was taken back later."""

    at: datetime
    who: str
    label: str
    text: str
    source: str
    undone: bool


class SharingService:
    """Good practices of all districts; the district's own words are never changed."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def rows(self, fiscal_year: int | None = None) -> tuple[PracticeRow, ...]:
        """Every story of a year, or of all years, newest first."""
        with self._context.database.reading() as stores:
            return practice_rows(stores, fiscal_year)

    def row(self, key: PracticeKey) -> PracticeRow:
        """One story as it stands now.

        Raises:
            NotFound: no report and no wording has it.
        """
        with self._context.database.reading() as stores:
            return _expect(stores, key)

    def photo(self, sha256: str) -> bytes:
        """The bytes of a photo (JPEG)."""
        with self._context.database.reading() as stores:
            return stores.blobs.get(sha256)

    def change(self, key: PracticeKey, field: str, value: Any) -> PracticeRow:
        """Store the wording's ``title``, ``story`` or ``photo_ids``; a text that is too long is kept too."""
        if field in _TEXTS:
            value = repair_text(str(value or ""), multiline=_TEXTS[field])
        return self._write(key, lambda row: replace(row.wording, **{field: value}), field)

    def choose(self, key: PracticeKey, chosen: bool) -> PracticeRow:
        """Choose a story to be shared, or leave it out again.

        Raises:
            NotReady: it has no consent.
        """

        def chosen_now(row: PracticeRow) -> SharedWording:
            if chosen and not consented(row.practice):
                raise NotReady(_NO_CONSENT)
            return replace(row.wording, chosen=chosen, withdrawn=row.wording.withdrawn and not chosen)

        return self._write(key, chosen_now, "chosen")

    def keep_wording(self, key: PracticeKey) -> PracticeRow:
        """The district changed its words, and the office's wording stays right all the same."""

        def compared(row: PracticeRow) -> SharedWording:
            if row.practice is None:
                return row.wording
            return replace(row.wording, based_on=fingerprint(row.practice))

        return self._write(key, compared, "based_on")

    def take_original(self, key: PracticeKey) -> PracticeRow:
        """Put the district's words, as they are now, in place of the office's wording."""

        def original(row: PracticeRow) -> SharedWording:
            if row.practice is None:
                raise NotFound.of("もとの文")
            first = first_wording(row.practice)
            return replace(row.wording, title=first.title, story=first.story, based_on=first.based_on)

        return self._write(key, original, "words")

    def undo(self, key: PracticeKey) -> PracticeRow | None:
        """Take the newest change of a wording back, also after a restart; None when there is none left."""
        with self._context.database.transaction() as stores:
            row = _expect(stores, key)
            newest = stores.history.latest_undoable(history_ref(key))
            if newest is None:
                return None
            after = _with_state(row.wording, newest.field, newest.old)
            if after.chosen and not consented(row.practice):
                raise NotReady(_NO_CONSENT)
            stores.wordings.save(after)
            now = _state(row.wording, newest.field)
            self._note(stores, key, newest.field, now, newest.old, Source.UNDO, newest.id)
            return _expect(stores, key)

    def editions(self, key: PracticeKey) -> tuple[Edition, ...]:
        """Every change of a wording, newest first."""
        with self._context.database.reading() as stores:
            changes = stores.history.of(history_ref(key))
        undone = {change.undoes for change in changes}
        return tuple(_edition(change, change.id in undone) for change in reversed(changes))

    def deliveries(self) -> tuple[Delivery, ...]:
        """Which districts have the chosen stories with the answers they were given."""
        with self._context.database.reading() as stores:
            return deliveries(stores, practice_rows(stores))

    def booklet(self, keys: Sequence[PracticeKey]) -> bytes:
        """The 成果事例集 of these stories as a PDF; a story that may not leave is left out.

        Raises:
            NotReady: none of them may leave.
        """
        with self._context.database.reading() as stores:
            return booklet_pdf(stores, self._printable(stores, keys), self._context.now())

    def leaflet(self, keys: Sequence[PracticeKey]) -> bytes:
        """The 広報 sheet of one or two stories as a PDF of one page.

        Raises:
            NotReady: none of them may leave, or more than two were chosen.
            DocumentFailed: the texts do not fit on one page.
        """
        if len(keys) > 2:
            raise NotReady(
                "広報の紙に載せられる事例は2つまでです。\n選んだ事例はそのままです。\n1つか2つを選んでください。"
            )
        with self._context.database.reading() as stores:
            return leaflet_pdf(stores, self._printable(stores, keys), self._context.now())

    def _printable(self, stores: Stores, keys: Sequence[PracticeKey]) -> list[PracticeRow]:
        rows = [row for row in practice_rows(stores) if row.key in set(keys) and row.may_leave]
        if not rows:
            raise NotReady(_NOTHING)
        return rows

    def _write(
        self, key: PracticeKey, changed: Callable[[PracticeRow], SharedWording], field: str
    ) -> PracticeRow:
        with self._context.database.transaction() as stores:
            row = _expect(stores, key)
            after = changed(row)
            if after == row.wording and (row.touched or field != "chosen"):
                return row
            stores.wordings.save(after)
            before = _state(row.wording, field)
            self._note(stores, key, field, before, _state(after, field), Source.DIRECT)
            return _expect(stores, key)

    def _note(
        self,
        stores: Stores,
        key: PracticeKey,
        field: str,
        old: object,
        new: object,
        source: Source,
        undoes: int | None = None,
    ) -> None:
        who = str(stores.settings.get("person_name", ""))
        stores.history.append(history_ref(key), field, old, new, who, self._context.now(), source, undoes)


def _expect(stores: Stores, key: PracticeKey) -> PracticeRow:
    row = practice_row(stores, key)
    if row is None:
        raise NotFound.of("その成果事例")
    return row


def _state(wording: SharedWording, field: str) -> object:
    if field == "words":
        return {"title": wording.title, "story": wording.story, "based_on": wording.based_on}
    value = getattr(wording, field)
    return list(value) if isinstance(value, tuple) else value


def _with_state(wording: SharedWording, field: str, state: Any) -> SharedWording:
    if field == "words":
        return replace(wording, **state)
    changes: dict[str, Any] = {field: tuple(state) if field == "photo_ids" else state}
    return replace(wording, **changes)


def _edition(change: Change, undone: bool) -> Edition:
    return Edition(change.at, change.who, _LABELS[change.field], _words(change), change.source.label, undone)


def _words(change: Change) -> str:
    new = change.new
    match change.field:
        case "chosen":
            return "選びました" if new else "選ぶのをやめました"
        case "photo_ids":
            return f"{len(new)}枚" if isinstance(new, list) else ""
        case "words":
            return str(new["story"]) if isinstance(new, dict) else ""
        case "based_on":
            return "この文のままでよいことを確かめました"
        case _:
            return str(new)
