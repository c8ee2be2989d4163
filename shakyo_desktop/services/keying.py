"""紙から入力: sheets of paper taken back box by box, in the order and under the numbers of the paper.

Every box is kept as it was keyed before anything is made of it, so that keying can stop at any box and go
on there later.
"""

from dataclasses import replace

from shakyo_desktop.domain.errors import BadInput, NotFound
from shakyo_desktop.domain.forms import activity_sheet, large_sheet
from shakyo_desktop.domain.forms.keyed import VOID, KeyedBox, SheetKey
from shakyo_desktop.domain.forms.layout import ActivityRow, Box, FormCode, Target
from shakyo_desktop.domain.forms.paper import KeyingPlace
from shakyo_desktop.domain.forms.sheet_code import read_sheet_code
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.desk import Desk, desk_of, not_to_be_keyed
from shakyo_desktop.services.form_layouts import form_layout, plan_for_form
from shakyo_desktop.services.keyed_records import apply_boxes, take_back, throw_away
from shakyo_desktop.services.keying_sheet import UNREAD, Keyed, KeyingSheet, read_sheet, remark_on
from shakyo_desktop.services.recording import RecordingService

NO_ITEM = "取組項目の番号を入れると、この行が活動記録に入ります。"

STOPPED_AFTER = "keying.stopped_after"
"""Setting, with district and year: the revision of the newest report when keying stopped, 0 before one."""


