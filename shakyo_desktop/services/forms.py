"""Paper forms: which there are for a year, and their sheets blank, pre-filled or filled in."""

import io
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Any, BinaryIO

from shakyo_desktop.domain.codes import OrganisationKind
from shakyo_desktop.domain.errors import Cancelled
from shakyo_desktop.domain.forms.activity_sheet import ROWS
from shakyo_desktop.domain.forms.layout import FormCode, FormLayout
from shakyo_desktop.domain.forms.proof import ProofPage
from shakyo_desktop.domain.forms.values import Cover, FormValues, activities_on_paper, form_values
from shakyo_desktop.domain.numbers import show_check_number
from shakyo_desktop.domain.organisations import Organisation, parent_code
from shakyo_desktop.domain.plan import Plan
from shakyo_desktop.domain.records import YearRecords
from shakyo_desktop.services import proofs
from shakyo_desktop.services.context import ServiceContext
from shakyo_desktop.services.form_layouts import form_layout, has_form, plan_for_form
from shakyo_desktop.services.form_photos import sheet_photos
from shakyo_desktop.services.own_keys import own_check_number
from shakyo_desktop.storage.stores import Stores

if TYPE_CHECKING:
    from shakyo_desktop.documents.pdf.form_sheet import FormSheetData
    from shakyo_desktop.documents.pdf.photo_pages import SheetPhoto
    from shakyo_desktop.documents.printed import PrintedDocument

Progress = Callable[[int, int], None]
_KNOWN_PLACES = 12
_OWN_WORD = "部会長"


class Filling(StrEnum):
    """What stands in the boxes: nothing, last year in grey beside them, or this year's records.

    PROOF is no form but the list of what differs from its last print.
    """

    BLANK = "blank"
    PREFILLED = "prefilled"
    FILLED = "filled"
    PROOF = "proof"


@dataclass(frozen=True, slots=True, kw_only=True)
class FormWish:
    """One form to print. ``plan_id`` None is the year's first plan; ``pages`` () are all pages.

    ``large`` asks for the sheet of F1 that holds one activity, ``sheets`` for how many blank ones.
    """

    form: FormCode
    fiscal_year: int
    filling: Filling = Filling.BLANK
    org: str | None = None
    plan_id: str | None = None
    pages: tuple[int, ...] = ()
    large: bool = False
    sheets: int = 1


@dataclass(frozen=True, slots=True)
class PrintedForm:
    """A form as PDF. ``missing`` lists what was printed as 〓: the place in words and the character."""

    pdf: bytes
    pages: int
    missing: tuple[tuple[str, str], ...] = ()


