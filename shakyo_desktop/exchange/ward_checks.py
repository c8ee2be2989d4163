"""What the tables of a ward's report must say about each other and about its districts' evidence."""

from collections.abc import Iterable, Mapping

from shakyo_desktop.domain.compilation import FindingScope
from shakyo_desktop.domain.records import GoodPractice, Photo
from shakyo_desktop.exchange import ward_lines as lines_of
from shakyo_desktop.exchange.lines import fields_of
from shakyo_desktop.exchange.opened import DistrictEvidence
from shakyo_desktop.exchange.refusal import require
from shakyo_desktop.exchange.ward_tables import WardLines, scope_id, total_id

_REFERENCE, _SCHEMA = "data.reference", "data.schema"
Totals = Mapping[tuple[int, int], list[lines_of.TotalLine]]


def check_compilation(rows: list[lines_of.CompilationLine]) -> lines_of.HeadPart:
    """One plan, one line about the whole, and every line's id and parts as its scope says."""
    require(len({row.plan_id for row in rows}) == 1, _REFERENCE, "plan")
    heads = [row.head for row in rows if row.head is not None]
    require(len(heads) == 1, _REFERENCE, "one line about the whole")
    for row in rows:
        require(row.id == scope_id(row.plan_id, row.scope, row.number), _REFERENCE, "compilation id")
        require((row.head is not None) == (row.scope is FindingScope.WHOLE), _SCHEMA, "head")
        require((row.item is not None) == (row.scope is FindingScope.ITEM), _SCHEMA, "item")
        require((row.number == 0) == (row.scope is FindingScope.WHOLE), _SCHEMA, "number")
    _check_places((row.item.position for row in rows if row.item is not None), "places of the items")
    return heads[0]


def check_totals(lines: WardLines, fiscal_year: int) -> Totals:
    """Sums by year and item; each is an item's, of this year or the last, and its values have their sum."""
    items = {row.number: row.item for row in lines.compilation if row.item is not None}
    here = {line.id for line in lines.coverage if line.package_id is not None}
    found: dict[tuple[int, int], list[lines_of.TotalLine]] = {}
    sums = {_key(line): _words(line) for line in lines.totals if line.org is None}
    for line in lines.totals:
        wanted = total_id(line.fiscal_year, line.item_number, line.code, line.org)
        require(line.id == wanted, _REFERENCE, "sum id")
        item = items.get(line.item_number)
        require(item is not None, _REFERENCE, "sum of no item")
        is_last = line.fiscal_year == fiscal_year - 1 and item is not None and item.last_year is not None
        require(line.fiscal_year == fiscal_year or (is_last and line.org is None), _REFERENCE, "sum's year")
        require(line.org is None or line.org in here, _REFERENCE, "value of no report")
        blank = {line.stated is None, line.expected is None}
        require(blank == {line.org is not None}, _SCHEMA, "coverage of a sum")
        require(line.org is None or line.total is not None, _SCHEMA, "value")
        require(line.org is not None or line.mapped is None, _SCHEMA, "mapped")
        require(sums.get(_key(line)) == _words(line), _REFERENCE, "value without its sum")
        found.setdefault((line.fiscal_year, line.item_number), []).append(line)
    for of_item in found.values():
        _check_places((line.position for line in of_item if line.org is None), "places of the sums")
    return found


def _check_places(positions: Iterable[int], detail: str) -> None:
    """Places are counted from 0 and every one is taken once, so that the order is said and nothing else."""
    taken = sorted(positions)
    require(taken == list(range(len(taken))), _REFERENCE, detail)


def _key(line: lines_of.TotalLine) -> tuple[int, int, str]:
    return line.fiscal_year, line.item_number, line.code


def _words(line: lines_of.TotalLine) -> tuple[int, str, str]:
    """What a sum and the values behind it say alike: only the sum's words are ever shown."""
    return line.position, line.label, line.unit


def shared_practices(
    lines: WardLines, fiscal_year: int, districts: Mapping[str, DistrictEvidence]
) -> tuple[GoodPractice, ...]:
    """The practices, each of an item of the compilation and told with consent by its district."""
    items = {(row.plan_id, row.number) for row in lines.compilation if row.item is not None}
    told = {
        (org, one.id)
        for org, evidence in districts.items()
        for one in evidence.year.good_practices
        if one.consent
    }
    found = []
    for line in lines.practices:
        require((line.plan_id, line.item_number) in items, _REFERENCE, "practice of no item")
        require((line.org, line.id) in told, _REFERENCE, "practice's consent")
        found.append(GoodPractice(**fields_of(line), fiscal_year=fiscal_year, consent=True))
    return tuple(found)


def shared_photos(
    practices: Iterable[GoodPractice], districts: Mapping[str, DistrictEvidence]
) -> tuple[Photo, ...]:
    """The photos of the practices, each of its own district and with consent."""
    found: dict[str, Photo] = {}
    shown = {
        org: {photo.id: photo for photo in evidence.year.photos if photo.consent}
        for org, evidence in districts.items()
    }
    for practice in practices:
        allowed = shown[practice.org]
        require(allowed.keys() >= set(practice.photo_ids), "photo.list", "without consent")
        found |= {photo_id: allowed[photo_id] for photo_id in practice.photo_ids}
    return tuple(found.values())