class KeyingService:
    """Keys the paper of one district: the own one, or the one whose paper an office keys (代行入力)."""

    def __init__(self, context: ServiceContext, org: str | None = None) -> None:
        self._context = context
        self._org = org

    def closed(self, fiscal_year: int) -> str:
        """Why nothing can be keyed into a year now, in words; empty when it can."""
        with self._context.database.reading() as stores:
            desk = desk_of(self._context, stores, self._org)
            locking = desk.locking(fiscal_year) if desk.keyed_for else None
            return not_to_be_keyed(locking).message if locking else ""

    def sheet(
        self,
        form: FormCode,
        fiscal_year: int,
        page: int = 1,
        plan_id: str | None = None,
        *,
        large: bool = False,
    ) -> KeyingSheet:
        """A sheet by its form and page; of F4 every item gets its status first.

        Raises:
            NotFound: no such plan or form.
            BadInput: the form has no such page.
        """
        with self._context.database.reading() as stores:
            desk = desk_of(self._context, stores, self._org)
            plan = plan_for_form(stores, fiscal_year, plan_id)
            version = form_layout(form, plan, fiscal_year, large=large).version
            key = SheetKey(
                org=desk.org,
                fiscal_year=fiscal_year,
                plan_id=plan.id,
                form=form,
                version=version,
                page=page,
            )
        return self.open_sheet(key)

    def sheet_of_code(self, text: str, plan_id: str | None = None) -> KeyingSheet:
        """The sheet whose QR code a hand scanner typed.

        Raises:
            BadInput: it is no code of a form, or another district's, or of an unknown layout.
        """
        code = read_sheet_code(text)
        with self._context.database.reading() as stores:
            desk = desk_of(self._context, stores, self._org)
            plan = plan_for_form(stores, code.fiscal_year, plan_id)
            known = stores.organisations.find(code.org)
            if code.org != desk.org or known is None:
                name = known.name if known else code.org
                raise BadInput(
                    f"この用紙は{name}のものです。\n入力した内容はそのままです。\n"
                    "用紙の右上の地区部会の名前を確かめてください。",
                    code="sheet.org",
                )
        key = SheetKey(
            org=code.org,
            fiscal_year=code.fiscal_year,
            plan_id=plan.id,
            form=code.form,
            version=code.version,
            page=code.page,
        )
        return self.open_sheet(key)

    def next_free(self, fiscal_year: int, *, large: bool = False) -> int:
        """The number of the next sheet of F1 of which nothing was keyed yet."""
        version = large_sheet.VERSION if large else activity_sheet.VERSION
        with self._context.database.reading() as stores:
            org = desk_of(self._context, stores, self._org).org
            keyed = stores.paper.pages_keyed(org, fiscal_year, FormCode.F1, version)
        return max(keyed, default=0) + 1

    def sheet_at(self, place: KeyingPlace) -> KeyingSheet:
        """The sheet on which keying stopped."""
        return self.open_sheet(
            SheetKey(
                org=place.org,
                fiscal_year=place.fiscal_year,
                plan_id=place.plan_id,
                form=place.form,
                version=place.version,
                page=place.page,
            )
        )

    def turned(self, sheet: KeyingSheet, page: int) -> KeyingSheet:
        """Another page of the same form.

        Raises:
            BadInput: the form has no such page.
        """
        return self.open_sheet(replace(sheet.key, page=page))

    def open_sheet(self, key: SheetKey) -> KeyingSheet:
        """A sheet with what was keyed of it so far.

        Raises:
            NotReady: the year is locked; nobody should key a page for nothing.
            BadInput: the form has no such page or layout.
        """
        with self._context.database.reading() as stores:
            desk_of(self._context, stores, self._org).expect_open(key.fiscal_year)
        if key.form is FormCode.F4:
            RecordingService(self._context, self._org).open_year(key.fiscal_year)
        with self._context.database.reading() as stores:
            return read_sheet(stores, key)

    def key(self, sheet: KeyingSheet, number: str, typed: str) -> Keyed:
        """Keep what was keyed in a box and bring it into its record.

        Raises:
            NotReady: the year is locked.
            NotFound: the sheet has no such box.
        """
        row = sheet.row_of(number)
        box, target = next((b, t) for b, t in row.pairs() if b.number == number)
        with self._context.database.transaction() as stores:
            desk = desk_of(self._context, stores, self._org)
            plan = stores.plans.get(sheet.key.plan_id)
            kept = stores.paper.boxes(sheet.key)
            kept[number] = typed_box(desk, kept.get(number), number, typed)
            record_id = _apply(desk, plan, sheet, target, kept)
            stores.paper.save(sheet.key, [kept[number]])
        remark = remark_on(sheet, box, row, {name: one.text for name, one in kept.items()})
        if not remark and isinstance(target, ActivityRow) and not record_id and typed.strip():
            remark = NO_ITEM if box.field != "item_number" else UNREAD
        return Keyed(kept[number], remark)

    def void(self, sheet: KeyingSheet, row: str, *, on: bool) -> None:
        """Mark a row as struck out with a double line (無効), or take the mark away.

        Its activity goes to the ごみ箱 and comes back from there; what was keyed of the row stays.

        Raises:
            NotFound: the sheet is none of F1.
            NotReady: the year is locked.
        """
        mark = f"{row}-{VOID}"
        if sheet.key.form is not FormCode.F1:
            raise NotFound.of("無効にできる行")
        with self._context.database.transaction() as stores:
            desk = desk_of(self._context, stores, self._org)
            desk.expect_open(sheet.key.fiscal_year)
            boxes = stores.paper.boxes(sheet.key)
            own = {box.number for line in sheet.page.rows if line.number == row for box in line.boxes}
            known = {boxes[name].record_id for name in own & boxes.keys() if boxes[name].record_id}
            for record_id in known:
                (throw_away if on else take_back)(desk, record_id)
            if on:
                stores.paper.save(sheet.key, [typed_box(desk, None, mark, VOID)])
            else:
                stores.paper.forget(sheet.key, [mark])

    def stop_at(self, sheet: KeyingSheet, number: str, *, second_pass: bool = False) -> None:
        """Remember the box to go on at."""
        key = sheet.key
        with self._context.database.transaction() as stores:
            last = stores.submissions.newest(key.org, key.fiscal_year)
            known = last.revision if last else 0
            stores.settings.set(f"{STOPPED_AFTER}.{key.org}.{key.fiscal_year}", known)
            stores.paper.save_place(
                KeyingPlace(
                    org=key.org,
                    fiscal_year=key.fiscal_year,
                    plan_id=key.plan_id,
                    form=key.form,
                    version=key.version,
                    page=key.page,
                    box=number,
                    at=self._context.now(),
                    second_pass=second_pass,
                )
            )

    def place(self, fiscal_year: int) -> KeyingPlace | None:
        """Where keying stopped, None when nothing was keyed in that year."""
        with self._context.database.reading() as stores:
            return stores.paper.place(desk_of(self._context, stores, self._org).org, fiscal_year)


def typed_box(desk: Desk, known: KeyedBox | None, number: str, typed: str) -> KeyedBox:
    """A box with its new text, and who keyed it now; the same box when nothing changed."""
    if known is not None and known.text == typed:
        return known
    now, who = desk.journal.now, desk.journal.who
    if known is None:
        return KeyedBox(box=number, text=typed, keyed_by=who, keyed_at=now)
    return replace(known, text=typed, keyed_by=who, keyed_at=now)


def _apply(desk: Desk, plan: Plan, sheet: KeyingSheet, target: Target, kept: dict[str, KeyedBox]) -> str:
    """Bring everything keyed of the box's record into it; its id is kept with each of its boxes."""
    own = [box for row in sheet.page.rows for box, whose in row.pairs() if whose == target]
    texts: dict[Box, str] = {box: kept[box.number].text for box in own if box.number in kept}
    known = next(
        (kept[box.number].record_id for box in own if box.number in kept and kept[box.number].record_id),
        "",
    )
    record_id = apply_boxes(desk, plan, sheet.key.fiscal_year, target, texts, known)
    changed = [
        replace(kept[box.number], record_id=record_id)
        for box in texts
        if kept[box.number].record_id != record_id
    ]
    desk.stores.paper.save(sheet.key, changed)
    kept.update({one.box: one for one in changed})
    return record_id