class FormService:
    """Prints the forms of the own district, or of any district of an office's roster."""

    def __init__(self, context: ServiceContext) -> None:
        self._context = context

    def layout(self, wish: FormWish) -> FormLayout:
        """The form as it is printed and keyed.

        Raises:
            NotFound: no plan is valid in that year, or it has no such form.
        """
        with self._context.database.reading() as stores:
            plan = plan_for_form(stores, wish.fiscal_year, wish.plan_id)
            year = None
            if wish.form is FormCode.F1 and wish.filling in _WITH_RECORDS:
                year = stores.records.year(_organisation(stores, wish.org).code, wish.fiscal_year)
            return _layout(wish, plan, year)

    def print_form(self, wish: FormWish) -> PrintedForm:
        """One form as PDF.

        Raises:
            NotFound: there is no such district, plan or form.
            DocumentFailed: it cannot be made.
        """
        with self._context.database.reading() as stores:
            org = _organisation(stores, wish.org)
        return self._print(wish, org)

    def print_for_all(
        self,
        wish: FormWish,
        orgs: Sequence[str] = (),
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> tuple[tuple[str, PrintedForm], ...]:
        """The same form for several districts of the roster, all active ones when none is named.

        Args:
            progress: told how many forms are done, and of how many.
            cancelled: asked before each form.

        Raises:
            Cancelled: ``cancelled`` answered True; nothing is kept.
        """
        with self._context.database.reading() as stores:
            known = stores.organisations.all(OrganisationKind.DISTRICT, active_only=True)
            wanted = [org for org in known if not orgs or org.code in set(orgs)]
        printed = []
        for done, org in enumerate(wanted):
            if cancelled is not None and cancelled():
                raise Cancelled("印刷の用意を中止しました。入力した内容はそのままです。")
            if progress is not None:
                progress(done, len(wanted))
            printed.append((org.code, self._print(wish, org)))
        if progress is not None:
            progress(len(wanted), len(wanted))
        return tuple(printed)

    def print_set(
        self,
        wish: FormWish,
        progress: Progress | None = None,
        cancelled: Callable[[], bool] | None = None,
    ) -> tuple[tuple[FormCode, PrintedForm], ...]:
        """Every form of one district's year, F1 to F4, filled as ``wish`` says; its own form is no matter.

        A form that the plan has no item for is left out.

        Args:
            progress: told how many forms are done, and of how many.
            cancelled: asked before each form.

        Raises:
            Cancelled: ``cancelled`` answered True; nothing is kept.
        """
        printed = []
        forms = tuple(FormCode)
        for done, form in enumerate(forms):
            if cancelled is not None and cancelled():
                raise Cancelled("印刷の用意を中止しました。入力した内容はそのままです。")
            if progress is not None:
                progress(done, len(forms))
            one = replace(wish, form=form, large=False, pages=())
            if self._has(one):
                printed.append((form, self.print_form(one)))
        if progress is not None:
            progress(len(forms), len(forms))
        return tuple(printed)

    def _has(self, wish: FormWish) -> bool:
        """Whether the plan has anything that belongs on the form."""
        with self._context.database.reading() as stores:
            plan = plan_for_form(stores, wish.fiscal_year, wish.plan_id)
        return has_form(wish.form, plan, wish.fiscal_year)

    def note_printed(self, wish: FormWish) -> None:
        """Remember what a filled form said when it was printed, so that a proof shows what changed."""
        if wish.filling is not Filling.FILLED:
            return
        with self._context.database.transaction() as stores:
            plan, layout, records = _this_year(stores, wish)
            proofs.note_printed(stores, layout, plan, records, wish.pages, self._context.now())

    def confirm(self, wish: FormWish, who: str = "") -> int:
        """Remember that the 部会長 confirmed the form as it is; return how many pages were not before."""
        with self._context.database.transaction() as stores:
            plan, layout, records = _this_year(stores, wish)
            return proofs.confirm(stores, layout, plan, records, who or _OWN_WORD, self._context.now())

    def proof(self, wish: FormWish) -> tuple[ProofPage, ...]:
        """Every page of a form with what differs from its last print."""
        with self._context.database.reading() as stores:
            plan, layout, records = _this_year(stores, wish)
            pages, _ = proofs.proof_of(stores, layout, plan, records)
        return pages

    def _print_proof(self, wish: FormWish, org: Organisation) -> PrintedForm:
        from shakyo_desktop.documents.pdf.proof_sheet import ProofSheetData, make_proof_sheet

        with self._context.database.reading() as stores:
            plan, layout, records = _this_year(stores, wish)
            pages, before = proofs.proof_of(stores, layout, plan, records)
            data = ProofSheetData(
                form=wish.form,
                org_code=org.code,
                org_name=org.name,
                fiscal_year=wish.fiscal_year,
                pages=pages,
                printed_before=before,
                made_at=self._context.now(),
                practice=bool(stores.settings.get("practice", False)),
            )
        return _printed(make_proof_sheet, data)

    def _print(self, wish: FormWish, org: Organisation) -> PrintedForm:
        from shakyo_desktop.documents.pdf.form_sheet import make_form

        if wish.filling is Filling.PROOF:
            return self._print_proof(wish, org)
        note = self._note(wish, org)
        with self._context.database.reading() as stores:
            data = self._data(stores, wish, org, note)
        return _printed(make_form, data)

    def _data(self, stores: Stores, wish: FormWish, org: Organisation, note: str) -> "FormSheetData":
        from shakyo_desktop.documents.pdf.form_sheet import FormSheetData

        plan = plan_for_form(stores, wish.fiscal_year, wish.plan_id)
        years = _years(stores, wish, org.code)
        layout = _layout(wish, plan, years.this)
        return FormSheetData(
            layout=layout,
            values=_values(stores, wish, layout, plan, years, org),
            org_code=org.code,
            org_name=org.name,
            office_name=_office_name(stores, org),
            printed_at=self._context.now(),
            pages=wish.pages,
            known_places=_known_places(stores, wish, org.code),
            note=note,
            practice=bool(stores.settings.get("practice", False)),
            photos=self._photos(wish, years.this),
        )

    def _photos(self, wish: FormWish, year: YearRecords | None) -> tuple["SheetPhoto", ...]:
        """A filled diary brings its photos along."""
        if wish.form is not FormCode.F1 or year is None:
            return ()
        return sheet_photos(self._context, year, large=wish.large, pages=wish.pages)

    def _note(self, wish: FormWish, org: Organisation) -> str:
        """What the head of a filled F4 says of the report it prints: its revision and check number."""
        if wish.form is not FormCode.F4 or wish.filling is not Filling.FILLED:
            return ""
        with self._context.database.reading() as stores:
            own = org.code == stores.settings.get("org")
            newest = stores.submissions.newest(org.code, wish.fiscal_year)
            known = stores.keys.find(newest.key) if newest else None
        if newest is None:
            return "まだ提出していません"
        if newest.is_proxy:
            return f"第{newest.revision}版（代行入力　紙の受付番号 {newest.paper_no}）"
        number = own_check_number(self._context) if own else (known.check_number if known else "")
        shown = f"　確認番号 {show_check_number(number)}" if number else ""
        return f"第{newest.revision}版{shown}"


_WITH_RECORDS = frozenset({Filling.FILLED, Filling.PROOF})


def _printed(make: Callable[[Any, BinaryIO], "PrintedDocument"], data: object) -> PrintedForm:
    out = io.BytesIO()
    document = make(data, out)
    missing = tuple((one.where, one.character) for one in document.missing_glyphs)
    return PrintedForm(out.getvalue(), document.pages, missing)


def _this_year(stores: Stores, wish: FormWish) -> tuple[Plan, FormLayout, YearRecords]:
    plan = plan_for_form(stores, wish.fiscal_year, wish.plan_id)
    records = stores.records.year(_organisation(stores, wish.org).code, wish.fiscal_year)
    return plan, _layout(wish, plan, records if wish.form is FormCode.F1 else None), records


@dataclass(frozen=True, slots=True)
class _Years:
    this: YearRecords | None
    last: YearRecords | None


def _organisation(stores: Stores, org: str | None) -> Organisation:
    return stores.organisations.get(org or str(stores.settings.get("org")))


def _office_name(stores: Stores, org: Organisation) -> str:
    office = stores.organisations.find(org.parent or parent_code(org.code))
    return office.name if office else ""


def _years(stores: Stores, wish: FormWish, org: str) -> _Years:
    """The records a form shows; last year's stand beside the boxes of a filled form too."""
    if wish.filling is Filling.BLANK:
        return _Years(None, None)
    this = stores.records.year(org, wish.fiscal_year) if wish.filling is Filling.FILLED else None
    last = stores.records.year(org, wish.fiscal_year - 1)
    return _Years(this, last if last.item_statuses or last.activities else None)


def _layout(wish: FormWish, plan: Plan, year: YearRecords | None) -> FormLayout:
    """A filled diary takes as many sheets as it has activities, a blank one as many as were asked for."""
    sheets = wish.sheets
    if year is not None:
        count = len(activities_on_paper(year))
        sheets = max(1, count if wish.large else -(-count // ROWS))
    return form_layout(wish.form, plan, wish.fiscal_year, large=wish.large, sheets=sheets)


def _values(
    stores: Stores, wish: FormWish, layout: FormLayout, plan: Plan, years: _Years, org: Organisation
) -> FormValues:
    if wish.filling is Filling.BLANK:
        return FormValues()
    cover = None
    if wish.filling is Filling.FILLED and wish.form is FormCode.F4:
        said = stores.submissions.confirmation(org.code, wish.fiscal_year)
        newest = stores.submissions.newest(org.code, wish.fiscal_year)
        name = newest.chair_name if newest else (said.chair_name if said else "")
        cover = Cover(name, newest.frozen_at.date() if newest else None, newest.assembly if newest else None)
    return form_values(layout, plan, records=years.this, last_year=years.last, cover=cover)


def _known_places(stores: Stores, wish: FormWish, org: str) -> tuple[str, ...]:
    if wish.form is not FormCode.F1 or wish.filling is Filling.BLANK:
        return ()
    return stores.figures.venues(org, _KNOWN_PLACES)
