"""ほかの人が書いた分を合わせる: a colleague's work comes as a 控え with a passphrase and is joined.

A report is sealed to the office and opens nowhere else. A 控え carries everything but the keys, opens with
its own passphrase, and both people know it as a file; so it is what one hands to the other.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.dates import era_timestamp
from shakyo_desktop.domain.errors import BadInput, NotReady, PackageRefused, ShakyoError
from shakyo_desktop.domain.joining_years import Joining, Side, join_years
from shakyo_desktop.domain.records import Record
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.copy_file import damaged_copy
from shakyo_desktop.services.copy_reading import opened_copy
from shakyo_desktop.services.desk import desk_of
from shakyo_desktop.services.foreign_records import check_picture, repaired_texts
from shakyo_desktop.services.join_lines import (
    JoinSide,
    JoinView,
    Pair,
    Recorder,
    conflict_lines,
    first_words,
    item_numbers,
)
from shakyo_desktop.services.joining_in import join_in
from shakyo_desktop.services.journal import Journal
from shakyo_desktop.services.shared_beginning import (
    History,
    StoreYear,
    newest_common,
    read_year,
    shared_beginning,
)
from shakyo_desktop.storage.stores import Stores

_CHOICES = "colleague"
_SOMEBODY = "もう一台のパソコン"


@dataclass(frozen=True, slots=True)
class ColleagueFile:
    """A colleague's 控え, what opens it, and the year that is joined."""

    path: Path
    secret: str = field(repr=False)
    fiscal_year: int


@dataclass(frozen=True, slots=True)
class Joined:
    """What came in: fields and records of the colleague, and conflicts that were decided."""

    brought: int
    decided: int


@dataclass(frozen=True, slots=True)
class _Both:
    """Both stores' years and how the colleague's is joined into ours."""

    copy: str
    who: str
    here: StoreYear
    other: StoreYear
    pair: Pair


