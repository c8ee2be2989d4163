"""What was keyed from paper, where keying stopped, what was printed and confirmed, and pictures of sheets."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, Connection, Table, and_, delete, select

from shakyo_desktop.domain.forms.keyed import KeyedBox, SheetKey
from shakyo_desktop.domain.forms.layout import FormCode
from shakyo_desktop.domain.forms.paper import KeyingPlace, PaperPage, PaperScan
from shakyo_desktop.storage import paper_tables as tables
from shakyo_desktop.storage.codec import Codec
from shakyo_desktop.storage.upserts import put

_SHEETS = Codec(SheetKey, tables.keyed_boxes)
_BOXES = Codec(KeyedBox, tables.keyed_boxes)
_PLACES = Codec(KeyingPlace, tables.keying_places)
_PAGES = Codec(PaperPage, tables.paper_pages)
_SCANS = Codec(PaperScan, tables.paper_scans)


class PaperStore:
    """One sheet of paper is a ``SheetKey``."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def boxes(self, sheet: SheetKey) -> dict[str, KeyedBox]:
        """What was keyed of a sheet, by the number of the box."""
        statement = _BOXES.select().where(_same(tables.keyed_boxes, sheet))
        return {one.box: one for one in _BOXES.read_all(self._connection.execute(statement))}

    def save(self, sheet: SheetKey, boxes: Iterable[KeyedBox]) -> None:
        """Keep boxes as they were keyed, in place of what was kept of them."""
        key = _SHEETS.row(sheet)
        put(self._connection, tables.keyed_boxes, [_BOXES.row(box, **key) for box in boxes])

    def of_year(self, org: str, fiscal_year: int) -> tuple[tuple[SheetKey, KeyedBox], ...]:
        """Everything keyed of a district's year, by form, page and box, in one statement."""
        columns = tables.keyed_boxes.c
        width = len(_SHEETS.columns)
        statement = (
            select(*_SHEETS.columns, *_BOXES.columns)
            .where(columns.org == org, columns.fiscal_year == fiscal_year)
            .order_by(columns.form, columns.version, columns.page, columns.box)
        )
        rows = self._connection.execute(statement)
        return tuple((_SHEETS.read(row[:width]), _BOXES.read(row[width:])) for row in rows)

    def pages_keyed(self, org: str, fiscal_year: int, form: FormCode, version: int) -> tuple[int, ...]:
        """The pages of a form's layout of which anything was keyed, ascending."""
        columns = tables.keyed_boxes.c
        same = (
            columns.org == org,
            columns.fiscal_year == fiscal_year,
            columns.form == form.value,
            columns.version == version,
        )
        statement = select(columns.page).where(*same).distinct().order_by(columns.page)
        return tuple(self._connection.scalars(statement))

    def forget(self, sheet: SheetKey, boxes: Iterable[str]) -> None:
        """Forget what was keyed in some boxes of a sheet."""
        same = _same(tables.keyed_boxes, sheet)
        gone = tables.keyed_boxes.c.box.in_(list(boxes))
        self._connection.execute(delete(tables.keyed_boxes).where(same, gone))

    def save_place(self, place: KeyingPlace) -> None:
        """Remember where keying stopped, one place for each district and year."""
        put(self._connection, tables.keying_places, _PLACES.row(place))

    def place(self, org: str, fiscal_year: int) -> KeyingPlace | None:
        """Where keying stopped, or None when nothing was keyed yet."""
        row = self._connection.execute(_PLACES.select().filter_by(org=org, fiscal_year=fiscal_year)).first()
        return None if row is None else _PLACES.read(row)

    def save_page(self, page: PaperPage) -> None:
        """Keep what a page said when it was printed or confirmed."""
        put(self._connection, tables.paper_pages, _PAGES.row(page))

    def pages(self, org: str, fiscal_year: int) -> tuple[PaperPage, ...]:
        """The pages of a district's year that were printed or confirmed, by form and page."""
        columns = tables.paper_pages.c
        statement = _PAGES.select().where(columns.org == org, columns.fiscal_year == fiscal_year)
        ordered = statement.order_by(columns.plan_id, columns.form, columns.version, columns.page)
        return _PAGES.read_all(self._connection.execute(ordered))

    def add_scan(self, scan: PaperScan) -> None:
        """Keep a picture of a sheet; its bytes are put into ``blobs`` in the same transaction."""
        self._connection.execute(tables.paper_scans.insert(), _SCANS.row(scan))

    def scans(self, sheet: SheetKey) -> tuple[PaperScan, ...]:
        """The pictures of a sheet, oldest first."""
        columns = tables.paper_scans.c
        statement = _SCANS.select().where(_same(tables.paper_scans, sheet))
        return _SCANS.read_all(self._connection.execute(statement.order_by(columns.position, columns.id)))

    def remove_scan(self, scan_id: str) -> None:
        """Forget a picture of a sheet; its bytes go with ``blobs.unreferenced``."""
        self._connection.execute(delete(tables.paper_scans).where(tables.paper_scans.c.id == scan_id))


def _same(table: Table, sheet: SheetKey) -> ColumnElement[bool]:
    return and_(*(table.c[name] == value for name, value in _SHEETS.row(sheet).items()))