class ColleagueJoining:
    """Joins what a second person of the same district wrote on another computer."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def look(self, file: ColleagueFile) -> JoinView:
        """Both years side by side, with the choices made so far; nothing is stored.

        Raises:
            BadInput: it is another district's copy, an office's, or a practice copy (or we practise).
            FileUnreadable, StoreLocked, StoreDamaged, StoreTooNew, NotSaved: as ``opened_copy``.
            NotReady: the year's report is accepted and was not reopened.
        """
        with self._opened(file) as (theirs, copy), self._context.database.reading() as stores:
            both = _both(stores, theirs, file.fiscal_year, copy)
            desk_of(self._context, stores).expect_open(file.fiscal_year)
            return _view(stores, both, _choices(stores, both))

    def choose(self, file: ColleagueFile, choices: Mapping[str, Side | None]) -> None:
        """Remember choices that are not final yet; None takes one back."""
        key = f"{_CHOICES}.{file.fiscal_year}"
        with self._context.database.transaction() as stores:
            kept: dict[str, str] = stores.settings.get(key, {})
            for name, side in choices.items():
                kept.pop(name, None)
                if side is not None:
                    kept[name] = side.value
            stores.settings.set(key, kept)

    def finish(self, file: ColleagueFile) -> Joined:
        """Join them, all in one transaction; every change stands in the history of its record.

        Raises:
            NotReady: a conflict is undecided; everything chosen so far is kept.
            As ``look``.
        """
        with self._opened(file) as (theirs, copy), self._context.database.transaction() as stores:
            desk = desk_of(self._context, stores)
            desk.expect_open(file.fiscal_year)
            both = _both(stores, theirs, file.fiscal_year, copy)
            choices = _choices(stores, both)
            view = _view(stores, both, choices)
            if view.undecided:
                raise NotReady(
                    f"まだ選んでいない欄が{view.undecided}か所あります（{first_words(view.lines)} など）。\n"
                    "選んだものは残っています。記録はまだ変わっていません。\n"
                    "全部選んでから、もう一度押してください。",
                    code="joining.undecided",
                )
            _bring_pictures(stores, theirs, both.pair)
            join_in(Journal(stores, both.who, desk.journal.now), both.pair.joining, choices)
            stores.settings.remove(f"{_CHOICES}.{file.fiscal_year}")
            return Joined(len(view.brought), len(view.lines))

    @contextmanager
    def _opened(self, file: ColleagueFile) -> Iterator[tuple[Stores, str]]:
        with opened_copy(self._context, file.path, file.secret) as (database, copy):
            with database.reading() as theirs, self._context.database.reading() as ours:
                _expect_ours(ours, theirs)
                _expect_readable(theirs, str(ours.settings.get("org")), file.fiscal_year)
            with database.reading() as theirs:
                yield theirs, copy


def _expect_ours(ours: Stores, theirs: Stores) -> None:
    """Raise ``BadInput`` unless both are stores of the same district."""
    facts = [stores.settings.some("org", "role", "practice") for stores in (ours, theirs)]
    own, other = ({"practice": False, "role": None, "org": None, **one} for one in facts)
    if other["role"] != OrganisationKind.DISTRICT.value or own["org"] != other["org"]:
        raise BadInput(
            "これは、ほかの地区部会か事務所の控えです。何も変えていません。\n"
            "同じ地区部会の人のパソコンで作った控えを選んでください。"
        )
    if own["practice"] != other["practice"]:
        raise BadInput(
            "練習の控えと本物の記録は、合わせられません。何も変えていません。\n"
            "同じ地区部会の人のパソコンで作った控えを選んでください。"
        )


def _expect_readable(theirs: Stores, org: str, fiscal_year: int) -> None:
    """Raise ``FileUnreadable`` when a copy's rows are none that this program wrote.

    Whoever knows the passphrase can have made the store by hand. What its rows may break is not to be
    foreseen, so that everything which is used of it is read once for this question alone.
    """
    try:
        read_year(theirs, org, fiscal_year)
        str(theirs.settings.get("person_name", ""))
    except ShakyoError:
        raise
    except Exception as error:
        raise damaged_copy() from error


def _both(stores: Stores, theirs: Stores, fiscal_year: int, copy: str) -> _Both:
    org = str(stores.settings.get("org"))
    here, other = read_year(stores, org, fiscal_year), read_year(theirs, org, fiscal_year)
    other = replace(other, year=repaired_texts(other.year), gone=repaired_texts(other.gone))
    base = shared_beginning(here, other, newest_common(stores, here, other))
    joining = join_years(here.year, other.year, base, here.gone)
    who = repaired_texts(str(theirs.settings.get("person_name", ""))) or _SOMEBODY
    return _Both(copy, who, here, other, Pair(here.year, other.year, base, joining))


def _view(stores: Stores, both: _Both, choices: Mapping[str, Side]) -> JoinView:
    year = both.here.year
    plans = stores.plans.for_year(year.fiscal_year)
    own = str(stores.settings.get("person_name", "")) or "このパソコン"
    by = {Side.HERE: _recorder(both.here.history), Side.OTHER: _recorder(both.other.history)}
    return JoinView(
        title=stores.organisations.get(year.org).name,
        fiscal_year=year.fiscal_year,
        here=JoinSide("このパソコン", f"{own}　{_written(both.here)}"),
        other=JoinSide("相手の控え", f"{both.who}　{_written(both.other)}"),
        lines=conflict_lines(both.pair.joining, plans, choices, by, item_numbers(year, both.other.year)),
        brought=both.pair.brought(plans),
        kept=both.pair.kept(plans),
    )


def _written(side: StoreYear) -> str:
    """When somebody last wrote there."""
    newest = max((row.at for rows in side.history.values() for row in rows), default=None)
    return f"{era_timestamp(newest)} まで書いた" if newest else "まだ書いていません"


def _recorder(history: History) -> Recorder:
    """The last row of history about a field, or the making of its record."""

    def recorder(record: Record, name: str) -> str:
        rows = history.get(record.id, ())
        about = [row for row in rows if row.field == name] or list(rows)[:1]
        return f"{era_timestamp(about[-1].at)}　{repaired_texts(about[-1].who)}" if about else ""

    return recorder


def _choices(stores: Stores, both: _Both) -> dict[str, Side]:
    joining: Joining = both.pair.joining
    kept: dict[str, str] = stores.settings.get(f"{_CHOICES}.{both.here.year.fiscal_year}", {})
    return {key: Side(kept[key]) for key in joining.keys if key in kept}


def _bring_pictures(stores: Stores, theirs: Stores, pair: Pair) -> None:
    """Keep the bytes of every picture that comes in; what is here already is not copied.

    Raises:
        FileUnreadable: one of them is none that this program made.
    """
    wanted = stores.blobs.missing(one.sha256 for one in pair.other.photos)
    for photo in pair.other.photos:
        if photo.sha256 in wanted:
            data = theirs.blobs.get(photo.sha256)
            try:
                check_picture(photo, data)
            except PackageRefused as refusal:
                raise damaged_copy() from refusal
            stores.blobs.put(photo.sha256, data)
